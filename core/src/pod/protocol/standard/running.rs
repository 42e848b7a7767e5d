//! Running speed and cadence (2A53): what a footpod tells once a second.
//!
//! Invariant: cadence is in steps a minute, whichever way the maker counts.

use super::Fields;
use crate::{pod::frame::FrameError, units::StepsPerMinute};

/// A foot lands at most so often a minute while a person runs; more is the count of both feet. The SIG's text counts one
/// foot; some makers count both.
const ONE_FOOT: u8 = 120;

/// One notification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunningSpeed {
    /// The flags as sent.
    pub flags: u8,
    /// Running rather than walking.
    pub running: bool,
    /// Speed, m/s.
    pub speed_mps: f64,
    /// Cadence as sent: of one foot by the SIG's text.
    pub cadence_raw: u8,
    /// Length of a stride, metres.
    pub stride_m: Option<f64>,
    /// Distance so far, metres.
    pub distance_m: Option<f64>,
}

impl RunningSpeed {
    /// From the bytes of a notification.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut fields = Fields::of(bytes);
        let flags = fields.u8()?;
        let speed = fields.u16()?;
        let cadence_raw = fields.u8()?;
        let stride_cm = fields.when(flags & 1 != 0, Fields::u16)?;
        let distance_dm = fields.when(flags & 2 != 0, |fields| fields.take().map(u32::from_le_bytes))?;
        Ok(Self {
            flags,
            running: flags & 4 != 0,
            speed_mps: f64::from(speed) / 256.0,
            cadence_raw,
            stride_m: stride_cm.map(|cm| f64::from(cm) * 0.01),
            distance_m: distance_dm.map(|dm| f64::from(dm) * 0.1),
        })
    }

    /// Steps a minute, both feet.
    #[must_use]
    pub fn cadence(&self) -> StepsPerMinute {
        let feet = if self.cadence_raw > ONE_FOOT { 1.0 } else { 2.0 };
        StepsPerMinute(f64::from(self.cadence_raw) * feet)
    }
}
