//! Everything that happened to a runner so far, folded as it came.
//!
//! Judges nothing. Invariant: entries come in the order of their times; check-ins of one moment count as one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    cause::{
        seen::RunSeen,
        self_test::{SelfTest, SelfTestResult},
        told::{LOOKED_BACK, Onboarding, Told},
    },
    drill::{
        DrillId, DrillResult,
        catalog::Drill,
        check_in::CheckIn,
        gate::{self, NotNow},
        progression::mastered_at,
    },
    lean::band::{EarlierRun, OwnCurve, OwnReference},
    units::Timestamp,
};

/// Check-ins from so many hours before a run to so many after it belong to it. Ours: the day before and the next morning.
const BELONGS_HOURS: [f64; 2] = [24.0, 36.0];
/// Check-ins older than this no longer speak for a cause, days. Ours.
const SYMPTOM_DAYS: f64 = 21.0;

/// Check-ins the coach looks back on: three weeks of one each day. Ours.
pub const CHECK_INS: usize = 21;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The answers at the beginning, or their renewal.
    Onboarding(Onboarding),
    /// How the body feels.
    CheckIn(CheckIn),
    /// A self-test was done.
    SelfTest(SelfTest, SelfTestResult),
    /// A run.
    Run(Box<RunSeen>),
    /// A drill session.
    Drill(DrillResult),
}

/// Valid runs the own usual and the causes look back on: a year and more of three a week. What was usual before that is
/// no longer, and the plan stays quick after ten years. Ours.
pub(super) const RUNS: usize = 200;

/// A run and when it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunSoFar {
    /// When it was.
    pub at: Timestamp,
    /// What it showed.
    pub seen: RunSeen,
    /// Whether the runner told of symptoms around it: such a run never makes a departure the new usual.
    #[serde(default)]
    pub symptoms: bool,
}

/// Everything so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The answers at the beginning.
    pub onboarding: Onboarding,
    /// Check-ins, oldest first, at most [`CHECK_INS`].
    pub check_ins: Vec<(Timestamp, CheckIn)>,
    /// The last result of each self-test.
    pub self_tests: BTreeMap<SelfTest, (Timestamp, SelfTestResult)>,
    /// Runs, oldest first.
    pub runs: Vec<RunSoFar>,
    /// Drill sessions.
    pub drills: Vec<DrillResult>,
}

impl Course {
    /// Takes what happened next.
    pub fn take(&mut self, Entry { at, event }: Entry) {
        match event {
            // Silence on what leaves no drill for now takes nothing back.
            Event::Onboarding(answers) => {
                let not_now = answers.not_now.clone().or(self.onboarding.not_now.take());
                self.onboarding = Onboarding { not_now, ..answers };
            }
            Event::CheckIn(said) => self.check_in(at, said),
            Event::SelfTest(test, result) => {
                self.self_tests.insert(test, (at, result));
            }
            Event::Run(seen) => self.runs.push(RunSoFar {
                at,
                seen: *seen,
                symptoms: self.symptoms_around(at),
            }),
            Event::Drill(result) => self.drills.push(result),
        }
    }

    /// A course of what a history kept, each in the order of its times.
    #[must_use]
    pub fn kept(
        mut runs: Vec<RunSoFar>,
        drills: Vec<DrillResult>,
        check_ins: Vec<(Timestamp, CheckIn)>,
    ) -> Self {
        let told = |run: &RunSoFar| {
            let mut told = check_ins.iter();
            told.any(|(at, said)| belongs(*at, run.at) && said.has_symptoms())
        };
        let symptoms: Vec<bool> = runs.iter().map(told).collect();
        for (run, symptoms) in runs.iter_mut().zip(symptoms) {
            run.symptoms = symptoms;
        }
        let surplus = check_ins.len().saturating_sub(CHECK_INS);
        Self {
            runs,
            drills,
            check_ins: check_ins.into_iter().skip(surplus).collect(),
            ..Self::default()
        }
    }

