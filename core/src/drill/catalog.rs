//! The drills as data: what the runner does, what the pods look for, when it is met, what it opens.
//!
//! One file a drill; **a drill's pass rule is the `pass` line of its file**. Runs and renders nothing.
//! Invariant: every `&'static str` that names a text is a Fluent id that exists in every language (a test in `words`).

mod d0;
mod d1;
mod d10;
mod d11;
mod d12;
mod d13;
mod d14;
mod d2;
mod d3;
mod d4;
mod d5;
mod d6;
mod d7;
mod d8;
mod d9;

pub use d0::MAX_SPREAD_DEG;

use super::{
    DrillId, DrillResult, Finding, RepetitionOutcome,
    check_in::PainPlace,
    rule::{Bout, MasteryRule, PassRule, RepetitionRule, SetVerdict, StillRule},
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
    /// With what it must not be done.
    pub not_with: &'static [NotWith],
    /// What opens it.
    pub opening: Opening,
    /// Whether it asks for more lean than the runner's usual; never for somebody who leans too far or bends.
    pub more_lean: bool,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Something a drill must not be done with.
#[derive(Clone, Copy, Debug)]
pub struct NotWith {
    /// Message: said before the drill begins.
    pub message: &'static str,
    /// Pain in one of these places shuts the drill.
    pub places: &'static [PainPlace],
}

/// What opens a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is always open.
    Always,
    /// One of these is mastered, or met where it cannot be mastered.
    AnyOf(&'static [DrillId]),
    /// Something was found about the runner.
    Found(Finding),
    /// So many drills are mastered.
    Mastered(usize),
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
    /// Something the pods do not judge, for a while.
    For {
        /// How long, seconds.
        seconds: f64,
    },
    /// Run for a while.
    Run {
        /// How long, seconds.
        seconds: f64,
        /// Which part of a comparison it is; `None` between comparisons.
        bout: Option<Bout>,
    },
}

impl PhaseKind {
    /// Repetitions this phase asks for.
    #[must_use]
    pub const fn repetitions(self) -> u32 {
        match self {
            Self::Hold { .. } => 1,
            Self::Repetitions { count } => count,
            Self::Steps { .. } | Self::Rest { .. } | Self::For { .. } | Self::Run { .. } => 0,
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
    met: 2,
    hours_apart: 48.0,
    later_without_feedback: true,
    regress_below: 0.6,
};

/// Share of samples that may be missing in a repetition. Ours.
const MISSING: f64 = 0.05;

/// The starts from a fall, with what they must not be done.
const FALLS: &[NotWith] = &[
    NotWith {
        message: "not-with-fall-risk",
        places: &[],
    },
    NotWith {
        message: "not-with-calf-strain",
        places: &[PainPlace::Calf, PainPlace::Achilles],
    },
];

/// Seconds of a bout that are left out at its begin: a change of step takes about ten steps. Ours, untested.
const SETTLE_S: f64 = 5.0;

/// A run as part of a comparison.
const fn bout(instruction: &'static str, seconds: f64, bout: Bout) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Run {
            seconds,
            bout: Some(bout),
        },
        judged: true,
    }
}

/// A run between comparisons.
const fn easy(instruction: &'static str, seconds: f64) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Run { seconds, bout: None },
        judged: false,
    }
}

/// Something the pods do not judge.
const fn unjudged(instruction: &'static str, kind: PhaseKind) -> Phase {
    Phase {
        instruction,
        kind,
        judged: false,
    }
}

/// Repetitions that count.
const fn repetitions(instruction: &'static str, count: u32) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Repetitions { count },
        judged: true,
    }
}

impl Drill {
    /// Every drill, in catalogue order.
    pub const ALL: [&'static Self; 15] = [
        &d0::DRILL,
        &d1::DRILL,
        &d2::DRILL,
        &d3::DRILL,
        &d4::DRILL,
        &d5::DRILL,
        &d6::DRILL,
        &d7::DRILL,
        &d8::DRILL,
        &d9::DRILL,
        &d10::DRILL,
        &d11::DRILL,
        &d12::DRILL,
        &d13::DRILL,
        &d14::DRILL,
    ];

