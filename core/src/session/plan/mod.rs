//! What the coach says after everything that happened so far: stop or not, likely causes, the one drill, what is open.
//!
//! Stores nothing and chooses no words. Invariants: a pure function of the course; time alone never opens a gate that
//! pain shut.

mod course;
mod probe;

use self::course::RUNS;
pub use self::course::{CHECK_INS, Course, Entry, Event, RunSoFar};
use crate::{
    cause::{
        Cause, Evidence, RankedCause, rank,
        seen::RunSeen,
        self_test::{SelfTest, next_self_test},
    },
    drill::{
        DrillId,
        catalog::{Drill, Opening},
        gate::{self, Stop},
        message::{Argument, Message},
        progression::{History, Known, NextReason, Progress},
    },
    lean::band::OwnReference,
    units::Timestamp,
};

/// Days after which a self-test may be asked again. Ours.
const SELF_TEST_DAYS: f64 = 14.0;

/// What the coach says.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What shuts every drill; `None` when nothing does.
    pub stop: Option<Stop>,
    /// Every cause, most likely first.
    pub causes: Vec<RankedCause>,
    /// The self-test that would tell most; `None` when none would, or while everything is shut.
    pub next_self_test: Option<SelfTest>,
    /// The runner's own references at the last run's speed.
    pub own: OwnReference,
    /// The one drill to do next; `None` for rest.
    pub drill: Option<DrillId>,
    /// Why that one, or why none.
    pub why: Why,
    /// Drills that are not open, each with what opens it.
    pub locked: Vec<(DrillId, Opening)>,
    /// Drills that are open, in catalogue order.
    pub unlocked: Vec<DrillId>,
    /// Drills that are mastered, in catalogue order.
    pub mastered: Vec<DrillId>,
    /// Share of the next drill session's time with feedback, 0 to 1.
    pub feedback_share: f64,
    /// When a run without help is to show what stayed; `None` when none is due.
    pub probe_due: Option<Timestamp>,
}

/// Why a drill is next, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something shuts every drill.
    Stop(Stop),
    /// A little pain grows: rest, or a gentle drill.
    PainGrows,
    /// Every drill that would come next loads a place that hurts.
    Hurts,
    /// The likeliest cause asks for it; message, takes the drill's title.
    Cause(&'static str),
    /// It opens the way to this one, which the likeliest cause asks for.
    OnTheWay(DrillId),
    /// Where practice stands.
    Practice(NextReason),
}

impl Plan {
    /// Why this drill, or none, as a sentence.
    #[must_use]
    pub fn reason(&self) -> Message {
        let titled =
            |id, name, drill: DrillId| Message::plain(id).with(name, Argument::Named(Drill::of(drill).title));
        match (self.why, self.drill) {
            (Why::Stop(stop), _) => Message::plain(stop.message()),
            (Why::PainGrows, _) => Message::plain("gate-pain-grows"),
            (Why::Hurts, _) | (_, None) => Message::plain("why-hurts"),
            (Why::Cause(message), Some(drill)) => titled(message, "drill", drill),
            (Why::OnTheWay(to), Some(drill)) => {
                titled("why-on-the-way", "drill", drill).with("then", Argument::Named(Drill::of(to).title))
            }
            (Why::Practice(reason), Some(drill)) => titled(reason.message(), "drill", drill),
        }
    }
}

/// What the coach says after `course`, at `now`.
#[must_use]
pub fn plan(course: &Course, now: Timestamp) -> Plan {
    let causes = rank(&course.evidence());
    let known = known(&causes, course);
    let history = History::of(&course.drills);
    let progress = history.progress(&known, now);
    let stop = gate::stop(course.said(), course.not_now());
    let (drill, why) = match stop {
        Some(stop) => (None, Why::Stop(stop)),
        None => next(course, &causes, &known, &progress, |known| {
            history.progress(known, now)
        }),
    };
    let all = Drill::ALL.iter();
    Plan {
        stop,
        next_self_test: (stop.is_none() && course.has_something_to_ask_about())
            .then(|| next_self_test(&causes, |test| course.tested_within(test, SELF_TEST_DAYS, now)))
            .flatten(),
        own: course.own(),
        drill,
        why,
        locked: all
            .filter(|drill| !progress.unlocked.contains(&drill.id))
            .map(|drill| (drill.id, drill.opening))
            .collect(),
        unlocked: progress.unlocked,
        mastered: progress.mastered,
        feedback_share: drill.map_or(0.0, |_| progress.feedback_share),
        probe_due: probe::due(course, &history, now),
        causes,
    }
}

