//! The decision table as data: which sign speaks how much for which cause.
//!
//! Weights are log-odds and starting guesses of ours, to be replaced by what runs teach; so are the limits of the signs
//! where nothing else is said. Invariant: every cause but *none* has one row.

use super::{
    Cause, Evidence, RankedCause,
    self_test::SelfTest,
    sign::Sign::{
        self, AboveBand, Asymmetric, BelowBand, BentForMost, Brakes, ChestBehind, Danced, DriftsUpright,
        Early, Fades, Felt as Feels, HighForMost, Late, LaunchesBent, LaunchesStall, LowForMost, Mostly,
        MovedByHills, OnHills, OneSideShort, OverAtSpeed, Sits, SlowCadence, Sore, SteepWithSpeed, TestFails,
        TestPasses, TiresBent, TiresUpright, Tucked, UnevenContact, UnusualBend, WarmsUp,
    },
};
use crate::{
    drill::{
        catalog::ProvenanceKind,
        check_in::{Felt, PainPlace},
        message::Message,
    },
    lean::reading::LeanClass::{Good, Over, Under, WaistBend},
};

/// One row: a cause and what makes it surer.
pub(super) struct Rule {
    cause: Cause,
    /// Log-odds without any sign, before anything was seen.
    base: f64,
    /// What each sign at full strength adds.
    weights: &'static [(Sign, f64)],
    provenance: ProvenanceKind,
}

/// A cause that shows in the lean itself.
const SHOWS: f64 = -2.2;
/// A cause behind another: it needs more to be named.
const BEHIND: f64 = -3.0;

