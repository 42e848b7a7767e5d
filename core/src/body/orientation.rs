//! Which way is up, in a pod's own axes, at every instant.
//!
//! Finds no heading and no neutral. [`tilt`] follows the pod; this file adds what a filter cannot know:
//! a runner who stands still shows gravity alone, and one who sets off does not.
//! Invariant: `up` has unit length.

mod tilt;
mod uncertainty;

use glam::DVec3;

pub use self::tilt::Carried;
use self::tilt::{Motion, Tilt};
use super::{
    resample::GridSample,
    sample::GRID_HZ,
    stillness::{SHORT_HOLE_S, Stillness},
};

/// After a stand the accelerometer is not believed for this long, seconds: setting off to 3.5 m/s with the
/// accelerometer in the loop would tilt the horizon by several degrees. Ours.
const LAUNCH_S: f64 = 4.0;
/// A stand at least this long makes what follows a launch, seconds. Ours.
const STAND_S: f64 = 1.0;
/// Speed a launch may end at, m/s. Ours.
const LAUNCHED_MPS: f64 = 4.0;
/// A hole longer than this leaves no pose to go on from, seconds. Ours.
const LONG_HOLE_S: f64 = 1.0;
/// `up` is good enough for an angle once its error was below the first, and then while it is below the second, radians:
/// 1 and 2.5 degrees. Ours.
const SETTLED_RAD: [f64; 2] = [0.0175, 0.044];

/// Tracks the direction of up for one pod.
#[derive(Clone, Debug, Default)]
pub struct Orientation {
    tilt: Tilt,
    stillness: Stillness,
    still_cells: u32,
    launch_cells: u32,
    /// The error was once small enough since the filter began.
    has_settled: bool,
    last_index: Option<i64>,
}

/// Up and rest at one grid instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upright {
    /// Unit vector against gravity, in the pod's own axes.
    pub up: DVec3,
    /// Whether the pod has been still for the last half second.
    pub still: bool,
    /// Whether `up` is good enough for an angle: the pod has stood, or been followed for some strides.
    pub settled: bool,
    /// Whether gyroscope and accelerometer disagree: then it is not settled either.
    pub disputed: bool,
}

impl Orientation {
    /// Takes the next cell of the grid. A stand goes on over a short hole; after one of more than a second the filter
    /// begins anew.
    #[inline]
    pub fn push(&mut self, sample: &GridSample) -> Upright {
        let hole = self.last_index.map_or(0, |last| sample.index - last - 1);
        self.last_index = Some(sample.index);
        if hole > 0 {
            self.skip(hole as f64);
        }
        let rotation = sample.angular_velocity;
        let still = self
            .stillness
            .push(sample.specific_force, rotation.unwrap_or(DVec3::ZERO));
        self.follow_stands(still, rotation.is_some());
        let motion = if still {
            Motion::Rest
        } else if self.launch_cells > 0 {
            Motion::Launch
        } else {
            Motion::Steady
        };
        let up = self.tilt.push(rotation, sample.specific_force, motion);
        let disputed = !still && self.tilt.is_in_doubt();
        let settled = !disputed && self.tilt.is_within(SETTLED_RAD[usize::from(self.has_settled)]);
        self.has_settled |= settled;
        Upright {
            up,
            still,
            settled,
            disputed,
        }
    }

    /// Whether the gyroscope of a body that set off felt another movement than gravity shows: of one that runs on, the
    /// gyroscope is of another scale or an axis of either sensor mirrored; one that falls or swings may only gain speed.
    #[must_use]
    pub fn is_gyro_contradicted(&self) -> bool {
        self.tilt.is_gyro_contradicted()
    }

    /// What the last tenth of a second saw of gravity in the frame that the gyroscope alone carries on.
    #[must_use]
    pub fn carried(&self) -> Carried {
        self.tilt.carried()
    }

    fn skip(&mut self, hole: f64) {
        if hole > SHORT_HOLE_S * GRID_HZ {
            self.stillness = Stillness::default();
            self.still_cells = 0;
        }
        if hole > LONG_HOLE_S * GRID_HZ {
            self.tilt = self.tilt.renewed();
            self.has_settled = false;
            self.launch_cells = 0;
        } else {
            self.tilt.skip(hole);
        }
    }

