//! D0's repetition: stand still.
//!
//! Measures no angle (there is no neutral yet) and does not compare stands. Invariant: one stand is counted once;
//! the runner must move before the next.

use super::{
    stand::{WINDOW_S, is_still},
    trace::Trace,
};
use crate::{
    body::sample::BodySample,
    drill::{Miss, Repetition, RepetitionOutcome, rule::HoldRule},
};

/// Counts stands.
#[derive(Debug)]
pub(super) struct HoldCounter {
    rule: HoldRule,
    trace: Trace,
    state: State,
    now_s: f64,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Not still.
    Moving,
    /// Still since then.
    Still { since_s: f64 },
    /// Counted: waits for the runner to move on.
    Counted,
}

impl HoldCounter {
    pub(super) const fn new(rule: HoldRule) -> Self {
        Self {
            rule,
            trace: Trace::new(WINDOW_S),
            state: State::Moving,
            now_s: 0.0,
        }
    }

    /// Seconds the stand has been still; stays at the hold once it is counted.
    pub(super) fn held_s(&self) -> f64 {
        match self.state {
            State::Moving => 0.0,
            State::Still { since_s } => (self.now_s - since_s).clamp(0.0, self.rule.hold_s),
            State::Counted => self.rule.hold_s,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample) -> Option<Repetition> {
        self.now_s = sample.time_s;
        self.trace.push(sample);
        let start_s = self.trace.start_s()?;
        let still = is_still(self.trace.between(start_s, self.now_s), self.rule.still);
        match (self.state, still) {
            (State::Moving, Some(true)) => {
                self.state = State::Still { since_s: start_s };
                None
            }
            (State::Still { since_s }, Some(true)) => {
                let held = self.now_s - since_s >= self.rule.hold_s;
                held.then(|| {
                    self.state = State::Counted;
                    self.stand(since_s, RepetitionOutcome::Passed)
                })
            }
            (State::Still { since_s }, _) => {
                self.state = State::Moving;
                let lost = RepetitionOutcome::NotSeen;
                let outcome = still.map_or(lost, |_| RepetitionOutcome::Missed(Miss::Moved));
                let was_pause = self.now_s - since_s < self.rule.pause_s;
                (!was_pause).then(|| self.stand(since_s, outcome))
            }
            (State::Counted, Some(false) | None) => {
                self.state = State::Moving;
                None
            }
            (State::Moving | State::Counted, _) => None,
        }
    }

    const fn stand(&self, start_s: f64, outcome: RepetitionOutcome) -> Repetition {
        Repetition::of(start_s, self.now_s, outcome)
    }
}

#[cfg(test)]
mod tests;
