//! Puts right what the mean inclination of a pod without a gyroscope is usually off by.
//!
//! A pod that tips under every blow, and back, averages gravity over its tips weighted by the blows: its mean is off by
//! the tip per blow times the mean square of the blows. Says nothing of what it is still off by: that is `error`.
//! Invariant: a pod with a gyroscope, and a step that is none of running, stay as they are.

use crate::{gait::step::Step, units::Degrees};

/// What a mean inclination from an accelerometer alone is off by while its wearer runs and bounces as usual, chest pod
/// and pelvis pod, degrees: trunk and pelvis swing in time with the blows, so their swing does not average out. Ours:
/// the chest's from made-up runners, the pelvis's between those and virtual pods of the five runners of `rbds2017` that
/// may fit.
const OFF_DEG: [f64; 2] = [1.5, -2.2];
/// A usual bounce, m/s²: the root mean square of the vertical acceleration of a runner at some 3 m/s. Ours.
const USUAL_BOUNCE_MPS2: f64 = 10.0;
/// Bounces that running shows, times the usual one: beyond them it is something else that is felt. Ours.
const BOUNCES: [f64; 2] = [0.6, 1.6];

/// How many times as far off as usual an accelerometer alone is, by how much its wearer bounces.
#[must_use]
pub fn share(bounce_mps2: Option<f64>) -> f64 {
    let bounce = bounce_mps2.map_or(1.0, |bounce| bounce / USUAL_BOUNCE_MPS2);
    bounce.clamp(BOUNCES[0], BOUNCES[1]).powi(2)
}

/// The step with the angles of pods without a gyroscope put right by what they are usually off, given how each pod
/// bounces.
#[must_use]
pub fn put_right(step: &Step, has_gyro: [bool; 2], bounces_mps2: [Option<f64>; 2]) -> Step {
    let off = |place: usize| {
        let applies = step.running && !has_gyro[place];
        Degrees(if applies {
            OFF_DEG[place] * share(bounces_mps2[place])
        } else {
            0.0
        })
    };
    let trunk_lean = step.trunk_lean.map(|lean| lean - off(0));
    let pelvis_tilt = step.pelvis_tilt.map(|tilt| tilt - off(1));
    Step {
        trunk_lean,
        pelvis_tilt,
        waist_bend: trunk_lean.zip(pelvis_tilt).map(|(trunk, pelvis)| trunk - pelvis),
        ..*step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gait::step::Side, units::StepsPerMinute};

    fn step(running: bool) -> Step {
        Step {
            initial_contact_s: 0.0,
            mid_stance_s: 0.1,
            toe_off_s: 0.25,
            side: Side::Unknown,
            running,
            ground_contact_time: None,
            flight_time: None,
            cadence: StepsPerMinute(171.0),
            vertical_oscillation: None,
            trunk_lean: Some(Degrees(8.0)),
            pelvis_tilt: Some(Degrees(5.0)),
            waist_bend: Some(Degrees(3.0)),
            mid_stance_timing: None,
            speed_loss_mps: None,
            hip_offset_cm: None,
            steady: true,
        }
    }

    #[test]
    fn only_running_without_a_gyroscope_is_put_right_and_the_bend_follows_the_angles() {
        let [running, walking] = [true, false].map(step);
        assert_eq!(put_right(&running, [true; 2], [None; 2]), running);
        assert_eq!(put_right(&walking, [false; 2], [None; 2]), walking);
        let right = put_right(&running, [false; 2], [None; 2]);
        let angles = [right.trunk_lean, right.pelvis_tilt, right.waist_bend];
        let [lean, tilt, bend] = angles.map(|angle| angle.map_or(f64::NAN, |angle| angle.0));
        assert!(lean < 8.0 && tilt > 5.0 && (bend - (lean - tilt)).abs() < 1e-12);
    }
}
