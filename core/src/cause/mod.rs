//! From what runs showed and what the runner told to likely causes, each with its reasons.
//!
//! Makes no diagnosis and chooses no words. Invariant: the probabilities sum to 1, *none* included, and with fewer
//! than three valid runs no named cause gets above one half.

mod evidence;
mod rules;
pub mod seen;
pub mod self_test;
mod sign;
pub mod told;
mod trend;

use serde::{Deserialize, Serialize};

pub use self::evidence::Evidence;
use crate::{
    drill::{DrillId, Finding, catalog::ProvenanceKind, message::Message},
    lean::band::RUNS_TO_LEARN,
};

/// No cause is likelier than this while the runner's own way is not known. Ours.
const MOST_WHILE_LEARNING: f64 = 0.5;
/// From this probability on a cause opens what is for it alone, and keeps away what would make it worse. Ours.
const FOUND: f64 = 0.2;

/// What lies behind the lean of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Less lean than the runner's own.
    NotLeaningEnough,
    /// Calves that do not let the ankle bend.
    StiffCalves,
    /// A braced belly and a tucked pelvis.
    StiffCore,
    /// A head that is pulled back.
    RetractedHead,
    /// The back arches instead of leaning.
    Arching,
    /// The lean comes from the waist.
    WaistBend,
    /// Only the start is bent.
    StartHabit,
    /// More lean than the runner's own.
    LeaningTooFar,
    /// More lean than suits above a speed only.
    LeanRisesWithSpeed,
    /// The foot lands too far ahead, whatever the lean.
    Overstriding,
    /// The head is held still.
    HeadHeld,
    /// The lean goes as the runner tires.
    FatigueUnder,
    /// The waist bends as the runner tires.
    FatigueBend,
    /// Left and right differ.
    Asymmetry,
    /// The ground or the wind, which may be right.
    Terrain,
    /// None of these.
    None,
}

