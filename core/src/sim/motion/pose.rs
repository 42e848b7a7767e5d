//! The pose of the body at one instant, and the instants of one step.
//!
//! Moves nothing. Invariant: the default pose is upright, still and weightless of all but gravity.

use glam::DVec3;

use crate::gait::step::Side;

/// Inclinations of one segment, radians: forward, to the right, and about the vertical to the left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::sim) struct Angles {
    pub(in crate::sim) forward: f64,
    pub(in crate::sim) right: f64,
    pub(in crate::sim) left_turn: f64,
}

/// The body at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::sim) struct Pose {
    /// Where the body faces: radians to the left of where it faced at the start.
    pub(in crate::sim) heading: f64,
    /// The pelvis against the heading.
    pub(in crate::sim) pelvis: Angles,
    /// The chest against the heading.
    pub(in crate::sim) chest: Angles,
    /// Acceleration of the body's centre without gravity, m/s²: along the heading, up, to its right.
    pub(in crate::sim) acceleration: DVec3,
    /// What the pelvis pod is accelerated by beyond that, in the same axes.
    pub(in crate::sim) shake: DVec3,
    /// How much of the shake the chest shares.
    pub(in crate::sim) chest_share: f64,
}

/// The instants of one closed step, seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sim) struct StepTimes {
    pub(in crate::sim) initial_contact_s: f64,
    pub(in crate::sim) mid_stance_s: f64,
    pub(in crate::sim) toe_off_s: f64,
    pub(in crate::sim) next_contact_s: f64,
    pub(in crate::sim) side: Side,
    pub(in crate::sim) timing: Option<f64>,
    pub(in crate::sim) running: bool,
}

impl StepTimes {
    /// The same step on an axis that began `start_s` earlier.
    pub(super) fn later_by(self, start_s: f64) -> Self {
        Self {
            initial_contact_s: self.initial_contact_s + start_s,
            mid_stance_s: self.mid_stance_s + start_s,
            toe_off_s: self.toe_off_s + start_s,
            next_contact_s: self.next_contact_s + start_s,
            ..self
        }
    }
}
