//! D14, hold it when tired: keep the lean without help.

use super::{Drill, MASTERY, MISSING, Opening, Provenance, ProvenanceKind, SETTLE_S};
use super::{bout, easy};
use crate::drill::{
    DrillId, Miss,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

const fn kept(quantity: Quantity, compared: Comparison, within: [f64; 2]) -> Condition {
    Condition {
        quantity,
        of: Bout::After,
        against: Bout::Asked,
        compared,
        within,
        miss: [Miss::NotKept, Miss::NotKept],
        optional: false,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D14,
    title: "d14-title",
    goal: "d14-goal",
    for_whom: "d14-for-whom",
    cue: "d14-cue",
    phases: &[
        easy("d14-easy", 900.0),
        bout("d14-sound", 60.0, Bout::Asked),
        bout("d14-silent", 120.0, Bout::After),
        bout("d14-sound-again", 30.0, Bout::Asked),
        bout("d14-silent-again", 210.0, Bout::After),
        bout("d14-silent-last", 180.0, Bout::After),
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 5,
        conditions: &[
            kept(Quantity::InBand, Comparison::Alone, [0.7, 1.0]),
            kept(Quantity::InBand, Comparison::Ratio, [0.9, f64::INFINITY]),
            kept(Quantity::LeanDrift, Comparison::Alone, [-1.0, 1.0]),
        ],
        least_steps: 60,
        settle_s: SETTLE_S,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 1,
        of: 1,
        least_seen: 1,
        as_one: true,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: &[],
    opening: Opening::AnyOf(&[DrillId::D13]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Study,
        idea: "feedback that fades keeps what was learned (Crowell & Davis 2011, Van den Berghe 2024); the signs of tiredness from seed text S1",
        thresholds: "doses and limits ours, untested",
    },
};
