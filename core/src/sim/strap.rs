//! How a worn pod differs from one that is screwed on: it settles after the stand, it slips, and its strap gives.
//!
//! Adds no motion of the body: what a strap does is the pod's error and never in the truth.
//! Invariant: a firm strap leaves every sample as it was.

use core::f64::consts::TAU;

use glam::{DQuat, DVec3};

use super::{
    body::SegmentMotion,
    easing::ease_over,
    random::{self, Random},
};
use crate::units::GRAVITY;

/// Steps of the integration within one sample: a strap of 22 Hz stays stable down to 25 samples a second.
const SUBSTEPS: u32 = 16;
/// How long rubbing goes on one way, seconds: it reaches to 30 Hz. Ours.
const RUBBING_S: f64 = 0.005;

/// What a strap does to its pod.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strap {
    /// Every time the pod turns on the body for good.
    pub slips: Vec<Slip>,
    /// How strap and skin give way to a push.
    pub spring: Option<Spring>,
    /// How they turn under one.
    pub wobble: Option<Wobble>,
    /// How irregularly pod and skin rub on each other: noise of a tenth of what the body is accelerated by is 0.1.
    pub slack: f64,
}

/// A mass on springs and dampers: what is slow passes, what is near a frequency is amplified, what is fast is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spring {
    /// Its own frequency fore and aft, up and down and sideways, Hz.
    pub hertz: [f64; 3],
    /// Damping as a share of the critical one.
    pub damping: f64,
}

/// A pod that turns a little where it is pushed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wobble {
    /// Its own frequency, Hz.
    pub hertz: f64,
    /// Damping as a share of the critical one.
    pub damping: f64,
    /// What an acceleration of 1 g turns it by about the axes forward, up and to the right, degrees.
    pub deg_per_g: [f64; 3],
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
    rng: Random,
    time_s: f64,
    rubbing: DVec3,
    spring: Option<Oscillator>,
    wobble: Option<Oscillator>,
}

impl<'a> WornStrap<'a> {
    pub(super) const fn new(strap: &'a Strap, rng: Random) -> Self {
        Self {
            strap,
            rng,
            time_s: 0.0,
            rubbing: DVec3::ZERO,
            spring: None,
            wobble: None,
        }
    }

    /// What the pod turns and feels, in the segment's axes as the pod takes them to be.
    pub(super) fn carry(&mut self, motion: SegmentMotion, time_s: f64) -> SegmentMotion {
        if self.strap.is_firm() {
            return motion;
        }
        let mut force = motion.specific_force;
        if let Some(spring) = self.strap.spring {
            let at_rest = || Oscillator::at_rest(spring.hertz, spring.damping, force, time_s);
            let oscillator = self.spring.get_or_insert_with(at_rest);
            let (place, speed) = oscillator.follow(force, time_s);
            // The damper pushes too: what is fast comes through weakened, not cut off.
            force = place + 2.0 * spring.damping * speed / oscillator.omega;
        }
        force += self.rubbed(motion.specific_force, time_s);
        let (mut turned, mut rate) = self.strap.slipped(time_s);
        if let Some(wobble) = self.strap.wobble {
            let torque = wobble.torque(force);
            let at_rest = || Oscillator::at_rest([wobble.hertz; 3], wobble.damping, torque, time_s);
            let (angle, speed) = self.wobble.get_or_insert_with(at_rest).follow(torque, time_s);
            turned += angle;
            rate += speed;
        }
        // A pod that tips forward sees the world tip back.
        let to_pod = DQuat::from_scaled_axis(turned).inverse();
        SegmentMotion {
            specific_force: to_pod * force,
            angular_velocity: to_pod * (motion.angular_velocity + rate),
        }
    }

    /// What rubbing adds: noise as large as a share of the body's acceleration.
    fn rubbed(&mut self, force: DVec3, time_s: f64) -> DVec3 {
        let share = ((time_s - self.time_s) / RUBBING_S).clamp(0.0, 1.0);
        self.time_s = time_s;
        if self.strap.slack > 0.0 {
            let fresh = random::normal3(&mut self.rng, 1.0);
            self.rubbing = self.rubbing * (1.0 - share) + fresh * (2.0 * share - share * share).sqrt();
        }
        let accelerated = (force - DVec3::Y * GRAVITY).length();
        self.rubbing * self.strap.slack * accelerated
    }
}

impl Wobble {
    /// The angles a lasting force would turn the pod by, radians: a pod hangs off the body it is strapped to, so what
    /// pushes up tips it, and what pushes sideways rolls and turns it.
    fn torque(self, force: DVec3) -> DVec3 {
        let push = (force - DVec3::Y * GRAVITY) / GRAVITY;
        let deg = DVec3::from_array(self.deg_per_g) * DVec3::new(push.z, push.z, push.x - push.y);
        deg.map(f64::to_radians)
    }
}

/// Three numbers that follow three others as masses on springs do.
#[derive(Clone, Copy, Debug)]
struct Oscillator {
    omega: DVec3,
    damping: f64,
    time_s: f64,
    driven: DVec3,
    place: DVec3,
    speed: DVec3,
}

impl Oscillator {
    fn at_rest(hertz: [f64; 3], damping: f64, driven: DVec3, time_s: f64) -> Self {
        Self {
            omega: DVec3::from_array(hertz) * TAU,
            damping,
            time_s,
            driven,
            place: driven,
            speed: DVec3::ZERO,
        }
    }

    /// Where it is, and how fast it moves, once it has been driven evenly from the last value to this one.
    fn follow(&mut self, driven: DVec3, time_s: f64) -> (DVec3, DVec3) {
        let step_s = (time_s - self.time_s) / f64::from(SUBSTEPS);
        self.time_s = time_s;
        for substep in 1..=SUBSTEPS {
            let here = self.driven.lerp(driven, f64::from(substep) / f64::from(SUBSTEPS));
            let pull = self.omega * self.omega * (here - self.place);
            self.speed += (pull - 2.0 * self.damping * self.omega * self.speed) * step_s;
            self.place += self.speed * step_s;
        }
        self.driven = driven;
        (self.place, self.speed)
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
            spring: Some(Spring {
                hertz: [15.0; 3],
                damping: 0.1,
            }),
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
        let mut worn = WornStrap::new(&strap, random::stream(1, random::Stream::Strap(Site::Chest)));
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
