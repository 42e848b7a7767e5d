//! Which samples of a recording stood at the end of a sensor's range: the format does not tell the range.
//!
//! A body's peaks are all of different height; a range cuts them to one. Invariant: a recording whose extremes each
//! come once has no clipped sample, and neither has one that does not change.

use crate::{pod::sample::ImuSample, units::GRAVITY};

/// Largest values of common sensors: g, and degrees a second.
const FORCE_RANGES_G: [f64; 6] = [2.0, 4.0, 6.0, 8.0, 16.0, 32.0];
const TURN_RANGES_DEG: [f64; 6] = [125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0];
/// A range ends this near to its name, as a share: scales and the last bit differ. Ours.
const RANGE_SHARE: f64 = 0.01;
/// Samples in a row that make a plateau, and plateaus that make a range where no name fits. Ours: of smooth peaks in
/// coarse numbers two neighbours may be equal, at two peaks seldom.
const PLATEAU: usize = 3;
const PLATEAUS: usize = 3;
/// Samples at a named end that make a range. Ours.
const HITS: usize = 2;

/// Marks the samples with a channel at its end.
pub(super) fn mark(samples: &mut [ImuSample]) {
    for channel in 0..6 {
        for sign in [1.0, -1.0] {
            mark_end(samples, channel, sign);
        }
    }
}

fn value(sample: &ImuSample, channel: usize) -> Option<f64> {
    if channel < 3 {
        Some(sample.specific_force[channel])
    } else {
        Some(sample.angular_velocity?[channel - 3])
    }
}

/// Marks the samples at the largest (or, with a negative sign, the smallest) value of a channel, if that is an end.
fn mark_end(samples: &mut [ImuSample], channel: usize, sign: f64) {
    let of = |sample: &ImuSample| value(sample, channel).map(|value| sign * value);
    let Some(end) = samples.iter().filter_map(of).max_by(f64::total_cmp) else {
        return;
    };
    let at_end = |sample: &ImuSample| of(sample) == Some(end);
    let (mut hits, mut row, mut plateaus) = (0, 0, 0);
    let mut before: Option<&ImuSample> = None;
    for sample in samples.iter() {
        if !at_end(sample) {
            row = 0;
        } else if before.is_none_or(|before| !is_same(before, sample)) {
            // A sample that repeats the last one in every channel tells of a pod at rest or a stuck one.
            hits += 1;
            row += 1;
            plateaus += usize::from(row == PLATEAU);
        }
        before = Some(sample);
    }
    if plateaus >= PLATEAUS || (hits >= HITS && is_range(channel, end)) {
        for sample in samples.iter_mut().filter(|sample| at_end(sample)) {
            sample.clipped = true;
        }
    }
}

fn is_same(one: &ImuSample, other: &ImuSample) -> bool {
    one.specific_force == other.specific_force && one.angular_velocity == other.angular_velocity
}

fn is_range(channel: usize, end: f64) -> bool {
    let near = |range: f64| (end / range - 1.0).abs() < RANGE_SHARE;
    if channel < 3 {
        FORCE_RANGES_G.iter().any(|range| near(range * GRAVITY))
    } else {
        TURN_RANGES_DEG.iter().any(|range| near(range.to_radians()))
    }
}
