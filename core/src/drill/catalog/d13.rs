//! D13, foot placement check: see what the lean did to the landing.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, Provenance, ProvenanceKind, SETTLE_S, bout};
use crate::drill::{
    DrillId, Miss,
    check_in::PainPlace,
    rule::{Bout, BoutRule, Comparison, Condition, PassRule, Quantity, RepetitionRule},
};

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D13,
    title: "d13-title",
    goal: "d13-goal",
    for_whom: "d13-for-whom",
    cue: "d13-cue",
    phases: &[
        bout("d13-usual", 60.0, Bout::Usual),
        bout("d13-lean", 60.0, Bout::Asked),
        bout("d13-usual-again", 60.0, Bout::Usual),
    ],
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 3,
        // Whether the foot lands in its middle no pod at the torso can see; nothing is said of it.
        conditions: &[Condition {
            quantity: Quantity::SpeedLoss,
            of: Bout::Asked,
            against: Bout::Usual,
            compared: Comparison::Ratio,
            // A twentieth is what the mean of a minute scatters. Ours.
            within: [0.0, 1.05],
            miss: [Miss::Braked, Miss::Braked],
            optional: false,
        }],
        least_steps: 40,
        settle_s: SETTLE_S,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 1,
        of: 1,
        least_seen: 1,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: &[NotWith {
        message: "not-with-shin-or-foot-pain",
        places: &[PainPlace::Shin, PainPlace::Foot],
    }],
    opening: Opening::Mastered(2),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "seed text S3 expects a quieter landing, S1 one ahead of the body: here the braking is measured (it rises with the foot ahead of the hip, Lieberman 2015)",
        thresholds: "ours, untested",
    },
};
