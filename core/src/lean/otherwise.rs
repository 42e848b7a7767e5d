//! What a window would be had a pod moved as a later stand that does not fit its neutral shows.
//!
//! Holds no stand against another. Invariant: it takes classes back and widens intervals, and gives neither.

use super::{
    features::FeatureVector,
    model::LeanModel,
    reading::{LeanClass, LeanReading, Probabilities, decide},
};

/// Takes the class back if the pods' having turned forward by so many degrees, chest first, would make it another one;
/// tells whether it did. Either way the interval holds both leans.
///
/// A chest that is further forward in a later stand is most often that of a runner who looks at a watch, so it takes no
/// *good* back: that would cost every run that ends so.
pub fn weigh(
    reading: &mut LeanReading,
    features: &FeatureVector,
    turned_deg: [f64; 2],
    model: &dyn LeanModel,
) -> bool {
    let [chest_deg, pelvis_deg] = turned_deg;
    if turned_deg.iter().all(|deg| deg.abs() < f64::EPSILON) {
        return false;
    }
    let undone = FeatureVector {
        trunk_lean_deg: features.trunk_lean_deg.map(|deg| deg - chest_deg),
        pelvis_tilt_deg: features.pelvis_tilt_deg.map(|deg| deg - pelvis_deg),
        ..*features
    };
    let class = decide(&model.classify(&undone), undone.needed());
    let is_glance = reading.class == LeanClass::Good && looks_down(turned_deg);
    let differs = reading.class != LeanClass::NotSure && class != reading.class && !is_glance;
    if differs {
        reading.class = LeanClass::NotSure;
        reading.probabilities = Probabilities::NOT_SURE;
    }
    if let Some([low, high]) = reading.trunk_lean_ci90_deg.as_mut().filter(|_| !is_glance) {
        *low -= chest_deg.max(0.0);
        *high -= chest_deg.min(0.0);
    }
    differs
}

/// Whether a stand is that of a runner who looks down: the chest alone is further forward.
#[must_use]
pub fn looks_down([chest_deg, pelvis_deg]: [f64; 2]) -> bool {
    chest_deg > 0.0 && pelvis_deg.abs() < f64::EPSILON
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lean::{band::OwnReference, rules::RuleModel, wear::Worn};

    /// The class that is left of a run, given its lean, tilt and what a later stand shows.
    fn left([lean_deg, tilt_deg]: [f64; 2], turned_deg: [f64; 2]) -> (LeanClass, LeanClass, [f64; 2]) {
        let features = FeatureVector {
            trunk_lean_deg: Some(lean_deg),
            pelvis_tilt_deg: Some(tilt_deg),
            steady_steps: 26,
            trunk_error_deg: 0.6,
            pelvis_error_deg: 0.6,
            worn: Worn::UNKNOWN,
            own: OwnReference {
                band_deg: Some([5.0, 11.0]),
                usual_bend_deg: Some(2.0),
                ..OwnReference::default()
            },
            ..FeatureVector::default()
        };
        let probabilities = RuleModel.classify(&features);
        let told = decide(&probabilities, features.needed());
        let mut reading = LeanReading {
            start_s: 0.0,
            end_s: 10.0,
            class: told,
            probabilities,
            trunk_lean_deg: Some(lean_deg),
            trunk_lean_ci90_deg: Some([lean_deg - 1.0, lean_deg + 1.0]),
        };
        weigh(&mut reading, &features, turned_deg, &RuleModel);
        (
            told,
            reading.class,
            reading.trunk_lean_ci90_deg.expect("an interval"),
        )
    }

    #[test]
    fn a_class_that_a_turn_of_the_pod_would_explain_is_taken_back_and_both_leans_are_held() {
        use LeanClass::{NotSure, Over, Under, WaistBend};
        assert_eq!(left([16.0, 6.0], [8.0, 0.0]), (WaistBend, NotSure, [7.0, 17.0]));
        assert_eq!(left([16.0, 14.0], [8.0, 0.0]), (Over, NotSure, [7.0, 17.0]));
        assert_eq!(left([0.0, 6.0], [-8.0, 0.0]), (Under, NotSure, [-1.0, 9.0]));
        assert_eq!(left([8.0, -2.0], [0.0, -8.0]), (WaistBend, NotSure, [7.0, 9.0]));
    }

    #[test]
    fn a_class_that_stays_either_way_is_kept_and_so_is_a_good_run_that_ends_with_a_look_at_a_watch() {
        use LeanClass::{Good, NotSure, Under};
        assert_eq!(left([2.0, 0.0], [8.0, 0.0]).1, Under);
        assert_eq!(left([8.0, 6.0], [8.0, 0.0]), (Good, Good, [7.0, 9.0]));
        assert_eq!(left([8.0, 6.0], [-8.0, 0.0]).1, NotSure);
        assert_eq!(left([8.0, 6.0], [0.0, 8.0]).1, NotSure);
    }
}
