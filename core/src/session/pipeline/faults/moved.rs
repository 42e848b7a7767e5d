//! Pods that turn on their strap, or were put on otherwise than before.
//!
//! Invariant: a pod that moved is named, and measures nothing until it is known anew.

use super::*;
use crate::{
    lean::reading::LeanClass,
    pod::recording::Recording,
    session::analysis::{RunAnalysis, analyze},
};

/// Turns a pod on its strap from [`AT_S`] on, about an axis of its segment.
fn slip(pod: &mut SimulatedPod, axis: DVec3, degrees: f64, seconds: f64, felt: bool) {
    slip_at(AT_S, pod, axis, degrees, seconds, felt);
}

fn slip_at(at_s: f64, pod: &mut SimulatedPod, axis: DVec3, degrees: f64, seconds: f64, felt: bool) {
    let axis = pod.setup.mounting.inverse() * axis;
    for sample in &mut pod.samples {
        let share = ((sample.time_s - at_s) / seconds).clamp(0.0, 1.0);
        let turn = DQuat::from_axis_angle(axis, share * degrees.to_radians());
        let turning = felt && share > 0.0 && share < 1.0;
        let rate = if turning {
            degrees.to_radians() / seconds
        } else {
            0.0
        };
        sample.specific_force = turn * sample.specific_force;
        sample.angular_velocity = sample.angular_velocity.map(|old| turn * old - axis * rate);
    }
}

#[test]
fn a_pod_that_turns_on_its_strap_is_named_and_its_lean_is_withheld_from_then_on() {
    for (axis, degrees, seconds, felt) in [
        (DVec3::Z, 8.0, 0.02, false),
        (DVec3::Z, -8.0, 1.0, false),
        (DVec3::X, 8.0, 0.3, true),
        (DVec3::Z, -8.0, 0.3, true),
    ] {
        for site in Site::LEAN {
            let mut simulation = run();
            change(&mut simulation, site, |pod| {
                slip(pod, axis, degrees, seconds, felt);
            });
            let events = events_of(&simulation);
            let moved = gaps(&events, GapReason::MountMoved);
            let [moved] = moved.as_slice() else {
                panic!("{axis} {degrees} {seconds} {felt} {site:?}: {moved:?}")
            };
            assert_eq!(moved.site, Some(site));
            assert!((moved.start_s - AT_S).abs() < 2.0, "{moved:?}");
            let angle = |step: &Step| match site {
                Site::Chest => step.trunk_lean,
                Site::Pelvis => step.pelvis_tilt,
                Site::Head => None,
            };
            let late = steps(&events)
                .into_iter()
                .filter(|step| step.initial_contact_s > AT_S + 6.0);
            assert!(late.clone().count() > 50);
            assert!(
                late.clone()
                    .all(|step| angle(&step).is_none() && step.waist_bend.is_none())
            );
        }
    }
}

#[test]
fn a_pod_without_gyroscope_that_turns_on_its_strap_is_known_by_the_other_pod() {
    for (site, axis) in [(Site::Chest, DVec3::Z), (Site::Pelvis, DVec3::X)] {
        let mut simulation = run();
        for sample in simulation.pods.iter_mut().flat_map(|pod| &mut pod.samples) {
            sample.angular_velocity = None;
        }
        assert!(gaps(&events_of(&simulation), GapReason::MountMoved).is_empty());
        change(&mut simulation, site, |pod| slip(pod, axis, 10.0, 0.25, false));
        let moved = gaps(&events_of(&simulation), GapReason::MountMoved);
        assert!(
            matches!(moved.as_slice(), [gap] if gap.site == Some(site) && (gap.start_s - AT_S).abs() < 2.0),
            "{site:?}: {moved:?}"
        );
    }
}

/// A bent runner who straightens into a lean tips the pelvis alone, and that is still taken for a slip.
#[test]
fn a_runner_who_leans_or_bends_in_mid_run_has_no_moved_pod() {
    use presets::RunForm::{Good, Over, WaistBend};
    for forms in [[Good, Over], [Over, Good], [Good, WaistBend]] {
        let mut acts = vec![Act::Stand { seconds: 5.0 }];
        acts.extend(
            forms
                .into_iter()
                .flat_map(|form| presets::run(form, 30.0))
                .filter(|act| matches!(act, Act::Run { .. })),
        );
        let events = events_of(&simulate(&Scenario::new(11, acts)));
        let moved = gaps(&events, GapReason::MountMoved);
        assert!(moved.is_empty(), "{forms:?}: {moved:?}");
        assert!(mean_lean_deg(&events, 45.0..60.0).is_some(), "{forms:?}");
    }
}

