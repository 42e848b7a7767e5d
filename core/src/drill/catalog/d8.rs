//! D8, pelvis finds the landing: the middle of the body sets the foot down.

use super::{
    Drill, MASTERY, MISSING, NotWith, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, SETTLE_S,
};
use super::{bout, unjudged};
use crate::drill::{
    DrillId, Miss,
    check_in::PainPlace,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

const ROLL: Phase = bout("d8-run", 40.0, Bout::Asked);

const fn rolls(quantity: Quantity, within: [f64; 2], optional: bool) -> Condition {
    Condition {
        quantity,
        of: Bout::Asked,
        against: Bout::Usual,
        compared: Comparison::Ratio,
        within,
        miss: [Miss::NoChange, Miss::NoChange],
        optional,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D8,
    title: "d8-title",
    goal: "d8-goal",
    for_whom: "d8-for-whom",
    cue: "d8-cue",
    phases: &[
        unjudged("d8-circles", PhaseKind::For { seconds: 45.0 }),
        unjudged("d8-walk", PhaseKind::Steps { count: 40 }),
        bout("d8-usual", 40.0, Bout::Usual),
        ROLL,
        ROLL,
        ROLL,
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 4,
        conditions: &[
            rolls(Quantity::PelvisRotation, [1.15, f64::INFINITY], false),
            // A tenth is what the scatter of a hundred steps scatters itself. Ours.
            rolls(Quantity::MidStanceScatter, [0.0, 1.1], true),
        ],
        least_steps: 40,
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
    not_with: &[NotWith {
        message: "not-with-back-or-hip-pain",
        places: &[PainPlace::LowBack, PainPlace::Hip, PainPlace::HipFlexors],
    }],
    opening: Opening::AnyOf(&[DrillId::D2, DrillId::D7]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Ours,
        idea: "seed text S1 names the pelvis as what places the foot; the exercise is ours",
        thresholds: "ours, untested",
    },
};
