//! Acts against what their names and numbers promise.

use super::*;

#[test]
fn the_truth_has_the_cadence_lean_and_bend_that_were_asked_for() {
    let simulation = simulate(&ideal(vec![Act::Stand { seconds: 4.0 }, run(60.0)]));
    let steps: Vec<_> = simulation.truth.running_steps(12.0, 58.0).collect();
    let mean =
        |of: fn(&StepTruth) -> f64| steps.iter().map(|step| of(step)).sum::<f64>() / steps.len() as f64;
    assert!((mean(|step| step.cadence_spm) - 168.0).abs() < 0.5);
    assert!((mean(|step| step.trunk_lean_deg) - 8.0).abs() < 0.15);
    assert!((mean(StepTruth::waist_bend_deg) - 3.0).abs() < 0.02);
    assert!((mean(StepTruth::ground_contact_ms) - 250.0).abs() < 1.5);
    assert!((mean(|step| step.mid_stance_timing.unwrap()) - 0.06).abs() < 0.01);
    assert!((60.0..100.0).contains(&mean(|step| step.vertical_oscillation_mm)));
}

#[test]
fn runners_fly_and_walkers_do_not() {
    let scenario = ideal(vec![
        Act::Walk {
            seconds: 20.0,
            speed_mps: 1.3,
        },
        Act::Stand { seconds: 2.0 },
        run(20.0),
    ]);
    let simulation = simulate(&scenario);
    let pelvis = simulation.pod(Site::Pelvis).unwrap();
    let lightest = |from_s: f64, until_s: f64| {
        let inside = pelvis
            .samples
            .iter()
            .filter(move |sample| (from_s..until_s).contains(&sample.time_s));
        inside
            .map(|sample| sample.specific_force.length())
            .fold(f64::INFINITY, f64::min)
    };
    assert!(lightest(0.0, 20.0) > 0.58 * GRAVITY);
    assert!(lightest(26.0, 38.0) < 0.01);
    assert!(
        simulation
            .truth
            .steps
            .iter()
            .all(|step| step.running == (step.initial_contact_s > 22.0))
    );
}

#[test]
fn a_fall_begins_with_the_pelvis_forward_and_the_acceleration_of_its_angle() {
    let falls = |angle_deg, bend_deg| Act::LeanAndFalls {
        count: 4,
        angle_deg,
        bend_deg,
    };
    let good = simulate(&ideal(vec![falls(10.0, 0.0)])).truth.repetitions;
    assert_eq!(good.len(), 4);
    for repetition in &good {
        let launch = repetition.launch.unwrap();
        assert!((launch.expected_angle_deg() - repetition.angle_deg).abs() < 0.5);
        assert!((100.0..250.0).contains(&repetition.pelvis_forward_mm));
        assert!(repetition.pelvis_back_mm < 1.0);
    }
    for repetition in simulate(&ideal(vec![falls(4.0, 14.0)])).truth.repetitions {
        assert!(repetition.pelvis_back_mm > 10.0, "{repetition:?}");
    }
}

#[test]
fn hops_fly_and_stairs_do_not_and_neither_is_running() {
    let hops = Act::Hop {
        seconds: 12.0,
        hops_per_minute: 130.0,
        ground_contact_ms: 260.0,
    };
    let stairs = |down| Act::Stairs { seconds: 12.0, down };
    let stand = Act::Stand { seconds: 3.0 };
    let simulation = simulate(&ideal(vec![
        stand,
        hops,
        stand,
        stairs(false),
        stairs(true),
        stand,
    ]));
    let most_and_least_g = |act: usize| {
        let act = simulation.truth.acts[act];
        let pelvis = simulation.pod(Site::Pelvis).unwrap();
        let inside = pelvis
            .samples
            .iter()
            .filter(|sample| (act.start_s + 3.0..act.end_s - 3.0).contains(&sample.time_s));
        inside
            .map(|sample| sample.specific_force.length() / GRAVITY)
            .fold((0.0, f64::INFINITY), |(most, least): (f64, f64), g| {
                (most.max(g), least.min(g))
            })
    };
    let (hop, up, down) = (most_and_least_g(1), most_and_least_g(3), most_and_least_g(4));
    assert!(hop.0 > 2.0 && hop.1 < 0.1, "{hop:?}");
    assert!(up.1 > 0.5 && down.0 > up.0 + 0.1, "{up:?} {down:?}");
    assert!(simulation.truth.steps.len() > 40);
    assert!(simulation.truth.steps.iter().all(|step| !step.running));
}

#[test]
fn a_swaying_stand_sways_as_far_as_asked_and_ends_upright() {
    let sway = Act::SwayingStand {
        seconds: 8.0,
        sway_deg: 4.0,
    };
    let simulation = simulate(&ideal(vec![sway, Act::Stand { seconds: 2.0 }]));
    let mut lean_deg = 0.0;
    let leans: Vec<f64> = simulation.pods[0]
        .samples
        .iter()
        .map(|sample| {
            lean_deg -= sample.angular_velocity.unwrap().z.to_degrees() / 104.0;
            lean_deg
        })
        .collect();
    let most = leans.iter().copied().fold(0.0, f64::max);
    assert!((3.0..4.6).contains(&most), "{most}");
    assert!(leans.last().unwrap().abs() < 0.4);
}
