//! D1, calf wake-up: let the ankle bend under load before a run.

use super::{Drill, MASTERY, MISSING, NotWith, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, STILL};
use super::{repetitions, unjudged};
use crate::drill::{
    DrillId,
    check_in::PainPlace,
    rule::{LowerRule, MasteryRule, PassRule, RepetitionRule},
};

const PAUSE: Phase = unjudged("d1-pause", PhaseKind::Rest { seconds: 20.0 });

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D1,
    title: "d1-title",
    goal: "d1-goal",
    for_whom: "d1-for-whom",
    cue: "d1-cue",
    phases: &[
        repetitions("d1-straight", 8),
        PAUSE,
        repetitions("d1-straight-again", 8),
        PAUSE,
        repetitions("d1-straight-last", 8),
        PAUSE,
        repetitions("d1-soft", 8),
        unjudged("d1-rocks", PhaseKind::For { seconds: 30.0 }),
        unjudged("d1-walk", PhaseKind::For { seconds: 60.0 }),
    ],
    rule: RepetitionRule::Lower(LowerRule {
        still: STILL,
        // The way of a heel below a step. Ours.
        drop_mm: [40.0, 80.0],
        // Asked for 3 to 4 s; a second is given away on the slow side, half a one on the fast one. Ours.
        down_s: [2.5, 5.0],
        pitch_deg: 5.0,
        missing: MISSING,
    }),
    // Four fifths of the lowerings make the session one that counts. Ours.
    pass: PassRule {
        passed: 26,
        of: 32,
        least_seen: 16,
        as_one: true,
    },
    // Done before six runs. Ours.
    mastery: Some(MasteryRule {
        met: 6,
        later_without_feedback: false,
        ..MASTERY
    }),
    both_pods: false,
    not_with: &[NotWith {
        message: "not-with-calf-pain",
        places: &[PainPlace::Calf, PainPlace::Achilles],
    }],
    opening: Opening::AnyOf(&[DrillId::D0]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "waking the calves before a run: seed text S1",
        thresholds: "doses and limits ours, untested",
    },
};
