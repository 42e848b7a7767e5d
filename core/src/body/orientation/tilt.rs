//! The tilt of one pod, its uncertainty and the bias of its gyroscope, from cell to cell.
//!
//! Knows no stand and no start: it is told. The idea: the gyroscope carries a level frame along, in which the specific
//! force is summed to a speed. A runner's speed hardly changes from stride to stride, so a speed that runs away is a
//! tilted frame. Nothing is averaged in axes that turn with the pod, so whole strides leave no bias.
//! Invariant: `up` has unit length; without any update the error only grows.

mod correction;
mod doubt;

use glam::{DMat3, DQuat, DVec2, DVec3};

use self::{correction::Recent, doubt::Doubt};
use super::{super::sample::GRID_HZ, uncertainty::Uncertainty};
use crate::units::GRAVITY;

/// Cells summed before the filter looks at them.
pub(super) const BLOCK_CELLS: u32 = 10;
/// Blocks kept: as long as rest is known to have lasted.
const REST_BLOCKS: usize = 5;
const BLOCK_S: f64 = BLOCK_CELLS as f64 / GRID_HZ;
/// A pod that nothing is known of is levelled by its mean specific force for this long, seconds: some three steps. Ours.
const ALIGN_S: f64 = 1.0;
/// Error left then, radians: 5 degrees, half a metre a second gained in that second and a biased gyroscope. Ours.
const ALIGNED_RAD: f64 = 0.09;
/// Square of half an angle below which a series is as good as the sine, radians²: 0.4 radians.
const SMALL: f64 = 0.04;
/// How slowly the level frame follows the runner's heading, seconds: strides sway, a turn lasts. Ours.
const HEADING_S: f64 = 2.0;
/// A hole up to this long is bridged by the rotation before it, seconds: a tenth of a step. Ours.
const BRIDGED_S: f64 = 0.05;
/// What a pod that sways with the stride turns in a hole, radians and the seconds after which it is no more: 5 degrees.
/// Ours.
const HOLE_RAD: f64 = 0.09;
const HOLE_S: f64 = 0.1;
/// A force beyond what any pod measures is cut, m/s².
const STRONGEST_MPS2: f64 = 100.0 * GRAVITY;
/// Speed that may be gained in a hole, m/s. Ours.
const HOLE_MPS: f64 = 0.5;

/// Follows tilt and bias.
#[derive(Clone, Debug)]
pub(super) struct Tilt {
    /// From the pod's axes to a level frame that follows the runner's heading, z up.
    attitude: DQuat,
    bias_radps: DVec3,
    last_rotation: DVec3,
    aligning_cells: u32,
    aligning_force: DVec3,
    block: Block,
    /// The last blocks, newest first.
    past: [Block; REST_BLOCKS],
    /// Speed gained along the ground, m/s, in the level frame; while the runner keeps the speed, beyond `kept_mps`.
    speed_mps: DVec2,
    /// Speed gained by the last launch.
    kept_mps: DVec2,
    launching: bool,
    /// Changes of speed that were taken for such, older ones fading.
    claimed_mps: DVec2,
    yaw_radps: f64,
    error: Uncertainty,
    /// What the last strides have changed.
    recent: Recent,
    doubt: Doubt,
    /// All corrections so far, and all the bias has turned: what sets this filter apart from the gyroscope alone.
    corrected: DVec2,
    carried: Carried,
}

/// What the last block of cells saw of gravity in the frame that the gyroscope alone carries on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Carried {
    /// Tilt of the mean specific force since the filter began, the gyroscope's bias and all; radians.
    pub tilt: DVec2,
    /// How fast the bias, as it is believed now, tilts that frame; rad/s.
    pub bias_radps: DVec2,
}

/// Sums over the cells of one block, and once it is closed their means.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    cells: u32,
    /// Specific force, in the level frame.
    force: DVec3,
    /// As read, in the pod's axes.
    rotation: DVec3,
    yaw_radps: f64,
}

