//! From one cell in the pod's own axes to the segment in the runner's.
//!
//! Looks for no mounting. Invariant: a pod that does not sit as its neutral says gives no inclination.

use glam::DVec3;

use super::SegmentTracker;
use crate::{
    body::{orientation::Upright, resample::GridSample, sample::SegmentSample, slip::Moved},
    units::GRAVITY,
};

/// One cell of one segment, with its place on the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedSample {
    /// Grid cell.
    pub index: i64,
    /// What is known of it.
    pub state: CellState,
    /// The segment.
    pub segment: SegmentSample,
}

/// What is known of one cell of one pod beside how its segment moves.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct CellState {
    /// Whether a channel stood at the end of its range.
    pub clipped: bool,
    /// How the pod sits otherwise than in its neutral; `None` while it does not.
    pub moved: Option<Moved>,
    /// Whether the pod was at rest.
    pub still: bool,
    /// Whether the pod showed running.
    pub runs: bool,
    /// Whether gyroscope and accelerometer disagree, so that no inclination is given.
    pub disputed: bool,
    /// Forward inclination from the start of the run, degrees: only of a pod that has no neutral.
    pub from_start_deg: Option<f64>,
}

impl CellState {
    /// Whether there is nothing to say of the cell.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        !self.clipped && !self.disputed && self.moved.is_none()
    }
}

/// One cell in the pod's own axes: placed at once, or once the mounting is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) grid: GridSample,
    pub(super) upright: Upright,
    pub(super) runs: bool,
}

impl SegmentTracker {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "written where it is wanted, not copied there: a tenth of the time of a cell"
    )]
    pub(super) fn place(&self, grid: &GridSample, upright: &Upright, runs: bool) -> PlacedSample {
        let &Upright {
            up,
            still,
            settled,
            disputed,
        } = upright;
        let withheld = self.slip.withholds() || self.shifted_since.is_some();
        let moved = if withheld { self.moved_in(grid.index) } else { None };
        let sits = moved.is_none() && !self.slip.withholds() && !self.has_dead_axis();
        let mut segment = self.turned(grid, up, settled && sits);
        let from_start_deg = if self.absolute {
            None
        } else {
            segment.inclination_deg.take()
        };
        PlacedSample {
            index: grid.index,
            state: CellState {
                clipped: grid.clipped,
                moved,
                still,
                runs,
                disputed,
                from_start_deg,
            },
            segment,
        }
    }

    /// One cell that has waited.
    #[cold]
    pub(super) fn place_late(&self, cell: &Waiting) -> PlacedSample {
        self.place(&cell.grid, &cell.upright, cell.runs)
    }

    /// How the pod sits otherwise than in its neutral in a cell.
    #[cold]
    fn moved_in(&self, index: i64) -> Option<Moved> {
        let slipped = self.slip.moved().filter(|moved| index >= moved.since);
        let shifted = self.shifted_since.map(|since| Moved { since, loose: false });
        slipped.or(shifted).filter(|_| !self.has_dead_axis())
    }

    /// The segment in the runner's axes; without a mounting only what is vertical.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a part of `place`, as it is wanted where it is written"
    )]
    fn turned(&self, grid: &GridSample, up: DVec3, tells_angle: bool) -> SegmentSample {
        let rotation = grid.angular_velocity.unwrap_or(DVec3::ZERO);
        let Some(mounting) = &self.mounting else {
            return SegmentSample {
                inclination_deg: None,
                acceleration: DVec3::Y * (grid.specific_force.dot(up) - GRAVITY),
                angular_velocity: DVec3::Y * rotation.dot(up),
            };
        };
        let to_runner = mounting.to_runner(up);
        SegmentSample {
            inclination_deg: tells_angle.then(|| mounting.inclination_deg(up)),
            acceleration: to_runner(grid.specific_force) - DVec3::Y * GRAVITY,
            angular_velocity: to_runner(rotation),
        }
    }
}
