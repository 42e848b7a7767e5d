//! What a segment's tracker keeps beside its mounting: a swaying stand, a stuck sensor.
//!
//! Decides nothing about angles. Invariant: each is told once, and forgotten when it no longer holds.

use std::array;

use glam::DVec3;

use crate::body::{
    mount::NeutralFinder,
    resample::{GridSample, Point},
    sample::{Neutral, time_s},
    stillness::Stillness,
};

/// A sensor that repeats itself for so long while its runner runs has stopped, seconds. Ours: a slow output of 26 Hz
/// that is sent four times over repeats itself for 0.03.
const STUCK_S: f64 = 0.1;
/// And one axis alone for so long, seconds. Ours: twice as long as a whole step holds a clipped one at its end.
const ONE_AXIS_S: f64 = 0.6;
/// An axis that changed for so long without a pause in full run is one that always does, seconds. Ours.
const LIVELY_S: f64 = 5.0;

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

/// How long a pod has sent the very same values, all of them or one.
#[derive(Default)]
pub(super) struct Repeats {
    axes: [Axis; 6],
    /// Every axis is one that changes in running.
    all_lively: bool,
    pub(super) stuck: bool,
}

impl Repeats {
    /// Whether this sample, after the `last` one that was used, shows in full run that the sensor has stopped: no axis
    /// changes, or one does not that changed all the time before.
    #[inline]
    #[expect(clippy::float_cmp, reason = "a sensor that has stopped repeats every bit")]
    pub(super) fn push(&mut self, sample: &Point, last: Option<&Point>, runs: bool) -> bool {
        let same = last.map_or([false; 6], |last| {
            array::from_fn(|k| last.values[k] == sample.values[k])
        });
        if self.all_lively && same == [false; 6] {
            // Nearly every sample of a run: nothing repeats itself, and nothing is left to learn of the axes.
            for axis in &mut self.axes {
                axis.since_s = sample.time_s;
            }
            self.stuck = false;
        } else {
            self.weigh(sample.time_s, same, runs);
        }
        self.stuck
    }

    fn weigh(&mut self, time_s: f64, same: [bool; 6], runs: bool) {
        for (axis, same) in self.axes.iter_mut().zip(same) {
            axis.push(time_s, same, runs);
        }
        self.all_lively = self.axes.iter().all(|axis| axis.lively);
        let all = self.axes.iter().all(|axis| axis.held_s(time_s) > STUCK_S);
        let one = self.axes.iter().any(|axis| axis.hangs(time_s));
        self.stuck = (all || one) && (self.stuck || runs);
    }
}

/// Since when one axis has not changed, and whether it is one that changes in running.
#[derive(Clone, Copy, Default)]
struct Axis {
    since_s: f64,
    lively_since_s: f64,
    lively: bool,
}

impl Axis {
    fn push(&mut self, time_s: f64, same: bool, runs: bool) {
        if !same {
            self.since_s = time_s;
        }
        if !runs || self.held_s(time_s) > STUCK_S {
            self.lively_since_s = time_s;
        }
        self.lively |= time_s - self.lively_since_s > LIVELY_S;
    }

    fn held_s(&self, time_s: f64) -> f64 {
        time_s - self.since_s
    }

    /// An axis that never changed is a made-up one, or one that was never there: it proves nothing.
    fn hangs(&self, time_s: f64) -> bool {
        self.lively && self.held_s(time_s) > ONE_AXIS_S
    }
}
