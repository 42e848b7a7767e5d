//! The radio of a shell that has its own, as Apple's or Android's: what it is asked and what it says.
//!
//! Decides nothing about pods. Invariant: a shell needs no more than these words to be as good as the core's own radio.

mod convert;

use crate::error::CallbackError;

/// A shell's own radio. Asked without the coach's lock, one request at a time and in order; what comes of a request is
/// told by `Coach.radio_event`, from any thread. Hold your owner weakly.
#[uniffi::export(foreign)]
pub trait NativeRadio: Send + Sync {
    /// Do this, and come back at once: nothing is to be waited for here.
    fn perform(&self, request: RadioRequest) -> Result<(), CallbackError>;
}

/// What is asked of the radio. Services and characteristics are UUIDs as text.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RadioRequest {
    /// Look for devices that advertise one of these services, and tell of each advertisement.
    StartScan {
        /// The filter.
        services: Vec<String>,
    },
    /// Look no more.
    StopScan,
    /// Open a link as soon as the pod is in reach, however long that takes.
    Connect {
        /// To which pod.
        pod: String,
    },
    /// Find out all services and characteristics of the connected pod.
    Discover {
        /// Which pod.
        pod: String,
    },
    /// Close the link, or give up opening it, once what was asked before is done.
    Disconnect {
        /// To which pod.
        pod: String,
    },
    /// Ask for notifications or indications, whichever it offers.
    Subscribe {
        /// Which pod.
        pod: String,
        /// Of what.
        characteristic: PodCharacteristic,
    },
    /// Read once.
    Read {
        /// Which pod.
        pod: String,
        /// What.
        characteristic: PodCharacteristic,
    },
    /// Write once.
    Write {
        /// To which pod.
        pod: String,
        /// Where.
        characteristic: PodCharacteristic,
        /// What.
        bytes: Vec<u8>,
        /// Wait for the pod's word that it came in.
        with_response: bool,
    },
}

/// What the radio says. `pod` is the platform's own name for a device, always the same for the same one.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RadioEvent {
    /// Whether it can be used, at the start and at each change.
    Adapter {
        /// How it is.
        state: AdapterState,
    },
    /// A device advertises; said again each time it does.
    Found {
        /// Which.
        pod: String,
        /// Its name, where it sends one.
        name: Option<String>,
        /// Services it names.
        services: Vec<String>,
        /// What makers' fields it sends.
        manufacturer_data: Vec<ManufacturerData>,
        /// Strength of the signal, dBm.
        rssi_dbm: Option<i16>,
    },
    /// A link is open.
    Connected {
        /// To which pod.
        pod: String,
    },
    /// A link was not opened.
    ConnectFailed {
        /// To which pod.
        pod: String,
        /// Why.
        failure: ConnectFailure,
    },
    /// What a pod offers.
    Discovered {
        /// Which pod.
        pod: String,
        /// Its characteristics.
        offered: Vec<PodCharacteristic>,
    },
    /// A link is gone, or its opening was given up, whoever did it.
    Disconnected {
        /// To which pod.
        pod: String,
    },
    /// Notifications will come.
    Subscribed {
        /// From which pod.
        pod: String,
        /// Of what.
        characteristic: PodCharacteristic,
    },
    /// A notification, an indication, or the answer to a read.
    Value {
        /// From which pod.
        pod: String,
        /// Of what.
        characteristic: PodCharacteristic,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A write was done.
    Wrote {
        /// To which pod.
        pod: String,
        /// Where.
        characteristic: PodCharacteristic,
    },
    /// A request to a pod failed.
    Failed {
        /// Which pod.
        pod: String,
        /// What it was about.
        characteristic: PodCharacteristic,
        /// Why.
        failure: GattFailure,
    },
}

/// One characteristic of one service, UUIDs as text.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PodCharacteristic {
    /// The service it belongs to.
    pub service: String,
    /// Its own number.
    pub characteristic: String,
}

/// A maker's field of an advertisement.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ManufacturerData {
    /// Company number.
    pub company: u16,
    /// What follows it.
    pub bytes: Vec<u8>,
}

/// Why a link was not opened.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ConnectFailure {
    /// The system goes on trying by itself.
    Pending,
    /// The system does not know the pod: it must be seen again first.
    Unknown,
    /// The pod wants to be paired by the system.
    NeedsPairing,
    /// Anything else, in the system's words.
    Other {
        /// The words.
        detail: String,
    },
}

/// Why a request to a pod failed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum GattFailure {
    /// The pod answered with an error code of the attribute protocol.
    Attribute {
        /// The code.
        code: u8,
    },
    /// No answer in time.
    Timeout,
    /// The link is gone.
    Disconnected,
    /// The pod has no such characteristic, or not with this property.
    NotFound,
    /// Anything else, in the system's words.
    Other {
        /// The words.
        detail: String,
    },
}

pub use plumbline_core::pod::pairing::AdapterState;

/// Whether the radio can be used.
#[uniffi::remote(Enum)]
pub enum AdapterState {
    /// It can.
    On,
    /// Bluetooth is switched off.
    Off,
    /// The system does not let this app use it.
    NotPermitted,
    /// There is none.
    Absent,
}
