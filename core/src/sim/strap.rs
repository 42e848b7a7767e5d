//! How a worn pod differs from one that is screwed on: it settles after the stand, it slips, and its strap gives.
//!
//! Adds no motion of the body: what a strap does is the pod's error and never in the truth.
//! Invariant: a firm strap leaves every sample as it was.

use core::f64::consts::TAU;

use glam::{DQuat, DVec3};

use super::{body::SegmentMotion, easing::ease_over};

/// Steps of the integration within one sample: a strap of 22 Hz stays stable down to 25 samples a second.
const SUBSTEPS: u32 = 16;

/// What a strap does to its pod.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strap {
    /// Every time the pod turns on the body for good.
    pub slips: Vec<Slip>,
    /// A strap that rings: its frequency, Hz, and its damping as a share of the critical one.
    pub ringing: Option<(f64, f64)>,
}

/// The pod turns on the body and stays so: what was the neutral before is wrong by this much after.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slip {
    /// When it begins, true seconds since the scenario began.
    pub at_s: f64,
    /// How long it takes, seconds: some hundredths for a jerk, a second for a slide, minutes for a creep.
    pub over_s: f64,
    /// How far the pod turns forward, to the right and about the vertical to the left, degrees.
    pub turn_deg: [f64; 3],
}

impl Slip {
    /// The pod tips forward.
    #[must_use]
    pub const fn forward(at_s: f64, over_s: f64, degrees: f64) -> Self {
        Self {
            at_s,
            over_s,
            turn_deg: [degrees, 0.0, 0.0],
        }
    }

    /// The whole turn as a rotation vector in the segment's axes, radians.
    fn whole(self) -> DVec3 {
        let [forward, right, left_turn] = self.turn_deg.map(f64::to_radians);
        DVec3::new(right, left_turn, -forward)
    }
}

impl Strap {
    /// Whether the pod sits as if screwed on.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        *self == Self::default()
    }

    /// How far the pod has turned on the segment at this time, and how fast it turns, both in the segment's axes.
    fn slipped(&self, time_s: f64) -> (DVec3, DVec3) {
        let none = (DVec3::ZERO, DVec3::ZERO);
        self.slips.iter().fold(none, |(turned, rate), slip| {
            let share = ease_over(time_s - slip.at_s, slip.over_s.max(1e-3));
            (
                turned + slip.whole() * share.value,
                rate + slip.whole() * share.rate,
            )
        })
    }
}

/// A strap while the pod records.
#[derive(Clone, Debug)]
pub(super) struct WornStrap<'a> {
    strap: &'a Strap,
    ring: Option<Ring>,
}

/// A mass on a spring and a damper: what is slow passes, what is near the frequency is amplified.
#[derive(Clone, Copy, Debug)]
struct Ring {
    omega: f64,
    damping: f64,
    time_s: f64,
    before: DVec3,
    stretch: DVec3,
    speed: DVec3,
}

impl<'a> WornStrap<'a> {
    pub(super) const fn new(strap: &'a Strap) -> Self {
        Self { strap, ring: None }
    }

    /// What the pod turns and feels, in the segment's axes as the pod takes them to be.
    pub(super) fn carry(&mut self, motion: SegmentMotion, time_s: f64) -> SegmentMotion {
        let mut felt = motion;
        if let Some((frequency_hz, damping)) = self.strap.ringing {
            let at_rest = || Ring::at_rest(TAU * frequency_hz, damping, motion.specific_force, time_s);
            let ring = self.ring.get_or_insert_with(at_rest);
            felt.specific_force = ring.carry(motion.specific_force, time_s);
        }
        if self.strap.slips.is_empty() {
            return felt;
        }
        let (turned, rate) = self.strap.slipped(time_s);
        // A pod that tips forward sees the world tip back.
        let to_slipped = DQuat::from_scaled_axis(turned).inverse();
        SegmentMotion {
            specific_force: to_slipped * felt.specific_force,
            angular_velocity: to_slipped * (felt.angular_velocity + rate),
        }
    }
}

impl Ring {
    fn at_rest(omega: f64, damping: f64, force: DVec3, time_s: f64) -> Self {
        Self {
            omega,
            damping,
            time_s,
            before: force,
            stretch: -force / (omega * omega),
            speed: DVec3::ZERO,
        }
    }

    fn carry(&mut self, force: DVec3, time_s: f64) -> DVec3 {
        let step_s = (time_s - self.time_s) / f64::from(SUBSTEPS);
        self.time_s = time_s;
        for substep in 1..=SUBSTEPS {
            let here = self.before.lerp(force, f64::from(substep) / f64::from(SUBSTEPS));
            self.speed += (-here - self.pull()) * step_s;
            self.stretch += self.speed * step_s;
        }
        self.before = force;
        -self.pull()
    }

    /// What spring and damper do to the pod, m/s².
    fn pull(&self) -> DVec3 {
        self.omega * self.omega * self.stretch + 2.0 * self.damping * self.omega * self.speed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pod::site::Site,
        sim::{Act, PodSetup, Scenario, SimulatedPod, simulate},
        units::GRAVITY,
    };

    fn standing(strap: Strap) -> SimulatedPod {
        let setup = PodSetup {
            strap,
            ..PodSetup::ideal(Site::Chest)
        };
        let scenario = Scenario {
            pods: vec![setup],
            ..Scenario::new(2, vec![Act::Stand { seconds: 10.0 }])
        };
        simulate(&scenario).pods.remove(0)
    }

    fn ringing() -> Strap {
        Strap {
            ringing: Some((15.0, 0.1)),
            ..Strap::default()
        }
    }

    #[test]
    fn a_ringing_strap_passes_gravity() {
        let pod = standing(ringing());
        assert_ne!(pod.samples, standing(Strap::default()).samples);
        for sample in &pod.samples {
            assert!((sample.specific_force.length() - GRAVITY).abs() < 0.2);
        }
    }

    #[test]
    fn a_ringing_strap_amplifies_its_own_frequency() {
        let strap = ringing();
        let mut worn = WornStrap::new(&strap);
        let mut largest = 0.0_f64;
        for index in 0..1040 {
            let time_s = f64::from(index) / 104.0;
            let motion = SegmentMotion {
                specific_force: DVec3::Y * (TAU * 15.0 * time_s).sin(),
                angular_velocity: DVec3::ZERO,
            };
            let felt = worn.carry(motion, time_s).specific_force.y.abs();
            largest = largest.max(if time_s > 5.0 { felt } else { 0.0 });
        }
        // 1 / (2 damping) and a little: sqrt(1 + 0.04) / 0.2 = 5.1.
        assert!((4.0..6.2).contains(&largest), "{largest}");
    }

    #[test]
    fn a_pod_that_slips_forward_reads_that_much_more_lean_and_its_gyroscope_sees_the_slip() {
        for over_s in [0.05, 1.0, 4.0] {
            let pod = standing(Strap {
                slips: vec![Slip::forward(3.0, over_s, 8.0)],
                ..Strap::default()
            });
            let lean_deg = |index: usize| {
                let force = pod.samples[index].specific_force;
                // Gravity's reaction moves to the back of a pod that tips forward.
                (-force.x).atan2(force.y).to_degrees()
            };
            assert!(lean_deg(300).abs() < 0.4);
            assert!((lean_deg(900) - 8.0).abs() < 0.4, "{}", lean_deg(900));
            let turned: f64 = pod
                .samples
                .iter()
                .map(|sample| -sample.angular_velocity.unwrap().z.to_degrees() / 104.0)
                .sum();
            assert!((turned - 8.0).abs() < 1.0, "{turned}");
        }
    }
}
