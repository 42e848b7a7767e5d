//! The talk to a Lean Pod: to its Live stream, and for the blocks that were lost.
//!
//! Decodes no sample. Invariant: Live is asked for first, and nothing a pod lacks beyond it ends the talk.

use super::{
    BACKFILL, CONTROL, INFO, LIVE, STATUS, TIME,
    about::{Info, OFFERS_BACKFILL, PodStatus},
    control::{BlockName, Request},
    decode,
};
use crate::{
    pod::{
        backfill::{Backfill, Memory},
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest, Uuid},
        kind::PodKind,
    },
    units::Timestamp,
};

const BATTERY: Uuid = Uuid::short(0x2A19);
const FIRMWARE: Uuid = Uuid::short(0x2A26);
/// Time between two questions for the pod's clock, seconds. Ours.
const CLOCK_S: f64 = 10.0;

/// One connection to a Lean Pod.
#[derive(Clone, Debug, Default)]
pub struct LeanPodTalk {
    offered: Vec<Characteristic>,
    streams: bool,
    /// Of Control and Backfill.
    subscribed: [bool; 2],
    backfill: Backfill,
    /// Answers about its clock come.
    tells_time: bool,
    asked_time: Option<Timestamp>,
    awaits_time: bool,
}

impl LeanPodTalk {
    fn offers(&self, uuid: Uuid) -> Option<Characteristic> {
        self.offered.iter().find(|offered| offered.uuid == uuid).copied()
    }

    fn value(&mut self, now: Timestamp, uuid: Uuid, bytes: Vec<u8>) -> Vec<ConversationEvent> {
        match uuid {
            LIVE | BACKFILL => {
                let mut question = None;
                if let Ok(block) = decode(&bytes) {
                    let name = BlockName {
                        boot: block.boot,
                        sequence: block.sequence,
                    };
                    if uuid == LIVE {
                        self.backfill.live(now, name);
                        question = self.ask_time(now);
                    } else {
                        self.backfill.stored(now, name);
                    }
                }
                // A system may hand on the first block before it says that Live is subscribed to.
                let mut events = self.begin_stream();
                events.push(ConversationEvent::Data {
                    characteristic: uuid,
                    bytes,
                });
                events.extend(question);
                events
            }
            // One answer a question: more would hide that no block comes.
            TIME if self.awaits_time => {
                self.awaits_time = false;
                vec![ConversationEvent::Data {
                    characteristic: uuid,
                    bytes,
                }]
            }
            CONTROL => {
                self.backfill.answer(now, &bytes);
                Vec::new()
            }
            INFO => {
                if Info::decode(&bytes).is_some_and(|info| info.offers & OFFERS_BACKFILL == 0) {
                    self.backfill.refuse();
                }
                Vec::new()
            }
            STATUS => battery(PodStatus::decode(&bytes).and_then(|status| status.battery_percent)),
            BATTERY => battery(bytes.first().copied().filter(|percent| *percent <= 100)),
            FIRMWARE => vec![ConversationEvent::About {
                model: None,
                firmware: String::from_utf8(bytes).ok(),
            }],
            _ => Vec::new(),
        }
    }

    /// Says once that the stream has begun.
    fn begin_stream(&mut self) -> Vec<ConversationEvent> {
        if std::mem::replace(&mut self.streams, true) {
            return Vec::new();
        }
        vec![ConversationEvent::Streaming(StreamSetup::of(PodKind::LeanPod))]
    }

    /// What is to be asked of the pod now, after whatever happened.
    fn with_requests(&mut self, mut events: Vec<ConversationEvent>) -> Vec<ConversationEvent> {
        for bytes in self.backfill.take_requests() {
            events.extend(self.control(bytes).map(ConversationEvent::Request));
        }
        events
    }

    /// The token tells when it was asked, so that the run's log holds all that the clock needs.
    fn ask_time(&mut self, now: Timestamp) -> Option<ConversationEvent> {
        let rests = |at: Timestamp| now.seconds_since(at) < CLOCK_S;
        if !self.tells_time || self.asked_time.is_some_and(rests) {
            return None;
        }
        (self.asked_time, self.awaits_time) = (Some(now), true);
        let request = GattRequest::Write {
            characteristic: self.offers(TIME)?,
            bytes: (now.0 as u32).to_le_bytes().to_vec(),
            with_response: false,
        };
        Some(ConversationEvent::Request(request))
    }

