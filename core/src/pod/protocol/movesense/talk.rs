//! The talk to a Movesense: greeting, range, battery, the subscription of motion, and the log of a run.
//!
//! Decodes no sample. Invariant: answers are subscribed before anything is asked.

use super::{
    COMMAND, DATA,
    command::{Command, NO_ROOM, Notification, status},
    keeping::{FETCH, Keeping, STORED},
    parts::{MOTION, Packets},
};
use crate::{
    pod::{
        backfill::Memory,
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest, Uuid},
        kind::PodKind,
        protocol::{
            standard::text,
            talk::{self, Patience, refused, subscribe, write},
        },
    },
    units::Timestamp,
};

/// The maker's closed service: all that firmware before 2.3.0 offers.
const CLOSED_SERVICE: Uuid = Uuid::new(0x6135_3090_8231_49cc_b57a_8863_7074_0041);
/// The first firmware whose packets of two parts arrive whole and that has the protocol without an own application.
const OLDEST: [u32; 3] = [2, 3, 0];
/// References of the commands that are answered once.
const GREETING: u8 = 0x01;
const RANGE: u8 = 0x02;
const BATTERY: u8 = 0x03;

/// One connection to a Movesense.
#[derive(Clone, Debug)]
pub(crate) struct MovesenseTalk {
    patience: Patience,
    streaming: bool,
    setup: StreamSetup,
    packets: Packets,
    keeping: Keeping,
}

impl Default for MovesenseTalk {
    fn default() -> Self {
        Self {
            patience: Patience::default(),
            streaming: false,
            setup: StreamSetup::of(PodKind::Movesense),
            packets: Packets::of(None),
            keeping: Keeping::default(),
        }
    }
}

impl MovesenseTalk {
    fn send(command: &Command<'_>, reference: u8) -> GattRequest {
        write(COMMAND, command.bytes(reference))
    }

    fn subscribe_motion(&mut self, now: Timestamp) -> ConversationEvent {
        let rate_hz = PodKind::Movesense.capabilities().chosen.rate_hz;
        self.setup.rate_hz = Some(rate_hz);
        self.packets = Packets::of(self.setup.rate_hz);
        let path = path();
        self.patience
            .ask(now, Self::send(&Command::Subscribe(&path), MOTION))
    }

    fn answer(&mut self, now: Timestamp, reference: u8, rest: &[u8]) -> Vec<ConversationEvent> {
        match reference {
            GREETING => self.greeted(now, rest),
            RANGE => {
                if let Some((200, &[range @ (2 | 4 | 8 | 16), ..])) = status(rest) {
                    self.setup.accelerometer_range_g = Some(f64::from(range));
                }
                vec![self.subscribe_motion(now)]
            }
            BATTERY => match status(rest) {
                Some((200, &[percent @ 0..=100, ..])) => vec![talk::battery(percent)],
                _ => Vec::new(),
            },
            MOTION if !self.streaming => {
                self.patience.answered();
                match status(rest) {
                    Some((200, _)) => {
                        self.streaming = true;
                        let streaming = ConversationEvent::Streaming(self.setup.clone());
                        let log = self.keeping.pursue(now);
                        std::iter::once(streaming).chain(self.about_logs(log)).collect()
                    }
                    Some((NO_ROOM | 409 | 423, _)) => refused(PodRefusal::Occupied),
                    Some((404 | 400, _)) => refused(PodRefusal::NoSettings),
                    _ => refused(PodRefusal::Failed),
                }
            }
            reference => {
                let log = self.keeping.answer(now, reference, rest, &path());
                self.about_logs(log)
            }
        }
    }

    /// What the pod sends without being asked each time: motion, or a log.
    fn sent(&mut self, now: Timestamp, bytes: Vec<u8>) -> Vec<ConversationEvent> {
        match Notification::parse(&bytes) {
            Some(Notification::Packet { reference, payload } | Notification::Rest { reference, payload })
                if reference == FETCH =>
            {
                self.part_of_log(now, payload)
            }
            Some(Notification::Packet { reference, .. } | Notification::Rest { reference, .. })
                if reference != MOTION =>
            {
                Vec::new()
            }
            Some(motion) => {
                let mut whole = Vec::new();
                // What is damaged is told by the decoder; here it is as if it had never come.
                let _ = self.packets.take(motion, &mut |packet| {
                    whole.clear();
                    whole.extend_from_slice(packet);
                    Ok(())
                });
                let mut log = Vec::new();
                if self.packets.is_whole(&whole) {
                    self.keeping.live(self.packets.lasts_us(&whole), &whole);
                    log = self.keeping.pursue(now);
                }
                let mut events = talk::data(DATA, bytes);
                events.extend(requests(log));
                events
            }
            None => talk::data(DATA, bytes),
        }
    }

