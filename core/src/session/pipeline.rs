//! The way of a sample: from each pod's samples to body, steps and readings.
//!
//! Decides nothing about drills and keeps no report. Live runs, replays and recordings all go through here.
//! Invariant: events come in time order, and depend on the samples alone.

mod track;

#[cfg(test)]
mod tests;

use self::track::{Cell, Track};
use super::report::Gap;
use crate::{
    body::{
        mount::Mounting,
        sample::{BodySample, GRID_HZ, Neutral, time_s},
        segment::PlacedSample,
    },
    gait::{detector::StepDetector, step::Step},
    lean::{
        band::OwnReference, features::Circumstances, model::LeanModel, reading::LeanReading, window::Windows,
    },
    pod::{sample::ImuSample, site::Site},
};

/// A silence of all pods longer than this is skipped, cells.
const LONGEST_SILENCE_CELLS: i64 = 10 * GRID_HZ as i64;

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
    calibrating: bool,
    own: OwnReference,
    cursor: Option<i64>,
    /// The first cell given.
    first: Option<i64>,
    /// No pod had the last cell.
    silent: bool,
    detector: StepDetector,
    windows: Windows,
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
            calibrating: false,
            own,
            cursor: None,
            first: None,
            silent: false,
            detector: StepDetector::default(),
            windows: Windows::default(),
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
        self.advance(false, model, sink);
    }

    /// Ends the recording: what still waits is given.
    pub fn finish(&mut self, model: &dyn LeanModel, sink: &mut dyn FnMut(Event)) {
        for track in self.tracks.iter_mut().flatten() {
            track.flush();
        }
        self.advance(true, model, sink);
        self.close_gaps(sink);
        if let Some(reading) = self.windows.finish(self.circumstances(), model) {
            sink(Event::Reading(reading));
        }
    }

    /// The neutral all angles are measured from: the pelvis pod's, else the chest pod's, with the wider spread.
    #[must_use]
    pub fn neutral(&self) -> Option<Neutral> {
        let neutrals: Vec<Neutral> = self
            .tracks
            .iter()
            .flatten()
            .filter_map(|track| track.tracker.neutral())
            .collect();
        let spread_deg = neutrals
            .iter()
            .map(|neutral| neutral.spread_deg)
            .fold(0.0, f64::max);
        neutrals.last().map(|neutral| Neutral {
            spread_deg,
            ..*neutral
        })
    }

    /// Mountings found or given, by site.
    #[must_use]
    pub fn mounts(&self) -> Vec<(Site, Mounting)> {
        let mounting = |site: Site| Some((site, *self.tracks[site.index()].as_ref()?.tracker.mounting()?));
        Site::ALL.into_iter().filter_map(mounting).collect()
    }

    /// Samples taken from a pod.
    #[must_use]
    pub fn samples(&self, site: Site) -> u64 {
        self.tracks[site.index()]
            .as_ref()
            .map_or(0, |track| track.samples)
    }

    /// Whether a pod has a gyroscope; `None` before its first sample.
    #[must_use]
    pub fn has_gyro(&self, site: Site) -> Option<bool> {
        self.tracks[site.index()].as_ref().map(|track| track.has_gyro)
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances {
            neutral_spread_deg: self.neutral().map_or(0.0, |neutral| neutral.spread_deg),
            has_gyro: self.tracks.iter().flatten().all(|track| track.has_gyro),
            own: self.own,
        }
    }

    fn newest_s(&self) -> f64 {
        let newest = self
            .tracks
            .iter()
            .flatten()
            .filter_map(|track| track.tracker.newest_s());
        newest.fold(f64::NEG_INFINITY, f64::max)
    }

    /// Gives every grid cell that both pods have decided on.
    fn advance(&mut self, at_end: bool, model: &dyn LeanModel, sink: &mut dyn FnMut(Event)) {
        let newest_s = if at_end { f64::INFINITY } else { self.newest_s() };
        for track in self.tracks.iter_mut().flatten() {
            if track.is_silent(newest_s) && track.tracker.is_waiting() {
                track.flush();
            }
        }
        while let Some(index) = self.next_index() {
            let mut cells = [None, None];
            for (cell, track) in cells.iter_mut().zip(&self.tracks) {
                let Some(track) = track else { continue };
                match track.cell(index, newest_s) {
                    Cell::Here(placed) => *cell = Some(placed),
                    Cell::Missing => {}
                    Cell::NotYet => return,
                }
            }
            self.cursor = Some(index + 1);
            self.first.get_or_insert(index);
            self.silent = cells.iter().all(Option::is_none);
            self.note_gaps(index, &cells, sink);
            for track in self.tracks.iter_mut().flatten() {
                track.drop_up_to(index);
            }
            self.body(index, cells, model, sink);
        }
    }

    /// The next cell to give: after the last one, or the first any pod has; `None` when no pod holds a cell.
    /// Of a long silence of all pods only the first cell is given, so that a clock jump costs no time.
    fn next_index(&mut self) -> Option<i64> {
        let fronts = self
            .tracks
            .iter()
            .flatten()
            .filter_map(|track| Some(track.queue.front()?.index));
        let first = fronts.min()?;
        let Some(cursor) = self.cursor else {
            return Some(first);
        };
        let skips = std::mem::take(&mut self.silent) && first - cursor > LONGEST_SILENCE_CELLS;
        Some(if skips { first } else { cursor })
    }

    fn body(
        &mut self,
        index: i64,
        cells: [Option<PlacedSample>; 2],
        model: &dyn LeanModel,
        sink: &mut dyn FnMut(Event),
    ) {
        let [chest, pelvis] = cells.map(|cell| cell.map(|placed| placed.segment));
        let body = BodySample {
            time_s: time_s(index),
            chest,
            pelvis,
        };
        sink(Event::Body(body));
        if let Some(step) = self.detector.push(index, &body) {
            sink(Event::Step(step));
            if let Some(reading) = self.windows.push(&step, self.circumstances(), model) {
                sink(Event::Reading(reading));
            }
        }
    }

    fn note_gaps(&mut self, index: i64, cells: &[Option<PlacedSample>; 2], sink: &mut dyn FnMut(Event)) {
        for ((site, track), cell) in Site::ALL.into_iter().zip(&mut self.tracks).zip(cells) {
            let Some(track) = track else { continue };
            let clipped = cell.is_some_and(|placed| placed.clipped);
            let mut give = |gap| sink(Event::Gap(gap));
            track
                .holes
                .note(site, index, [cell.is_none(), clipped], &mut give);
        }
    }

    /// A hole that lasts to the end is a hole too.
    fn close_gaps(&mut self, sink: &mut dyn FnMut(Event)) {
        let Some(end) = self.cursor else { return };
        for (site, track) in Site::ALL.into_iter().zip(&mut self.tracks) {
            let Some(track) = track else { continue };
            track.holes.close(site, end, &mut |gap| sink(Event::Gap(gap)));
        }
    }
}
