//! One pod from raw samples to a body segment in the runner's axes.
//!
//! Sees no other pod. Until neutral and forward are known, cells wait; then all of them are given at once.
//! Invariant: cells come out in rising order, each once; without a neutral no inclination is given.

mod beside;
mod mounting;
mod placing;
mod stands;
mod trust;
mod weight;

use std::collections::VecDeque;

use glam::DVec3;

use self::{
    beside::{Repeats, Swaying},
    placing::Waiting,
    stands::{LaterStands, Said, is_same_pose},
    weight::Weight,
};
pub use self::{
    placing::{CellState, PlacedSample},
    stands::Otherwise,
};
use super::{
    forward::ENOUGH_VOTES,
    mount::{Mounting, NeutralFinder, merge},
    orientation::Orientation,
    resample::{GridSample, Point, Resampler},
    rhythm::{Beat, Rhythm},
    sample::{GRID_HZ, Neutral, time_s},
    senses::Senses,
    slip::{SlipWatch, Watched},
};
use crate::{
    pod::{sample::ImuSample, site::Site},
    units::GRAVITY,
};

/// Cells wait at most this long for a way forward, seconds. Ours.
const LONGEST_WAIT_S: f64 = 120.0;
/// The last beats that tell how long a stride is, strides. Ours.
const STRIDES_OF_BEATS: usize = 2;

/// A runner who ran on for so long has gained the speed that is kept, seconds. Ours.
const STEADY_S: f64 = 5.0;
/// A gyroscope that is contradicted stays so for seconds: one cell in so many is looked at.
const LOOKS_EVERY: i64 = 10;
/// Samples of a sensor that has stopped lie no further apart, and leave out no more cells at the ends, seconds. Ours.
const STUCK_EDGE_S: f64 = 0.3;

/// Turns one pod's samples into its segment's.
#[derive(Default)]
pub struct SegmentTracker {
    site: Option<Site>,
    resampler: Resampler,
    orientation: Orientation,
    rhythm: Rhythm,
    finder: NeutralFinder,
    stands: Vec<Neutral>,
    swaying: Swaying,
    beats: Vec<Beat>,
    /// Beats there must be before the way forward is looked for again.
    wanted_beats: usize,
    /// The last instant of rest before the first beat.
    rested_s: f64,
    mounting: Option<Mounting>,
    absolute: bool,
    /// Cells are given at once, without inclination, while neutral and forward are looked for.
    eager: bool,
    waiting: VecDeque<Waiting>,
    slip: SlipWatch,
    /// At rest in the newest cell.
    still: bool,
    later: LaterStands,
    /// For one cell: since when the pod sat otherwise than its neutral said.
    shifted_since: Option<i64>,
    repeats: Repeats,
    senses: Senses,
    weight: Weight,
    /// Until this cell nothing is settled, since the gyroscope was refuted.
    refuted_until: i64,
    /// First and last time of the last stretch in which the sensor had stopped, seconds.
    stuck_s: Option<[f64; 2]>,
}

impl SegmentTracker {
    /// A pod whose mounting is known from an earlier calibration.
    #[must_use]
    pub fn mounted(mounting: Mounting) -> Self {
        let mut finder = NeutralFinder::default();
        finder.hurry();
        Self {
            finder,
            mounting: Some(mounting),
            absolute: true,
            later: LaterStands::of_earlier(),
            ..Self::default()
        }
    }

    /// A pod that is being calibrated: its cells are given at once, without inclination until the mounting is known.
    #[must_use]
    pub fn calibrating() -> Self {
        Self {
            eager: true,
            ..Self::default()
        }
    }

    /// The same pod, known to sit here.
    #[must_use]
    pub fn at(mut self, site: Site) -> Self {
        self.site = Some(site);
        self
    }

    /// The mounting, once known; its neutral is real only when [`SegmentTracker::neutral`] gives it too.
    #[must_use]
    pub fn mounting(&self) -> Option<&Mounting> {
        self.mounting
            .as_ref()
            .filter(|_| self.absolute && !self.has_dead_axis())
    }

    /// The neutral pose, once known.
    #[must_use]
    pub fn neutral(&self) -> Option<Neutral> {
        self.mounting()
            .map(|mounting| mounting.neutral)
            .or_else(|| merge(self.stands()).filter(|_| !self.has_dead_axis()))
    }

    /// Time of the newest sample, seconds.
    #[must_use]
    pub fn newest_s(&self) -> Option<f64> {
        self.resampler.newest_s()
    }

    /// Holds what is in doubt about how both pods of a body sit against each other.
    pub fn compare(&mut self, other: &mut Self) {
        self.slip.compare(&mut other.slip);
    }

    /// The length of a stride, seconds, as the steps tell it.
    pub fn set_stride_s(&mut self, stride_s: f64) {
        self.slip.set_stride_s(stride_s);
    }

