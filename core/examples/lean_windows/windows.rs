//! Windows of made-up runs as the core sees them, each beside what really happened.
//!
//! Trains and judges nothing. Invariant: features come out of the real pipeline, from pod bytes; truth never enters it.

use plumbline_core::{
    lean::{band::OwnReference, features::FeatureVector, reading::LeanClass},
    pod::site::Site,
    session::{
        pipeline::{Event, Pipeline},
        stream::PodStream,
    },
    sim::{
        self, PodSetup, Simulation, Truth,
        population::{Runner, Timing},
    },
    units::Timestamp,
};

use super::recorder::Recorder;

/// A bend this far beyond the usual is a waist bend, degrees (`docs/numbers.md`).
const BEND_MARGIN_DEG: f64 = 5.0;

/// One runner in so many wears straps that give more than the others' do. Ours.
const LOOSE_ONE_IN: u64 = 5;
/// Up to so many times as much, in so many sizes. Ours.
const LOOSEST: f64 = 3.0;
const SIZES: u64 = 8;
/// How many times as much as its wearer's others a chest strap wobbles whose pod has no gyroscope: as much as one on the
/// pelvis. Ours: nobody has measured chest pods, and an accelerometer cannot tell that wobble from a lean.
const UNSEEN_WOBBLE: f64 = 2.0;

/// The runner of this seed, whose timing says nothing of the form; some with loose straps, and with a chest strap that
/// wobbles more where no gyroscope sees it.
#[must_use]
pub(crate) fn runner(seed: u64) -> Runner {
    let mut runner = Runner::draw(seed, Timing::SaysNothing);
    // By tens, so that every last digit has its share of them.
    let tens = seed / 10;
    if tens.is_multiple_of(LOOSE_ONE_IN) {
        let size = (tens / LOOSE_ONE_IN % SIZES) as f64 / (SIZES - 1) as f64;
        let gives = (LOOSEST - 1.0).mul_add(size, 1.0);
        for strap in runner.scenario.pods.iter_mut().map(|pod| &mut pod.strap) {
            strap.slack *= gives;
            if let Some(wobble) = &mut strap.wobble {
                wobble.deg_per_g = wobble.deg_per_g.map(|most| most * gives);
            }
        }
    }
    let unseen = |pod: &&mut PodSetup| pod.site == Site::Chest && !pod.has_gyro;
    for pod in runner.scenario.pods.iter_mut().filter(unseen) {
        if let Some(wobble) = &mut pod.strap.wobble {
            wobble.deg_per_g = wobble.deg_per_g.map(|most| most * UNSEEN_WOBBLE);
        }
    }
    runner
}

/// One window.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// What a model sees of it, without the runner's own references.
    pub(crate) features: FeatureVector,
    /// True mean trunk lean, degrees.
    pub(crate) lean_deg: f64,
    /// True mean waist bend, degrees.
    pub(crate) bend_deg: f64,
}

/// The class of a lean and a bend, by the runner's own band and usual bend.
#[must_use]
pub(crate) fn true_class(window: &Window, runner: &Runner) -> LeanClass {
    let [low, high] = runner.band_deg;
    if window.bend_deg > runner.usual_bend_deg + BEND_MARGIN_DEG {
        LeanClass::WaistBend
    } else if window.lean_deg < low {
        LeanClass::Under
    } else if window.lean_deg > high {
        LeanClass::Over
    } else {
        LeanClass::Good
    }
}

/// How far the truth lies from where its class would change, degrees.
#[must_use]
pub(crate) fn margin_deg(window: &Window, runner: &Runner) -> f64 {
    let bend = window.bend_deg - runner.usual_bend_deg - BEND_MARGIN_DEG;
    let to_band = runner.band_deg.map(|edge| (window.lean_deg - edge).abs());
    if bend > 0.0 {
        bend
    } else {
        to_band[0].min(to_band[1]).min(-bend)
    }
}

/// The windows of this runner's run, seen by the pods at `sites`.
#[must_use]
pub(crate) fn windows(runner: &Runner, simulation: &Simulation, sites: &[Site]) -> Vec<Window> {
    let worn = simulation.worn_at(sites);
    let recorder = Recorder::default();
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let mut found = Vec::new();
    let mut take = |event: Event| {
        if let (Event::Reading(reading), Some(features)) = (event, recorder.seen.take()) {
            found.extend(beside_truth(
                &features,
                [reading.start_s, reading.end_s],
                &simulation.truth,
            ));
        }
    };
    let start = Timestamp(1_700_000_000_000_000);
    for notification in sim::notifications(&runner.scenario, &worn, start) {
        let mut samples = Vec::new();
        streams[notification.site.index()].accept(
            notification.arrival,
            start,
            &notification.bytes,
            |sample| {
                samples.push(sample);
            },
        );
        for sample in samples {
            pipeline.push(notification.site, sample, &recorder, &mut take);
        }
    }
    pipeline.finish(&recorder, &mut take);
    found
}

fn beside_truth(features: &FeatureVector, [from_s, until_s]: [f64; 2], truth: &Truth) -> Option<Window> {
    let steps: Vec<_> = truth.running_steps(from_s, until_s).collect();
    let count = steps.len() as f64;
    (!steps.is_empty()).then(|| Window {
        features: *features,
        lean_deg: steps.iter().map(|step| step.trunk_lean_deg).sum::<f64>() / count,
        bend_deg: steps.iter().map(|step| step.waist_bend_deg()).sum::<f64>() / count,
    })
}
