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
/// A sample so far ahead of the one before is not believed at once, microseconds. Ours: no system pauses its sensors so
/// long while they are asked for.
const LONGEST_PAUSE_US: f64 = 1e7;
/// Samples that are not believed and yet go on evenly for so long are another clock, microseconds. Ours.
const PROVEN_US: f64 = 1e6;
/// So many samples in a row at another pace are another rate. Ours: earbuds give 25 a second from the first on.
const ANOTHER_RATE: u32 = 4;
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
    /// Samples in a row that came at another pace.
    misfits: u32,
    last_us: Option<f64>,
    /// The first and the last of samples in a row whose times do not go on from those before.
    strange_us: Option<[f64; 2]>,
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
            misfits: 0,
            last_us: None,
            strange_us: None,
            gap: false,
        }
    }

    /// The blocks of a batch, in order.
    pub fn blocks(&mut self, batch: &[MotionSample]) -> Vec<Vec<u8>> {
        let mut blocks = Vec::new();
        let mut open: Vec<(f64, MotionSample)> = Vec::new();
        for sample in batch {
            let usable = stamp_us(sample);
            if usable.is_some_and(|stamp_us| self.is_another_clock(stamp_us)) {
                blocks.extend(self.close(&mut open));
                self.begin_anew();
            }
            let Some(stamp_us) = usable.filter(|&stamp_us| self.goes_on(stamp_us)) else {
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
            (self.last_us, self.strange_us) = (Some(stamp_us), None);
            open.push((stamp_us, *sample));
        }
        blocks.extend(self.close(&mut open));
        blocks
    }

    /// Whether a sample may follow the one before.
    fn goes_on(&self, stamp_us: f64) -> bool {
        self.last_us
            .is_none_or(|last_us| stamp_us > last_us && stamp_us - last_us <= LONGEST_PAUSE_US)
    }

    /// Notes a sample that does not go on; whether it and those before it amount to a clock that began again.
    fn is_another_clock(&mut self, stamp_us: f64) -> bool {
        if self.goes_on(stamp_us) {
            return false;
        }
        let first_us = match self.strange_us {
            Some([first_us, last_us]) if (0.0..PROVEN_US).contains(&(stamp_us - last_us)) => first_us,
            _ => stamp_us,
        };
        self.strange_us = Some([first_us, stamp_us]);
        stamp_us - first_us >= PROVEN_US
    }

    /// As a pod does that was switched on again.
    fn begin_anew(&mut self) {
        *self = Self {
            gap: true,
            ..Self::new(self.source, self.boot.wrapping_add(1))
        };
    }

    /// Follows the rate of the sensor; a hole teaches nothing.
    fn learn(&mut self, passed_us: f64) {
        let range = f64::from(*INTERVALS_US.start())..=f64::from(*INTERVALS_US.end());
        if !range.contains(&passed_us) {
            return;
        }
        let fits = (passed_us / self.interval_us - 1.0).abs() < UNEVEN;
        self.misfits = if fits { 0 } else { self.misfits + 1 };
        if self.sequence == 0 || self.misfits >= ANOTHER_RATE {
            (self.interval_us, self.misfits) = (passed_us, 0);
        } else if fits {
            self.interval_us += 0.05 * (passed_us - self.interval_us);
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

/// The stamp of a sample whose numbers can be used.
fn stamp_us(sample: &MotionSample) -> Option<f64> {
    let finite = |axes: &[f64; 3]| axes.iter().all(|axis| axis.is_finite());
    let usable = finite(&sample.acceleration) && sample.rotation_radps.as_ref().is_none_or(finite);
    let stamp_us = (sample.time_s * 1e6).round();
    (usable && (0.0..LAST_STAMP_US as f64).contains(&stamp_us)).then_some(stamp_us)
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
    fn earbuds_at_25_samples_a_second_are_told_their_rate_within_a_second() {
        let sample = |k: i32| still(100.0 + f64::from(k) * 0.04, [0.0, 9.0, 0.0]);
        let samples: Vec<MotionSample> = (0..100).map(sample).collect();
        let mut blocks = MotionBlocks::new(MotionSource::CoreMotion, 1);
        let made: Vec<LeanPodBlock> = samples
            .chunks(3)
            .flat_map(|batch| blocks.blocks(batch))
            .map(|bytes| decode(&bytes).unwrap())
            .collect();
        assert_eq!(samples_of(&made, 1), 100);
        let later = made.iter().filter(|block| block.first_sample_us > 101_000_000);
        let (full, all) = later.fold((0, 0), |(full, all), block| {
            assert_eq!(block.interval_us, 40_000);
            (full + usize::from(block.samples.len() == 3), all + 1)
        });
        assert!(full >= all - 1, "{full} of {all}");
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

    /// Blocks of samples at 100 Hz that begin at these times, seconds, so many each.
    fn blocks_of(spells: &[(f64, usize)]) -> Vec<LeanPodBlock> {
        let spell = |&(from_s, count): &(f64, usize)| {
            (0..count).map(move |k| still(from_s + k as f64 * 0.01, [0.0, 9.8, 0.0]))
        };
        let samples: Vec<MotionSample> = spells.iter().flat_map(spell).collect();
        let mut blocks = MotionBlocks::new(MotionSource::Android, 1);
        let made = samples.chunks(10).flat_map(|batch| blocks.blocks(batch));
        made.map(|bytes| decode(&bytes).unwrap()).collect()
    }

    fn samples_of(blocks: &[LeanPodBlock], boot: u16) -> usize {
        let of_boot = blocks.iter().filter(|block| block.boot == boot);
        of_boot.map(|block| block.samples.len()).sum()
    }

    #[test]
    fn a_sample_from_the_far_future_is_left_out_and_the_next_ones_go_on() {
        let blocks = blocks_of(&[(5.0, 100), (9e6, 1), (6.01, 100)]);
        assert_eq!(samples_of(&blocks, 1), 200);
        assert_eq!(
            blocks
                .iter()
                .filter(|block| block.flags & FLAG_GAP_BEFORE != 0)
                .count(),
            1
        );
    }

    #[test]
    fn a_stream_whose_first_time_lies_or_whose_clock_is_set_begins_anew_within_a_second() {
        for spells in [
            [(9e6, 1), (5.0, 300)],
            [(5.0, 300), (9e6, 300)],
            [(9e6, 300), (5.0, 300)],
        ] {
            let blocks = blocks_of(&spells);
            assert_eq!(samples_of(&blocks, 1), spells[0].1, "{spells:?}");
            assert!(samples_of(&blocks, 2) >= spells[1].1 - 101, "{spells:?}");
            let anew = blocks.iter().find(|block| block.boot == 2).expect("a new begin");
            assert_eq!((anew.sequence, anew.flags), (0, FLAG_GAP_BEFORE), "{spells:?}");
        }
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
                let place = Some((block.boot, block.first_sample_us));
                prop_assert!(last < place);
                last = place;
            }
        }
    }
}
