//! The simulated body against mechanics: what any real body would also have to obey.

use glam::{DQuat, DVec3};

use super::{motion::Timeline, *};
use crate::{pod::site::Site, units::GRAVITY};

fn run(seconds: f64) -> Act {
    Act::Run {
        seconds,
        speed_mps: 3.0,
        cadence_spm: 168.0,
        lean_deg: [8.0, 8.0],
        bend_deg: [3.0, 3.0],
        timing: 0.06,
        ground_contact_ms: 250.0,
    }
}

fn everything() -> Vec<Act> {
    vec![
        Act::Stand { seconds: 5.0 },
        Act::Walk {
            seconds: 8.0,
            speed_mps: 1.3,
        },
        Act::Stand { seconds: 3.0 },
        Act::WallTilts {
            count: 2,
            angle_deg: 6.0,
            hold_s: 3.0,
            bend_deg: 8.0,
        },
        Act::LeanAndFalls {
            count: 2,
            angle_deg: 10.0,
            bend_deg: 7.0,
        },
        Act::Walk {
            seconds: 6.0,
            speed_mps: 1.2,
        },
        run(20.0),
        Act::Run {
            seconds: 15.0,
            speed_mps: 3.5,
            cadence_spm: 176.0,
            lean_deg: [10.0, 6.0],
            bend_deg: [5.0, 2.0],
            timing: 0.1,
            ground_contact_ms: 230.0,
        },
        Act::Walk {
            seconds: 5.0,
            speed_mps: 1.2,
        },
        Act::Stand { seconds: 3.0 },
    ]
}

fn ideal(acts: Vec<Act>) -> Scenario {
    Scenario {
        pods: Site::ALL.map(PodSetup::ideal).to_vec(),
        ..Scenario::new(7, acts)
    }
}

/// The orientation of a segment, from the model.
fn orientation(timeline: &Timeline, site: Site, time_s: f64) -> DQuat {
    body::orientation(&timeline.pose(time_s), site)
}

#[test]
fn a_standing_pod_reads_gravity_whatever_its_mounting() {
    let mut scenario = Scenario::new(3, vec![Act::Stand { seconds: 10.0 }]);
    for pod in &mut scenario.pods {
        pod.accelerometer_bias_mps2 = DVec3::ZERO;
    }
    for pod in &simulate(&scenario).pods {
        let sum: DVec3 = pod.samples.iter().map(|sample| sample.specific_force).sum();
        let mean = sum / pod.samples.len() as f64;
        assert!((mean.length() - GRAVITY).abs() < 0.01);
        let up = pod.setup.mounting * mean.normalize();
        assert!(up.angle_between(DVec3::Y).to_degrees() < 0.3);
    }
}

#[test]
fn a_stand_sways_less_than_a_third_of_a_degree() {
    let simulation = simulate(&ideal(vec![Act::Stand { seconds: 60.0 }]));
    for sample in &simulation.pods[0].samples {
        assert!(sample.specific_force.angle_between(DVec3::Y).to_degrees() < 0.3);
        assert!(sample.angular_velocity.unwrap().length().to_degrees() < 1.0);
    }
}

#[test]
fn steady_strides_carry_exactly_the_body_weight() {
    let scenario = ideal(vec![run(40.0)]);
    let timeline = Timeline::new(&scenario);
    let simulation = simulate(&scenario);
    let steps: Vec<_> = simulation.truth.running_steps(8.0, 32.0).collect();
    let (from_s, until_s) = (steps[0].initial_contact_s, steps[60].initial_contact_s);
    for pod in &simulation.pods {
        let inside: Vec<_> = pod
            .samples
            .iter()
            .filter(|sample| (from_s..until_s).contains(&sample.time_s))
            .collect();
        let sum: DVec3 = inside
            .iter()
            .map(|sample| orientation(&timeline, pod.site, sample.time_s) * sample.specific_force)
            .sum();
        let mean = sum / inside.len() as f64;
        let error = mean - DVec3::Y * GRAVITY;
        assert!(error.length() < 0.06, "{:?} {error}", pod.site);
    }
}