    /// Whether the sensor has stopped in full run, at a time that it gave no cell for.
    #[must_use]
    pub fn is_stuck_at(&self, time_s: f64) -> bool {
        self.stuck_s
            .is_some_and(|[from_s, to_s]| (from_s - STUCK_EDGE_S..=to_s + STUCK_EDGE_S).contains(&time_s))
    }

    /// Until when the sensor has stopped in full run; `None` while it measures.
    #[must_use]
    pub fn stuck_until_s(&self) -> Option<f64> {
        self.stuck_s.filter(|_| self.repeats.stuck).map(|[_, to_s]| to_s)
    }

    /// Whether an axis of the accelerometer measures nothing: its steps are seen, no direction is.
    #[must_use]
    pub fn has_dead_axis(&self) -> bool {
        self.senses.axis_is_dead()
    }

    /// Whether the pod at rest read another gravity than a stand may show, so that it has no neutral of this session.
    #[must_use]
    pub fn weighs_wrongly(&self) -> bool {
        self.weight.is_wrong() && !self.has_dead_axis()
    }

    /// Whether the gyroscope that the pod sends, if any, is none.
    #[must_use]
    pub fn gyro_is_none(&self) -> bool {
        self.senses.gyro_is_none()
    }

    /// Whether the pod has moved since its neutral.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.mounting().is_some() && self.slip.moved().is_some()
    }

    /// A later stand that does not fit the neutral and that nothing has confirmed.
    #[must_use]
    pub fn stands_otherwise(&self) -> Option<Otherwise> {
        let mounting = self.mounting().filter(|_| !self.has_moved())?;
        self.later.otherwise(mounting)
    }

    /// For the end of a recording: since which cell its last stand shows that the pod sits otherwise.
    #[must_use]
    pub fn shifted_since(&self) -> Option<i64> {
        self.shifted_since
    }

    /// Whether the newest cell was at rest.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.still
    }

    /// For how long the pod has shown running without a pause, seconds.
    #[must_use]
    pub fn ran_s(&self) -> f64 {
        self.slip.ran_s()
    }

    /// Whether cells wait for a mounting.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.eager && !self.waiting.is_empty()
    }

    /// Takes the next sample; gives each finished cell to `emit`.
    pub fn push(&mut self, sample: ImuSample, emit: &mut impl FnMut(PlacedSample)) {
        let point = Point::of(&sample);
        if self
            .repeats
            .push(&point, self.resampler.newest(), self.slip.runs())
        {
            self.note_stuck(sample.time_s);
            return;
        }
        let Some(mut line) = self.resampler.line_to(point) else {
            return;
        };
        while let Some(grid) = self.resampler.next_cell(&mut line) {
            self.cell(grid, emit);
        }
    }

    /// Gives up waiting: what waits is given without inclination. A stand that goes on to the end is one too.
    pub fn flush(&mut self, emit: &mut impl FnMut(PlacedSample)) {
        if self.mounting.is_some() {
            if let Some(stand) = self.finder.close() {
                self.stand_again((stand.end_s * GRID_HZ) as i64, stand);
            }
        } else {
            if let Some(neutral) = self.finder.close() {
                self.stands.push(neutral);
            }
            self.swaying.stands.extend(self.swaying.finder.close());
            self.mount(ENOUGH_VOTES);
        }
        self.release(emit);
    }

    fn stands(&self) -> &[Neutral] {
        if self.stands.is_empty() {
            &self.swaying.stands
        } else {
            &self.stands
        }
    }

    fn release(&mut self, emit: &mut impl FnMut(PlacedSample)) {
        for waiting in std::mem::take(&mut self.waiting) {
            if !self.eager {
                emit(self.place_late(&waiting));
            }
        }
    }

    #[inline]
    fn cell(&mut self, mut grid: GridSample, emit: &mut impl FnMut(PlacedSample)) {
        let (was_dead, offset) = (self.has_dead_axis(), self.senses.offset());
        if self.senses.push(&grid) {
            self.trust_anew(was_dead, self.senses.offset() - offset);
        }
        let read = grid.specific_force;
        if self.senses.is_off() || !self.weight.is_right() {
            self.put_right(&mut grid);
        }
        let mut upright = self.orientation.push(&grid);
        let contradicted = grid.index % LOOKS_EVERY == 0 && self.orientation.is_gyro_contradicted();
        if contradicted && self.slip.ran_s() > STEADY_S && !self.has_dead_axis() {
            self.refute_gyro(grid.index);
        }
        if grid.index < self.refuted_until {
            (upright.disputed, upright.settled) = (true, false);
        }
        self.still = upright.still;
        self.weigh(read);
        let (orientation, mounting) = (&self.orientation, &self.mounting);
        self.slip
            .push(grid.index, upright.up, grid.specific_force, || Watched {
                settled: upright.settled,
                has_gyro: grid.angular_velocity.is_some(),
                carried: orientation.carried(),
                forward: mounting.as_ref().map(|mounting| mounting.forward),
            });
        let runs = self.slip.runs();
        if self.mounting.is_none() {
            self.wait(Waiting { grid, upright, runs }, emit);
            return;
        }
        self.later.note(grid.index, self.slip.ran_s());
        let stand = self
            .finder
            .push(time_s(grid.index), upright.still, grid.specific_force);
        if let Some(stand) = stand {
            self.stand_again(grid.index, stand);
        }
        emit(self.place(&grid, &upright, runs));
        self.shifted_since = None;
    }

    /// A pod at rest tells the scale of its accelerometer, for what waits too.
    #[inline]
    fn weigh(&mut self, read: DVec3) {
        if !self.still {
            return self.weight.moves();
        }
        let Some(ratio) = self.weight.rest(read) else {
            return;
        };
        self.finder.set_scale(self.weight.scale);
        self.swaying.finder.set_scale(self.weight.scale);
        for cell in &mut self.waiting {
            cell.grid.specific_force *= ratio;
        }
    }

    #[cold]
    fn note_stuck(&mut self, time_s: f64) {
        let goes_on = self.stuck_s.filter(|[_, to_s]| time_s - to_s < STUCK_EDGE_S);
        self.stuck_s = Some([goes_on.map_or(time_s, |[from_s, _]| from_s), time_s]);
    }

    /// Takes the scale and the offset out of what a pod read that has any; most have none, and a cell that is written
    /// anew makes its readers wait.
    #[cold]
    fn put_right(&self, grid: &mut GridSample) {
        grid.specific_force *= self.weight.scale;
        let rotation = grid.angular_velocity.filter(|_| !self.senses.gyro_is_none());
        grid.angular_velocity = rotation.map(|rotation| rotation - self.senses.offset());
    }

    /// Keeps a cell while neutral and forward are looked for.
    #[cold]
    fn wait(&mut self, cell: Waiting, emit: &mut impl FnMut(PlacedSample)) {
        let Waiting { grid, upright, .. } = cell;
        self.waiting.push_back(cell);
        if self.eager {
            emit(self.place_late(&cell));
        }
        if let Some(neutral) = self
            .finder
            .push(time_s(grid.index), upright.still, grid.specific_force)
        {
            self.stands.push(neutral);
            self.beats.clear();
            self.wanted_beats = 0;
        }
        self.swaying.push(&grid);
        if upright.still && self.beats.is_empty() {
            self.rested_s = time_s(grid.index);
        }
        let vertical = grid.specific_force.dot(upright.up) - GRAVITY;
        if let Some(beat) = self.rhythm.push(grid.index, vertical) {
            self.beats.push(beat);
            if let Some(stride_s) = stride_s(&self.beats) {
                self.slip.set_stride_s(stride_s);
            }
            if self.has_enough_beats() && self.mount(self.wanted_votes()) {
                self.release(emit);
            }
        }
        self.drop_oldest(emit);
    }

    /// A pod that has moved sits well again from the next stand on; one that was not known to have, from the stand that
    /// shows it.
    fn stand_again(&mut self, index: i64, stand: Neutral) {
        let Some(mounting) = self.mounting.as_mut() else {
            return;
        };
        let neutral = if self.slip.moved().is_some() {
            is_same_pose(mounting, &stand).then_some(stand)
        } else if !self.absolute {
            None
        } else if let Said::Moved(since, stand) = self.later.take(index, stand, mounting) {
            self.shifted_since = Some(since);
            Some(stand)
        } else {
            None
        };
        if let Some(neutral) = neutral {
            mounting.turn_to(neutral);
            self.slip.renew();
            self.later.renew(index);
        }
    }

    fn drop_oldest(&mut self, emit: &mut impl FnMut(PlacedSample)) {
        while self.waiting.len() as f64 > LONGEST_WAIT_S * GRID_HZ {
            let oldest = self.waiting.pop_front().filter(|_| !self.eager);
            if let Some(oldest) = oldest {
                emit(self.place_late(&oldest));
            }
        }
        if let Some(oldest) = self.waiting.front().map(|cell| cell.grid.index) {
            let gone = self.beats.partition_point(|beat| beat.index < oldest);
            self.beats.drain(..gone);
            self.wanted_beats = self.wanted_beats.saturating_sub(gone);
        }
    }
}

/// The length of a stride as the newest beats of running tell it, seconds, for as long as no steps are known.
fn stride_s(beats: &[Beat]) -> Option<f64> {
    let newest = beats.get(beats.len().checked_sub(2 * STRIDES_OF_BEATS + 1)?..)?;
    let span = newest
        .first()
        .zip(newest.last())
        .filter(|_| newest.iter().all(Beat::is_strong));
    span.map(|(first, last)| (last.index - first.index) as f64 / (GRID_HZ * STRIDES_OF_BEATS as f64))
}
