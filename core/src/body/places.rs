//! Whether chest and pelvis pod have changed places.
//!
//! In running the pelvis rolls with every stride and is pushed to and fro by the legs; the chest, carried level and
//! quiet above it, turns about the vertical against it. Five signs of that are weighed together, each so that it says
//! the opposite when the pods are swapped. Knows no steps and no angles. Invariant: pods without gyroscopes are taken
//! to be where they are said to be.

use super::{
    filter::Hann,
    sample::{GRID_HZ, SegmentSample},
};

/// Running this long tells, seconds. Ours: eight strides.
const RUNNING_S: f64 = 6.0;
/// After so long no more is learned, seconds. Ours.
const LONGEST_S: f64 = 60.0;
/// Smoothing on either side, cells: a pod wobbles on its strap several times a step, a body sways once a stride. Ours.
const SMOOTH_CELLS: usize = 14;
/// How much each sign weighs, as the logarithm of a likelihood ratio, and how far it is believed. Fitted on 51 made-up
/// runners in their places, through the origin; the signs are those that say the same in made-up and real runners.
const WEIGHTS: [f64; 5] = [1.7, 2.4, 1.0, 0.7, 1.0];
const FURTHEST: [f64; 5] = [2.0, 1.5, 1.5, 1.2, 1.2];
/// Swapped is said for good below this sum, and below the second one it is in doubt. Ours: where swapped is 4.5 times as
/// likely, and where it is the likelier. Of 40 made-up runners who fitted nothing none in
/// their places is in doubt and all that are swapped are (`core/examples/widths.rs`).
const SWAPPED: f64 = -1.5;
const IN_DOUBT: f64 = 0.0;
/// A segment that rolls or turns slower than this is no runner's, rad/s.
const LEAST_RADPS: f64 = 0.05;

/// The signals of one segment: roll, turn and tip rate, fore-aft and sideways acceleration.
const ROLL: usize = 0;
const TURN: usize = 1;
const TIP: usize = 2;
const FORE: usize = 3;
const SIDE: usize = 4;
const SIGNALS: usize = 5;

/// Compares both pods.
#[derive(Clone, Debug)]
pub struct Places {
    cells: u32,
    smooth: [Hann<{ 2 * SMOOTH_CELLS + 1 }>; 2 * SIGNALS],
    moments: Moments,
    evidence: Option<f64>,
    swapped: bool,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            cells: 0,
            smooth: std::array::from_fn(|_| Hann::default()),
            moments: Moments::default(),
            evidence: None,
            swapped: false,
        }
    }
}

impl Places {
    /// Takes both pods at one grid cell of running.
    pub fn push(&mut self, chest: &SegmentSample, pelvis: &SegmentSample) {
        if f64::from(self.cells) > LONGEST_S * GRID_HZ || self.swapped {
            return;
        }
        self.cells += 1;
        let mut smoothed = [None; 2 * SIGNALS];
        let values = signals(chest).into_iter().chain(signals(pelvis));
        for ((smoothed, smooth), value) in smoothed.iter_mut().zip(&mut self.smooth).zip(values) {
            *smoothed = smooth.push(value);
        }
        // All filters fill up at once.
        if smoothed[0].is_some() {
            self.moments.push(&smoothed.map(Option::unwrap_or_default));
        }
        if f64::from(self.cells) >= RUNNING_S * GRID_HZ && self.cells.is_multiple_of(GRID_HZ as u32) {
            self.evidence = self.moments.evidence();
            self.swapped = self.evidence.is_some_and(|evidence| evidence < SWAPPED);
        }
    }

    /// Whether the pods are more likely swapped than not: which of the two is the trunk is not known then.
    #[must_use]
    pub fn in_doubt(&self) -> bool {
        self.swapped || self.evidence.is_some_and(|evidence| evidence < IN_DOUBT)
    }
}

fn signals(segment: &SegmentSample) -> [f64; SIGNALS] {
    let [roll, turn, tip] = segment.angular_velocity.to_array();
    let [fore, _, side] = segment.acceleration.to_array();
    [roll, turn, tip, fore, side]
}