#[test]
fn a_pod_that_turns_and_shakes_has_a_loose_strap() {
    let mut simulation = run();
    change(&mut simulation, Site::Pelvis, |pod| {
        slip(pod, DVec3::Z, 5.0, 0.5, false);
        for sample in pod.samples.iter_mut().filter(|sample| sample.time_s > AT_S) {
            let rattle = (sample.time_s * 140.0).sin() * (1.0 + (sample.time_s * 17.0).sin());
            sample.specific_force += DVec3::new(5.0, 3.0, -4.0) * rattle;
        }
    });
    let loose = gaps(&events_of(&simulation), GapReason::Loose);
    assert!(
        matches!(loose.as_slice(), [gap] if gap.site == Some(Site::Pelvis)),
        "{loose:?}"
    );
}

#[test]
fn a_pod_put_on_otherwise_than_it_was_calibrated_is_named_and_measured_from_its_new_stand() {
    let simulation = run();
    let mut second_sight = Vec::new();
    let first = play_to(
        Pipeline::new(OwnReference::default(), &[]),
        &simulation,
        &mut |_| {},
    );
    let mut mounts = first.mounts();
    assert_eq!(mounts.len(), 2);
    for (site, mounting) in &mut mounts {
        if *site == Site::Chest {
            let turn =
                DQuat::from_axis_angle(mounting.neutral.up.cross(mounting.forward), 12_f64.to_radians());
            mounting.neutral.up = turn * mounting.neutral.up;
            mounting.forward = turn * mounting.forward;
        }
    }
    let second = Pipeline::new(OwnReference::default(), &mounts);
    play_to(second, &simulation, &mut |event| second_sight.push(event));
    let moved = gaps(&second_sight, GapReason::MountMoved);
    assert!(
        matches!(moved.as_slice(), [gap] if gap.site == Some(Site::Chest) && gap.end_s < 6.5),
        "{moved:?}"
    );
    let lean_deg = mean_lean_deg(&second_sight, 20.0..60.0);
    assert!(
        lean_deg.is_some_and(|lean_deg| (lean_deg - 8.0).abs() < 1.5),
        "{lean_deg:?}"
    );
}

#[test]
fn a_pod_that_moved_measures_again_from_the_next_stand_on() {
    let acts = [
        presets::run(presets::RunForm::Good, 60.0),
        vec![Act::Stand { seconds: 6.0 }],
        presets::run(presets::RunForm::Good, 40.0),
    ];
    let mut simulation = simulate(&Scenario::new(7, acts.concat()));
    change(&mut simulation, Site::Chest, |pod| {
        slip(pod, DVec3::Z, 8.0, 0.3, true);
    });
    let events = events_of(&simulation);
    let moved = gaps(&events, GapReason::MountMoved);
    let [moved] = moved.as_slice() else {
        panic!("{moved:?}")
    };
    let begun = simulation
        .truth
        .steps
        .iter()
        .rev()
        .take_while(|step| step.initial_contact_s > moved.end_s);
    let from_s = begun.last().map_or(f64::NAN, |step| step.initial_contact_s) + 12.0;
    assert!(from_s < 110.0, "{moved:?}");
    let truth: Vec<f64> = simulation
        .truth
        .running_steps(from_s, from_s + 12.0)
        .map(|step| step.trunk_lean_deg)
        .collect();
    let truth_deg = truth.iter().sum::<f64>() / truth.len() as f64;
    let lean_deg = mean_lean_deg(&events, from_s..from_s + 12.0);
    assert!(
        lean_deg.is_some_and(|lean_deg| (lean_deg - truth_deg).abs() < 1.5),
        "{lean_deg:?} {truth_deg}"
    );
}

/// A run of three pieces with stands between them; the chest pod turns one second after the first piece began.
fn turned_at_the_start(degrees: f64) -> RunAnalysis {
    let mut acts = presets::run(presets::RunForm::Good, 40.0).repeat(3);
    acts.push(Act::Stand { seconds: 6.0 });
    let mut simulation = simulate(&Scenario::new(7, acts));
    let began_s = simulation
        .truth
        .steps
        .iter()
        .find(|step| step.running)
        .map_or(0.0, |step| step.initial_contact_s);
    change(&mut simulation, Site::Chest, |pod| {
        slip_at(began_s + 1.0, pod, DVec3::Z, degrees, 0.3, true);
    });
    analyzed(&simulation, OwnReference::default())
}

