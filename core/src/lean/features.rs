//! The numbers a lean model sees: one window of steps, held against the runner's own references.
//!
//! Judges nothing. Invariant: the order of [`FeatureVector::to_array`] is the order the network was trained on;
//! a change of it is a new [`SCHEMA`].

use super::{band::OwnReference, rules, wear::Worn};
use crate::{
    body::segment::Otherwise,
    gait::step::Step,
    pod::site::Site,
    statistics::{heavy, mean, standard_deviation},
    units::Degrees,
};

/// Version of the feature order, shared with `core/model/`.
pub const SCHEMA: u32 = 2;

/// How many numbers the network reads.
pub const LENGTH: usize = 24;

/// One window of steps as numbers. Angles in degrees; `None` where a pod or a neutral is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureVector {
    /// Mean trunk lean.
    pub trunk_lean_deg: Option<f64>,
    /// Mean pelvis tilt.
    pub pelvis_tilt_deg: Option<f64>,
    /// Error of the trunk lean, scales of [`crate::statistics::heavy`].
    pub trunk_error_deg: f64,
    /// The same of the pelvis tilt.
    pub pelvis_error_deg: f64,
    /// Standard deviation of trunk lean over the steps; of pelvis tilt without a chest pod.
    pub lean_sd_deg: f64,
    /// Spread of the standing neutral.
    pub neutral_spread_deg: f64,
    /// Steady steps in the window that tell each of its angles; all steady ones without an angle.
    pub steady_steps: u32,
    /// How the chest pod and the pelvis pod are worn.
    pub worn: [Worn; 2],
    /// The runner's own references.
    pub own: OwnReference,
}

/// What a window's features depend on besides its steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circumstances {
    /// Spread of the standing neutral, degrees.
    pub neutral_spread_deg: f64,
    /// How the chest pod and the pelvis pod are worn.
    pub worn: [Worn; 2],
    /// The runner's own references.
    pub own: OwnReference,
    /// Whether chest and pelvis pod seem to have changed places: then no angle is known to be the trunk's.
    pub swapped: bool,
    /// Later stands of the chest pod and the pelvis pod that do not fit their neutral.
    pub otherwise: [Option<Otherwise>; 2],
}

impl Default for Circumstances {
    fn default() -> Self {
        Self {
            neutral_spread_deg: 0.0,
            worn: Worn::UNKNOWN,
            own: OwnReference::default(),
            swapped: false,
            otherwise: [None, None],
        }
    }
}

impl Circumstances {
    /// How much of a strap there is under the pod that times the steps, 0 to 1: the pelvis pod where there is one. A pod
    /// without a gyroscope shows no wobble, so for it at least four fifths. Ours.
    #[must_use]
    pub fn timing_strap_share(&self) -> f64 {
        const UNSEEN: f64 = 0.8;
        let timing = self.timing();
        timing
            .strap_share()
            .max(if timing.has_gyro { 0.0 } else { UNSEEN })
    }

    /// By how much further forward each pod sat at a time, chest first, degrees, if a later stand shows how it sat; zero
    /// where none does.
    #[must_use]
    pub fn turned_deg(&self, time_s: f64) -> [f64; 2] {
        let since = |otherwise: &Otherwise| time_s >= otherwise.since_s;
        self.otherwise.map(|otherwise| {
            otherwise
                .filter(since)
                .map_or(0.0, |otherwise| otherwise.turned_deg)
        })
    }

    /// The pod that a later stand shows furthest off at a time.
    #[must_use]
    pub fn most_turned(&self, time_s: f64) -> Site {
        let [chest_deg, pelvis_deg] = self.turned_deg(time_s);
        if chest_deg.abs() < pelvis_deg.abs() {
            Site::Pelvis
        } else {
            Site::Chest
        }
    }

    /// The pod that times the steps.
    #[must_use]
    pub fn timing(&self) -> Worn {
        let [chest, pelvis] = self.worn;
        if pelvis.shake_mps2.is_some() {
            pelvis
        } else {
            chest
        }
    }
}

