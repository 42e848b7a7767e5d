//! D10, stop the head and compare: the runner's own experiment.

use super::{Drill, MASTERY, MISSING, Opening, Phase, PhaseKind, Provenance, ProvenanceKind, SETTLE_S};
use super::{bout, d9::NECK, unjudged};
use crate::drill::{
    DrillId,
    rule::{Bout, BoutRule, PassRule, RepetitionRule},
};

const FREE: Phase = bout("d10-free", 60.0, Bout::Usual);
const HELD: Phase = bout("d10-held", 60.0, Bout::Asked);

pub(super) const DRILL: Drill = Drill {
    id: DrillId::D10,
    title: "d10-title",
    goal: "d10-goal",
    for_whom: "d10-for-whom",
    cue: "d10-cue",
    phases: &[
        FREE,
        HELD,
        FREE,
        unjudged("d10-rest", PhaseKind::Rest { seconds: 60.0 }),
        // The other way round, so that what comes later is not always the same. Ours.
        HELD,
        FREE,
        HELD,
    ],
    // Done is passed: that nothing differs is a result, too.
    rule: RepetitionRule::Bouts(BoutRule {
        bouts: 3,
        conditions: &[],
        least_steps: 40,
        settle_s: SETTLE_S,
        missing: MISSING,
    }),
    pass: PassRule {
        passed: 2,
        of: 2,
        least_seen: 1,
        as_one: false,
    },
    mastery: Some(MASTERY),
    both_pods: false,
    not_with: NECK,
    opening: Opening::AnyOf(&[DrillId::D9]),
    more_lean: false,
    provenance: Provenance {
        kind: ProvenanceKind::Seed,
        idea: "a held head makes running harder, says seed text S4: here it is tested, not believed",
        thresholds: "ours, untested",
    },
};
