//! The lean model that needs no network: the rules of the field as probabilities.
//!
//! Invariant: without a neutral, or with too few steady steps, the answer is *not sure* with certainty.

use super::{features::FeatureVector, model::LeanModel, reading::Probabilities};

/// Own usual lean of a runner nobody knows, degrees: mean and spread (`docs/numbers.md`).
pub const PRIOR_LEAN_DEG: [f64; 2] = [9.0, 4.0];
/// The band around that lean, degrees; half of it is 3 degrees, 1.5 times the repeatability of a stand (`docs/numbers.md`).
pub const PRIOR_BAND_DEG: [f64; 2] = [6.0, 12.0];
/// Own usual waist bend of a runner nobody knows, degrees (`docs/numbers.md`).
pub const PRIOR_BEND_DEG: f64 = 5.0;
/// Spread of that usual bend between runners, degrees (`docs/numbers.md`).
const PRIOR_BEND_SPREAD_DEG: f64 = 4.5;
/// Spread of one runner's bend about the own usual, degrees: what a pelvis pod alone cannot see. Ours.
const OWN_BEND_SPREAD_DEG: f64 = 2.5;
/// A bend this far beyond the usual is a waist bend, degrees. Ours, untested (`docs/numbers.md`).
const BEND_MARGIN_DEG: f64 = 5.0;
/// Error of a window's mean lean against the runner's band, degrees. Ours: the repeatability of the stand is
/// already in the band's width, so this is orientation alone. Without a gyroscope see [`NO_GYRO_DEG`].
const LEAN_ERROR_DEG: f64 = 1.0;
/// Added error of a mean lean from an accelerometer alone, degrees: what a trunk that swings by 2 to 3 degrees adds
/// at worst (`docs/numbers.md`).
pub const NO_GYRO_DEG: f64 = 1.5;
/// Largest spread of the stands that carries a class, degrees: what the calibration asks for. Ours, below the 1.9 by
/// which a stand repeats (`docs/numbers.md`).
pub const LARGEST_SPREAD_DEG: f64 = 1.5;
/// Fewest steady steps that carry a class. Ours.
const FEWEST_STEPS: u32 = 10;
/// How far a chest pod alone carries each answer, since a bend is out of its sight. Ours.
const CHEST_ALONE: [f64; 3] = [0.97, 0.9, 0.8];

/// The rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleModel;

impl LeanModel for RuleModel {
    fn name(&self) -> &'static str {
        "rules-1"
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        judge(features).unwrap_or(Probabilities::NOT_SURE)
    }
}

/// Whether there is enough evidence for any class: an angle, a narrow neutral, steady steps. Every model asks this.
#[must_use]
pub fn carries_a_class(features: &FeatureVector) -> bool {
    let angle = features.trunk_lean_deg.or(features.pelvis_tilt_deg);
    let narrow = features.neutral_spread_deg <= LARGEST_SPREAD_DEG;
    features.steady_steps >= FEWEST_STEPS && narrow && angle.is_some()
}

fn judge(features: &FeatureVector) -> Option<Probabilities> {
    if !carries_a_class(features) {
        return None;
    }
    let usual_bend_deg = features.own.usual_bend_deg.unwrap_or(PRIOR_BEND_DEG);
    let sampling_deg = features.lean_sd_deg / f64::from(features.steady_steps).sqrt();
    let mut error_deg = LEAN_ERROR_DEG.hypot(sampling_deg);
    if !features.has_gyro {
        error_deg = error_deg.hypot(NO_GYRO_DEG);
    }
    let bend_unknown_deg = if features.own.usual_bend_deg.is_some() {
        OWN_BEND_SPREAD_DEG
    } else {
        PRIOR_BEND_SPREAD_DEG
    };
    let (lean_deg, lean_error_deg) = match (features.trunk_lean_deg, features.pelvis_tilt_deg) {
        (Some(trunk), _) => (trunk, error_deg),
        (None, Some(pelvis)) => (pelvis + usual_bend_deg, error_deg.hypot(bend_unknown_deg)),
        (None, None) => return None,
    };
    let [low, high] = features.own.band_deg.unwrap_or(PRIOR_BAND_DEG);
    let band_error_deg = if features.own.band_deg.is_some() {
        0.0
    } else {
        PRIOR_LEAN_DEG[1]
    };
    let width = lean_error_deg.hypot(band_error_deg);
    let above_low = normal_share((lean_deg - low) / width);
    let above_high = normal_share((lean_deg - high) / width);
    let lean_shares = [1.0 - above_low, above_low - above_high, above_high];
    Some(match (features.trunk_lean_deg, features.pelvis_tilt_deg) {
        (Some(trunk), Some(pelvis)) => {
            let prior = if features.own.usual_bend_deg.is_some() {
                0.0
            } else {
                PRIOR_BEND_SPREAD_DEG
            };
            let bend_error = (error_deg * std::f64::consts::SQRT_2).hypot(prior);
            let bent = normal_share((trunk - pelvis - usual_bend_deg - BEND_MARGIN_DEG) / bend_error);
            shares(lean_shares.map(|share| share * (1.0 - bent)), bent)
        }
        (Some(_), None) => shares([0, 1, 2].map(|k| lean_shares[k] * CHEST_ALONE[k]), 0.0),
        _ => shares(lean_shares, 0.0),
    })
}

