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
/// The same for a body that sways: three degrees to either side, once in two seconds. Ours; walking shows twice as much.
const SWAYING_MPS2: f64 = 0.8;
const SWAYING_RADPS: f64 = 15.0 / 180.0 * std::f64::consts::PI;
/// Largest noise of a resting pod's sensors, all three channels together, m/s² and rad/s. Noise shows within a tenth of
/// a second, what a body does from one tenth to the next. Ours: 0.9 m/s² and 6 degrees a second on each channel.
const NOISE_MPS2: f64 = 1.5;
const NOISE_RADPS: f64 = 10.0 / 180.0 * std::f64::consts::PI;
/// Largest gyroscope bias that is believed, rad/s: 5 degrees a second. Ours.
pub const BIAS_RADPS: f64 = 5.0 / 180.0 * std::f64::consts::PI;

/// A hole this short ends no stand and no steady running, seconds. Ours: two lost frames of 13 samples at 52 Hz leave
/// 0.52 s between the samples around them.
pub const SHORT_HOLE_S: f64 = 0.55;

/// Decides on rest from specific force and angular velocity.
#[derive(Clone, Debug, Default)]
pub struct Stillness {
    blocks: VecDeque<Block>,
    filling: Filling,
    limits: Limits,
    still: bool,
}

/// What still counts as rest.
#[derive(Clone, Copy, Debug)]
struct Limits {
    force_mps2: f64,
    rotation_radps: f64,
    mean_rotation_radps: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            force_mps2: STILL_MPS2,
            rotation_radps: STILL_RADPS,
            mean_rotation_radps: BIAS_RADPS,
        }
    }
}

/// Sums over the cells of the block that is being filled.
#[derive(Clone, Copy, Debug, Default)]
struct Filling {
    cells: u32,
    force: Sums,
    rotation: Sums,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    sum: DVec3,
    squares: f64,
}

impl Sums {
    fn add(&mut self, value: DVec3) {
        self.sum += value;
        self.squares += value.length_squared();
    }

    fn means(&self) -> Means {
        let cells = f64::from(BLOCK_CELLS);
        let mean = self.sum / cells;
        Means {
            mean,
            mean_squared: mean.length_squared(),
            squares: self.squares / cells,
        }
    }
}

/// One whole block.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    force: Means,
    rotation: Means,
}

#[derive(Clone, Copy, Debug, Default)]
struct Means {
    mean: DVec3,
    mean_squared: f64,
    /// Of the squares of all cells.
    squares: f64,
}

/// Variance of the means of these blocks, of all cells within their blocks, and the mean of all.
fn variances(blocks: &VecDeque<Block>, means: fn(&Block) -> &Means) -> Scatter {
    let count = blocks.len() as f64;
    let (mut middle, mut between, mut all) = (DVec3::ZERO, 0.0, 0.0);
    for means in blocks.iter().map(means) {
        middle += means.mean;
        between += means.mean_squared;
        all += means.squares;
    }
    let (middle, between, all) = (middle / count, between / count, all / count);
    Scatter {
        middle,
        between: between - middle.length_squared(),
        within: all - between,
    }
}

struct Scatter {
    middle: DVec3,
    between: f64,
    within: f64,
}

impl Scatter {
    /// Whether the blocks differ by less than `still` beyond what noise of at most `noise` explains.
    fn is_quiet(&self, still: f64, noise: f64) -> bool {
        let explained = self.within / f64::from(BLOCK_CELLS);
        self.between - explained < still * still && self.within < noise * noise
    }
}

impl Stillness {
    /// Takes a body that sways for a standing one too: its pose is known less well, which its spread tells.
    #[must_use]
    pub fn swaying() -> Self {
        Self {
            limits: Limits {
                force_mps2: SWAYING_MPS2,
                rotation_radps: SWAYING_RADPS,
                mean_rotation_radps: SWAYING_RADPS,
            },
            ..Self::default()
        }
    }

    /// Takes the next cell; says whether the pod has been at rest for the last half second.
    #[inline]
    pub fn push(&mut self, force: DVec3, rotation: DVec3) -> bool {
        let filling = &mut self.filling;
        filling.cells += 1;
        filling.force.add(force);
        filling.rotation.add(rotation);
        if filling.cells == BLOCK_CELLS {
            self.close();
        }
        self.still
    }

    fn close(&mut self) {
        let filled = std::mem::take(&mut self.filling);
        self.blocks.push_back(Block {
            force: filled.force.means(),
            rotation: filled.rotation.means(),
        });
        let wanted = (WINDOW_S * GRID_HZ) as usize / BLOCK_CELLS as usize;
        if self.blocks.len() > wanted {
            self.blocks.pop_front();
        }
        self.still = self.blocks.len() == wanted && self.is_still();
    }

    /// A bias shows as a steady rotation: it is forgiven, unless the specific force turns with it.
    fn is_still(&self) -> bool {
        let limits = self.limits;
        if !variances(&self.blocks, |block| &block.force).is_quiet(limits.force_mps2, NOISE_MPS2) {
            return false;
        }
        let rotation = variances(&self.blocks, |block| &block.rotation);
        rotation.is_quiet(limits.rotation_radps, NOISE_RADPS)
            && rotation.middle.length() < limits.mean_rotation_radps
    }
}
