//! What the search for events remembers of the body: the last seconds, cell by cell, smoothed where wanted.
//!
//! Finds no event. Invariant: a smoothed value is `None` within reach of a hole.

use std::ops::Range;

use crate::{
    body::{
        filter::Hann,
        sample::{BodySample, GRID_HZ, SegmentSample, time_s},
    },
    units::GRAVITY,
};

/// Smoothing on either side, cells: the window's weight lies within 20 ms, so an edge moves by less than 2 ms.
const SMOOTH_CELLS: usize = 2;
/// Smooths so.
type Smoother = Hann<{ 2 * SMOOTH_CELLS + 1 }>;
/// Cells kept: two of the longest steps and the delay.
const KEPT_CELLS: u64 = 320;
/// Places of a ring: a power of two, so that it is entered by a mask.
const PLACES: usize = 512;

/// What is smoothed of one instant.
#[derive(Clone, Copy, Debug, Default)]
struct Smoothed {
    /// Vertical force per weight.
    force: Option<f64>,
    /// The chest's, where the pelvis gives `force`.
    chest_force: Option<f64>,
    /// Fore-aft acceleration of the pelvis, m/s².
    fore_aft: Option<f64>,
}

/// The last seconds of the body.
#[derive(Debug)]
pub(super) struct Trace {
    force_filter: Smoother,
    chest_force_filter: Smoother,
    fore_aft_filter: Smoother,
    /// Two rings of [`PLACES`]: a grid cell's place follows from its index.
    bodies: Vec<BodySample>,
    smoothed: Vec<Smoothed>,
    /// Grid cell of the newest body, and how many cells up to it are held.
    newest: i64,
    held: u64,
    /// The clocks of the pods are apart.
    apart: bool,
}

impl Default for Trace {
    fn default() -> Self {
        let nobody = BodySample {
            time_s: 0.0,
            chest: None,
            pelvis: None,
        };
        Self {
            force_filter: Hann::default(),
            chest_force_filter: Hann::default(),
            fore_aft_filter: Hann::default(),
            bodies: vec![nobody; PLACES],
            smoothed: vec![Smoothed::default(); PLACES],
            newest: 0,
            held: 0,
            apart: false,
        }
    }
}

impl Trace {
    /// Keeps the body at grid cell `index`; says whether it goes on without a hole.
    pub(super) fn push(&mut self, index: i64, body: &BodySample) -> bool {
        let follows = index == self.newest + 1;
        if !follows {
            self.held = 0;
        }
        let primary = body.primary();
        if !follows || primary.is_none() {
            self.force_filter.clear();
            self.chest_force_filter.clear();
            self.fore_aft_filter.clear();
        }
        self.newest = index;
        self.held = KEPT_CELLS.min(self.held + 1);
        self.keep(index, body);
        let Some(primary) = primary else { return false };
        let force = self.force_filter.push(per_weight(primary));
        let pelvis = body.pelvis.as_ref();
        let chest = body.chest.as_ref().filter(|_| pelvis.is_some());
        let chest_force = smoothed(&mut self.chest_force_filter, chest.map(per_weight));
        let fore_aft = smoothed(
            &mut self.fore_aft_filter,
            pelvis.map(|pelvis| pelvis.acceleration.x),
        );
        if let Some(cell) = self
            .place(index - SMOOTH_CELLS as i64)
            .and_then(|place| self.smoothed.get_mut(place))
        {
            *cell = Smoothed {
                force,
                chest_force,
                fore_aft,
            };
        }
        follows
    }

    fn keep(&mut self, index: i64, body: &BodySample) {
        let Some(place) = self.place(index) else { return };
        if let Some(kept) = self.bodies.get_mut(place) {
            *kept = *body;
        }
        if let Some(kept) = self.smoothed.get_mut(place) {
            *kept = Smoothed::default();
        }
    }

    /// Where a grid cell lies in the rings, if it is held.
    #[inline]
    fn place(&self, index: i64) -> Option<usize> {
        // A later cell's age wraps round to a large one.
        let age = self.newest.wrapping_sub(index) as u64;
        (age < self.held).then_some(index as usize % PLACES)
    }

    fn cell(&self, index: i64) -> Option<&Smoothed> {
        self.smoothed.get(self.place(index)?)
    }

    /// The body at a grid cell.
    pub(super) fn body(&self, index: i64) -> Option<&BodySample> {
        self.bodies.get(self.place(index)?)
    }

    /// The bodies from one grid cell up to another, oldest first, those that are held.
    pub(super) fn bodies(&self, cells: Range<i64>) -> impl Iterator<Item = &BodySample> {
        self.held(&self.bodies, cells)
    }

    /// Vertical force per weight and fore-aft acceleration of the pelvis, m/s², smoothed, from one grid cell up to another;
    /// `None` over a hole.
    pub(super) fn pushes(&self, cells: Range<i64>) -> impl Iterator<Item = Option<(f64, f64)>> {
        let wanted = usize::try_from(cells.end - cells.start).unwrap_or(0);
        let pushes = self.held(&self.smoothed, cells);
        let lacking = wanted.saturating_sub(pushes.size_hint().0);
        let pushes = pushes.map(|cell| cell.force.zip(cell.fore_aft));
        std::iter::repeat_n(None, lacking).chain(pushes)
    }

    /// What a ring holds from one grid cell up to another.
    fn held<'a, T>(&self, ring: &'a [T], cells: Range<i64>) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let end = self.newest + 1;
        let from = cells.start.max(end - self.held as i64);
        let count = usize::try_from(cells.end.min(end) - from).unwrap_or(0);
        let place = from as usize % PLACES;
        let before_the_end = ring.get(place..PLACES.min(place + count)).unwrap_or_default();
        let from_the_begin = ring
            .get(..(place + count).saturating_sub(PLACES))
            .unwrap_or_default();
        before_the_end.iter().chain(from_the_begin)
    }

    /// Vertical force per weight, smoothed.
    pub(super) fn force(&self, index: i64) -> Option<f64> {
        self.cell(index)?.force
    }

    /// Vertical force per weight at the chest, smoothed, where the pelvis gives [`Trace::force`] and both keep one time.
    pub(super) fn chest_force(&self, index: i64) -> Option<f64> {
        self.cell(index)?.chest_force.filter(|_| !self.apart)
    }

    /// Whether the clocks of both pods are apart.
    pub(super) fn keep_apart(&mut self, apart: bool) {
        self.apart = apart;
    }

    /// Fore-aft acceleration of the pelvis, smoothed, m/s²; zero while the way forward is unknown.
    pub(super) fn fore_aft(&self, index: i64) -> Option<f64> {
        self.cell(index)?.fore_aft
    }
}

fn per_weight(segment: &SegmentSample) -> f64 {
    segment.acceleration.y * (1.0 / GRAVITY) + 1.0
}

/// The smoothed value of one segment, which may have a hole of its own.
fn smoothed(filter: &mut Smoother, value: Option<f64>) -> Option<f64> {
    if value.is_none() {
        filter.clear();
    }
    filter.push(value?)
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
