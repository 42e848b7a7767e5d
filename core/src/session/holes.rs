//! Holes in one pod's data, from cell to cell, and stretches of running that are gated, from step to step.
//!
//! Fills none. Invariant: a hole is given once, when it ends, and only when it is long enough to matter.

use super::report::{Gap, GapReason};
use crate::{
    body::{sample::time_s, slip::Moved},
    gait::{steady::Unsteady, step::Step},
    lean::{features::Circumstances, reading::LeanReading, wear::Worn},
    pod::site::Site,
};

/// A hole shorter than this is no gap, seconds. Ours.
const SHORTEST_GAP_S: f64 = 0.1;
/// A pod that lies still for less while the other one runs may only be the first to show that the runner stops, seconds:
/// running is seen over one, rest over half of one. Ours.
const SHORTEST_IDLE_S: f64 = 1.5;
/// Clipped impacts closer than this are one stretch, seconds: the same foot lands again sooner. Ours.
const CLIPS_APART_S: f64 = 1.0;
/// Steps further apart than this are no one stretch, seconds.
const GATED_APART_S: f64 = 0.5;
/// A pod that begins this much after the other, or ends before it, has a hole there, seconds. Ours.
const SHORTEST_END_S: f64 = 1.0;

/// The window, where its pods have lost too much of it to carry a class.
pub(super) fn in_window(reading: &LeanReading, worn: &[Worn; 2]) -> Option<Gap> {
    let reason = GapReason::TooManyHoles;
    worn.iter().any(Worn::has_too_many_holes).then_some(Gap {
        start_s: reading.start_s,
        end_s: reading.end_s,
        site: None,
        reason,
    })
}

/// The window, where a later stand leaves its class open.
pub(super) fn in_doubt(reading: &LeanReading, circumstances: &Circumstances) -> Gap {
    Gap {
        start_s: reading.start_s,
        end_s: reading.end_s,
        site: Some(circumstances.most_turned(reading.start_s)),
        reason: GapReason::StandDiffers,
    }
}

/// The holes of one pod that may still be going on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holes {
    missing: Hole,
    clipped: Clips,
    frozen: Hole,
    idle: Hole,
    disputed: Hole,
    moved: Hole,
    /// The pod that moved is loose.
    loose: bool,
    /// Any of them goes on.
    open: bool,
}

/// What is wrong with one cell of one pod.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "several may be wrong at once")]
pub(super) struct Trouble {
    pub(super) missing: bool,
    pub(super) clipped: bool,
    pub(super) frozen: bool,
    /// It lies still while the other one runs.
    pub(super) idle: bool,
    pub(super) disputed: bool,
    /// How the pod sits otherwise than in its neutral.
    pub(super) moved: Option<Moved>,
}

impl Holes {
    /// The holes of a pod whose first sample comes when the cells from `first` to `cursor` were given without it.
    /// Pods are not switched on at the same instant, so a short wait is none.
    pub(super) fn before_the_first(first: i64, cursor: i64) -> Self {
        let mut holes = Self::default();
        if time_s(cursor) - time_s(first) >= SHORTEST_END_S {
            holes.missing.since = Some(first);
            holes.open = true;
        }
        holes
    }

    /// Ends the holes that go on to the end, at cell `end`: pods are not switched off at the same instant, so a short
    /// one is none.
    pub(super) fn close(&mut self, site: Site, end: i64, sink: &mut dyn FnMut(Gap)) {
        if let Some((start_s, end_s)) = self.clipped.close() {
            sink(Gap {
                start_s,
                end_s,
                site: Some(site),
                reason: GapReason::Clipped,
            });
        }
        self.note(site, end, Trouble::default(), &mut |gap| {
            if gap.end_s - gap.start_s >= SHORTEST_END_S {
                sink(gap);
            }
        });
    }

    /// Notes what is wrong with a cell; gives each hole that ended before it.
    #[inline]
    pub(super) fn note(&mut self, site: Site, index: i64, trouble: Trouble, sink: &mut dyn FnMut(Gap)) {
        if self.open || trouble != Trouble::default() {
            self.note_trouble(site, index, trouble, sink);
            self.open = self.is_open();
        }
    }

    /// Whether any hole goes on, so that a sound cell ends it.
    pub(super) fn are_open(&self) -> bool {
        self.open
    }

