//! How often made-up runners' pods that turn on their strap are noticed, and how often a change of posture is mistaken
//! for it.
//!
//! `slips FIRST COUNT [each]`: runners with the seeds FIRST to FIRST + COUNT - 1; `each` prints every odd one.
#![allow(clippy::print_stdout, reason = "a program")]

use std::error::Error;

use glam::{DQuat, DVec3};
use plumbline_core::{
    lean::{band::OwnReference, reading::LeanClass, rules::RuleModel},
    pod::site::Site,
    session::{
        pipeline::{Event, Pipeline},
        report::{Gap, GapReason},
    },
    sim::{
        Act, SimulatedPod, Simulation,
        population::{Runner, Timing},
    },
};

/// When the pod turns, seconds: in the third of five pieces of running.
const AT_S: f64 = 95.0;

/// One way for a pod to turn, by [`SMALLEST_DEG`] to [`LARGEST_DEG`] degrees either way.
#[derive(Clone, Copy, Debug)]
struct Slip {
    name: &'static str,
    seconds: f64,
    /// Whether the gyroscope feels it.
    felt: bool,
    /// In the segment's axes; zero for one drawn along the ground.
    axis: DVec3,
}

const SMALLEST_DEG: f64 = 5.0;
const LARGEST_DEG: f64 = 15.0;

const fn slip(name: &'static str, seconds: f64, felt: bool, axis: DVec3) -> Slip {
    Slip {
        name,
        seconds,
        felt,
        axis,
    }
}

const SLIPS: [Slip; 10] = [
    slip("none", 0.0, false, DVec3::Z),
    slip("pitch, unfelt, at once", 0.02, false, DVec3::Z),
    slip("any, unfelt, 1 s", 1.0, false, DVec3::ZERO),
    slip("pitch, felt, 0.1 s", 0.1, true, DVec3::Z),
    slip("pitch, felt, 0.25 s", 0.25, true, DVec3::Z),
    slip("pitch, felt, 0.5 s", 0.5, true, DVec3::Z),
    slip("pitch, felt, 1 s", 1.0, true, DVec3::Z),
    slip("roll, felt, 0.5 s", 0.5, true, DVec3::X),
    slip("any, felt, 0.25 s", 0.25, true, DVec3::ZERO),
    slip("any, felt, 3 s", 3.0, true, DVec3::ZERO),
];

/// By how much the pod of this seed turns; the sizes of neighbouring seeds are far apart.
fn degrees(seed: u64) -> f64 {
    let share = (seed as f64 * 0.618_034).fract();
    let size = SMALLEST_DEG + (LARGEST_DEG - SMALLEST_DEG) * share;
    if seed.is_multiple_of(2) { size } else { -size }
}

impl Slip {
    fn happens(self) -> bool {
        self.seconds > 0.0
    }

