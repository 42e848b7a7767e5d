//! How the foot pushes the pelvis to and fro: braking after contact, propulsion until the foot leaves.
//!
//! Knows no contact time. Invariant: a tilt error of the pod shifts nothing to first order.

use super::trace::{Trace, crossing};
use crate::body::sample::GRID_HZ;

/// Braking has begun at this share of its peak. With the next one chosen among a few on the five fitted runners.
const BRAKING_SHARE: f64 = 0.75;
/// Propulsion has ended when the pelvis slows by this share of the propulsion's peak.
const RELEASE_SHARE: f64 = 0.3;
/// Braking or propulsion smaller than this is no evidence, m/s². Ours.
const FAINTEST_MPS2: f64 = 1.0;
/// Braking peaks this many cells around the instant the force reaches the weight. Ours.
const BRAKING_CELLS: [i64; 2] = [-4, 5];

/// The fore-aft acceleration with the vertical force that a tilted pod mistakes for it taken off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levelled<'a> {
    trace: &'a Trace,
    /// What leaks in, m/s² for each weight of vertical force.
    leak_mps2: f64,
}

impl<'a> Levelled<'a> {
    /// Levelled by a stride or a stance: over either braking and propulsion cancel, and what is left of the fore-aft
    /// acceleration is vertical force seen through a tilt error. `None` over a hole.
    pub(super) fn over(trace: &'a Trace, from: i64, until: i64) -> Option<Self> {
        let mut total = (0.0, 0.0);
        for push in trace.pushes(from..until) {
            let (force, fore_aft) = push?;
            total.0 += fore_aft;
            total.1 += force;
        }
        let leak_mps2 = total.0 / total.1;
        (total.1 > 0.0).then_some(Self { trace, leak_mps2 })
    }

    /// At a grid cell, m/s².
    pub(super) fn at(self, cell: i64) -> Option<f64> {
        Some(self.trace.fore_aft(cell)? - self.leak_mps2 * self.trace.force(cell)?)
    }
}

/// Two instants of one stance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Push {
    /// Braking is there.
    pub(super) braking_s: f64,
    /// Propulsion is over.
    pub(super) release_s: f64,
}

/// Cells of one stance and the beat of the stance before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub(super) last_beat: i64,
    pub(super) beat: i64,
    /// The force reaches the weight.
    pub(super) loaded_s: f64,
    /// The force falls below the weight.
    pub(super) unloaded_s: f64,
}

impl Push {
    /// Seen around `beat`; both feet tell how hard this runner propels.
    pub(super) fn around(level: Levelled<'_>, cells: Cells) -> Option<Self> {
        let Cells { last_beat, beat, .. } = cells;
        let (loaded, unloaded) = (cell_of(cells.loaded_s), cell_of(cells.unloaded_s));
        let propulsion = |from: i64| {
            let cells = from..from + (unloaded - beat) + 4;
            cells.filter_map(|k| level.at(k)).fold(0.0, f64::max)
        };
        let peak = 0.5 * (propulsion(beat) + propulsion(last_beat));
        if peak < FAINTEST_MPS2 {
            return None;
        }
        Some(Self {
            braking_s: braking_s(level, loaded)?,
            release_s: release_s(level, beat, unloaded, -RELEASE_SHARE * peak)?,
        })
    }
}

/// When most of the braking around cell `loaded` has come up.
fn braking_s(level: Levelled<'_>, loaded: i64) -> Option<f64> {
    let [first, last] = BRAKING_CELLS.map(|cells| loaded + cells);
    let value = |k: &i64| level.at(*k).unwrap_or(f64::MAX);
    let peak = (first..=last).min_by(|a, b| value(a).total_cmp(&value(b)))?;
    let depth = level.at(peak)?;
    if peak == first || peak == last || depth > -FAINTEST_MPS2 {
        return None;
    }
    let most = BRAKING_SHARE * depth;
    (peak - 20..peak)
        .rev()
        .find_map(|k| crossing(|k| level.at(k), k, most))
}

/// When the propulsion after cell `beat` has turned into slowing: the crossing of `slowing` nearest to `unloaded`.
fn release_s(level: Levelled<'_>, beat: i64, unloaded: i64, slowing: f64) -> Option<f64> {
    let cross = |k| crossing(|k| level.at(k), k, slowing);
    if level.at(unloaded)? > slowing {
        (unloaded..unloaded + 20).find_map(cross)
    } else {
        (beat..unloaded).rev().find_map(cross)
    }
}

fn cell_of(time_s: f64) -> i64 {
    (time_s * GRID_HZ).round() as i64
}
