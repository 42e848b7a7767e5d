//! The pipeline's notes of holes: cell by cell while they last, and what is still one at the end.
//!
//! Carries no sample. Invariant: each hole is given once.

use super::{Cells, Pipeline};
use crate::{
    body::{
        sample::{GRID_HZ, time_s},
        segment::CellState,
        slip::Moved,
    },
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
        cells: &Cells,
        idle: [bool; 2],
        sink: &mut dyn FnMut(Event),
    ) {
        let tracks = Site::LEAN.into_iter().zip(&mut self.tracks);
        for ((site, track), (cell, idle)) in tracks.zip(cells.iter().zip(idle)) {
            let Some(track) = track else { continue };
            // Nearly every cell: nothing is wrong with it, and nothing was with the one before.
            let sound = cell.as_ref().is_some_and(CellState::is_sound)
                && !track.tracker.has_dead_axis()
                && !track.tracker.weighs_wrongly();
            if sound && !idle && !track.holes.are_open() {
                continue;
            }
            let stuck = cell.is_none() && track.tracker.is_stuck_at(time_s(index));
            let trouble = Trouble {
                missing: cell.is_none() && !stuck,
                clipped: cell.is_some_and(|cell| cell.clipped),
                frozen: stuck || track.tracker.has_dead_axis(),
                idle,
                disputed: cell
                    .is_some_and(|cell| (cell.disputed || track.tracker.weighs_wrongly()) && cell.runs),
                moved: cell.and_then(|cell| cell.moved),
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
        let Some(cursor) = self.cursor else { return };
        let stuck_s = self.tracks.iter().flatten();
        let stuck_s = stuck_s.filter_map(|track| track.tracker.stuck_until_s());
        let stuck_until = stuck_s.map(|time_s| (time_s * GRID_HZ) as i64 + 1).max();
        // Of sensors that have all stopped no cell came any more.
        let end = stuck_until.map_or(cursor, |until| until.max(cursor));
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
            if end > cursor {
                let frozen = track.tracker.stuck_until_s().is_some();
                let trouble = Trouble {
                    frozen,
                    missing: !frozen,
                    ..Trouble::default()
                };
                track
                    .holes
                    .note(site, cursor, trouble, &mut |gap| sink(Event::Gap(gap)));
            }
            if let Some(since) = track.tracker.shifted_since() {
                let moved = Some(Moved { since, loose: false });
                let shown = Trouble {
                    moved,
                    ..Trouble::default()
                };
                track
                    .holes
                    .note(site, end, shown, &mut |gap| sink(Event::Gap(gap)));
            }
            track.holes.close(site, end, &mut |gap| sink(Event::Gap(gap)));
        }
    }
}
