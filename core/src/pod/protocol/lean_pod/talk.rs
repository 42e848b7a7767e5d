//! The talk to a Lean Pod: to its Live stream, and for the blocks that were lost.
//!
//! Decodes no sample. Invariant: Live is asked for first, and nothing a pod lacks beyond it ends the talk.

use super::{
    BACKFILL, CONTROL, INFO, LIVE, LeanPodBlock, STATUS, TIME,
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
            LIVE | BACKFILL => self.block(now, uuid, bytes),
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

    fn block(&mut self, now: Timestamp, uuid: Uuid, bytes: Vec<u8>) -> Vec<ConversationEvent> {
        let mut question = None;
        if let Ok(LeanPodBlock { boot, sequence, .. }) = decode(&bytes) {
            let name = BlockName { boot, sequence };
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
mod tests;
