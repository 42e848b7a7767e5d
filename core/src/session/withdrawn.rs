//! What was told of a run before a stand showed that a pod had moved in it.
//!
//! Notices nothing itself. Invariant: of a stretch in which a pod sat otherwise than its neutral said, neither its angle
//! nor a class that rests on it stays.

use super::report::{Gap, GapReason};
use crate::{
    gait::step::Step,
    lean::reading::{LeanClass, LeanReading, Probabilities},
    pod::site::Site,
};

/// Takes back the angles of steps and the classes of windows that lie in a gap of a pod that had moved.
pub(super) fn withdraw(gaps: &[Gap], steps: &mut [Step], windows: &mut [LeanReading]) {
    let moved = gaps
        .iter()
        .filter(|gap| matches!(gap.reason, GapReason::MountMoved | GapReason::Loose));
    for (gap, site) in moved.filter_map(|gap| Some((gap, gap.site?))) {
        for step in steps.iter_mut().filter(|step| gap.holds(step.initial_contact_s)) {
            match site {
                Site::Chest => step.trunk_lean = None,
                Site::Pelvis => step.pelvis_tilt = None,
                Site::Head => continue,
            }
            step.waist_bend = None;
        }
        for window in windows.iter_mut().filter(|window| gap.holds_most_of(window)) {
            window.class = LeanClass::NotSure;
            window.probabilities = Probabilities::NOT_SURE;
            if site == Site::Chest {
                (window.trunk_lean_deg, window.trunk_lean_ci90_deg) = (None, None);
            }
        }
    }
}

impl Gap {
    fn holds(&self, time_s: f64) -> bool {
        (self.start_s..self.end_s).contains(&time_s)
    }

    /// A slip is dated to a few tenths of a second, so a window that only touches it keeps what it said.
    fn holds_most_of(&self, window: &LeanReading) -> bool {
        let within_s = self.end_s.min(window.end_s) - self.start_s.max(window.start_s);
        within_s > 0.5 * (window.end_s - window.start_s)
    }
}
