//! The little sway that every stand has.
//!
//! Invariant: it stays below 0.3 degrees and 1 degree a second, so a stand is still enough to be a neutral.

use core::f64::consts::TAU;

use glam::DVec3;
use rand::RngExt;

use super::{Angles, Pose};
use crate::sim::{easing::ease, random::Random};

/// Slow swings of the upright body: amplitude in degrees, frequency in hertz. Ours, untested.
const SWINGS: [(f64, f64); 3] = [(0.10, 0.13), (0.06, 0.37), (0.03, 0.61)];

/// How long a wide sway takes to and fro, and from side to side, seconds. Ours, untested.
const SWAY_S: [f64; 2] = [3.1, 4.3];
/// The pelvis pod above the ankles, metres.
const PELVIS_HEIGHT_M: f64 = 0.95;

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

/// A stand that is not still: the body sways about its ankles as one piece.
pub(super) fn swaying(elapsed_s: f64, duration_s: f64, sway: f64) -> Pose {
    let there = sway * ease(elapsed_s) * ease(duration_s - elapsed_s);
    let [to_and_fro, sideways] = SWAY_S.map(|period_s| {
        let omega = TAU / period_s;
        let angle = there * (omega * elapsed_s).sin();
        (angle, -omega * omega * angle * PELVIS_HEIGHT_M)
    });
    let angles = Angles {
        forward: to_and_fro.0,
        right: sideways.0,
        left_turn: 0.0,
    };
    Pose {
        pelvis: angles,
        chest: angles,
        acceleration: DVec3::new(to_and_fro.1, 0.0, sideways.1),
        ..Pose::default()
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
