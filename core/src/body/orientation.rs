//! Which way is up, in a pod's own axes, at every instant.
//!
//! Finds no heading and no neutral. The filter is VQF (`vqf-rs`): it averages the accelerometer in a frame
//! that does not rotate with the pod, so whole strides leave no bias. This file adds what a filter cannot know:
//! a runner who stands still shows gravity alone, and one who sets off does not.
//! Invariant: `up` has unit length.

use glam::DVec3;
use vqf_rs::{Params, VQF};

use super::{
    resample::GridSample,
    sample::GRID_HZ,
    stillness::{BIAS_RADPS, SHORT_HOLE_S, Stillness},
};

/// After a stand the accelerometer is not believed for this long, seconds: setting off to 3.5 m/s with the
/// accelerometer in the loop would tilt the horizon by several degrees. Ours.
const LAUNCH_S: f64 = 4.0;
/// A stand at least this long makes what follows a launch, seconds. Ours.
const STAND_S: f64 = 1.0;
/// A pod that never stood is not believed before this, seconds: a gyroscope's unknown bias and a first sample in
/// mid-step tilt the horizon by four degrees after ten seconds and two after twenty (synthetic runner). Ours.
const SETTLING_S: f64 = 30.0;
/// While standing the accelerometer counts this many times over, so that the horizon settles within a second.
const STANDING_WEIGHT: usize = 4;

/// Tracks the direction of up for one pod.
pub struct Orientation {
    filter: VQF,
    stillness: Stillness,
    still_cells: u32,
    launch_cells: u32,
    /// Cells until a pod that never stood is believed.
    settling_cells: u32,
    last_index: Option<i64>,
}

/// Up and rest at one grid instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upright {
    /// Unit vector against gravity, in the pod's own axes.
    pub up: DVec3,
    /// Whether the pod has been still for the last half second.
    pub still: bool,
    /// Whether `up` is good enough for an angle: the pod has stood, or long been followed.
    pub settled: bool,
}

impl Default for Orientation {
    fn default() -> Self {
        Self {
            filter: new_filter(),
            stillness: Stillness::default(),
            still_cells: 0,
            launch_cells: 0,
            settling_cells: (SETTLING_S * GRID_HZ) as u32,
            last_index: None,
        }
    }
}

fn new_filter() -> VQF {
    let params = Params {
        bias_clip: BIAS_RADPS.to_degrees(),
        bias_sigma_init: 1.0,
        ..Params::default()
    };
    VQF::new(1.0 / GRID_HZ, None, None, Some(params))
}

/// A filter that knows nothing of the pose but keeps what the old one learned of the gyroscope: its bias outlives a
/// hole, and on the run it takes half a minute to learn anew, which shows as a lean of five degrees too little.
fn renewed(old: &VQF) -> VQF {
    let mut filter = new_filter();
    let (bias, sigma) = old.bias_estimate();
    filter.set_bias_estimate(bias, Some(sigma));
    filter
}

impl Orientation {
    /// Takes the next cell of the grid. A stand goes on over a short hole; after one of more than a second the filter
    /// begins anew.
    pub fn push(&mut self, sample: &GridSample) -> Upright {
        let hole = self.last_index.map_or(0, |last| sample.index - last - 1);
        self.last_index = Some(sample.index);
        if hole as f64 > SHORT_HOLE_S * GRID_HZ {
            self.stillness = Stillness::default();
            self.still_cells = 0;
        }
        if hole > GRID_HZ as i64 {
            self.filter = renewed(&self.filter);
            self.launch_cells = 0;
        }
        let rotation = sample.angular_velocity.unwrap_or(DVec3::ZERO);
        let still = self.stillness.push(sample.specific_force, rotation);
        self.follow_stands(still, sample.angular_velocity.is_some());
        self.filter.update_gyr(rotation.to_array());
        if let Some(gravity) = self.stillness.settled_force() {
            for _ in 0..STANDING_WEIGHT {
                self.filter.update_acc(gravity.to_array());
            }
        } else if self.launch_cells == 0 {
            self.filter.update_acc(sample.specific_force.to_array());
        }
        Upright {
            up: self.up(),
            still,
            settled: self.settling_cells == 0,
        }
    }

