//! The synthetic runner through the whole pipeline, against what it really did.
//!
//! Invariant: every bound is the one the product promises, or tighter where it was measured.

use super::*;
use crate::{
    lean::{features::Circumstances, rules::RuleModel, wear::Worn},
    session::{
        report::{Estimate, GapReason, Summary},
        summary::summarize,
    },
};
// Said again, because the rule on modules is checked file by file.
#[cfg(test)]
use crate::sim::{Act, PodSetup, Scenario, Simulation, StepTruth, simulate};

/// Trunk lean and waist bend of the runs, degrees: too upright, good, too far, bent.
const RUNS: [[f64; 2]; 4] = [[2.0, 2.0], [8.0, 3.0], [14.0, 3.0], [14.0, 12.0]];

/// One run and what was found in it.
struct Judged {
    simulation: Simulation,
    steps: Vec<Step>,
    summary: Summary,
}

pub(super) fn play([lean, bend]: [f64; 2], sites: &[Site]) -> Simulation {
    let run = Act::Run {
        seconds: 60.0,
        speed_mps: 3.2,
        cadence_spm: 172.0,
        lean_deg: [lean, lean],
        bend_deg: [bend, bend],
        timing: 0.04,
        ground_contact_ms: 250.0,
    };
    simulate(&Scenario {
        pods: sites.iter().map(|site| PodSetup::typical(*site, 7)).collect(),
        ..Scenario::new(7, vec![Act::Stand { seconds: 5.0 }, run])
    })
}

fn judge(run: [f64; 2], sites: &[Site]) -> Judged {
    let simulation = play(run, sites);
    let steps = steps_of(&simulation);
    let summary = summarize(&steps, &Circumstances::default());
    Judged {
        simulation,
        steps,
        summary,
    }
}

pub(super) fn events_of(simulation: &Simulation) -> Vec<Event> {
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut events = Vec::new();
    let mut sink = |event| events.push(event);
    let lengths = simulation.pods.iter().map(|pod| pod.samples.len());
    for k in 0..lengths.max().unwrap_or(0) {
        for pod in &simulation.pods {
            if let Some(sample) = pod.samples.get(k) {
                pipeline.push(pod.site, *sample, &RuleModel, &mut sink);
            }
        }
    }
    pipeline.finish(&RuleModel, &mut sink);
    events
}

fn steps_of(simulation: &Simulation) -> Vec<Step> {
    let step = |event| {
        if let Event::Step(step) = event {
            Some(step)
        } else {
            None
        }
    };
    events_of(simulation).into_iter().filter_map(step).collect()
}

fn assert_near(what: &str, found: Option<f64>, truth: f64, bound: f64) {
    let found = found.unwrap_or_else(|| panic!("no {what}"));
    assert!(
        (found - truth).abs() < bound,
        "{what} {found:.2}, truth {truth:.2}"
    );
}

impl Judged {
    /// Mean of a quantity over the true running steps, but for the start and the stop.
    fn truth(&self, of: impl Fn(&StepTruth) -> f64) -> f64 {
        let values: Vec<f64> = self.simulation.truth.running_steps(15.0, 60.0).map(of).collect();
        values.iter().sum::<f64>() / values.len() as f64
    }

    fn assert_timing(&self) {
        let truth = self.simulation.truth.steps.iter().filter(|step| step.running);
        let (truth, found) = (
            truth.count() as f64,
            self.steps.iter().filter(|step| step.running).count() as f64,
        );
        assert!(
            (found / truth - 1.0).abs() <= 0.02,
            "{found} running steps of {truth}"
        );
        let Summary {
            cadence_spm,
            ground_contact_ms,
            vertical_oscillation_mm,
            ..
        } = self.summary;
        let mean = |estimate: Option<Estimate>| Some(estimate?.mean);
        let truth = |of: fn(&StepTruth) -> f64| self.truth(of);
        assert_near("cadence", mean(cadence_spm), truth(|step| step.cadence_spm), 1.0);
        let contact_ms = truth(StepTruth::ground_contact_ms);
        // The synthetic chest swings less than those of people, whom the core is fitted to.
        assert_near("ground contact", mean(ground_contact_ms), contact_ms, 40.0);
        let rise_mm = truth(|step| step.vertical_oscillation_mm);
        assert_near(
            "vertical oscillation",
            mean(vertical_oscillation_mm),
            rise_mm,
            10.0,
        );
    }

    fn assert_sides(&self) {
        let wrong = |step: &&Step| {
            let close = |truth: &&StepTruth| (truth.initial_contact_s - step.initial_contact_s).abs() < 0.1;
            let truth = self.simulation.truth.steps.iter().find(close);
            truth.is_none_or(|truth| step.side != truth.side)
        };
        let running: Vec<&Step> = self.steps.iter().filter(|step| step.running).collect();
        let wrong = running.iter().copied().filter(wrong).count();
        assert!(wrong * 20 < running.len(), "{wrong} of {} sides", running.len());
    }

    fn assert_lean(&self) {
        let lean = self.summary.trunk_lean_deg.map(|lean| lean.mean);
        assert_near("trunk lean", lean, self.truth(|step| step.trunk_lean_deg), 1.0);
    }

