//! One step and its numbers.

use serde::{Deserialize, Serialize};

use crate::units::{Degrees, Millimeters, Milliseconds, StepsPerMinute};

/// Which foot a step landed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left foot.
    Left,
    /// Right foot.
    Right,
    /// Not told apart.
    Unknown,
}

impl Side {
    /// The foot that follows.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// One step: from one foot's initial contact to the other's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Initial contact, seconds on the session's axis.
    pub initial_contact_s: f64,
    /// Lowest point of the body in stance, seconds.
    pub mid_stance_s: f64,
    /// Toe-off, seconds.
    pub toe_off_s: f64,
    /// Which foot.
    pub side: Side,
    /// Whether the body flew in this step; a walking step never does.
    pub running: bool,
    /// Initial contact to toe-off; `None` when walking.
    pub ground_contact_time: Option<Milliseconds>,
    /// Toe-off to the next initial contact; `None` when walking.
    pub flight_time: Option<Milliseconds>,
    /// Steps per minute from this contact to the next.
    pub cadence: StepsPerMinute,
    /// Rise and fall of the pod within the step; `None` when the step is not closed.
    pub vertical_oscillation: Option<Millimeters>,
    /// Mean forward inclination of the chest over the step.
    pub trunk_lean: Option<Degrees>,
    /// Mean forward inclination of the pelvis over the step.
    pub pelvis_tilt: Option<Degrees>,
    /// Trunk lean minus pelvis tilt.
    pub waist_bend: Option<Degrees>,
    /// (fore-aft zero crossing − lowest point) / ground contact time; + is late.
    pub mid_stance_timing: Option<f64>,
    /// Forward speed that braking takes, m/s; `None` without a pelvis pod.
    #[serde(default)]
    pub speed_loss_mps: Option<f64>,
    /// How far the hip is ahead of the ankle at mid-stance, cm; `None` without a pelvis pod.
    #[serde(default)]
    pub hip_offset_cm: Option<f64>,
    /// Whether the gates for steady running were open.
    pub steady: bool,
}
