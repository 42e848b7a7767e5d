//! The pods screen as Swift and Kotlin see it.
//!
//! Holds plain values only. Invariant: every state comes with its sentence.

use plumbline_core::{
    pod::{conversation::PodRefusal, kind::PodKind, pairing::PodState, site::Site},
    view::{FoundPodView, PairedPodView, PairingView, StreamHealth},
};

/// What a pod is.
#[uniffi::remote(Enum)]
pub enum PodKind {
    /// Our own open profile.
    LeanPod,
    /// Polar H10 chest strap.
    PolarH10,
    /// Polar Verity Sense armband.
    PolarVeritySense,
    /// Polar OH1 armband.
    PolarOh1,
    /// Movesense sensors.
    Movesense,
    /// Movella DOT.
    MovellaDot,
    /// WitMotion WT901BLE family.
    WitMotion,
    /// Sums, no motion.
    StandardSensor,
    /// The phone itself.
    Phone,
    /// Earbuds.
    Earbuds,
}

/// Why a pod cannot be used as it is now; the view's sentence says what to do.
#[uniffi::remote(Enum)]
pub enum PodRefusal {
    NeedsPairing,
    FirmwareTooOld,
    Occupied,
    WrongDevice,
    NoMotion,
    OnCharger,
    NoSettings,
    NoAnswer,
    Failed,
}

/// How a paired pod is doing.
#[uniffi::remote(Enum)]
pub enum PodState {
    /// The radio cannot be used now.
    RadioOff,
    /// Not heard of since the start.
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

/// One paired pod; `site` is absent for one that only shows itself.
#[uniffi::remote(Record)]
pub struct PairedPodView {
    pub id: String,
    pub site: Option<Site>,
    pub kind: PodKind,
    pub name: String,
    pub state: PodState,
    pub sentence: String,
    pub battery_percent: Option<u8>,
    pub stream: Option<StreamHealth>,
}

/// How a pod's stream comes in since its link was opened; `missing` is the share of frames that never came, 0 to 1,
/// `trouble` what is wrong with its signal and what to do, `doubts` what lowers the trust in its numbers: sentences.
#[uniffi::remote(Record)]
pub struct StreamHealth {
    pub rate_hz: Option<f64>,
    pub missing: f64,
    pub delay_ms: Option<f64>,
    pub trouble: Option<String>,
    pub doubts: Vec<String>,
}

/// One pod nearby; `sentence` says whose it is and what to do.
#[uniffi::remote(Record)]
pub struct FoundPodView {
    pub id: String,
    pub kind: PodKind,
    pub name: String,
    pub rssi_dbm: Option<i16>,
    pub sentence: String,
    pub can_identify: bool,
}

/// The pods screen; `radio_trouble` is a sentence, absent while the radio can be used.
#[uniffi::remote(Record)]
pub struct PairingView {
    pub radio_trouble: Option<String>,
    pub looking: bool,
    pub paired: Vec<PairedPodView>,
    pub found: Vec<FoundPodView>,
}
