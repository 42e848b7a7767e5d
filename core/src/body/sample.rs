//! What a body segment does, in the runner's own axes.

use glam::DVec3;
use serde::{Deserialize, Serialize};

/// Samples a second on the common grid of both pods. Ours: near the 104 Hz of the Lean Pod.
pub const GRID_HZ: f64 = 100.0;

/// Seconds on the session's axis of a grid cell.
#[must_use]
pub fn time_s(index: i64) -> f64 {
    index as f64 / GRID_HZ
}

/// One instant of one body segment on the common grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SegmentSample {
    /// Forward inclination from the wearer's standing neutral, degrees, + forward; `None` without a neutral.
    pub inclination_deg: Option<f64>,
    /// Acceleration without gravity, m/s²: x forward, y up, z to the right.
    pub acceleration: DVec3,
    /// Rotation of the segment, rad/s, about the same axes; zero without a gyroscope.
    pub angular_velocity: DVec3,
}

/// Both segments at one grid instant: what every later stage reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BodySample {
    /// Seconds on the session's axis; grid instants are `1 / GRID_HZ` apart.
    pub time_s: f64,
    /// The chest segment; `None` where its pod is absent or has a gap.
    pub chest: Option<SegmentSample>,
    /// The pelvis segment; `None` where its pod is absent or has a gap.
    pub pelvis: Option<SegmentSample>,
}

impl BodySample {
    /// The segment that times the steps: the pelvis where there is one, else the chest.
    #[must_use]
    pub fn primary(&self) -> Option<&SegmentSample> {
        self.pelvis.as_ref().or(self.chest.as_ref())
    }

    /// Waist bend, degrees: chest inclination minus pelvis inclination.
    #[must_use]
    pub fn waist_bend_deg(&self) -> Option<f64> {
        Some(self.chest?.inclination_deg? - self.pelvis?.inclination_deg?)
    }
}

/// A still stand: the pose every angle is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neutral {
    /// When the stand began, seconds on the session's axis.
    pub start_s: f64,
    /// When the stand ended.
    pub end_s: f64,
    /// Largest angle between the parts of the stand, degrees.
    pub spread_deg: f64,
    /// Which way is up, in the pod's own axes, unit length.
    pub up: DVec3,
}
