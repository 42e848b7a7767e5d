//! What a runner's own running is judged against, and how it is learned from earlier runs, by speed.
//!
//! Judges no window. Invariant: with fewer than three valid runs nothing is learned, and one run that is off moves
//! nothing.

use serde::{Deserialize, Serialize};

use super::{reading::LeanClass, rules::BEND_MARGIN_DEG};
use crate::statistics::{mean, median, standard_deviation};

/// Valid runs before anything is learned. Ours, untested.
pub const RUNS_TO_LEARN: usize = 3;
/// Steady steps that make a run valid. Ours: fewer scatter too much for a mean of mid-stance timing.
pub const VALID_STEPS: u32 = 20;
/// Least half width of the own band, degrees: 1.5 times the 1.9 by which a standing neutral repeats
/// (`docs/numbers.md`).
const LEAST_HALF_WIDTH_DEG: f64 = 3.0;
/// Half width of the own band in spreads of the runs about each other. Ours, untested.
const SPREADS: f64 = 1.5;
/// Change of trunk lean with speed before the runs say otherwise, degrees for each m/s: recreational runners lean
/// further as they go faster, trained ones do not (`docs/numbers.md`). The size is ours.
const LEAN_SLOPE_DEG: f64 = 1.0;
/// How far that slope is believed: the spread of speeds, squared and summed over the runs, at which the runs count as
/// much. Ours: runs that scatter by 1.6 degrees against a slope that is known within 0.7.
const BELIEF_MPS2: f64 = 5.0;

/// The runner's own references; what is `None` falls back on the priors of [`super::rules`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnReference {
    /// The runner's own band of trunk lean, degrees, low and high.
    pub band_deg: Option<[f64; 2]>,
    /// The runner's own usual waist bend, degrees.
    pub usual_bend_deg: Option<f64>,
    /// The runner's own usual mid-stance timing, share of contact, + late. No window is judged by it: how much later
    /// the hip comes in an upright or a bent runner has not been measured.
    pub usual_timing: Option<f64>,
}

/// What one earlier run says about the runner's own way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EarlierRun {
    /// Steady steps the means are taken over.
    pub steady_steps: u32,
    /// Mean speed, m/s; `None` without position fixes and when nobody told it.
    pub speed_mps: Option<f64>,
    /// Mean trunk lean, degrees; `None` without a usable stand or a chest pod.
    pub trunk_lean_deg: Option<f64>,
    /// Mean waist bend, degrees; `None` without a usable stand or one of the pods.
    pub waist_bend_deg: Option<f64>,
    /// Mean mid-stance timing, share of contact.
    pub mid_stance_timing: Option<f64>,
    /// Whether the runner told of symptoms: such a run never makes a departure the new usual.
    pub symptoms: bool,
}

impl EarlierRun {
    /// Whether the run may teach anything: a usable stand, and steady steps enough for a mean.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.steady_steps >= VALID_STEPS && self.trunk_lean_deg.is_some_and(f64::is_finite)
    }

    /// How the run departs from `own`; `None` for a run like the others.
    fn departure(&self, own: &OwnReference) -> Option<LeanClass> {
        let beyond = self
            .waist_bend_deg
            .zip(own.usual_bend_deg)
            .is_some_and(|(bend, usual)| bend > usual + BEND_MARGIN_DEG);
        let ([low, high], lean) = own.band_deg.zip(self.trunk_lean_deg)?;
        if beyond {
            Some(LeanClass::WaistBend)
        } else if lean < low {
            Some(LeanClass::Under)
        } else {
            (lean > high).then_some(LeanClass::Over)
        }
    }
}

/// A runner's own usual over speed.
#[derive(Clone, Debug, Default)]
pub struct OwnCurve {
    runs: Vec<EarlierRun>,
    lean_slope_deg: f64,
}

impl OwnCurve {
    /// Learns from earlier runs, oldest first. A run that is off, judged by those before it, waits until the same has
    /// come in three.
    #[must_use]
    pub fn learned(runs: &[EarlierRun], trained: bool) -> Self {
        let lean_slope_deg = if trained { 0.0 } else { LEAN_SLOPE_DEG };
        let mut curve = Self {
            runs: Vec::new(),
            lean_slope_deg,
        };
        let mut waiting: [Vec<EarlierRun>; LeanClass::ALL.len()] = Default::default();
        for run in runs.iter().filter(|run| run.is_valid()) {
            let Some(departure) = run.departure(&curve.at(run.speed_mps)) else {
                curve.runs.push(*run);
                continue;
            };
            if !run.symptoms {
                let alike = &mut waiting[departure.index()];
                alike.push(*run);
                if alike.len() >= RUNS_TO_LEARN {
                    curve.runs.append(alike);
                }
            }
        }
        curve
    }

    /// The references at this speed; with an unknown one those of all running.
    #[must_use]
    pub fn at(&self, speed_mps: Option<f64>) -> OwnReference {
        let leans = self.brought_to(speed_mps, self.lean_slope_deg, |run| run.trunk_lean_deg);
        let half_width = (SPREADS * standard_deviation(&leans)).max(LEAST_HALF_WIDTH_DEG);
        OwnReference {
            band_deg: usual(leans).map(|middle| [middle - half_width, middle + half_width]),
            usual_bend_deg: usual(self.brought_to(speed_mps, 0.0, |run| run.waist_bend_deg)),
            usual_timing: usual(self.brought_to(speed_mps, 0.0, |run| run.mid_stance_timing)),
        }
    }

