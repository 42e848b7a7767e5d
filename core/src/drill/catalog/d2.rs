//! D2, lower-belly breathing: let the pelvis move with the breath.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, PhaseKind, Provenance, ProvenanceKind, STILL};
use super::{repetitions, unjudged};
use crate::drill::{
    DrillId,
    rule::{BreathRule, PassRule, RepetitionRule, StillRule},
};

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D2,
    title: "d2-title",
    goal: "d2-goal",
    for_whom: "d2-for-whom",
    cue: "d2-cue",
    phases: &[
        repetitions("d2-lying", 10),
        unjudged("d2-up", PhaseKind::Rest { seconds: 20.0 }),
        repetitions("d2-standing", 10),
        unjudged("d2-walk", PhaseKind::Steps { count: 20 }),
    ],
    rule: RepetitionRule::Breath(BreathRule {
        // Whoever lies down or gets up turns faster, a quick breath slower. Ours.
        still: StillRule {
            rotation_deg_per_s: 8.0,
            ..STILL
        },
        per_minute: [6.0, 12.0],
        // Above what a pod's angle scatters while the body is quiet. Ours.
        swing_deg: 0.5,
        grows: 0.2,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 16,
        of: 20,
        least_seen: 10,
        as_one: true,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: &[
        NotWith {
            message: "not-with-dizziness",
            places: &[],
        },
        NotWith {
            message: "not-with-belly-surgery",
            places: &[],
        },
    ],
    opening: Opening::AnyOf(&[DrillId::D0]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "freeing the lower belly: seed text S2, whose own exercise is in a film we have not seen",
        thresholds: "the protocol and every limit ours, untested",
    },
};
