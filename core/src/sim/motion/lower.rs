//! One rise on the toes and the slow way down.
//!
//! Invariant: it begins and ends at rest on the same ground.

use glam::DVec3;

use super::{Angles, Pose};
use crate::sim::{
    easing::{ease, ease_over},
    random::{self, Random},
};

/// Seconds of standing before the first rise and after each way down.
pub(super) const REST_S: f64 = 1.5;
const UP_S: f64 = 1.0;
const TOP_S: f64 = 0.5;
/// Share of the way down in which it gains its even speed, and again loses it.
const BLEND_SHARE: f64 = 0.15;

/// One repetition.
#[derive(Clone, Debug)]
pub(super) struct Lower {
    drop_m: f64,
    down_s: f64,
    pitch_deg: f64,
}

impl Lower {
    /// A way near the asked one: people repeat themselves within a few per cent.
    pub(super) fn new(drop_mm: f64, down_s: f64, pitch_deg: f64, rng: &mut Random) -> Self {
        Self {
            drop_m: drop_mm * 1e-3 * (1.0 + random::normal(rng, 0.05)),
            down_s: (down_s * (1.0 + random::normal(rng, 0.05))).max(0.3),
            pitch_deg,
        }
    }

    pub(super) fn duration_s(&self) -> f64 {
        UP_S + TOP_S + self.down_s
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let down_s = time_s - UP_S - TOP_S;
        let there = ease(down_s / (0.5 * self.down_s)) - ease(2.0 * down_s / self.down_s - 1.0);
        let angles = Angles {
            forward: there * self.pitch_deg.to_radians(),
            ..Angles::default()
        };
        let acceleration = if down_s < 0.0 {
            self.drop_m * ease_over(time_s, UP_S).acceleration
        } else {
            self.sinking(down_s)
        };
        Pose {
            pelvis: angles,
            chest: angles,
            acceleration: DVec3::Y * acceleration,
            ..Pose::default()
        }
    }

    /// Down at an even speed, gained and lost smoothly.
    fn sinking(&self, down_s: f64) -> f64 {
        let blend_s = BLEND_SHARE * self.down_s;
        let speed_mps = self.drop_m / (self.down_s - blend_s);
        let gained = ease_over(down_s, blend_s).rate;
        let lost = ease_over(down_s - self.down_s + blend_s, blend_s).rate;
        speed_mps * (lost - gained)
    }
}
