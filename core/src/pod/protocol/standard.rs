//! Services that the Bluetooth SIG fixed: running speed and cadence, heart rate, cycling power, battery, device
//! information, current time.
//!
//! They send sums, no motion. Invariant: any bytes give a value or an error; a field the flags promise and the bytes do
//! not hold is an error.
//!
//! Source: the SIG's service texts. *Proven* by 18 frames: five of running (two to be refused), ten of heart rate (five
//! captured), two of power, one of battery; none of running is a capture. *Inferred*: current time and device information.

pub mod heart_rate;
pub mod power;
pub mod running;
mod talk;

pub(super) use talk::StandardTalk;

use crate::pod::{
    frame::FrameError,
    gatt::{Characteristic, Uuid},
};

/// Running speed and cadence.
pub const RUNNING: Characteristic = Characteristic::new(Uuid::short(0x1814), Uuid::short(0x2A53));
/// Heart rate.
pub const HEART_RATE: Characteristic = Characteristic::new(Uuid::short(0x180D), Uuid::short(0x2A37));
/// Cycling power, which running power meters use too.
pub const POWER: Characteristic = Characteristic::new(Uuid::short(0x1818), Uuid::short(0x2A63));
/// How full the battery is.
pub const BATTERY: Characteristic = Characteristic::new(Uuid::short(0x180F), Uuid::short(0x2A19));
/// The maker's name.
pub const MAKER: Characteristic = Characteristic::new(Uuid::short(0x180A), Uuid::short(0x2A29));
/// The model.
pub const MODEL: Characteristic = Characteristic::new(Uuid::short(0x180A), Uuid::short(0x2A24));
/// The firmware's version.
pub const FIRMWARE: Characteristic = Characteristic::new(Uuid::short(0x180A), Uuid::short(0x2A26));
/// Date and time of day.
pub const CURRENT_TIME: Characteristic = Characteristic::new(Uuid::short(0x1805), Uuid::short(0x2A2B));

/// How full a battery is, per cent.
pub fn battery(bytes: &[u8]) -> Result<u8, FrameError> {
    match *bytes {
        [percent @ 0..=100] => Ok(percent),
        [_] => Err(FrameError::Field { field: "battery" }),
        _ => Err(FrameError::Length {
            expected: 1,
            found: bytes.len(),
        }),
    }
}

/// A text of the device information service: up to its end or the first zero, without what cannot be shown.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<String> {
    let shown = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    let text: String = String::from_utf8_lossy(shown)
        .chars()
        .filter(|character| !character.is_control())
        .take(64)
        .collect();
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// Date and time of day, as a device believes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentTime {
    /// Year, or 0 when unknown.
    pub year: u16,
    /// Month 1 to 12, or 0.
    pub month: u8,
    /// Day 1 to 31, or 0.
    pub day: u8,
    /// Hour 0 to 23.
    pub hour: u8,
    /// Minute 0 to 59.
    pub minute: u8,
    /// Second 0 to 59.
    pub second: u8,
    /// Monday 1 to Sunday 7, or 0.
    pub weekday: u8,
    /// Parts of a second, 1/256.
    pub fraction: u8,
}

impl CurrentTime {
    /// From its ten bytes, the last of which tells why it changed.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let &[
            y0,
            y1,
            month,
            day,
            hour,
            minute,
            second,
            weekday,
            fraction,
            _reason,
        ] = bytes
        else {
            return Err(FrameError::Length {
                expected: 10,
                found: bytes.len(),
            });
        };
        if month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59 || weekday > 7 {
            return Err(FrameError::Field {
                field: "current_time",
            });
        }
        Ok(Self {
            year: u16::from_le_bytes([y0, y1]),
            month,
            day,
            hour,
            minute,
            second,
            weekday,
            fraction,
        })
    }
}

/// Takes fields off the front of a value.
struct Fields<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Fields<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            length: bytes.len(),
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (field, rest) = self.rest.split_first_chunk::<N>().ok_or(FrameError::Length {
            expected: self.length - self.rest.len() + N,
            found: self.length,
        })?;
        self.rest = rest;
        Ok(*field)
    }

    fn u8(&mut self) -> Result<u8, FrameError> {
        self.take().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Result<u16, FrameError> {
        self.take().map(u16::from_le_bytes)
    }

    /// A field that is there when its flag is set.
    fn when<T>(
        &mut self,
        flag: bool,
        read: impl FnOnce(&mut Self) -> Result<T, FrameError>,
    ) -> Result<Option<T>, FrameError> {
        flag.then(|| read(self)).transpose()
    }
}
