//! Cycling power (2A63), by which power meters for runners speak too.
//!
//! Reads no extremes behind the crank's fields. Invariant: what the flags do not promise is `None`.

use super::Fields;
use crate::pod::frame::FrameError;

/// One notification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    /// The flags as sent.
    pub flags: u16,
    /// Power, W.
    pub power_w: i16,
    /// Share of the left or of an unknown pedal, half per cent.
    pub balance_half_percent: Option<u8>,
    /// Torque summed up, 1/32 N·m.
    pub torque_32nds_nm: Option<u16>,
    /// Turns of the wheel, and the time of the last one, 1/2048 s.
    pub wheel: Option<(u32, u16)>,
    /// Turns of the crank, and the time of the last one, 1/1024 s.
    pub crank: Option<(u16, u16)>,
}

impl Power {
    /// From the bytes of a notification.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut fields = Fields::of(bytes);
        let flags = fields.u16()?;
        Ok(Self {
            flags,
            power_w: fields.take().map(i16::from_le_bytes)?,
            balance_half_percent: fields.when(flags & 1 != 0, Fields::u8)?,
            torque_32nds_nm: fields.when(flags & 4 != 0, Fields::u16)?,
            wheel: fields.when(flags & 16 != 0, |fields| {
                Ok((fields.take().map(u32::from_le_bytes)?, fields.u16()?))
            })?,
            crank: fields.when(flags & 32 != 0, |fields| Ok((fields.u16()?, fields.u16()?)))?,
        })
    }
}
