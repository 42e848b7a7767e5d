//! How a pod is doing, as a name and as a sentence that says what to do.
//!
//! Renders no sentence: it names Fluent messages of `core/locales/`. Invariant: every state has one.

use serde::{Deserialize, Serialize};

use super::radio::AdapterState;
use crate::pod::conversation::PodRefusal;

/// How a paired pod is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PodState {
    /// The radio cannot be used now.
    RadioOff,
    /// Not heard of since the start: switched off, empty or out of reach.
    Searching,
    /// A link is being opened.
    Connecting,
    /// The link is open, and the pod is told to stream.
    Preparing,
    /// The link is open only to let the pod show itself.
    Shown,
    /// Samples come.
    Streaming,
    /// The link is open and no samples come.
    Silent,
    /// It streamed, and the link broke: it comes back by itself.
    Lost,
    /// It cannot be used as it is now.
    Refused(PodRefusal),
    /// The link is being closed.
    Leaving,
}

impl PodState {
    /// The message that says so, and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::RadioOff => "pod-radio-off",
            Self::Searching => "pod-searching",
            Self::Connecting => "pod-connecting",
            Self::Preparing => "pod-preparing",
            Self::Shown => "pod-shown",
            Self::Streaming => "pod-streaming",
            Self::Silent => "pod-silent",
            Self::Lost => "pod-lost",
            Self::Leaving => "pod-leaving",
            Self::Refused(refusal) => refused(refusal),
        }
    }
}

const fn refused(refusal: PodRefusal) -> &'static str {
    match refusal {
        PodRefusal::NeedsPairing => "pod-needs-pairing",
        PodRefusal::FirmwareTooOld => "pod-firmware-too-old",
        PodRefusal::Occupied => "pod-occupied",
        PodRefusal::WrongDevice => "pod-another-device",
        PodRefusal::NoMotion => "pod-no-motion",
        PodRefusal::OnCharger => "pod-on-charger",
        PodRefusal::NoSettings => "pod-no-settings",
        PodRefusal::NoAnswer => "pod-no-answer",
        PodRefusal::Failed => "pod-failed",
    }
}

impl AdapterState {
    /// The message that says why the radio cannot be used, and what to do; `None` when it can.
    #[must_use]
    pub const fn message(self) -> Option<&'static str> {
        match self {
            Self::On => None,
            Self::Off => Some("radio-off"),
            Self::NotPermitted => Some("radio-not-permitted"),
            Self::Absent => Some("radio-absent"),
        }
    }
}

/// Whose a pod is that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Belonging {
    /// Paired with this runner.
    Own,
    /// Not paired: new, or a stranger's. It is never connected by itself.
    Unknown,
    /// Not paired, and another pod nearby has the same name.
    SameName,
}

impl Belonging {
    /// The message that says so, and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Own => "found-own",
            Self::Unknown => "found-unknown",
            Self::SameName => "found-same-name",
        }
    }
}
