//! D6, lean dial: a little more speed by a little more lean.

use super::{Drill, MASTERY, MISSING, Opening, Phase, Provenance, ProvenanceKind, SETTLE_S};
use super::{bout, easy};
use crate::drill::{
    DrillId, Miss,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

const EASY: Phase = bout("d6-easy", 20.0, Bout::Usual);
const MORE: Phase = bout("d6-more", 20.0, Bout::Asked);
const BACK: Phase = bout("d6-back", 20.0, Bout::Usual);
const BETWEEN: Phase = easy("d6-between", 90.0);

const fn more(
    quantity: Quantity,
    compared: Comparison,
    within: [f64; 2],
    miss: [Miss; 2],
    optional: bool,
) -> Condition {
    Condition {
        quantity,
        of: Bout::Asked,
        against: Bout::Usual,
        compared,
        within,
        miss,
        optional,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D6,
    title: "d6-title",
    goal: "d6-goal",
    for_whom: "d6-for-whom",
    cue: "d6-cue",
    phases: &[
        EASY, MORE, BACK, BETWEEN, EASY, MORE, BACK, BETWEEN, EASY, MORE, BACK, BETWEEN, EASY, MORE, BACK,
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 3,
        conditions: &[
            // Three times what the mean of a bout scatters; 3° is all the band allows. Ours.
            more(
                Quantity::TrunkLean,
                Comparison::Difference,
                [0.7, 3.0],
                [Miss::NoChange, Miss::TooMuch],
                false,
            ),
            more(
                Quantity::WaistBend,
                Comparison::Difference,
                [-3.0, 3.0],
                [Miss::Bent, Miss::Bent],
                true,
            ),
            more(
                Quantity::Cadence,
                Comparison::Ratio,
                [0.0, 1.05],
                [Miss::TooFast, Miss::TooFast],
                false,
            ),
            more(
                Quantity::Speed,
                Comparison::Difference,
                [0.0, f64::INFINITY],
                [Miss::NoChange, Miss::NoChange],
                true,
            ),
        ],
        least_steps: 20,
        settle_s: SETTLE_S,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 3,
        of: 4,
        least_seen: 2,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: &[],
    opening: Opening::AnyOf(&[DrillId::D5]),
    more_lean: true,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "lean in proportion to speed: comments under seed text S0; trained runners stay as upright when they run faster (Preece 2016), so they skip it",
        thresholds: "ours, untested",
    },
};
