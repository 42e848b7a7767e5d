//! D9, hands on hips: let the push-off reach the head.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, Phase, Provenance, ProvenanceKind, SETTLE_S, bout};
use crate::drill::{
    DrillId, Miss,
    check_in::PainPlace,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

/// What neither this drill nor the next one may be done with.
pub(super) const NECK: &[NotWith] = &[
    NotWith {
        message: "not-with-hurt-neck",
        places: &[PainPlace::Neck],
    },
    NotWith {
        message: "not-with-vertigo",
        places: &[],
    },
];

const HANDS: Phase = bout("d9-hands", 30.0, Bout::Asked);

const fn sways(of: Bout, against: Bout, least: f64, miss: Miss) -> Condition {
    Condition {
        quantity: Quantity::ChestSway,
        of,
        against,
        compared: Comparison::Ratio,
        within: [least, f64::INFINITY],
        miss: [miss, miss],
        optional: false,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D9,
    title: "d9-title",
    goal: "d9-goal",
    for_whom: "d9-for-whom",
    cue: "d9-cue",
    phases: &[
        bout("d9-usual", 60.0, Bout::Usual),
        HANDS,
        HANDS,
        HANDS,
        bout("d9-free", 30.0, Bout::After),
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 5,
        conditions: &[
            sways(Bout::Asked, Bout::Usual, 1.0, Miss::NoChange),
            sways(Bout::After, Bout::Asked, 0.8, Miss::NotKept),
            Condition {
                quantity: Quantity::TrunkLean,
                of: Bout::After,
                against: Bout::Usual,
                compared: Comparison::Difference,
                within: [-1.0, 1.0],
                miss: [Miss::TooLittle, Miss::TooMuch],
                optional: true,
            },
        ],
        least_steps: 20,
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
    not_with: NECK,
    opening: Opening::AnyOf(&[DrillId::D5, DrillId::D11]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "the push that passes through to the head: seed text S4; the head sways less beyond jogging speed anyway, so only the own way at the same speed is compared",
        thresholds: "ours, untested",
    },
};
