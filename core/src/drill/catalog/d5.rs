//! D5, stop-start game: feel and steer the lean by starting and stopping.

use super::{Drill, FALLS, MASTERY, Opening, PhaseKind, Provenance, ProvenanceKind};
use super::{d4, repetitions, unjudged};
use crate::drill::{DrillId, rule::PassRule};

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D5,
    title: "d5-title",
    goal: "d5-goal",
    for_whom: "d5-for-whom",
    cue: "d5-cue",
    phases: &[
        repetitions("d5-start", 6),
        unjudged("d5-rest", PhaseKind::Rest { seconds: 30.0 }),
        repetitions("d5-eyes-far", 3),
    ],
    // A start is a start: as in lean-and-fall. The stop and how soon the push follows the tilt are not judged yet.
    rule: d4::DRILL.rule,
    pass: PassRule {
        passed: 8,
        of: 9,
        least_seen: 5,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: true,
    not_with: FALLS,
    opening: Opening::AnyOf(&[DrillId::D4]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "starting and stopping as the place where the lean is felt: seed text S0",
        thresholds: "doses ours, untested",
    },
};
