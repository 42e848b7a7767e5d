//! The way of a sample: from each pod's samples to body, steps and readings.
//!
//! Decides nothing about drills and keeps no report. Live runs, replays and recordings all go through here.
//! Invariant: events come in time order, and depend on the samples alone.

mod gaps;
mod known;
mod references;
mod track;

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;

use self::{
    references::References,
    track::{Cell, Track},
};
use super::{
    from_start::FromStart,
    holes::{Gated, in_window},
    report::Gap,
};
use crate::{
    body::{
        abreast::Abreast,
        mount::Mounting,
        places::Places,
        sample::{BodySample, GRID_HZ, time_s},
        segment::PlacedSample,
    },
    gait::{detector::StepDetector, step::Step, terrain::Fix},
    lean::{
        band::OwnReference, features::Circumstances, model::LeanModel, no_gyro::put_right,
        reading::LeanReading, wear::Wear, window::Windows,
    },
    pod::{sample::ImuSample, site::Site},
};

/// A silence of all pods longer than this is skipped, cells.
const LONGEST_SILENCE_CELLS: i64 = 10 * GRID_HZ as i64;

/// A pod at rest is not waited for when the other has run for so long, seconds, and both have sent within the second
/// time. Ours.
const IDLE_S: f64 = 2.0;
const TOGETHER_S: f64 = 0.5;
/// A stride before any was seen, seconds, and how much one step weighs in the mean. Ours.
const USUAL_STRIDE_S: f64 = 0.7;
const STRIDE_WEIGHT: f64 = 0.2;

/// Something the pipeline found out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// Both segments at the next grid instant.
    Body(BodySample),
    /// A step became certain.
    Step(Step),
    /// A window of running was judged.
    Reading(LeanReading),
    /// A hole ended.
    Gap(Gap),
}

/// Joins both pods and carries their samples through every stage.
pub struct Pipeline {
    tracks: [Option<Track>; 2],
    mounts: [Option<Mounting>; 2],
    timed_by_arrival: [bool; 2],
    calibrating: bool,
    own: References,
    cursor: Option<i64>,
    /// The first cell given.
    first: Option<i64>,
    /// No pod had the last cell.
    silent: bool,
    detector: StepDetector,
    /// Length of a stride, smoothed, seconds.
    stride_s: f64,
    gated: Gated,
    places: Places,
    abreast: Abreast,
    /// The first cell at which the pods' clocks were apart, while they are.
    apart_since: Option<i64>,
    from_start: FromStart,
    windows: Windows,
    wear: Wear,
}

impl Pipeline {
    /// A pipeline that judges against `own` and knows the mounting of pods calibrated before.
    #[must_use]
    pub fn new(own: OwnReference, mounts: &[(Site, Mounting)]) -> Self {
        let mounting = |site| {
            mounts
                .iter()
                .find(|(of, _)| *of == site)
                .map(|(_, mounting)| *mounting)
        };
        Self {
            tracks: [None, None],
            mounts: Site::ALL.map(mounting),
            timed_by_arrival: [false; 2],
            calibrating: false,
            own: References::new(own),
            cursor: None,
            first: None,
            silent: false,
            detector: StepDetector::default(),
            stride_s: USUAL_STRIDE_S,
            gated: Gated::default(),
            places: Places::default(),
            abreast: Abreast::default(),
            apart_since: None,
            from_start: FromStart::default(),
            windows: Windows::default(),
            wear: Wear::default(),
        }
    }

    /// A pipeline that looks for neutral and forward while the runner is guided: bodies come at once,
    /// without inclination.
    #[must_use]
    pub fn calibrating() -> Self {
        Self {
            calibrating: true,
            ..Self::new(OwnReference::default(), &[])
        }
    }

    /// Takes a pod's next sample and gives what follows from it to `sink`.
    pub fn push(
        &mut self,
        site: Site,
        sample: ImuSample,
        model: &dyn LeanModel,
        sink: &mut dyn FnMut(Event),
    ) {
        let (mounting, calibrating) = (self.mounts[site.index()], self.calibrating);
        let given = self.first.zip(self.cursor);
        let track =
            self.tracks[site.index()].get_or_insert_with(|| Track::new(site, mounting, calibrating, given));
        track.push(sample);
        self.compare_mounts();
        self.advance(false, model, sink);
    }