impl Cause {
    /// Every cause, in the order that breaks ties.
    pub const ALL: [Self; 16] = [
        Self::NotLeaningEnough,
        Self::StiffCalves,
        Self::StiffCore,
        Self::RetractedHead,
        Self::Arching,
        Self::WaistBend,
        Self::StartHabit,
        Self::LeaningTooFar,
        Self::LeanRisesWithSpeed,
        Self::Overstriding,
        Self::HeadHeld,
        Self::FatigueUnder,
        Self::FatigueBend,
        Self::Asymmetry,
        Self::Terrain,
        Self::None,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotLeaningEnough => "not_leaning_enough",
            Self::StiffCalves => "stiff_calves",
            Self::StiffCore => "stiff_core",
            Self::RetractedHead => "retracted_head",
            Self::Arching => "arching",
            Self::WaistBend => "waist_bend",
            Self::StartHabit => "start_habit",
            Self::LeaningTooFar => "leaning_too_far",
            Self::LeanRisesWithSpeed => "lean_rises_with_speed",
            Self::Overstriding => "overstriding",
            Self::HeadHeld => "head_held",
            Self::FatigueUnder => "fatigue_under",
            Self::FatigueBend => "fatigue_bend",
            Self::Asymmetry => "asymmetry",
            Self::Terrain => "terrain",
            Self::None => "none",
        }
    }

    /// Message: the cause as a sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotLeaningEnough => "cause-not-leaning-enough",
            Self::StiffCalves => "cause-stiff-calves",
            Self::StiffCore => "cause-stiff-core",
            Self::RetractedHead => "cause-retracted-head",
            Self::Arching => "cause-arching",
            Self::WaistBend => "cause-waist-bend",
            Self::StartHabit => "cause-start-habit",
            Self::LeaningTooFar => "cause-leaning-too-far",
            Self::LeanRisesWithSpeed => "cause-lean-rises-with-speed",
            Self::Overstriding => "cause-overstriding",
            Self::HeadHeld => "cause-head-held",
            Self::FatigueUnder => "cause-fatigue-under",
            Self::FatigueBend => "cause-fatigue-bend",
            Self::Asymmetry => "cause-asymmetry",
            Self::Terrain => "cause-terrain",
            Self::None => "cause-none",
        }
    }

    /// The drills for it, the first one first; none where nothing is to be changed by a drill.
    #[must_use]
    pub const fn drills(self) -> &'static [DrillId] {
        match self {
            Self::NotLeaningEnough => &[DrillId::D4, DrillId::D5],
            Self::StiffCalves => &[DrillId::D1, DrillId::D3],
            Self::StiffCore => &[DrillId::D2, DrillId::D8],
            Self::RetractedHead => &[DrillId::D11, DrillId::D9, DrillId::D10],
            Self::Arching => &[DrillId::D12, DrillId::D3],
            Self::WaistBend => &[DrillId::D3, DrillId::D4],
            Self::StartHabit => &[DrillId::D4],
            Self::LeaningTooFar => &[DrillId::D7, DrillId::D8],
            Self::LeanRisesWithSpeed => &[DrillId::D7, DrillId::D6],
            Self::Overstriding => &[DrillId::D13],
            Self::HeadHeld => &[DrillId::D9, DrillId::D10],
            Self::FatigueUnder | Self::FatigueBend => &[DrillId::D14],
            Self::Asymmetry | Self::Terrain | Self::None => &[],
        }
    }

    /// Message: why these drills; takes the title of the one that is next as `drill`.
    #[must_use]
    pub const fn why_first_drill(self) -> Option<&'static str> {
        match self {
            Self::NotLeaningEnough => Some("why-cause-not-leaning-enough"),
            Self::StiffCalves => Some("why-cause-stiff-calves"),
            Self::StiffCore => Some("why-cause-stiff-core"),
            Self::RetractedHead => Some("why-cause-retracted-head"),
            Self::Arching => Some("why-cause-arching"),
            Self::WaistBend => Some("why-cause-waist-bend"),
            Self::StartHabit => Some("why-cause-start-habit"),
            Self::LeaningTooFar => Some("why-cause-leaning-too-far"),
            Self::LeanRisesWithSpeed => Some("why-cause-lean-rises-with-speed"),
            Self::Overstriding => Some("why-cause-overstriding"),
            Self::HeadHeld => Some("why-cause-head-held"),
            Self::FatigueUnder => Some("why-cause-fatigue-under"),
            Self::FatigueBend => Some("why-cause-fatigue-bend"),
            Self::Asymmetry | Self::Terrain | Self::None => None,
        }
    }

    /// What it opens, where it is likely.
    #[must_use]
    pub const fn finding(self) -> Option<Finding> {
        match self {
            Self::LeaningTooFar | Self::LeanRisesWithSpeed => Some(Finding::LeansTooFar),
            Self::Arching => Some(Finding::Arches),
            Self::RetractedHead => Some(Finding::HoldsHeadBack),
            _ => None,
        }
    }
}

/// One cause with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedCause {
    /// Which.
    pub cause: Cause,
    /// How likely, 0 to 1.
    pub probability: f64,
    /// What speaks for it, the weightiest first.
    pub evidence: Vec<Message>,
    /// Where the rule comes from.
    pub provenance: ProvenanceKind,
}

impl RankedCause {
    /// Whether it is likely enough to open what is for it alone.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.probability >= FOUND
    }
}

/// Every cause with its probability, most likely first; ties in the order of [`Cause::ALL`].
#[must_use]
pub fn rank(evidence: &Evidence) -> Vec<RankedCause> {
    let weighed: Vec<(RankedCause, f64)> = rules::TABLE
        .iter()
        .map(|rule| (rule.reasons(evidence), rule.score(evidence).exp()))
        .collect();
    let none = rules::none(evidence).exp();
    let total = none + weighed.iter().map(|(_, weight)| weight).sum::<f64>();
    let cap = if evidence.valid_runs() < RUNS_TO_LEARN {
        MOST_WHILE_LEARNING
    } else {
        1.0
    };
    let mut ranked: Vec<RankedCause> = weighed
        .into_iter()
        .map(|(cause, weight)| RankedCause {
            probability: (weight / total).min(cap),
            ..cause
        })
        .collect();
    let named: f64 = ranked.iter().map(|cause| cause.probability).sum();
    let (cause, provenance) = (Cause::None, ProvenanceKind::Ours);
    ranked.push(RankedCause {
        cause,
        probability: (1.0 - named).max(0.0),
        evidence: Vec::new(),
        provenance,
    });
    ranked.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then(a.cause.cmp(&b.cause))
    });
    ranked
}

#[cfg(test)]
mod tests;
