//! Slow breaths that the pelvis rolls with, standing or lying on the back.
//!
//! Invariant: it begins and ends upright.

use core::f64::consts::TAU;

use super::{Angles, Pose};
use crate::sim::easing::ease;

/// Seconds to lie down or get up, and of quiet before the first breath and after the last.
const DOWN_S: f64 = 3.0;
const QUIET_S: f64 = 2.0;
/// Inclination of a body on its back, degrees.
const LYING_DEG: f64 = -85.0;
/// Share of the pelvis's roll that the chest has. Ours.
const CHEST_SHARE: f64 = 0.2;

/// Breaths, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Breaths {
    seconds: f64,
    period_s: f64,
    swing: f64,
    lying: bool,
}

impl Breaths {
    pub(super) fn new(count: u32, per_minute: f64, swing_deg: f64, lying: bool) -> Self {
        let period_s = 60.0 / per_minute.max(1.0);
        Self {
            seconds: f64::from(count) * period_s,
            period_s,
            swing: swing_deg.to_radians(),
            lying,
        }
    }

    fn before_s(&self) -> f64 {
        QUIET_S + if self.lying { DOWN_S } else { 0.0 }
    }

    pub(super) fn duration_s(&self) -> f64 {
        self.seconds + 2.0 * self.before_s()
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let base = if self.lying {
            let there = ease(time_s / DOWN_S) * ease((self.duration_s() - time_s) / DOWN_S);
            there * LYING_DEG.to_radians()
        } else {
            0.0
        };
        let breath_s = (time_s - self.before_s()).clamp(0.0, self.seconds);
        let roll = 0.5 * self.swing * (1.0 - (TAU * breath_s / self.period_s).cos());
        let forward = |share: f64| Angles {
            forward: base + share * roll,
            ..Angles::default()
        };
        Pose {
            pelvis: forward(1.0),
            chest: forward(CHEST_SHARE),
            ..Pose::default()
        }
    }
}
