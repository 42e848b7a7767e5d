//! Whether a pod has turned on its strap while its runner ran on.
//!
//! Two kinds of evidence, both from the pod itself: gravity and gyroscope disagree for good, so the pod's axes turned
//! without a turn being felt (a step of the axes, as in a repaired or re-mapped signal, or a turn too slow to feel);
//! or the pod felt a turn that is over within half a second and stays, which no trunk does in full run.
//! A runner who leans, bends, turns or speeds up shows neither. A turn about the vertical is not looked for: it moves
//! no inclination. Knows no neutral and no other pod. Invariant: without a gyroscope nothing is ever said to have moved.

use std::collections::VecDeque;

use glam::DVec3;

use super::sample::GRID_HZ;

/// Evidence is weighed in blocks of this many cells: ten times a second.
const BLOCK_CELLS: u32 = 10;
/// Blocks kept, and up vectors kept for the phase of the stride before.
const KEPT_BLOCKS: usize = 160;
const KEPT_CELLS: usize = 256;
/// A body whose vertical acceleration scatters by this much over a second runs, m/s²: walking stays below 3,
/// slow jogging above 5. Ours.
const RUNNING_MPS2: f64 = 4.0;
/// Smallest turn that counts as one, degrees: a window's lean is trusted to 2.3 (`lean::window`). Ours.
const SLIP_DEG: f64 = 4.0;
/// The same for a pod that also shakes by so much more than before, as a ratio of powers: a loose strap. Ours.
const LOOSE_DEG: f64 = 3.0;
const LOOSE_SHARE: f64 = 2.0;
/// While less is in doubt nothing is withheld, degrees. Ours.
const DOUBT_DEG: f64 = 2.5;
/// Share of a turn that must come within [`FAST_BLOCKS`]: a trunk that bends within two seconds shows less than half
/// (synthetic runner), a slip of 0.5 s four fifths. Ours.
const FAST_SHARE: f64 = 0.65;
/// The turn of a slip is over within this many blocks. Ours.
const FAST_BLOCKS: usize = 4;
/// Blocks before and after a turn that are compared, and how many around it are left out.
const COMPARED_BLOCKS: usize = 30;
const LEFT_OUT_BLOCKS: usize = 5;
/// Gravity and gyroscope are compared with how they agreed so many blocks ago, from the first to the second. Ours: the
/// horizon follows within five seconds, and a gyroscope's bias drifts by a degree in ten.
const AGREED_BLOCKS: [usize; 2] = [140, 100];
const FEWEST_AGREED: usize = 20;
/// Before a slip they agreed to within this, degrees. Ours: what follows a change of speed is no slip.
const AGREED_DEG: f64 = 1.3;
/// A disagreement that grew this little lately has come to stay, degrees over the last 1.5 and 3 s. Ours: after
/// speeding up it goes back.
const SETTLED_DEG: [f64; 2] = [0.8, 1.3];
/// A disagreement of this size, degrees, is a slip that began so many cells before. Ours.
const BEGUN_DEG: f64 = 1.5;
const BEGUN_CELLS: i64 = 140;
/// Blocks a start is given before drift is summed: the horizon leaves the accelerometer out there.
const START_BLOCKS: usize = 80;
/// Blocks over which the gyroscope's bias is learned: two minutes. Ours.
const BIAS_BLOCKS: f64 = 1200.0;
/// It is known well enough after so many blocks.
const BIAS_KNOWN_BLOCKS: f64 = 50.0;
/// A disagreement that neither stays nor goes in this time is a bias that has changed. Ours: 20 s.
const LONGEST_DOUBT_BLOCKS: usize = 200;
/// Another pod that shows this share of the same at the same time shows that it was the body. Ours.
const SHARED: f64 = 0.5;

/// What the watch sees of one grid cell.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Grid cell.
    pub index: i64,
    /// Up in the pod's own axes.
    pub up: DVec3,
    /// Whether `up` can be trusted.
    pub settled: bool,
    /// Specific force, m/s².
    pub specific_force: DVec3,
    /// Angular velocity, rad/s; `None` without a gyroscope.
    pub angular_velocity: Option<DVec3>,
}

/// How a pod has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The grid cell from which on it sits otherwise than before.
    pub since: i64,
    /// Whether it also shakes more since then: its strap is loose.
    pub loose: bool,
}

