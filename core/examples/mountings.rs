//! How often made-up runners get a neutral, a way forward and windows that carry a class, and how far forward is off.
//!
//! `mountings FIRST COUNT [each]`: runners with the seeds FIRST to FIRST + COUNT - 1; `each` prints every odd one.
#![allow(clippy::print_stdout, reason = "a program")]

#[path = "support/recorder.rs"]
mod recorder;

use std::{collections::BTreeMap, error::Error};

use plumbline_core::{
    body::mount::Mounting,
    lean::{band::OwnReference, rules::carries_a_class},
    pod::site::Site,
    session::{
        pipeline::{Event, Pipeline},
        stream::PodStream,
    },
    sim::{
        self, PodSetup, Simulation,
        population::{Runner, Timing},
    },
    units::Timestamp,
};

use recorder::Recorder;

const WORN: [(&str, &[Site]); 3] = [
    ("both", &Site::LEAN),
    ("chest", &[Site::Chest]),
    ("pelvis", &[Site::Pelvis]),
];

/// What became of all runs of one kind.
#[derive(Default)]
struct Tally {
    runs: u32,
    without_neutral: u32,
    pods: u32,
    without_mounting: u32,
    errors_deg: Vec<f64>,
    windows: u32,
    with_class: u32,
    lean_off: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| -> Result<u64, Box<dyn Error>> {
        Ok(arguments
            .get(index)
            .ok_or("usage: mountings FIRST COUNT [each]")?
            .parse()?)
    };
    let (first, count) = (number(0)?, number(1)?);
    let each = arguments.get(2).is_some();
    let mut tallies: BTreeMap<(bool, &str), Tally> = BTreeMap::new();
    for seed in first..first + count {
        let runner = Runner::draw(seed, Timing::FollowsTheForm);
        let simulation = runner.simulate();
        for (worn, sites) in WORN {
            let has_gyro = runner.scenario.pods.iter().all(|pod| pod.has_gyro);
            let tally = tallies.entry((has_gyro, worn)).or_default();
            play(seed, &runner, &simulation, sites, tally, each.then_some(worn));
        }
    }
    for ((has_gyro, worn), tally) in &tallies {
        print(if *has_gyro { "gyro   " } else { "no gyro" }, worn, tally);
    }
    Ok(())
}

fn play(
    seed: u64,
    runner: &Runner,
    simulation: &Simulation,
    sites: &[Site],
    tally: &mut Tally,
    each: Option<&str>,
) {
    let worn = simulation.worn_at(sites);
    let recorder = Recorder::default();
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let start = Timestamp(1_700_000_000_000_000);
    let (mut windows, mut with_class, mut lean_errors) = (0, 0, Vec::new());
    let mut take = |event: Event| {
        if let (Event::Reading(reading), Some(features)) = (event, recorder.seen.take()) {
            windows += 1;
            with_class += u32::from(carries_a_class(&features));
            let steps: Vec<_> = simulation
                .truth
                .running_steps(reading.start_s, reading.end_s)
                .collect();
            let truth = |of: fn(&sim::StepTruth) -> f64| {
                steps.iter().map(|step| of(step)).sum::<f64>() / steps.len() as f64
            };
            let error = match (features.trunk_lean_deg, features.pelvis_tilt_deg) {
                (Some(lean), _) => Some(lean - truth(|step| step.trunk_lean_deg)),
                (None, Some(tilt)) => Some(tilt - truth(|step| step.pelvis_tilt_deg)),
                (None, None) => None,
            };
            lean_errors.extend(error);
        }
    };
    for notification in sim::notifications(&runner.scenario, &worn, start) {
        let mut samples = Vec::new();
        let stream = &mut streams[notification.site.index()];
        stream.accept(notification.arrival, start, &notification.bytes, |sample| {
            samples.push(sample);
        });
        for sample in samples {
            pipeline.push(notification.site, sample, &recorder, &mut take);
        }
    }
    pipeline.finish(&recorder, &mut take);
    tally.runs += 1;
    tally.windows += windows;
    tally.with_class += with_class;
    lean_errors.sort_by(f64::total_cmp);
    let median = lean_errors.get(lean_errors.len() / 2).copied();
    let off = median.is_some_and(|error| error.abs() > 5.0);
    tally.lean_off += u32::from(off);
    let neutral = pipeline.neutral();
    tally.without_neutral += u32::from(neutral.is_none());
    let mounts = pipeline.mounts();
    for pod in &worn.pods {
        tally.pods += 1;
        let found = mounts.iter().find(|(site, _)| *site == pod.site);
        let error = found.map(|(_, mounting)| error_deg(mounting, &pod.setup));
        match error {
            Some(error) => tally.errors_deg.push(error),
            None => tally.without_mounting += 1,
        }
        let odd = off || error.is_none_or(|error| error.abs() > 20.0);
        if let Some(worn) = each.filter(|_| odd) {
            println!(
                "seed {seed} {worn} {:?}: gyro {}, rate {}, loss {:.3}, rings {}, forward off {error:.0?}, lean off {median:.1?}, spread {:.2?}, classes {with_class}/{windows}",
                pod.site,
                pod.setup.has_gyro,
                runner.scenario.rate_hz,
                runner.scenario.frame_loss,
                runner.rings(pod.site),
                neutral.map(|neutral| neutral.spread_deg),
            );
        }
    }
}

/// The angle from the true way forward to the found one, degrees, + to the left.
fn error_deg(mounting: &Mounting, setup: &PodSetup) -> f64 {
    let found = setup.mounting * mounting.forward;
    (-found.z).atan2(found.x).to_degrees()
}

fn print(gyro: &str, worn: &str, tally: &Tally) {
    let mut sizes: Vec<f64> = tally.errors_deg.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let beyond = |deg: f64| sizes.iter().filter(|size| **size > deg).count();
    let at = |share: f64| {
        let place = ((sizes.len() as f64 * share) as usize).min(sizes.len().saturating_sub(1));
        sizes.get(place).copied().unwrap_or_default()
    };
    let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    println!(
        "{gyro} {worn:<6} {} runs: no neutral {} ({:.1} %), lean off by 5 degrees {} ({:.1} %); {} pods: no mounting {} ({:.1} %), flipped {} ({:.1} %), beyond 30 degrees {}, median {:.1}, 95th {:.1}; windows with a class {:.1} % of {}",
        tally.runs,
        tally.without_neutral,
        share(tally.without_neutral, tally.runs),
        tally.lean_off,
        share(tally.lean_off, tally.runs),
        tally.pods,
        tally.without_mounting,
        share(tally.without_mounting, tally.pods),
        beyond(90.0),
        share(beyond(90.0) as u32, tally.pods),
        beyond(30.0),
        at(0.5),
        at(0.95),
        share(tally.with_class, tally.windows),
        tally.windows,
    );
}
