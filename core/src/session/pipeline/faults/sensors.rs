//! Sensors that are off, dead or mirrored: what a stand can put right is put right, and the good pod answers for itself.

use super::*;

/// Steps of the run without a fault.
fn usual_steps() -> usize {
    steps(&events_of(&run())).len()
}

/// The run with a fault of one pod's samples.
fn with(site: Site, fault: impl Fn(&mut crate::pod::sample::ImuSample)) -> Vec<Event> {
    let mut simulation = run();
    change(&mut simulation, site, |pod| {
        pod.samples.iter_mut().for_each(fault);
    });
    events_of(&simulation)
}

fn mean_tilt_deg(events: &[Event]) -> Option<f64> {
    let steps = steps(events);
    let tilts: Vec<f64> = (steps.iter().filter_map(|step| step.pelvis_tilt))
        .map(|tilt| tilt.0)
        .collect();
    (tilts.len() > 100).then(|| tilts.iter().sum::<f64>() / tilts.len() as f64)
}

#[test]
fn a_stand_tells_the_scale_of_an_accelerometer() {
    let usual = usual_steps();
    for site in Site::LEAN {
        for scale in [0.92, 1.06, 1.08, 1.12] {
            let events = with(site, |sample| sample.specific_force *= scale);
            assert!(steps(&events).len().abs_diff(usual) <= 2, "{site:?} {scale}");
            let lean_deg = mean_lean_deg(&events, 20.0..60.0);
            let doubted = !gaps(&events, GapReason::SensorsDisagree).is_empty();
            match lean_deg {
                Some(deg) => assert!((deg - GOOD[0]).abs() < 1.0, "{site:?} {scale}: {deg}"),
                None => assert!(doubted, "{site:?} {scale}"),
            }
        }
    }
}

#[test]
fn a_stand_tells_a_large_offset_of_a_gyroscope() {
    let usual = usual_steps();
    for axis in [DVec3::X, DVec3::Y, DVec3::Z] {
        for off in [0.15, 0.3] {
            let events = with(Site::Pelvis, |sample| {
                sample.angular_velocity = sample.angular_velocity.map(|turn| turn + axis * off);
            });
            assert!(steps(&events).len().abs_diff(usual) <= 2, "{axis} {off}");
            let (lean_deg, tilt_deg) = (mean_lean_deg(&events, 20.0..60.0), mean_tilt_deg(&events));
            assert!(
                lean_deg.is_some_and(|deg| (deg - GOOD[0]).abs() < 1.0),
                "{lean_deg:?}"
            );
            let truth_deg = GOOD[0] - GOOD[1];
            assert!(
                tilt_deg.is_some_and(|deg| (deg - truth_deg).abs() < 1.0),
                "{tilt_deg:?}"
            );
        }
    }
}

#[test]
fn a_pelvis_pod_with_a_dead_axis_leaves_the_chest_pod_its_steps_and_its_lean() {
    let usual = usual_steps();
    for axis in 0..3 {
        let events = with(Site::Pelvis, |sample| sample.specific_force[axis] = 0.0);
        assert!(steps(&events).len().abs_diff(usual) <= 4, "{axis}");
        let lean_deg = mean_lean_deg(&events, 20.0..60.0);
        assert!(
            lean_deg.is_some_and(|deg| (deg - GOOD[0]).abs() < 1.0),
            "{lean_deg:?}"
        );
        let frozen = gaps(&events, GapReason::Frozen);
        assert!(frozen.iter().all(|gap| gap.site == Some(Site::Pelvis)) && !frozen.is_empty());
    }
}

#[test]
fn pods_that_both_stop_measuring_are_named_until_the_end() {
    let mut simulation = run();
    for site in Site::LEAN {
        change(&mut simulation, site, |pod| {
            let last = pod.samples.iter().rfind(|sample| sample.time_s < AT_S).copied();
            let last = last.expect("the pod measured before");
            for sample in pod.samples.iter_mut().filter(|sample| sample.time_s >= AT_S) {
                *sample = crate::pod::sample::ImuSample {
                    time_s: sample.time_s,
                    ..last
                };
            }
        });
    }
    let frozen = gaps(&events_of(&simulation), GapReason::Frozen);
    for site in Site::LEAN {
        let end_s = simulation
            .pod(site)
            .and_then(|pod| pod.samples.last())
            .map(|last| last.time_s);
        let named = frozen.iter().any(|gap| {
            gap.site == Some(site)
                && (gap.start_s - AT_S).abs() < 1.0
                && end_s.is_some_and(|end_s| (gap.end_s - end_s).abs() < 1.0)
        });
        assert!(named, "{site:?}: {frozen:?}");
    }
}

#[test]
fn a_left_handed_pod_is_named_and_its_gyroscope_none_from_then_on() {
    for site in Site::LEAN {
        let mut simulation = run();
        change(&mut simulation, site, |pod| {
            for sample in &mut pod.samples {
                sample.angular_velocity = sample.angular_velocity.map(|turn| -turn);
            }
        });
        let mut events = Vec::new();
        let pipeline = Pipeline::new(OwnReference::default(), &[]);
        let pipeline = play_to(pipeline, &simulation, &mut |event| events.push(event));
        let named = gaps(&events, GapReason::SensorsDisagree);
        assert!(
            named.iter().any(|gap| gap.site == Some(site)),
            "{site:?}: {named:?}"
        );
        assert_eq!(pipeline.has_gyro(site), Some(false), "{site:?}");
    }
    let named = gaps(&events_of(&run()), GapReason::SensorsDisagree);
    assert_eq!(named, []);
}
