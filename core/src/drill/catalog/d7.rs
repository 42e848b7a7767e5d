//! D7, ease back: let the hip come back over the ankle.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, Phase, Provenance, ProvenanceKind, SETTLE_S, bout};
use crate::drill::{
    DrillId, Finding, Miss,
    check_in::PainPlace,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

const BACK: Phase = bout("d7-back", 60.0, Bout::Asked);
const USUAL: Phase = bout("d7-usual", 60.0, Bout::Usual);

const fn eased(quantity: Quantity, compared: Comparison, within: [f64; 2], miss: [Miss; 2]) -> Condition {
    Condition {
        quantity,
        of: Bout::Asked,
        against: Bout::Usual,
        compared,
        within,
        miss,
        optional: !matches!(quantity, Quantity::TrunkLean),
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D7,
    title: "d7-title",
    goal: "d7-goal",
    for_whom: "d7-for-whom",
    cue: "d7-cue",
    phases: &[BACK, USUAL, BACK, USUAL, BACK, USUAL, BACK, USUAL, BACK, USUAL],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 2,
        conditions: &[
            eased(
                Quantity::TrunkLean,
                Comparison::Difference,
                [-3.0, -1.0],
                [Miss::TooMuch, Miss::NoChange],
            ),
            eased(
                Quantity::MidStanceTiming,
                Comparison::Difference,
                [0.02, f64::INFINITY],
                [Miss::NoChange, Miss::NoChange],
            ),
            // Sitting back instead brakes more. Ours.
            eased(
                Quantity::SpeedLoss,
                Comparison::Ratio,
                [0.0, 1.15],
                [Miss::Braked, Miss::Braked],
            ),
        ],
        least_steps: 40,
        settle_s: SETTLE_S,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 4,
        of: 5,
        least_seen: 3,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: &[NotWith {
        message: "not-with-heel-or-knee-pain",
        places: &[PainPlace::Foot, PainPlace::Knee],
    }],
    opening: Opening::Found(Finding::LeansTooFar),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "a foot that lands ahead of the body and is under it at mid-stance: seed text S1",
        thresholds: "ours, untested",
    },
};
