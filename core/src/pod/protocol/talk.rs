//! What the talks with the makers' pods share: requests as events, patience with answers, battery and names.
//!
//! Knows no maker. Invariant: a request that is waited for is sent twice at most, then the pod counts as silent.

use super::standard;
use crate::{
    pod::{
        conversation::{ConversationEvent, PodRefusal},
        gatt::{Characteristic, GattError, GattEvent, GattRequest, Uuid},
    },
    units::Timestamp,
};

/// How long an answer is waited for, seconds: other requests may stand before it in the queue. Ours.
const ANSWER_S: f64 = 10.0;

pub(super) fn subscribe(characteristic: Characteristic) -> ConversationEvent {
    ConversationEvent::Request(GattRequest::Subscribe { characteristic })
}

pub(super) fn read(characteristic: Characteristic) -> ConversationEvent {
    ConversationEvent::Request(GattRequest::Read { characteristic })
}

pub(super) fn write(characteristic: Characteristic, bytes: Vec<u8>) -> GattRequest {
    GattRequest::Write {
        characteristic,
        bytes,
        with_response: true,
    }
}

pub(super) fn refused(refusal: PodRefusal) -> Vec<ConversationEvent> {
    vec![ConversationEvent::Refused(refusal)]
}

/// What a failure of a request that matters means.
pub(super) fn failure(error: &GattError) -> Vec<ConversationEvent> {
    match error {
        error if error.needs_pairing() => refused(PodRefusal::NeedsPairing),
        // The link's end is told by the link.
        GattError::Disconnected => Vec::new(),
        GattError::Timeout => refused(PodRefusal::NoAnswer),
        GattError::NotFound => refused(PodRefusal::WrongDevice),
        _ => refused(PodRefusal::Failed),
    }
}

pub(super) fn offers(offered: &[Characteristic], uuid: Uuid) -> bool {
    offered.iter().any(|one| one.uuid == uuid)
}

/// What to ask of any device beside its stream.
pub(super) fn about(offered: &[Characteristic]) -> Vec<ConversationEvent> {
    let has = |one: &Characteristic| offers(offered, one.uuid);
    let battery = [standard::BATTERY].into_iter().filter(has).map(subscribe);
    let names = [standard::BATTERY, standard::MODEL, standard::FIRMWARE];
    battery.chain(names.into_iter().filter(has).map(read)).collect()
}

/// What a value of those characteristics tells; `None` if it is of another.
pub(super) fn told(characteristic: Characteristic, bytes: &[u8]) -> Option<Vec<ConversationEvent>> {
    let text = standard::text(bytes);
    let event = match characteristic.uuid {
        uuid if uuid == standard::BATTERY.uuid => standard::battery(bytes).ok().map(battery),
        uuid if uuid == standard::MODEL.uuid => Some(ConversationEvent::About {
            model: text,
            firmware: None,
        }),
        uuid if uuid == standard::FIRMWARE.uuid => Some(ConversationEvent::About {
            model: None,
            firmware: text,
        }),
        _ => return None,
    };
    Some(event.into_iter().collect())
}

pub(super) const fn battery(percent: u8) -> ConversationEvent {
    ConversationEvent::Battery { percent }
}

/// Bytes of a stream, handed on.
pub(super) fn data(characteristic: Characteristic, bytes: Vec<u8>) -> Vec<ConversationEvent> {
    vec![ConversationEvent::Data {
        characteristic: characteristic.uuid,
        bytes,
    }]
}

/// What follows from all that no maker says in a way of its own: a value that tells of the device, or the failure of a
/// request; `matters` where the stream depends on that one.
pub(super) fn anything_else(
    event: &GattEvent,
    patience: &mut Patience,
    matters: impl FnOnce(Uuid) -> bool,
) -> Vec<ConversationEvent> {
    match event {
        GattEvent::Value {
            characteristic,
            bytes,
        } => told(*characteristic, bytes).unwrap_or_default(),
        GattEvent::Failed {
            characteristic,
            error,
        } if matters(characteristic.uuid) => {
            patience.answered();
            failure(error)
        }
        GattEvent::Failed { .. } | GattEvent::Subscribed { .. } | GattEvent::Wrote { .. } => Vec::new(),
    }
}

/// A request whose answer is waited for.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    asked: Option<(Timestamp, GattRequest)>,
    again: bool,
}

impl Patience {
    /// Sends a request, whose answer is waited for instead of any other.
    pub(super) fn ask(&mut self, now: Timestamp, request: GattRequest) -> ConversationEvent {
        self.asked = Some((now.plus_seconds(ANSWER_S), request.clone()));
        self.again = false;
        ConversationEvent::Request(request)
    }

    /// It was answered.
    pub(super) fn answered(&mut self) {
        self.asked = None;
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.asked.as_ref().map(|&(due, _)| due)
    }

    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        let Some((due, request)) = self.asked.take() else {
            return Vec::new();
        };
        if now < due {
            self.asked = Some((due, request));
            return Vec::new();
        }
        if self.again {
            return refused(PodRefusal::NoAnswer);
        }
        let event = self.ask(now, request);
        self.again = true;
        vec![event]
    }
}
