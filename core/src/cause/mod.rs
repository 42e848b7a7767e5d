//! From what was seen in a run to likely causes, each with its reasons.
//!
//! Makes no diagnosis and chooses no words. Invariant: the probabilities sum to 1, *none* included, and with fewer
//! than three valid runs no named cause gets above one half.

use serde::{Deserialize, Serialize};

use crate::{
    drill::{
        DrillId,
        catalog::ProvenanceKind,
        message::{Argument, Message},
    },
    lean::{band::RUNS_TO_LEARN, reading::LeanClass},
};

/// No cause is likelier than this while the runner's own way is not known. Ours.
const MOST_WHILE_LEARNING: f64 = 0.5;
/// Judged seconds that make the shares of the classes fully count. Ours.
const ENOUGH_JUDGED_S: f64 = 300.0;

/// What lies behind the lean of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Less lean than the runner's own.
    NotLeaningEnough,
    /// The lean comes from the waist.
    WaistBend,
    /// Only the start is bent.
    StartHabit,
    /// More lean than the runner's own.
    LeaningTooFar,
    /// The lean goes as the runner tires.
    FatigueUnder,
    /// None of these.
    None,
}

impl Cause {
    /// Every cause, in the order that breaks ties.
    pub const ALL: [Self; 6] = [
        Self::NotLeaningEnough,
        Self::WaistBend,
        Self::StartHabit,
        Self::LeaningTooFar,
        Self::FatigueUnder,
        Self::None,
    ];

    /// Message: the cause as a sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotLeaningEnough => "cause-not-leaning-enough",
            Self::WaistBend => "cause-waist-bend",
            Self::StartHabit => "cause-start-habit",
            Self::LeaningTooFar => "cause-leaning-too-far",
            Self::FatigueUnder => "cause-fatigue-under",
            Self::None => "cause-none",
        }
    }

    /// The drill to begin with; `None` when nothing is to be changed. For leaning too far and for fatigue the tilt at
    /// the wall stands in until their own drills exist: it teaches how small a tilt is asked for.
    #[must_use]
    pub const fn first_drill(self) -> Option<DrillId> {
        match self {
            Self::NotLeaningEnough | Self::StartHabit => Some(DrillId::D4),
            Self::WaistBend | Self::LeaningTooFar | Self::FatigueUnder => Some(DrillId::D3),
            Self::None => None,
        }
    }

    /// Message: why that drill; takes its title as `drill`.
    #[must_use]
    pub const fn why_first_drill(self) -> Option<&'static str> {
        match self {
            Self::NotLeaningEnough => Some("why-cause-not-leaning-enough"),
            Self::WaistBend => Some("why-cause-waist-bend"),
            Self::StartHabit => Some("why-cause-start-habit"),
            Self::LeaningTooFar => Some("why-cause-leaning-too-far"),
            Self::FatigueUnder => Some("why-cause-fatigue-under"),
            Self::None => None,
        }
    }
}

/// What a run showed; `None` where it could not be told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Seconds of running in each class, ordered as [`LeanClass::ALL`].
    pub class_seconds: [f64; 5],
    /// Share of *good* in the judged time of the first third, 0 to 1.
    pub early_good_share: Option<f64>,
    /// Share of *under* in the judged time of the last third, 0 to 1.
    pub late_under_share: Option<f64>,
    /// Change of trunk lean, degrees per 10 minutes.
    pub drift_deg_per_10_min: Option<f64>,
    /// Mean trunk lean, degrees.
    pub trunk_lean_deg: Option<f64>,
    /// The runner's own band, degrees.
    pub band_deg: Option<[f64; 2]>,
    /// Mean mid-stance timing, share of ground contact.
    pub mid_stance_timing: Option<f64>,
    /// The runner's usual mid-stance timing.
    pub usual_mid_stance_timing: Option<f64>,
    /// Mean waist bend, degrees.
    pub waist_bend_deg: Option<f64>,
    /// The runner's usual waist bend, degrees.
    pub usual_bend_deg: Option<f64>,
    /// Starts from standstill that were seen.
    pub launches_seen: u32,
    /// Of those, the ones bent at the waist or with the pelvis behind.
    pub launches_bent: u32,
    /// Valid runs before this one that the runner's own curve is learned from.
    pub valid_runs: u32,
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

mod rules;

/// Every cause with its probability, most likely first; ties in the order of [`Cause::ALL`].
#[must_use]
pub fn rank(evidence: &Evidence) -> Vec<RankedCause> {
    let mut scores: Vec<(RankedCause, f64)> = rules::TABLE
        .iter()
        .map(|rule| {
            let weight = rule.score(evidence).map_or(0.0, f64::exp);
            (rule.reasons(evidence), weight)
        })
        .collect();
    // *None* is the reference that every score is measured against.
    let total = 1.0 + scores.iter().map(|(_, weight)| weight).sum::<f64>();
    let cap = if (evidence.valid_runs as usize) < RUNS_TO_LEARN {
        MOST_WHILE_LEARNING
    } else {
        1.0
    };
    let mut ranked: Vec<RankedCause> = scores
        .drain(..)
        .map(|(cause, weight)| RankedCause {
            probability: (weight / total).min(cap),
            ..cause
        })
        .collect();
    let named: f64 = ranked.iter().map(|cause| cause.probability).sum();
    let (cause, provenance) = (Cause::None, ProvenanceKind::Ours);
    ranked.push(RankedCause {
        cause,
        probability: 1.0 - named,
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

impl Evidence {
    /// Share of a class in the judged time, damped when little was judged.
    fn share(&self, class: LeanClass) -> f64 {
        let seconds = |class: LeanClass| {
            self.class_seconds
                .get(class.index())
                .copied()
                .unwrap_or(0.0)
                .max(0.0)
        };
        let judged: f64 = LeanClass::ALL
            .into_iter()
            .filter(|one| *one != LeanClass::NotSure)
            .map(seconds)
            .sum();
        seconds(class) / judged.max(ENOUGH_JUDGED_S)
    }

    /// Mid-stance timing against the runner's usual, + late.
    fn lateness(&self) -> Option<f64> {
        Some(self.mid_stance_timing? - self.usual_mid_stance_timing?)
    }

    /// Waist bend against the runner's usual, degrees.
    fn unusual_bend_deg(&self) -> Option<f64> {
        Some(self.waist_bend_deg? - self.usual_bend_deg?)
    }
}

fn number(value: f64, digits: u8) -> Argument {
    Argument::Decimal { value, digits }
}

#[cfg(test)]
mod tests;
