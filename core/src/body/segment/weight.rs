//! What a pod at rest reads of gravity, and the scale that makes it right.
//!
//! Tells no scale from an offset: at rest both look alike, and of either the vertical acceleration is right again.
//! Invariant: an accelerometer as good as most is left alone, bit for bit.

use glam::DVec3;

use crate::{body::mount::GRAVITY_ERROR_MPS2, units::GRAVITY};

/// Cells of rest that tell the weight: one second. Ours.
const ENOUGH_CELLS: u32 = 100;
/// An accelerometer that is off by less is as good as most, m/s²: two per cent. Ours.
const GOOD_MPS2: f64 = 0.2;
/// A pod off by more is not at rest on earth, m/s²: a quarter. Ours.
const LARGEST_MPS2: f64 = 2.5;

/// Weighs one pod whenever it rests.
#[derive(Clone, Debug)]
pub(super) struct Weight {
    sum: DVec3,
    cells: u32,
    /// What the specific force is to be multiplied by.
    pub(super) scale: f64,
    /// Whether that is beyond what a stand may show: asked at every cell, told at a rest.
    is_wrong: bool,
}

impl Default for Weight {
    fn default() -> Self {
        Self {
            sum: DVec3::ZERO,
            cells: 0,
            scale: 1.0,
            is_wrong: false,
        }
    }
}

impl Weight {
    /// Takes the specific force as read of a cell at rest; gives by how much the scale changes with it, as a ratio.
    pub(super) fn rest(&mut self, specific_force: DVec3) -> Option<f64> {
        self.sum += specific_force;
        self.cells += 1;
        if self.cells < ENOUGH_CELLS {
            return None;
        }
        let weight = self.sum.length() / f64::from(self.cells);
        self.moves();
        let off = (weight - GRAVITY).abs();
        if off > LARGEST_MPS2 {
            return None;
        }
        let scale = if off > GOOD_MPS2 { GRAVITY / weight } else { 1.0 };
        let before = std::mem::replace(&mut self.scale, scale);
        self.is_wrong = (GRAVITY / scale - GRAVITY).abs() > GRAVITY_ERROR_MPS2;
        (scale.to_bits() != before.to_bits()).then_some(scale / before)
    }

    /// Whether nothing is to be put right.
    pub(super) fn is_right(&self) -> bool {
        self.scale.to_bits() == 1.0_f64.to_bits()
    }

    /// Whether the scale is beyond what a stand may show.
    pub(super) const fn is_wrong(&self) -> bool {
        self.is_wrong
    }

    /// The pod moves: what was summed is forgotten.
    pub(super) fn moves(&mut self) {
        if self.cells > 0 {
            (self.sum, self.cells) = (DVec3::ZERO, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(weight_mps2: f64) -> f64 {
        let mut weight = Weight::default();
        for _ in 0..ENOUGH_CELLS {
            weight.rest(DVec3::Z * weight_mps2);
        }
        weight.scale
    }

    #[test]
    fn a_stand_tells_the_scale_and_what_is_nearly_right_stays() {
        for (times, wanted) in [(1.1, 1.0 / 1.1), (0.9, 1.0 / 0.9), (1.01, 1.0), (1.5, 1.0)] {
            assert!((scale(times * GRAVITY) - wanted).abs() < 1e-9, "{times}");
        }
    }

    #[test]
    fn a_shorter_rest_tells_nothing() {
        let mut weight = Weight::default();
        for k in 0..10 * ENOUGH_CELLS {
            weight.rest(DVec3::Z * 11.0);
            if k % 60 == 59 {
                weight.moves();
            }
        }
        assert_eq!(weight.scale.to_bits(), 1.0_f64.to_bits());
    }
}
