//! The pipeline's notes of holes: cell by cell while they last, and what is still one at the end.
//!
//! Carries no sample. Invariant: each hole is given once.

use super::Pipeline;
use crate::{
    body::{sample::time_s, segment::PlacedSample},
    pod::site::Site,
    session::{
        holes::Trouble,
        pipeline::Event,
        report::{Gap, GapReason},
    },
};

impl Pipeline {
    pub(super) fn note_gaps(
        &mut self,
        index: i64,
        cells: &[Option<PlacedSample>; 2],
        idle: [bool; 2],
        sink: &mut dyn FnMut(Event),
    ) {
        let tracks = Site::LEAN.into_iter().zip(&mut self.tracks);
        for ((site, track), (cell, idle)) in tracks.zip(cells.iter().zip(idle)) {
            let Some(track) = track else { continue };
            let stuck = cell.is_none() && track.tracker.is_stuck();
            let trouble = Trouble {
                missing: cell.is_none() && !stuck,
                clipped: cell.as_ref().is_some_and(|placed| placed.clipped),
                frozen: stuck || track.tracker.has_dead_axis(),
                idle,
                disputed: cell.as_ref().is_some_and(|placed| placed.disputed && placed.runs),
                moved: cell.as_ref().and_then(|placed| placed.moved),
            };
            track
                .holes
                .note(site, index, trouble, &mut |gap| sink(Event::Gap(gap)));
        }
    }

    /// The clocks of the pods are not apart any more, or the recording ends.
    pub(super) fn close_apart(&mut self, end: i64, sink: &mut dyn FnMut(Event)) {
        if let Some(since) = self.apart_since.take() {
            sink(Event::Gap(Gap {
                start_s: time_s(since),
                end_s: time_s(end),
                site: None,
                reason: GapReason::ClocksApart,
            }));
        }
    }

    /// A hole that lasts to the end is a hole too.
    pub(super) fn close_gaps(&mut self, sink: &mut dyn FnMut(Event)) {
        if let Some(gap) = self.gated.close() {
            sink(Event::Gap(gap));
        }
        let Some(end) = self.cursor else { return };
        self.close_apart(end, sink);
        if let Some(first) = self.first.filter(|_| self.places.in_doubt()) {
            sink(Event::Gap(Gap {
                start_s: time_s(first),
                end_s: time_s(end),
                site: None,
                reason: GapReason::Swapped,
            }));
        }
        for (site, track) in Site::LEAN.into_iter().zip(&mut self.tracks) {
            let Some(track) = track else { continue };
            track.holes.close(site, end, &mut |gap| sink(Event::Gap(gap)));
        }
    }
}
