//! One pod's part of the pipeline.
//!
//! Knows nothing of the other pod but the time of its newest sample. Invariant: cells wait in rising order.

use std::collections::VecDeque;

use crate::{
    body::{
        mount::Mounting,
        segment::{PlacedSample, SegmentTracker},
    },
    pod::{sample::ImuSample, site::Site},
    session::{holes::Holes, stream::QUIET_S},
};

/// One pod: from its samples to cells that wait for the other pod's.
#[derive(Default)]
pub(super) struct Track {
    pub(super) tracker: SegmentTracker,
    /// Cells that were not given yet, oldest first.
    pub(super) queue: VecDeque<PlacedSample>,
    /// Of the newest sample, and one that measures.
    pub(super) has_gyro: bool,
    pub(super) samples: u64,
    pub(super) holes: Holes,
}

/// Whether a pod has one grid cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Here,
    Missing,
    NotYet,
}

impl Track {
    /// A pod at `site` that sits as `mounting` says; without one its own stand is looked for. `given` are the first
    /// and the next cell of a session that began without it.
    pub(super) fn new(
        site: Site,
        mounting: Option<Mounting>,
        calibrating: bool,
        given: Option<(i64, i64)>,
    ) -> Self {
        let tracker = match mounting {
            Some(mounting) => SegmentTracker::mounted(mounting),
            None if calibrating => SegmentTracker::calibrating(),
            None => SegmentTracker::default(),
        };
        Self {
            tracker: tracker.at(site),
            holes: given.map_or_else(Holes::default, |(first, cursor)| {
                Holes::before_the_first(first, cursor)
            }),
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, sample: ImuSample) {
        self.samples += 1;
        let queue = &mut self.queue;
        self.tracker.push(sample, &mut |placed| queue.push_back(placed));
        self.has_gyro = sample.angular_velocity.is_some() && !self.tracker.gyro_is_none();
    }

    /// What still waits for later samples becomes cells.
    pub(super) fn flush(&mut self) {
        let queue = &mut self.queue;
        self.tracker.flush(&mut |placed| queue.push_back(placed));
    }

    /// The oldest cell that was not given yet.
    pub(super) fn front(&self) -> Option<i64> {
        Some(self.queue.front()?.index)
    }

    /// Gives cell `index`, where there is one, and forgets those before it.
    pub(super) fn take(&mut self, index: i64) -> Option<PlacedSample> {
        while self.queue.front()?.index < index {
            self.queue.pop_front();
        }
        if self.queue.front()?.index == index {
            self.queue.pop_front()
        } else {
            None
        }
    }

    /// What is known of cell `index` when the newest sample of any pod is from `newest_s`.
    pub(super) fn cell(&self, index: i64, newest_s: f64) -> Cell {
        match self.queue.front() {
            Some(front) if front.index == index => Cell::Here,
            Some(_) => Cell::Missing,
            None if self.is_silent(newest_s) && !self.tracker.is_waiting() => Cell::Missing,
            None => Cell::NotYet,
        }
    }

    /// A pod that has been quiet for so long no longer holds up the other one.
    pub(super) fn is_silent(&self, newest_s: f64) -> bool {
        self.tracker
            .newest_s()
            .is_none_or(|own_s| newest_s - own_s > QUIET_S)
    }
}
