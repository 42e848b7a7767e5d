//! Whether chest and pelvis pod have changed places.
//!
//! In running the pelvis tips from side to side with every step, and the chest, carried level, turns about the
//! vertical against it. So a chest turns several times as fast as it rolls, a pelvis about as fast. Knows no steps and
//! no angles. Invariant: pods without gyroscopes, or in doubt, are taken to be where they are said to be.

use super::sample::{GRID_HZ, SegmentSample};

/// Running this long tells, seconds. Ours: five strides, and hardly a step is steady before.
const RUNNING_S: f64 = 3.5;
/// How often it is asked, cells.
const ASKED_CELLS: u32 = 50;
/// After so long without a verdict none will come, seconds. Ours.
const LONGEST_S: f64 = 60.0;
/// (turn / roll of the chest) / (turn / roll of the pelvis): 2.7 for the synthetic runner, so 0.37 for one whose pods
/// are swapped; swapped is said below this. Never below 2.6 in 16 trials of four runners (hamner2013, virtual pods),
/// which only judged.
const SWAPPED: f64 = 0.6;
/// A segment that rolls or turns slower than this is no runner's, rad/s.
const LEAST_RADPS: f64 = 0.05;

/// Compares both pods.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places {
    cells: u32,
    chest: Swings,
    pelvis: Swings,
    swapped: bool,
}

/// Roll and turn of one segment: sums and sums of squares.
#[derive(Clone, Copy, Debug, Default)]
struct Swings {
    roll: [f64; 2],
    turn: [f64; 2],
}

impl Swings {
    fn push(&mut self, segment: &SegmentSample) {
        let [roll, turn, _] = segment.angular_velocity.to_array();
        self.roll[0] += roll;
        self.roll[1] += roll * roll;
        self.turn[0] += turn;
        self.turn[1] += turn * turn;
    }

    /// How much faster the segment turns than it rolls.
    fn turn_to_roll(&self, cells: f64) -> Option<f64> {
        let spread = |[sum, squares]: [f64; 2]| (squares / cells - (sum / cells).powi(2)).max(0.0).sqrt();
        let (roll, turn) = (spread(self.roll), spread(self.turn));
        (roll > LEAST_RADPS && turn > LEAST_RADPS).then(|| turn / roll)
    }
}

impl Places {
    /// Takes one instant of running of both pods.
    pub fn push(&mut self, chest: &SegmentSample, pelvis: &SegmentSample) {
        if f64::from(self.cells) > LONGEST_S * GRID_HZ || self.swapped {
            return;
        }
        self.chest.push(chest);
        self.pelvis.push(pelvis);
        self.cells += 1;
        let whole = self.cells.is_multiple_of(ASKED_CELLS);
        if whole && f64::from(self.cells) >= RUNNING_S * GRID_HZ {
            let cells = f64::from(self.cells);
            let [chest, pelvis] = [self.chest, self.pelvis].map(|swings| swings.turn_to_roll(cells));
            self.swapped = chest
                .zip(pelvis)
                .is_some_and(|(chest, pelvis)| chest / pelvis < SWAPPED);
        }
    }

    /// Whether the pods are surely swapped.
    #[must_use]
    pub fn are_swapped(&self) -> bool {
        self.swapped
    }
}