/// What the causes ask for, open and keep away.
#[must_use]
pub fn known(causes: &[RankedCause], course: &Course) -> Known {
    let found = causes.iter().filter(|cause| cause.is_found());
    let findings = found.clone().filter_map(|cause| cause.cause.finding()).collect();
    let first = causes.iter().find(|cause| !cause.cause.drills().is_empty());
    let likeliest = first.filter(|first| {
        first.is_found()
            && causes
                .first()
                .is_some_and(|most| most.probability < 2.0 * first.probability)
    });
    let wanted = likeliest
        .map(|cause| cause.cause.drills().to_vec())
        .unwrap_or_default();
    let likely = |which: Cause| found.clone().any(|cause| cause.cause == which);
    Known {
        findings,
        wanted,
        trained: course.onboarding.trained == Some(true),
        leans_too_far: likely(Cause::LeaningTooFar)
            || likely(Cause::LeanRisesWithSpeed)
            || eased_back(causes, course),
        bends: likely(Cause::WaistBend),
    }
}

/// Lean below which somebody who once leaned too far may be asked for more, degrees: a spread below the middle of lab
/// runners (`docs/numbers.md`).
const LITTLE_LEAN_DEG: f64 = 5.0;

/// Whether the runner eased back for leaning too far and nothing asks for more lean since. The own band was learned while
/// it was too much: half way back the lean lies in it or below, and is still no little lean.
fn eased_back(causes: &[RankedCause], course: &Course) -> bool {
    let wants_more = |first: &RankedCause| match first.cause {
        Cause::NotLeaningEnough => course.leans_little(),
        // What comes after easing back is the dial at its slow end.
        Cause::LeanRisesWithSpeed => course.has_mastered(DrillId::D7),
        _ => false,
    };
    let practised = |drill| course.drills.iter().any(|result| result.drill == drill);
    practised(DrillId::D7) && !causes.first().is_some_and(wants_more)
}

/// The one drill, and why.
fn next(
    course: &Course,
    causes: &[RankedCause],
    known: &Known,
    progress: &Progress,
    progress_of: impl Fn(&Known) -> Progress,
) -> (Option<DrillId>, Why) {
    if course.pain_rises() {
        let gentle = [DrillId::D1, DrillId::D2].into_iter().find(|drill| {
            known.wanted.contains(drill) && progress.unlocked.contains(drill) && !course.hurts(*drill)
        });
        return (gentle, Why::PainGrows);
    }
    if !course.hurts(progress.next) {
        return (Some(progress.next), why(causes, known, progress));
    }
    // The next best that loads no place that hurts.
    let other = Known {
        wanted: Vec::new(),
        ..known.clone()
    };
    let without = progress_of(&other);
    if course.hurts(without.next) {
        (None, Why::Hurts)
    } else {
        (Some(without.next), Why::Practice(without.why))
    }
}

/// The cause where its drill, or what leads there, is next; else where practice stands.
fn why(causes: &[RankedCause], known: &Known, progress: &Progress) -> Why {
    let cause = causes
        .iter()
        .find(|cause| !known.wanted.is_empty() && cause.cause.drills() == known.wanted)
        .and_then(|cause| cause.cause.why_first_drill());
    let begins = matches!(progress.why, NextReason::Opened | NextReason::NotYet);
    let wanted = known
        .wanted
        .iter()
        .find(|drill| !progress.mastered.contains(drill));
    match (cause, wanted) {
        (Some(message), _) if begins && known.wanted.first() == Some(&progress.next) => Why::Cause(message),
        (Some(_), Some(wanted)) if *wanted == progress.next => Why::Practice(progress.why),
        (Some(_), Some(wanted)) if begins => Why::OnTheWay(*wanted),
        _ => Why::Practice(progress.why),
    }
}

impl Course {
    fn leans_little(&self) -> bool {
        let newest = self.runs.iter().rev().find(|run| run.seen.is_valid());
        newest.is_some_and(|run| run.seen.trunk_lean_deg.is_some_and(|lean| lean < LITTLE_LEAN_DEG))
    }

    /// What causes look at.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let valid = self.runs.iter().rev().filter(|run| run.seen.is_valid());
        let mut runs: Vec<RunSeen> = valid.take(RUNS).map(|run| run.seen.clone()).collect();
        runs.reverse();
        Evidence {
            runs,
            told: self.told(),
        }
    }
}

#[cfg(test)]
mod tests;
