//! The gate for steady running: which steps a mean may be taken over.
//!
//! Knows neither speed nor grade: those need position fixes. Invariant: the first steps after a start,
//! a long hole or walking are never steady.

use super::step::Step;

/// Running steps that must lie behind before a step can be steady: about four seconds of running. Ours.
const STEPS_BEHIND: u32 = 10;
/// Largest change of cadence, over two steps, against the steps before, as a share. Ours. Over two steps, because
/// what one foot does or one contact's error adds to a step, it takes from its neighbour.
const CADENCE_SHARE: f64 = 0.08;
/// Largest mean turn, rad/s: 20 degrees a second. Ours.
const TURN_RADPS: f64 = 20.0 / 180.0 * std::f64::consts::PI;
/// How much one step weighs in the running means: two steps cancel the sway of the pelvis.
const WEIGHT: f64 = 0.2;

/// Follows cadence and turning from step to step.
#[derive(Clone, Copy, Debug, Default)]
pub struct SteadyGate {
    steps_behind: u32,
    last_s: f64,
    cadence_spm: f64,
    turn_radps: f64,
    paused: bool,
}

impl SteadyGate {
    /// Whether `step` is steady, given its mean yaw rate. Call it for each step in turn.
    pub fn admit(&mut self, step: &Step, yaw_radps: f64) -> bool {
        if !step.running {
            self.reset();
            return false;
        }
        let step_s = 60.0 / step.cadence.0;
        if self.steps_behind == 0 {
            self.cadence_spm = step.cadence.0;
            self.last_s = step_s;
        }
        if std::mem::take(&mut self.paused) {
            self.last_s = step_s;
        }
        let cadence_spm = 120.0 / (step_s + self.last_s);
        self.last_s = step_s;
        let even = (cadence_spm / self.cadence_spm - 1.0).abs() < CADENCE_SHARE;
        self.cadence_spm += WEIGHT * (cadence_spm - self.cadence_spm);
        self.turn_radps += WEIGHT * (yaw_radps - self.turn_radps);
        self.steps_behind += 1;
        self.steps_behind > STEPS_BEHIND && even && self.turn_radps.abs() < TURN_RADPS
    }

    /// Goes on after a short hole: the next step has no neighbour to share a late contact with.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Begins anew, as after a long hole.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gait::step::Side, units::StepsPerMinute};

    fn running(duration_s: f64) -> Step {
        Step {
            initial_contact_s: 0.0,
            mid_stance_s: 0.1,
            toe_off_s: 0.2,
            side: Side::Unknown,
            running: true,
            ground_contact_time: None,
            flight_time: None,
            cadence: StepsPerMinute(60.0 / duration_s),
            vertical_oscillation: None,
            trunk_lean: None,
            pelvis_tilt: None,
            waist_bend: None,
            mid_stance_timing: None,
            speed_loss_mps: None,
            hip_offset_cm: None,
            steady: false,
        }
    }

    #[test]
    fn one_late_contact_takes_no_step_out_of_the_mean() {
        let mut gate = SteadyGate::default();
        let steady: Vec<bool> = (0..40)
            .map(|k| match k {
                20 => running(0.38),
                21 => running(0.32),
                _ => running(0.35),
            })
            .map(|step| gate.admit(&step, 0.0))
            .collect();
        assert!(steady[10..].iter().all(|steady| *steady), "{steady:?}");
    }

    #[test]
    fn running_on_after_a_short_hole_is_steady_at_once_and_slower_running_is_not() {
        let after = |duration_s| {
            let mut gate = SteadyGate::default();
            for _ in 0..20 {
                gate.admit(&running(0.35), 0.0);
            }
            gate.pause();
            gate.admit(&running(duration_s), 0.0)
        };
        assert!(after(0.36) && !after(0.40));
    }

    #[test]
    fn a_new_cadence_is_not_steady_until_it_lasts() {
        let mut gate = SteadyGate::default();
        let steady: Vec<bool> = (0..60)
            .map(|k| gate.admit(&running(if k < 20 { 0.36 } else { 0.31 }), 0.0))
            .collect();
        assert!(steady[19] && !steady[22] && steady[59], "{steady:?}");
    }
}
