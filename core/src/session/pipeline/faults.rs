//! What goes wrong with worn pods, through the whole pipeline: each fault is named, and none becomes a lean.
//!
//! Invariant: a fault begins where the test puts it, so a run without it is in the same file.

mod moved;
mod sensors;

use glam::{DQuat, DVec3};

use super::tests::{events_of, play};
use super::*;
use crate::{lean::rules::RuleModel, session::report::GapReason};
// Said again, because the rule on modules is checked file by file.
#[cfg(test)]
use crate::sim::{Act, Scenario, SimulatedPod, Simulation, presets, simulate};

/// Good running, two pods: lean and bend in degrees.
const GOOD: [f64; 2] = [8.0, 3.0];
/// When a fault begins, seconds: in the middle of the run.
const AT_S: f64 = 36.0;

fn run() -> Simulation {
    play(GOOD, &Site::LEAN)
}

fn change(simulation: &mut Simulation, site: Site, change: impl FnOnce(&mut SimulatedPod)) {
    if let Some(pod) = simulation.pods.iter_mut().find(|pod| pod.site == site) {
        change(pod);
    }
}

/// Plays both pods side by side.
fn play_to(mut pipeline: Pipeline, simulation: &Simulation, sink: &mut dyn FnMut(Event)) -> Pipeline {
    let lengths = simulation.pods.iter().map(|pod| pod.samples.len());
    for k in 0..lengths.max().unwrap_or(0) {
        for pod in &simulation.pods {
            if let Some(sample) = pod.samples.get(k) {
                pipeline.push(pod.site, *sample, &RuleModel, sink);
            }
        }
    }
    pipeline.finish(&RuleModel, sink);
    pipeline
}

fn gaps(events: &[Event], reason: GapReason) -> Vec<Gap> {
    let gap = |event: &Event| {
        if let Event::Gap(gap) = event {
            Some(*gap)
        } else {
            None
        }
    };
    events
        .iter()
        .filter_map(gap)
        .filter(|gap| gap.reason == reason)
        .collect()
}

fn steps(events: &[Event]) -> Vec<Step> {
    let step = |event: &Event| {
        if let Event::Step(step) = event {
            Some(*step)
        } else {
            None
        }
    };
    events.iter().filter_map(step).collect()
}

/// Mean trunk lean of the steps that have one, within a span of time.
fn mean_lean_deg(events: &[Event], span_s: std::ops::Range<f64>) -> Option<f64> {
    let leans: Vec<f64> = steps(events)
        .iter()
        .filter(|step| span_s.contains(&step.initial_contact_s))
        .filter_map(|step| Some(step.trunk_lean?.0))
        .collect();
    (!leans.is_empty()).then(|| leans.iter().sum::<f64>() / leans.len() as f64)
}

/// Lets the body sway about the axis to the right while it stands, as a pod feels it.
fn sway(simulation: &mut Simulation, degrees: f64, hertz: f64) {
    let omega = std::f64::consts::TAU * hertz;
    for pod in &mut simulation.pods {
        let axis = pod.setup.mounting.inverse() * DVec3::Z;
        for sample in pod.samples.iter_mut().filter(|sample| sample.time_s < 5.0) {
            let angle = degrees.to_radians() * (omega * sample.time_s).sin();
            let rate = degrees.to_radians() * omega * (omega * sample.time_s).cos();
            let turn = DQuat::from_axis_angle(axis, angle);
            sample.specific_force = turn * sample.specific_force;
            sample.angular_velocity = sample.angular_velocity.map(|old| turn * old - axis * rate);
        }
    }
}

#[test]
fn a_run_without_a_fault_has_no_moved_or_frozen_pod() {
    let events = events_of(&run());
    assert!(gaps(&events, GapReason::MountMoved).is_empty());
    assert!(gaps(&events, GapReason::Frozen).is_empty());
}

#[test]
fn a_pelvis_pod_that_stops_measuring_is_named_and_hides_no_step_of_the_chest() {
    let clean = steps(&events_of(&run())).len();
    for from_s in [0.0, AT_S] {
        let mut simulation = run();
        change(&mut simulation, Site::Pelvis, |pod| {
            let stuck = pod.samples.iter().find(|sample| sample.time_s >= from_s).copied();
            for sample in pod.samples.iter_mut().filter(|sample| sample.time_s > from_s) {
                *sample = ImuSample {
                    time_s: sample.time_s,
                    ..stuck.unwrap_or(*sample)
                };
            }
        });
        let events = events_of(&simulation);
        let frozen = gaps(&events, GapReason::Frozen);
        assert!(
            frozen.iter().all(|gap| gap.site == Some(Site::Pelvis)),
            "{frozen:?}"
        );
        let seconds: f64 = frozen.iter().map(|gap| gap.end_s - gap.start_s).sum();
        assert!(
            (seconds - (65.0 - from_s.max(5.0))).abs() < 3.0,
            "{from_s}: {frozen:?}"
        );
        let found = steps(&events).len();
        assert!(found + 6 >= clean, "{from_s}: {found} of {clean} steps");
        let lean_deg = mean_lean_deg(&events, 45.0..60.0);
        assert!(
            lean_deg.is_some_and(|lean_deg| (lean_deg - 8.0).abs() < 1.5),
            "{from_s}: {lean_deg:?}"
        );
    }
}

