//! The lean model that needs no network: what the angles may be in truth, weighed over the classes.
//!
//! Invariant: without a neutral, or with too few steady steps, the answer is *not sure* with certainty.

use super::{features::FeatureVector, model::LeanModel, reading::Probabilities, wear::Worn};
use crate::statistics::heavy;

/// Own usual lean of a runner nobody knows, degrees: mean and spread (`docs/numbers.md`).
pub const PRIOR_LEAN_DEG: [f64; 2] = [9.0, 4.0];
/// Half of a band: 3 degrees, 1.5 times the repeatability of a stand (`docs/numbers.md`).
const HALF_BAND_DEG: f64 = 3.0;
/// The band around that lean, degrees.
pub const PRIOR_BAND_DEG: [f64; 2] = [
    PRIOR_LEAN_DEG[0] - HALF_BAND_DEG,
    PRIOR_LEAN_DEG[0] + HALF_BAND_DEG,
];
/// Own usual waist bend of a runner nobody knows, degrees (`docs/numbers.md`).
pub const PRIOR_BEND_DEG: f64 = 5.0;
/// Spread of that usual bend between runners, degrees (`docs/numbers.md`).
const PRIOR_BEND_SPREAD_DEG: f64 = 4.5;
/// How far a run may be from the runner's own usual lean, a spread in degrees: how little one run says of the usual.
/// Ours, wide.
const DEPARTURE_DEG: f64 = 6.0;
/// Spread of one runner's bend about the own usual, degrees: what a pelvis pod alone cannot see. Ours.
const OWN_BEND_SPREAD_DEG: f64 = 2.0;
/// A bend this far beyond the usual is a waist bend, degrees. Ours, untested (`docs/numbers.md`).
pub const BEND_MARGIN_DEG: f64 = 5.0;
/// Largest spread of the stands that carries a class, degrees: what the calibration asks for. Ours, below the 1.9 by
/// which a stand repeats (`docs/numbers.md`).
pub const LARGEST_SPREAD_DEG: f64 = 1.5;
/// Fewest steady steps that carry a class. Ours.
const FEWEST_STEPS: u32 = 10;

/// The rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleModel;

impl LeanModel for RuleModel {
    fn name(&self) -> &'static str {
        "rules-3"
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        if carries_a_class(features) {
            shares(features)
        } else {
            Probabilities::NOT_SURE
        }
    }
}

/// Whether there is enough evidence for any class: an angle, a narrow neutral, steady steps without holes. Every model
/// asks this.
#[must_use]
pub fn carries_a_class(features: &FeatureVector) -> bool {
    let mut angles = features.angles().peekable();
    let narrow = features.neutral_spread_deg <= LARGEST_SPREAD_DEG;
    features.steady_steps >= FEWEST_STEPS
        && narrow
        && !features.worn.iter().any(Worn::has_too_many_holes)
        && (features.trunk_lean_deg.is_some() || a_pelvis_alone_tells(features))
        && angles.peek().is_some()
        && angles.all(|(angle, _)| angle.is_finite())
}

/// Whether a pelvis pod alone tells anything of the trunk: by the usual bend, if that is known. Without a gyroscope one
/// in ten made-up ones takes forward for back.
fn a_pelvis_alone_tells(features: &FeatureVector) -> bool {
    features.own.usual_bend_deg.is_some() && features.worn[1].has_gyro
}

/// The share of each class among all that the angles may be in truth, however little evidence there is.
#[must_use]
pub fn shares(features: &FeatureVector) -> Probabilities {
    let usual_bend_deg = features.own.usual_bend_deg.unwrap_or(PRIOR_BEND_DEG);
    let bend_unknown_deg = match features.own.usual_bend_deg {
        Some(_) => 0.0,
        None => PRIOR_BEND_SPREAD_DEG / heavy::DEVIATION,
    };
    let (trunk, pelvis) = (features.trunk_lean_deg, features.pelvis_tilt_deg);
    let (lean_deg, error_deg) = match (trunk, pelvis) {
        (Some(trunk), _) => (trunk, features.trunk_error_deg),
        (None, Some(pelvis)) => {
            let guessed = bend_unknown_deg.hypot(OWN_BEND_SPREAD_DEG / heavy::DEVIATION);
            (pelvis + usual_bend_deg, features.pelvis_error_deg.hypot(guessed))
        }
        (None, None) => return Probabilities::NOT_SURE,
    };
    let lean = Lean { lean_deg, error_deg };
    let over_bands = |bent: &dyn Fn(f64, f64) -> f64| match features.own.band_deg {
        Some(band_deg) => lean.drawn_to(band_deg).over(band_deg, bent),
        None => lean.over_unknown_band(bent),
    };
    match (trunk, pelvis) {
        (Some(_), Some(pelvis)) => {
            let limit_deg = usual_bend_deg + BEND_MARGIN_DEG;
            let unsure_deg = features
                .pelvis_error_deg
                .hypot(bend_unknown_deg)
                .max(LEAST_ERROR_DEG);
            let [under, good, over, bent] =
                over_bands(&|lean, _| heavy::below((lean - limit_deg - pelvis) / unsure_deg));
            Probabilities([under, good, over, bent, 0.0])
        }
        (Some(_), None) => unseen(over_bands(&Forms::CHEST.bent())),
        _ => unseen(over_bands(&Forms::PELVIS.bent())),
    }
}

