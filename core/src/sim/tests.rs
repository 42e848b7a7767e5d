//! The simulated body against mechanics: what any real body would also have to obey.

mod acts;
mod pods;

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
        pods: Site::LEAN.map(PodSetup::ideal).to_vec(),
        ..Scenario::new(7, acts)
    }
}

/// The orientation of a segment, from the model.
fn orientation(timeline: &Timeline, site: Site, time_s: f64) -> DQuat {
    body::orientation(&timeline.pose(time_s), site)
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
fn equal_seeds_give_equal_samples_and_other_seeds_give_others() {
    let simulation = |seed| simulate(&Scenario::new(seed, vec![run(10.0)]));
    assert_eq!(simulation(1), simulation(1));
    assert_ne!(simulation(1).pods[0].samples, simulation(2).pods[0].samples);
}