#[test]
fn the_gyroscope_integrates_to_the_change_of_orientation() {
    let mut scenario = ideal(everything());
    scenario.rate_hz = 500.0;
    let timeline = Timeline::new(&scenario);
    for pod in &simulate(&scenario).pods {
        let interval_s = 1.0 / scenario.rate_hz;
        let mut turned = orientation(&timeline, pod.site, -0.5 * interval_s);
        for sample in &pod.samples {
            turned *= DQuat::from_scaled_axis(sample.angular_velocity.unwrap() * interval_s);
            let truth = orientation(&timeline, pod.site, sample.time_s + 0.5 * interval_s);
            let error_deg = turned.angle_between(truth).to_degrees();
            assert!(error_deg < 0.5, "{error_deg} at {}", sample.time_s);
        }
    }
}

#[test]
fn nothing_jumps_where_two_acts_meet() {
    let mut scenario = ideal(everything());
    scenario.rate_hz = 1000.0;
    let simulation = simulate(&scenario);
    for pod in &simulation.pods {
        for acts in simulation.truth.acts.windows(2) {
            let act = acts[1];
            if acts.iter().all(|act| matches!(act.act, Act::Run { .. })) {
                // Feet keep striking there; the next test bounds that.
                continue;
            }
            for pair in pod.samples.windows(2) {
                if (pair[0].time_s - act.start_s).abs() < 0.05 {
                    let jump = (pair[1].specific_force - pair[0].specific_force).length();
                    assert!(jump < 0.5, "{jump} m/s² at {} {:?}", pair[0].time_s, act.act);
                    let turn = pair[1].angular_velocity.unwrap() - pair[0].angular_velocity.unwrap();
                    assert!(turn.length() < 0.05, "{turn} rad/s at {}", pair[0].time_s);
                }
            }
        }
    }
}

#[test]
fn no_sample_anywhere_is_farther_from_the_last_than_a_foot_strike_allows() {
    let mut scenario = ideal(everything());
    scenario.rate_hz = 1000.0;
    for pod in &simulate(&scenario).pods {
        for pair in pod.samples.windows(2) {
            let jump = (pair[1].specific_force - pair[0].specific_force).length();
            assert!(jump < 2.0, "{jump} m/s² in a millisecond at {}", pair[0].time_s);
        }
    }
}

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
fn equal_seeds_give_equal_samples_and_other_seeds_give_others() {
    let simulation = |seed| simulate(&Scenario::new(seed, vec![run(10.0)]));
    assert_eq!(simulation(1), simulation(1));
    assert_ne!(simulation(1).pods[0].samples, simulation(2).pods[0].samples);
}

#[test]
fn another_pod_leaves_the_body_as_it_was() {
    let mut scenario = Scenario::new(5, everything());
    let both = simulate(&scenario).truth;
    scenario.pods.truncate(1);
    assert_eq!(simulate(&scenario).truth, both);
}

#[test]
fn pods_are_stuck_on_any_way_up() {
    let ups: Vec<f64> = (0..200)
        .map(|seed| (PodSetup::typical(Site::Chest, seed).mounting * DVec3::Y).y)
        .collect();
    for quarter in [-1.0, -0.5, 0.0, 0.5] {
        let share = ups
            .iter()
            .filter(|up| (quarter..quarter + 0.5).contains(*up))
            .count();
        assert!(share > 30, "{share} of 200 from {quarter}");
    }
}

#[test]
fn a_frozen_pod_repeats_one_sample_and_then_goes_on() {
    let mut scenario = Scenario::new(3, vec![Act::Stand { seconds: 9.0 }]);
    let whole = simulate(&scenario);
    scenario.pods[1].frozen_s = Some([2.0, 7.0]);
    let stuck = simulate(&scenario);
    assert_eq!(stuck.pods[0].samples, whole.pods[0].samples);
    let inside = |sample: &&crate::pod::sample::ImuSample| (2.0..7.0).contains(&sample.time_s);
    let mut forces: Vec<_> = stuck.pods[1]
        .samples
        .iter()
        .filter(inside)
        .map(|sample| sample.specific_force)
        .collect();
    assert!(forces.len() > 500);
    forces.dedup();
    assert_eq!(forces.len(), 1);
    assert_eq!(stuck.pods[1].samples.last(), whole.pods[1].samples.last());
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