    fn check_in(&mut self, at: Timestamp, said: CheckIn) {
        if said.has_symptoms() {
            for run in self.runs.iter_mut().filter(|run| belongs(at, run.at)) {
                run.symptoms = true;
            }
        }
        match self.check_ins.last_mut() {
            Some((last, before)) if *last == at => before.add(said),
            _ => {
                self.check_ins.push((at, said));
                let surplus = self.check_ins.len().saturating_sub(CHECK_INS);
                self.check_ins.drain(..surplus);
            }
        }
    }

    /// The last check-in.
    #[must_use]
    pub fn said(&self) -> Option<&CheckIn> {
        self.check_ins.last().map(|(_, said)| said)
    }

    /// What was said at the beginning that leaves no drill for now.
    #[must_use]
    pub fn not_now(&self) -> Option<NotNow> {
        self.onboarding.not_now.iter().flatten().min().copied()
    }

    /// Whether pain grew from the check-in before the last to the last.
    #[must_use]
    pub fn pain_rises(&self) -> bool {
        let mut latest = self.check_ins.iter().rev().map(|(_, said)| said);
        let last = latest.next();
        last.is_some_and(|last| last.rises_from(latest.next()))
    }

    /// Whether the last check-in told of pain in a place this drill loads.
    #[must_use]
    pub fn hurts(&self, drill: DrillId) -> bool {
        self.said()
            .is_some_and(|said| gate::hurts(Drill::of(drill), said).is_some())
    }

    /// Whether this drill is mastered by now.
    pub(super) fn has_mastered(&self, drill: DrillId) -> bool {
        mastered_at(&self.drills, drill, Timestamp(i64::MAX)).is_some()
    }

    /// The runner's own usual over speed, learned from the runs so far.
    #[must_use]
    pub fn curve(&self) -> OwnCurve {
        let valid = self.runs.iter().rev().filter(|run| run.seen.is_valid());
        let mut runs: Vec<EarlierRun> = valid
            .take(RUNS)
            .map(|run| run.seen.teaches(run.symptoms))
            .collect();
        runs.reverse();
        OwnCurve::learned(&runs, self.onboarding.trained == Some(true))
    }

    /// The runner's own references at the last run's speed.
    #[must_use]
    pub fn own(&self) -> OwnReference {
        let last = self.runs.last();
        self.curve().at(last.and_then(|run| run.seen.speed_mps))
    }

    fn symptoms_around(&self, run: Timestamp) -> bool {
        let mut told = self.check_ins.iter();
        told.any(|(at, said)| belongs(*at, run) && said.has_symptoms())
    }

    /// What causes hear of the runner.
    pub(super) fn told(&self) -> Told {
        let newest = self.check_ins.last().map(|(at, _)| *at);
        let recent =
            |at: Timestamp| newest.is_some_and(|newest| newest.seconds_since(at) <= SYMPTOM_DAYS * 86_400.0);
        let skipped = self.check_ins.len().saturating_sub(LOOKED_BACK);
        let latest = self.check_ins.iter().skip(skipped);
        Told {
            check_ins: latest
                .filter(|(at, _)| recent(*at))
                .map(|(_, said)| said.clone())
                .collect(),
            self_tests: self
                .self_tests
                .iter()
                .map(|(test, (_, result))| (*test, *result))
                .collect(),
            onboarding: self.onboarding.clone(),
        }
    }

    /// Whether a self-test was done within so many days.
    pub(super) fn tested_within(&self, test: SelfTest, days: f64, now: Timestamp) -> bool {
        self.self_tests
            .get(&test)
            .is_some_and(|(at, _)| now.seconds_since(*at) <= days * 86_400.0)
    }

    /// Whether there is anything yet that a self-test could explain.
    pub(super) fn has_something_to_ask_about(&self) -> bool {
        self.runs.iter().any(|run| run.seen.is_valid())
            || self
                .check_ins
                .iter()
                .any(|(_, said)| said.has_symptoms() || !said.felt.is_empty())
    }
}

/// Whether a check-in belongs to a run.
fn belongs(check_in: Timestamp, run: Timestamp) -> bool {
    let hours = check_in.seconds_since(run) / 3600.0;
    (-BELONGS_HOURS[0]..=BELONGS_HOURS[1]).contains(&hours)
}
