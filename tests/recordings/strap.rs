//! A strap as straps are: the pod hangs on soft tissue, wobbles, is struck at every landing and slips slowly.
//!
//! For judging only, and apart from the synthetic runner of the core, so that nothing is judged by what it was made
//! from. Not a model of any one strap: sizes are ours, chosen so that peaks and spectrum resemble real waist recordings
//! (the accuracy report prints both). Invariant: a pod that stands still feels gravity alone.

use glam::{DQuat, DVec3};
use plumbline_core::units::GRAVITY;

use crate::chance::Chance;

const TAU: f64 = std::f64::consts::TAU;

/// What one strap does.
#[derive(Clone, Copy, Debug)]
pub struct Strap {
    /// How the pod moves along forward, up and right: natural frequency, Hz, and share of critical damping.
    pub carries: [(f64, f64); 3],
    /// How it wobbles about forward, up and right.
    pub wobbles: [(f64, f64); 3],
    /// How far a push along forward and up tips it about each axis, rad per metre.
    pub lever: [DVec3; 2],
    /// Size of the blow at a landing along forward, up and right, m/s².
    pub blow_mps2: DVec3,
    /// Its frequency, Hz, and how fast it dies, seconds.
    pub blow: (f64, f64),
    /// Where the pod settles after the stand, radians about each axis.
    pub settles_rad: DVec3,
    /// How far it creeps until the end of the run.
    pub creeps_rad: DVec3,
    /// Source of what differs from landing to landing.
    pub seed: u64,
}

/// What a strap does at one instant.
#[derive(Clone, Copy, Debug)]
pub struct Give {
    /// Specific force at the pod, in the segment's axes, m/s².
    pub force: DVec3,
    /// From the pod's axes to the segment's.
    pub turn: DQuat,
}

impl Strap {
    /// A strap of this seed.
    pub fn draw(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "strap");
        let mut spring = |hz: [f64; 2], damping: [f64; 2]| {
            (
                chance.between(hz[0], hz[1]),
                chance.between(damping[0], damping[1]),
            )
        };
        let carries = [(); 3].map(|()| spring([11.0, 26.0], [0.15, 0.4]));
        let wobbles = [(); 3].map(|()| spring([6.0, 24.0], [0.1, 0.35]));
        let mut lever = || {
            chance
                .normal3(14.0)
                .clamp(DVec3::splat(-16.0), DVec3::splat(16.0))
        };
        let lever = [lever(), lever()];
        Self {
            carries,
            wobbles,
            lever,
            blow_mps2: DVec3::new(
                -chance.between(1.0, 4.0),
                chance.between(2.0, 9.0),
                chance.normal(1.5),
            ),
            blow: (chance.between(16.0, 32.0), chance.between(0.02, 0.05)),
            settles_rad: chance.normal3(0.75_f64.to_radians()),
            creeps_rad: chance.normal3(0.7_f64.to_radians()),
            seed,
        }
    }

    /// The same strap, loose: it wobbles and is struck so many times as much.
    #[must_use]
    pub fn giving(self, times: f64) -> Self {
        Self {
            lever: self.lever.map(|lever| lever * times),
            blow_mps2: self.blow_mps2 * times,
            ..self
        }
    }

    /// What the pod feels and how it sits, instant by instant; `forces` is what the segment feels.
    pub fn give(&self, forces: &[DVec3], rate_hz: f64, run_from_s: f64, contacts_s: &[f64]) -> Vec<Give> {
        let blows = self.blows(forces.len(), rate_hz, contacts_s);
        let step_s = 1.0 / rate_hz;
        let run_s = (forces.len() as f64 * step_s - run_from_s).max(step_s);
        let mut carried = [Spring::default(); 3];
        let mut wobbling = [Spring::default(); 3];
        let moves = forces.iter().zip(&blows).enumerate().map(|(k, (force, blow))| {
            let struck = *force + *blow;
            let pushed = struck - DVec3::Y * GRAVITY;
            let tipping = self.lever[0] * pushed.x + self.lever[1] * pushed.y;
            let (mut passed, mut wobble) = (DVec3::ZERO, DVec3::ZERO);
            for axis in 0..3 {
                passed[axis] = carried[axis].passes(pushed[axis], self.carries[axis], step_s);
                wobbling[axis].passes(tipping[axis], self.wobbles[axis], step_s);
                wobble[axis] = wobbling[axis].stretch;
            }
            let since_s = (k as f64 * step_s - run_from_s).max(0.0);
            let settled = 1.0 - (-since_s / 2.0).exp();
            let slipped = self.settles_rad * settled + self.creeps_rad * (since_s / run_s);
            Give {
                force: passed + 0.5 * *blow + DVec3::Y * GRAVITY,
                turn: DQuat::from_scaled_axis(slipped + wobble),
            }
        });
        moves.collect()
    }

    /// The blow of each landing: a swing that dies and leaves no speed behind.
    fn blows(&self, count: usize, rate_hz: f64, contacts_s: &[f64]) -> Vec<DVec3> {
        let mut chance = Chance::new(self.seed, "blows");
        let mut blows = vec![DVec3::ZERO; count];
        let (hz, dies_s) = self.blow;
        let (omega, decay) = (TAU * hz, 1.0 / dies_s);
        // sin(ωt + φ) e^(−dt) has no integral when tan φ = −ω/d; its first half swing is turned up.
        let phase = -(omega / decay).atan();
        for contact_s in contacts_s {
            let size = self.blow_mps2 * (1.0 + chance.normal(0.6)) + chance.normal3(3.0);
            let from = ((contact_s + 0.005) * rate_hz).ceil().max(0.0) as usize;
            let until = (from + (6.0 * dies_s * rate_hz) as usize).min(count);
            for (k, blow) in (from..until).zip(blows.iter_mut().skip(from)) {
                let t = k as f64 / rate_hz - contact_s - 0.005;
                *blow -= size * (omega * t + phase).sin() * (-decay * t).exp();
            }
        }
        blows
    }
}

