//! The little sway that every stand has.
//!
//! Invariant: it stays below 0.3 degrees and 1 degree a second, so a stand is still enough to be a neutral.

use core::f64::consts::TAU;

use rand::RngExt;

use super::Pose;
use crate::sim::random::Random;

/// Slow swings of the upright body: amplitude in degrees, frequency in hertz. Ours, untested.
const SWINGS: [(f64, f64); 3] = [(0.10, 0.13), (0.06, 0.37), (0.03, 0.61)];

/// Sway of one runner, added to whatever else the body does.
#[derive(Clone, Debug)]
pub(super) struct Sway {
    forward: [f64; 3],
    right: [f64; 3],
}

impl Sway {
    pub(super) fn new(rng: &mut Random) -> Self {
        let mut phases = || [(); 3].map(|()| rng.random_range(0.0..TAU));
        Self {
            forward: phases(),
            right: phases(),
        }
    }

    pub(super) fn add_to(&self, pose: &mut Pose, time_s: f64) {
        let forward = swing(&self.forward, time_s);
        let right = swing(&self.right, time_s);
        for segment in [&mut pose.pelvis, &mut pose.chest] {
            segment.forward += forward;
            segment.right += right;
        }
    }
}

fn swing(phases: &[f64; 3], time_s: f64) -> f64 {
    SWINGS
        .iter()
        .zip(phases)
        .map(|((amplitude_deg, hertz), phase)| {
            amplitude_deg.to_radians() * (TAU * hertz * time_s + phase).sin()
        })
        .sum()
}
