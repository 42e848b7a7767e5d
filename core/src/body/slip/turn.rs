//! Whether a pod felt a quick turn that stays.
//!
//! Knows no gyroscope: it compares up with up a stride before. Invariant: bounded; one turn is weighed at a time.

use std::collections::VecDeque;

use glam::DVec3;

use super::BLOCK_CELLS;
use crate::body::sample::GRID_HZ;

/// Blocks kept, and up vectors kept for the phase of the stride before.
const KEPT_BLOCKS: usize = 80;
const KEPT_CELLS: usize = 256;
/// Smallest turn that counts as one, and its smallest quick part, degrees. Ours: synthetic runners who change posture
/// within two seconds seem to turn by 6.5 now and then; a strap that slips by 8 shows 7 to 9.
const SLIP_DEG: f64 = 6.5;
const FAST_DEG: f64 = 5.0;
/// Share of a turn that must come within [`FAST_BLOCKS`]: a trunk that bends within two seconds shows less than half, but
/// strides that differ make it three quarters and more (synthetic runners); a slip of 0.4 s nine tenths. Ours.
const FAST_SHARE: f64 = 0.75;
/// The turn of a slip is over within this many blocks. Ours.
const FAST_BLOCKS: usize = 4;
/// Blocks before and after a turn that are compared, and how many around it are left out.
const COMPARED_BLOCKS: usize = 30;
const LEFT_OUT_BLOCKS: usize = 5;

#[derive(Clone, Copy, Debug)]
struct Block {
    /// Last grid cell.
    index: i64,
    /// Mean up.
    up: DVec3,
    /// Mean up less that of one stride before.
    since_stride: DVec3,
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

/// Up over the last seconds, and the turn that is weighed.
#[derive(Clone, Debug, Default)]
pub(super) struct TurnWatch {
    /// Running sums of up, one a cell, in a ring of [`KEPT_CELLS`]; empty before the first.
    sums: Vec<DVec3>,
    /// Cells summed so far.
    summed_cells: usize,
    stride_cells: Option<usize>,
    blocks: VecDeque<Block>,
    turn: Option<Turn>,
}

impl TurnWatch {
    pub(super) fn forget(&mut self) {
        self.summed_cells = 0;
        self.sums.fill(DVec3::ZERO);
        self.blocks.clear();
        self.turn = None;
    }

    pub(super) fn forget_turn(&mut self) {
        self.turn = None;
    }

    /// The length of a stride, seconds, as the steps tell it.
    pub(super) fn set_stride_s(&mut self, stride_s: f64) {
        let cells = (stride_s * GRID_HZ).round();
        self.stride_cells = (20.0..170.0).contains(&cells).then_some(cells as usize);
    }

    /// Grid cell and size, radians, of the turn that is weighed.
    pub(super) fn turn(&self) -> Option<(i64, f64)> {
        self.turn.map(|turn| (turn.index, turn.fast.length()))
    }

    /// Whether the turn has lasted long enough to be in doubt about it.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.turn.is_some_and(|turn| turn.age > 2 * LEFT_OUT_BLOCKS)
    }

    #[inline]
    pub(super) fn add_up(&mut self, up: DVec3) {
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

    /// Closes a block at a cell.
    pub(super) fn close(&mut self, index: i64) {
        if self.blocks.len() == KEPT_BLOCKS {
            self.blocks.pop_front();
        }
        self.blocks.push_back(Block {
            index,
            up: self.mean_up(0).unwrap_or_default(),
            since_stride: self.since_stride().unwrap_or_default(),
        });
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

    /// Weighs the newest block; gives the cell of a turn that has stayed.
    pub(super) fn slipped_since(&mut self) -> Option<i64> {
        let fast = self.fast_turn();
        if let Some(turn) = &mut self.turn {
            turn.age += 1;
            if let Some((_, fast)) = fast.filter(|_| turn.age <= FAST_BLOCKS)
                && fast.length_squared() > turn.fast.length_squared()
            {
                turn.fast = fast;
            }
        } else if let Some((index, fast)) = fast
            && fast.length().to_degrees() > FAST_DEG
        {
            self.turn = Some(Turn { index, fast, age: 0 });
        }
        let turn = self.turn?;
        let lasting = self.lasting(turn.age)?;
        // What the stride before still lacks comes back as a turn the other way: it is no evidence.
        let share = turn.fast.dot(lasting) / lasting.length_squared().max(1e-9);
        let lasts = lasting.length().to_degrees() > SLIP_DEG && share > FAST_SHARE;
        let soon = turn.age >= 2 * LEFT_OUT_BLOCKS;
        let weighed = turn.age >= COMPARED_BLOCKS + LEFT_OUT_BLOCKS;
        let slipped = weighed && lasts;
        if weighed || (soon && !lasts) {
            self.turn = None;
        }
        slipped.then_some(turn.index)
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