    /// Takes a fix of position, its time on the session's axis.
    pub fn fix(&mut self, fix: Fix) {
        self.detector.fix(fix);
    }

    /// Judges against `own` what the runner does from this time on, seconds on the session's axis.
    pub fn judge_against(&mut self, from_s: f64, own: OwnReference) {
        self.own.from(from_s, own);
    }

    /// Ends the recording: what still waits is given.
    pub fn finish(&mut self, model: &dyn LeanModel, sink: &mut dyn FnMut(Event)) {
        for track in self.tracks.iter_mut().flatten() {
            track.flush();
        }
        self.advance(true, model, sink);
        self.close_gaps(sink);
        self.end_window(model, sink);
    }

    fn end_window(&mut self, model: &dyn LeanModel, sink: &mut dyn FnMut(Event)) {
        let circumstances = self.circumstances();
        let reading = self.windows.finish(circumstances, model);
        self.wear.next_window(reading.is_some());
        tell_reading(reading, &circumstances, sink);
    }

    fn newest_s(&self) -> f64 {
        let newest = self
            .tracks
            .iter()
            .flatten()
            .filter_map(|track| track.tracker.newest_s());
        newest.fold(f64::NEG_INFINITY, f64::max)
    }

    /// What both pods show at once the body did, not a strap.
    fn compare_mounts(&mut self) {
        if let [Some(chest), Some(pelvis)] = &mut self.tracks {
            chest.tracker.compare(&mut pelvis.tracker);
        }
    }

    /// Gives every grid cell that both pods have decided on.
    fn advance(&mut self, at_end: bool, model: &dyn LeanModel, sink: &mut dyn FnMut(Event)) {
        let newest_s = if at_end { f64::INFINITY } else { self.newest_s() };
        if self
            .tracks
            .iter()
            .flatten()
            .any(|track| track.tracker.is_waiting())
        {
            self.release_silent(newest_s);
            self.release_idle(newest_s);
        }
        while let Some(index) = self.next_index() {
            let undecided = |track: &Track| track.cell(index, newest_s) == Cell::NotYet;
            if self.tracks.iter().flatten().any(undecided) {
                return;
            }
            self.cursor = Some(index + 1);
            self.first.get_or_insert(index);
            let mut cells = [None, None];
            for (cell, track) in cells.iter_mut().zip(self.tracks.iter_mut()) {
                *cell = track.as_mut().and_then(|track| track.take(index));
            }
            self.silent = cells.iter().all(Option::is_none);
            let idle = lies_still(&cells);
            self.note_gaps(index, &cells, idle, sink);
            for (cell, _) in cells.iter_mut().zip(idle).filter(|(_, idle)| *idle) {
                *cell = None;
            }
            self.body(index, &cells, model, sink);
        }
    }

    /// A pod that sends nothing any more does not hold up the other one.
    fn release_silent(&mut self, newest_s: f64) {
        for track in self.tracks.iter_mut().flatten() {
            if track.tracker.is_waiting() && track.is_silent(newest_s) {
                track.flush();
            }
        }
    }

    /// A pod that lies still does not hold up one whose runner has run for a while at the same time.
    fn release_idle(&mut self, newest_s: f64) {
        let together = |track: &Track| {
            let own_s = track.tracker.newest_s();
            own_s.is_some_and(|own_s| newest_s - own_s < TOGETHER_S)
        };
        let mut tracks = self.tracks.iter().flatten();
        if !tracks.any(|track| track.tracker.ran_s() > IDLE_S && together(track)) {
            return;
        }
        for track in self.tracks.iter_mut().flatten() {
            if track.tracker.is_still() && track.tracker.is_waiting() && together(track) {
                track.flush();
            }
        }
    }

    /// The next cell to give: after the last one, or the first any pod has; `None` when no pod holds a cell.
    /// Of a long silence of all pods only the first cell is given, so that a clock jump costs no time.
    fn next_index(&mut self) -> Option<i64> {
        let [chest, pelvis] = self.tracks.each_ref().map(|track| track.as_ref()?.front());
        let first = match (chest, pelvis) {
            (Some(chest), Some(pelvis)) => chest.min(pelvis),
            (one, other) => one.or(other)?,
        };
        let Some(cursor) = self.cursor else {
            return Some(first);
        };
        let skips = std::mem::take(&mut self.silent) && first - cursor > LONGEST_SILENCE_CELLS;
        Some(if skips { first } else { cursor })
    }