    fn assert_tilt(&self) {
        let tilt = self.summary.pelvis_tilt_deg.map(|tilt| tilt.mean);
        assert_near("pelvis tilt", tilt, self.truth(|step| step.pelvis_tilt_deg), 1.0);
    }
}

#[test]
fn chest_and_pelvis_tell_lean_bend_and_timing_of_every_run() {
    for run in RUNS {
        let judged = judge(run, &Site::LEAN);
        judged.assert_timing();
        judged.assert_sides();
        judged.assert_lean();
        judged.assert_tilt();
        let bend = judged.summary.waist_bend_deg.map(|bend| bend.mean);
        assert_near("waist bend", bend, judged.truth(StepTruth::waist_bend_deg), 1.5);
    }
}

#[test]
fn a_chest_alone_tells_lean_and_timing_but_no_bend() {
    for run in RUNS {
        let judged = judge(run, &[Site::Chest]);
        judged.assert_timing();
        judged.assert_sides();
        judged.assert_lean();
        assert!(judged.summary.waist_bend_deg.is_none() && judged.summary.pelvis_tilt_deg.is_none());
    }
}

#[test]
fn a_pelvis_alone_tells_tilt_and_timing_but_no_lean() {
    for run in RUNS {
        let judged = judge(run, &[Site::Pelvis]);
        judged.assert_timing();
        judged.assert_sides();
        judged.assert_tilt();
        assert!(judged.summary.waist_bend_deg.is_none() && judged.summary.trunk_lean_deg.is_none());
    }
}

#[test]
fn a_pod_that_falls_silent_leaves_a_hole_up_to_the_end() {
    let mut simulation = play(RUNS[1], &Site::LEAN);
    for pod in simulation.pods.iter_mut().filter(|pod| pod.site == Site::Chest) {
        pod.samples.retain(|sample| sample.time_s < 20.0);
    }
    let newest = simulation.pods.iter().filter_map(|pod| pod.samples.last());
    let end_s = newest.fold(0.0, |end: f64, last| end.max(last.time_s));
    let gap = |event| {
        if let Event::Gap(gap) = event {
            Some(gap).filter(|gap| gap.site.is_some())
        } else {
            None
        }
    };
    let holes: Vec<Gap> = events_of(&simulation).into_iter().filter_map(gap).collect();
    let [hole] = holes.as_slice() else {
        panic!("{holes:?}")
    };
    assert_eq!((hole.site, hole.reason), (Some(Site::Chest), GapReason::Missing));
    assert!(
        (hole.start_s - 20.0).abs() < 0.1 && (hole.end_s - end_s).abs() < 0.1,
        "{hole:?}"
    );
}

#[test]
fn a_pod_that_comes_after_its_runner_set_off_leaves_a_hole_from_the_begin() {
    let mut simulation = play(RUNS[1], &Site::LEAN);
    for pod in simulation.pods.iter_mut().filter(|pod| pod.site == Site::Chest) {
        pod.samples.retain(|sample| sample.time_s > 40.0);
    }
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut holes = Vec::new();
    let mut samples: Vec<(Site, ImuSample)> = Vec::new();
    for pod in &simulation.pods {
        samples.extend(pod.samples.iter().map(|sample| (pod.site, *sample)));
    }
    samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
    let mut sink = |event| {
        if let Event::Gap(gap) = event
            && gap.site.is_some()
        {
            holes.push(gap);
        }
    };
    for (site, sample) in samples {
        pipeline.push(site, sample, &RuleModel, &mut sink);
    }
    pipeline.finish(&RuleModel, &mut sink);
    let [hole] = holes.as_slice() else {
        panic!("{holes:?}")
    };
    assert_eq!((hole.site, hole.reason), (Some(Site::Chest), GapReason::Missing));
    assert!(hole.start_s < 0.5 && (hole.end_s - 40.0).abs() < 0.1, "{hole:?}");
}

/// The true mean bend must lie in the interval, which tells that two angles went into it and with which sensors.
#[test]
fn an_interval_without_a_gyroscope_is_wide_enough_for_the_truth() {
    for run in RUNS {
        let mut simulation = play(run, &Site::LEAN);
        for sample in simulation.pods.iter_mut().flat_map(|pod| &mut pod.samples) {
            sample.angular_velocity = None;
        }
        let steps = steps_of(&simulation);
        let width = |estimate: Option<Estimate>| estimate.map(|found| found.ci90[1] - found.ci90[0]);
        let worn = |has_gyro| Circumstances {
            worn: Worn::UNKNOWN.map(|worn| Worn { has_gyro, ..worn }),
            ..Circumstances::default()
        };
        let with = summarize(&steps, &worn(true));
        let without = summarize(&steps, &worn(false));
        assert!(width(with.waist_bend_deg) > width(with.trunk_lean_deg));
        assert!(width(without.trunk_lean_deg) > width(with.trunk_lean_deg));
        let judged = Judged {
            simulation,
            steps,
            summary: without,
        };
        let bend_deg = judged.truth(StepTruth::waist_bend_deg);
        let [low, high] = judged.summary.waist_bend_deg.expect("a bend").ci90;
        assert!(
            (low..=high).contains(&bend_deg),
            "{bend_deg:.1} not in {low:.1} to {high:.1}"
        );
    }
}
