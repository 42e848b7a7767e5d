//! Whether a pod felt a quick turn that stays.
//!
//! Compares the mean of up over the last stride with that over the stride before, and what came of it with the strides
//! around it; the mean specific force must show the same. Without a gyroscope the specific force is all there is.
//! Weighs one turn at a time. Invariant: bounded; work is done per block, never per cell.

use std::collections::VecDeque;

use glam::DVec3;

use super::{BLOCK_CELLS, Evidence};
use crate::{body::sample::GRID_HZ, units::GRAVITY};

/// Blocks kept: two spans of strides and what lies between them.
const KEPT_BLOCKS: usize = 120;
/// Between the strides that are compared for the quick part of a turn, blocks. Ours: over 0.1 s runners who bend within a
/// second and a half (synthetic, and virtual pods of rbds2017 on straps) are told from straps that give best; over
/// 0.4 s four times as many of them are mistaken.
const BETWEEN_BLOCKS: f64 = 1.0;
/// Left out on both sides of the middle of a turn when its ends are compared, blocks.
const LEFT_OUT_BLOCKS: f64 = 2.0;
/// The ends are compared over whole strides that last about this long, blocks. Ours: what is left of a stride-long sway
/// is below 3.6 degrees in runners who keep their posture.
const COMPARED_BLOCKS: f64 = 30.0;
/// Smallest turn that counts as one, and smallest quick part that is weighed, degrees. Ours.
const SLIP_DEG: f64 = 4.5;
const FAST_DEG: f64 = 4.0;
/// The same while a runner may still be standing up into the run, degrees. Ours.
const FAST_AT_START_DEG: f64 = 5.5;
/// Share of a turn that must come at once: a slip of 0.25 s shows 0.8 to 1.1, of half a second 0.7 to 1.1, a trunk that
/// bends within two seconds 0.4 to 0.7. Ours: from synthetic runners (seeds 500 to 539) and rbds2017 on straps.
const FAST_SHARE: f64 = 0.78;
/// The same for a turn that is mostly sideways: no trunk does that and stays so. Ours.
const SIDEWAYS_SHARE: f64 = 0.4;
/// From this share on a turn is sideways: 30 degrees off the way forward.
const SIDEWAYS: f64 = 0.5;
/// Of a slip the mean specific force shows at least this share: in a bend or a change of speed it does not follow up.
const FORCE_SHARE: f64 = 0.6;
/// While a turn is young it may fall short of the limits by this much. Ours.
const YOUNG: f64 = 0.8;

/// Sums over all blocks up to one.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Last grid cell.
    index: i64,
    /// Of what shows how the pod sits: up, or without a gyroscope the specific force in g.
    sits: DVec3,
    /// Specific force, g.
    force: DVec3,
}

/// A quick turn that may be a slip.
#[derive(Clone, Copy, Debug)]
struct Turn {
    /// Grid cell of its middle.
    index: i64,
    /// Its quick part.
    fast: DVec3,
    /// Blocks since its middle.
    age: f64,
    /// How much of it has stayed so far, radians; zero before it has for a stride.
    lasting_rad: f64,
}

/// What the blocks around the middle of a turn show.
#[derive(Clone, Copy, Debug)]
struct Lasting {
    sits: DVec3,
    force: DVec3,
}

/// Up over the last seconds, and the turn that is weighed.
#[derive(Clone, Debug, Default)]
pub(super) struct TurnWatch {
    sums: VecDeque<Sums>,
    /// Length of a stride, blocks.
    stride: Option<f64>,
    has_gyro: bool,
    /// Another pod is worn, which shows what the body does.
    is_accompanied: bool,
    turn: Option<Turn>,
}

impl TurnWatch {
    pub(super) fn forget(&mut self) {
        self.sums.clear();
        self.turn = None;
    }

    pub(super) fn forget_turn(&mut self) {
        self.turn = None;
    }

    /// Another pod is worn.
    pub(super) fn accompany(&mut self) {
        self.is_accompanied = true;
    }

    /// The length of a stride, seconds, as the steps tell it.
    pub(super) fn set_stride_s(&mut self, stride_s: f64) {
        let blocks = stride_s * GRID_HZ / f64::from(BLOCK_CELLS);
        self.stride = (2.0..17.0).contains(&blocks).then_some(blocks);
    }

    /// Grid cell and size, radians, of the turn that is weighed, once a stride has passed since.
    pub(super) fn turn(&self) -> Option<(i64, f64)> {
        let turn = self.turn?;
        (turn.lasting_rad > 0.0).then_some((turn.index, turn.lasting_rad))
    }

    /// How far the pod has turned from the strides before a grid cell to those after it, radians.
    pub(super) fn turned_rad(&self, index: i64) -> Option<f64> {
        let after = self.sums.partition_point(|sums| sums.index < index);
        let age = self.sums.len().checked_sub(1 + after)? as f64;
        let stride = self.stride?;
        let strides = some_strides(age, stride)?;
        Some(self.lasting(age, strides * stride)?.sits.length())
    }