impl Default for FeatureVector {
    fn default() -> Self {
        Self::of(&[], Circumstances::default())
    }
}

/// A scatter of steps, as a standard deviation, in scales of [`crate::statistics::heavy`] of the same 90 %.
const SCATTER: f64 = 1.645 / heavy::CI90;

impl FeatureVector {
    /// The features of these steps; only steady ones count.
    #[must_use]
    pub fn of(steps: &[Step], circumstances: Circumstances) -> Self {
        let Circumstances {
            neutral_spread_deg,
            worn,
            own,
            swapped,
            otherwise: _,
        } = circumstances;
        let steady = || steps.iter().filter(|step| step.steady);
        let angles = |angle: fn(&Step) -> Option<Degrees>| -> Vec<f64> {
            let known = steady().filter(|_| !swapped).filter_map(angle);
            known.map(|angle| angle.0).collect()
        };
        let (trunk, pelvis) = (angles(|step| step.trunk_lean), angles(|step| step.pelvis_tilt));
        let telling = [trunk.len(), pelvis.len()].into_iter().filter(|count| *count > 0);
        let steady_steps = telling.min().unwrap_or_else(|| steady().count()) as u32;
        let error_deg = |angles: &[f64], worn: Worn| {
            let sampling = standard_deviation(angles) / (angles.len().max(1) as f64).sqrt();
            worn.error_deg(neutral_spread_deg).hypot(SCATTER * sampling)
        };
        Self {
            trunk_lean_deg: mean(&trunk),
            pelvis_tilt_deg: mean(&pelvis),
            trunk_error_deg: error_deg(&trunk, worn[0]),
            pelvis_error_deg: error_deg(&pelvis, worn[1]),
            lean_sd_deg: standard_deviation(if trunk.is_empty() { &pelvis } else { &trunk }),
            neutral_spread_deg,
            steady_steps,
            worn,
            own,
        }
    }

    /// The angles there are, each with how its pod is worn.
    pub fn angles(&self) -> impl Iterator<Item = (f64, Worn)> {
        let angles = [self.trunk_lean_deg, self.pelvis_tilt_deg];
        angles
            .into_iter()
            .zip(self.worn)
            .filter_map(|(angle, worn)| Some((angle?, worn)))
    }

    /// How much probability a class needs to be given.
    #[must_use]
    pub fn needed(&self) -> f64 {
        let (seen, felt) = self.angles().fold((0, 0), |(seen, felt), (_, worn)| {
            (seen + 1, felt + u32::from(worn.has_gyro))
        });
        match (seen, felt) {
            (2, 2) => NEEDED,
            _ if felt == seen => NEEDED_HALF_SEEN,
            (2, _) => NEEDED_UNFELT,
            _ => NEEDED_HALF_SEEN_UNFELT,
        }
    }