/// Probabilities with what is left over as *not sure*.
fn shares([under, good, over]: [f64; 3], bent: f64) -> Probabilities {
    let rest = (1.0 - under - good - over - bent).max(0.0);
    Probabilities([under, good, over, bent, rest])
}

/// Share of a standard normal below `z`: Abramowitz and Stegun 7.1.26, error below 2e-7.
fn normal_share(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let polynomial = t
        * (0.254_829_592
            + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = 0.5 * polynomial * (-x * x).exp();
    if z > 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lean::{
        band::OwnReference,
        reading::{LeanClass, decide},
    };

    fn window(trunk: Option<f64>, pelvis: Option<f64>, own: bool) -> FeatureVector {
        FeatureVector {
            trunk_lean_deg: trunk,
            pelvis_tilt_deg: pelvis,
            steady_steps: 26,
            has_gyro: true,
            own: if own {
                OwnReference {
                    band_deg: Some([5.0, 11.0]),
                    usual_bend_deg: Some(2.0),
                }
            } else {
                OwnReference::default()
            },
            ..FeatureVector::default()
        }
    }

    fn class(features: &FeatureVector) -> LeanClass {
        let probabilities = RuleModel.classify(features);
        assert!((probabilities.0.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        decide(&probabilities)
    }

    #[test]
    fn two_pods_and_an_own_band_tell_all_four_classes() {
        assert_eq!(class(&window(Some(2.0), Some(0.0), true)), LeanClass::Under);
        assert_eq!(class(&window(Some(8.0), Some(6.0), true)), LeanClass::Good);
        assert_eq!(class(&window(Some(14.0), Some(12.0), true)), LeanClass::Over);
        assert_eq!(class(&window(Some(14.0), Some(2.0), true)), LeanClass::WaistBend);
    }

    #[test]
    fn close_to_a_boundary_it_is_not_sure() {
        assert_eq!(class(&window(Some(5.2), Some(3.2), true)), LeanClass::NotSure);
    }

    #[test]
    fn a_chest_pod_alone_never_answers_waist_bend() {
        for lean in -10..40 {
            let probabilities = RuleModel.classify(&window(Some(f64::from(lean)), None, true));
            assert!(probabilities.of(LeanClass::WaistBend).abs() < 1e-12);
        }
    }

    #[test]
    fn without_an_own_band_the_middle_is_not_sure_and_the_extremes_are_told() {
        assert_eq!(class(&window(Some(9.0), Some(4.0), false)), LeanClass::NotSure);
        assert_eq!(class(&window(Some(-1.0), Some(-3.0), false)), LeanClass::Under);
    }

    #[test]
    fn without_a_neutral_nothing_is_told() {
        assert_eq!(class(&window(None, None, true)), LeanClass::NotSure);
    }

    #[test]
    fn a_wide_spread_of_the_stands_tells_nothing() {
        let features = FeatureVector {
            neutral_spread_deg: 1.6,
            ..window(Some(8.0), Some(6.0), true)
        };
        assert_eq!(class(&features), LeanClass::NotSure);
    }
}
