//! The gate for steady running: which steps a mean may be taken over, and why the others not.
//!
//! Finds no steps. Speed and grade it knows only where fixes were given. Invariant: the first steps after a start,
//! a long hole or walking are never steady.

use super::{
    step::Step,
    terrain::{Fix, Terrain},
};

/// Running steps that must lie behind before a step can be steady: about four seconds of running. Ours.
const STEPS_BEHIND: u32 = 10;
/// Largest change of cadence, over two steps, against the steps before, as a share. Ours. Over two steps, because
/// what one foot does or one contact's error adds to a step, it takes from its neighbour.
const CADENCE_SHARE: f64 = 0.08;
/// Largest mean turn, rad/s: 20 degrees a second. Ours.
const TURN_RADPS: f64 = 20.0 / 180.0 * std::f64::consts::PI;
/// How much one step weighs in the running means: two steps cancel the sway of the pelvis.
const WEIGHT: f64 = 0.2;

/// Largest change of speed, m/s² (`domain` of the drills: 0.3 degrees of lean).
const SPEED_CHANGE_MPS2: f64 = 0.05;
/// From this grade on a hill is a hill: lean is against gravity, a runner's habit partly against the ground. Ours.
const GRADE: f64 = 0.02;

/// Why a running step is not steady.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsteady {
    /// It is among the first, the cadence changes, or the speed does.
    Pace,
    /// The runner turns.
    Turning,
    /// The runner climbs or descends.
    Grade,
}

/// Follows cadence and turning from step to step.
#[derive(Clone, Debug, Default)]
pub struct SteadyGate {
    steps_behind: u32,
    last_s: f64,
    cadence_spm: f64,
    turn_radps: f64,
    paused: bool,
    terrain: Terrain,
    /// Why the last step was not steady.
    reason: Option<Unsteady>,
}

impl SteadyGate {
    /// Takes a fix of position; steps around it are judged by it.
    pub fn fix(&mut self, fix: Fix) {
        self.terrain.push(fix);
    }

    /// Whether any fix of position came.
    #[must_use]
    pub fn knows_terrain(&self) -> bool {
        self.terrain.is_known()
    }

    /// Why the last step was not steady; `None` when it was, or walked.
    #[must_use]
    pub fn reason(&self) -> Option<Unsteady> {
        self.reason
    }

    /// Whether `step` is steady, given its mean yaw rate. Call it for each step in turn.
    pub fn admit(&mut self, step: &Step, yaw_radps: f64) -> bool {
        if !step.running {
            self.reset();
            return false;
        }
        self.reason = self.judge(step, yaw_radps);
        self.reason.is_none()
    }

    fn judge(&mut self, step: &Step, yaw_radps: f64) -> Option<Unsteady> {
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
        let at_s = step.initial_contact_s;
        let pace = self
            .terrain
            .speed_change_mps2(at_s)
            .is_some_and(|change| change.abs() >= SPEED_CHANGE_MPS2);
        let hill = self.terrain.grade(at_s).is_some_and(|grade| grade.abs() >= GRADE);
        if self.steps_behind <= STEPS_BEHIND || !even || pace {
            Some(Unsteady::Pace)
        } else if self.turn_radps.abs() >= TURN_RADPS {
            Some(Unsteady::Turning)
        } else {
            hill.then_some(Unsteady::Grade)
        }
    }

    /// Goes on after a short hole: the next step has no neighbour to share a late contact with.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Begins anew, as after a long hole.
    pub fn reset(&mut self) {
        *self = Self {
            terrain: std::mem::take(&mut self.terrain),
            ..Self::default()
        };
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
    fn a_turn_a_hill_and_speeding_up_are_told_apart() {
        let reason = |yaw_radps: f64, speed_up: f64, climb: f64| {
            let mut gate = SteadyGate::default();
            for k in 0..60 {
                let time_s = f64::from(k);
                gate.fix(Fix {
                    time_s,
                    speed_mps: Some(3.0 + speed_up * time_s),
                    altitude_m: Some(3.0 * climb * time_s),
                    ..Fix::default()
                });
            }
            for k in 0..40 {
                let step = Step {
                    initial_contact_s: 20.0 + 0.35 * f64::from(k),
                    ..running(0.35)
                };
                gate.admit(&step, yaw_radps);
            }
            gate.reason()
        };
        assert_eq!(reason(0.0, 0.0, 0.0), None);
        assert_eq!(reason(0.0, 0.06, 0.0), Some(Unsteady::Pace));
        assert_eq!(reason(0.5, 0.0, 0.0), Some(Unsteady::Turning));
        assert_eq!(reason(0.0, 0.0, -0.03), Some(Unsteady::Grade));
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
