//! D12, dancer or runner: lean instead of arching when the leg goes back.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, PhaseKind, Provenance, ProvenanceKind, STILL};
use super::{easy, repetitions, unjudged};
use crate::drill::{
    DrillId, Finding,
    check_in::PainPlace,
    rule::{GuessRule, PassRule, RepetitionRule},
};

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D12,
    title: "d12-title",
    goal: "d12-goal",
    for_whom: "d12-for-whom",
    cue: "d12-cue",
    phases: &[
        repetitions("d12-arch", 6),
        unjudged("d12-rest", PhaseKind::Rest { seconds: 20.0 }),
        repetitions("d12-tip", 6),
        unjudged("d12-lunge", PhaseKind::Steps { count: 10 }),
        easy("d12-run", 30.0),
        easy("d12-run", 30.0),
        easy("d12-run", 30.0),
    ],
    rule: RepetitionRule::Guess(GuessRule {
        still: STILL,
        tilt_deg: 4.0,
        // Below this the back has followed the leg; a tip as one piece keeps the bend. Ours.
        arch_deg: 2.0,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 10,
        of: 12,
        least_seen: 6,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: true,
    not_with: &[NotWith {
        message: "not-with-back-pain",
        places: &[PainPlace::LowBack],
    }],
    opening: Opening::Found(Finding::Arches),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "an arched back instead of a lean: seed text S0",
        thresholds: "the protocol and every limit ours, untested",
    },
};
