//! The decision table as data: which sign speaks how much for which cause.
//!
//! Weights are log-odds against *none* and starting guesses of ours, to be replaced by what runs teach.

use super::{Cause, Evidence, RankedCause, number};
use crate::{
    drill::{
        catalog::ProvenanceKind,
        message::{Argument, Message},
    },
    lean::reading::LeanClass,
};

/// One row: a cause, what must be there for it at all, and what makes it surer.
pub(super) struct Rule {
    cause: Cause,
    /// Log-odds against *none* without any sign.
    base: f64,
    /// Without this sign the cause is out of question.
    needs: Sign,
    /// What each sign at full strength adds.
    weights: &'static [(Sign, f64)],
    provenance: ProvenanceKind,
}

/// Something to be seen in a run, with a strength from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    MostlyUnder,
    MostlyOver,
    MostlyBent,
    BelowBand,
    AboveBand,
    Late,
    Early,
    UnusualBend,
    LaunchesBent,
    RunFine,
    Fades,
    DriftsUpright,
}

pub(super) const TABLE: [Rule; 5] = [
    Rule {
        cause: Cause::NotLeaningEnough,
        base: -2.0,
        needs: Sign::MostlyUnder,
        weights: &[
            (Sign::MostlyUnder, 3.0),
            (Sign::Late, 1.0),
            (Sign::BelowBand, 1.0),
            (Sign::Fades, -2.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::WaistBend,
        base: -2.0,
        needs: Sign::MostlyBent,
        weights: &[
            (Sign::MostlyBent, 3.0),
            (Sign::UnusualBend, 1.0),
            (Sign::LaunchesBent, 1.0),
            (Sign::RunFine, -2.0),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::StartHabit,
        base: -2.0,
        needs: Sign::LaunchesBent,
        weights: &[
            (Sign::LaunchesBent, 2.0),
            (Sign::RunFine, 2.0),
            (Sign::MostlyBent, -2.0),
        ],
        provenance: ProvenanceKind::Ours,
    },
    Rule {
        cause: Cause::LeaningTooFar,
        base: -2.0,
        needs: Sign::MostlyOver,
        weights: &[
            (Sign::MostlyOver, 3.0),
            (Sign::Early, 1.5),
            (Sign::AboveBand, 1.0),
            (Sign::Late, -1.5),
        ],
        provenance: ProvenanceKind::Seed,
    },
    Rule {
        cause: Cause::FatigueUnder,
        base: -2.0,
        needs: Sign::Fades,
        weights: &[(Sign::Fades, 3.0), (Sign::DriftsUpright, 1.5)],
        provenance: ProvenanceKind::Seed,
    },
];

impl Rule {
    /// Log-odds against *none*; `None` when the cause is out of question.
    pub(super) fn score(&self, evidence: &Evidence) -> Option<f64> {
        let score = self
            .weights
            .iter()
            .map(|(sign, weight)| weight * sign.strength(evidence))
            .sum::<f64>();
        (self.needs.strength(evidence) > 0.0).then_some(self.base + score)
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

impl Sign {
    /// How clearly the sign is there, 0 to 1; 0 when it cannot be told.
    fn strength(self, evidence: &Evidence) -> f64 {
        let (value, from, to) = match self {
            Self::MostlyUnder => (Some(evidence.share(LeanClass::Under)), 0.2, 0.7),
            Self::MostlyOver => (Some(evidence.share(LeanClass::Over)), 0.2, 0.7),
            Self::MostlyBent => (Some(evidence.share(LeanClass::WaistBend)), 0.2, 0.7),
            Self::RunFine => (Some(evidence.share(LeanClass::Good)), 0.5, 0.8),
            // A degree below the band is a standing neutral's error.
            Self::BelowBand => (Self::outside(evidence).map(|(below, _)| below), 0.0, 2.0),
            Self::AboveBand => (Self::outside(evidence).map(|(_, above)| above), 0.0, 2.0),
            // 0.04 is the day's noise of the timing (ours).
            Self::Late => (evidence.lateness(), 0.01, 0.05),
            Self::Early => (evidence.lateness().map(|late| -late), 0.01, 0.05),
            Self::UnusualBend => (evidence.unusual_bend_deg(), 2.0, 6.0),
            Self::LaunchesBent => (Self::launches_bent(evidence), 0.3, 0.8),
            Self::Fades => (Self::fades(evidence), 0.4, 0.8),
            Self::DriftsUpright => (evidence.drift_deg_per_10_min.map(|drift| -drift), 0.5, 2.0),
        };
        value
            .filter(|value| value.is_finite())
            .map_or(0.0, |value| ((value - from) / (to - from)).clamp(0.0, 1.0))
    }

    /// Degrees below and above the band.
    fn outside(evidence: &Evidence) -> Option<(f64, f64)> {
        let (lean, [low, high]) = (evidence.trunk_lean_deg?, evidence.band_deg?);
        Some((low - lean, lean - high))
    }

    fn launches_bent(evidence: &Evidence) -> Option<f64> {
        (evidence.launches_seen > 0)
            .then(|| f64::from(evidence.launches_bent) / f64::from(evidence.launches_seen))
    }

    /// The weaker of the two halves of a fade.
    fn fades(evidence: &Evidence) -> Option<f64> {
        Some(evidence.early_good_share?.min(evidence.late_under_share?))
    }

    fn message(self, evidence: &Evidence) -> Option<Message> {
        let share = |id, class| Message::plain(id).with("share", number(evidence.share(class) * 100.0, 0));
        let edge = |id, edge: usize| {
            let band = evidence.band_deg?;
            let lean = Message::plain(id).with("lean", number(evidence.trunk_lean_deg?, 1));
            Some(lean.with("edge", number(*band.get(edge)?, 1)))
        };
        Some(match self {
            Self::MostlyUnder => share("evidence-mostly-under", LeanClass::Under),
            Self::MostlyOver => share("evidence-mostly-over", LeanClass::Over),
            Self::MostlyBent => share("evidence-mostly-bent", LeanClass::WaistBend),
            Self::RunFine => share("evidence-run-fine", LeanClass::Good),
            Self::BelowBand => edge("evidence-below-band", 0)?,
            Self::AboveBand => edge("evidence-above-band", 1)?,
            Self::Late => Message::plain("evidence-late"),
            Self::Early => Message::plain("evidence-early"),
            Self::UnusualBend => Message::plain("evidence-bend")
                .with("bend", number(evidence.waist_bend_deg?, 1))
                .with("usual", number(evidence.usual_bend_deg?, 1)),
            Self::LaunchesBent => Message::plain("evidence-launches-bent")
                .with("bent", Argument::Count(evidence.launches_bent))
                .with("seen", Argument::Count(evidence.launches_seen)),
            Self::Fades => Message::plain("evidence-fades"),
            Self::DriftsUpright => {
                Message::plain("evidence-drift").with("degrees", number(-evidence.drift_deg_per_10_min?, 1))
            }
        })
    }
}
