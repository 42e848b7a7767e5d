//! A pod on a segment: its own axes, its own clock, and the errors of its sensors.
//!
//! Sends nothing. Invariant: a sample's time is the true instant it was taken at, whatever the pod's clock says.

use glam::DVec3;

use super::{
    body::{self, SegmentMotion},
    motion::{Pose, Timeline},
    random::{self, Stream},
    scenario::{PodSetup, Scenario},
    strap::WornStrap,
};
use crate::{
    pod::{sample::ImuSample, site::Site},
    units::GRAVITY,
};

/// The range the samples are cut at: 16 g and 2000 degrees a second, as the Lean Pod.
const FORCE_RANGE_MPS2: f64 = 16.0 * GRAVITY;
const TURN_RANGE_RADPS: f64 = 2000.0 * core::f64::consts::PI / 180.0;

/// What one pod took down.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedPod {
    /// The segment that carries it.
    pub site: Site,
    /// How it was made and mounted.
    pub setup: PodSetup,
    /// Its samples in its own axes, oldest first; times are true seconds since the scenario began.
    pub samples: Vec<ImuSample>,
}

impl PodSetup {
    /// True seconds between two samples of a pod that counts `rate_hz` on its own clock.
    pub(super) fn interval_s(&self, rate_hz: f64) -> f64 {
        1.0 / (rate_hz * self.clock_rate())
    }

    /// Pod seconds a true second.
    pub(super) fn clock_rate(&self) -> f64 {
        1.0 + self.clock_skew_ppm * 1e-6
    }

    /// What the pod's clock says at a true time, microseconds.
    pub(super) fn clock_us(&self, time_s: f64) -> u64 {
        let elapsed = (time_s.max(0.0) * self.clock_rate() * 1e6).round();
        self.clock_offset_us.saturating_add(elapsed as u64)
    }
}

/// Takes the samples of one pod over the whole timeline.
pub(super) fn record(scenario: &Scenario, setup: &PodSetup, timeline: &Timeline) -> SimulatedPod {
    let rng = &mut random::stream(scenario.seed, Stream::Sensor(setup.site));
    let interval_s = setup.interval_s(scenario.rate_hz);
    let to_pod = setup.mounting.inverse();
    let count = (timeline.end_s / interval_s).ceil().max(0.0) as usize;
    let mut felt = Felt::new(scenario, setup, timeline);
    let samples = (0..count)
        .map(|index| {
            let time_s = index as f64 * interval_s;
            let motion = felt.mean_around(time_s);
            let force_error =
                setup.accelerometer_bias_mps2 + random::normal3(rng, setup.accelerometer_noise_mps2);
            let turn_error = setup.gyro_bias_radps + random::normal3(rng, setup.gyro_noise_radps);
            let (force, force_clipped) = cut(to_pod * motion.specific_force + force_error, FORCE_RANGE_MPS2);
            let (turn, turn_clipped) = cut(
                setup.gyro_scale * (to_pod * motion.angular_velocity) + turn_error,
                TURN_RANGE_RADPS,
            );
            ImuSample {
                time_s,
                specific_force: force,
                angular_velocity: setup.has_gyro.then_some(turn),
                clipped: force_clipped || (setup.has_gyro && turn_clipped),
            }
        })
        .collect();
    SimulatedPod {
        site: setup.site,
        setup: setup.clone(),
        samples: match setup.frozen_s {
            Some(span_s) => frozen(samples, span_s),
            None => samples,
        },
    }
}

/// What a pod feels, look after look.
struct Felt<'a> {
    timeline: &'a Timeline,
    site: Site,
    strap: WornStrap<'a>,
    looks: u32,
    /// Between two looks, seconds.
    apart_s: f64,
    /// Poses around the last look.
    poses: Option<[Pose; 3]>,
}

impl<'a> Felt<'a> {
    fn new(scenario: &Scenario, setup: &'a PodSetup, timeline: &'a Timeline) -> Self {
        let looks = setup.looks.max(1);
        let rubbing = random::stream(scenario.seed, Stream::Strap(setup.site));
        Self {
            timeline,
            site: setup.site,
            strap: WornStrap::new(&setup.strap, rubbing),
            looks,
            apart_s: setup.interval_s(scenario.rate_hz) / f64::from(looks),
            poses: None,
        }
    }

    /// The mean of the looks around a sample's time; called once a sample, in order.
    fn mean_around(&mut self, time_s: f64) -> SegmentMotion {
        if self.looks == 1 {
            let motion = body::segment_motion(self.timeline, self.site, time_s);
            return self.strap.carry(motion, time_s);
        }
        let first_s = time_s - 0.5 * f64::from(self.looks - 1) * self.apart_s;
        let (mut force, mut turn) = (DVec3::ZERO, DVec3::ZERO);
        for look in 0..self.looks {
            let motion = self.look(first_s + f64::from(look) * self.apart_s);
            force += motion.specific_force;
            turn += motion.angular_velocity;
        }
        SegmentMotion {
            specific_force: force / f64::from(self.looks),
            angular_velocity: turn / f64::from(self.looks),
        }
    }

    /// One look; its neighbours' poses are shared with the looks before and after.
    fn look(&mut self, time_s: f64) -> SegmentMotion {
        let pose = |apart: f64| self.timeline.pose(time_s + apart * self.apart_s);
        let poses = match self.poses {
            Some([_, before, here]) => [before, here, pose(1.0)],
            None => [pose(-1.0), pose(0.0), pose(1.0)],
        };
        self.poses = Some(poses);
        let motion = body::motion_between(poses.each_ref(), self.apart_s, self.site);
        self.strap.carry(motion, time_s)
    }
}

/// The same samples, those within the span all alike but for their time.
fn frozen(mut samples: Vec<ImuSample>, [from_s, until_s]: [f64; 2]) -> Vec<ImuSample> {
    let mut stuck = None;
    for sample in &mut samples {
        if (from_s..until_s).contains(&sample.time_s) {
            *sample = ImuSample {
                time_s: sample.time_s,
                ..*stuck.get_or_insert(*sample)
            };
        }
    }
    samples
}

fn cut(value: DVec3, range: f64) -> (DVec3, bool) {
    let cut = value.clamp(DVec3::splat(-range), DVec3::splat(range));
    (cut, cut != value)
}
