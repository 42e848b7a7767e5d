//! The payload of one Movesense packet: a stamp, then arrays of 32-bit floats one after the other.
//!
//! Knows no subscription. Invariant: values are handed out as they stand in the bytes, numbers or not.

use crate::pod::frame::FrameError;

/// Arrays of three axes each, of one length, behind the stamp of the first sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Packet<'a> {
    /// The pod's clock at the *first* sample, milliseconds.
    pub stamp_ms: u32,
    arrays: &'a [[u8; 12]],
    samples: usize,
}

impl<'a> Packet<'a> {
    /// From a whole payload that holds `sensors` arrays: 1 accelerometer, gyroscope or magnetometer; 2 the first two; 3
    /// all of them, in that order.
    pub fn parse(payload: &'a [u8], sensors: usize) -> Result<Self, FrameError> {
        let wrong = |expected| FrameError::Length {
            expected,
            found: payload.len(),
        };
        let (&stamp, body) = payload.split_first_chunk::<4>().ok_or(wrong(4))?;
        let (arrays, rest) = body.as_chunks::<12>();
        let sensors = sensors.max(1);
        let samples = arrays.len() / sensors;
        if samples == 0 || !rest.is_empty() || !arrays.len().is_multiple_of(sensors) {
            return Err(wrong(4 + 12 * sensors * (samples + 1)));
        }
        Ok(Self {
            stamp_ms: u32::from_le_bytes(stamp),
            arrays,
            samples,
        })
    }

    /// The samples of one of the arrays, in its unit: m/s², °/s, µT.
    pub fn array(&self, sensor: usize) -> impl Iterator<Item = [f32; 3]> + use<'a> {
        let from = sensor.saturating_mul(self.samples);
        let array = self.arrays.get(from..from.saturating_add(self.samples));
        array.unwrap_or_default().iter().map(|bytes| {
            let (axes, _) = bytes.as_chunks::<4>();
            let axis = |k: usize| axes.get(k).map_or(0.0, |&bytes| f32::from_le_bytes(bytes));
            [axis(0), axis(1), axis(2)]
        })
    }
}

/// The stamp of a packet's first sample, milliseconds of the pod's clock.
#[must_use]
pub fn stamp_ms(payload: &[u8]) -> Option<u32> {
    payload.first_chunk().map(|&stamp| u32::from_le_bytes(stamp))
}

/// The same in microseconds.
pub(super) fn stamp_us(payload: &[u8]) -> Option<u64> {
    stamp_ms(payload).map(|stamp_ms| u64::from(stamp_ms) * 1000)
}

/// Electrocardiogram in thousandths of a millivolt: the stamp of the first sample, and the samples.
pub fn ecg(payload: &[u8]) -> Result<(u32, impl Iterator<Item = i16>), FrameError> {
    let wrong = FrameError::Length {
        expected: 6,
        found: payload.len(),
    };
    let (&stamp, body) = payload.split_first_chunk::<4>().ok_or(wrong)?;
    let (samples, rest) = body.as_chunks::<2>();
    if samples.is_empty() || !rest.is_empty() {
        return Err(wrong);
    }
    Ok((
        u32::from_le_bytes(stamp),
        samples.iter().map(|&bytes| i16::from_le_bytes(bytes)),
    ))
}

/// Temperature, kelvin, and its stamp, which stands *behind* it.
pub fn temperature(payload: &[u8]) -> Result<(f32, u32), FrameError> {
    match *payload {
        [a, b, c, d, e, f, g, h] => Ok((f32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))),
        _ => Err(FrameError::Length {
            expected: 8,
            found: payload.len(),
        }),
    }
}

/// Mean heart rate, 1/min, and the intervals between beats, milliseconds. It has no stamp.
pub fn heart_rate(payload: &[u8]) -> Result<(f32, impl Iterator<Item = u16>), FrameError> {
    let wrong = FrameError::Length {
        expected: 6,
        found: payload.len(),
    };
    let (&mean, body) = payload.split_first_chunk::<4>().ok_or(wrong)?;
    let (beats, rest) = body.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(wrong);
    }
    Ok((
        f32::from_le_bytes(mean),
        beats.iter().map(|&bytes| u16::from_le_bytes(bytes)),
    ))
}
