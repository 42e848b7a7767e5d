//! Whether chest and pelvis pod have changed places.
//!
//! In running the pelvis tips from side to side with every stride, and the chest, carried level, turns about the
//! vertical against it. So a chest turns several times as fast as it rolls, a pelvis about as fast. Knows no steps and
//! no angles. Invariant: pods without gyroscopes, or in doubt, are taken to be where they are said to be.

use super::{
    filter::Hann,
    sample::{GRID_HZ, SegmentSample},
};

/// Running this long tells, seconds. Ours: eleven strides.
const RUNNING_S: f64 = 8.0;
/// After so long without a verdict none will come, seconds. Ours.
const LONGEST_S: f64 = 60.0;
/// Smoothing on either side, cells: a pod wobbles on its strap several times a step, a body sways once a stride. Ours.
const SMOOTH_CELLS: usize = 14;
/// (turn / roll of the chest) / (turn / roll of the pelvis), swapped is said below this. Chosen while looking at virtual
/// pods on straps (hamner2013): pods in their places fall below in 1 of 128 runs, changed ones in 22 of 32.
const SWAPPED: f64 = 0.4;
/// A segment that rolls or turns slower than this is no runner's, rad/s.
const LEAST_RADPS: f64 = 0.05;

/// Compares both pods.
#[derive(Clone, Debug, Default)]
pub struct Places {
    cells: u32,
    chest: Swings,
    pelvis: Swings,
    /// The grid cell at which it was clear.
    swapped_since: Option<i64>,
}

/// Roll and turn of one segment.
#[derive(Clone, Debug, Default)]
struct Swings {
    roll: Swing,
    turn: Swing,
}

impl Swings {
    fn push(&mut self, segment: &SegmentSample) {
        let [roll, turn, _] = segment.angular_velocity.to_array();
        self.roll.push(roll);
        self.turn.push(turn);
    }

    /// How much faster the segment turns than it rolls.
    fn turn_to_roll(&self) -> Option<f64> {
        let (roll, turn) = (self.roll.spread(), self.turn.spread());
        (roll > LEAST_RADPS && turn > LEAST_RADPS).then(|| turn / roll)
    }
}

/// One smoothed rate: how many values, their sum and the sum of their squares.
#[derive(Clone, Debug)]
struct Swing {
    smooth: Hann<{ 2 * SMOOTH_CELLS + 1 }>,
    count: f64,
    sum: f64,
    squares: f64,
}

impl Default for Swing {
    fn default() -> Self {
        Self {
            smooth: Hann::default(),
            count: 0.0,
            sum: 0.0,
            squares: 0.0,
        }
    }
}

impl Swing {
    fn push(&mut self, rate: f64) {
        if let Some(rate) = self.smooth.push(rate) {
            self.count += 1.0;
            self.sum += rate;
            self.squares += rate * rate;
        }
    }

    fn spread(&self) -> f64 {
        let count = self.count.max(1.0);
        (self.squares / count - (self.sum / count).powi(2))
            .max(0.0)
            .sqrt()
    }
}

impl Places {
    /// Takes both pods at one grid cell of running.
    pub fn push(&mut self, index: i64, chest: &SegmentSample, pelvis: &SegmentSample) {
        if f64::from(self.cells) > LONGEST_S * GRID_HZ || self.swapped_since.is_some() {
            return;
        }
        self.chest.push(chest);
        self.pelvis.push(pelvis);
        self.cells += 1;
        if f64::from(self.cells) >= RUNNING_S * GRID_HZ && self.cells.is_multiple_of(GRID_HZ as u32) {
            let ratios = self.chest.turn_to_roll().zip(self.pelvis.turn_to_roll());
            let swapped = ratios.is_some_and(|(chest, pelvis)| chest / pelvis < SWAPPED);
            self.swapped_since = swapped.then_some(index);
        }
    }

    /// Since which grid cell the pods are surely known to be swapped.
    #[must_use]
    pub fn swapped_since(&self) -> Option<i64> {
        self.swapped_since
    }
}