    fn control(&self, bytes: Vec<u8>) -> Option<GattRequest> {
        Some(GattRequest::Write {
            characteristic: self.offers(CONTROL)?,
            bytes,
            with_response: true,
        })
    }
}

impl Conversation for LeanPodTalk {
    fn begin(&mut self, _now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        self.offered = offered.to_vec();
        if self.offers(LIVE).is_none() {
            return vec![ConversationEvent::Refused(PodRefusal::WrongDevice)];
        }
        if [CONTROL, BACKFILL]
            .iter()
            .any(|uuid| self.offers(*uuid).is_none())
        {
            self.backfill.refuse();
        }
        let subscribe = [LIVE, CONTROL, BACKFILL, STATUS, TIME]
            .into_iter()
            .filter_map(|uuid| self.offers(uuid))
            .map(|characteristic| GattRequest::Subscribe { characteristic });
        let read = [INFO, STATUS, BATTERY, FIRMWARE]
            .into_iter()
            .filter_map(|uuid| self.offers(uuid))
            .map(|characteristic| GattRequest::Read { characteristic });
        subscribe.chain(read).map(ConversationEvent::Request).collect()
    }

    fn handle(&mut self, now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        let events = match event {
            GattEvent::Subscribed { characteristic } => match characteristic.uuid {
                LIVE => self.begin_stream(),
                TIME => {
                    self.tells_time = true;
                    Vec::new()
                }
                uuid => {
                    for (subscribed, one) in self.subscribed.iter_mut().zip([CONTROL, BACKFILL]) {
                        *subscribed |= uuid == one;
                    }
                    if self.subscribed == [true, true] && [CONTROL, BACKFILL].contains(&uuid) {
                        self.backfill.ready(now);
                    }
                    Vec::new()
                }
            },
            GattEvent::Value {
                characteristic,
                bytes,
            } => self.value(now, characteristic.uuid, bytes),
            GattEvent::Failed {
                characteristic,
                error,
            } if characteristic.uuid == LIVE => {
                vec![ConversationEvent::Refused(if error.needs_pairing() {
                    PodRefusal::NeedsPairing
                } else {
                    PodRefusal::Failed
                })]
            }
            GattEvent::Wrote { .. } | GattEvent::Failed { .. } => Vec::new(),
        };
        self.with_requests(events)
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.backfill.next_deadline()
    }

    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        self.backfill.tick(now);
        self.with_requests(Vec::new())
    }

    fn identify(&mut self) -> Vec<GattRequest> {
        // Backfill's own numbers count up from 1; an answer to this one is nobody's.
        self.control(Request::Identify.encode(0)).into_iter().collect()
    }

    fn memory(&mut self) -> Option<&mut Memory> {
        Some(self.backfill.memory())
    }

    fn owes(&self) -> bool {
        self.backfill.owes()
    }
}