    /// One drill.
    #[must_use]
    pub const fn of(id: DrillId) -> &'static Self {
        match id {
            DrillId::D0 => &d0::DRILL,
            DrillId::D1 => &d1::DRILL,
            DrillId::D2 => &d2::DRILL,
            DrillId::D3 => &d3::DRILL,
            DrillId::D4 => &d4::DRILL,
            DrillId::D5 => &d5::DRILL,
            DrillId::D6 => &d6::DRILL,
            DrillId::D7 => &d7::DRILL,
            DrillId::D8 => &d8::DRILL,
            DrillId::D9 => &d9::DRILL,
            DrillId::D10 => &d10::DRILL,
            DrillId::D11 => &d11::DRILL,
            DrillId::D12 => &d12::DRILL,
            DrillId::D13 => &d13::DRILL,
            DrillId::D14 => &d14::DRILL,
        }
    }

    /// Repetitions that count for the pass rule; a comparison of bouts is one.
    #[must_use]
    pub fn asked(&self) -> u32 {
        let judged = self.phases.iter().filter(|phase| phase.judged);
        match self.rule {
            RepetitionRule::Bouts(rule) => (judged.count() / rule.bouts) as u32,
            _ => judged.map(|phase| phase.kind.repetitions()).sum(),
        }
    }

    /// What a session's judged repetitions, in order, come to. Surplus repetitions beyond the asked ones do not count.
    #[must_use]
    pub fn result(&self, at: Timestamp, feedback: bool, judged: &[RepetitionOutcome]) -> DrillResult {
        let counted = judged.iter().take(self.pass.of as usize);
        let seen = counted
            .clone()
            .filter(|outcome| **outcome != RepetitionOutcome::NotSeen)
            .count() as u32;
        let passed = counted
            .filter(|outcome| **outcome == RepetitionOutcome::Passed)
            .count() as u32;
        let verdict = self.pass.judge(seen, passed);
        let met = verdict == SetVerdict::Met;
        let (asked, seen, passed) = if self.pass.as_one {
            (1, u32::from(verdict != SetVerdict::NotSeen), u32::from(met))
        } else {
            (self.pass.of, seen, passed)
        };
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

    /// What a kept result comes to: the share that passed against the pass rule.
    #[must_use]
    pub fn judge(&self, result: &DrillResult) -> SetVerdict {
        if !self.pass.as_one {
            return self.pass.judge(result.seen, result.passed);
        }
        match (result.seen, result.passed) {
            (0, _) => SetVerdict::NotSeen,
            (seen, passed) if passed == seen => SetVerdict::Met,
            _ => SetVerdict::NotYet,
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
    fn a_drill_is_found_by_its_own_id_and_only_the_calibration_is_always_open() {
        for drill in Drill::ALL {
            assert_eq!(Drill::of(drill.id).id, drill.id);
            assert_eq!(drill.opening == Opening::Always, drill.id == DrillId::D0);
        }
    }

    #[test]
    fn a_session_that_counts_as_one_is_kept_as_one() {
        let wake_up = Drill::of(DrillId::D1);
        let mut outcomes = vec![RepetitionOutcome::Passed; 26];
        outcomes.extend([RepetitionOutcome::Missed(Miss::TooFast); 6]);
        let result = wake_up.result(Timestamp(0), true, &outcomes);
        assert_eq!(
            (result.asked, result.seen, result.passed, result.met),
            (1, 1, 1, true)
        );
        assert_eq!(wake_up.judge(&result), SetVerdict::Met);
        let unseen = wake_up.result(Timestamp(0), true, &outcomes[..15]);
        assert_eq!((unseen.seen, unseen.passed, unseen.met), (0, 0, false));
        assert_eq!(wake_up.judge(&unseen), SetVerdict::NotSeen);
    }

    #[test]
    fn the_bouts_of_every_comparison_hold_what_its_conditions_look_at() {
        for drill in Drill::ALL {
            let RepetitionRule::Bouts(rule) = drill.rule else {
                continue;
            };
            let judged: Vec<Bout> = drill
                .phases
                .iter()
                .filter(|phase| phase.judged)
                .filter_map(|phase| match phase.kind {
                    PhaseKind::Run { bout, .. } => bout,
                    _ => None,
                })
                .collect();
            assert_eq!(judged.len() % rule.bouts, 0, "{:?}", drill.id);
            for comparison in judged.chunks(rule.bouts) {
                for condition in rule.conditions {
                    assert!(comparison.contains(&condition.of), "{:?}", drill.id);
                    assert!(comparison.contains(&condition.against), "{:?}", drill.id);
                    assert!(condition.within[0] < condition.within[1], "{:?}", drill.id);
                }
            }
        }
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
