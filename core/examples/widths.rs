//! How far made-up runners' summaries are from the truth, and how often their intervals hold it.
//!
//! `widths FIRST COUNT [stamps|arrival]`: runners with the seeds FIRST to FIRST + COUNT - 1, half of them without
//! gyroscopes; their samples as measured, or as they come over a radio, timed by the pods' stamps or by arrival alone.
//! Prints bias and root mean square of the errors of a run's means, the scale of the error curve that holds 90 % of them,
//! and how many of the intervals hold; then how many pairs of pods are taken to have changed places, in their places and
//! swapped.
#![allow(clippy::print_stdout, reason = "a program")]

#[path = "support/on_air.rs"]
mod on_air;

use std::{collections::BTreeMap, error::Error};

use on_air::Timed;
use plumbline_core::{
    gait::step::Step,
    lean::{band::OwnReference, rules::RuleModel},
    pod::{sample::ImuSample, site::Site},
    session::{
        pipeline::{Event, Pipeline},
        report::{Estimate, Summary},
        summary::summarize,
    },
    sim::{
        SimulatedPod, StepTruth, Strap, Truth,
        population::{Runner, Timing},
    },
    statistics::heavy,
};

const WORN: [(&str, &[Site]); 3] = [
    ("both", &Site::LEAN),
    ("chest", &[Site::Chest]),
    ("pelvis", &[Site::Pelvis]),
];
/// A step found further than this from every true one is left out, seconds.
const FAR_S: f64 = 0.12;

/// Errors of one quantity.
#[derive(Debug, Default)]
struct Errors {
    errors: Vec<f64>,
    held: usize,
}

