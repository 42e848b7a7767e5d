//! What rest and a kept speed correct of tilt, speed and bias, and what is taken back of it.
//!
//! Follows no cell. Invariant: a correction turns everything that is kept in the level frame with it.

use glam::{DVec2, DVec3};

use super::{Tilt, rotation_by};
use crate::{body::stillness::BIAS_RADPS, units::GRAVITY};

/// Share of a correction that still counts as recent a block later: it fades within two seconds. Ours.
const FADES: f64 = 0.95;
/// Share of a change of speed that still counts a block later: it fades within 20 s. Ours.
const CLAIM_FADES: f64 = 0.995;
/// No runner gains more, m/s: what seems to is a tilt. Ours.
const FASTEST_MPS: f64 = 5.0;

/// Corrections of the last strides, older ones fading: undone when they turn out to have been a change of speed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recent {
    tilt: DVec2,
    bias_radps: DVec3,
}

impl Tilt {
    pub(super) fn keep_speed(&mut self, has_gyro: bool, launched: bool) {
        if launched {
            self.kept_mps = std::mem::take(&mut self.speed_mps).clamp_length_max(FASTEST_MPS);
        }
        if has_gyro && !launched {
            self.doubt.push(self.error.strangeness(self.speed_mps));
        }
        self.claimed_mps *= CLAIM_FADES;
        let claim = self.claimed_mps + self.speed_mps;
        let possible = has_gyro && claim.length_squared() < FASTEST_MPS * FASTEST_MPS;
        if possible && self.error.is_surprised(self.speed_mps) {
            self.claimed_mps = claim;
            self.take_back();
        }
        let gain = self.error.steady();
        self.correct(gain, -self.speed_mps);
    }

    /// Gravity and bias are read from the oldest block: the newest may be the first tenths of a movement that is not
    /// noticed yet.
    pub(super) fn rest(&mut self, has_gyro: bool) {
        let Some(oldest) = self.past.last().copied().filter(|block| block.cells > 0) else {
            return;
        };
        self.speed_mps = DVec2::ZERO;
        let gain = self.error.rest();
        self.correct(gain, -oldest.force.truncate() / GRAVITY);
        (self.speed_mps, self.kept_mps) = (DVec2::ZERO, DVec2::ZERO);
        if has_gyro {
            self.bias_radps += (oldest.rotation - self.bias_radps) * self.error.still();
            self.doubt.stand();
        }
    }

    /// Moves tilt, speed and bias by their shares of an innovation.
    fn correct(&mut self, gain: [f64; 3], innovation: DVec2) {
        let [tilt, speed, bias] = gain.map(|share| innovation * share);
        self.speed_mps += speed;
        let bias = self.attitude.inverse() * DVec3::new(bias.y, -bias.x, 0.0);
        self.lean(tilt, bias);
        self.recent.tilt = self.recent.tilt * FADES + tilt;
        self.recent.bias_radps = self.recent.bias_radps * FADES + bias;
    }

    fn take_back(&mut self) {
        let Recent { tilt, bias_radps } = std::mem::take(&mut self.recent);
        self.lean(-tilt, -bias_radps);
    }

    fn lean(&mut self, tilt: DVec2, bias_radps: DVec3) {
        self.corrected += tilt;
        self.doubt.take(tilt);
        self.relevel(rotation_by(DVec3::new(-tilt.y, tilt.x, 0.0)));
        self.bias_radps = (self.bias_radps + bias_radps).clamp_length_max(BIAS_RADPS);
    }
}