/// What is in doubt about one pod, for the other pod's watch to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Doubt {
    /// When the pod felt a quick turn, grid cell, and how large it was, radians.
    pub turn: Option<(i64, f64)>,
    /// How far gravity and gyroscope disagree, degrees.
    pub drift_deg: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// Last grid cell.
    index: i64,
    /// Mean up.
    up: DVec3,
    /// Mean up less that of one stride before.
    since_stride: DVec3,
    /// Rotation the accelerometer has added so far, the gyroscope's bias taken off; radians, in the pod's own axes.
    drift: DVec3,
    /// How much the specific force jumps from cell to cell, m²/s⁴.
    shake: f64,
}

/// Watches one pod.
#[derive(Clone, Debug, Default)]
pub struct SlipWatch {
    /// Running sums of up, one a cell, in a ring of [`KEPT_CELLS`]; empty before the first.
    sums: Vec<DVec3>,
    /// Cells summed so far.
    summed_cells: usize,
    blocks: VecDeque<Block>,
    filling: Filling,
    /// Vertical acceleration of the last blocks: sum and sum of squares.
    loads: VecDeque<[f64; 2]>,
    /// Blocks the runner has run without a pause.
    ran: usize,
    bias: DVec3,
    bias_blocks: f64,
    drift: DVec3,
    /// Blocks the drift is the sum of, and blocks it has been in doubt.
    summed: usize,
    doubted: usize,
    /// How far gravity and gyroscope came to disagree, degrees.
    drift_deg: f64,
    stride_cells: Option<usize>,
    turn: Option<Turn>,
    excused: bool,
    moved: Option<Moved>,
    newest: Option<i64>,
    last_force: DVec3,
}

/// The block that is being filled.
#[derive(Clone, Copy, Debug, Default)]
struct Filling {
    cells: u32,
    /// Up as the gyroscope alone carries it on from the begin of the block.
    carried: DVec3,
    load: [f64; 2],
    shake: f64,
}

/// A quick turn that may be a slip.
#[derive(Clone, Copy, Debug)]
struct Turn {
    /// Grid cell.
    index: i64,
    /// Its quickest part.
    fast: DVec3,
    /// Blocks since.
    age: usize,
}

impl SlipWatch {
    /// Takes the next cell.
    pub fn push(&mut self, cell: &Watched) {
        let follows = self.newest.is_some_and(|newest| cell.index == newest + 1);
        let long_hole = self
            .newest
            .is_some_and(|newest| (cell.index - newest) as f64 > super::stillness::SHORT_HOLE_S * GRID_HZ);
        self.newest = Some(cell.index);
        if long_hole {
            self.forget();
        }
        let Some(rotation) = cell.angular_velocity else {
            return;
        };
        if !follows || self.filling.cells == 0 {
            self.filling.carried = cell.up;
        } else {
            let turned = self.filling.carried.cross(rotation - self.bias) / GRID_HZ;
            self.filling.carried += turned;
        }
        if follows {
            self.filling.shake += cell.specific_force.distance_squared(self.last_force);
        }
        self.last_force = cell.specific_force;
        let load = cell.specific_force.dot(cell.up);
        self.filling.load[0] += load;
        self.filling.load[1] += load * load;
        self.filling.cells += 1;
        self.add_up(cell.up);
        if self.filling.cells == BLOCK_CELLS {
            let filled = std::mem::take(&mut self.filling);
            self.block(cell, filled);
        }
    }

    fn add_up(&mut self, up: DVec3) {
        if self.sums.is_empty() {
            self.sums.resize(KEPT_CELLS, DVec3::ZERO);
        }
        let before = self.sum_at(self.summed_cells).unwrap_or_default();
        self.summed_cells += 1;
        let place = self.summed_cells % KEPT_CELLS;
        if let Some(sum) = self.sums.get_mut(place) {
            *sum = before + up;
        }
    }

    /// The sum of the first cells.
    fn sum_at(&self, cells: usize) -> Option<DVec3> {
        self.sums.get(cells % KEPT_CELLS).copied()
    }

