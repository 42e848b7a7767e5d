//! What a segment's tracker keeps beside its mounting: an earlier session's word, a swaying stand, a stuck sensor.
//!
//! Decides nothing about angles. Invariant: each is told once, and forgotten when it no longer holds.

use glam::DVec3;

use crate::{
    body::{
        mount::NeutralFinder,
        resample::GridSample,
        sample::{Neutral, time_s},
        stillness::Stillness,
    },
    pod::sample::ImuSample,
};

/// A sensor that repeats itself for so long while its runner runs has stopped, seconds. Ours: a slow output of 26 Hz
/// that is sent four times over repeats itself for 0.03.
const STUCK_S: f64 = 0.1;

/// What became of a mounting from an earlier session.
#[derive(Default)]
pub(super) struct Earlier {
    /// No stand of this session has confirmed it.
    pub(super) awaits_stand: bool,
    pub(super) first: Option<i64>,
    /// For one cell: since when the pod sat otherwise than it said.
    pub(super) shifted_since: Option<i64>,
}

/// The stands of a body that sways: what there is where no better stand is.
pub(super) struct Swaying {
    stillness: Stillness,
    pub(super) finder: NeutralFinder,
    pub(super) stands: Vec<Neutral>,
}

impl Default for Swaying {
    fn default() -> Self {
        Self {
            stillness: Stillness::swaying(),
            finder: NeutralFinder::default(),
            stands: Vec::new(),
        }
    }
}

impl Swaying {
    pub(super) fn push(&mut self, grid: &GridSample) {
        let rotation = grid.angular_velocity.unwrap_or(DVec3::ZERO);
        let still = self.stillness.push(grid.specific_force, rotation);
        let found = self.finder.push(time_s(grid.index), still, grid.specific_force);
        self.stands.extend(found);
    }
}

/// How often a pod has sent the very same values in a row.
#[derive(Default)]
pub(super) struct Repeats {
    since_s: f64,
    pub(super) stuck: bool,
}

impl Repeats {
    /// Whether this sample is, after the `last` one that was used, one of a row without any change in full run: a sensor that has stopped.
    pub(super) fn push(&mut self, sample: &ImuSample, last: Option<&ImuSample>, runs: bool) -> bool {
        let same = last.is_some_and(|last| {
            last.specific_force == sample.specific_force && last.angular_velocity == sample.angular_velocity
        });
        if !same {
            self.since_s = sample.time_s;
            self.stuck = false;
        }
        self.stuck |= runs && sample.time_s - self.since_s > STUCK_S;
        self.stuck
    }
}
