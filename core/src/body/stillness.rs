//! Whether a pod is at rest.
//!
//! Knows no gravity and no body. Invariant: after a long hole or a movement, rest needs a whole window again; what lies
//! before and after a short hole is judged as one, so a pod that moved in it is not at rest.

use std::collections::VecDeque;

use glam::DVec3;

use super::sample::GRID_HZ;

/// Length of the window that decides, seconds. Ours.
const WINDOW_S: f64 = 0.5;
/// The window is kept in blocks of this many cells: rest is decided ten times a second.
const BLOCK_CELLS: u32 = 10;
/// Angular velocity below which a pod is still, rad/s: 3 degrees a second, sway included. Ours, untested.
const STILL_RADPS: f64 = 3.0 / 180.0 * std::f64::consts::PI;
/// Spread of the specific force below which a pod is still, m/s². Ours.
const STILL_MPS2: f64 = 0.35;
/// Largest gyroscope bias that is believed, rad/s: 5 degrees a second. Ours.
pub const BIAS_RADPS: f64 = 5.0 / 180.0 * std::f64::consts::PI;

/// A hole this short ends no stand and no steady running, seconds. Ours: two lost frames of 13 samples at 52 Hz leave
/// 0.52 s between the samples around them.
pub const SHORT_HOLE_S: f64 = 0.55;

/// Decides on rest from specific force and angular velocity.
#[derive(Clone, Debug, Default)]
pub struct Stillness {
    blocks: VecDeque<Block>,
    filling: Block,
    still: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Block {
    cells: u32,
    force: DVec3,
    force_squared: f64,
    rotation: DVec3,
    rotation_squared: f64,
}

impl Block {
    fn add(&mut self, other: &Self) {
        self.cells += other.cells;
        self.force += other.force;
        self.force_squared += other.force_squared;
        self.rotation += other.rotation;
        self.rotation_squared += other.rotation_squared;
    }

    /// A bias shows as a steady rotation: it is forgiven, unless the specific force turns with it.
    fn is_still(&self) -> bool {
        let count = f64::from(self.cells);
        let (force, rotation) = (self.force / count, self.rotation / count);
        let force_variance = self.force_squared / count - force.length_squared();
        let rotation_variance = self.rotation_squared / count - rotation.length_squared();
        force_variance < STILL_MPS2 * STILL_MPS2
            && rotation_variance < STILL_RADPS * STILL_RADPS
            && rotation.length() < BIAS_RADPS
    }
}

impl Stillness {
    /// Takes the next cell; says whether the pod has been at rest for the last half second.
    pub fn push(&mut self, force: DVec3, rotation: DVec3) -> bool {
        self.filling.add(&Block {
            cells: 1,
            force,
            force_squared: force.length_squared(),
            rotation,
            rotation_squared: rotation.length_squared(),
        });
        if self.filling.cells == BLOCK_CELLS {
            self.blocks.push_back(std::mem::take(&mut self.filling));
            let wanted = (WINDOW_S * GRID_HZ) as usize / BLOCK_CELLS as usize;
            if self.blocks.len() > wanted {
                self.blocks.pop_front();
            }
            let mut sum = Block::default();
            self.blocks.iter().for_each(|block| sum.add(block));
            self.still = self.blocks.len() == wanted && sum.is_still();
        }
        self.still
    }
}
