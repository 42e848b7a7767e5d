//! The talk to a pod that streams as soon as its stream is subscribed to.

use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest, Uuid},
        kind::PodKind,
        protocol::lean_pod,
    },
    units::Timestamp,
};

const BATTERY: Characteristic = Characteristic::new(Uuid::short(0x180F), Uuid::short(0x2A19));

#[derive(Default)]
pub(super) struct Plain {
    live: Option<Characteristic>,
}

/// Until every kind has a talk of its own.
#[must_use]
pub fn plain(kind: PodKind) -> Option<Box<dyn Conversation>> {
    crate::pod::protocol::conversation(kind).or_else(|| Some(Box::new(Plain::default())))
}

impl Conversation for Plain {
    fn begin(&mut self, _now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        self.live = offered.iter().find(|one| one.uuid == lean_pod::LIVE).copied();
        let Some(characteristic) = self.live else {
            return vec![ConversationEvent::Refused(PodRefusal::WrongDevice)];
        };
        let mut events = vec![ConversationEvent::Request(GattRequest::Subscribe {
            characteristic,
        })];
        if offered.contains(&BATTERY) {
            events.push(ConversationEvent::Request(GattRequest::Read {
                characteristic: BATTERY,
            }));
        }
        events
    }

    fn handle(&mut self, _now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        match event {
            GattEvent::Subscribed { characteristic } if Some(characteristic) == self.live => {
                vec![ConversationEvent::Streaming(StreamSetup::of(PodKind::LeanPod))]
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } if Some(characteristic) == self.live => {
                let characteristic = characteristic.uuid;
                vec![ConversationEvent::Data {
                    characteristic,
                    bytes,
                }]
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic == BATTERY => bytes
                .first()
                .map(|percent| ConversationEvent::Battery { percent: *percent })
                .into_iter()
                .collect(),
            GattEvent::Failed {
                characteristic,
                error,
            } if Some(characteristic) == self.live => {
                let refusal = if error.needs_pairing() {
                    PodRefusal::NeedsPairing
                } else {
                    PodRefusal::Failed
                };
                vec![ConversationEvent::Refused(refusal)]
            }
            _ => Vec::new(),
        }
    }
}