    fn body(
        &mut self,
        index: i64,
        cells: &[Option<PlacedSample>; 2],
        model: &dyn LeanModel,
        sink: &mut dyn FnMut(Event),
    ) {
        let [mut chest, mut pelvis] = cells.each_ref().map(|cell| Some(cell.as_ref()?.segment));
        self.compare_clocks(index, cells, sink);
        self.compare_places(cells);
        let chest_cell = cells[0].as_ref().filter(|chest| chest.runs);
        if let Some(deg) = chest_cell.and_then(|chest| chest.from_start_deg) {
            self.from_start.push(deg);
        }
        if self.places.in_doubt() {
            // Which of the two is the trunk is not known any more.
            for segment in [&mut chest, &mut pelvis].into_iter().flatten() {
                segment.inclination_deg = None;
            }
        }
        let body = BodySample {
            time_s: time_s(index),
            chest,
            pelvis,
        };
        sink(Event::Body(body));
        if self.own.change_at(body.time_s) {
            self.end_window(model, sink);
            self.own.change();
        }
        if self.wear.is_broken_by(&body) {
            self.end_window(model, sink);
        }
        self.wear.push(
            &body,
            cells.each_ref().map(|cell| cell.is_some_and(|cell| cell.clipped)),
        );
        if let Some(step) = self.detector.push(index, &body) {
            let step = put_right(&step, self.gyros(), self.wear.bounces_mps2());
            self.tell_stride(&step);
            if let Some(gap) = self.gated.note(&step, self.detector.gate().reason()) {
                sink(Event::Gap(gap));
            }
            sink(Event::Step(step));
            let circumstances = self.circumstances();
            let reading = self.windows.push(&step, circumstances, model);
            if self.windows.is_new() {
                self.wear.next_window(reading.is_some());
            }
            tell_reading(reading, &circumstances, sink);
        }
    }

    /// Pods whose clocks are apart tell neither sides nor places together; a slip takes longer than they are apart by.
    fn compare_clocks(&mut self, index: i64, cells: &[Option<PlacedSample>; 2], sink: &mut dyn FnMut(Event)) {
        let running = cells
            .iter()
            .all(|cell| cell.as_ref().is_some_and(|cell| cell.runs));
        let [Some(chest), Some(pelvis)] = cells.each_ref().map(|cell| cell.as_ref().filter(|_| running))
        else {
            self.close_apart(index, sink);
            return self.abreast.pause();
        };
        self.abreast.push(&chest.segment, &pelvis.segment);
        if self.abreast.is_apart() {
            self.apart_since.get_or_insert(index);
        } else {
            self.close_apart(index, sink);
        }
        self.detector.keep_apart(self.apart_since.is_some());
    }

    fn compare_places(&mut self, cells: &[Option<PlacedSample>; 2]) {
        if let [Some(chest), Some(pelvis)] = cells
            && chest.runs
            && pelvis.runs
            && self.apart_since.is_none()
            && self.tracks.iter().flatten().all(|track| track.has_gyro)
        {
            self.places.push(&chest.segment, &pelvis.segment);
        }
    }

    fn tell_stride(&mut self, step: &Step) {
        let stride_s = 120.0 / step.cadence.0;
        self.stride_s += STRIDE_WEIGHT * (stride_s - self.stride_s);
        for track in self.tracks.iter_mut().flatten() {
            track.tracker.set_stride_s(self.stride_s);
        }
    }
}

fn tell_reading(reading: Option<LeanReading>, circumstances: &Circumstances, sink: &mut dyn FnMut(Event)) {
    let Some(reading) = reading else { return };
    if let Some(gap) = in_window(&reading, &circumstances.worn) {
        sink(Event::Gap(gap));
    }
    sink(Event::Reading(reading));
}

/// Which pod is at rest while the other one runs: it stopped measuring, or nobody wears it.
fn lies_still([chest, pelvis]: &[Option<PlacedSample>; 2]) -> [bool; 2] {
    let idle = |one: Option<&PlacedSample>, other: Option<&PlacedSample>| {
        one.is_some_and(|one| one.still) && other.is_some_and(|other| other.runs && !other.still)
    };
    let (chest, pelvis) = (chest.as_ref(), pelvis.as_ref());
    [idle(chest, pelvis), idle(pelvis, chest)]
}