    fn part_of_log(&mut self, now: Timestamp, payload: &[u8]) -> Vec<ConversationEvent> {
        let fetched = self.keeping.part(now, payload, &self.packets);
        let packets = fetched.packets.into_iter();
        let mut events: Vec<ConversationEvent> = packets
            .flat_map(|packet| talk::data(DATA, [vec![2, STORED], packet].concat()))
            .collect();
        events.extend(self.about_logs(fetched.requests));
        events
    }

    /// What is asked about logs, and what is new of them.
    fn about_logs(&mut self, asked: Vec<GattRequest>) -> Vec<ConversationEvent> {
        let news = self.keeping.news().map(ConversationEvent::Logs);
        requests(asked).into_iter().chain(news).collect()
    }

    /// Protocol version, then texts that end in zero: serial number, product, address, application, its version.
    fn greeted(&mut self, now: Timestamp, rest: &[u8]) -> Vec<ConversationEvent> {
        let mut texts = rest
            .get(1..)
            .unwrap_or_default()
            .split(|&byte| byte == 0)
            .map(text);
        let model = texts.nth(1).flatten();
        let firmware = texts.nth(2).flatten();
        if firmware
            .as_deref()
            .and_then(version)
            .is_some_and(|version| version < OLDEST)
        {
            self.patience.answered();
            return refused(PodRefusal::FirmwareTooOld);
        }
        let range = self
            .patience
            .ask(now, Self::send(&Command::Get("/Meas/Acc/Config"), RANGE));
        let battery = Self::send(&Command::Get("/System/Energy/Level"), BATTERY);
        let mut events = vec![range, ConversationEvent::Request(battery)];
        if model.is_some() || firmware.is_some() {
            events.push(ConversationEvent::About { model, firmware });
        }
        events
    }
}

/// What is subscribed, and logged.
fn path() -> String {
    format!("/Meas/IMU6/{}", PodKind::Movesense.capabilities().chosen.rate_hz)
}

fn requests(requests: Vec<GattRequest>) -> Vec<ConversationEvent> {
    requests.into_iter().map(ConversationEvent::Request).collect()
}

/// A version of three numbers.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut numbers = text.split('.').map(|part| part.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

impl Conversation for MovesenseTalk {
    fn begin(&mut self, now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        if !talk::offers(offered, COMMAND.uuid) || !talk::offers(offered, DATA.uuid) {
            let closed = offered.iter().any(|one| one.service == CLOSED_SERVICE);
            return refused(if closed {
                PodRefusal::FirmwareTooOld
            } else {
                PodRefusal::WrongDevice
            });
        }
        let greeting = self.patience.ask(now, Self::send(&Command::Hello, GREETING));
        let mut events = vec![subscribe(DATA), greeting];
        events.extend(talk::about(offered));
        events
    }

    fn handle(&mut self, now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        match event {
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == DATA.uuid => match Notification::parse(&bytes) {
                Some(Notification::Answer { reference, rest }) => self.answer(now, reference, rest),
                _ if self.streaming => self.sent(now, bytes),
                _ => Vec::new(),
            },
            event => talk::anything_else(&event, &mut self.patience, |uuid| {
                [COMMAND.uuid, DATA.uuid].contains(&uuid) && !self.streaming
            }),
        }
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.patience
            .deadline()
            .into_iter()
            .chain(self.keeping.deadline())
            .min()
    }

    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        let mut events = self.patience.tick(now);
        let log = self.keeping.tick(now);
        events.extend(self.about_logs(log));
        events
    }

    fn run(&mut self, now: Timestamp, goes_on: bool) -> Vec<ConversationEvent> {
        self.keeping.run(goes_on);
        if !self.streaming {
            return Vec::new();
        }
        let log = self.keeping.pursue(now);
        self.about_logs(log)
    }

    fn memory(&mut self) -> Option<&mut Memory> {
        Some(self.keeping.memory())
    }

    fn owes(&self) -> bool {
        self.keeping.owes()
    }

    fn fetched_share(&self) -> Option<f64> {
        self.keeping.share()
    }

    fn stop(&mut self) -> Vec<GattRequest> {
        vec![Self::send(&Command::Unsubscribe, MOTION)]
    }
}

#[cfg(test)]
mod tests;
