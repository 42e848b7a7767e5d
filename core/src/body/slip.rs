//! Whether a pod has turned on its strap while its runner ran on.
//!
//! Two kinds of evidence from the pod itself: gravity and gyroscope disagree for good, so the pod's axes turned without a
//! turn being felt (a step of the axes, as in a repaired or re-mapped signal, or a turn too slow to feel), which
//! [`drift`] watches; or the pod turned within half a second and stays so, which no trunk does in full run, which
//! [`turn`] watches. What the other pod shows at the same time the body did. A turn about the vertical is not looked
//! for: it moves no inclination. A turn forward that takes a second or more is a change of posture here.
//! Invariant: nothing is said to have moved before a runner has run for some seconds.

mod drift;
mod turn;

use std::collections::VecDeque;

use glam::DVec3;

use self::{drift::DriftWatch, turn::TurnWatch};
use super::{orientation::Carried, sample::GRID_HZ, stillness::SHORT_HOLE_S};

/// Evidence is weighed in blocks of this many cells: ten times a second.
const BLOCK_CELLS: u32 = 10;
/// A body whose vertical acceleration scatters by this much over a second runs, m/s²: walking stays below 3,
/// slow jogging above 5. Ours.
const RUNNING_MPS2: f64 = 4.0;
/// Blocks a start is given before anything is looked for: six or seven seconds for the runner to gain speed, six to see
/// that it is kept.
const START_BLOCKS: usize = 130;
/// The same for a turn: 2.7 seconds. Ours: on made-up runners (`core/examples/slips.rs`, seeds 600 to 623 and 700 to 723)
/// a later start mistakes no fewer of them, and an earlier one does more.
const TURN_START_BLOCKS: usize = 27;
/// A turn must be quicker for so long, eight seconds. Ours: a runner stands up into the run before.
const AT_START_BLOCKS: usize = 80;
/// Across more missing cells the gyroscope carries nothing: a pod that sways turns by degrees in a tenth of a second.
const BRIDGED_CELLS: i64 = 3;
/// Another pod that shows this share of the same at the same time shows that it was the body. Ours.
const SHARED: f64 = 0.5;

/// What the watch sees of a pod at the end of a block, beside the sums of its cells.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Whether `up` can be trusted.
    pub settled: bool,
    /// Whether the pod has a gyroscope.
    pub has_gyro: bool,
    /// What the last tenth of a second saw of gravity.
    pub carried: Carried,
    /// The way forward in the pod's own axes, once known.
    pub forward: Option<DVec3>,
}

/// How a pod has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The grid cell from which on it sits otherwise than before.
    pub since: i64,
    /// Whether it also shakes more since then: its strap is loose.
    pub loose: bool,
}

/// Watches one pod.
#[derive(Clone, Debug, Default)]
pub struct SlipWatch {
    drift: DriftWatch,
    turn: TurnWatch,
    filling: Evidence,
    /// Vertical acceleration of the last blocks: sum and sum of squares.
    loads: VecDeque<[f64; 2]>,
    /// Blocks the runner has run without a pause.
    ran: usize,
    excused: Excused,
    /// A block closed since both pods were last compared.
    changed: bool,
    moved: Option<Moved>,
    /// Of all this, what is asked for at every cell.
    withholds: bool,
    newest: Option<i64>,
    last_force: DVec3,
}

/// What the other pod shows too, so that the body did it.
#[derive(Clone, Copy, Debug, Default)]
struct Excused {
    drift: bool,
    turn: bool,
}

/// Sums over the cells of a block.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    cells: u32,
    up: DVec3,
    force: DVec3,
    /// Vertical specific force, and its squares.
    load: [f64; 2],
    shake: f64,
}

impl Evidence {
    #[inline]
    fn add(&mut self, up: DVec3, force: DVec3) {
        let load = force.dot(up);
        self.load[0] += load;
        self.load[1] += load * load;
        self.cells += 1;
        self.up += up;
        self.force += force;
    }
}

impl SlipWatch {
    /// Takes the next cell: up and specific force, m/s², in the pod's own axes. `watched` is asked when a block ends.
    #[inline]
    pub fn push(&mut self, index: i64, up: DVec3, specific_force: DVec3, watched: impl FnOnce() -> Watched) {
        let step = index - self.newest.replace(index).unwrap_or(index);
        if step == 1 {
            self.filling.shake += specific_force.distance_squared(self.last_force);
        } else {
            self.jump(step);
        }
        self.last_force = specific_force;
        self.filling.add(up, specific_force);
        if self.filling.cells == BLOCK_CELLS {
            let filled = std::mem::take(&mut self.filling);
            self.close(index, watched(), filled);
            self.conclude();
        }
    }

