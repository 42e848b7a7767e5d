//! What a runner's own lean is judged against, and how it is learned from earlier runs.
//!
//! Knows no speed yet: one band for all running. Invariant: with fewer than three valid runs nothing is learned.

use serde::{Deserialize, Serialize};

use crate::statistics::standard_deviation;

/// Valid runs before anything is learned. Ours, untested.
pub const RUNS_TO_LEARN: usize = 3;
/// Steady steps that make a run valid. Ours: fewer scatter too much for a mean of mid-stance timing.
pub const VALID_STEPS: u32 = 20;
/// Least half width of the own band, degrees: 1.5 times the 1.9 by which a standing neutral repeats
/// (`docs/numbers.md`).
const LEAST_HALF_WIDTH_DEG: f64 = 3.0;
/// Half width of the own band in spreads of the runs about each other. Ours, untested.
const SPREADS: f64 = 1.5;

/// The runner's own references; what is `None` falls back on the priors of [`super::rules`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnReference {
    /// The runner's own band of trunk lean, degrees, low and high.
    pub band_deg: Option<[f64; 2]>,
    /// The runner's own usual waist bend, degrees.
    pub usual_bend_deg: Option<f64>,
}

/// What one earlier run says about the runner's own way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EarlierRun {
    /// Steady steps the means are taken over.
    pub steady_steps: u32,
    /// Mean trunk lean, degrees; `None` without a usable stand or a chest pod.
    pub trunk_lean_deg: Option<f64>,
    /// Mean waist bend, degrees; `None` without a usable stand or one of the pods.
    pub waist_bend_deg: Option<f64>,
}

impl EarlierRun {
    /// Whether the run may teach anything: a usable stand, and steady steps enough for a mean.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.steady_steps >= VALID_STEPS && self.trunk_lean_deg.is_some_and(f64::is_finite)
    }
}

impl OwnReference {
    /// Learns from earlier runs, in any order: the median of the valid ones is the middle of the band.
    #[must_use]
    pub fn learned(runs: &[EarlierRun]) -> Self {
        let of = |quantity: fn(&EarlierRun) -> Option<f64>| -> Vec<f64> {
            let valid = runs.iter().filter(|run| run.is_valid());
            valid
                .filter_map(quantity)
                .filter(|value| value.is_finite())
                .collect()
        };
        let leans = of(|run| run.trunk_lean_deg);
        let half_width = (SPREADS * standard_deviation(&leans)).max(LEAST_HALF_WIDTH_DEG);
        Self {
            band_deg: usual(leans).map(|middle| [middle - half_width, middle + half_width]),
            usual_bend_deg: usual(of(|run| run.waist_bend_deg)),
        }
    }

    /// These references where there are any, else those of `fallback`.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            band_deg: self.band_deg.or(fallback.band_deg),
            usual_bend_deg: self.usual_bend_deg.or(fallback.usual_bend_deg),
        }
    }
}

/// The median of enough values.
fn usual(mut values: Vec<f64>) -> Option<f64> {
    if values.len() < RUNS_TO_LEARN {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let (below, above) = ((values.len() - 1) / 2, values.len() / 2);
    Some(f64::midpoint(*values.get(below)?, *values.get(above)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(trunk_lean_deg: f64, waist_bend_deg: f64) -> EarlierRun {
        EarlierRun {
            steady_steps: 400,
            trunk_lean_deg: Some(trunk_lean_deg),
            waist_bend_deg: Some(waist_bend_deg),
        }
    }

    #[test]
    fn two_valid_runs_teach_nothing() {
        let runs = [run(8.0, 3.0), run(9.0, 4.0)];
        assert_eq!(OwnReference::learned(&runs), OwnReference::default());
    }

    #[test]
    fn three_like_runs_give_three_degrees_about_their_median() {
        let runs = [run(9.0, 5.0), run(8.0, 3.0), run(8.5, 4.0)];
        let own = OwnReference::learned(&runs);
        assert_eq!((own.band_deg, own.usual_bend_deg), (Some([5.5, 11.5]), Some(4.0)));
    }

    #[test]
    fn runs_that_differ_widen_the_band() {
        let runs = [run(4.0, 3.0), run(12.0, 3.0), run(8.0, 3.0), run(8.0, 3.0)];
        let [low, high] = OwnReference::learned(&runs).band_deg.expect("four runs");
        assert!((f64::midpoint(low, high) - 8.0).abs() < 1e-9);
        assert!((high - low - 2.0 * 1.5 * (32.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_run_with_few_steady_steps_or_no_angle_does_not_count() {
        let short = EarlierRun {
            steady_steps: 19,
            ..run(2.0, 3.0)
        };
        let blind = EarlierRun {
            trunk_lean_deg: None,
            ..run(2.0, 3.0)
        };
        let broken = run(f64::NAN, 3.0);
        let runs = [run(8.0, 3.0), short, blind, broken, run(8.0, 3.0)];
        assert_eq!(OwnReference::learned(&runs), OwnReference::default());
        let enough = [&runs[..], &[run(8.0, 3.0)]].concat();
        assert_eq!(OwnReference::learned(&enough).band_deg, Some([5.0, 11.0]));
    }

    #[test]
    fn a_chest_pod_alone_teaches_the_band_and_no_bend() {
        let run = EarlierRun {
            waist_bend_deg: None,
            ..run(7.0, 0.0)
        };
        let own = OwnReference::learned(&[run; 3]);
        assert_eq!((own.band_deg, own.usual_bend_deg), (Some([4.0, 10.0]), None));
    }
}
