//! D4, lean-and-fall: let the tilt start the run.

use super::{Drill, FALLS, MASTERY, MISSING, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, STILL};
use crate::drill::{
    DrillId,
    rule::{LaunchRule, PassRule, RepetitionRule},
};

const fn starts(instruction: &'static str) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Repetitions { count: 4 },
        judged: true,
    }
}

const REST: Phase = Phase {
    instruction: "d4-rest",
    kind: PhaseKind::Rest { seconds: 60.0 },
    judged: false,
};

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D4,
    title: "d4-title",
    goal: "d4-goal",
    for_whom: "d4-for-whom",
    cue: "d4-cue",
    phases: &[
        starts("d4-start"),
        REST,
        starts("d4-start-again"),
        REST,
        starts("d4-start-last"),
    ],
    rule: RepetitionRule::Launch(LaunchRule {
        still: STILL,
        trunk_lean_deg: [6.0, 15.0],
        bend_deg: 4.0,
        // Above the error of integrating a one-second tip, a fifth of what 6° gives. Ours.
        pelvis_forward_mm: 20.0,
        pelvis_dip_mm: 10.0,
        steps: 3,
        // Lean and direction of force go together in acceleration (r = .93, Kugler & Janshen 2010); width ours.
        angle_error_deg: 4.0,
        // 133 steps a minute: slower is walking back to the line. Ours.
        walking_step_s: 0.45,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 9,
        of: 12,
        least_seen: 6,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: true,
    not_with: FALLS,
    opening: Opening::AnyOf(&[DrillId::D3]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "falling into small quick steps: seed text S3",
        thresholds: "the check of angle against acceleration after Kugler & Janshen 2010; the rest ours, untested",
    },
};