    fn act_on(self, pod: &mut SimulatedPod, seed: u64) {
        if !self.happens() {
            return;
        }
        let axis = if self.axis == DVec3::ZERO {
            DQuat::from_rotation_y(seed as f64 * 2.4) * DVec3::X
        } else {
            self.axis
        };
        let axis = pod.setup.mounting.inverse() * axis;
        let degrees = degrees(seed);
        for sample in &mut pod.samples {
            let share = ((sample.time_s - AT_S) / self.seconds).clamp(0.0, 1.0);
            let turn = DQuat::from_axis_angle(axis, share * degrees.to_radians());
            let turning = self.felt && share > 0.0 && share < 1.0;
            let rate = if turning {
                degrees.to_radians() / self.seconds
            } else {
                0.0
            };
            sample.specific_force = turn * sample.specific_force;
            sample.angular_velocity = sample.angular_velocity.map(|old| turn * old - axis * rate);
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    pods: u32,
    found: u32,
    false_alarms: u32,
    ran_s: f64,
    windows: u32,
    sure: u32,
    wrong: u32,
    delays_s: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| -> Result<u64, Box<dyn Error>> {
        Ok(arguments
            .get(index)
            .ok_or("usage: slips FIRST COUNT [each]")?
            .parse()?)
    };
    let (first, count) = (number(0)?, number(1)?);
    let each = arguments.get(2).is_some_and(|word| word == "each");
    let only = arguments.get(3).cloned();
    for has_gyro in [true, false] {
        for slip in SLIPS
            .iter()
            .filter(|slip| only.as_ref().is_none_or(|only| slip.name.contains(only.as_str())))
            .copied()
        {
            for worn in [&Site::ALL[..], &[Site::Chest], &[Site::Pelvis]] {
                let mut tally = Tally::default();
                for seed in first..first + count {
                    let mut runner = Runner::draw(seed, Timing::FollowsTheForm);
                    for pod in &mut runner.scenario.pods {
                        pod.has_gyro = has_gyro;
                    }
                    let site = worn[seed as usize % worn.len()];
                    play(seed, &runner, slip, worn, site, &mut tally, each);
                }
                print(slip, worn, has_gyro, &tally);
            }
        }
    }
    Ok(())
}

fn play(seed: u64, runner: &Runner, slip: Slip, worn: &[Site], site: Site, tally: &mut Tally, each: bool) {
    let mut simulation: Simulation = runner.simulate();
    simulation.pods.retain(|pod| worn.contains(&pod.site));
    for pod in simulation.pods.iter_mut().filter(|pod| pod.site == site) {
        slip.act_on(pod, seed);
    }
    let own = OwnReference {
        band_deg: Some(runner.band_deg),
        usual_bend_deg: Some(runner.usual_bend_deg),
        ..OwnReference::default()
    };
    let mut pipeline = Pipeline::new(own, &[]);
    let (mut gaps, mut readings) = (Vec::<Gap>::new(), Vec::new());
    let mut take = |event: Event| match event {
        Event::Gap(gap) if gap.reason == GapReason::MountMoved => gaps.push(gap),
        Event::Reading(reading) => readings.push(reading),
        _ => {}
    };
    let mut samples: Vec<_> = simulation
        .pods
        .iter()
        .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
        .collect();
    samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
    for (site, sample) in samples {
        pipeline.push(site, sample, &RuleModel, &mut take);
    }
    pipeline.finish(&RuleModel, &mut take);
    tally.pods += 1;
    let runs = |act: &Act| {
        if let Act::Run { seconds, .. } = act {
            *seconds
        } else {
            0.0
        }
    };
    tally.ran_s += runner.scenario.acts.iter().map(runs).sum::<f64>() * worn.len() as f64;
    let right = |gap: &&Gap| {
        slip.happens() && gap.site == Some(site) && (AT_S - 3.0..AT_S + 6.0).contains(&gap.start_s)
    };
    if let Some(gap) = gaps.iter().find(right) {
        tally.found += 1;
        tally.delays_s.push(gap.start_s - AT_S);
    } else if each && slip.happens() {
        println!(
            "  seed {seed} {site:?} {}: missed, rate {}",
            slip.name, runner.scenario.rate_hz
        );
    }
    for gap in gaps.iter().filter(|gap| !right(gap)) {
        tally.false_alarms += 1;
        if each {
            println!(
                "  seed {seed} {:?} {}: false alarm at {:.1}",
                gap.site, slip.name, gap.start_s
            );
        }
    }
    for reading in readings.iter().filter(|reading| reading.start_s > AT_S - 8.0) {
        let steps: Vec<_> = simulation
            .truth
            .running_steps(reading.start_s, reading.end_s)
            .collect();
        let mean = |of: &dyn Fn(&plumbline_core::sim::StepTruth) -> f64| {
            steps.iter().map(|step| of(step)).sum::<f64>() / steps.len() as f64
        };
        let (lean, bend) = (
            mean(&|step| step.trunk_lean_deg),
            mean(&|step| step.waist_bend_deg()),
        );
        let [low, high] = runner.band_deg;
        let edges = [lean - low, lean - high, bend - runner.usual_bend_deg - 5.0];
        let truth = if edges[2] > 0.0 {
            LeanClass::WaistBend
        } else if edges[0] < 0.0 {
            LeanClass::Under
        } else if edges[1] > 0.0 {
            LeanClass::Over
        } else {
            LeanClass::Good
        };
        tally.windows += 1;
        tally.sure += u32::from(reading.class != LeanClass::NotSure);
        let unclear = edges.iter().any(|edge| edge.abs() < 1.0);
        let wrong = reading.class != LeanClass::NotSure && reading.class != truth && !unclear;
        tally.wrong += u32::from(wrong);
        if each && wrong {
            println!(
                "  seed {seed} {site:?} {}: {:.1} to {:.1} s said {:?}, is {truth:?}, past the edges by {edges:.1?}",
                slip.name, reading.start_s, reading.end_s, reading.class
            );
        }
    }
}

fn print(slip: Slip, worn: &[Site], has_gyro: bool, tally: &Tally) {
    let mut delays = tally.delays_s.clone();
    delays.sort_by(f64::total_cmp);
    let median = delays.get(delays.len() / 2).copied().unwrap_or_default();
    println!(
        "{} {:<24} {:<16} found {:3}/{} (start off by {median:+.1} s), {} false alarms ({:.1} an hour of a pod's run), windows {}: not sure {:.0} %, wrong {:.1} % of all",
        if has_gyro { "gyro   " } else { "no gyro" },
        slip.name,
        format!("{worn:?}"),
        tally.found,
        tally.pods,
        tally.false_alarms,
        3600.0 * f64::from(tally.false_alarms) / tally.ran_s,
        tally.windows,
        100.0 * f64::from(tally.windows - tally.sure) / f64::from(tally.windows.max(1)),
        100.0 * f64::from(tally.wrong) / f64::from(tally.windows.max(1)),
    );
}
