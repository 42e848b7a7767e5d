//! D0, find your plumb line: the calibration every angle is measured from.

use super::{Drill, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, STILL};
use crate::{
    drill::{
        DrillId,
        rule::{HoldRule, PassRule, RepetitionRule},
    },
    lean::rules::LARGEST_SPREAD_DEG,
};

/// Seconds a stand is held. Ours; three of them, because standing repeats to about 1.9° (Donaldson 2021).
const HOLD_S: f64 = 5.0;

/// Largest angle between the three stands, degrees; the pipeline measures it, the runner is asked to stand again
/// beyond it: what passes here carries a class.
pub const MAX_SPREAD_DEG: f64 = LARGEST_SPREAD_DEG;

const fn stand(instruction: &'static str) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Hold { seconds: HOLD_S },
        judged: true,
    }
}

const fn walk(instruction: &'static str, count: u32) -> Phase {
    Phase {
        instruction,
        kind: PhaseKind::Steps { count },
        judged: false,
    }
}

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D0,
    title: "d0-title",
    goal: "d0-goal",
    for_whom: "d0-for-whom",
    cue: "d0-cue",
    phases: &[
        stand("d0-stand"),
        walk("d0-walk", 5),
        stand("d0-stand-again"),
        walk("d0-walk", 5),
        stand("d0-stand-last"),
        // Straight, because they give the forward axis.
        walk("d0-walk-straight", 10),
    ],
    rule: RepetitionRule::Hold(HoldRule {
        still: STILL,
        hold_s: HOLD_S,
        pause_s: 1.5,
    }),
    pass: PassRule {
        passed: 3,
        of: 3,
        least_seen: 3,
        as_one: false,
    },
    mastery: None,
    both_pods: false,
    not_with: &[],
    opening: Opening::Always,
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Ours,
        idea: "ours",
        thresholds: "ours, against the repeatability of standing in Donaldson, Bayne & Bezodis 2021",
    },
};
