//! Heart rate (2A37) and the intervals between beats.
//!
//! Invariant: the intervals of [`HeartRate::beats_ms`] can be those of a heart; others were in the bytes all the same.

use super::Fields;
use crate::pod::frame::FrameError;

/// Intervals that can be a person's, milliseconds: a Garmin HRM-Dual was seen to send 52 ms.
const BEATS_MS: std::ops::RangeInclusive<f64> = 200.0..=2500.0;

/// One notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartRate<'a> {
    /// The flags as sent.
    pub flags: u8,
    /// Beats a minute.
    pub bpm: u16,
    /// Skin is touched; `None` where the sensor cannot tell.
    pub contact: Option<bool>,
    /// Energy spent so far, kJ.
    pub energy_kj: Option<u16>,
    beats: &'a [[u8; 2]],
}

impl<'a> HeartRate<'a> {
    /// From the bytes of a notification.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let mut fields = Fields::of(bytes);
        let flags = fields.u8()?;
        let bpm = if flags & 1 == 0 {
            fields.u8()?.into()
        } else {
            fields.u16()?
        };
        let energy_kj = fields.when(flags & 8 != 0, Fields::u16)?;
        let beats = if flags & 16 == 0 {
            &[]
        } else {
            fields.rest.as_chunks().0
        };
        Ok(Self {
            flags,
            bpm,
            contact: (flags & 4 != 0).then_some(flags & 2 != 0),
            energy_kj,
            beats,
        })
    }

    /// Intervals between beats as sent, 1/1024 s.
    pub fn beats_raw(&self) -> impl Iterator<Item = u16> + use<'a> {
        self.beats.iter().map(|&bytes| u16::from_le_bytes(bytes))
    }

    /// Intervals between beats that can be true, milliseconds.
    pub fn beats_ms(&self) -> impl Iterator<Item = f64> + use<'a> {
        self.beats_raw()
            .map(|raw| f64::from(raw) * 1000.0 / 1024.0)
            .filter(|milliseconds| BEATS_MS.contains(milliseconds))
    }
}
