//! What a segment's tracker begins anew when a sensor turns out to measure nothing.
//!
//! Finds no fault. Invariant: once a dead axis lives again, nothing that it made is kept, neither a stand nor a way forward
//! of this session; until then directions may rest on it and angles do not.

use super::SegmentTracker;
use crate::body::orientation::Orientation;

impl SegmentTracker {
    /// What an axis made while it was dead is forgotten when it lives; what waits is followed anew without a gyroscope that
    /// is none.
    pub(super) fn trust_anew(&mut self, was_dead: bool) {
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