/// A mass on a spring and a damper.
#[derive(Clone, Copy, Debug, Default)]
struct Spring {
    stretch: f64,
    speed: f64,
}

impl Spring {
    /// The push that comes through, given the push that goes in.
    fn passes(&mut self, push: f64, (hz, damping): (f64, f64), step_s: f64) -> f64 {
        let omega = TAU * hz;
        let held = |spring: &Self| omega * omega * spring.stretch + 2.0 * damping * omega * spring.speed;
        self.speed += (push - held(self)) * step_s;
        self.stretch += self.speed * step_s;
        held(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 1000.0;

    #[test]
    fn a_pod_that_stands_still_feels_gravity_alone_whatever_its_strap() {
        for seed in 0..20 {
            let still = vec![DVec3::Y * GRAVITY; 3000];
            for give in Strap::draw(seed).give(&still, RATE_HZ, 3.0, &[]) {
                assert!((give.force - DVec3::Y * GRAVITY).length() < 1e-9);
                assert!(give.turn.is_near_identity());
            }
        }
    }

    #[test]
    fn a_blow_leaves_no_speed_behind() {
        let strap = Strap::draw(3);
        let blows = strap.blows(4000, RATE_HZ, &[1.0]);
        let speed: DVec3 = blows.iter().map(|blow| *blow / RATE_HZ).sum();
        let size = blows.iter().map(|blow| blow.length()).fold(0.0, f64::max);
        assert!(size > 2.0, "{size}");
        assert!(speed.length() < 0.002 * size, "{speed}");
    }

    #[test]
    fn straps_slip_by_about_nine_tenths_of_a_degree() {
        let squares = (0..400).map(|seed| {
            let strap = Strap::draw(seed);
            // The mean over a run: settled at once, crept halfway.
            (strap.settles_rad + 0.5 * strap.creeps_rad)
                .z
                .to_degrees()
                .powi(2)
        });
        let spread = (squares.sum::<f64>() / 400.0).sqrt();
        assert!((0.7..1.0).contains(&spread), "{spread}");
    }
}
