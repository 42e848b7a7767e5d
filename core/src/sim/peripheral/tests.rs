use super::*;
use crate::{
    pod::{
        backfill::Memory,
        conversation::{Conversation, ConversationEvent},
        gatt::{Characteristic, GattEvent, GattRequest},
        protocol::lean_pod::{LeanPodTalk, SERVICE, decode},
    },
    sim::{Act, simulate},
    units::Timestamp,
};

const OFFERED: [Uuid; 6] = [INFO, CONTROL, LIVE, BACKFILL, TIME, STATUS];
/// Enough for the longest absence below.
const MEMORY: u32 = 2000;

/// A central that listens only now and then, over a radio that loses every so many-th block.
struct Central {
    pod: Peripheral,
    talk: LeanPodTalk,
    memory: Memory,
    /// Every block that came, in order of arrival.
    came: Vec<Vec<u8>>,
    /// One notification in so many is lost; 0 for none.
    loses: usize,
    sent: usize,
}

impl Central {
    fn new(rate_hz: f64, memory: u32) -> Self {
        let mut scenario = Scenario::new(5, vec![Act::Stand { seconds: 30.0 }]);
        scenario.rate_hz = rate_hz;
        let simulation = simulate(&scenario);
        Self {
            pod: Peripheral::new(&scenario, &simulation.pods[0], memory),
            talk: LeanPodTalk::default(),
            memory: Memory::default(),
            came: Vec::new(),
            loses: 0,
            sent: 0,
        }
    }

    fn connect(&mut self, now: Timestamp) {
        self.pod.connected();
        self.talk = LeanPodTalk::default();
        *self.talk.memory().unwrap() = std::mem::take(&mut self.memory);
        let offered = OFFERED.map(|uuid| Characteristic::new(SERVICE, uuid));
        let events = self.talk.begin(now, &offered);
        self.follow(now, events);
    }

    fn disconnect(&mut self) {
        self.pod.disconnected();
        self.memory = std::mem::take(self.talk.memory().unwrap());
    }

    fn follow(&mut self, now: Timestamp, events: Vec<ConversationEvent>) {
        for event in events {
            match event {
                ConversationEvent::Request(request) => {
                    let characteristic = request.characteristic();
                    let answered = match request {
                        GattRequest::Subscribe { .. } => {
                            self.pod.subscribe(characteristic.uuid, true);
                            GattEvent::Subscribed { characteristic }
                        }
                        GattRequest::Read { .. } => GattEvent::Value {
                            characteristic,
                            bytes: self.pod.read(characteristic.uuid).unwrap(),
                        },
                        GattRequest::Write { bytes, .. } => {
                            self.pod.write(characteristic.uuid, &bytes);
                            GattEvent::Wrote { characteristic }
                        }
                    };
                    let more = self.talk.handle(now, answered);
                    self.follow(now, more);
                }
                ConversationEvent::Data {
                    bytes,
                    characteristic,
                } if characteristic != TIME => self.came.push(bytes),
                _ => {}
            }
        }
    }

    fn run(&mut self, from_s: f64, until_s: f64) {
        for millisecond in (from_s * 1e3) as u64..(until_s * 1e3) as u64 {
            let now = Timestamp((millisecond * 1000) as i64);
            self.pod.advance(millisecond * 1000);
            // One connection event in 15 ms, a few notifications in each.
            if millisecond % 15 == 0 {
                for _ in 0..4 {
                    self.hear(now);
                }
            }
            if self.talk.next_deadline().is_some_and(|deadline| deadline <= now) {
                let events = self.talk.tick(now);
                self.follow(now, events);
            }
        }
    }

    fn hear(&mut self, now: Timestamp) {
        let Some(Sent {
            characteristic,
            bytes,
        }) = self.pod.next_sent()
        else {
            return;
        };
        self.sent += 1;
        if self.loses > 0 && self.sent.is_multiple_of(self.loses) && characteristic != CONTROL {
            return;
        }
        let characteristic = Characteristic::new(SERVICE, characteristic);
        let events = self.talk.handle(
            now,
            GattEvent::Value {
                characteristic,
                bytes,
            },
        );
        self.follow(now, events);
    }

