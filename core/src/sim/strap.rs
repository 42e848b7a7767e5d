//! How a worn pod differs from one that is screwed on: it settles after the stand, and its strap gives.
//!
//! Adds no motion of the body. Invariant: without slip and without a ringing strap the samples stay as they were.

use core::f64::consts::TAU;

use glam::{DQuat, DVec3};

use super::pod::SimulatedPod;

/// A pod settles over this long, seconds. Ours.
const SETTLES_S: f64 = 2.0;
/// Steps of the integration within one sample: a strap of 22 Hz stays stable down to 25 samples a second.
const SUBSTEPS: u32 = 16;

/// What a strap does to its pod.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Strap {
    /// How far the pod tips forward when the runner sets off, degrees: the error of a standing neutral.
    pub slip_deg: f64,
    /// A strap that rings: its frequency, Hz, and its damping as a share of the critical one.
    pub ringing: Option<(f64, f64)>,
}

impl Strap {
    /// Changes the samples of a pod that settles from `from_s` on.
    pub(super) fn act_on(self, pod: &mut SimulatedPod, from_s: f64) {
        if let Some((frequency_hz, damping)) = self.ringing {
            ring(pod, TAU * frequency_hz, damping);
        }
        let right = pod.setup.mounting.inverse() * DVec3::Z;
        for sample in &mut pod.samples {
            let share = ((sample.time_s - from_s) / SETTLES_S).clamp(0.0, 1.0);
            // A pod that tips forward sees the world tip back.
            let turned = DQuat::from_axis_angle(right, share * self.slip_deg.to_radians());
            sample.specific_force = turned * sample.specific_force;
            sample.angular_velocity = sample.angular_velocity.map(|turn| turned * turn);
        }
    }
}

/// A mass on a spring and a damper: what is slow passes, what is near the frequency is amplified.
fn ring(pod: &mut SimulatedPod, omega: f64, damping: f64) {
    let Some(first) = pod.samples.first().map(|sample| sample.specific_force) else {
        return;
    };
    let (mut before, mut stretch, mut speed) = (first, -first / (omega * omega), DVec3::ZERO);
    let mut time_s = 0.0;
    for sample in &mut pod.samples {
        let step_s = (sample.time_s - time_s) / f64::from(SUBSTEPS);
        time_s = sample.time_s;
        for substep in 1..=SUBSTEPS {
            let force = before.lerp(sample.specific_force, f64::from(substep) / f64::from(SUBSTEPS));
            speed += (-force - omega * omega * stretch - 2.0 * damping * omega * speed) * step_s;
            stretch += speed * step_s;
        }
        before = sample.specific_force;
        sample.specific_force = -(omega * omega * stretch + 2.0 * damping * omega * speed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pod::site::Site,
        sim::{Act, PodSetup, Scenario, simulate},
        units::GRAVITY,
    };

    fn standing() -> SimulatedPod {
        let scenario = Scenario {
            pods: vec![PodSetup::ideal(Site::Chest)],
            ..Scenario::new(2, vec![Act::Stand { seconds: 10.0 }])
        };
        simulate(&scenario).pods.remove(0)
    }

    #[test]
    fn a_firm_strap_changes_nothing_and_a_ringing_one_passes_gravity() {
        let (mut pod, before) = (standing(), standing());
        Strap::default().act_on(&mut pod, 3.0);
        assert_eq!(pod, before);
        let ringing = Some((15.0, 0.1));
        Strap {
            slip_deg: 0.0,
            ringing,
        }
        .act_on(&mut pod, 3.0);
        assert_ne!(pod, before);
        for sample in &pod.samples {
            assert!((sample.specific_force.length() - GRAVITY).abs() < 0.2);
        }
    }

    #[test]
    fn a_ringing_strap_amplifies_its_own_frequency() {
        let mut pod = standing();
        for sample in &mut pod.samples {
            sample.specific_force = DVec3::Y * (TAU * 15.0 * sample.time_s).sin();
        }
        let ringing = Some((15.0, 0.1));
        Strap {
            slip_deg: 0.0,
            ringing,
        }
        .act_on(&mut pod, 3.0);
        let settled = pod.samples.iter().filter(|sample| sample.time_s > 5.0);
        let largest = settled
            .map(|sample| sample.specific_force.y.abs())
            .fold(0.0, f64::max);
        // 1 / (2 damping) and a little: sqrt(1 + 0.04) / 0.2 = 5.1.
        assert!((4.0..6.2).contains(&largest), "{largest}");
    }

    #[test]
    fn a_pod_that_slips_forward_reads_that_much_more_lean() {
        let mut pod = standing();
        let strap = Strap {
            slip_deg: 5.0,
            ringing: None,
        };
        strap.act_on(&mut pod, 3.0);
        let lean_deg = |index: usize| {
            let force = pod.samples[index].specific_force;
            // Gravity's reaction moves to the back of a pod that tips forward.
            (-force.x).atan2(force.y).to_degrees()
        };
        assert!(lean_deg(100).abs() < 0.4);
        assert!((lean_deg(900) - 5.0).abs() < 0.4, "{}", lean_deg(900));
    }
}
