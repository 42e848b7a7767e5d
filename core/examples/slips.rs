//! How often made-up runners' pods that turn on their strap are noticed, and how often a change of posture is mistaken
//! for it.
//!
//! `slips FIRST COUNT [AFTER_S [NAME [each]]]`: runners with the seeds FIRST to FIRST + COUNT - 1, whose pods turn so many
//! seconds after they set off to run (below zero: while they still walk); only slips with NAME in their name; `each`
//! prints every odd one.
#![allow(clippy::print_stdout, reason = "a program")]

use std::error::Error;

use glam::{DQuat, DVec3};
use plumbline_core::{
    lean::{
        band::OwnReference,
        reading::{LeanClass, LeanReading},
        rules::RuleModel,
    },
    pod::{recording::Recording, site::Site},
    session::{
        analysis::analyze,
        report::{Gap, GapReason},
    },
    sim::{
        Act, SimulatedPod, Simulation, StepTruth,
        population::{Runner, Timing},
    },
};

/// When the pod turns after the runner has set off, unless it is said otherwise, seconds: in the third of five pieces.
const AFTER_S: f64 = 80.0;

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

    fn act_on(self, pod: &mut SimulatedPod, seed: u64, at_s: f64) {
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
            let share = ((sample.time_s - at_s) / self.seconds).clamp(0.0, 1.0);
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

/// What is tried.
struct Trial {
    first: u64,
    count: u64,
    after_s: f64,
    name: String,
    each: bool,
}

impl Trial {
    fn from_arguments() -> Result<Self, Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let at = |index: usize| arguments.get(index).map(String::as_str);
        let usage = "usage: slips FIRST COUNT [AFTER_S [NAME [each]]]";
        Ok(Self {
            first: at(0).ok_or(usage)?.parse()?,
            count: at(1).ok_or(usage)?.parse()?,
            after_s: at(2).map_or(Ok(AFTER_S), str::parse)?,
            name: at(3).unwrap_or_default().to_owned(),
            each: at(4) == Some("each"),
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let trial = Trial::from_arguments()?;
    for has_gyro in [true, false] {
        for slip in SLIPS.iter().filter(|slip| slip.name.contains(&trial.name)) {
            for worn in [&Site::LEAN[..], &[Site::Chest], &[Site::Pelvis]] {
                let mut tally = Tally::default();
                for seed in trial.first..trial.first + trial.count {
                    let mut runner = Runner::draw(seed, Timing::FollowsTheForm);
                    for pod in &mut runner.scenario.pods {
                        pod.has_gyro = has_gyro;
                    }
                    Play::new(seed, &runner, *slip, worn, trial.after_s).judge(&mut tally, trial.each);
                }
                print(*slip, worn, has_gyro, &tally);
            }
        }
    }
    Ok(())
}

/// One runner with one pod that turns.
struct Play<'a> {
    seed: u64,
    runner: &'a Runner,
    slip: Slip,
    /// The pod that turns.
    site: Site,
    at_s: f64,
    simulation: Simulation,
}

impl<'a> Play<'a> {
    fn new(seed: u64, runner: &'a Runner, slip: Slip, worn: &[Site], after_s: f64) -> Self {
        let site = worn[seed as usize % worn.len()];
        let before = runner.scenario.acts.iter().map_while(|act| match act {
            Act::Stand { seconds } | Act::Walk { seconds, .. } => Some(*seconds),
            _ => None,
        });
        let at_s = before.sum::<f64>() + after_s;
        let mut simulation: Simulation = runner.simulate();
        simulation.pods.retain(|pod| worn.contains(&pod.site));
        for pod in simulation.pods.iter_mut().filter(|pod| pod.site == site) {
            slip.act_on(pod, seed, at_s);
        }
        Self {
            seed,
            runner,
            slip,
            site,
            at_s,
            simulation,
        }
    }

    fn judge(&self, tally: &mut Tally, each: bool) {
        let (gaps, readings) = self.run();
        let runs = |act: &Act| match act {
            Act::Run { seconds, .. } => *seconds,
            _ => 0.0,
        };
        tally.pods += 1;
        let ran_s = self.runner.scenario.acts.iter().map(runs).sum::<f64>();
        tally.ran_s += ran_s * self.simulation.pods.len() as f64;
        self.count_gaps(&gaps, tally, each);
        for reading in readings
            .iter()
            .filter(|reading| reading.start_s > self.at_s - 8.0)
        {
            self.count_reading(reading, tally, each);
        }
    }

    fn run(&self) -> (Vec<Gap>, Vec<LeanReading>) {
        let own = OwnReference {
            band_deg: Some(self.runner.band_deg),
            usual_bend_deg: Some(self.runner.usual_bend_deg),
            ..OwnReference::default()
        };
        let recording = |site: Site| {
            let pod = self.simulation.pods.iter().find(|pod| pod.site == site)?;
            Some(Recording {
                samples: pod.samples.clone(),
                rate_hz: self.runner.scenario.rate_hz,
                has_gyro: pod.setup.has_gyro,
                dropped: Vec::new(),
            })
        };
        let [chest, pelvis] = Site::LEAN.map(recording);
        let run = analyze(chest.as_ref(), pelvis.as_ref(), own, &RuleModel);
        (run.gaps, run.windows)
    }

    fn count_gaps(&self, gaps: &[Gap], tally: &mut Tally, each: bool) {
        let (seed, site, name) = (self.seed, self.site, self.slip.name);
        let moved = || gaps.iter().filter(|gap| gap.reason == GapReason::MountMoved);
        let right = |gap: &&Gap| {
            let off_s = gap.start_s - self.at_s;
            self.slip.happens() && gap.site == Some(site) && off_s < 6.0 && gap.end_s > self.at_s
        };
        if let Some(gap) = moved().find(right) {
            tally.found += 1;
            tally.delays_s.push(gap.start_s - self.at_s);
        } else if each && self.slip.happens() {
            println!(
                "  seed {seed} {site:?} {name}: missed, rate {}",
                self.runner.scenario.rate_hz
            );
        }
        for gap in moved().filter(|gap| !right(gap)) {
            tally.false_alarms += 1;
            if each {
                println!(
                    "  seed {seed} {:?} {name}: false alarm at {:.1}",
                    gap.site, gap.start_s
                );
            }
        }
    }

    fn count_reading(&self, reading: &LeanReading, tally: &mut Tally, each: bool) {
        let edges = self.past_the_edges(reading);
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
                "  seed {} {:?} {}: {:.1} to {:.1} s said {:?}, is {truth:?}, past the edges by {edges:.1?}",
                self.seed, self.site, self.slip.name, reading.start_s, reading.end_s, reading.class
            );
        }
    }

    /// How far the true lean is past the lower and the upper edge of the band, and the true bend past what is usual, degrees.
    fn past_the_edges(&self, reading: &LeanReading) -> [f64; 3] {
        let truth = &self.simulation.truth;
        let steps: Vec<_> = truth.running_steps(reading.start_s, reading.end_s).collect();
        let mean = |of: &dyn Fn(&StepTruth) -> f64| {
            steps.iter().map(|step| of(step)).sum::<f64>() / steps.len() as f64
        };
        let (lean, bend) = (
            mean(&|step| step.trunk_lean_deg),
            mean(&|step| step.waist_bend_deg()),
        );
        let [low, high] = self.runner.band_deg;
        [lean - low, lean - high, bend - self.runner.usual_bend_deg - 5.0]
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