    fn is_open(&self) -> bool {
        let spans = [self.missing, self.frozen, self.idle, self.disputed, self.moved];
        self.clipped.span.is_some() || spans.iter().any(|hole| hole.since.is_some())
    }

    fn note_trouble(&mut self, site: Site, index: i64, trouble: Trouble, sink: &mut dyn FnMut(Gap)) {
        if let Some(moved) = trouble.moved {
            self.moved.since.get_or_insert(moved.since);
            self.loose = moved.loose;
        }
        // A pod that sends nothing for a while sits no better after it.
        let moves = trouble.moved.is_some() || (trouble.missing && self.moved.since.is_some());
        let ended = [
            (self.missing.note(index, trouble.missing), GapReason::Missing),
            (self.clipped.note(index, trouble.clipped), GapReason::Clipped),
            (self.frozen.note(index, trouble.frozen), GapReason::Frozen),
            (
                self.idle
                    .note(index, trouble.idle)
                    .filter(|(from_s, to_s)| to_s - from_s >= SHORTEST_IDLE_S),
                GapReason::Frozen,
            ),
            (
                self.disputed.note(index, trouble.disputed),
                GapReason::SensorsDisagree,
            ),
            (
                self.moved.note(index, moves),
                if self.loose {
                    GapReason::Loose
                } else {
                    GapReason::MountMoved
                },
            ),
        ];
        for (span, reason) in ended {
            let Some((start_s, end_s)) = span else { continue };
            sink(Gap {
                start_s,
                end_s,
                site: Some(site),
                reason,
            });
        }
    }
}

/// Clipped impacts: each lasts hundredths of a second, so those of neighbouring steps are one stretch.
#[derive(Clone, Copy, Debug, Default)]
struct Clips {
    span: Option<[i64; 2]>,
}

impl Clips {
    fn note(&mut self, index: i64, bad: bool) -> Option<(f64, f64)> {
        match (&mut self.span, bad) {
            (Some([_, last]), true) => {
                *last = index;
                None
            }
            (None, true) => {
                self.span = Some([index; 2]);
                None
            }
            (Some([_, last]), false) if time_s(index) - time_s(*last) > CLIPS_APART_S => self.close(),
            _ => None,
        }
    }

    fn close(&mut self) -> Option<(f64, f64)> {
        let [first, last] = self.span.take()?;
        Some((time_s(first), time_s(last + 1)))
    }
}

/// Stretches of running that no mean is taken over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gated {
    span: Option<(f64, f64, Unsteady)>,
}

impl Gated {
    /// Notes a step and why it is not steady; gives the stretch that ended before it.
    pub(super) fn note(&mut self, step: &Step, reason: Option<Unsteady>) -> Option<Gap> {
        let (start_s, end_s) = (
            step.initial_contact_s,
            step.initial_contact_s + 60.0 / step.cadence.0,
        );
        let reason = reason.filter(|_| step.running);
        if let Some((_, end, of)) = &mut self.span
            && reason == Some(*of)
            && start_s - *end < GATED_APART_S
        {
            *end = end_s;
            return None;
        }
        let ended = self.close();
        self.span = reason.map(|reason| (start_s, end_s, reason));
        ended
    }

    /// Ends the stretch that goes on.
    pub(super) fn close(&mut self) -> Option<Gap> {
        let (start_s, end_s, reason) = self.span.take()?;
        Some(Gap {
            start_s,
            end_s,
            site: None,
            reason: match reason {
                Unsteady::Pace => GapReason::NotSteady,
                Unsteady::Turning => GapReason::Turning,
                Unsteady::Grade => GapReason::Grade,
            },
        })
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Hole {
    since: Option<i64>,
}

impl Hole {
    /// Notes one cell; gives the span of the hole that ended with it, seconds.
    fn note(&mut self, index: i64, bad: bool) -> Option<(f64, f64)> {
        match (self.since, bad) {
            (None, true) => {
                self.since = Some(index);
                None
            }
            (Some(since), false) => {
                self.since = None;
                let span = (time_s(since), time_s(index));
                (span.1 - span.0 >= SHORTEST_GAP_S).then_some(span)
            }
            _ => None,
        }
    }
}