fn analyzed(simulation: &Simulation, own: OwnReference) -> RunAnalysis {
    let recording = |site: Site| {
        let pod = simulation.pods.iter().find(|pod| pod.site == site)?;
        Some(Recording {
            samples: pod.samples.clone(),
            rate_hz: 104.0,
            has_gyro: true,
            dropped: Vec::new(),
        })
    };
    let [chest, pelvis] = Site::LEAN.map(recording);
    analyze(chest.as_ref(), pelvis.as_ref(), own, &RuleModel)
}

#[test]
fn a_pod_that_moved_unseen_is_shown_by_two_stands_and_what_was_told_before_is_taken_back() {
    let run = turned_at_the_start(8.0);
    let moved: Vec<&Gap> = run
        .gaps
        .iter()
        .filter(|gap| gap.reason == GapReason::MountMoved)
        .collect();
    let [moved] = moved.as_slice() else {
        panic!("{moved:?}")
    };
    assert_eq!(moved.site, Some(Site::Chest));
    let (before, after): (Vec<&LeanReading>, Vec<&LeanReading>) = run
        .windows
        .iter()
        .partition(|window| window.start_s < moved.end_s);
    assert!(
        before.len() > 4 && before.iter().all(|window| window.class == LeanClass::NotSure),
        "{before:?}"
    );
    assert!(
        after.len() > 1
            && after
                .iter()
                .all(|window| window.trunk_lean_deg.is_some_and(|deg| (deg - 8.0).abs() < 1.5)),
        "{after:?}"
    );
}

#[test]
fn stands_that_agree_with_the_neutral_take_nothing_back() {
    let run = turned_at_the_start(0.0);
    assert!(
        run.gaps.iter().all(|gap| gap.reason != GapReason::MountMoved),
        "{:?}",
        run.gaps
    );
    assert!(run.windows.iter().all(|window| window.trunk_lean_deg.is_some()));
}

/// One run between two stands by a runner whose band it lies in; the chest pod turns so many seconds after it began.
fn one_run(degrees: f64, after_s: f64) -> RunAnalysis {
    let mut acts = presets::run(presets::RunForm::Good, 40.0);
    acts.push(Act::Stand { seconds: 6.0 });
    let mut simulation = simulate(&Scenario::new(7, acts));
    let running = simulation.truth.steps.iter().filter(|step| step.running);
    let began_s = running.map(|step| step.initial_contact_s).next().unwrap_or(0.0);
    change(&mut simulation, Site::Chest, |pod| {
        slip_at(began_s + after_s, pod, DVec3::Z, degrees, 0.3, true);
    });
    let own = OwnReference {
        band_deg: Some([5.0, 11.0]),
        usual_bend_deg: Some(2.0),
        ..OwnReference::default()
    };
    analyzed(&simulation, own)
}

#[test]
fn one_stand_that_differs_takes_back_the_classes_it_would_change_and_says_so() {
    for degrees in [8.0, -8.0] {
        let run = one_run(degrees, 1.0);
        assert!(run.windows.len() > 2);
        assert!(
            run.windows
                .iter()
                .all(|window| window.class == LeanClass::NotSure),
            "{degrees}: {:?}",
            run.windows
        );
        let in_doubt = |gap: &&Gap| gap.reason == GapReason::StandDiffers && gap.site == Some(Site::Chest);
        assert!(run.gaps.iter().any(|gap| in_doubt(&gap)), "{:?}", run.gaps);
        let lean = run.summary.trunk_lean_deg.expect("a lean");
        // The run itself is a little off the eight degrees that were asked for.
        assert!(lean.ci90[0] < 8.5 && lean.ci90[1] > 7.5, "{lean:?}");
    }
}

#[test]
fn a_runner_who_looks_at_a_watch_after_a_good_run_keeps_it() {
    for run in [one_run(8.0, 42.0), one_run(0.0, 0.0)] {
        let good = |window: &LeanReading| window.class == LeanClass::Good;
        assert!(
            run.windows.len() > 2 && run.windows.iter().all(good),
            "{:?}",
            run.windows
        );
    }
}
