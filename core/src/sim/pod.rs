//! A pod on a segment: its own axes, its own clock, and the errors of its sensors.
//!
//! Sends nothing. Invariant: a sample's time is the true instant it was taken at, whatever the pod's clock says.

use glam::DVec3;

use super::{
    body,
    motion::Timeline,
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
    let mut strap = WornStrap::new(&setup.strap);
    let count = (timeline.end_s / interval_s).ceil().max(0.0) as usize;
    let samples = (0..count)
        .map(|index| {
            let time_s = index as f64 * interval_s;
            let motion = strap.carry(body::segment_motion(timeline, setup.site, time_s), time_s);
            let force_error =
                setup.accelerometer_bias_mps2 + random::normal3(rng, setup.accelerometer_noise_mps2);
            let turn_error = setup.gyro_bias_radps + random::normal3(rng, setup.gyro_noise_radps);
            let (force, force_clipped) = cut(to_pod * motion.specific_force + force_error, FORCE_RANGE_MPS2);
            let (turn, turn_clipped) = cut(to_pod * motion.angular_velocity + turn_error, TURN_RANGE_RADPS);
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
