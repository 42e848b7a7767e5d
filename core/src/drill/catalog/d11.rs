//! D11, face forward: undo a head that is pulled back.

use super::{
    Drill, MASTERY, MISSING, NotWith, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, SETTLE_S,
};
use super::{bout, unjudged};
use crate::drill::{
    DrillId, Finding, Miss,
    check_in::PainPlace,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

const FACE: Phase = bout("d11-run", 30.0, Bout::Asked);

const fn leans(of: Bout, against: Bout, within: [f64; 2], miss: [Miss; 2]) -> Condition {
    Condition {
        quantity: Quantity::TrunkLean,
        of,
        against,
        compared: Comparison::Difference,
        within,
        miss,
        optional: false,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D11,
    title: "d11-title",
    goal: "d11-goal",
    for_whom: "d11-for-whom",
    cue: "d11-cue",
    phases: &[
        unjudged("d11-glide", PhaseKind::For { seconds: 40.0 }),
        unjudged("d11-walk", PhaseKind::Steps { count: 20 }),
        bout("d11-usual", 60.0, Bout::Usual),
        FACE,
        FACE,
        FACE,
        bout("d11-after", 60.0, Bout::After),
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 5,
        conditions: &[
            leans(
                Bout::Asked,
                Bout::Usual,
                [1.0, 3.0],
                [Miss::NoChange, Miss::TooMuch],
            ),
            leans(
                Bout::After,
                Bout::Asked,
                [-1.0, f64::INFINITY],
                [Miss::NotKept, Miss::NotKept],
            ),
            Condition {
                quantity: Quantity::WaistBend,
                of: Bout::Asked,
                against: Bout::Usual,
                compared: Comparison::Difference,
                within: [-3.0, 3.0],
                miss: [Miss::Bent, Miss::Bent],
                optional: true,
            },
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
    not_with: &[
        NotWith {
            message: "not-with-hurt-neck",
            places: &[PainPlace::Neck],
        },
        NotWith {
            message: "not-with-numb-arm",
            places: &[],
        },
    ],
    opening: Opening::Found(Finding::HoldsHeadBack),
    more_lean: true,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "a head pulled back holds the lean back: seed texts S0 and S1",
        thresholds: "doses and limits ours, untested",
    },
};