    /// The first cell, or one after a hole.
    #[cold]
    fn jump(&mut self, step: i64) {
        if step as f64 > SHORT_HOLE_S * GRID_HZ {
            self.forget();
        }
        if step > BRIDGED_CELLS {
            self.drift.forget();
        }
        self.conclude();
    }

    /// The length of a stride, seconds, as the steps tell it.
    pub fn set_stride_s(&mut self, stride_s: f64) {
        self.turn.set_stride_s(stride_s);
    }

    /// Whether the body runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.ran > 0
    }

    /// For how long it has run without a pause, seconds.
    #[must_use]
    pub fn ran_s(&self) -> f64 {
        self.ran as f64 * f64::from(BLOCK_CELLS) / GRID_HZ
    }

    /// How the pod has moved; `None` as long as it has not.
    #[must_use]
    pub fn moved(&self) -> Option<Moved> {
        self.moved
    }

    /// Whether an inclination is to be withheld: the pod has moved, or drifts so far that it may have. A quick turn is
    /// known after three seconds, and what was told in them is taken back: withheld at once, a turn that comes to nothing
    /// costs angles that were right.
    #[must_use]
    pub fn withholds(&self) -> bool {
        self.withholds
    }

    fn conclude(&mut self) {
        let drifts = self.is_well_away() && self.drift.is_in_doubt() && !self.excused.drift;
        self.withholds = self.moved.is_some() || drifts;
    }

    /// Holds the doubts about both pods of a body against each other: what both show at once the body did.
    pub fn compare(&mut self, other: &mut Self) {
        // Every sample asks, and only a block changes the answer.
        if !(self.changed || other.changed) {
            return;
        }
        (self.changed, other.changed) = (false, false);
        self.turn.accompany();
        other.turn.accompany();
        let [own, others] = [self.excused_by(other), other.excused_by(self)];
        (self.excused, other.excused) = (own, others);
        self.conclude();
        other.conclude();
    }

    fn excused_by(&self, other: &Self) -> Excused {
        let turn = self.turn.turn();
        let shared =
            |(index, size_rad)| (other.turn.turned_rad(index)).is_some_and(|rad| rad > SHARED * size_rad);
        Excused {
            drift: other.drift.degrees() > SHARED * self.drift.degrees(),
            turn: turn.is_some_and(shared),
        }
    }

    /// Begins anew with a new neutral.
    pub fn renew(&mut self) {
        self.moved = None;
        self.forget();
        self.conclude();
    }

    /// Whether the start is over, in which a slip would look like speed.
    fn is_well_away(&self) -> bool {
        self.ran > START_BLOCKS
    }

    fn forget(&mut self) {
        self.changed = true;
        self.drift.forget();
        self.turn.forget();
        self.loads.clear();
        self.filling = Evidence::default();
        self.ran = 0;
    }

    fn close(&mut self, index: i64, cell: Watched, filled: Evidence) {
        self.changed = true;
        self.note_load(filled.load);
        if cell.has_gyro && (cell.settled || self.drift.has_begun()) {
            self.drift.close(index, cell.carried, filled.shake);
        }
        self.turn.close(index, cell.has_gyro, &filled);
        let turned = if self.ran > TURN_START_BLOCKS {
            self.turn.slipped_since(cell.forward, self.ran < AT_START_BLOCKS)
        } else {
            self.turn.forget_turn();
            None
        };
        let drifted = self.drift.slipped_since().filter(|_| self.is_well_away());
        if self.moved.is_some() {
            return;
        }
        let turned = turned.filter(|_| !self.excused.turn);
        let since = turned.or(drifted.filter(|_| !self.excused.drift));
        self.moved = since.map(|since| Moved {
            since,
            // A runner who stood or walked a moment ago shakes more on any strap.
            loose: self.is_well_away() && self.drift.shakes_more(),
        });
    }

    /// Running is seen over the last second.
    fn note_load(&mut self, load: [f64; 2]) {
        self.loads.push_back(load);
        if self.loads.len() > BLOCK_CELLS as usize {
            self.loads.pop_front();
        }
        let cells = self.loads.len() as f64 * f64::from(BLOCK_CELLS);
        let (sum, squares) = self
            .loads
            .iter()
            .fold((0.0, 0.0), |total, load| (total.0 + load[0], total.1 + load[1]));
        let variance = squares / cells - (sum / cells).powi(2);
        let runs = variance > RUNNING_MPS2 * RUNNING_MPS2;
        self.ran = if runs { self.ran + 1 } else { 0 };
    }
}
