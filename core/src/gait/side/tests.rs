use super::*;
use crate::{
    body::sample::{BodySample, GRID_HZ, time_s},
    gait::detector::StepDetector,
    units::GRAVITY,
};

const PERIOD_S: f64 = 0.36;
const CONTACT_S: f64 = 0.25;

/// What a chest feels of steps that begin at even times, the even ones on the right foot, but for those in `missing`.
fn run(yaw_radps: f64, missing: &[i64]) -> Vec<Step> {
    let mut detector = StepDetector::default();
    let body = |k: i64| {
        let step = (time_s(k) / PERIOD_S).floor();
        let elapsed_s = time_s(k) - step * PERIOD_S;
        let stance = (std::f64::consts::PI * (elapsed_s / CONTACT_S).min(1.0)).sin();
        let lost = missing.contains(&(step as i64));
        let force = if lost {
            0.0
        } else {
            0.5 * std::f64::consts::PI * PERIOD_S / CONTACT_S * stance
        };
        let right = if (step as i64) % 2 == 0 { 1.0 } else { -1.0 };
        BodySample {
            time_s: time_s(k),
            chest: Some(SegmentSample {
                inclination_deg: None,
                acceleration: DVec3::new(0.0, (force - 1.0) * GRAVITY, 0.0),
                angular_velocity: DVec3::new(0.0, right * yaw_radps * stance + 0.1, 0.0),
            }),
            pelvis: None,
        }
    };
    (1..(12.0 * GRID_HZ) as i64)
        .filter_map(|k| detector.push(k, &body(k)))
        .collect()
}

fn truth(step: &Step) -> Side {
    let middle = 0.5 * (step.initial_contact_s + step.toe_off_s);
    if ((middle / PERIOD_S).floor() as i64) % 2 == 0 {
        Side::Right
    } else {
        Side::Left
    }
}

#[test]
fn a_chest_that_turns_against_the_legs_tells_the_side_after_three_steps() {
    let steps = run(1.5, &[]);
    assert!(steps.len() > 28);
    assert!(steps[4..].iter().all(|step| step.side == truth(step)));
}

#[test]
fn a_lost_step_makes_the_next_sides_unknown_but_never_wrong() {
    let steps = run(1.5, &[15]);
    let opposite = |step: &&Step| step.side == truth(step).other();
    assert_eq!(steps.iter().filter(opposite).count(), 0);
    let after: Vec<Side> = steps
        .iter()
        .skip_while(|step| step.initial_contact_s < 16.0 * PERIOD_S)
        .map(|step| step.side)
        .collect();
    assert!(
        after.first() == Some(&Side::Unknown) && after.last() != Some(&Side::Unknown),
        "{after:?}"
    );
}

#[test]
fn a_chest_that_does_not_turn_tells_no_side() {
    assert!(run(0.0, &[]).iter().all(|step| step.side == Side::Unknown));
}

#[test]
fn hopping_on_both_feet_is_never_steady_for_long() {
    let steady = |yaw_radps| {
        run(yaw_radps, &[])[24..]
            .iter()
            .filter(|step| step.steady)
            .count()
    };
    assert_eq!(steady(0.0), 0);
    assert!(steady(1.5) > 5);
}

#[test]
fn the_first_steps_get_their_side_from_the_later_ones() {
    let mut steps = run(1.5, &[15]);
    fill_back(&mut steps);
    let known = steps.iter().filter(|step| step.side == truth(step)).count();
    assert!(known + 2 >= steps.len(), "{known} of {}", steps.len());
    assert!(steps.iter().all(|step| step.side != truth(step).other()));
}
