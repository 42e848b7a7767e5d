//! Polar's measurement data (PMD) of H10, Verity Sense and OH1: settings, start and stop, frames of samples.
//!
//! Sets no clock and never trusts the pod's as a date: it counts from 2019 (H10) or 2017 (Verity Sense) after a loss of
//! power. Invariant: any bytes give samples or an error, never a panic.
//!
//! Source: Polar's own SDK, `polarofficial/polar-ble-sdk` at 8fb5311c (`technical_documentation/online_measurement.pdf`,
//! documentation, tests). *Proven* by its figures and tests, and by three users' captures: control answers, raw
//! accelerometer frames of 16 bits, delta frames of accelerometer, gyroscope and magnetometer, ECG, settings. *Inferred*:
//! raw frames of 8 and 24 bits, PPI, and that a Verity Sense answers the settings query the same way in its SDK mode.
//! Sign: captures at rest show +1 g on one axis, so specific force; the drawing of the axes was not checked on a body.

pub mod control;
pub mod delta;
pub mod frame;
mod stream;
mod talk;

pub use stream::PolarStream;
pub(super) use talk::PolarTalk;

use crate::pod::gatt::{Characteristic, Uuid};

/// The measurement service; devices do not advertise it.
pub const SERVICE: Uuid = Uuid::new(0xfb00_5c80_02e7_f387_1cad_8acd_2d8d_f0c8);
/// Requests and their answers: read, write, indicate.
pub const CONTROL: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0xfb00_5c81_02e7_f387_1cad_8acd_2d8d_f0c8));
/// Frames of samples: notify.
pub const DATA: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0xfb00_5c82_02e7_f387_1cad_8acd_2d8d_f0c8));
/// What an H10 offers before the firmware that measures.
const BEFORE_PMD: Uuid = Uuid::new(0xfb00_5c51_02e7_f387_1cad_8acd_2d8d_f0c8);

/// What is measured: the number in requests and frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measurement {
    /// Electrocardiogram.
    Ecg,
    /// Light through the skin.
    Ppg,
    /// Accelerometer.
    Accelerometer,
    /// Intervals between beats.
    Ppi,
    /// Gyroscope.
    Gyroscope,
    /// Magnetometer.
    Magnetometer,
    /// Not a measurement: the mode that opens every rate and range.
    SdkMode,
    /// Any other number.
    Other(u8),
}

impl Measurement {
    /// From the low six bits of a byte.
    #[must_use]
    pub const fn from_id(id: u8) -> Self {
        match id & 0x3F {
            0 => Self::Ecg,
            1 => Self::Ppg,
            2 => Self::Accelerometer,
            3 => Self::Ppi,
            5 => Self::Gyroscope,
            6 => Self::Magnetometer,
            9 => Self::SdkMode,
            other => Self::Other(other),
        }
    }

    /// The number.
    #[must_use]
    pub const fn id(self) -> u8 {
        match self {
            Self::Ecg => 0,
            Self::Ppg => 1,
            Self::Accelerometer => 2,
            Self::Ppi => 3,
            Self::Gyroscope => 5,
            Self::Magnetometer => 6,
            Self::SdkMode => 9,
            Self::Other(id) => id & 0x3F,
        }
    }
}
