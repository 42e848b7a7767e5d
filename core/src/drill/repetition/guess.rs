//! D12's repetition: swing a leg back, arched or as one piece, and say which one it was.
//!
//! Judges the runner's own guess, not the movement. Invariant: without an answer, or without both pods, a try is
//! *not seen*.

use super::{
    stand::Stand,
    trace::{Trace, bounce, pelvis_tilt, trunk_lean},
};
use crate::{
    body::sample::BodySample,
    drill::{Answer, Miss, Repetition, RepetitionOutcome, rule::GuessRule},
};

/// Longer than this is no swing of a leg, seconds. Ours.
const LONGEST_S: f64 = 10.0;
/// How long an answer is waited for, seconds. Ours.
const ANSWER_S: f64 = 12.0;
/// A stand may be this far from the neutral, degrees, and this old, seconds. Ours.
const UPRIGHT_DEG: f64 = 3.0;
const STAND_AGE_S: f64 = 30.0;
/// Root mean square of the upward acceleration beyond which the runner walks, m/s². Ours.
const WALKING_MPS2: f64 = 1.5;
/// Width of the mean that takes the tremor out of an angle, seconds. Ours.
const SMOOTH_S: f64 = 0.2;

/// Counts tries.
#[derive(Debug)]
pub(super) struct GuessCounter {
    rule: GuessRule,
    trace: Trace,
    stand: Option<Stand>,
    /// When the try that goes on began.
    began_s: Option<f64>,
    /// What the runner said of the try that goes on or waits.
    said: Option<Answer>,
    waiting: Option<Waiting>,
}

/// A try that is over and waits for its answer.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    saw: Answer,
    one: Repetition,
}

impl GuessCounter {
    pub(super) const fn new(rule: GuessRule) -> Self {
        Self {
            rule,
            trace: Trace::new(LONGEST_S + 2.0),
            stand: None,
            began_s: None,
            said: None,
            waiting: None,
        }
    }

    /// Whether an answer is waited for.
    pub(super) const fn asks(&self) -> bool {
        self.waiting.is_some()
    }

    /// The runner says which way it was.
    pub(super) fn answer(&mut self, answer: Answer) -> Option<Repetition> {
        if !matches!(answer, Answer::Arched | Answer::Tipped) {
            return None;
        }
        let Some(waiting) = self.waiting.take() else {
            self.said = Some(answer).filter(|_| self.began_s.is_some());
            return None;
        };
        Some(waiting.answered(answer))
    }

    pub(super) fn push(&mut self, sample: BodySample) -> Option<Repetition> {
        let now_s = sample.time_s;
        self.trace.push(sample);
        let tilt = self.tilt_deg(now_s);
        let Some(began_s) = self.began_s else {
            self.stand = Stand::find(&self.trace, now_s, self.rule.still, UPRIGHT_DEG).or(self.stand);
            let fresh = self.stand.is_some_and(|stand| now_s - stand.end_s < STAND_AGE_S);
            let begins = fresh && tilt.is_some_and(|tilt| tilt > self.rule.tilt_deg);
            if begins {
                (self.began_s, self.said) = (Some(now_s), None);
            }
            return self.unanswered(now_s, begins);
        };
        let walks = self.trace.series(now_s - 0.5, now_s, bounce).deviation();
        if walks.is_some_and(|shake| shake > WALKING_MPS2) || now_s - began_s > LONGEST_S {
            (self.began_s, self.stand, self.said) = (None, None, None);
            return None;
        }
        if tilt.is_some_and(|tilt| tilt > self.rule.tilt_deg / 2.0) {
            return None;
        }
        self.began_s = None;
        self.over(began_s, now_s)
    }

    /// A try that nobody said anything of.
    fn unanswered(&mut self, now_s: f64, next_begins: bool) -> Option<Repetition> {
        let late = |waiting: &Waiting| next_begins || now_s - waiting.one.end_s > ANSWER_S;
        self.waiting
            .take_if(|waiting| late(waiting))
            .map(|waiting| waiting.one)
    }

    fn over(&mut self, began_s: f64, end_s: f64) -> Option<Repetition> {
        let stand = self.stand?;
        let start_s = stand.end_s.max(began_s - 1.0);
        let one = Repetition::of(start_s, end_s, RepetitionOutcome::NotSeen);
        let missing = self.trace.missing(start_s, end_s, BodySample::waist_bend_deg);
        let bend = stand.bend_deg.and_then(|standing| {
            let bend = self.trace.series(start_s, end_s, BodySample::waist_bend_deg);
            bend.map(|_, bend| bend - standing).smooth(SMOOTH_S).smallest()
        });
        let Some(bend) = bend.filter(|_| missing <= self.rule.missing) else {
            return Some(one);
        };
        let waiting = Waiting {
            saw: if bend < -self.rule.arch_deg {
                Answer::Arched
            } else {
                Answer::Tipped
            },
            one: Repetition {
                trunk_lean_deg: self.trace.series(start_s, end_s, trunk_lean).largest(),
                waist_bend_deg: Some(bend),
                ..one
            },
        };
        let said = self.said.take();
        if said.is_none() {
            self.waiting = Some(waiting);
        }
        said.map(|answer| waiting.answered(answer))
    }

    /// How far chest or pelvis tip forward, whichever more.
    fn tilt_deg(&self, now_s: f64) -> Option<f64> {
        let mean = |quantity: fn(&BodySample) -> Option<f64>| {
            self.trace.series(now_s - SMOOTH_S, now_s, quantity).mean()
        };
        let (chest, pelvis) = (mean(trunk_lean), mean(pelvis_tilt));
        chest.into_iter().chain(pelvis).max_by(f64::total_cmp)
    }
}

impl Waiting {
    fn answered(self, answer: Answer) -> Repetition {
        Repetition {
            outcome: if answer == self.saw {
                RepetitionOutcome::Passed
            } else {
                RepetitionOutcome::Missed(Miss::Misjudged)
            },
            felt: Some(answer),
            ..self.one
        }
    }
}