    /// The numbers in the network's order, each scaled to about −3..3; absent ones are 0 beside a flag. First what the
    /// rules say, as logarithms: the network starts from there.
    #[must_use]
    pub fn to_array(&self) -> [f32; LENGTH] {
        let flag = |present: bool| f64::from(u8::from(present));
        let [low, high] = self.own.band_deg.unwrap_or(rules::PRIOR_BAND_DEG);
        let usual_bend = self.own.usual_bend_deg.unwrap_or(rules::PRIOR_BEND_DEG);
        let (trunk, pelvis) = (self.trunk_lean_deg, self.pelvis_tilt_deg);
        let lean = trunk.or(pelvis.map(|tilt| tilt + usual_bend));
        let bend = trunk.zip(pelvis).map(|(trunk, pelvis)| trunk - pelvis);
        let size = |value: Option<f64>, usual: f64| value.map_or(0.0, |value| (value / usual).max(0.05).ln());
        let [under, good, over, bent, unseen] = rules::shares(self).0;
        let [under, good, over, bent] =
            [under, good, over, bent + unseen].map(|share| (share.max(LEAST_SHARE)).ln());
        let numbers = [
            under,
            good,
            over,
            bent,
            lean.map_or(0.0, |lean| (lean - low) / 5.0),
            lean.map_or(0.0, |lean| (lean - high) / 5.0),
            bend.map_or(0.0, |bend| (bend - usual_bend) / 5.0),
            flag(trunk.is_some()),
            flag(pelvis.is_some()),
            flag(self.own.band_deg.is_some()),
            flag(self.own.usual_bend_deg.is_some()),
            if trunk.is_some() {
                self.trunk_error_deg
            } else {
                0.0
            },
            if pelvis.is_some() {
                self.pelvis_error_deg
            } else {
                0.0
            },
            flag(self.worn[0].has_gyro),
            flag(self.worn[1].has_gyro),
            size(self.worn[0].shake_mps2, 2.0),
            size(self.worn[1].shake_mps2, 2.0),
            size(self.worn[0].wobble_radps, 0.2),
            size(self.worn[1].wobble_radps, 0.2),
            self.worn[0].missing_share.sqrt() * 4.0,
            self.worn[1].missing_share.sqrt() * 4.0,
            self.lean_sd_deg / 2.0,
            self.neutral_spread_deg,
            f64::from(self.steady_steps) / 30.0,
        ];
        numbers.map(|number| number.clamp(-WIDEST, WIDEST) as f32)
    }
}

/// A class needs this much probability to be given where two pods with gyroscopes see it. Ours: a third of a degree inside
/// a boundary for a pod on a strap. More would keep back windows of which nineteen in twenty are right; less would let
/// more of a slip through that is not noticed.
const NEEDED: f64 = 0.6;
/// And where one pod sees it. Ours: how often people bend so that one pod cannot see it nobody has counted, so that a
/// probability may itself be wrong by a tenth. More would keep back nearly all there is.
const NEEDED_HALF_SEEN: f64 = 0.75;
/// And where two pods see it of which one has no gyroscope: its errors have tails that no curve holds, when a strap wobbles
/// or forward is taken for back. Ours: of what is given to made-up runners without gyroscopes who are not bent, 86 % is
/// right, at 0.75 it is 83 %.
const NEEDED_UNFELT: f64 = 0.8;
/// And where one pod without a gyroscope does. Ours: of what is given to made-up runners 95 % is right, at 0.8 it is 88 %.
const NEEDED_HALF_SEEN_UNFELT: f64 = 0.85;
/// Smaller shares of the rules are told to the network as this one.
const LEAST_SHARE: f64 = 1e-3;
/// No number the network reads is larger.
const WIDEST: f64 = 8.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gait::step::Side, units::StepsPerMinute};

    fn steps(leaning: usize) -> Vec<Step> {
        let step = |k: usize| Step {
            initial_contact_s: 0.35 * k as f64,
            mid_stance_s: 0.35 * k as f64 + 0.1,
            toe_off_s: 0.35 * k as f64 + 0.25,
            side: Side::Unknown,
            running: true,
            ground_contact_time: None,
            flight_time: None,
            cadence: StepsPerMinute(171.0),
            vertical_oscillation: None,
            trunk_lean: (k < leaning).then_some(Degrees(8.0)),
            pelvis_tilt: None,
            waist_bend: None,
            mid_stance_timing: None,
            speed_loss_mps: None,
            hip_offset_cm: None,
            steady: true,
        };
        (0..28).map(step).collect()
    }

    #[test]
    fn steps_without_an_angle_are_none_that_carry_a_class() {
        let of = |leaning, circumstances| FeatureVector::of(&steps(leaning), circumstances);
        let circumstances = Circumstances::default();
        assert!(rules::carries_a_class(&of(28, circumstances)));
        assert!(!rules::carries_a_class(&of(5, circumstances)));
        let swapped = Circumstances {
            swapped: true,
            ..circumstances
        };
        assert_eq!(of(28, swapped).trunk_lean_deg, None);
    }
}
