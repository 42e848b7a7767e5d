//! `MbientLab` `MetaWear`: notifications of accelerometer, gyroscope and fusion.
//!
//! Not yet a pod of ours: no stream, no stamps, a fading base of users; here so that its published frames are known to
//! read. Invariant: any bytes give values or an error, never a panic.
//!
//! Source: `mbientlab/MetaWear-SDK-Cpp` at f67699e, its tests. *Proven* by twelve of their vectors, five of them commands.

use crate::{pod::frame::FrameError, units::GRAVITY};

/// Module and register of a command or notification.
const ACCELEROMETER: [u8; 2] = [0x03, 0x04];
const ACCELEROMETER_PACKED: [u8; 2] = [0x03, 0x1C];
const GYROSCOPE: [u8; 2] = [0x13, 0x05];
const FUSION_GYROSCOPE: [u8; 2] = [0x19, 0x05];
const FUSION_QUATERNION: [u8; 2] = [0x19, 0x07];
const FUSION_GRAVITY: [u8; 2] = [0x19, 0x09];
const FUSION_LINEAR: [u8; 2] = [0x19, 0x0A];

/// What a notification tells, in the maker's units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Notification {
    /// One sample of the accelerometer, counts.
    Accelerometer([i16; 3]),
    /// Three samples of the accelerometer, counts.
    AccelerometerPacked([[i16; 3]; 3]),
    /// One sample of the gyroscope, counts.
    Gyroscope([i16; 3]),
    /// Turning rate of the fusion, °/s.
    FusionGyroscope([f32; 3]),
    /// Orientation w, x, y, z.
    Quaternion([f32; 4]),
    /// Direction of gravity, g.
    Gravity([f64; 3]),
    /// Acceleration without gravity, g.
    Linear([f64; 3]),
}

impl Notification {
    /// From its bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, FrameError> {
        let wrong = FrameError::Length {
            expected: 8,
            found: bytes.len(),
        };
        let (&head, body) = bytes.split_first_chunk::<2>().ok_or(wrong)?;
        let shorts = || body.first_chunk::<6>().copied().map(triple).ok_or(wrong);
        let in_g = |values: [f32; 3]| values.map(|value| f64::from(value) / GRAVITY);
        match head {
            ACCELEROMETER => shorts().map(Self::Accelerometer),
            GYROSCOPE => shorts().map(Self::Gyroscope),
            ACCELEROMETER_PACKED => match body.as_chunks::<6>() {
                (&[a, b, c], []) => Ok(Self::AccelerometerPacked([a, b, c].map(triple))),
                _ => Err(wrong),
            },
            FUSION_GYROSCOPE => floats(body).map(Self::FusionGyroscope),
            FUSION_QUATERNION => floats(body).map(Self::Quaternion),
            FUSION_GRAVITY => floats(body).map(in_g).map(Self::Gravity),
            FUSION_LINEAR => floats(body).map(in_g).map(Self::Linear),
            [module, _] => Err(FrameError::Format { format: module }),
        }
    }
}

/// Counts of the accelerometer in one g, by the end of its range.
#[must_use]
pub fn counts_per_g(range_g: u8) -> Option<f64> {
    match range_g {
        2 => Some(16_384.0),
        4 => Some(8192.0),
        8 => Some(4096.0),
        16 => Some(2048.0),
        _ => None,
    }
}

/// Counts of the gyroscope in one °/s, at a range of 500 °/s.
pub const COUNTS_PER_DPS_500: f64 = 65.6;

fn triple([a, b, c, d, e, f]: [u8; 6]) -> [i16; 3] {
    [[a, b], [c, d], [e, f]].map(i16::from_le_bytes)
}

/// The first floats; the fusion sends a byte of accuracy behind them.
fn floats<const N: usize>(bytes: &[u8]) -> Result<[f32; N], FrameError> {
    let (found, _) = bytes.as_chunks::<4>();
    let found = found.first_chunk::<N>().ok_or(FrameError::Length {
        expected: 2 + 4 * N,
        found: 2 + bytes.len(),
    })?;
    Ok(found.map(f32::from_le_bytes))
}
