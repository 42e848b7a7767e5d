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
        Repetition {
            start_s,
            end_s: self.now_s,
            outcome,
            trunk_lean_deg: None,
            waist_bend_deg: None,
            pelvis_forward_mm: None,
            expected_angle_deg: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::{
        catalog::Drill,
        repetition::{RepetitionCounter, made_up::MadeUp},
    };

    fn count(made_up: &MadeUp) -> Vec<Repetition> {
        let mut counter = RepetitionCounter::new(&Drill::of(crate::drill::DrillId::D0).rule);
        made_up
            .samples
            .iter()
            .filter_map(|sample| counter.push(sample, &[]))
            .collect()
    }

    #[test]
    fn three_stands_with_walking_between_are_three_repetitions() {
        let made_up = MadeUp::without_neutral()
            .stand(6.0)
            .walk(3.0)
            .stand(6.0)
            .walk(3.0)
            .stand(6.0);
        let found = count(&made_up);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|one| one.outcome == RepetitionOutcome::Passed));
        assert!(
            found
                .iter()
                .all(|one| (one.end_s - one.start_s - 5.0).abs() < 0.05)
        );
    }

    #[test]
    fn standing_on_after_a_hold_is_not_a_second_one() {
        assert_eq!(count(&MadeUp::without_neutral().stand(20.0)).len(), 1);
    }

    #[test]
    fn a_stand_that_is_broken_off_moved() {
        let found = count(
            &MadeUp::without_neutral()
                .stand(3.5)
                .walk(2.0)
                .stand(0.8)
                .walk(2.0),
        );
        let outcomes: Vec<_> = found.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [RepetitionOutcome::Missed(Miss::Moved)]);
    }

    #[test]
    fn silence_in_a_hold_is_not_seen_and_a_short_hole_is_bridged() {
        let silent = count(&MadeUp::without_neutral().stand(3.0).lose(2.0).stand(3.0));
        assert_eq!(
            silent.iter().map(|one| one.outcome).collect::<Vec<_>>(),
            [RepetitionOutcome::NotSeen]
        );
        let bridged = count(&MadeUp::without_neutral().stand(3.0).lose(0.2).stand(3.0));
        assert_eq!(
            bridged.iter().map(|one| one.outcome).collect::<Vec<_>>(),
            [RepetitionOutcome::Passed]
        );
    }

    #[test]
    fn one_pod_is_enough_and_a_restless_second_one_is_heard() {
        assert_eq!(count(&MadeUp::without_neutral().only_chest().stand(6.0)).len(), 1);
        let mut restless = MadeUp::without_neutral().stand(6.0);
        for sample in &mut restless.samples {
            if let Some(chest) = sample.chest.as_mut() {
                chest.angular_velocity.z += 0.1;
            }
        }
        assert!(count(&restless).is_empty());
    }

    #[test]
    fn the_seconds_held_are_told_while_they_pass() {
        let mut counter = RepetitionCounter::new(&Drill::of(crate::drill::DrillId::D0).rule);
        for sample in &MadeUp::without_neutral().stand(3.0).samples {
            counter.push(sample, &[]);
        }
        assert!((counter.held_s().unwrap() - 3.0).abs() < 0.05);
    }
}
