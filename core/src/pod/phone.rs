//! The phone itself as a pod, and earbuds: plain samples of a system's motion sensors to Lean Pod blocks.
//!
//! Reads no sensor. Invariant: whatever numbers come, only finite ones in rising time go on, each in exactly one block,
//! and a hole between them shows in the stamps.
//!
//! A phone in a belt at the small of the back is a pelvis pod. Its samples go the way of every other pod's: into blocks,
//! the run's log, the clock. Signs and units are those of Apple's and Google's references; none was tried on a phone.

use serde::{Deserialize, Serialize};

use super::protocol::lean_pod::{
    self, FLAG_GAP_BEFORE, GyroscopeScale, INTERVALS_US, LAST_STAMP_US, LeanPodBlock, NO_TEMPERATURE, Scale,
};
use crate::units::GRAVITY;

/// Most samples in a block: a tenth of a second at 200 Hz, so that batches of ten a second are one block each. Ours.
const MOST_SAMPLES: usize = 20;
/// Samples further from even than this begin a new block, as a share of the time between them. Ours: phones jitter by
/// a few per cent, and a lost sample is a whole one.
const UNEVEN: f64 = 0.4;
/// Before two samples tell, 100 Hz, microseconds.
const USUAL_INTERVAL_US: f64 = 10_000.0;

/// What a system's numbers mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotionSource {
    /// Android's accelerometer and gyroscope: m/s², at rest +9.81 upward; rad/s, right-handed.
    Android,
    /// Apple's Core Motion, of the phone or of earbuds: g, at rest −1 upward (*gravity* plus *user acceleration*);
    /// rad/s, right-handed.
    CoreMotion,
}

/// One sample as the system gave it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MotionSample {
    /// When it was measured, seconds of a clock that never steps, such as since the phone started.
    pub time_s: f64,
    /// Acceleration in the device's axes, in the source's unit and sign.
    pub acceleration: [f64; 3],
    /// Rotation in the device's axes, rad/s; `None` without a gyroscope.
    pub rotation_radps: Option<[f64; 3]>,
}

/// Makes blocks of batches of samples.
#[derive(Clone, Debug)]
pub struct MotionBlocks {
    source: MotionSource,
    boot: u16,
    sequence: u32,
    interval_us: f64,
    last_us: Option<f64>,
    /// Something was left out since the last block.
    gap: bool,
}

impl MotionBlocks {
    /// For a stream that begins now; `boot` is to differ from that of the stream before.
    #[must_use]
    pub const fn new(source: MotionSource, boot: u16) -> Self {
        Self {
            source,
            boot,
            sequence: 0,
            interval_us: USUAL_INTERVAL_US,
            last_us: None,
            gap: false,
        }
    }

    /// The blocks of a batch, in order.
    pub fn blocks(&mut self, batch: &[MotionSample]) -> Vec<Vec<u8>> {
        let mut blocks = Vec::new();
        let mut open: Vec<(f64, MotionSample)> = Vec::new();
        for sample in batch {
            let Some(stamp_us) = self.stamp_us(sample) else {
                blocks.extend(self.close(&mut open));
                self.gap = true;
                continue;
            };
            let goes_on = open.last().is_none_or(|(last_us, last)| {
                let even = (stamp_us - last_us - self.interval_us).abs() < UNEVEN * self.interval_us;
                even && last.rotation_radps.is_some() == sample.rotation_radps.is_some()
            });
            if !goes_on || open.len() == MOST_SAMPLES {
                blocks.extend(self.close(&mut open));
            }
            if let Some(passed_us) = self.last_us.map(|last_us| stamp_us - last_us) {
                self.learn(passed_us);
            }
            self.last_us = Some(stamp_us);
            open.push((stamp_us, *sample));
        }
        blocks.extend(self.close(&mut open));
        blocks
    }

    /// The stamp of a sample that can be used.
    fn stamp_us(&self, sample: &MotionSample) -> Option<f64> {
        let finite = |axes: &[f64; 3]| axes.iter().all(|axis| axis.is_finite());
        let usable = finite(&sample.acceleration) && sample.rotation_radps.as_ref().is_none_or(finite);
        let stamp_us = (sample.time_s * 1e6).round();
        let later = self.last_us.is_none_or(|last_us| stamp_us > last_us);
        (usable && later && (0.0..LAST_STAMP_US as f64).contains(&stamp_us)).then_some(stamp_us)
    }

    /// Follows the rate of the sensor; a hole teaches nothing.
    fn learn(&mut self, passed_us: f64) {
        let range = f64::from(*INTERVALS_US.start())..=f64::from(*INTERVALS_US.end());
        let first = self.sequence == 0;
        if range.contains(&passed_us) && (first || (passed_us / self.interval_us - 1.0).abs() < UNEVEN) {
            let gain = if first { 1.0 } else { 0.05 };
            self.interval_us += gain * (passed_us - self.interval_us);
        }
    }

