//! Whether gravity and gyroscope came to disagree for good.
//!
//! Compares what the last seconds saw of gravity with what the seconds before saw, in the frame that the gyroscope
//! carries on. Sees no posture: a turn that the gyroscope felt is none of its business, and what was seen while the
//! runner changed speed agrees with nothing. Invariant: bounded; a disagreement is the smallest of those that could be it.

use std::collections::VecDeque;

use glam::DVec2;

use super::BLOCK_CELLS;
use crate::{
    body::{orientation::Carried, sample::GRID_HZ},
    units::GRAVITY,
};

/// Blocks of one span: three seconds, some four strides; a swing of 0.4 m/s at its ends tilts it by less than a degree.
const SPAN: usize = 30;
/// Spans that are compared: two after a slip, two before it. A runner who changes speed quickly spoils one of them.
const SPANS: usize = 4;
/// What both spans after a slip show together is more than the speed any runner gains or loses in them, m/s: a tilt of
/// 5.8 degrees. Ours: synthetic runners stop from 4.5 m/s within six seconds.
const FASTEST_MPS: f64 = 6.0;
/// The same for a pod that also shakes more. Ours.
const LOOSE_MPS: f64 = 3.5;
/// Of a slip, the later span shows all, the earlier one at least this share. Ours.
const SHARE: f64 = 0.4;
/// How much more a loose pod shakes than before, as a ratio of powers. Ours.
const LOOSE_SHARE: f64 = 2.0;
/// While less is in doubt nothing is withheld, degrees. Ours: at 2.5 straps that only wobble are withheld, and on made-up
/// runners no more of a slip is caught (`core/examples/slips.rs`, seeds 840 to 855).
const DOUBT_DEG: f64 = 4.0;
const BLOCK_S: f64 = BLOCK_CELLS as f64 / GRID_HZ;

/// Sums over all blocks up to one.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Last grid cell.
    index: i64,
    tilt: DVec2,
    bias_radps: DVec2,
    /// How much the specific force jumps from cell to cell, m²/s⁴.
    shake: f64,
}

/// What gravity looks like in the frame that the gyroscope carries on.
#[derive(Clone, Debug, Default)]
pub(super) struct DriftWatch {
    /// One more than the blocks compared.
    sums: VecDeque<Sums>,
    seen: Option<Seen>,
}

/// How far each later span disagrees with the earlier span nearest to it, radians; newest first.
#[derive(Clone, Copy, Debug)]
struct Seen {
    later: [DVec2; 2],
    /// Size of the newest, degrees: asked for at every cell.
    degrees: f64,
}

impl DriftWatch {
    pub(super) fn forget(&mut self) {
        self.sums.clear();
        self.seen = None;
    }

    pub(super) fn has_begun(&self) -> bool {
        !self.sums.is_empty()
    }

    /// How far gravity and gyroscope came to disagree, degrees.
    pub(super) fn degrees(&self) -> f64 {
        self.seen.map_or(0.0, |seen| seen.degrees)
    }

    pub(super) fn is_in_doubt(&self) -> bool {
        self.degrees() > DOUBT_DEG
    }

    /// Takes the next block, which ends at a cell.
    pub(super) fn close(&mut self, index: i64, carried: Carried, shake: f64) {
        let before = self.sums.back().copied().unwrap_or_default();
        if self.sums.len() > SPANS * SPAN {
            self.sums.pop_front();
        }
        self.sums.push_back(Sums {
            index,
            tilt: before.tilt + carried.tilt,
            bias_radps: before.bias_radps + carried.bias_radps,
            shake: before.shake + shake,
        });
        self.seen = self.compare();
    }

    /// The sums of a span, the newest is none.
    fn span(&self, span: usize) -> Option<[Sums; 2]> {
        let newest = self.sums.len().checked_sub(1 + span * SPAN)?;
        let oldest = newest.checked_sub(SPAN)?;
        Some([*self.sums.get(oldest)?, *self.sums.get(newest)?])
    }

    fn compare(&self) -> Option<Seen> {
        let mean = |span: usize| {
            let [from, to] = self.span(span)?;
            let share = 1.0 / SPAN as f64;
            Some([
                (to.tilt - from.tilt) * share,
                (to.bias_radps - from.bias_radps) * share,
            ])
        };
        let before = [mean(2)?, mean(3)?];
        let nearest = |span: usize| {
            let [tilt, _] = mean(span)?;
            let off = |earlier: usize| {
                let [tilt_before, _] = before[earlier];
                let apart_s = ((2 + earlier - span) * SPAN) as f64 * BLOCK_S;
                // The bias as it was believed before any of it: what a slip makes of it is wrong.
                tilt - tilt_before + before[1][1] * apart_s
            };
            let (near, far) = (off(0), off(1));
            Some(if near.length_squared() < far.length_squared() {
                near
            } else {
                far
            })
        };
        let later = [nearest(0)?, nearest(1)?];
        Some(Seen {
            later,
            degrees: later[0].length().to_degrees(),
        })
    }

    /// Whether the last seconds shook the pod much more than those before.
    pub(super) fn shakes_more(&self) -> bool {
        let shake = |span| self.span(span).map(|[from, to]| to.shake - from.shake);
        shake(0)
            .zip(shake(3))
            .is_some_and(|(now, before)| now > LOOSE_SHARE * before)
    }

    /// Since which cell the pod has turned unfelt; `None` while it is not known to have.
    pub(super) fn slipped_since(&self) -> Option<i64> {
        let Seen {
            later: [late, early], ..
        } = self.seen?;
        let gained_mps = (late + early).length() * GRAVITY * SPAN as f64 * BLOCK_S;
        if gained_mps < LOOSE_MPS || (gained_mps < FASTEST_MPS && !self.shakes_more()) {
            return None;
        }
        let share = late.dot(early) / late.length_squared();
        let cells = SPAN as f64 * (1.0 + share.clamp(0.0, 1.0)) * f64::from(BLOCK_CELLS);
        (share > SHARE).then(|| Some(self.sums.back()?.index - cells as i64))?
    }
}
