//! Twelve weeks of one learner under one coach: runs, check-ins, self-tests and drills, with days that are missed.
//!
//! Counts and prints nothing. Invariant: a drill is started only where the gate lets it, as the app does, and what was
//! told of pain is held against it a second time here.

use std::collections::BTreeSet;

use plumbline_core::{
    cause::Cause,
    drill::{
        DrillId, DrillResult, Finding,
        catalog::{Drill, PhaseKind},
        check_in::CheckIn,
        gate::{GateInput, LastCheckIn, may_start},
        progression::{Known, progress},
    },
    session::plan::{Course, Entry, Event, Plan, known, plan},
    units::Timestamp,
};
use rand::RngExt;

use crate::{learner::Learner, run};

const DAYS: u32 = 84;
const DAY_US: i64 = 86_400_000_000;
const HOUR_US: i64 = 3_600_000_000;
const START: Timestamp = Timestamp(1_800_000_000_000_000);
/// A day that was meant for running or for drills and is not used.
const MISSED: f64 = 0.15;
/// A self-test that is asked for is done.
const TESTED: f64 = 0.7;
/// The session after which causes are looked at.
pub(crate) const LOOKED_AT: usize = 3;

/// Who chooses the drills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coach {
    /// The core's plan.
    Ours,
    /// Any open drill.
    Random,
    /// The next one of the catalogue that is not mastered.
    InOrder,
}

/// What twelve weeks came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// The named causes and none, likeliest first, after the third run and the morning after it.
    pub(crate) ranked: Vec<Cause>,
    /// Drill sessions of more lean that were practised while they would hurt.
    pub(crate) harmful: u32,
    /// Drills started against what was told of pain.
    pub(crate) through_closed: u32,
    /// Drill sessions, and those the gate sent home.
    pub(crate) drills: u32,
    pub(crate) sent_home: u32,
    /// Drill sessions until the fault no longer showed; until a drill named for it was mastered.
    pub(crate) resolved_after: Option<u32>,
    pub(crate) mastered_after: Option<u32>,
    /// Cues and minutes of drills, by week.
    pub(crate) speech: [[f64; 2]; 12],
}

/// The learner, what the coach knows, and what came of it.
struct Weeks {
    learner: Learner,
    coach: Coach,
    course: Course,
    outcome: Outcome,
    now: Timestamp,
    last_drill: Option<Timestamp>,
}

/// Lives `sessions` runs, or all twelve weeks.
pub(crate) fn live(learner: Learner, coach: Coach, sessions: Option<usize>) -> Outcome {
    let onboarding = learner.onboarding.clone();
    let mut weeks = Weeks {
        learner,
        coach,
        course: Course::default(),
        outcome: Outcome::default(),
        now: START,
        last_drill: None,
    };
    weeks.take(Event::Onboarding(onboarding));
    weeks.drill(0, DrillId::D0);
    for day in 0..DAYS {
        weeks.day(day);
        let looked = weeks.outcome.ranked.len();
        if sessions.is_some_and(|sessions| looked > 0 && weeks.course.runs.len() >= sessions) {
            break;
        }
    }
    weeks.outcome
}

impl Weeks {
    fn take(&mut self, event: Event) {
        self.course.take(Entry { at: self.now, event });
    }

    fn at(&mut self, day: u32, hour: i64) {
        self.now = Timestamp(START.0 + i64::from(day) * DAY_US + hour * HOUR_US);
    }

    fn day(&mut self, day: u32) {
        self.learner.sleep();
        // Three runs a week until the own band is known, then one that is recorded.
        let runs: &[u32] = if day < 14 { &[0, 2, 4] } else { &[2] };
        let (runs, drills) = (runs.contains(&(day % 7)), [1, 5].contains(&(day % 7)));
        if runs && self.coach == Coach::Ours && !self.learner.chance(MISSED) {
            self.at(day, 8);
            let seen = run::seen(&mut self.learner, &self.course);
            self.take(Event::Run(Box::new(seen)));
            self.at(day, 20);
            self.check_in();
            self.at(day, 21);
            self.self_test();
            if self.course.runs.len() == LOOKED_AT && self.outcome.ranked.is_empty() {
                let causes = plan(&self.course, self.now).causes;
                self.outcome.ranked = causes.iter().map(|cause| cause.cause).collect();
            }
        }
        if drills && !self.learner.chance(MISSED) {
            self.at(day, 7);
            self.check_in();
            self.at(day, 8);
            match self.choice() {
                Some(drill) => self.drill(day / 7, drill),
                None => self.outcome.sent_home += 1,
            }
            self.at(day, 9);
            self.check_in();
        }
    }

    fn check_in(&mut self) {
        let severity = self.learner.severity;
        let mut rng = self.learner.rng().clone();
        let said = self.learner.telling.check_in(severity, &mut rng);
        *self.learner.rng() = rng;
        self.take(Event::CheckIn(said));
    }

    fn self_test(&mut self) {
        let Some(test) = plan(&self.course, self.now).next_self_test else {
            return;
        };
        if self.learner.chance(TESTED) {
            let severity = self.learner.severity;
            let mut rng = self.learner.rng().clone();
            let result = self.learner.telling.test(test, severity, &mut rng);
            *self.learner.rng() = rng;
            self.take(Event::SelfTest(test, result));
        }
    }