    fn follow_stands(&mut self, still: bool, has_gyro: bool) {
        if still {
            self.still_cells += 1;
            self.launch_cells = 0;
            return;
        }
        if has_gyro && f64::from(self.still_cells) > STAND_S * GRID_HZ {
            self.launch_cells = (LAUNCH_S * GRID_HZ) as u32;
            self.tilt.forget_speed(LAUNCHED_MPS);
        }
        self.still_cells = 0;
        self.launch_cells = self.launch_cells.saturating_sub(1);
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

    /// A runner on the spot from cell to cell: the pod nods with each step, at half a step's lag to the bounce.
    fn running(index: i64, lean: f64) -> GridSample {
        // Upright at cell 500, where some of the tests set off.
        let phase = (index - 500) as f64 * 0.18 + std::f64::consts::FRAC_PI_2;
        let (nod, nodding) = (0.06 * phase.cos(), -0.06 * 18.0 * phase.sin());
        let force = DVec3::new(2.0 * phase.cos(), GRAVITY + 12.0 * phase.sin(), 0.0);
        let turned = glam::DQuat::from_rotation_z(-(lean + nod)).inverse();
        cell(index, turned * force, DVec3::new(0.0, 0.0, -nodding))
    }

    /// Mean of the inclination forward over whole steps up to cell `until`, degrees.
    fn mean_lean_deg(
        orientation: &mut Orientation,
        cells: impl Iterator<Item = GridSample>,
        last: usize,
    ) -> f64 {
        let leans: Vec<f64> = cells
            .map(|cell| orientation.push(&cell).up)
            .map(|up| (-up.x).atan2(up.y).to_degrees())
            .collect();
        let last = &leans[leans.len() - last..];
        last.iter().sum::<f64>() / last.len() as f64
    }

    #[test]
    fn a_pod_first_seen_in_mid_run_is_settled_within_ten_seconds_and_right_then() {
        let mut orientation = Orientation::default();
        let settled = (0..3000).find(|index| orientation.push(&running(*index, 0.15)).settled);
        let settled = settled.expect("settled");
        assert!((200..1000).contains(&settled), "{settled}");
        let cells = (settled + 1..=settled + 349).map(|index| running(index, 0.15));
        let lean_deg = mean_lean_deg(&mut orientation, cells, 349);
        assert!((lean_deg - 0.15_f64.to_degrees()).abs() < 0.3, "{lean_deg}");
    }

    #[test]
    fn a_pod_that_stood_is_settled_at_once() {
        let mut orientation = Orientation::default();
        let settled = (0..400).find(|index| {
            orientation
                .push(&cell(*index, DVec3::Y * GRAVITY, DVec3::ZERO))
                .settled
        });
        assert!(settled.is_some_and(|index| index < 150), "{settled:?}");
    }

    #[test]
    fn a_bias_that_grows_on_the_run_is_followed() {
        let mut orientation = Orientation::default();
        let stand = (0..500).map(|index| cell(index, DVec3::Y * GRAVITY, DVec3::ZERO));
        let run = (500..13_000).map(|index| {
            let bias = 0.01 * (index - 500) as f64 / 12_500.0;
            let sample = running(index, 0.15);
            let turning = sample
                .angular_velocity
                .map(|turning| turning + DVec3::splat(bias));
            GridSample {
                angular_velocity: turning,
                ..sample
            }
        });
        let lean_deg = mean_lean_deg(&mut orientation, stand.chain(run), 349);
        assert!((lean_deg - 0.15_f64.to_degrees()).abs() < 0.4, "{lean_deg}");
    }

    #[test]
    fn a_bend_of_a_track_tips_no_lean_forward() {
        let (speed_mps, radius_m) = (3.5, 36.5);
        let turn_radps = speed_mps / radius_m;
        let mut orientation = Orientation::default();
        let stand = (0..500).map(|index| cell(index, DVec3::Y * GRAVITY, DVec3::ZERO));
        let start = (500..700).map(|index| GridSample {
            specific_force: running(index, 0.0).specific_force + DVec3::X * speed_mps / 2.0,
            ..running(index, 0.0)
        });
        let straight = (700..3_000).map(|index| running(index, 0.0));
        let bend = (3_000..6_000).map(|index| {
            let sample = running(index, 0.0);
            GridSample {
                specific_force: sample.specific_force + DVec3::NEG_Z * speed_mps * turn_radps,
                angular_velocity: sample
                    .angular_velocity
                    .map(|turning| turning + DVec3::Y * turn_radps),
                ..sample
            }
        });
        let way = stand.chain(start).chain(straight).chain(bend);
        let lean_deg = mean_lean_deg(&mut orientation, way, 2_094);
        assert!(lean_deg.abs() < 0.4, "{lean_deg}");
    }

    #[test]
    fn no_sample_however_wild_leaves_up_without_a_length() {
        let mut orientation = Orientation::default();
        let wild = [0.0, 1e-300, 1e3, 1e160, f64::MAX, f64::INFINITY, f64::NAN];
        for index in 0..5_000 {
            let pick = |k: i64| wild[((index * 7 + k * index / 3) % 7).unsigned_abs() as usize];
            let sample = cell(
                index + index / 50 * 3,
                DVec3::new(pick(1), pick(2), 9.0),
                DVec3::new(pick(3), 0.0, pick(4)),
            );
            let up = orientation.push(&sample).up;
            assert!((up.length() - 1.0).abs() < 1e-3, "{up} at {index}");
        }
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
