//! A synthetic runner: a made-up body with known truth, two pods on it, and the bytes they would send.
//!
//! Not a model of people: it exists so that every stage can be tested against numbers that are known. A number in
//! here that names no source is ours and untested.
//! Invariant: the same scenario and seed give the same bytes.
//!
//! [`Scenario`] says what happens and in which [`Style`], `motion` turns it into the pose of a body at any instant, `body`
//! into what its segments feel, `strap` into what a worn pod feels of that, `pod` into samples, `radio` into
//! notifications, `peripheral` and `movesense` pods that store and answer; [`Truth`] keeps what the segments really did: what a strap adds is the pod's error.

mod body;
mod easing;
mod motion;
pub mod movesense;
pub mod peripheral;
mod pod;
pub mod population;
pub mod practice;
pub mod presets;
mod radio;
mod random;
mod scenario;
mod strap;
mod style;
mod truth;
mod wave;

pub use pod::SimulatedPod;
pub use radio::{SimulatedNotification, notifications};
pub use scenario::{Act, PodSetup, Scenario, Way};
pub use strap::{Slip, Spring, Strap, Wobble};
pub use style::Style;
pub use truth::{ActTruth, LaunchTruth, RepetitionTruth, StepTruth, Truth};

use motion::{StepTimes, Timeline};

/// What the pods took down, and what really happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// The pods, in the scenario's order.
    pub pods: Vec<SimulatedPod>,
    /// What really happened.
    pub truth: Truth,
}

impl Simulation {
    /// The pod at this site, if one was worn.
    #[must_use]
    pub fn pod(&self, site: crate::pod::site::Site) -> Option<&SimulatedPod> {
        self.pods.iter().find(|pod| pod.site == site)
    }

    /// What the pods at these sites alone took down, without the truth.
    #[must_use]
    pub fn worn_at(&self, sites: &[crate::pod::site::Site]) -> Self {
        let pods = self.pods.iter().filter(|pod| sites.contains(&pod.site));
        Self {
            pods: pods.cloned().collect(),
            truth: Truth::default(),
        }
    }
}

/// Lets the runner do what the scenario says.
#[must_use]
pub fn simulate(scenario: &Scenario) -> Simulation {
    let timeline = Timeline::new(scenario);
    let record = |setup| pod::record(scenario, setup, &timeline);
    Simulation {
        pods: scenario.pods.iter().map(record).collect(),
        truth: Truth {
            acts: timeline.acts.clone(),
            steps: timeline.steps().map(|step| step_truth(&timeline, step)).collect(),
            repetitions: timeline.repetitions.clone(),
        },
    }
}

/// Points at which the model is asked within one step, for means and extremes.
const POINTS_PER_STEP: u32 = 60;

fn step_truth(timeline: &Timeline, times: StepTimes) -> StepTruth {
    let period_s = times.next_contact_s - times.initial_contact_s;
    let interval_s = period_s / f64::from(POINTS_PER_STEP);
    let (mut chest, mut pelvis) = (0.0, 0.0);
    let mut rising = Vec::with_capacity(POINTS_PER_STEP as usize);
    let mut speed_mps = 0.0;
    for point in 0..POINTS_PER_STEP {
        let pose = timeline.pose(times.initial_contact_s + (f64::from(point) + 0.5) * interval_s);
        chest += pose.chest.forward;
        pelvis += pose.pelvis.forward;
        speed_mps += (pose.acceleration + pose.shake).y * interval_s;
        rising.push(speed_mps);
    }
    let mean_deg = |sum: f64| (sum / f64::from(POINTS_PER_STEP)).to_degrees();
    StepTruth {
        initial_contact_s: times.initial_contact_s,
        mid_stance_s: times.mid_stance_s,
        toe_off_s: times.toe_off_s,
        next_contact_s: times.next_contact_s,
        side: times.side,
        trunk_lean_deg: mean_deg(chest),
        pelvis_tilt_deg: mean_deg(pelvis),
        cadence_spm: 60.0 / period_s,
        vertical_oscillation_mm: rise_and_fall_m(&rising, interval_s) * 1e3,
        mid_stance_timing: times.timing,
        running: times.running,
    }
}

/// Highest less lowest point of a step that ends as high as it began, from the speed up to an unknown constant.
fn rise_and_fall_m(rising_mps: &[f64], interval_s: f64) -> f64 {
    let drift = rising_mps.iter().sum::<f64>() / rising_mps.len().max(1) as f64;
    let (mut height, mut low, mut high) = (0.0, 0.0_f64, 0.0_f64);
    for speed in rising_mps {
        height += (speed - drift) * interval_s;
        (low, high) = (low.min(height), high.max(height));
    }
    high - low
}

#[cfg(test)]
mod tests;
