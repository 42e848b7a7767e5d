//! Speed and grade of a recording's stretches, told to the pipeline as a phone would have told them live.
//!
//! Judges nothing. Invariant: a stretch is told from its own time on, never before.

use crate::{
    cause::seen::Stretch, gait::terrain::Fix, lean::band::OwnReference, session::pipeline::Pipeline,
};

/// A stretch of a run at one speed, and what the running there is judged against.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OwnStretch {
    /// Where, how fast and on which grade.
    pub stretch: Stretch,
    /// The runner's own references at this speed.
    pub own: OwnReference,
}

/// Fixes a second that a stretch is told by: as a phone would. Ours.
const FIXES_HZ: f64 = 1.0;

/// Tells a pipeline of the stretches as their time comes.
pub(super) struct StretchTeller<'a> {
    known: &'a [OwnStretch],
    next: usize,
    fixed_s: f64,
}

impl<'a> StretchTeller<'a> {
    /// The first one the pipeline began with.
    pub(super) const fn new(known: &'a [OwnStretch]) -> Self {
        Self {
            known,
            next: 1,
            fixed_s: f64::NEG_INFINITY,
        }
    }

    pub(super) fn tell(&mut self, time_s: f64, pipeline: &mut Pipeline) {
        while let Some(known) = self
            .known
            .get(self.next)
            .filter(|known| known.stretch.start_s <= time_s)
        {
            pipeline.judge_against(known.stretch.start_s, known.own);
            self.next += 1;
        }
        let Some(now) = self.next.checked_sub(1).and_then(|at| self.known.get(at)) else {
            return;
        };
        let Stretch { speed_mps, grade, .. } = now.stretch;
        let due = time_s - self.fixed_s >= 1.0 / FIXES_HZ;
        if due && (speed_mps.is_some() || grade.is_some()) {
            self.fixed_s = time_s;
            pipeline.fix(Fix {
                time_s,
                speed_mps,
                grade,
                ..Fix::default()
            });
        }
    }
}
