//! The Lean Pod block: our own open profile, as `docs/lean-pod.md` fixes it.
//!
//! Knows one block, not a stream. Invariant: what [`encode`] writes, [`decode`] reads back; one flipped bit is refused.

pub mod about;
pub mod control;
mod scale;
mod talk;

pub use scale::{AccelerometerScale, GyroscopeScale, Scale};
pub use talk::LeanPodTalk;

use glam::DVec3;

use super::crc::crc16;
use crate::pod::{
    frame::{FrameError, FrameNumber, FrameStamp, PodFrame, PodSample},
    gatt::Uuid,
};

/// The service.
pub const SERVICE: Uuid = Uuid::new(0x4359_0100_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Info characteristic: what it is and keeps.
pub const INFO: Uuid = Uuid::new(0x4359_0101_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Control characteristic: requests in, answers out.
pub const CONTROL: Uuid = Uuid::new(0x4359_0102_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Live characteristic: a block a notification.
pub const LIVE: Uuid = Uuid::new(0x4359_0103_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Backfill characteristic: a stored block a notification.
pub const BACKFILL: Uuid = Uuid::new(0x4359_0104_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Time characteristic: tokens in, echoes out.
pub const TIME: Uuid = Uuid::new(0x4359_0105_5f8b_463e_8d5c_dc22_cafd_3ef7);
/// Its Status characteristic: battery, memory, faults.
pub const STATUS: Uuid = Uuid::new(0x4359_0106_5f8b_463e_8d5c_dc22_cafd_3ef7);

/// Bytes before the samples.
const HEADER: usize = 20;
/// Bytes of a block beside its samples: the header and the checksum.
pub const OVERHEAD: usize = HEADER + 2;
/// Longest block, bytes: the largest value an attribute can carry (Bluetooth Core, attribute protocol).
pub const LONGEST: usize = 512;
/// Sample intervals that are decoded, microseconds: 1000 Hz to 25 Hz with 10 % for a sensor off its nominal rate.
pub const INTERVALS_US: std::ops::RangeInclusive<u16> = 900..=44_000;
/// Largest stamp, microseconds: 48 bits, almost nine years.
pub const LAST_STAMP_US: u64 = (1 << 48) - 1;
/// A temperature that was not measured.
pub const NO_TEMPERATURE: i8 = i8::MIN;

/// Flag: a channel stood at the end of its range in this block.
pub const FLAG_CLIPPED: u8 = 1;
/// Flag: the pod itself lost samples between the block before and this one.
pub const FLAG_GAP_BEFORE: u8 = 1 << 1;
/// Flag: the wearer marked an event during this block.
pub const FLAG_EVENT: u8 = 1 << 2;
/// Flag: the clock does not run from the crystal.
pub const FLAG_CLOCK_UNCERTAIN: u8 = 1 << 3;

/// Format byte: accelerometer and gyroscope, 12 bytes a sample.
const SIX_AXES: u8 = 0x01;
/// Format byte: accelerometer alone, 6 bytes a sample.
const THREE_AXES: u8 = 0x02;

/// One block as it lies in the pod's memory and goes over the air.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeanPodBlock {
    /// Counts the pod's starts.
    pub boot: u16,
    /// Counts blocks within one boot, +1 each.
    pub sequence: u32,
    /// Pod clock at the first sample, microseconds since its boot, at most [`LAST_STAMP_US`].
    pub first_sample_us: u64,
    /// Announced time between samples, whole microseconds, within [`INTERVALS_US`].
    pub interval_us: u16,
    /// `FLAG_*` bits.
    pub flags: u8,
    /// What one count of a sample means.
    pub scale: Scale,
    /// Temperature of the sensor, °C; [`NO_TEMPERATURE`] when not measured.
    pub temperature_c: i8,
    /// Counts of accelerometer x, y, z, then gyroscope x, y, z (zero where the scale has no gyroscope).
    pub samples: Vec<[i16; 6]>,
}

/// The bytes of a block. A stamp beyond [`LAST_STAMP_US`] becomes that; samples beyond [`LONGEST`] are left out.
#[must_use]
pub fn encode(block: &LeanPodBlock) -> Vec<u8> {
    let count = block.samples.len().min(block.scale.samples_within(LONGEST));
    let channels = block.scale.channels();
    let mut bytes = Vec::with_capacity(OVERHEAD + count * block.scale.sample_bytes());
    bytes.extend([block.scale.format(), block.flags]);
    bytes.extend(block.boot.to_le_bytes());
    bytes.extend(block.sequence.to_le_bytes());
    bytes.extend(
        block
            .first_sample_us
            .min(LAST_STAMP_US)
            .to_le_bytes()
            .into_iter()
            .take(6),
    );
    bytes.extend(block.interval_us.to_le_bytes());
    bytes.extend([count as u8, block.scale.id()]);
    bytes.extend(block.temperature_c.to_le_bytes());
    bytes.push(0);
    let counts = block
        .samples
        .iter()
        .take(count)
        .flat_map(|sample| sample.iter().take(channels));
    bytes.extend(counts.flat_map(|count| count.to_le_bytes()));
    let checksum = crc16(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// A block's bytes, known to be sound.
struct Sound<'a> {
    number: FrameNumber,
    first_sample_us: u64,
    interval_us: u16,
    flags: u8,
    scale: Scale,
    temperature_c: i8,
    body: &'a [u8],
}

/// The block in the bytes of one notification.
pub fn decode(bytes: &[u8]) -> Result<LeanPodBlock, FrameError> {
    let block = sound(bytes)?;
    Ok(LeanPodBlock {
        boot: block.number.boot,
        sequence: block.number.sequence,
        first_sample_us: block.first_sample_us,
        interval_us: block.interval_us,
        flags: block.flags,
        scale: block.scale,
        temperature_c: block.temperature_c,
        samples: block
            .body
            .chunks_exact(block.scale.sample_bytes())
            .map(counts)
            .collect(),
    })
}

fn sound(bytes: &[u8]) -> Result<Sound<'_>, FrameError> {
    let short = FrameError::Length {
        expected: OVERHEAD,
        found: bytes.len(),
    };
    let (content, checksum) = bytes.split_last_chunk().ok_or(short)?;
    let (header, body) = content.split_first_chunk::<HEADER>().ok_or(short)?;
    let &[
        format,
        flags,
        b0,
        b1,
        s0,
        s1,
        s2,
        s3,
        t0,
        t1,
        t2,
        t3,
        t4,
        t5,
        i0,
        i1,
        n,
        scale,
        temperature,
        _reserved,
    ] = header;
    let sample_bytes = match format {
        SIX_AXES => 12,
        THREE_AXES => 6,
        _ => return Err(FrameError::Format { format }),
    };
    let expected = OVERHEAD + usize::from(n) * sample_bytes;
    if bytes.len() != expected {
        return Err(FrameError::Length {
            expected,
            found: bytes.len(),
        });
    }
    if crc16(content) != u16::from_le_bytes(*checksum) {
        return Err(FrameError::Checksum);
    }
    let scale = Scale::from_id(scale)
        .filter(|scale| scale.format() == format)
        .ok_or(FrameError::Field { field: "scale" })?;
    if n == 0 || expected > LONGEST {
        return Err(FrameError::Field {
            field: "sample_count",
        });
    }
    let interval_us = u16::from_le_bytes([i0, i1]);
    if !INTERVALS_US.contains(&interval_us) {
        return Err(FrameError::Field {
            field: "sample_interval",
        });
    }
    Ok(Sound {
        number: FrameNumber {
            boot: u16::from_le_bytes([b0, b1]),
            sequence: u32::from_le_bytes([s0, s1, s2, s3]),
        },
        first_sample_us: u64::from_le_bytes([t0, t1, t2, t3, t4, t5, 0, 0]),
        interval_us,
        flags,
        scale,
        temperature_c: i8::from_le_bytes([temperature]),
        body,
    })
}

/// Up to six channels of one sample; channels that are not there stay zero.
fn counts(sample: &[u8]) -> [i16; 6] {
    if let Ok(whole) = <&[u8; 12]>::try_from(sample) {
        let at = |k: usize| i16::from_le_bytes([whole[2 * k], whole[2 * k + 1]]);
        return [at(0), at(1), at(2), at(3), at(4), at(5)];
    }
    let mut counts = [0; 6];
    for (count, bytes) in counts.iter_mut().zip(sample.as_chunks().0) {
        *count = i16::from_le_bytes(*bytes);
    }
    counts
}

/// The frame in one notification of Live or Backfill, written over `frame`, whose memory is used again.
pub fn decode_into(bytes: &[u8], frame: &mut PodFrame) -> Result<(), FrameError> {
    let block = sound(bytes)?;
    let accelerometer = block.scale.accelerometer.mps2_per_count();
    let gyroscope = block.scale.gyroscope.map(GyroscopeScale::radps_per_count);
    let mut clipped = block.flags & FLAG_CLIPPED != 0;
    frame.samples.clear();
    frame
        .samples
        .extend(block.body.chunks_exact(block.scale.sample_bytes()).map(|sample| {
            let counts = counts(sample);
            clipped |= counts.iter().any(|count| matches!(*count, i16::MIN | i16::MAX));
            let [ax, ay, az, gx, gy, gz] = counts.map(f64::from);
            PodSample {
                specific_force: DVec3::new(ax, ay, az) * accelerometer,
                angular_velocity: gyroscope.map(|count| DVec3::new(gx, gy, gz) * count),
            }
        }));
    frame.number = Some(block.number);
    frame.stamp = FrameStamp::first(block.first_sample_us);
    frame.sample_interval_us = f64::from(block.interval_us);
    frame.clipped = clipped;
    Ok(())
}

#[cfg(test)]
mod tests;