type Tally = BTreeMap<(String, &'static str), Errors>;

fn main() -> Result<(), Box<dyn Error>> {
    const USAGE: &str = "usage: widths FIRST COUNT [stamps|arrival]";
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (numbers, timed) = arguments.split_at(arguments.len().min(2));
    let [first, count] = numbers else {
        return Err(USAGE.into());
    };
    let (first, count): (u64, u64) = (first.parse()?, count.parse()?);
    let timed = match timed {
        [] => None,
        [by] => Some(Timed::from_name(by).ok_or(USAGE)?),
        _ => return Err(USAGE.into()),
    };
    let mut tally = Tally::new();
    let mut places = [[0; 2]; 2];
    for seed in first..first + count {
        run(seed, timed, &mut tally);
        if seed.is_multiple_of(2) {
            for (swapped, [doubted, of]) in [false, true].into_iter().zip(&mut places) {
                *doubted += u32::from(in_doubt(seed, swapped));
                *of += 1;
            }
        }
    }
    println!("pods, quantity: runs, bias, rms, scale of 90 %, held");
    for ((pods, quantity), Errors { mut errors, held }) in tally {
        let count = errors.len();
        let bias = errors.iter().sum::<f64>() / count as f64;
        let rms = (errors.iter().map(|error| error * error).sum::<f64>() / count as f64).sqrt();
        errors.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let scale = errors[(count * 9 / 10).min(count - 1)].abs() / heavy::CI90;
        let held = 100.0 * held as f64 / count as f64;
        println!("{pods:<26} {quantity:<12} {count:>4} {bias:>7.3} {rms:>7.3} {scale:>7.3} {held:>4.0} %");
    }
    println!(
        "taken to have changed places: in their places {:?}, swapped {:?}",
        places[0], places[1]
    );
    Ok(())
}

fn drawn(seed: u64, has_gyro: bool) -> Runner {
    let mut runner = Runner::draw(seed, Timing::SaysNothing);
    for pod in &mut runner.scenario.pods {
        pod.has_gyro = has_gyro;
    }
    runner
}

/// Every sample of these pods, in time order.
fn samples(pods: &[SimulatedPod], sites: &[Site]) -> Vec<(Site, ImuSample)> {
    let worn = pods.iter().filter(|pod| sites.contains(&pod.site));
    let mut samples: Vec<_> = worn
        .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
        .collect();
    samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
    samples
}

/// Whether the pods are taken to have changed places.
fn in_doubt(seed: u64, swapped: bool) -> bool {
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    for (site, sample) in samples(&drawn(seed, true).simulate().pods, &Site::LEAN) {
        let told = Site::LEAN[site.index() ^ usize::from(swapped)];
        pipeline.push(told, sample, &RuleModel, &mut |_| {});
    }
    pipeline.circumstances_of_run().swapped
}

fn run(seed: u64, timed: Option<Timed>, tally: &mut Tally) {
    let has_gyro = seed.is_multiple_of(2);
    let runner = drawn(seed, has_gyro);
    let strapped = runner
        .scenario
        .pods
        .iter()
        .any(|pod| pod.strap != Strap::default());
    let mut simulation = runner.simulate();
    if let Some(timed) = timed {
        timed.receive(&runner.scenario, &mut simulation);
    }
    for (pods, sites) in WORN {
        let gyro = if has_gyro { "gyro" } else { "no gyro" };
        let strap = if strapped { "strap" } else { "screwed on" };
        let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
        let mut steps = Vec::new();
        let mut take = |event: Event| {
            if let Event::Step(step) = event {
                steps.push(step);
            }
        };
        for (site, sample) in samples(&simulation.pods, sites) {
            pipeline.push(site, sample, &RuleModel, &mut take);
        }
        pipeline.finish(&RuleModel, &mut take);
        let summary = summarize(&steps, &pipeline.circumstances_of_run());
        let name = format!("{gyro}, {strap}, {pods}");
        take_errors(tally, &name, &summary, &steps, &simulation.truth);
    }
}

fn take_errors(tally: &mut Tally, name: &str, summary: &Summary, steps: &[Step], truth: &Truth) {
    let seen: Vec<(&Step, &StepTruth)> = steps
        .iter()
        .filter(|step| step.steady)
        .filter_map(|step| Some((step, nearest(step, truth)?)))
        .collect();
    for (quantity, found, told, value) in quantities(summary, name) {
        // Of the steps that tell the value: a piece of the run in which a pod is silent has a lean of its own.
        let of = seen.iter().filter(|(step, _)| told(step));
        let values: Vec<f64> = of.filter_map(|(_, truth)| value(truth)).collect();
        let truth = values.iter().sum::<f64>() / values.len().max(1) as f64;
        if let Some(found) = found {
            let errors = tally.entry((name.to_owned(), quantity)).or_default();
            errors.errors.push(found.mean - truth);
            errors.held += usize::from((found.ci90[0]..=found.ci90[1]).contains(&truth));
        }
    }
}

/// A quantity: its name, what was found, which steps tell it, and its truth in one of them.
type Quantity = (
    &'static str,
    Option<Estimate>,
    fn(&Step) -> bool,
    fn(&StepTruth) -> Option<f64>,
);

fn quantities(summary: &Summary, name: &str) -> [Quantity; 7] {
    let lean = |truth: &StepTruth| Some(truth.trunk_lean_deg);
    let tilt = |truth: &StepTruth| Some(truth.pelvis_tilt_deg);
    let bend = |truth: &StepTruth| Some(truth.waist_bend_deg());
    let cadence = |truth: &StepTruth| Some(truth.cadence_spm);
    let contact = |truth: &StepTruth| Some(truth.ground_contact_ms());
    let rise = |truth: &StepTruth| Some(truth.vertical_oscillation_mm);
    let timing = |truth: &StepTruth| truth.mid_stance_timing;
    // The truth is the pelvis pod's.
    let oscillation = summary
        .vertical_oscillation_mm
        .filter(|_| !name.ends_with("chest"));
    [
        (
            "trunk lean",
            summary.trunk_lean_deg,
            |step| step.trunk_lean.is_some(),
            lean,
        ),
        (
            "pelvis tilt",
            summary.pelvis_tilt_deg,
            |step| step.pelvis_tilt.is_some(),
            tilt,
        ),
        (
            "waist bend",
            summary.waist_bend_deg,
            |step| step.waist_bend.is_some(),
            bend,
        ),
        ("cadence", summary.cadence_spm, |_| true, cadence),
        (
            "contact",
            summary.ground_contact_ms,
            |step| step.ground_contact_time.is_some(),
            contact,
        ),
        (
            "oscillation",
            oscillation,
            |step| step.vertical_oscillation.is_some(),
            rise,
        ),
        (
            "timing",
            summary.mid_stance_timing,
            |step| step.mid_stance_timing.is_some(),
            timing,
        ),
    ]
}

fn nearest<'a>(step: &Step, truth: &'a Truth) -> Option<&'a StepTruth> {
    let off = |truth: &StepTruth| (truth.initial_contact_s - step.initial_contact_s).abs();
    let place = truth
        .steps
        .partition_point(|truth| truth.initial_contact_s < step.initial_contact_s);
    let near = truth.steps[place.saturating_sub(1)..].iter().take(2);
    near.filter(|truth| off(truth) < FAR_S)
        .min_by(|a, b| off(a).total_cmp(&off(b)))
}