/// What a block of cells is taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Motion {
    /// The pod has been at rest for half a second.
    Rest,
    /// The runner changes speed: the force says nothing of tilt.
    Launch,
    /// The runner keeps the speed.
    Steady,
}

impl Default for Tilt {
    fn default() -> Self {
        Self {
            attitude: DQuat::IDENTITY,
            bias_radps: DVec3::ZERO,
            last_rotation: DVec3::ZERO,
            aligning_cells: (ALIGN_S * GRID_HZ) as u32,
            aligning_force: DVec3::ZERO,
            block: Block::default(),
            past: Default::default(),
            speed_mps: DVec2::ZERO,
            kept_mps: DVec2::ZERO,
            launching: false,
            claimed_mps: DVec2::ZERO,
            yaw_radps: 0.0,
            error: Uncertainty::new(ALIGNED_RAD),
            recent: Recent::default(),
            doubt: Doubt::default(),
            corrected: DVec2::ZERO,
            carried: Carried::default(),
        }
    }
}

impl Tilt {
    /// One that knows nothing of the pose but keeps what was learned of the gyroscope: its bias outlives a hole.
    pub(super) fn renewed(&self) -> Self {
        Self {
            bias_radps: self.bias_radps,
            error: self.error.renewed(ALIGNED_RAD),
            ..Self::default()
        }
    }

    /// Unit vector against gravity, in the pod's own axes.
    pub(super) fn up(&self) -> DVec3 {
        let DQuat { x, y, z, w } = self.attitude;
        DVec3::new(
            2.0 * (x * z - w * y),
            2.0 * (y * z + w * x),
            1.0 - 2.0 * (x * x + y * y),
        )
    }

    /// What the last block saw of gravity, whatever the filter made of it.
    pub(super) fn carried(&self) -> Carried {
        self.carried
    }

