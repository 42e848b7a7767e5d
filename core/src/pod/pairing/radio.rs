//! The radio as data: what is asked of it and what it says.
//!
//! Touches no radio. Invariant: every platform's link speaks these words, so that pairing knows none of them.

use serde::{Deserialize, Serialize};

use crate::pod::gatt::{Advertisement, Characteristic, GattEvent, GattRequest, Uuid};

/// What the platform calls a pod: an address on Linux, Android and Windows, a number of its own on Apple's systems.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PodId(pub String);

/// Whether the radio can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdapterState {
    /// It can.
    On,
    /// Bluetooth is switched off.
    Off,
    /// The system does not let this app use it.
    NotPermitted,
    /// There is none, or no service that drives it.
    Absent,
}

/// What is asked of the radio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RadioRequest {
    /// Look for devices that advertise one of these services.
    StartScan {
        /// The filter; empty for all devices.
        services: Vec<Uuid>,
    },
    /// Look no more.
    StopScan,
    /// Open a link, as soon as the pod is in reach.
    Connect {
        /// To which pod.
        pod: PodId,
    },
    /// Find out what the connected pod offers.
    Discover {
        /// Which pod.
        pod: PodId,
    },
    /// Close the link, or give up opening it; what was asked of the pod before is done first.
    Disconnect {
        /// To which pod.
        pod: PodId,
    },
    /// Ask the connected pod.
    Gatt {
        /// Which pod.
        pod: PodId,
        /// What.
        request: GattRequest,
    },
}

/// What the radio says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RadioEvent {
    /// Whether it can be used, at the start and at each change.
    Adapter(AdapterState),
    /// A device advertises; said again each time it does.
    Found {
        /// Which.
        pod: PodId,
        /// What it says of itself.
        advertisement: Advertisement,
    },
    /// A link is open.
    Connected {
        /// To which pod.
        pod: PodId,
    },
    /// A link was not opened.
    ConnectFailed {
        /// To which pod.
        pod: PodId,
        /// Why.
        error: ConnectError,
    },
    /// What a pod offers.
    Discovered {
        /// Which pod.
        pod: PodId,
        /// Its characteristics.
        offered: Vec<Characteristic>,
    },
    /// A link is gone, whoever closed it.
    Disconnected {
        /// To which pod.
        pod: PodId,
    },
    /// A connected pod said something.
    Gatt {
        /// Which pod.
        pod: PodId,
        /// What.
        event: GattEvent,
    },
}

impl RadioEvent {
    /// The pod it is about; `None` when it is about the radio itself.
    #[must_use]
    pub const fn pod(&self) -> Option<&PodId> {
        match self {
            Self::Adapter(_) => None,
            Self::Found { pod, .. }
            | Self::Connected { pod }
            | Self::ConnectFailed { pod, .. }
            | Self::Discovered { pod, .. }
            | Self::Disconnected { pod }
            | Self::Gatt { pod, .. } => Some(pod),
        }
    }
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectError {
    /// The system goes on trying by itself: BlueZ says so with *already in progress*, after 30 s without the pod.
    Pending,
    /// The system does not know the pod: it must be seen again first.
    Unknown,
    /// The pod wants to be paired by the system.
    NeedsPairing,
    /// Anything else, in the system's words.
    Other(String),
}
