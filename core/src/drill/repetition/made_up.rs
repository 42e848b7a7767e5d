//! Hand-made body samples for the tests of the repetition machines: a body that turns about its ankles and bends at
//! its waist, with the accelerations that follow from it.

use glam::DVec3;

use crate::body::sample::{BodySample, GRID_HZ, SegmentSample};

/// Height of the pelvis and of the chest above the ankles, metres.
const PELVIS_M: f64 = 0.95;
const CHEST_M: f64 = 0.4;

/// A body's pose at one instant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pose {
    /// Inclination of the line ankle to pelvis, degrees.
    pub(super) legs_deg: f64,
    /// Inclination of the pelvis segment beyond that of the legs, degrees: a hinge at the hip.
    pub(super) hinge_deg: f64,
    /// Chest beyond the pelvis, degrees: a bend at the waist.
    pub(super) bend_deg: f64,
    /// Where the feet are, metres forward.
    pub(super) feet_m: f64,
    /// How far the body bounces up, metres.
    pub(super) rise_m: f64,
}

/// Samples in the making.
#[derive(Clone, Debug)]
pub(super) struct MadeUp {
    pub(super) samples: Vec<BodySample>,
    /// What the accelerometers show too much, m/s².
    pub(super) offset: DVec3,
    neutral: bool,
    chest: bool,
    pelvis: bool,
}

impl MadeUp {
    pub(super) const fn new() -> Self {
        let offset = DVec3::new(0.1, -0.05, 0.05);
        Self {
            samples: Vec::new(),
            offset,
            neutral: true,
            chest: true,
            pelvis: true,
        }
    }

    pub(super) fn without_neutral() -> Self {
        Self {
            neutral: false,
            ..Self::new()
        }
    }

    pub(super) fn only_chest(mut self) -> Self {
        self.pelvis = false;
        self
    }

    /// Moves for `seconds` as `pose` says, from its own second 0.
    pub(super) fn moves(mut self, seconds: f64, pose: impl Fn(f64) -> Pose) -> Self {
        let begun_s = self.now_s();
        for index in 1..=(seconds * GRID_HZ).round() as u32 {
            let time_s = f64::from(index) / GRID_HZ;
            let mut sample = sample(&pose, time_s);
            sample.time_s = begun_s + time_s;
            sample.chest = sample.chest.filter(|_| self.chest).map(|one| self.seen(one));
            sample.pelvis = sample.pelvis.filter(|_| self.pelvis).map(|one| self.seen(one));
            self.samples.push(sample);
        }
        self
    }

    pub(super) fn stand(self, seconds: f64) -> Self {
        self.moves(seconds, |_| Pose::default())
    }

    /// Walks at 110 steps a minute.
    pub(super) fn walk(self, seconds: f64) -> Self {
        let rate = std::f64::consts::TAU * 110.0 / 60.0;
        self.moves(seconds, |time| Pose {
            legs_deg: 1.0 + 1.5 * (rate * time).sin(),
            feet_m: 1.3 * time,
            rise_m: 0.02 * (rate * time).cos(),
            ..Pose::default()
        })
    }

    /// Nothing arrives.
    pub(super) fn lose(mut self, seconds: f64) -> Self {
        let begun_s = self.now_s();
        for index in 1..=(seconds * GRID_HZ).round() as u32 {
            let time_s = begun_s + f64::from(index) / GRID_HZ;
            self.samples.push(BodySample {
                time_s,
                chest: None,
                pelvis: None,
            });
        }
        self
    }

    /// What real pods add: white noise, a swaying stand, and gravity that leaks as the tilt error grows with the tilt.
    pub(super) fn with_noise(mut self, seed: u64) -> Self {
        let mut random = rand_pcg::Pcg32::new(seed, 1);
        let mut noise = |size: f64| size * (rand::RngExt::random::<f64>(&mut random) * 2.0 - 1.0) * 1.7;
        let phase = seed as f64;
        for sample in &mut self.samples {
            let sway_deg = 0.3 * (std::f64::consts::TAU * 0.35 * sample.time_s + phase).sin();
            for segment in [sample.chest.as_mut(), sample.pelvis.as_mut()]
                .into_iter()
                .flatten()
            {
                let tilt_deg = segment.inclination_deg.unwrap_or(0.0);
                segment.inclination_deg = segment.inclination_deg.map(|deg| deg + sway_deg + noise(0.05));
                segment.acceleration += DVec3::new(noise(0.05), noise(0.05), noise(0.05));
                segment.acceleration.x += 9.81 * (0.06 * tilt_deg).to_radians();
                segment.angular_velocity += DVec3::new(noise(0.003), noise(0.003), noise(0.003));
            }
        }
        self
    }

    pub(super) fn now_s(&self) -> f64 {
        self.samples.last().map_or(0.0, |sample| sample.time_s)
    }

    fn seen(&self, mut segment: SegmentSample) -> SegmentSample {
        segment.acceleration += self.offset;
        segment.inclination_deg = segment.inclination_deg.filter(|_| self.neutral);
        segment
    }
}

/// From 0 to 1 between `from_s` and `to_s`, at rest at both ends.
pub(super) fn ramp(time_s: f64, from_s: f64, to_s: f64) -> f64 {
    let share = ((time_s - from_s) / (to_s - from_s)).clamp(0.0, 1.0);
    share * share * share * (10.0 - 15.0 * share + 6.0 * share * share)
}

fn sample(pose: &impl Fn(f64) -> Pose, time_s: f64) -> BodySample {
    // Second differences over the neighbouring grid instants.
    let step = 1.0 / GRID_HZ;
    let around = [-step, 0.0, step].map(|shift| places(pose(time_s + shift)));
    let rotation = |segment: usize| (around[2][segment].1 - around[0][segment].1).to_radians() / (2.0 * step);
    let segment = |segment: usize| SegmentSample {
        inclination_deg: Some(around[1][segment].1),
        acceleration: (around[0][segment].0 + around[2][segment].0 - 2.0 * around[1][segment].0)
            / (step * step),
        angular_velocity: DVec3::new(0.0, 0.0, -rotation(segment)),
    };
    BodySample {
        time_s,
        chest: Some(segment(0)),
        pelvis: Some(segment(1)),
    }
}

/// Place (metres) and inclination (degrees) of chest and pelvis.
fn places(pose: Pose) -> [(DVec3, f64); 2] {
    let along = |deg: f64| DVec3::new(deg.to_radians().sin(), deg.to_radians().cos(), 0.0);
    let pelvis_deg = pose.legs_deg + pose.hinge_deg;
    let chest_deg = pelvis_deg + pose.bend_deg;
    let pelvis = DVec3::new(pose.feet_m, pose.rise_m, 0.0) + PELVIS_M * along(pose.legs_deg);
    [
        (pelvis + CHEST_M * along(chest_deg), chest_deg),
        (pelvis, pelvis_deg),
    ]
}
