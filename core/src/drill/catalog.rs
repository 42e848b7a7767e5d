//! The drills as data: what the runner does, what the pods look for, when it is met, what it opens.
//!
//! One file a drill; **a drill's pass rule is the `pass` line of its file**. Runs and renders nothing.
//! Invariant: every `&'static str` that names a text is a Fluent id that exists in every language (a test in `words`).

mod d0;
mod d3;
mod d4;

pub use d0::MAX_SPREAD_DEG;

use super::{
    DrillId, DrillResult, RepetitionOutcome,
    rule::{MasteryRule, PassRule, RepetitionRule, SetVerdict, StillRule},
};
use crate::units::Timestamp;

/// A drill.
#[derive(Debug)]
pub struct Drill {
    /// Which.
    pub id: DrillId,
    /// Message: its name.
    pub title: &'static str,
    /// Message: what it is for.
    pub goal: &'static str,
    /// Message: who it is for.
    pub for_whom: &'static str,
    /// Message: the one image to practise with, pointing outward.
    pub cue: &'static str,
    /// What the runner does, in order.
    pub phases: &'static [Phase],
    /// What the pods look for in each repetition.
    pub rule: RepetitionRule,
    /// When one session is met.
    pub pass: PassRule,
    /// When it is mastered; `None` for the calibration, which is done whenever it is met.
    pub mastery: Option<MasteryRule>,
    /// Whether its repetitions can only be seen by a chest and a pelvis pod together.
    pub both_pods: bool,
    /// Messages: with what it must not be done.
    pub not_with: &'static [&'static str],
    /// The drill that opens it; `None` when it is always open.
    pub opened_by: Option<DrillId>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// One phase of a drill.
#[derive(Debug)]
pub struct Phase {
    /// Message: the one instruction.
    pub instruction: &'static str,
    /// What is done.
    pub kind: PhaseKind,
    /// Whether its repetitions count for the pass rule; otherwise they are practice.
    pub judged: bool,
}

/// What is done in a phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PhaseKind {
    /// Stand still; one repetition.
    Hold {
        /// How long, seconds.
        seconds: f64,
    },
    /// Walk.
    Steps {
        /// How many steps.
        count: u32,
    },
    /// Repetitions of the drill's own movement.
    Repetitions {
        /// How many.
        count: u32,
    },
    /// Rest between sets.
    Rest {
        /// How long, seconds.
        seconds: f64,
    },
}

impl PhaseKind {
    /// Repetitions this phase asks for.
    #[must_use]
    pub const fn repetitions(self) -> u32 {
        match self {
            Self::Hold { .. } => 1,
            Self::Repetitions { count } => count,
            Self::Steps { .. } | Self::Rest { .. } => 0,
        }
    }
}

/// Where a drill comes from: S names a seed text, a name with a year a study.
#[derive(Debug)]
pub struct Provenance {
    /// The strongest kind of source behind the idea of the drill.
    pub kind: ProvenanceKind,
    /// Who described the idea.
    pub idea: &'static str,
    /// Where the thresholds come from.
    pub thresholds: &'static str,
}

/// How far a rule can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProvenanceKind {
    /// A coach's text; teaching, not measured.
    Seed,
    /// A study.
    Study,
    /// Our own, untested on people.
    Ours,
}

impl ProvenanceKind {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Study => "study",
            Self::Ours => "ours",
        }
    }

    /// Message: the same for the runner.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Seed => "provenance-seed",
            Self::Study => "provenance-study",
            Self::Ours => "provenance-ours",
        }
    }
}

/// Still, for every drill: below 3°/s standing holds repeat; 0.4 m/s² is far above a pod's noise and a breath,
/// far below a step. Ours, untested.
const STILL: StillRule = StillRule {
    rotation_deg_per_s: 3.0,
    shake_mps2: 0.4,
};