    fn close(&mut self, open: &mut Vec<(f64, MotionSample)>) -> Option<Vec<u8>> {
        let (first_us, first) = *open.first()?;
        let scale = if first.rotation_radps.is_some() {
            Scale::G16_DPS2000
        } else {
            Scale::G16
        };
        let spread_us = open.last().map_or(0.0, |(last_us, _)| last_us - first_us);
        let interval_us = match open.len() - 1 {
            0 => self.interval_us,
            steps => spread_us / steps as f64,
        };
        let block = LeanPodBlock {
            boot: self.boot,
            sequence: self.sequence,
            first_sample_us: first_us as u64,
            interval_us: (interval_us.round() as u16).clamp(*INTERVALS_US.start(), *INTERVALS_US.end()),
            flags: if std::mem::take(&mut self.gap) {
                FLAG_GAP_BEFORE
            } else {
                0
            },
            scale,
            temperature_c: NO_TEMPERATURE,
            samples: open
                .iter()
                .map(|(_, sample)| self.counts(sample, scale))
                .collect(),
        };
        self.sequence = self.sequence.wrapping_add(1);
        open.clear();
        Some(lean_pod::encode(&block))
    }

    fn counts(&self, sample: &MotionSample, scale: Scale) -> [i16; 6] {
        let mps2_per_unit = match self.source {
            MotionSource::Android => 1.0,
            MotionSource::CoreMotion => -GRAVITY,
        };
        let per_count = scale.accelerometer.mps2_per_count();
        let [ax, ay, az] = sample.acceleration.map(|axis| axis * mps2_per_unit / per_count);
        let rotation = sample.rotation_radps.unwrap_or_default();
        let per_count = scale.gyroscope.map_or(1.0, GyroscopeScale::radps_per_count);
        let [gx, gy, gz] = rotation.map(|axis| axis / per_count);
        // A cast from float stops at the ends of the range, as a sensor does.
        [ax, ay, az, gx, gy, gz].map(|count| count.round() as i16)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pod::{
        frame::PodFrame,
        protocol::lean_pod::{decode, decode_into},
    };

    fn still(time_s: f64, acceleration: [f64; 3]) -> MotionSample {
        MotionSample {
            time_s,
            acceleration,
            rotation_radps: Some([0.0, 0.1, 0.0]),
        }
    }

    #[test]
    fn both_systems_say_the_same_of_a_phone_at_rest() {
        let android = MotionBlocks::new(MotionSource::Android, 1).blocks(&[still(5.0, [0.0, GRAVITY, 0.0])]);
        let apple = MotionBlocks::new(MotionSource::CoreMotion, 1).blocks(&[still(5.0, [0.0, -1.0, 0.0])]);
        assert_eq!(android, apple);
        let mut frame = PodFrame::default();
        decode_into(&android[0], &mut frame).unwrap();
        let sample = frame.samples[0];
        assert!((sample.specific_force.y - GRAVITY).abs() < 0.005);
        assert!((sample.angular_velocity.unwrap().y - 0.1).abs() < 0.001);
        assert_eq!(decode(&android[0]).unwrap().first_sample_us, 5_000_000);
    }

    #[test]
    fn a_batch_is_one_block_with_the_rate_that_was_measured() {
        let batch = |from: usize| -> Vec<MotionSample> {
            let sample = |k| still(100.0 + k as f64 / 97.0, [0.0, 9.0, 0.0]);
            (from..from + 10).map(sample).collect()
        };
        let mut blocks = MotionBlocks::new(MotionSource::Android, 7);
        for number in 0..20_u32 {
            let made = blocks.blocks(&batch(10 * number as usize));
            assert_eq!(made.len(), 1);
            let block = decode(&made[0]).unwrap();
            assert_eq!((block.boot, block.sequence, block.samples.len()), (7, number, 10));
            assert!((f64::from(block.interval_us) - 1e6 / 97.0).abs() < 2.0);
        }
    }

    #[test]
    fn a_hole_begins_a_new_block_and_a_number_that_is_none_is_left_out() {
        let mut batch: Vec<MotionSample> = (0..10)
            .map(|k| still(f64::from(k) * 0.01, [0.0, 9.8, 0.0]))
            .collect();
        batch.remove(5);
        batch[2].acceleration[1] = f64::NAN;
        let blocks: Vec<LeanPodBlock> = MotionBlocks::new(MotionSource::Android, 1)
            .blocks(&batch)
            .iter()
            .map(|bytes| decode(bytes).unwrap())
            .collect();
        let samples: Vec<usize> = blocks.iter().map(|block| block.samples.len()).collect();
        assert_eq!(samples, [2, 2, 4]);
        assert_eq!(blocks[1].flags, FLAG_GAP_BEFORE);
        assert_eq!(blocks[2].first_sample_us, 60_000);
    }

    proptest! {
        #[test]
        fn any_numbers_give_blocks_that_decode_in_rising_time(
            samples in proptest::collection::vec((any::<f64>(), any::<[f64; 3]>(), any::<Option<[f64; 3]>>()), 0..60)
        ) {
            let batch: Vec<MotionSample> = samples
                .into_iter()
                .map(|(time_s, acceleration, rotation_radps)| MotionSample { time_s, acceleration, rotation_radps })
                .collect();
            let mut last = None;
            for bytes in MotionBlocks::new(MotionSource::CoreMotion, 1).blocks(&batch) {
                let block = decode(&bytes).unwrap();
                prop_assert!(last < Some(block.first_sample_us));
                last = Some(block.first_sample_us);
            }
        }
    }
}