    /// The length of a stride, seconds, as the steps tell it.
    pub fn set_stride_s(&mut self, stride_s: f64) {
        let cells = (stride_s * GRID_HZ).round();
        self.stride_cells = (20.0..170.0).contains(&cells).then_some(cells as usize);
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

    /// Whether an inclination is to be withheld: the pod has moved or may just be moving.
    #[must_use]
    pub fn withholds(&self) -> bool {
        self.moved.is_some()
            || !self.excused
                && (self.turn.is_some_and(|turn| turn.age > 2 * LEFT_OUT_BLOCKS)
                    || self.drift_deg > DOUBT_DEG)
    }

    /// What is in doubt.
    #[must_use]
    pub fn doubt(&self) -> Doubt {
        Doubt {
            turn: self.turn.map(|turn| (turn.index, turn.fast.length())),
            drift_deg: self.drift_deg,
        }
    }

    /// Holds the doubt against the other pod's: what both show at once the body did.
    pub fn compare(&mut self, other: Doubt) {
        let together = self.turn.is_some_and(|turn| {
            other.turn.is_some_and(|(index, size)| {
                (index - turn.index).abs() < GRID_HZ as i64 && size > SHARED * turn.fast.length()
            })
        });
        self.excused = together || (self.turn.is_none() && other.drift_deg > SHARED * self.drift_deg);
    }

    /// Begins anew with a new neutral.
    pub fn renew(&mut self) {
        self.moved = None;
        self.forget();
    }

    fn forget(&mut self) {
        self.summed_cells = 0;
        self.sums.fill(DVec3::ZERO);
        self.blocks.clear();
        self.loads.clear();
        self.filling = Filling::default();
        self.ran = 0;
        self.summed = 0;
        self.turn = None;
        self.drift_deg = 0.0;
    }

    fn block(&mut self, cell: &Watched, filled: Filling) {
        // The small turn that takes what the gyroscope carried to what is believed.
        let correction = filled.carried.cross(cell.up);
        self.note_load(filled.load);
        if cell.angular_velocity.is_none() {
            return;
        }
        if cell.settled {
            self.learn_bias(correction);
        }
        if self.ran == 0 {
            self.turn = None;
        }
        let ready = self.ran > START_BLOCKS && cell.settled && self.bias_blocks > BIAS_KNOWN_BLOCKS;
        if ready && self.doubted < LONGEST_DOUBT_BLOCKS {
            self.drift += correction;
            self.summed += 1;
        } else {
            self.drift = DVec3::ZERO;
            self.summed = 0;
            self.doubted = 0;
        }
        let block = Block {
            index: cell.index,
            up: self.mean_up(0).unwrap_or(cell.up),
            since_stride: self.since_stride().unwrap_or_default(),
            drift: self.drift,
            shake: filled.shake,
        };
        if self.blocks.len() == KEPT_BLOCKS {
            self.blocks.pop_front();
        }
        self.blocks.push_back(block);
        self.drift_deg = self.drift_since_agreed().unwrap_or_default();
        if self.drift_deg > DOUBT_DEG {
            self.doubted += 1;
        } else {
            self.doubted = 0;
        }
        if self.moved.is_none() && self.ran > START_BLOCKS {
            self.look_for_drift();
            self.look_for_turn();
        }
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
        self.ran = if variance > RUNNING_MPS2 * RUNNING_MPS2 {
            self.ran + 1
        } else {
            0
        };
    }

    /// A correction that always comes again is the gyroscope's bias.
    fn learn_bias(&mut self, correction: DVec3) {
        if self.withholds() {
            return;
        }
        self.bias_blocks = (self.bias_blocks + 1.0).min(BIAS_BLOCKS);
        self.bias += correction * (GRID_HZ / f64::from(BLOCK_CELLS) / self.bias_blocks);
    }

    /// Mean up over the block that ended `back` cells ago.
    fn mean_up(&self, back: usize) -> Option<DVec3> {
        let last = self.summed_cells.checked_sub(back)?;
        let first = last.checked_sub(BLOCK_CELLS as usize)?;
        Some((self.sum_at(last)? - self.sum_at(first)?) / f64::from(BLOCK_CELLS))
    }

    fn since_stride(&self) -> Option<DVec3> {
        Some(self.mean_up(0)? - self.mean_up(self.stride_cells?)?)
    }

    /// How far gravity and gyroscope came to disagree since they last agreed, degrees; `None` where they did not.
    fn drift_since_agreed(&self) -> Option<f64> {
        let (agreed, scatter) = self.agreed()?;
        let drift_deg = (self.drift - agreed).length().to_degrees();
        (scatter.to_degrees() < AGREED_DEG).then_some(drift_deg)
    }

    /// Where the drift stood ten seconds ago, and how far it strayed from there, radians.
    fn agreed(&self) -> Option<(DVec3, f64)> {
        let blocks = self.blocks.len();
        // Early in a run they are compared with its first seconds.
        let summed = self.summed.min(AGREED_BLOCKS[0]);
        let until = AGREED_BLOCKS[1].min(summed.checked_sub(FEWEST_AGREED)?);
        let (first, last) = (blocks.checked_sub(summed)?, blocks.checked_sub(until)?);
        if until < FEWEST_AGREED {
            return None;
        }
        let places = [first, usize::midpoint(first, last), last.checked_sub(1)?];
        let [one, two, three] = places.map(|place| self.blocks.get(place).map(|block| block.drift));
        let drifts = [one?, two?, three?];
        let middle = drifts.iter().sum::<DVec3>() / 3.0;
        let strays = drifts.iter().map(|drift| drift.distance_squared(middle));
        Some((middle, strays.fold(0.0, f64::max).sqrt()))
    }

    fn move_since(&mut self, since: i64) {
        let loose = self.shakes_more();
        self.moved = Some(Moved { since, loose });
    }

    /// Whether the last seconds shook the pod much more than those ten seconds ago.
    fn shakes_more(&self) -> bool {
        let blocks = self.blocks.len();
        let mean = |back: [usize; 2]| {
            let range = blocks.saturating_sub(back[0])..blocks.saturating_sub(back[1]);
            let count = range.len().max(1) as f64;
            self.blocks.range(range).map(|block| block.shake).sum::<f64>() / count
        };
        mean([30, 0]) > LOOSE_SHARE * mean(AGREED_BLOCKS)
    }

    fn look_for_drift(&mut self) {
        let lately = |back: usize, most: f64| {
            let before = self
                .blocks
                .len()
                .checked_sub(1 + back)
                .and_then(|place| self.blocks.get(place));
            before.is_some_and(|before| before.drift.distance(self.drift).to_degrees() < most)
        };
        if self.excused
            || self.drift_deg < LOOSE_DEG
            || (self.drift_deg < SLIP_DEG && !self.shakes_more())
            || !lately(15, SETTLED_DEG[0])
            || !lately(30, SETTLED_DEG[1])
        {
            return;
        }
        let Some((agreed, _)) = self.agreed() else { return };
        let from = self.blocks.len().saturating_sub(AGREED_BLOCKS[1]);
        let began = self
            .blocks
            .range(from..)
            .find(|block| block.drift.distance(agreed).to_degrees() > BEGUN_DEG);
        if let Some(index) = began.map(|block| block.index) {
            self.move_since(index - BEGUN_CELLS);
        }
    }

    fn look_for_turn(&mut self) {
        let fast = self.fast_turn();
        if let Some(turn) = &mut self.turn {
            turn.age += 1;
            if let Some((_, fast)) = fast.filter(|_| turn.age <= FAST_BLOCKS)
                && fast.length_squared() > turn.fast.length_squared()
            {
                turn.fast = fast;
            }
        } else if let Some((index, fast)) = fast
            && fast.length().to_degrees() > SLIP_DEG
        {
            self.turn = Some(Turn { index, fast, age: 0 });
        }
        let Some(turn) = self.turn else { return };
        let Some(lasting) = self.lasting(turn.age) else {
            return;
        };
        // What the stride before still lacks comes back as a turn the other way: it is no evidence.
        let share = turn.fast.dot(lasting) / lasting.length_squared().max(1e-9);
        let lasts = lasting.length().to_degrees() > SLIP_DEG && share > FAST_SHARE;
        let soon = turn.age >= 2 * LEFT_OUT_BLOCKS;
        if soon && !lasts {
            self.turn = None;
        } else if turn.age >= COMPARED_BLOCKS + LEFT_OUT_BLOCKS {
            self.turn = None;
            if !self.excused {
                self.move_since(turn.index);
            }
        }
    }

    /// How far up turned within [`FAST_BLOCKS`], the swing of the stride taken off: when it began, and which way.
    fn fast_turn(&self) -> Option<(i64, DVec3)> {
        let newest = self.blocks.len().checked_sub(1)?;
        let before = self.blocks.get(newest.checked_sub(FAST_BLOCKS)?)?;
        let fast = self.blocks.get(newest)?.since_stride - before.since_stride;
        Some((before.index, fast))
    }

    /// From the mean up before a turn to that after it.
    fn lasting(&self, age: usize) -> Option<DVec3> {
        let turned = self.blocks.len().checked_sub(1 + age)?;
        let after = (turned + LEFT_OUT_BLOCKS).min(self.blocks.len())..self.blocks.len();
        let until = turned.checked_sub(FAST_BLOCKS)?;
        let before = until.saturating_sub(COMPARED_BLOCKS)..until;
        let mean = |range: std::ops::Range<usize>| -> Option<DVec3> {
            let blocks = range.len() as f64;
            let sum: DVec3 = self.blocks.range(range).map(|block| block.up).sum();
            (blocks > 0.0).then(|| sum / blocks)
        };
        Some(mean(after)? - mean(before)?)
    }
}
