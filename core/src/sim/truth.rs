//! What the made-up runner really did, taken from the model and never measured.
//!
//! Judges nothing. Invariant: times are true seconds since the scenario began, as in the samples.

use super::scenario::Act;
use crate::gait::step::Side;

/// Everything a stage could be asked about the simulated body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// The acts in order, without gaps.
    pub acts: Vec<ActTruth>,
    /// Every closed step, walking and running, in time order.
    pub steps: Vec<StepTruth>,
    /// Every drill repetition, in time order.
    pub repetitions: Vec<RepetitionTruth>,
}

impl Truth {
    /// The running steps whose contact lies in this span: `from_s` included, `until_s` not.
    pub fn running_steps(&self, from_s: f64, until_s: f64) -> impl Iterator<Item = &StepTruth> {
        self.steps
            .iter()
            .filter(move |step| step.running && (from_s..until_s).contains(&step.initial_contact_s))
    }
}

/// When an act took place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActTruth {
    /// Its begin.
    pub start_s: f64,
    /// Its end, which is the next one's begin.
    pub end_s: f64,
    /// What was asked for.
    pub act: Act,
}

/// One step as the model made it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepTruth {
    /// The foot meets the ground.
    pub initial_contact_s: f64,
    /// The pelvis is at its lowest.
    pub mid_stance_s: f64,
    /// The same foot leaves the ground; when walking, after the other foot's contact.
    pub toe_off_s: f64,
    /// The other foot meets the ground.
    pub next_contact_s: f64,
    /// Which foot.
    pub side: Side,
    /// Mean forward inclination of the chest over the step.
    pub trunk_lean_deg: f64,
    /// Mean forward inclination of the pelvis over the step.
    pub pelvis_tilt_deg: f64,
    /// Steps per minute from this contact to the next.
    pub cadence_spm: f64,
    /// Rise and fall of the pelvis pod within the step.
    pub vertical_oscillation_mm: f64,
    /// (fore-aft zero crossing − lowest point) / ground contact time; `None` when walking or changing speed.
    pub mid_stance_timing: Option<f64>,
    /// Whether this is a step of running: neither of walking nor a hop.
    pub running: bool,
}

impl StepTruth {
    /// Trunk lean minus pelvis tilt.
    #[must_use]
    pub fn waist_bend_deg(&self) -> f64 {
        self.trunk_lean_deg - self.pelvis_tilt_deg
    }

    /// Initial contact to toe-off.
    #[must_use]
    pub fn ground_contact_ms(&self) -> f64 {
        (self.toe_off_s - self.initial_contact_s) * 1e3
    }

    /// Toe-off to the next contact; `None` when not running.
    #[must_use]
    pub fn flight_ms(&self) -> Option<f64> {
        self.running
            .then_some((self.next_contact_s - self.toe_off_s) * 1e3)
    }
}

/// One repetition of a drill as the model made it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepetitionTruth {
    /// The body begins to tip.
    pub start_s: f64,
    /// Upright again.
    pub end_s: f64,
    /// When the asked angle was reached and when it was left: the hold of a tilt, strike and lift of a fall.
    pub held_s: [f64; 2],
    /// Rotation about the ankles.
    pub angle_deg: f64,
    /// Chest inclination at that angle.
    pub trunk_lean_deg: f64,
    /// Chest minus pelvis at that angle.
    pub waist_bend_deg: f64,
    /// How far the pelvis has moved when the angle is reached, + forward.
    pub pelvis_forward_mm: f64,
    /// How far behind its stand the pelvis went on the way, never negative.
    pub pelvis_back_mm: f64,
    /// The launch that followed; `None` for a tilt at the wall.
    pub launch: Option<LaunchTruth>,
}

/// The start of a run out of a lean-and-fall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaunchTruth {
    /// The first foot strikes.
    pub first_contact_s: f64,
    /// Mean forward acceleration from the first contact to the fourth, m/s².
    pub mean_acceleration_mps2: f64,
}

impl LaunchTruth {
    /// The body angle that goes with this acceleration: atan(a / g).
    #[must_use]
    pub fn expected_angle_deg(&self) -> f64 {
        (self.mean_acceleration_mps2 / crate::units::GRAVITY)
            .atan()
            .to_degrees()
    }
}
