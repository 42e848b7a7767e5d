//! One motion sample in SI units, still in the pod's own axes.

use glam::DVec3;

/// What a pod felt at one instant, in its own axes, mounted any way up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImuSample {
    /// Seconds on the session's axis, from the pod's own clock.
    pub time_s: f64,
    /// Specific force, m/s²: a still pod reads 9.81 upward.
    pub specific_force: DVec3,
    /// Angular velocity, rad/s; `None` for an accelerometer-only pod.
    pub angular_velocity: Option<DVec3>,
    /// Whether a channel stood at the end of its range.
    pub clipped: bool,
}
