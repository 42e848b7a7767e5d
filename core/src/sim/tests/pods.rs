//! The pods on the body: mounted any way up, faulty when told to be, and no part of the motion.

use super::*;

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