/// A bend that one pod cannot see is *not sure*.
fn unseen([under, good, over, bent]: [f64; 4]) -> Probabilities {
    Probabilities([under, good, over, 0.0, bent])
}

/// A lean as it was measured: the truth lies about it as [`heavy`] does.
#[derive(Clone, Copy)]
struct Lean {
    lean_deg: f64,
    error_deg: f64,
}

/// No error is taken to be smaller, degrees.
const LEAST_ERROR_DEG: f64 = 1e-3;
/// Parts each side of a band is cut into. Ours: more change the third digit.
const PARTS: u32 = 12;
/// Middles of nine equal shares of a normal curve, in spreads.
const NINTHS: [f64; 9] = [-1.593, -0.967, -0.589, -0.282, 0.0, 0.282, 0.589, 0.967, 1.593];

impl Lean {
    /// Drawn towards the middle of the band, the more the less it is known: runs far from the usual are rare.
    fn drawn_to(self, [low, high]: [f64; 2]) -> Self {
        let middle = f64::midpoint(low, high);
        let spread_deg = heavy::DEVIATION * self.error_deg;
        let told = DEPARTURE_DEG * DEPARTURE_DEG / (DEPARTURE_DEG * DEPARTURE_DEG + spread_deg * spread_deg);
        Self {
            lean_deg: middle + told * (self.lean_deg - middle),
            error_deg: self.error_deg * told.sqrt(),
        }
    }

    /// Shares of under, good, over and bent; `bent` says how likely a lean is a waist bend, given the band's middle.
    fn over(&self, [low, high]: [f64; 2], bent: &dyn Fn(f64, f64) -> f64) -> [f64; 4] {
        let middle = f64::midpoint(low, high);
        let place = |edge: f64| heavy::place((edge - self.lean_deg) / self.error_deg.max(LEAST_ERROR_DEG));
        let edges = [-1.0, place(low), place(high), 1.0];
        let mut shares = [0.0; 4];
        for (side, edge) in edges.windows(2).enumerate() {
            let step = (edge[1] - edge[0]) / f64::from(PARTS);
            let mut below = heavy::below_at(edge[0]);
            for part in 0..PARTS {
                let from = step.mul_add(f64::from(part), edge[0]);
                let up_to = heavy::below_at(from + step);
                let (weight, s) = (up_to - below, from + 0.5 * step);
                below = up_to;
                let bent = bent(self.error_deg.mul_add(heavy::scales(s), self.lean_deg), middle);
                shares[side] += weight * (1.0 - bent);
                shares[3] += weight * bent;
            }
        }
        shares
    }

    /// The same for a runner whose band nobody knows: what is measured says a little of that, too.
    fn over_unknown_band(&self, bent: &dyn Fn(f64, f64) -> f64) -> [f64; 4] {
        let [usual, spread] = PRIOR_LEAN_DEG;
        let departure = DEPARTURE_DEG.hypot(self.error_deg);
        let told = spread * spread / (spread * spread + departure * departure);
        let middle = usual + told * (self.lean_deg - usual);
        let left = spread * (1.0 - told).sqrt();
        let mut shares = [0.0; 4];
        for ninth in NINTHS {
            let centre = left.mul_add(ninth, middle);
            let band = [centre - HALF_BAND_DEG, centre + HALF_BAND_DEG];
            for (sum, share) in shares.iter_mut().zip(self.over(band, bent)) {
                *sum += share / NINTHS.len() as f64;
            }
        }
        shares
    }
}

/// What one pod's angle may come from, as curves over its distance from the usual, degrees: a share, a middle and a
/// spread each. Ours: a body that leans as one piece moves both pods, a bend moves the chest pod by itself; each of
/// under, good, over and bent is as likely as the others, so that nothing is told by how rare a bend may be.
struct Forms {
    bent: [[f64; 3]; 2],
}

/// As one piece: as usual, or anything from nothing to far beyond.
const IN_ONE_PIECE: [[f64; 3]; 2] = [[0.35, 0.0, 1.8], [0.40, 0.0, 7.0]];

impl Forms {
    const CHEST: Self = Self {
        bent: [[0.20, 7.5, 3.5], [0.05, 4.0, 5.0]],
    };
    const PELVIS: Self = Self {
        bent: [[0.19, 0.0, 1.8], [0.06, -3.5, 3.2]],
    };

