//! From body samples to repetitions: one small machine for each rule.
//!
//! Says what a repetition was, never what to say about it. Invariants: a repetition without valid data is *not seen*;
//! the same samples give the same repetitions.

mod bouts;
mod breath;
mod guess;
mod hold;
mod launch;
mod lower;
mod seen;
mod series;
mod stand;
mod stride;
mod tilt;
mod trace;

#[cfg(test)]
mod made_up;

use self::{
    bouts::BoutCounter, breath::BreathCounter, guess::GuessCounter, hold::HoldCounter, launch::LaunchCounter,
    lower::LowerCounter, tilt::TiltCounter,
};
use super::{Answer, Miss, Repetition, RepetitionOutcome, catalog::PhaseKind, rule::RepetitionRule};
use crate::{
    body::sample::{BodySample, SegmentSample},
    gait::step::Step,
};

/// Counts the repetitions of one drill session. Keep one for the whole session, rests included.
#[derive(Debug)]
pub struct RepetitionCounter {
    machine: Machine,
    last_time_s: Option<f64>,
}

#[derive(Debug)]
enum Machine {
    Hold(HoldCounter),
    Tilt(TiltCounter),
    Launch(LaunchCounter),
    Lower(LowerCounter),
    Breath(BreathCounter),
    Guess(GuessCounter),
    Bouts(BoutCounter),
}

impl RepetitionCounter {
    /// A counter for one rule.
    #[must_use]
    pub const fn new(rule: &RepetitionRule) -> Self {
        Self::with_band(rule, None)
    }

    /// A counter for one rule, of a runner whose own band of trunk lean is known, degrees.
    #[must_use]
    pub const fn with_band(rule: &RepetitionRule, band_deg: Option<[f64; 2]>) -> Self {
        let machine = match rule {
            RepetitionRule::Hold(rule) => Machine::Hold(HoldCounter::new(*rule)),
            RepetitionRule::Tilt(rule) => Machine::Tilt(TiltCounter::new(*rule)),
            RepetitionRule::Launch(rule) => Machine::Launch(LaunchCounter::new(*rule)),
            RepetitionRule::Lower(rule) => Machine::Lower(LowerCounter::new(*rule)),
            RepetitionRule::Breath(rule) => Machine::Breath(BreathCounter::new(*rule)),
            RepetitionRule::Guess(rule) => Machine::Guess(GuessCounter::new(*rule)),
            RepetitionRule::Bouts(rule) => Machine::Bouts(BoutCounter::new(*rule, band_deg)),
        };
        Self {
            machine,
            last_time_s: None,
        }
    }

    /// A phase of the drill begins, at this second of the session's axis: bouts and sets begin and end with it.
    pub fn begin_phase(&mut self, kind: PhaseKind, at_s: f64) {
        match (&mut self.machine, kind) {
            (Machine::Bouts(counter), PhaseKind::Run { bout, .. }) => counter.begin(bout, at_s),
            (Machine::Bouts(counter), _) => counter.begin(None, at_s),
            (Machine::Breath(counter), PhaseKind::Repetitions { .. }) => counter.begin_set(at_s),
            _ => {}
        }
    }

    /// The last phase is over.
    pub fn end_phases(&mut self, at_s: f64) {
        if let Machine::Bouts(counter) = &mut self.machine {
            counter.begin(None, at_s);
        }
    }

    /// How fast the runner is over ground, m/s, at this second of the session's axis.
    pub fn speed(&mut self, at_s: f64, speed_mps: f64) {
        if let Machine::Bouts(counter) = &mut self.machine {
            counter.speed(at_s, speed_mps);
        }
    }

    /// Takes the next grid instant and the steps that were completed since the last one; gives a repetition when
    /// one has just ended. Steps may come up to about a second late. Samples that do not move time forward are ignored.
    pub fn push(&mut self, sample: &BodySample, steps: &[Step]) -> Option<Repetition> {
        let forward = sample.time_s.is_finite() && self.last_time_s.is_none_or(|last| sample.time_s > last);
        if !forward {
            return None;
        }
        self.last_time_s = Some(sample.time_s);
        let sample = plausible(sample);
        match &mut self.machine {
            Machine::Hold(counter) => counter.push(sample),
            Machine::Tilt(counter) => counter.push(sample),
            Machine::Launch(counter) => counter.push(sample, steps),
            Machine::Lower(counter) => counter.push(sample),
            Machine::Breath(counter) => counter.push(sample),
            Machine::Guess(counter) => counter.push(sample),
            Machine::Bouts(counter) => counter.push(sample, steps),
        }
    }

    /// Time passed, whether data came or not: a comparison whose pods fell silent ends all the same.
    pub fn pass_time(&mut self, now_s: f64) -> Option<Repetition> {
        match &mut self.machine {
            Machine::Bouts(counter) => counter.pass_time(now_s),
            _ => None,
        }
    }

    /// Takes what the runner says; gives the repetition it was said of.
    pub fn answer(&mut self, answer: Answer) -> Option<Repetition> {
        match &mut self.machine {
            Machine::Guess(counter) => counter.answer(answer),
            _ => None,
        }
    }

    /// Whether a repetition waits for the runner to say which way it was.
    #[must_use]
    pub const fn asks(&self) -> bool {
        match &self.machine {
            Machine::Guess(counter) => counter.asks(),
            _ => false,
        }
    }

    /// What must hold of the session as a whole, beside its repetitions; `None` for rules without such a thing.
    #[must_use]
    pub fn whole(&self) -> Option<RepetitionOutcome> {
        match &self.machine {
            Machine::Breath(counter) => Some(counter.whole()),
            _ => None,
        }
    }

    /// Seconds the stand that is going on has been still; `None` for other rules.
    #[must_use]
    pub fn held_s(&self) -> Option<f64> {
        match &self.machine {
            Machine::Hold(counter) => Some(counter.held_s()),
            _ => None,
        }
    }
}

/// The sample without segments that hold no finite number: what cannot be read is missing.
fn plausible(sample: &BodySample) -> BodySample {
    let keep = |segment: &SegmentSample| {
        segment.acceleration.is_finite()
            && segment.angular_velocity.is_finite()
            && segment.inclination_deg.is_none_or(f64::is_finite)
    };
    BodySample {
        time_s: sample.time_s,
        chest: sample.chest.filter(keep),
        pelvis: sample.pelvis.filter(keep),
    }
}

/// The first thing that was not as asked, or none.
fn first_miss(checks: &[(bool, Miss)]) -> RepetitionOutcome {
    checks
        .iter()
        .find(|(missed, _)| *missed)
        .map_or(RepetitionOutcome::Passed, |(_, miss)| {
            RepetitionOutcome::Missed(*miss)
        })
}