    fn follow_stands(&mut self, still: bool, has_gyro: bool) {
        self.settling_cells = self.settling_cells.saturating_sub(1);
        if still {
            self.still_cells += 1;
            self.launch_cells = 0;
            if f64::from(self.still_cells) > STAND_S * GRID_HZ {
                self.settling_cells = 0;
            }
        } else {
            if has_gyro && f64::from(self.still_cells) > STAND_S * GRID_HZ {
                self.launch_cells = (LAUNCH_S * GRID_HZ) as u32;
            }
            self.still_cells = 0;
            self.launch_cells = self.launch_cells.saturating_sub(1);
        }
    }

    fn up(&self) -> DVec3 {
        let q = self.filter.quat_6d();
        let rotation = glam::DQuat::from_xyzw(q.1, q.2, q.3, q.0);
        (rotation.inverse() * DVec3::Z).normalize_or(DVec3::Z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::GRAVITY;

    fn cell(index: i64, specific_force: DVec3, rotation: DVec3) -> GridSample {
        GridSample {
            index,
            specific_force,
            angular_velocity: Some(rotation),
            clipped: false,
        }
    }

    #[test]
    fn a_still_pod_shows_up_whatever_its_mounting() {
        for axis in [
            DVec3::X,
            DVec3::NEG_X,
            DVec3::Y,
            DVec3::NEG_Z,
            DVec3::new(0.6, -0.8, 0.0),
        ] {
            let mut orientation = Orientation::default();
            let mut last = None;
            for index in 0..300 {
                last = Some(orientation.push(&cell(index, axis * GRAVITY, DVec3::ZERO)));
            }
            let upright = last.expect("cells were pushed");
            assert!(upright.still);
            assert!(upright.up.angle_between(axis).to_degrees() < 0.1);
        }
    }

    #[test]
    fn a_start_does_not_tilt_the_horizon() {
        let mut orientation = Orientation::default();
        for index in 0..400 {
            orientation.push(&cell(index, DVec3::Y * GRAVITY, DVec3::ZERO));
        }
        let mut worst: f64 = 0.0;
        for index in 400..550 {
            let bounce = 6.0 * (index as f64 * 0.18).sin();
            let force = DVec3::new(2.5, GRAVITY + bounce, 0.0);
            let upright = orientation.push(&cell(index, force, DVec3::new(0.0, 0.0, 0.001)));
            worst = worst.max(upright.up.angle_between(DVec3::Y).to_degrees());
        }
        assert!(worst < 0.5, "tilted by {worst} degrees");
    }

    #[test]
    fn a_hole_on_the_run_does_not_tilt_the_horizon_of_a_biased_gyroscope() {
        let bias = DVec3::new(0.0, 0.0, 0.012);
        let mut orientation = Orientation::default();
        for index in 0..2000 {
            orientation.push(&cell(index, DVec3::Y * GRAVITY, bias));
        }
        let mut worst: f64 = 0.0;
        for index in (2000..3000).chain(3300..6000) {
            let bounce = 9.0 * (index as f64 * 0.18).sin();
            let force = DVec3::new(0.0, GRAVITY + bounce, 0.0);
            let upright = orientation.push(&cell(index, force, bias));
            if index > 3400 {
                worst = worst.max(upright.up.angle_between(DVec3::Y).to_degrees());
            }
        }
        assert!(worst < 0.5, "tilted by {worst} degrees");
    }

    #[test]
    fn a_pod_that_never_stood_is_settled_late_and_one_that_stood_at_once() {
        let settled_at = |stands: i64| {
            let mut orientation = Orientation::default();
            (0..4000).find(|index| {
                let bounce = if *index < stands {
                    0.0
                } else {
                    9.0 * (*index as f64 * 0.18).sin()
                };
                let force = DVec3::new(0.0, GRAVITY + bounce, 0.0);
                orientation.push(&cell(*index, force, DVec3::ZERO)).settled
            })
        };
        assert_eq!(settled_at(0), Some(2999));
        assert!(settled_at(400).is_some_and(|index| index < 250));
    }

    #[test]
    fn a_slow_tilt_is_not_still() {
        let mut orientation = Orientation::default();
        let mut moved = false;
        for index in 0..200 {
            let angle = (index as f64 * 0.01) * 8_f64.to_radians();
            let force = DVec3::new(-angle.sin(), angle.cos(), 0.0) * GRAVITY;
            let upright = orientation.push(&cell(index, force, DVec3::new(0.0, 0.0, -8_f64.to_radians())));
            moved |= index > 60 && !upright.still;
        }
        assert!(moved);
    }
}