    /// The blocks that came, each once, in pod order.
    fn in_order(&self) -> Vec<Vec<u8>> {
        let mut blocks = self.came.clone();
        blocks.sort_by_key(|bytes| decode(bytes).unwrap().sequence);
        blocks.dedup();
        blocks
    }

    fn truth(&self) -> Vec<Vec<u8>> {
        self.pod.truth().iter().map(|block| block.bytes.clone()).collect()
    }
}

#[test]
fn after_five_seconds_away_every_block_came_exactly_once() {
    for rate_hz in [104.0, 208.0] {
        let mut central = Central::new(rate_hz, MEMORY);
        central.connect(Timestamp(0));
        central.run(0.0, 10.0);
        central.disconnect();
        central.run(10.0, 15.0);
        central.connect(Timestamp(15_000_000));
        central.run(15.0, 31.0);
        assert!(central.pod.is_over());
        assert_eq!(
            central.came.len(),
            central.truth().len(),
            "{rate_hz} Hz: once each"
        );
        assert!(central.came != central.truth(), "late blocks came late");
        assert_eq!(central.in_order(), central.truth());
    }
}

#[test]
fn a_radio_that_loses_one_in_nine_loses_nothing_for_good() {
    let mut central = Central::new(208.0, MEMORY);
    central.loses = 9;
    central.connect(Timestamp(0));
    central.run(0.0, 40.0);
    let (came, truth) = (central.in_order(), central.truth());
    // A block lost at the very end shows only when another one follows.
    assert!(came.len() + 1 >= truth.len(), "{} of {}", came.len(), truth.len());
    assert!(truth.starts_with(&came[..truth.len() - 1]));
}

#[test]
fn what_the_memory_no_longer_holds_is_given_up_and_live_goes_on() {
    let mut central = Central::new(104.0, 24);
    central.connect(Timestamp(0));
    central.run(0.0, 5.0);
    central.disconnect();
    central.run(5.0, 20.0);
    central.connect(Timestamp(20_000_000));
    central.run(20.0, 31.0);
    let missing = central.truth().len() - central.in_order().len();
    // Away for 120 blocks; those kept when it asked came.
    assert!((90..=100).contains(&missing), "{missing}");
    assert_eq!(central.talk.memory().unwrap().blocks.missing_blocks(), 0);
}

#[test]
fn live_goes_before_backfill() {
    let mut central = Central::new(208.0, MEMORY);
    central.connect(Timestamp(0));
    central.run(0.0, 2.0);
    central.disconnect();
    central.run(2.0, 12.0);
    central.connect(Timestamp(12_000_000));
    let before = central.came.len();
    central.run(12.0, 13.0);
    let newest = central.came[before..]
        .iter()
        .map(|bytes| decode(bytes).unwrap().sequence);
    let live = newest.filter(|sequence| *sequence >= 12 * 16).count();
    assert!(
        (15..=16).contains(&live),
        "{live}: a second of Live, while Backfill sends"
    );
    assert!(central.came.len() - before > 2 * live, "and of Backfill more");
}

#[test]
fn a_pod_answers_what_it_cannot_do() {
    let mut pod = Central::new(104.0, MEMORY).pod;
    pod.connected();
    let mut answer = |bytes: &[u8]| {
        pod.write(CONTROL, bytes);
        Answer::decode(&pod.next_sent().unwrap().bytes).unwrap()
    };
    assert_eq!(answer(&[0x60, 9]).status, Status::UnknownOperation);
    assert_eq!(answer(&Request::Erase.encode(2)).status, Status::ButtonFirst);
    let later = BlockRange {
        boot: 1,
        first: 0,
        last: 5,
    };
    let ask = Request::Backfill {
        ranges: vec![later],
        credit: 4,
    };
    assert_eq!(
        answer(&ask.encode(3)),
        Answer::plain(0x03, 3, Status::NothingKept)
    );
}

#[test]
fn a_token_comes_back_with_the_pod_clock() {
    let mut pod = Central::new(104.0, MEMORY).pod;
    pod.connected();
    pod.advance(5_000);
    pod.write(TIME, &[1, 2, 3, 4]);
    let echo = TimeEcho::decode(&pod.next_sent().unwrap().bytes).unwrap();
    assert_eq!(echo.token, 0x0403_0201);
    assert_eq!(echo.received_us, pod.clock_offset_us + 5_000);
}