/// Sums of both segments' signals and of their products, chest first.
#[derive(Clone, Debug, Default)]
struct Moments {
    count: f64,
    sums: [f64; 2 * SIGNALS],
    products: [[f64; 2 * SIGNALS]; 2 * SIGNALS],
}

impl Moments {
    fn push(&mut self, values: &[f64; 2 * SIGNALS]) {
        self.count += 1.0;
        for (k, value) in values.iter().enumerate() {
            self.sums[k] += value;
            for (product, other) in self.products[k].iter_mut().zip(values) {
                *product += value * other;
            }
        }
    }

    fn covariance(&self, a: usize, b: usize) -> f64 {
        let count = self.count.max(1.0);
        self.products[a][b] / count - self.sums[a] / count * (self.sums[b] / count)
    }

    fn spread(&self, signal: usize) -> f64 {
        self.covariance(signal, signal).max(1e-12).sqrt()
    }

    fn correlation(&self, a: usize, b: usize) -> f64 {
        self.covariance(a, b) / (self.spread(a) * self.spread(b))
    }

    /// The sum of all signs, positive for pods in their places; `None` while a segment does not sway as a runner's.
    fn evidence(&self) -> Option<f64> {
        let sways = |signal: usize| self.spread(signal) > LEAST_RADPS;
        let both = |chest: usize, pelvis: usize| [chest, SIGNALS + pelvis];
        let clear = [both(ROLL, ROLL), both(TURN, TURN)];
        if !clear.into_iter().flatten().all(sways) {
            return None;
        }
        let pelvis = |signal: usize| SIGNALS + signal;
        let within = |a: usize, b: usize| self.correlation(a, b) - self.correlation(pelvis(a), pelvis(b));
        let turn_to_roll = |of: &dyn Fn(usize) -> usize| self.spread(of(TURN)) / self.spread(of(ROLL));
        let signs = [
            // A chest turns several times as fast as it rolls, a pelvis about as fast.
            (turn_to_roll(&|signal| signal) / turn_to_roll(&pelvis)).ln(),
            // The chest turns as the pelvis rolls, not the other way round.
            self.correlation(TURN, pelvis(ROLL)) - self.correlation(ROLL, pelvis(TURN)),
            // The legs push the pelvis to and fro, less of it reaches the chest.
            (self.spread(pelvis(FORE)) / self.spread(FORE)).ln(),
            // The chest leans to the side it is pushed from, the pelvis drops on the free side.
            -within(SIDE, ROLL),
            // Pushed forward the pelvis tips back, the chest forward.
            within(TIP, FORE),
        ];
        let believed = signs.iter().zip(FURTHEST).zip(WEIGHTS);
        Some(
            believed
                .map(|((sign, furthest), weight)| weight * sign.clamp(-furthest, furthest))
                .sum(),
        )
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn segment(phase: f64, [roll, turn, fore]: [f64; 3]) -> SegmentSample {
        SegmentSample {
            inclination_deg: None,
            acceleration: DVec3::new(fore * (2.0 * phase).sin(), 0.0, phase.sin()),
            angular_velocity: DVec3::new(roll * phase.sin(), turn * phase.cos(), 0.0),
        }
    }

    fn ran(seconds: f64, [chest, pelvis]: [[f64; 3]; 2]) -> Places {
        let mut places = Places::default();
        for cell in 0..(seconds * GRID_HZ) as u32 {
            let phase = std::f64::consts::TAU * 1.4 * f64::from(cell) / GRID_HZ;
            places.push(&segment(phase, chest), &segment(phase, pelvis));
        }
        places
    }

    const CHEST: [f64; 3] = [-0.3, 1.5, 0.5];
    const PELVIS: [f64; 3] = [0.8, 0.9, 1.5];

    #[test]
    fn a_chest_that_turns_above_a_pelvis_that_rolls_is_in_its_place_and_the_other_way_round_swapped() {
        assert!(!ran(10.0, [CHEST, PELVIS]).in_doubt());
        assert!(ran(10.0, [PELVIS, CHEST]).in_doubt());
    }

    #[test]
    fn what_lasts_too_short_or_does_not_sway_is_taken_to_be_in_its_place() {
        assert!(!ran(4.0, [PELVIS, CHEST]).in_doubt());
        assert!(!ran(10.0, [[0.0; 3]; 2]).in_doubt());
    }
}
