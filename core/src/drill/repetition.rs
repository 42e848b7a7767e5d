//! From body samples to repetitions: one small machine for each rule.
//!
//! Says what a repetition was, never what to say about it. Invariants: a repetition without valid data is *not seen*;
//! the same samples give the same repetitions.

mod hold;
mod launch;
mod series;
mod stand;
mod tilt;
mod trace;

#[cfg(test)]
mod made_up;

use self::{hold::HoldCounter, launch::LaunchCounter, tilt::TiltCounter};
use super::{Miss, Repetition, RepetitionOutcome, rule::RepetitionRule};
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
    Unseen,
}

impl RepetitionCounter {
    /// A counter for one rule.
    #[must_use]
    pub fn new(rule: &RepetitionRule) -> Self {
        let machine = match rule {
            RepetitionRule::Hold(rule) => Machine::Hold(HoldCounter::new(*rule)),
            RepetitionRule::Tilt(rule) => Machine::Tilt(TiltCounter::new(*rule)),
            RepetitionRule::Launch(rule) => Machine::Launch(LaunchCounter::new(*rule)),
            RepetitionRule::Lower(_)
            | RepetitionRule::Breath(_)
            | RepetitionRule::Guess(_)
            | RepetitionRule::Bouts(_) => Machine::Unseen,
        };
        Self {
            machine,
            last_time_s: None,
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
            Machine::Unseen => None,
        }
    }

    /// Seconds the stand that is going on has been still; `None` for other rules.
    #[must_use]
    pub fn held_s(&self) -> Option<f64> {
        match &self.machine {
            Machine::Hold(counter) => Some(counter.held_s()),
            Machine::Tilt(_) | Machine::Launch(_) | Machine::Unseen => None,
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