    /// Closes a block that ends at a cell.
    pub(super) fn close(&mut self, index: i64, has_gyro: bool, block: &Evidence) {
        self.has_gyro = has_gyro;
        let before = self.sums.back().copied().unwrap_or_default();
        if self.sums.len() == KEPT_BLOCKS {
            self.sums.pop_front();
        }
        let force = block.force / (GRAVITY * f64::from(BLOCK_CELLS));
        let up = block.up / f64::from(BLOCK_CELLS);
        self.sums.push_back(Sums {
            index,
            sits: before.sits + if has_gyro { up } else { force },
            force: before.force + force,
        });
    }

    /// The sums up to so many blocks ago.
    fn until(&self, ago: f64) -> Option<Lasting> {
        if ago < 0.0 {
            return None;
        }
        let newer = self.sums.len().checked_sub(1 + ago as usize)?;
        let (newer, older) = (self.sums.get(newer)?, self.sums.get(newer.checked_sub(1)?)?);
        Some(Lasting {
            sits: newer.sits.lerp(older.sits, ago.fract()),
            force: newer.force.lerp(older.force, ago.fract()),
        })
    }

    /// Mean over so many blocks that ended so many blocks ago.
    fn mean(&self, blocks: f64, ago: f64) -> Option<Lasting> {
        let (to, from) = (self.until(ago)?, self.until(ago + blocks)?);
        Some(Lasting {
            sits: (to.sits - from.sits) / blocks,
            force: (to.force - from.force) / blocks,
        })
    }

    /// From the strides before a time to as many strides after it.
    fn lasting(&self, ago: f64, blocks: f64) -> Option<Lasting> {
        let after = self.mean(blocks, ago - LEFT_OUT_BLOCKS - blocks)?;
        let before = self.mean(blocks, ago + LEFT_OUT_BLOCKS)?;
        Some(Lasting {
            sits: after.sits - before.sits,
            force: after.force - before.force,
        })
    }

    /// Weighs the newest block, of a run that has just begun or not; gives the cell of a turn that has stayed. `forward` in
    /// the pod's own axes.
    pub(super) fn slipped_since(&mut self, forward: Option<DVec3>, at_start: bool) -> Option<i64> {
        let stride = self.stride?;
        self.note_fast(stride, if at_start { FAST_AT_START_DEG } else { FAST_DEG });
        let mut turn = self.turn?;
        let strides = some_strides(turn.age, stride)?;
        let lasting = self.lasting(turn.age, strides * stride)?;
        let weighed = strides >= most_strides(stride);
        let lowered = if weighed { 1.0 } else { YOUNG };
        let stays = turn.has_stayed(lasting, self.fast_share(lasting, forward), lowered);
        turn.lasting_rad = lasting.sits.length();
        self.turn = (stays && !weighed).then_some(turn);
        (stays && weighed).then_some(turn.index)
    }

    /// Which share of a turn must come at once. Without a gyroscope a change of speed looks quick: a lone pod cannot tell
    /// one forward from a slip.
    fn fast_share(&self, lasting: Lasting, forward: Option<DVec3>) -> f64 {
        let squared = lasting.sits.length_squared().max(1e-9);
        let ahead = forward.map_or(1.0, |forward| lasting.sits.dot(forward).powi(2) / squared);
        if ahead < 1.0 - SIDEWAYS * SIDEWAYS {
            SIDEWAYS_SHARE
        } else if self.has_gyro || self.is_accompanied {
            FAST_SHARE
        } else {
            f64::INFINITY
        }
    }

    /// Keeps the quickest part of the turn that is weighed, or begins to weigh one.
    fn note_fast(&mut self, stride: f64, least_deg: f64) {
        if let Some(turn) = &mut self.turn {
            turn.age += 1.0;
        }
        let seen = self
            .mean(stride, 0.0)
            .zip(self.mean(stride, stride + BETWEEN_BLOCKS));
        let Some((now, before)) = seen else { return };
        let fast = now.sits - before.sits;
        let age = stride + 0.5 * BETWEEN_BLOCKS;
        let middle = self.sums.len().saturating_sub(1 + age as usize);
        let index = self.sums.get(middle).map_or(0, |sums| sums.index);
        let least = self
            .turn
            .map_or(least_deg.to_radians(), |turn| turn.fast.length());
        if fast.length() > least {
            self.turn = Some(Turn {
                index,
                fast,
                age,
                lasting_rad: 0.0,
            });
        }
    }
}

/// Strides that are compared when all have passed.
fn most_strides(stride: f64) -> f64 {
    (COMPARED_BLOCKS / stride).round().max(1.0)
}

/// Whole strides since the middle of a turn so many blocks ago, as many as are compared; `None` before the first.
fn some_strides(age: f64, stride: f64) -> Option<f64> {
    let strides = ((age - LEFT_OUT_BLOCKS) / stride).floor();
    (strides >= 1.0).then(|| strides.min(most_strides(stride)))
}

impl Turn {
    /// Whether what lasts is a slip, of which such a share came at once; its limits lowered to a share.
    fn has_stayed(&self, lasting: Lasting, fast_share: f64, lowered: f64) -> bool {
        let Lasting { sits, force } = lasting;
        let squared = sits.length_squared();
        squared.sqrt().to_degrees() > lowered * SLIP_DEG
            && self.fast.dot(sits) > lowered * fast_share * squared
            && force.dot(sits) > lowered * FORCE_SHARE * squared
    }
}
