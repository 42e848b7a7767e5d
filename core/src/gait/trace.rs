//! What the search for events remembers of the body: the last seconds, cell by cell, smoothed where wanted.
//!
//! Finds no event. Invariant: a smoothed value is `None` within reach of a hole.

use std::collections::VecDeque;

use crate::{
    body::{
        filter::Hann,
        sample::{BodySample, GRID_HZ, SegmentSample, time_s},
    },
    units::GRAVITY,
};

/// Smoothing on either side, cells: the window's weight lies within 20 ms, so an edge moves by less than 2 ms.
const SMOOTH_CELLS: usize = 2;
/// Cells kept: two of the longest steps and the delay.
const KEPT_CELLS: usize = 320;

/// One instant.
#[derive(Clone, Copy, Debug)]
struct Cell {
    body: BodySample,
    /// Vertical force per weight, smoothed.
    force: Option<f64>,
    /// The chest's, where the pelvis gives `force`.
    chest_force: Option<f64>,
    /// Fore-aft acceleration of the pelvis, smoothed, m/s².
    fore_aft: Option<f64>,
}

/// The last seconds of the body.
#[derive(Debug)]
pub(super) struct Trace {
    force_filter: Hann,
    chest_force_filter: Hann,
    fore_aft_filter: Hann,
    cells: VecDeque<Cell>,
    /// Grid cell of the newest of `cells`.
    newest: i64,
}

impl Default for Trace {
    fn default() -> Self {
        Self {
            force_filter: Hann::new(SMOOTH_CELLS),
            chest_force_filter: Hann::new(SMOOTH_CELLS),
            fore_aft_filter: Hann::new(SMOOTH_CELLS),
            cells: VecDeque::with_capacity(KEPT_CELLS + 1),
            newest: 0,
        }
    }
}

impl Trace {
    /// Keeps the body at grid cell `index`; says whether it goes on without a hole.
    pub(super) fn push(&mut self, index: i64, body: &BodySample) -> bool {
        let follows = index == self.newest + 1;
        if !follows {
            self.cells.clear();
        }
        let primary = body.primary();
        if !follows || primary.is_none() {
            self.force_filter.clear();
            self.chest_force_filter.clear();
            self.fore_aft_filter.clear();
        }
        self.cells.push_back(Cell {
            body: *body,
            force: None,
            chest_force: None,
            fore_aft: None,
        });
        self.newest = index;
        if self.cells.len() > KEPT_CELLS {
            self.cells.pop_front();
        }
        let Some(primary) = primary else { return false };
        let force = self.force_filter.push(per_weight(primary));
        let (pelvis, chest) = (body.pelvis, body.chest.filter(|_| body.pelvis.is_some()));
        let chest_force = smoothed(&mut self.chest_force_filter, chest, |chest| per_weight(&chest));
        let fore_aft = smoothed(&mut self.fore_aft_filter, pelvis, |pelvis| pelvis.acceleration.x);
        if let Some(place) = self.place(index - SMOOTH_CELLS as i64)
            && let Some(cell) = self.cells.get_mut(place)
        {
            cell.force = force;
            cell.chest_force = chest_force;
            cell.fore_aft = fore_aft;
        }
        follows
    }

    fn place(&self, index: i64) -> Option<usize> {
        let back = usize::try_from(self.newest - index).ok()?;
        self.cells.len().checked_sub(back + 1)
    }

    /// The body at a grid cell.
    pub(super) fn body(&self, index: i64) -> Option<&BodySample> {
        Some(&self.cells.get(self.place(index)?)?.body)
    }

    /// Vertical force per weight, smoothed.
    pub(super) fn force(&self, index: i64) -> Option<f64> {
        self.cells.get(self.place(index)?)?.force
    }

    /// Vertical force per weight at the chest, smoothed, where the pelvis gives [`Trace::force`].
    pub(super) fn chest_force(&self, index: i64) -> Option<f64> {
        self.cells.get(self.place(index)?)?.chest_force
    }

    /// Fore-aft acceleration of the pelvis, smoothed, m/s²; zero while the way forward is unknown.
    pub(super) fn fore_aft(&self, index: i64) -> Option<f64> {
        self.cells.get(self.place(index)?)?.fore_aft
    }
}

fn per_weight(segment: &SegmentSample) -> f64 {
    segment.acceleration.y / GRAVITY + 1.0
}

/// The smoothed value of one segment, which may have a hole of its own.
fn smoothed(
    filter: &mut Hann,
    segment: Option<SegmentSample>,
    value: impl Fn(SegmentSample) -> f64,
) -> Option<f64> {
    if let Some(segment) = segment {
        filter.push(value(segment))
    } else {
        filter.clear();
        None
    }
}

/// The first grid cell that is not before this time.
pub(super) fn first_cell(time_s: f64) -> i64 {
    (time_s * GRID_HZ).ceil() as i64
}

/// When a value crosses `level` between cell `k` and the next, either way, seconds.
pub(super) fn crossing(value: impl Fn(i64) -> Option<f64>, k: i64, level: f64) -> Option<f64> {
    let (a, b) = (value(k)?, value(k + 1)?);
    ((a < level) != (b < level)).then(|| time_s(k) + (level - a) / (b - a) / GRID_HZ)
}