fn battery(percent: Option<u8>) -> Vec<ConversationEvent> {
    let event = percent.map(|percent| ConversationEvent::Battery { percent });
    event.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{LeanPodBlock, SERVICE, Scale, encode},
        *,
    };
    use crate::pod::gatt::GattError;

    const NOW: Timestamp = Timestamp(0);

    fn of(uuid: Uuid) -> Characteristic {
        Characteristic::new(SERVICE, uuid)
    }

    fn block(sequence: u32) -> Vec<u8> {
        encode(&LeanPodBlock {
            boot: 7,
            sequence,
            first_sample_us: u64::from(sequence) * 9615,
            interval_us: 9615,
            flags: 0,
            scale: Scale::G16,
            temperature_c: 20,
            samples: vec![[1; 6]],
        })
    }

    fn value(uuid: Uuid, bytes: Vec<u8>) -> GattEvent {
        GattEvent::Value {
            characteristic: of(uuid),
            bytes,
        }
    }

    fn subscribed(uuid: Uuid) -> GattEvent {
        GattEvent::Subscribed {
            characteristic: of(uuid),
        }
    }

    fn requests(events: &[ConversationEvent]) -> Vec<Uuid> {
        let asked = events.iter().filter_map(|event| match event {
            ConversationEvent::Request(request) => Some(request.characteristic().uuid),
            _ => None,
        });
        asked.collect()
    }

    #[test]
    fn a_pod_with_live_alone_streams() {
        let mut talk = LeanPodTalk::default();
        assert_eq!(requests(&talk.begin(NOW, &[of(LIVE)])), [LIVE]);
        let events = talk.handle(NOW, subscribed(LIVE));
        assert!(matches!(events[..], [ConversationEvent::Streaming(_)]));
        talk.handle(NOW, value(LIVE, block(0)));
        assert_eq!(requests(&talk.handle(NOW, value(LIVE, block(9)))), []);
        assert!(talk.identify().is_empty());
    }

    #[test]
    fn a_block_that_comes_before_the_word_of_the_subscription_is_not_lost() {
        let mut talk = LeanPodTalk::default();
        talk.begin(NOW, &[of(LIVE)]);
        let events = talk.handle(NOW, value(LIVE, block(0)));
        assert!(matches!(
            events[..],
            [ConversationEvent::Streaming(_), ConversationEvent::Data { .. }]
        ));
        assert_eq!(talk.handle(NOW, subscribed(LIVE)), []);
    }

    #[test]
    fn a_hole_in_live_is_asked_for_and_its_blocks_are_handed_on() {
        let mut talk = LeanPodTalk::default();
        let first = talk.begin(NOW, &[of(INFO), of(CONTROL), of(LIVE), of(BACKFILL)]);
        assert_eq!(requests(&first), [LIVE, CONTROL, BACKFILL, INFO]);
        talk.handle(NOW, subscribed(LIVE));
        talk.handle(NOW, value(LIVE, block(0)));
        talk.handle(NOW, value(LIVE, block(3)));
        assert_eq!(requests(&talk.handle(NOW, subscribed(CONTROL))), []);
        assert_eq!(requests(&talk.handle(NOW, subscribed(BACKFILL))), [CONTROL]);
        let stored = talk.handle(NOW, value(BACKFILL, block(1)));
        let data = ConversationEvent::Data {
            characteristic: BACKFILL,
            bytes: block(1),
        };
        assert_eq!(stored, [data]);
        assert_eq!(
            talk.memory().map(|memory| memory.blocks.missing_blocks()),
            Some(1)
        );
        assert!(talk.owes());
    }

    #[test]
    fn a_pod_is_asked_for_its_clock_every_ten_seconds_while_blocks_come_and_answers_once() {
        let mut talk = LeanPodTalk::default();
        talk.begin(NOW, &[of(LIVE), of(TIME)]);
        assert_eq!(requests(&talk.handle(NOW, value(LIVE, block(0)))), []);
        talk.handle(NOW, subscribed(TIME));
        let at = |seconds| Timestamp(0x1_2345_6789).plus_seconds(seconds);
        let question = ConversationEvent::Request(GattRequest::Write {
            characteristic: of(TIME),
            bytes: vec![0x89, 0x67, 0x45, 0x23],
            with_response: false,
        });
        assert!(talk.handle(at(0.0), value(LIVE, block(1))).contains(&question));
        assert_eq!(requests(&talk.handle(at(9.9), value(LIVE, block(2)))), []);
        let echo = || value(TIME, vec![0; 18]);
        assert!(matches!(
            talk.handle(at(9.9), echo())[..],
            [ConversationEvent::Data { .. }]
        ));
        assert_eq!(talk.handle(at(9.9), echo()), [], "nobody asked");
        assert_eq!(requests(&talk.handle(at(10.0), value(LIVE, block(3)))), [TIME]);
    }

    #[test]
    fn a_pod_that_wants_pairing_or_is_none_is_refused() {
        let mut talk = LeanPodTalk::default();
        talk.begin(NOW, &[of(LIVE)]);
        let failed = GattEvent::Failed {
            characteristic: of(LIVE),
            error: GattError::AUTHENTICATION,
        };
        let refused = talk.handle(NOW, failed);
        assert_eq!(refused, [ConversationEvent::Refused(PodRefusal::NeedsPairing)]);
        let stranger = LeanPodTalk::default().begin(NOW, &[of(INFO)]);
        assert_eq!(stranger, [ConversationEvent::Refused(PodRefusal::WrongDevice)]);
    }

    #[test]
    fn a_failure_beside_live_changes_nothing_and_the_battery_is_told() {
        let mut talk = LeanPodTalk::default();
        talk.begin(NOW, &[of(LIVE), of(STATUS)]);
        let failed = GattEvent::Failed {
            characteristic: of(STATUS),
            error: GattError::NotFound,
        };
        assert_eq!(talk.handle(NOW, failed), []);
        let status = PodStatus {
            battery_percent: Some(80),
            ..PodStatus::default()
        };
        let told = talk.handle(NOW, value(STATUS, status.encode()));
        assert_eq!(told, [ConversationEvent::Battery { percent: 80 }]);
    }
}