    /// One quantity of each run as it would have been at this speed.
    fn brought_to(
        &self,
        speed_mps: Option<f64>,
        prior_slope: f64,
        quantity: fn(&EarlierRun) -> Option<f64>,
    ) -> Vec<f64> {
        let known = |run: &EarlierRun| quantity(run).filter(|value| value.is_finite());
        let speed = |run: &EarlierRun| run.speed_mps.filter(|speed| speed.is_finite());
        let pairs: Vec<[f64; 2]> = (self.runs.iter())
            .filter_map(|run| Some([speed(run)?, known(run)?]))
            .collect();
        let slope = slope(&pairs, prior_slope);
        let moved = |run: &EarlierRun| match (speed_mps, speed(run)) {
            (Some(here), Some(there)) => slope * (here - there),
            _ => 0.0,
        };
        let brought = |run: &EarlierRun| Some(known(run)? + moved(run));
        self.runs.iter().filter_map(brought).collect()
    }
}

/// Slope of value over speed, drawn towards what is believed without any runs.
fn slope(pairs: &[[f64; 2]], prior: f64) -> f64 {
    let centre = |k: usize| mean(&pairs.iter().map(|pair| pair[k]).collect::<Vec<_>>()).unwrap_or(0.0);
    let [speed, value] = [centre(0), centre(1)];
    let (mut squares, mut products) = (BELIEF_MPS2, BELIEF_MPS2 * prior);
    for pair in pairs {
        squares += (pair[0] - speed).powi(2);
        products += (pair[0] - speed) * (pair[1] - value);
    }
    products / squares
}

impl OwnReference {
    /// Learns from earlier runs, oldest first, without looking at speed.
    #[must_use]
    pub fn learned(runs: &[EarlierRun]) -> Self {
        OwnCurve::learned(runs, false).at(None)
    }

    /// These references where there are any, else those of `fallback`.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            band_deg: self.band_deg.or(fallback.band_deg),
            usual_bend_deg: self.usual_bend_deg.or(fallback.usual_bend_deg),
            usual_timing: self.usual_timing.or(fallback.usual_timing),
        }
    }
}

/// The median of enough values.
fn usual(values: Vec<f64>) -> Option<f64> {
    (values.len() >= RUNS_TO_LEARN).then(|| median(values))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(trunk_lean_deg: f64, waist_bend_deg: f64) -> EarlierRun {
        EarlierRun {
            steady_steps: 400,
            trunk_lean_deg: Some(trunk_lean_deg),
            waist_bend_deg: Some(waist_bend_deg),
            ..EarlierRun::default()
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

    #[test]
    fn one_run_that_is_off_moves_nothing_and_three_alike_do() {
        let usual = [run(8.0, 3.0), run(8.0, 3.0), run(8.0, 3.0)];
        let after = |off: &[EarlierRun]| OwnReference::learned(&[&usual[..], off].concat()).band_deg;
        assert_eq!(after(&[run(3.0, 3.0), run(3.0, 3.0)]), Some([5.0, 11.0]));
        assert_eq!(
            after(&[run(3.0, 3.0), run(14.0, 3.0), run(16.0, 12.0)]),
            Some([5.0, 11.0])
        );
        let [low, high] = after(&[run(3.0, 3.0); 3]).expect("six runs");
        assert!((f64::midpoint(low, high) - 5.5).abs() < 1e-9 && high - low > 6.0);
        let sick = EarlierRun {
            symptoms: true,
            ..run(3.0, 3.0)
        };
        assert_eq!(after(&[sick; 5]), Some([5.0, 11.0]));
    }

    #[test]
    fn a_faster_runner_is_judged_by_a_band_further_forward_unless_trained() {
        let at = |speed_mps, trunk_lean_deg| EarlierRun {
            speed_mps: Some(speed_mps),
            ..run(trunk_lean_deg, 3.0)
        };
        let middle = |runs: &[EarlierRun], trained, speed| {
            let own = OwnCurve::learned(runs, trained).at(speed);
            own.band_deg.map(|[low, high]| f64::midpoint(low, high))
        };
        let alike = [at(3.0, 8.0), at(3.0, 8.0), at(3.0, 8.0)];
        assert_eq!(middle(&alike, false, Some(4.0)), Some(9.0));
        assert_eq!(middle(&alike, true, Some(4.0)), Some(8.0));
        assert_eq!(middle(&alike, false, None), Some(8.0));
        // Many runs at many speeds outweigh what was believed: this runner leans half a degree more for each m/s.
        let many: Vec<EarlierRun> = (0..60)
            .map(|k| f64::from(k % 5))
            .map(|faster| at(2.0 + faster, 8.0 + 0.5 * faster))
            .collect();
        let there = middle(&many, false, Some(6.0)).expect("sixty runs");
        assert!((there - 10.0).abs() < 0.2, "{there}");
    }

    #[test]
    fn a_run_of_unknown_speed_counts_at_every_speed() {
        let runs = [run(8.0, 3.0), run(8.5, 3.0), run(7.5, 3.0)];
        let curve = OwnCurve::learned(&runs, false);
        assert_eq!(curve.at(Some(5.0)), curve.at(None));
    }

    #[test]
    fn the_usual_timing_is_learned_beside_the_rest() {
        let timed = |timing| EarlierRun {
            mid_stance_timing: Some(timing),
            ..run(8.0, 3.0)
        };
        let runs = [timed(0.05), timed(0.07), timed(0.06)];
        assert_eq!(OwnReference::learned(&runs).usual_timing, Some(0.06));
    }
}
