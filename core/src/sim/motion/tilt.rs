//! One tilt at the wall: forward about the ankles, held, and back.
//!
//! Invariant: without a bend the body turns as one rigid piece about the ankles.

use glam::DVec3;

use super::{Angles, Pose};
use crate::sim::{
    easing::{Moment, Track},
    random::{self, Random},
    truth::RepetitionTruth,
};

/// Seconds of standing before the first tilt.
pub(super) const BEFORE_S: f64 = 1.0;
/// Seconds of standing after each.
pub(super) const AFTER_S: f64 = 1.5;
const FORWARD_S: f64 = 1.2;
const BACK_S: f64 = 1.0;
/// Height of the pelvis pod above the ankles, metres.
const PELVIS_M: f64 = 1.0;
/// A bend up to this is carried by the spine alone; beyond it the hips hinge.
const HINGE_DEG: f64 = 5.0;
/// How far back the hips go for the sine of the bend, metres: the upper body's share of the mass times its lever. Ours.
const HINGE_M: f64 = 0.21;

/// How far back the pelvis goes with this bend, metres.
pub(super) fn hinge_back_m(bend_deg: f64) -> f64 {
    if bend_deg > HINGE_DEG {
        HINGE_M * bend_deg.to_radians().sin()
    } else {
        0.0
    }
}

/// One repetition of the drill.
#[derive(Clone, Debug)]
pub(super) struct Tilt {
    angle_deg: f64,
    bend_deg: f64,
    hold_s: f64,
    /// How much of the tilt is done, 0 to 1.
    share: Track,
}

impl Tilt {
    /// A tilt near the asked angle: people repeat themselves within a few per cent.
    pub(super) fn new(angle_deg: f64, bend_deg: f64, hold_s: f64, rng: &mut Random) -> Self {
        let hold_s = hold_s.max(0.0);
        Self {
            angle_deg: angle_deg * (1.0 + random::normal(rng, 0.03)),
            bend_deg: bend_deg * (1.0 + random::normal(rng, 0.03)),
            hold_s,
            share: Track::new(0.0)
                .level(0.0, 1.0, FORWARD_S)
                .level(FORWARD_S + hold_s, 0.0, BACK_S),
        }
    }

    pub(super) fn duration_s(&self) -> f64 {
        FORWARD_S + self.hold_s + BACK_S
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let share = self.share.at(time_s);
        let angle = self.angle_deg.to_radians() * share.value;
        let bend = self.bend_deg.to_radians() * share.value;
        Pose {
            pelvis: Angles {
                forward: angle,
                ..Angles::default()
            },
            chest: Angles {
                forward: angle + bend,
                ..Angles::default()
            },
            acceleration: self.acceleration(share),
            ..Pose::default()
        }
    }

    /// Circular motion of the pelvis about the ankles, less the way back of a hinge.
    fn acceleration(&self, share: Moment) -> DVec3 {
        let full = self.angle_deg.to_radians();
        let (sine, cosine) = (full * share.value).sin_cos();
        let turning = full * share.acceleration * PELVIS_M;
        let centripetal = (full * share.rate).powi(2) * PELVIS_M;
        DVec3::new(
            turning * cosine - centripetal * sine - hinge_back_m(self.bend_deg) * share.acceleration,
            -turning * sine - centripetal * cosine,
            0.0,
        )
    }

    pub(super) fn truth(&self, start_s: f64) -> RepetitionTruth {
        let forward_m = PELVIS_M * self.angle_deg.to_radians().sin() - hinge_back_m(self.bend_deg);
        RepetitionTruth {
            start_s,
            end_s: start_s + self.duration_s(),
            held_s: [start_s + FORWARD_S, start_s + FORWARD_S + self.hold_s],
            angle_deg: self.angle_deg,
            trunk_lean_deg: self.angle_deg + self.bend_deg,
            waist_bend_deg: self.bend_deg,
            pelvis_forward_mm: forward_m * 1e3,
            pelvis_back_mm: (-forward_m * 1e3).max(0.0),
            launch: None,
        }
    }
}
