//! D2's repetition: breathe slowly, and let the pelvis roll with the breath.
//!
//! Sees no air, only the pelvis. Invariants: without a pelvis pod a breath is *not seen*; each breath is counted once.

use super::{
    stand::is_still,
    trace::{Trace, pelvis_tilt},
};
use crate::{
    body::sample::BodySample,
    drill::{Miss, Repetition, RepetitionOutcome, rule::BreathRule},
    statistics::mean,
};

/// Width of the mean that takes heart and tremor out of the tilt, seconds. Ours.
const SMOOTH_S: f64 = 0.5;
/// A quiet body that shows no breath for this long does not roll, seconds: one and a half of the slowest. Ours.
const NONE_S: f64 = 15.0;
/// Before the first breath of a set the runner may take as many times as long.
const FIRST_TIMES: f64 = 2.0;
/// The tilt has turned when it went back by this share of its way: what sways on top of a breath turns it less. Ours.
const TURN_SHARE: f64 = 0.35;
/// Breaths of a set from which its swing is told. Ours.
const LEAST_BREATHS: usize = 4;

/// Counts breaths.
#[derive(Debug)]
pub(super) struct BreathCounter {
    rule: BreathRule,
    trace: Trace,
    /// Since when the body has been quiet, and the last breath over.
    since_s: f64,
    turn: Option<Turn>,
    /// Swings of the breaths of each set, degrees.
    sets: Vec<Vec<f64>>,
}

/// The way of the tilt since it last turned.
#[derive(Clone, Copy, Debug)]
struct Turn {
    low_deg: f64,
    high_deg: f64,
    /// When it rose from the low: a flat low says nothing of when a breath began.
    rose_s: Option<f64>,
    /// Whether the tilt has come down from the high; then the lowest since.
    falling: Option<f64>,
}

impl Turn {
    const fn at(tilt_deg: f64) -> Self {
        Self {
            low_deg: tilt_deg,
            high_deg: tilt_deg,
            rose_s: None,
            falling: None,
        }
    }
}

impl BreathCounter {
    pub(super) const fn new(rule: BreathRule) -> Self {
        Self {
            rule,
            trace: Trace::new(FIRST_TIMES * NONE_S + 1.0),
            since_s: f64::NEG_INFINITY,
            turn: None,
            sets: Vec::new(),
        }
    }

    /// A set begins.
    pub(super) fn begin_set(&mut self, at_s: f64) {
        self.sets.push(Vec::new());
        (self.turn, self.since_s) = (None, at_s);
    }

    /// Whether the pelvis rolled farther in the last set than in the first one.
    pub(super) fn whole(&self) -> RepetitionOutcome {
        let enough = |set: &&Vec<f64>| set.len() >= LEAST_BREATHS;
        let swing = |set: Option<&Vec<f64>>| set.filter(enough).and_then(|set| mean(set));
        match swing(self.sets.first()).zip(swing(self.sets.last())) {
            Some(_) if self.sets.len() < 2 => RepetitionOutcome::NotSeen,
            Some((first, last)) if last >= (1.0 + self.rule.grows) * first => RepetitionOutcome::Passed,
            Some(_) => RepetitionOutcome::Missed(Miss::NoChange),
            None => RepetitionOutcome::NotSeen,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample) -> Option<Repetition> {
        let now_s = sample.time_s;
        self.trace.push(sample);
        if !self.since_s.is_finite() {
            self.since_s = now_s;
        }
        let still = is_still(self.trace.between(now_s - 1.0, now_s), self.rule.still);
        if still == Some(false) {
            // Whoever lies down or gets up is not breathing for us.
            (self.turn, self.since_s) = (None, now_s);
            return None;
        }
        let tilt = self.trace.series(now_s - SMOOTH_S, now_s, pelvis_tilt).mean();
        if let Some(breath) = tilt.and_then(|tilt| self.turned(now_s, tilt)) {
            return Some(breath);
        }
        let first = self.sets.last().is_none_or(Vec::is_empty);
        let longest_s = if first { FIRST_TIMES * NONE_S } else { NONE_S };
        (now_s - self.since_s > longest_s).then(|| {
            let start_s = std::mem::replace(&mut self.since_s, now_s);
            self.turn = None;
            let missing = self.missing(start_s, now_s);
            let outcome = if missing <= self.rule.missing {
                RepetitionOutcome::Missed(Miss::NoChange)
            } else {
                RepetitionOutcome::NotSeen
            };
            Repetition::of(start_s, now_s, outcome)
        })
    }

    /// Follows the tilt up and down; a breath is over when it rises again.
    fn turned(&mut self, now_s: f64, tilt_deg: f64) -> Option<Repetition> {
        let swing = self.rule.swing_deg;
        let turn = self.turn.get_or_insert(Turn::at(tilt_deg));
        let Some(lowest_deg) = turn.falling else {
            if tilt_deg < turn.low_deg && turn.high_deg - turn.low_deg < swing {
                *turn = Turn::at(tilt_deg);
            }
            turn.high_deg = turn.high_deg.max(tilt_deg);
            let way_deg = turn.high_deg - turn.low_deg;
            if turn.rose_s.is_none() && way_deg >= swing {
                turn.rose_s = Some(now_s);
            }
            if way_deg >= swing && turn.high_deg - tilt_deg >= (TURN_SHARE * way_deg).max(swing / 2.0) {
                turn.falling = Some(tilt_deg);
            }
            return None;
        };
        if tilt_deg < lowest_deg {
            turn.falling = Some(tilt_deg);
            return None;
        }
        if tilt_deg - lowest_deg < (TURN_SHARE * (turn.high_deg - lowest_deg)).max(swing / 2.0) {
            return None;
        }
        let breath = *turn;
        self.turn = Some(Turn {
            high_deg: tilt_deg,
            rose_s: Some(now_s),
            ..Turn::at(lowest_deg)
        });
        self.since_s = now_s;
        Some(self.judge(breath, lowest_deg, now_s))
    }

    fn judge(&mut self, breath: Turn, low_deg: f64, end_s: f64) -> Repetition {
        let start_s = breath.rose_s.unwrap_or(end_s);
        let per_minute = 60.0 / (end_s - start_s).max(0.1);
        let [slowest, fastest] = self.rule.per_minute;
        let outcome = if self.missing(start_s, end_s) > self.rule.missing {
            RepetitionOutcome::NotSeen
        } else if per_minute > fastest {
            RepetitionOutcome::Missed(Miss::TooFast)
        } else if per_minute < slowest {
            RepetitionOutcome::Missed(Miss::TooSlow)
        } else {
            RepetitionOutcome::Passed
        };
        if outcome != RepetitionOutcome::NotSeen {
            let swing_deg = breath.high_deg - f64::midpoint(breath.low_deg, low_deg);
            if let Some(set) = self.sets.last_mut() {
                set.push(swing_deg);
            }
        }
        Repetition::of(start_s, end_s, outcome)
    }

    fn missing(&self, start_s: f64, end_s: f64) -> f64 {
        self.trace.missing(start_s, end_s, pelvis_tilt)
    }
}
