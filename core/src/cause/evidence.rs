//! What speaks for or against a cause, gathered over the last runs.
//!
//! Weighs nothing against each other. Invariant: the newest run counts most, and a run that could not be judged counts
//! for nothing.

use super::{
    seen::{RunSeen, judged, share_of},
    told::Told,
};
use crate::{lean::reading::LeanClass, statistics::median};

/// Runs that are looked back on. Ours.
const LOOKED_BACK: usize = 5;
/// What each older run still counts. Ours.
const FADES: f64 = 0.6;
/// Judged seconds that make the shares of the classes fully count: six windows. Ours.
const ENOUGH_JUDGED_S: f64 = 60.0;

/// Everything causes look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Valid runs, oldest first.
    pub runs: Vec<RunSeen>,
    /// What the runner told.
    pub told: Told,
}

impl Evidence {
    /// How many valid runs there are.
    #[must_use]
    pub const fn valid_runs(&self) -> usize {
        self.runs.len()
    }

    /// The newest run.
    pub(super) fn last(&self) -> Option<&RunSeen> {
        self.runs.last()
    }

    /// The runs before the newest.
    fn earlier(&self) -> &[RunSeen] {
        self.runs.split_last().map_or(&[], |(_, earlier)| earlier)
    }

    /// The last runs, newest first, each with what it counts.
    fn recent(&self) -> impl Iterator<Item = (&RunSeen, f64)> {
        let weights = std::iter::successors(Some(1.0), |weight| Some(weight * FADES));
        self.runs.iter().rev().take(LOOKED_BACK).zip(weights)
    }

    /// Mean of one quantity over the last runs; `None` where no run tells it.
    pub(super) fn pooled(&self, quantity: impl Fn(&RunSeen) -> Option<f64>) -> Option<f64> {
        let known = self
            .recent()
            .filter_map(|(run, weight)| Some((quantity(run).filter(|value| value.is_finite())?, weight)));
        let (sum, weights) = known.fold((0.0, 0.0), |total, (value, weight)| {
            (total.0 + weight * value, total.1 + weight)
        });
        (weights > 0.0).then(|| sum / weights)
    }

    /// Share of a class in the judged time of the last runs, damped when little was judged.
    pub(super) fn share(&self, class: LeanClass) -> f64 {
        let mut pooled = [0.0; 5];
        let mut whole = 0.0_f64;
        for (run, weight) in self.recent() {
            for (sum, seconds) in pooled.iter_mut().zip(run.class_seconds) {
                *sum += weight * seconds.max(0.0);
            }
            whole += judged(&run.class_seconds);
        }
        let total = judged(&pooled);
        if total <= 0.0 {
            return 0.0;
        }
        pooled[class.index()] / total * (whole / ENOUGH_JUDGED_S).min(1.0)
    }

    /// How much of a class comes late in runs that begin good: the weaker of the two halves of a fade.
    pub(super) fn fade(&self, to: LeanClass) -> Option<f64> {
        self.pooled(|run| {
            let early = share_of(&run.early, LeanClass::Good)?;
            Some(early.min(share_of(&run.late, to)?))
        })
    }

    /// How much more of the fast stretches than of the slow ones was *over*.
    pub(super) fn over_at_speed(&self) -> Option<f64> {
        self.pooled(|run| {
            let [slow, fast] = run.slow_and_fast?;
            Some(share_of(&fast, LeanClass::Over)? - share_of(&slow, LeanClass::Over)?)
        })
    }

    /// Starts of the last runs for which something counts, as a share; `None` without any start.
    pub(super) fn starts(&self, counts: impl Fn(&RunSeen) -> u32) -> Option<f64> {
        let (some, all) = self.recent().fold((0, 0), |sum, (run, _)| {
            (sum.0 + counts(run), sum.1 + run.launches_seen)
        });
        (all > 0).then(|| f64::from(some) / f64::from(all))
    }

    /// Mid-stance timing of the newest run against the runner's usual, + late. Against other people's it says nothing: how
    /// a pelvis shakes moves it by more than a fault does.
    pub(super) fn lateness(&self) -> Option<f64> {
        let last = self.last()?;
        Some(last.mid_stance_timing? - last.own.usual_timing?)
    }

    /// Speed lost to braking in the newest run against the runs before.
    pub(super) fn braking(&self) -> Option<f64> {
        let before = self
            .earlier()
            .iter()
            .filter_map(|run| run.speed_loss_mps)
            .collect();
        let usual = median(before).filter(|usual| *usual > 0.0)?;
        Some(self.last()?.speed_loss_mps? / usual)
    }

    /// Degrees by which the lean on a hill differs most from the flat's; no band is needed.
    pub(super) fn moved_by_hills(&self) -> Option<f64> {
        self.pooled(|run| {
            let [down, flat, up] = run.lean_by_grade_deg;
            let flat = flat?;
            let apart = [down, up].into_iter().flatten().map(|hill| (hill - flat).abs());
            apart.reduce(f64::max)
        })
    }

    /// Degrees by which the lean lies outside the own band on hills of one kind only, while the flat is inside.
    pub(super) fn on_hills_only(&self) -> Option<f64> {
        self.pooled(|run| {
            let [down, flat, up] = run.lean_by_grade_deg;
            let ([low, high], flat) = (run.own.band_deg?, flat?);
            let outside = [down.map(|down| low - down), up.map(|up| up - high)];
            let most = outside.into_iter().flatten().fold(0.0, f64::max);
            Some(if (low..=high).contains(&flat) { most } else { 0.0 })
        })
    }
}