pub(super) const TABLE: [Rule; 15] = [
    Rule {
        cause: Cause::NotLeaningEnough,
        base: SHOWS,
        weights: &[
            (Mostly(Under), 2.5),
            (LowForMost, 2.8),
            (BelowBand, 0.7),
            (Late, 1.0),
            (Brakes, 0.7),
            (Sore(PainPlace::Quads), 1.0),
            (Sore(PainPlace::Foot), 0.7),
            (Feels(Felt::LegsPushHard), 1.5),
            (Fades(Under), -2.0),
            (Mostly(Over), -3.0),
            (Mostly(WaistBend), -2.5),
            (OnHills, -1.5),
            (TiresUpright, -2.5),
            (ChestBehind, -1.0),
            (TiresBent, -1.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::StiffCalves,
        base: BEHIND,
        weights: &[
            (Mostly(Under), 1.5),
            (LowForMost, 2.0),
            (LaunchesStall, 2.0),
            (WarmsUp, 1.2),
            (Feels(Felt::CalvesStiff), 2.0),
            (Sore(PainPlace::Calf), 1.2),
            (Sore(PainPlace::Achilles), 0.7),
            (TestFails(SelfTest::KneeToWall), 2.2),
            (TestPasses(SelfTest::KneeToWall), -1.5),
            (Mostly(Over), -3.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::StiffCore,
        base: BEHIND,
        weights: &[
            (Mostly(Under), 1.5),
            (LowForMost, 2.0),
            (Tucked, 1.2),
            (Sits, 0.8),
            (Feels(Felt::BracesAbs), 2.0),
            (TestFails(SelfTest::BellyBreath), 2.2),
            (TestPasses(SelfTest::BellyBreath), -1.5),
            (Mostly(Over), -3.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::RetractedHead,
        base: BEHIND,
        weights: &[
            (Mostly(Under), 1.5),
            (LowForMost, 2.0),
            (Feels(Felt::ChinPulledIn), 2.0),
            (Feels(Felt::RunsTall), 1.5),
            (Sore(PainPlace::Neck), 1.2),
            (TestFails(SelfTest::FaceGlide), 2.2),
            (TestPasses(SelfTest::FaceGlide), -1.5),
            (Mostly(Over), -3.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::Arching,
        base: BEHIND,
        weights: &[
            (ChestBehind, 3.5),
            (Mostly(Good), 1.5),
            (Mostly(Under), 0.7),
            (Danced, 1.2),
            (Sore(PainPlace::LowBack), 1.0),
            (TestFails(SelfTest::ArchOrTip), 2.2),
            (TestPasses(SelfTest::ArchOrTip), -1.5),
            (Mostly(WaistBend), -2.5),
            (UnusualBend, -2.0),
            (BentForMost, -2.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::WaistBend,
        base: SHOWS,
        weights: &[
            (Mostly(WaistBend), 2.8),
            (BentForMost, 3.0),
            (UnusualBend, 1.0),
            (LaunchesBent, 0.8),
            (Feels(Felt::SeatSticksOut), 1.5),
            (Sore(PainPlace::LowBack), 0.5),
            (TestFails(SelfTest::WallTilt), 1.5),
            (TestPasses(SelfTest::WallTilt), -1.5),
            (Mostly(Good), -2.0),
            (Fades(WaistBend), -3.0),
            (TiresBent, -3.0),
            (ChestBehind, -2.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::StartHabit,
        base: BEHIND,
        weights: &[
            (LaunchesBent, 5.0),
            (Mostly(Good), 1.5),
            (Mostly(WaistBend), -3.0),
            (BentForMost, -2.5),
        ],
        provenance: ProvenanceKind::Ours,
    },
    Rule {
        cause: Cause::LeaningTooFar,
        base: SHOWS,
        weights: &[
            (Mostly(Over), 2.8),
            (HighForMost, 3.5),
            (AboveBand, 0.7),
            (Early, 1.2),
            (Sore(PainPlace::HipFlexors), 1.2),
            (Feels(Felt::LegsDrag), 1.5),
            (Late, -1.5),
            (OverAtSpeed, -2.5),
            (OnHills, -1.5),
            (Mostly(Under), -3.0),
            (LowForMost, -2.0),
            (BentForMost, -1.5),
            (SteepWithSpeed, -2.0),
            (TiresBent, -2.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::LeanRisesWithSpeed,
        base: BEHIND,
        weights: &[
            (SteepWithSpeed, 5.0),
            (OverAtSpeed, 5.0),
            (Mostly(Under), -2.0),
            (TiresUpright, -2.0),
        ],
        provenance: ProvenanceKind::Ours,
    },
    Rule {
        cause: Cause::Overstriding,
        base: BEHIND,
        weights: &[
            (SlowCadence, 3.0),
            (Brakes, 1.5),
            (Mostly(Good), 1.5),
            (Sore(PainPlace::Shin), 1.2),
            (Sore(PainPlace::Knee), 0.8),
            (Mostly(Under), -1.5),
            (Mostly(Over), -1.5),
            (Mostly(WaistBend), -1.5),
        ],
        provenance: ProvenanceKind::Study,
    },
    Rule {
        cause: Cause::HeadHeld,
        base: BEHIND,
        weights: &[
            (Sore(PainPlace::Neck), 1.2),
            (Sore(PainPlace::Hip), 1.0),
            (Mostly(Good), 1.5),
            (TestFails(SelfTest::HandsOnHips), 2.2),
            (TestPasses(SelfTest::HandsOnHips), -1.5),
            (Mostly(Under), -1.0),
            (Mostly(Over), -1.5),
            (Mostly(WaistBend), -1.5),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::FatigueUnder,
        base: BEHIND,
        weights: &[
            (TiresUpright, 5.0),
            (Fades(Under), 5.0),
            (DriftsUpright, 1.5),
            (Sore(PainPlace::Quads), 0.5),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::FatigueBend,
        base: BEHIND,
        weights: &[
            (TiresBent, 5.0),
            (Fades(WaistBend), 5.0),
            (Sore(PainPlace::LowBack), 0.5),
        ],
        provenance: ProvenanceKind::Study,
    },
    Rule {
        cause: Cause::Asymmetry,
        base: BEHIND,
        weights: &[
            (UnevenContact, 4.5),
            (Asymmetric, 1.5),
            (OneSideShort, 0.7),
            (Mostly(Good), 1.5),
        ],
        provenance: ProvenanceKind::Ours,
    },
    Rule {
        cause: Cause::Terrain,
        base: BEHIND,
        weights: &[
            (MovedByHills, 5.0),
            (OnHills, 5.0),
            (Mostly(Under), -1.5),
            (Mostly(Over), -1.5),
        ],
        provenance: ProvenanceKind::Ours,
    },
];

/// What speaks for nothing at all to be found.
pub(super) fn none(evidence: &Evidence) -> f64 {
    1.5 * Mostly(Good).strength(evidence)
}

impl Rule {
    /// Log-odds.
    pub(super) fn score(&self, evidence: &Evidence) -> f64 {
        let signs = self.weights.iter();
        self.base
            + signs
                .map(|(sign, weight)| weight * sign.strength(evidence))
                .sum::<f64>()
    }

    /// The cause with what speaks for it; its probability is the caller's.
    pub(super) fn reasons(&self, evidence: &Evidence) -> RankedCause {
        let mut signs: Vec<(f64, Message)> = self
            .weights
            .iter()
            .map(|(sign, weight)| (weight * sign.strength(evidence), *sign))
            .filter(|(added, _)| *added > 0.0)
            .filter_map(|(added, sign)| Some((added, sign.message(evidence)?)))
            .collect();
        signs.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let messages = signs.into_iter().map(|(_, message)| message).collect();
        RankedCause {
            cause: self.cause,
            probability: 0.0,
            evidence: messages,
            provenance: self.provenance,
        }
    }
}