    /// The drill this coach wants, if its gate is open.
    fn choice(&mut self) -> Option<DrillId> {
        if self.coach == Coach::Ours {
            let plan = plan(&self.course, self.now);
            return plan.drill.filter(|drill| self.gate(*drill, &plan));
        }
        let known = Known {
            findings: BTreeSet::from([Finding::LeansTooFar, Finding::Arches, Finding::HoldsHeadBack]),
            ..Known::default()
        };
        let open = progress(&self.course.drills, &known, self.now);
        let told = self.course.said();
        let may: Vec<DrillId> = open
            .unlocked
            .iter()
            .copied()
            .filter(|drill| *drill != DrillId::D0 && told.is_none_or(|said| !forbids(said, None, *drill)))
            .collect();
        match self.coach {
            Coach::Random if may.is_empty() => None,
            Coach::Random => {
                let at = self.learner.rng().random_range(0..may.len());
                may.get(at).copied()
            }
            _ => {
                let next = may.iter().find(|drill| !open.mastered.contains(drill));
                next.or(may.last()).copied()
            }
        }
    }

    /// The gate as the app asks it.
    fn gate(&self, drill: DrillId, plan: &Plan) -> bool {
        let said = self.course.check_ins.last();
        let last = said.map(|(at, said)| LastCheckIn {
            age_hours: self.now.seconds_since(*at) / 3600.0,
            drill_since: self.last_drill.is_some_and(|drill| drill > *at),
            said: said.clone(),
            rises: self.course.pain_rises(),
        });
        let input = GateInput {
            check_in: last,
            not_now: self.course.not_now(),
            calibration_age_hours: Some(0.1),
            unlocked: plan.unlocked.clone(),
            leans_too_far: known(&plan.causes, &self.course).leans_too_far,
            chest_live: true,
            pelvis_live: true,
        };
        may_start(drill, &input).is_ok()
    }

    fn drill(&mut self, week: u32, drill: DrillId) {
        let mut latest = self.course.check_ins.iter().rev().map(|(_, said)| said);
        let (said, before) = (latest.next(), latest.next());
        let closed = said.is_some_and(|said| forbids(said, before, drill));
        self.outcome.through_closed += u32::from(closed);
        let share = match self.coach {
            Coach::Ours => plan(&self.course, self.now).feedback_share,
            _ => progress(&self.course.drills, &Known::default(), self.now).feedback_share,
        };
        let mastered = progress(&self.course.drills, &Known::default(), self.now).mastered;
        let has = |one| mastered.contains(&one);
        let hurts = self
            .learner
            .would_be_hurt(drill, has(DrillId::D3), has(DrillId::D7));
        self.outcome.harmful += u32::from(hurts);
        let outcomes = self.learner.practise(drill, share > 0.0, hurts);
        let result = Drill::of(drill).result(self.now, share > 0.0, &outcomes);
        self.speak(week, &result, share);
        self.last_drill = Some(self.now);
        self.take(Event::Drill(result));
        self.outcome.drills += u32::from(drill != DrillId::D0);
        self.note();
    }

    /// One image at the start, and a cue after a repetition that was not as asked, as often as the fade lets it.
    fn speak(&mut self, week: u32, result: &DrillResult, share: f64) {
        let drill = Drill::of(result.drill);
        let seconds: f64 = drill.phases.iter().map(|phase| seconds(phase.kind)).sum();
        let missed = f64::from(result.seen - result.passed);
        if let Some(sum) = self.outcome.speech.get_mut(week as usize) {
            sum[0] += 1.0 + share * missed;
            sum[1] += seconds / 60.0;
        }
    }

    fn note(&mut self) {
        let drills = self.outcome.drills;
        let named = self.learner.truth.drills();
        if self.learner.is_resolved() {
            self.outcome.resolved_after.get_or_insert(drills);
        }
        let mastered = progress(&self.course.drills, &Known::default(), self.now).mastered;
        if mastered.iter().any(|drill| named.contains(drill)) {
            self.outcome.mastered_after.get_or_insert(drills);
        }
    }
}

/// How long a phase takes, seconds: eight for a repetition, half a second for a step. Ours.
fn seconds(phase: PhaseKind) -> f64 {
    match phase {
        PhaseKind::Hold { seconds }
        | PhaseKind::Rest { seconds }
        | PhaseKind::For { seconds }
        | PhaseKind::Run { seconds, .. } => seconds,
        PhaseKind::Steps { count } => 0.5 * f64::from(count),
        PhaseKind::Repetitions { count } => 8.0 * f64::from(count),
    }
}

/// What the pain rules forbid, written down a second time.
fn forbids(said: &CheckIn, before: Option<&CheckIn>, drill: DrillId) -> bool {
    let gentle = matches!(drill, DrillId::D0 | DrillId::D1 | DrillId::D2);
    let hard = |pain: &plumbline_core::drill::check_in::Pain| pain.level >= 3 || pain.sharp || pain.limping;
    let here = Drill::of(drill).not_with.iter().flat_map(|not| not.places);
    said.pain.iter().any(hard)
        || !said.signs.is_empty()
        || here.into_iter().any(|place| said.level(*place) > 0)
        || (said.rises_from(before) && !gentle)
}