/// Mastery, for every practised drill: apart by two days so that it is recall and not warmth; without feedback
/// because practice that leans on feedback fades with it (Crowell & Davis 2011; numbers ours).
const MASTERY: MasteryRule = MasteryRule {
    hours_apart: 48.0,
    later_without_feedback: true,
    regress_below: 0.6,
};

/// Share of samples that may be missing in a repetition. Ours.
const MISSING: f64 = 0.05;

impl Drill {
    /// Every drill, in catalogue order.
    pub const ALL: [&'static Self; 3] = [&d0::DRILL, &d3::DRILL, &d4::DRILL];

    /// One drill.
    #[must_use]
    pub const fn of(id: DrillId) -> &'static Self {
        match id {
            DrillId::D0 => &d0::DRILL,
            DrillId::D3 => &d3::DRILL,
            DrillId::D4 => &d4::DRILL,
        }
    }

    /// Repetitions that count for the pass rule.
    #[must_use]
    pub fn asked(&self) -> u32 {
        self.phases
            .iter()
            .filter(|phase| phase.judged)
            .map(|phase| phase.kind.repetitions())
            .sum()
    }

    /// What a session's judged repetitions, in order, come to. Surplus repetitions beyond the asked ones do not count.
    #[must_use]
    pub fn result(&self, at: Timestamp, feedback: bool, judged: &[RepetitionOutcome]) -> DrillResult {
        let asked = self.asked();
        let counted = judged.iter().take(asked as usize);
        let seen = counted
            .clone()
            .filter(|outcome| **outcome != RepetitionOutcome::NotSeen)
            .count() as u32;
        let passed = counted
            .filter(|outcome| **outcome == RepetitionOutcome::Passed)
            .count() as u32;
        let met = self.pass.judge(seen, passed) == SetVerdict::Met;
        DrillResult {
            drill: self.id,
            at,
            asked,
            seen,
            passed,
            feedback,
            met,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Miss, *};

    #[test]
    fn every_drill_asks_for_as_many_repetitions_as_its_pass_rule_counts() {
        for drill in Drill::ALL {
            assert_eq!(drill.asked(), drill.pass.of, "{:?}", drill.id);
            assert!(drill.pass.passed <= drill.pass.of && drill.pass.least_seen <= drill.pass.of);
        }
    }

    #[test]
    fn a_drill_is_found_by_its_own_id_and_opened_by_an_earlier_one() {
        for drill in Drill::ALL {
            assert_eq!(Drill::of(drill.id).id, drill.id);
            assert!(drill.opened_by.is_none_or(|opener| opener < drill.id));
        }
        let always_open = Drill::ALL.into_iter().filter(|drill| drill.opened_by.is_none());
        assert_eq!(
            always_open.map(|drill| drill.id).collect::<Vec<_>>(),
            [DrillId::D0]
        );
    }

    #[test]
    fn the_eyes_closed_tilts_are_practice_and_surplus_repetitions_do_not_count() {
        let tilt = Drill::of(DrillId::D3);
        assert_eq!(
            tilt.phases
                .iter()
                .map(|phase| phase.kind.repetitions())
                .sum::<u32>(),
            16
        );
        let mut outcomes = vec![RepetitionOutcome::Missed(Miss::Bent); 3];
        outcomes.extend([RepetitionOutcome::Passed; 13]);
        let result = tilt.result(Timestamp(0), true, &outcomes);
        assert_eq!(
            (result.asked, result.seen, result.passed, result.met),
            (12, 12, 9, false)
        );
    }

    #[test]
    fn unseen_repetitions_neither_pass_nor_fail() {
        let mut outcomes = vec![RepetitionOutcome::NotSeen; 6];
        outcomes.extend([RepetitionOutcome::Passed; 6]);
        let result = Drill::of(DrillId::D3).result(Timestamp(0), true, &outcomes);
        assert_eq!((result.seen, result.passed, result.met), (6, 6, true));
        let blind = Drill::of(DrillId::D3).result(Timestamp(0), true, &[RepetitionOutcome::NotSeen; 12]);
        assert_eq!((blind.seen, blind.met), (0, false));
    }
}
