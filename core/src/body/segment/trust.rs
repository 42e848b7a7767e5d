//! What a segment's tracker begins anew when a sensor turns out to measure nothing, or to be far off.
//!
//! Finds no fault. Invariant: once a dead axis lives again, nothing that it made is kept, neither a stand nor a way forward
//! of this session; until then directions may rest on it and angles do not.

use glam::DVec3;

use super::SegmentTracker;
use crate::body::{
    mount::NeutralFinder,
    orientation::Orientation,
    sample::{GRID_HZ, time_s},
};

/// After its gyroscope was refuted a pod is said to be in doubt for so long, seconds: a window. Ours.
const REFUTED_S: f64 = 10.0;

impl SegmentTracker {
    /// What an axis made while it was dead is forgotten when it lives; what waits is followed anew without a gyroscope that
    /// is none, or with one that reads less by `offset`, rad/s.
    pub(super) fn trust_anew(&mut self, was_dead: bool, offset: DVec3) {
        self.slip.renew();
        if self.has_dead_axis() {
            return;
        }
        self.orientation = Orientation::default();
        if was_dead {
            self.forget_session();
        } else if self.senses.gyro_is_none() {
            for cell in &mut self.waiting {
                cell.grid.angular_velocity = None;
                cell.upright = self.orientation.push(&cell.grid);
            }
        } else if offset != DVec3::ZERO {
            self.stand_less_turned(offset);
        }
    }

    /// From now on the pod has no gyroscope, and for a while no angle.
    #[cold]
    pub(super) fn refute_gyro(&mut self, index: i64) {
        self.senses.refute_gyro();
        self.trust_anew(self.has_dead_axis(), DVec3::ZERO);
        self.refuted_until = index + (REFUTED_S * GRID_HZ) as i64;
    }

    /// A pod that seemed to turn had stood: its stands are looked for anew.
    fn stand_less_turned(&mut self, offset: DVec3) {
        if self.mounting.is_none() {
            self.finder = NeutralFinder::default();
            self.finder.set_scale(self.weight.scale);
            self.stands.clear();
        }
        for cell in &mut self.waiting {
            let rotation = &mut cell.grid.angular_velocity;
            *rotation = rotation.map(|rotation| rotation - offset);
            cell.upright = self.orientation.push(&cell.grid);
            let time_s = time_s(cell.grid.index);
            let found = (self.finder).push(time_s, cell.upright.still, cell.grid.specific_force);
            self.stands.extend(found);
        }
    }

    fn forget_session(&mut self) {
        if !self.later.is_of_earlier() {
            self.mounting = None;
            self.absolute = false;
        }
        self.waiting.clear();
        self.beats.clear();
        self.stands.clear();
        self.swaying.stands.clear();
        self.wanted_beats = 0;
    }
}