#[test]
fn one_axis_that_hangs_stops_its_pod_and_gives_no_lean() {
    for axis in 0..3 {
        let mut simulation = run();
        change(&mut simulation, Site::Chest, |pod| {
            let mut stuck = None;
            for sample in pod.samples.iter_mut().filter(|sample| sample.time_s > AT_S) {
                let value = *stuck.get_or_insert(sample.specific_force[axis]);
                sample.specific_force[axis] = value;
            }
        });
        let events = events_of(&simulation);
        let frozen = gaps(&events, GapReason::Frozen);
        assert!(!frozen.is_empty(), "axis {axis}");
        assert!(
            frozen.iter().all(|gap| gap.site == Some(Site::Chest)),
            "axis {axis}: {frozen:?}"
        );
        let late = mean_lean_deg(&events, AT_S + 2.0..65.0);
        assert_eq!(late, None, "axis {axis}");
    }
}

#[test]
fn an_axis_that_never_moves_does_not_stop_its_pod() {
    let mut simulation = run();
    for sample in simulation.pods.iter_mut().flat_map(|pod| &mut pod.samples) {
        sample.angular_velocity = sample.angular_velocity.map(|turn| turn.with_x(0.0));
    }
    assert!(gaps(&events_of(&simulation), GapReason::Frozen).is_empty());
}

#[test]
fn a_pod_that_measures_again_gives_no_false_lean_for_the_pose_it_stopped_in() {
    let mut simulation = run();
    change(&mut simulation, Site::Chest, |pod| {
        let stuck = pod.samples.iter().find(|sample| sample.time_s >= AT_S).copied();
        for sample in pod
            .samples
            .iter_mut()
            .filter(|sample| (AT_S..AT_S + 5.0).contains(&sample.time_s))
        {
            *sample = ImuSample {
                time_s: sample.time_s,
                ..stuck.unwrap_or(*sample)
            };
        }
    });
    let events = events_of(&simulation);
    let mut measured_again = 0;
    for step in steps(&events) {
        let truth = simulation
            .truth
            .running_steps(step.initial_contact_s - 0.1, step.initial_contact_s + 0.1)
            .next();
        if let Some((lean, truth)) = step.trunk_lean.filter(|_| step.steady).zip(truth) {
            assert!((lean.0 - truth.trunk_lean_deg).abs() < 1.5, "{step:?}");
            measured_again += u32::from(step.initial_contact_s > AT_S + 5.0);
        }
    }
    assert!(measured_again > 30, "{measured_again}");
}

#[test]
fn a_noisy_accelerometer_still_finds_the_stand() {
    let mut simulation = run();
    let mut state = 1_u64;
    let mut noise = || {
        // Twelve even numbers less six are nearly normal.
        let even = (0..12).map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64
        });
        even.sum::<f64>() - 6.0
    };
    for sample in simulation.pods.iter_mut().flat_map(|pod| &mut pod.samples) {
        sample.specific_force += 0.7 * DVec3::new(noise(), noise(), noise());
    }
    let lean_deg = mean_lean_deg(&events_of(&simulation), 20.0..60.0);
    assert!(
        lean_deg.is_some_and(|lean_deg| (lean_deg - 8.0).abs() < 1.5),
        "{lean_deg:?}"
    );
}

#[test]
fn a_stand_that_sways_is_a_stand_of_a_wider_spread() {
    for (degrees, hertz) in [(1.5, 0.3), (3.0, 0.3), (3.0, 0.5)] {
        let mut simulation = run();
        sway(&mut simulation, degrees, hertz);
        let pipeline = play_to(
            Pipeline::new(OwnReference::default(), &[]),
            &simulation,
            &mut |_| {},
        );
        let neutral = pipeline
            .neutral()
            .unwrap_or_else(|| panic!("no stand at {degrees} degrees, {hertz} Hz"));
        assert!(
            neutral.spread_deg > 0.8 * degrees,
            "{degrees} {hertz}: {neutral:?}"
        );
    }
}

#[test]
fn pods_that_changed_places_are_named_and_give_no_lean() {
    let mut simulation = run();
    for pod in &mut simulation.pods {
        pod.site = match pod.site {
            Site::Chest => Site::Pelvis,
            Site::Pelvis => Site::Chest,
            Site::Head => Site::Head,
        };
    }
    simulation.pods.reverse();
    let events = events_of(&simulation);
    assert_eq!(gaps(&events, GapReason::Swapped).len(), 1);
    // Eight seconds of running are needed to tell.
    let late = |step: &&Step| step.initial_contact_s > 20.0;
    assert!(steps(&events).iter().filter(late).count() > 50);
    assert!(
        steps(&events)
            .iter()
            .filter(late)
            .all(|step| step.trunk_lean.is_none())
    );
    assert!(gaps(&events_of(&run()), GapReason::Swapped).is_empty());
}

#[test]
fn a_hill_is_kept_apart_where_positions_are_known() {
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut events = Vec::new();
    for k in 0..65 {
        let time_s = f64::from(k);
        let altitude_m = Some(3.2 * 0.05 * (time_s - 40.0).max(0.0));
        pipeline.fix(Fix {
            time_s,
            speed_mps: Some(3.2),
            altitude_m,
            ..Fix::default()
        });
    }
    play_to(pipeline, &run(), &mut |event| events.push(event));
    let hills = gaps(&events, GapReason::Grade);
    let seconds: f64 = hills.iter().map(|gap| gap.end_s - gap.start_s).sum();
    assert!((15.0..28.0).contains(&seconds), "{hills:?}");
    assert!(
        steps(&events)
            .iter()
            .all(|step| !step.steady || step.initial_contact_s < 48.0)
    );
}
