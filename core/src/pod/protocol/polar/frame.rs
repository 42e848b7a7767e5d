//! One notification of Polar's data characteristic: its head and the numbers behind it.
//!
//! Knows no unit and no rate. Invariant: a sample handed out stands in the bytes.

use super::{Measurement, delta};
use crate::pod::frame::FrameError;

/// Head and body of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataFrame<'a> {
    /// What was measured.
    pub measurement: Measurement,
    /// The pod's clock at the *last* sample, nanoseconds since 2000-01-01 by a clock that was perhaps never set.
    pub time_ns: u64,
    /// Layout of the samples, without the bit that tells compression.
    pub layout: u8,
    /// Whether the samples are a reference and differences.
    pub compressed: bool,
    /// The samples' bytes.
    pub body: &'a [u8],
}

/// An interval between two beats of the heart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeatInterval {
    /// Beats a minute.
    pub bpm: u8,
    /// The interval, milliseconds.
    pub interval_ms: u16,
    /// Its estimated error, milliseconds.
    pub error_ms: u16,
    /// Movement made it worthless.
    pub blocked: bool,
    /// Skin is touched; `None` where the pod cannot tell.
    pub contact: Option<bool>,
}

impl<'a> DataFrame<'a> {
    /// The head of the bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let short = FrameError::Length {
            expected: 10,
            found: bytes.len(),
        };
        let (&measurement, rest) = bytes.split_first().ok_or(short)?;
        let (time, rest) = rest.split_first_chunk::<8>().ok_or(short)?;
        let (&layout, body) = rest.split_first().ok_or(short)?;
        Ok(Self {
            measurement: Measurement::from_id(measurement),
            time_ns: u64::from_le_bytes(*time),
            layout: layout & 0x7F,
            compressed: layout & 0x80 != 0,
            body,
        })
    }

    /// Hands out each sample of three channels: accelerometer, gyroscope, or magnetometer of layout 0.
    /// A gyroscope's layout 1 gives the bit patterns of 32-bit floats.
    pub fn triples(&self, each: impl FnMut([i32; 3])) -> Result<(), FrameError> {
        match (self.measurement, self.compressed, self.layout) {
            (Measurement::Accelerometer, false, 0) => raw::<3, 3>(self.body, each, |[x, y, z]| {
                [x, y, z].map(|byte| i8::from_le_bytes([byte]).into())
            }),
            (Measurement::Accelerometer, false, 1) => {
                raw::<6, 3>(self.body, each, |[x, xx, y, yy, z, zz]| {
                    [[x, xx], [y, yy], [z, zz]].map(|bytes| i16::from_le_bytes(bytes).into())
                })
            }
            (Measurement::Accelerometer, false, 2) => {
                raw::<9, 3>(self.body, each, |[a, b, c, d, e, f, g, h, i]| {
                    [[a, b, c], [d, e, f], [g, h, i]].map(three_bytes)
                })
            }
            (Measurement::Accelerometer, true, 0 | 1)
            | (Measurement::Gyroscope | Measurement::Magnetometer, true, 0) => {
                delta::decode(self.body, delta::Reference::Short, each)
            }
            (Measurement::Gyroscope, true, 1) => delta::decode(self.body, delta::Reference::Long, each),
            _ => Err(self.unknown()),
        }
    }

    /// Hands out each magnetometer sample of layout 1: three channels in milligauss and the state of calibration.
    pub fn calibrated_magnetometer(&self, each: impl FnMut([i32; 4])) -> Result<(), FrameError> {
        match (self.measurement, self.compressed, self.layout) {
            (Measurement::Magnetometer, true, 1) => delta::decode(self.body, delta::Reference::Short, each),
            _ => Err(self.unknown()),
        }
    }

    /// Hands out each sample of the electrocardiogram, microvolts.
    pub fn ecg(&self, mut each: impl FnMut(i32)) -> Result<(), FrameError> {
        match (self.measurement, self.compressed, self.layout) {
            (Measurement::Ecg, false, 0) => {
                raw::<3, 1>(self.body, |[value]| each(value), |bytes| [three_bytes(bytes)])
            }
            _ => Err(self.unknown()),
        }
    }

    /// Hands out each interval between beats.
    pub fn beats(&self, mut each: impl FnMut(BeatInterval)) -> Result<(), FrameError> {
        if (self.measurement, self.compressed, self.layout) != (Measurement::Ppi, false, 0) {
            return Err(self.unknown());
        }
        let (beats, rest) = self.body.as_chunks::<6>();
        for &[bpm, i0, i1, e0, e1, flags] in beats {
            each(BeatInterval {
                bpm,
                interval_ms: u16::from_le_bytes([i0, i1]),
                error_ms: u16::from_le_bytes([e0, e1]),
                blocked: flags & 1 != 0,
                contact: (flags & 4 != 0).then_some(flags & 2 != 0),
            });
        }
        whole(self.body, rest)
    }

    fn unknown(&self) -> FrameError {
        FrameError::Format {
            format: self.layout | if self.compressed { 0x80 } else { 0 },
        }
    }
}

fn raw<const BYTES: usize, const N: usize>(
    body: &[u8],
    mut each: impl FnMut([i32; N]),
    read: impl Fn([u8; BYTES]) -> [i32; N],
) -> Result<(), FrameError> {
    let (samples, rest) = body.as_chunks::<BYTES>();
    for &bytes in samples {
        each(read(bytes));
    }
    whole(body, rest)
}

fn whole(body: &[u8], rest: &[u8]) -> Result<(), FrameError> {
    if rest.is_empty() && !body.is_empty() {
        return Ok(());
    }
    Err(FrameError::Length {
        expected: 10 + body.len() - rest.len(),
        found: 10 + body.len(),
    })
}

fn three_bytes([a, b, c]: [u8; 3]) -> i32 {
    i32::from_le_bytes([0, a, b, c]) >> 8
}