    /// How likely a lean of so many degrees is a bend, given the middle of the band.
    fn bent(&self) -> impl Fn(f64, f64) -> f64 {
        let density = |curves: [[f64; 3]; 2], z: f64| {
            let curve = |[share, middle, spread]: [f64; 3]| {
                share / spread * (-0.5 * ((z - middle) / spread).powi(2)).exp()
            };
            curve(curves[0]) + curve(curves[1])
        };
        let forms = self.bent;
        move |lean_deg, middle_deg| {
            let z = lean_deg - middle_deg;
            let (bent, whole) = (density(forms, z), density(IN_ONE_PIECE, z));
            // Far out both vanish, and nobody can say.
            if bent + whole > 1e-30 {
                bent / (bent + whole)
            } else {
                0.5
            }
        }
    }
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
            trunk_error_deg: 0.6,
            pelvis_error_deg: 0.6,
            own: if own {
                OwnReference {
                    band_deg: Some([5.0, 11.0]),
                    usual_bend_deg: Some(2.0),
                    ..OwnReference::default()
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
        decide(&probabilities, features.needed())
    }

    #[test]
    fn two_pods_and_an_own_band_tell_all_four_classes() {
        assert_eq!(class(&window(Some(2.0), Some(0.0), true)), LeanClass::Under);
        assert_eq!(class(&window(Some(8.0), Some(6.0), true)), LeanClass::Good);
        assert_eq!(class(&window(Some(14.0), Some(12.0), true)), LeanClass::Over);
        assert_eq!(class(&window(Some(14.0), Some(2.0), true)), LeanClass::WaistBend);
    }

    #[test]
    fn close_to_a_boundary_it_is_not_sure_and_the_less_is_seen_the_further_from_it() {
        let is_told = |trunk, pelvis| class(&window(Some(trunk), pelvis, true)) != LeanClass::NotSure;
        // The scale of the error is 0.6 degrees: two pods with gyroscopes ask for less than half of that.
        assert!([4.9, 5.0, 5.1].iter().all(|trunk| !is_told(*trunk, Some(3.0))));
        assert!([4.6, 5.3].iter().all(|trunk| is_told(*trunk, Some(3.0))));
        assert!([4.6, 5.0, 5.3].iter().all(|trunk| !is_told(*trunk, None)));
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
    fn a_chest_pod_alone_does_not_say_over_where_a_bend_would_look_the_same() {
        for lean in 13..25 {
            let told = class(&window(Some(f64::from(lean)), None, true));
            assert_eq!(told, LeanClass::NotSure, "{lean}");
        }
        assert_eq!(class(&window(Some(8.0), None, true)), LeanClass::Good);
        assert_eq!(class(&window(Some(2.0), None, true)), LeanClass::Under);
    }

    #[test]
    fn a_pelvis_pod_alone_does_not_say_good_since_a_bend_leaves_the_pelvis() {
        assert_eq!(class(&window(None, Some(6.0), true)), LeanClass::NotSure);
        assert_eq!(class(&window(None, Some(14.0), true)), LeanClass::Over);
    }

    #[test]
    fn the_shares_are_those_of_the_error_curve_about_what_was_measured() {
        let shares = RuleModel.classify(&window(Some(6.0), Some(4.0), true));
        // The usual lean, eight degrees, draws it up by 0.04.
        let below = heavy::below((5.0 - 6.04) / 0.594);
        assert!((shares.of(LeanClass::Under) - below).abs() < 1e-3);
        let bent = RuleModel.classify(&window(Some(8.0), Some(1.0), true));
        // Seven degrees of bend are where the class begins: both errors leave it open.
        assert!((bent.of(LeanClass::WaistBend) - 0.5).abs() < 0.01);
    }

    #[test]
    fn without_a_neutral_nothing_is_told() {
        assert_eq!(class(&window(None, None, true)), LeanClass::NotSure);
    }

    #[test]
    fn a_window_with_more_than_a_twentieth_lost_tells_nothing() {
        let lost = |missing_share, clipped_share| FeatureVector {
            worn: Worn::UNKNOWN.map(|worn| Worn {
                shake_mps2: Some(1.0),
                missing_share,
                clipped_share,
                ..worn
            }),
            ..window(Some(8.0), Some(6.0), true)
        };
        assert_eq!(class(&lost(0.02, 0.02)), LeanClass::Good);
        assert_eq!(class(&lost(0.03, 0.03)), LeanClass::NotSure);
    }

    #[test]
    fn a_pelvis_pod_alone_tells_nothing_without_a_gyroscope_or_without_the_usual_bend() {
        assert!(carries_a_class(&window(None, Some(20.0), true)));
        assert!(!carries_a_class(&window(None, Some(20.0), false)));
        let blind = |trunk| FeatureVector {
            worn: Worn::UNKNOWN.map(|worn| Worn {
                has_gyro: false,
                ..worn
            }),
            ..window(trunk, Some(20.0), true)
        };
        assert!(carries_a_class(&blind(Some(22.0))));
        assert!(!carries_a_class(&blind(None)));
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
