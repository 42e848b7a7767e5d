//! What is said to a connected pod until its samples flow, and what it answers.
//!
//! Touches no radio and judges no sample; one machine a maker, in [`super::protocol`]. Invariant: whatever a pod says, a
//! conversation goes on, streams, or ends in a refusal with a name.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    backfill::{Memory, OwnLogs},
    gatt::{Characteristic, GattEvent, GattRequest, Uuid},
    kind::{Doubt, LOW_RANGE_G, LOW_RATE_HZ, PodKind},
};
use crate::units::Timestamp;

/// How a pod was told to stream: all that a decoder must know beside the bytes. Kept in the run's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamSetup {
    /// Whose language the bytes are.
    pub kind: PodKind,
    /// Samples a second, as the pod granted; `None` where the frames themselves say it.
    pub rate_hz: Option<f64>,
    /// End of the accelerometer's range, g; `None` where the frames themselves say it.
    pub accelerometer_range_g: Option<f64>,
    /// End of the gyroscope's range, °/s; `None` without one, or where the frames themselves say it.
    pub gyroscope_range_dps: Option<f64>,
    /// g in one count of the accelerometer, where the pod said so when it started.
    pub accelerometer_factor: Option<f64>,
    /// °/s in one count of the gyroscope, where the pod said so when it started.
    pub gyroscope_factor: Option<f64>,
}

impl StreamSetup {
    /// A stream of `kind` whose frames say everything themselves.
    #[must_use]
    pub const fn of(kind: PodKind) -> Self {
        Self {
            kind,
            rate_hz: None,
            accelerometer_range_g: None,
            gyroscope_range_dps: None,
            accelerometer_factor: None,
            gyroscope_factor: None,
        }
    }

    /// What lowers the trust in its numbers before a sample came, the weightiest first: by what the pod granted, else as
    /// its kind is known.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> {
        let of_kind = self.kind.capabilities().doubts;
        let granted = |doubt| match doubt {
            Doubt::LowRate => self.rate_hz.map(|rate_hz| rate_hz < LOW_RATE_HZ),
            Doubt::LowRange => self.accelerometer_range_g.map(|range_g| range_g < LOW_RANGE_G),
            _ => None,
        };
        Doubt::ALL
            .into_iter()
            .filter(move |doubt| granted(*doubt).unwrap_or_else(|| of_kind.contains(doubt)))
    }
}

/// What comes of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ConversationEvent {
    /// Send this to the pod, in the order given.
    Request(GattRequest),
    /// The pod was told to stream and agreed: samples come from now on as [`ConversationEvent::Data`].
    Streaming(StreamSetup),
    /// Bytes that belong to the stream: they go into the run's log and from there to the decoder.
    Data {
        /// Which characteristic sent them.
        characteristic: Uuid,
        /// As received.
        bytes: Vec<u8>,
    },
    /// How full the battery is, 0 to 100 %.
    Battery {
        /// Per cent.
        percent: u8,
    },
    /// What the pod says of itself.
    About {
        /// Its model, where it says so.
        model: Option<String>,
        /// Its firmware's version, where it says so.
        firmware: Option<String>,
    },
    /// What is to be known of the pod's logs when the program begins anew.
    Logs(OwnLogs),
    /// The pod itself ended the stream: start the conversation again.
    Stopped,
    /// It will not come to a stream with this pod as it is now.
    Refused(PodRefusal),
}

/// Why a pod cannot be used as it is now, and what to do.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PodRefusal {
    /// It wants to be paired by the system.
    #[error("the pod wants to be paired: pair it in the system's Bluetooth settings, then connect again")]
    NeedsPairing,
    /// Its firmware is older than what streams.
    #[error("the pod's firmware is too old to stream: update it with its maker's app")]
    FirmwareTooOld,
    /// Another app or phone uses it.
    #[error("another app or phone uses the pod: close it, then connect again")]
    Occupied,
    /// It is not what it seemed to be.
    #[error("this device is no pod of the kind it seemed to be: choose another one")]
    WrongDevice,
    /// It sends no motion at all, only sums such as pace or heart rate.
    #[error("this device sends no motion, only sums: it can be worn beside a pod, not instead of one")]
    NoMotion,
    /// It lies on its charger.
    #[error("the pod is on its charger: take it off and put it on")]
    OnCharger,
    /// It cannot send what is needed at all over this link.
    #[error("the pod offers no rate or range that can be used")]
    NoSettings,
    /// It did not answer.
    #[error("the pod does not answer: switch it off and on")]
    NoAnswer,
    /// It answered with an error that has no better name.
    #[error("the pod refused to start: switch it off and on")]
    Failed,
}

/// One pod's side of the talk, from discovery to the stream and to its end.
///
/// A new one for every connection. Requests are to be sent in order, one at a time: the next when the one before was
/// answered with [`GattEvent::Subscribed`], [`GattEvent::Value`], [`GattEvent::Wrote`] or [`GattEvent::Failed`].
pub trait Conversation: Send {
    /// After discovery: what to ask for first.
    fn begin(&mut self, now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent>;

    /// Takes what the device or the link said.
    fn handle(&mut self, now: Timestamp, event: GattEvent) -> Vec<ConversationEvent>;

    /// When to call [`Conversation::tick`] at the latest; `None` when nothing is waited for.
    fn next_deadline(&self) -> Option<Timestamp> {
        None
    }

    /// Time passed.
    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        let _ = now;
        Vec::new()
    }

    /// What makes the pod show itself, as by blinking; empty where it cannot.
    fn identify(&mut self) -> Vec<GattRequest> {
        Vec::new()
    }

    /// What must be sent before leaving, so that the pod does not stream its battery flat; may be empty.
    fn stop(&mut self) -> Vec<GattRequest> {
        Vec::new()
    }

    /// A run began or ended: a pod that keeps a log begins or ends it.
    fn run(&mut self, now: Timestamp, goes_on: bool) -> Vec<ConversationEvent> {
        let _ = (now, goes_on);
        Vec::new()
    }

    /// What is known of the pod's memory, where it has one to ask: handed on to the next conversation with it.
    fn memory(&mut self) -> Option<&mut Memory> {
        None
    }

    /// Whether something that the pod stored is on its way, or will be asked for, or it is still to end what it keeps.
    fn owes(&self) -> bool {
        false
    }

    /// How much of what is being fetched came, 0 to 1; `None` while nothing is, or its size is not told.
    fn fetched_share(&self) -> Option<f64> {
        None
    }
}