    /// Whether gyroscope and accelerometer disagree by more than their errors explain.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.doubt.is_large()
    }

    /// Whether the gyroscope of a body that set off felt another movement than gravity shows.
    pub(super) fn is_gyro_contradicted(&self) -> bool {
        self.doubt.contradicts()
    }

    /// Whether the standard deviation of the tilt error about one axis is below this, radians.
    pub(super) fn is_within(&self, error_rad: f64) -> bool {
        self.aligning_cells == 0 && self.error.is_tilt_within(error_rad)
    }

    /// Goes on after so many missing cells.
    pub(super) fn skip(&mut self, cells: f64) {
        let hole_s = cells / GRID_HZ;
        if hole_s > BRIDGED_S {
            self.last_rotation = DVec3::ZERO;
        }
        self.turn(self.last_rotation * hole_s);
        self.error.widen(HOLE_RAD * (hole_s / HOLE_S).min(1.0), HOLE_MPS);
    }

    /// The runner set off, or any other change of speed ended.
    pub(super) fn forget_speed(&mut self, by_mps: f64) {
        self.error.widen(0.0, by_mps);
    }

    /// Takes the next cell: mean rotation, rad/s, `None` without a gyroscope, and mean specific force, m/s². Gives
    /// [`Tilt::up`].
    #[inline]
    pub(super) fn push(&mut self, rotation: Option<DVec3>, force: DVec3, motion: Motion) -> DVec3 {
        let turning = rotation.map_or(DVec3::ZERO, |rotation| rotation - self.bias_radps);
        // From the middle of the last cell to the middle of this one.
        self.turn((turning + self.last_rotation) * (0.5 / GRID_HZ));
        self.last_rotation = turning;
        let to_level = DMat3::from_quat(self.attitude);
        let mut up = to_level.row(2);
        let mut level_force = to_level * force.clamp_length_max(STRONGEST_MPS2);
        if self.aligning_cells > 0 {
            level_force = self.align(level_force);
            up = self.up();
        }
        self.block.cells += 1;
        self.block.force += level_force;
        self.block.rotation += rotation.unwrap_or(DVec3::ZERO);
        self.block.yaw_radps += turning.dot(up);
        if self.block.cells < BLOCK_CELLS {
            return up;
        }
        self.close(rotation.is_some(), motion);
        self.up()
    }

    /// Levels by the mean of all force so far; gives the force in the new level frame.
    fn align(&mut self, level_force: DVec3) -> DVec3 {
        self.aligning_cells -= 1;
        self.aligning_force += level_force;
        let Some(seen) = self.aligning_force.try_normalize() else {
            return level_force;
        };
        let arc = DQuat::from_rotation_arc(seen, DVec3::Z);
        self.aligning_force = arc * self.aligning_force;
        self.relevel(arc);
        arc * level_force
    }

    fn relevel(&mut self, correction: DQuat) {
        self.attitude = (correction * self.attitude).normalize();
        self.block.force = correction * self.block.force;
        for block in &mut self.past {
            block.force = correction * block.force;
        }
    }

    /// Turns the pod by a small rotation vector in its own axes.
    #[inline]
    fn turn(&mut self, by: DVec3) {
        self.attitude *= rotation_by(by);
    }

    fn close(&mut self, has_gyro: bool, motion: Motion) {
        // Rounding lengthens it by a hair with every cell.
        self.attitude = self.attitude.normalize();
        let Block {
            force,
            rotation,
            yaw_radps,
            ..
        } = std::mem::take(&mut self.block);
        let share = 1.0 / f64::from(BLOCK_CELLS);
        let force = force * share;
        self.past.rotate_right(1);
        self.past[0] = Block {
            cells: BLOCK_CELLS,
            force,
            rotation: rotation * share,
            yaw_radps: yaw_radps * share,
        };
        match motion {
            Motion::Rest => self.aligning_cells = 0,
            _ if self.aligning_cells > 0 => return,
            _ => {}
        }
        self.error.grow(BLOCK_S, has_gyro);
        // A runner who turns is pushed sideways without gaining speed.
        let turning = self.kept_mps.perp() * self.yaw_radps;
        self.speed_mps += (force.truncate() - turning) * BLOCK_S;
        let launched = std::mem::replace(&mut self.launching, motion == Motion::Launch);
        match motion {
            Motion::Rest => self.rest(has_gyro),
            Motion::Launch => {}
            Motion::Steady => self.keep_speed(has_gyro, launched),
        }
        self.note_carried(turning);
        self.follow_heading(yaw_radps * share);
    }

    fn note_carried(&mut self, turning: DVec2) {
        let bias = self.attitude * self.bias_radps;
        let bias_radps = DVec2::new(-bias.y, bias.x);
        self.corrected += bias_radps * BLOCK_S;
        let force = self.past[0].force.truncate() - turning;
        self.carried = Carried {
            tilt: force / GRAVITY - self.corrected,
            bias_radps,
        };
    }

    fn follow_heading(&mut self, yaw_radps: f64) {
        self.yaw_radps += (yaw_radps - self.yaw_radps) * (BLOCK_S / HEADING_S);
        let angle = -self.yaw_radps * BLOCK_S;
        self.doubt.go_on(angle);
        self.attitude = rotation_by(DVec3::Z * angle) * self.attitude;
        self.speed_mps = DVec2::from_angle(angle).rotate(self.speed_mps);
    }
}

/// The rotation about a vector by its length, radians; none about a vector that is no number.
#[inline]
fn rotation_by(by: DVec3) -> DQuat {
    let half = by * 0.5;
    let squared = half.length_squared();
    if squared < SMALL {
        // Sine and cosine of a small angle, exact to 1e-8.
        let sine = half * (1.0 - squared * (1.0 / 6.0) * (1.0 - squared * (1.0 / 20.0)));
        let cosine = 1.0 - squared * 0.5 * (1.0 - squared * (1.0 / 12.0) * (1.0 - squared * (1.0 / 30.0)));
        DQuat::from_xyzw(sine.x, sine.y, sine.z, cosine)
    } else if squared.is_finite() {
        DQuat::from_scaled_axis(by)
    } else {
        DQuat::IDENTITY
    }
}

#[cfg(test)]
mod tests;
