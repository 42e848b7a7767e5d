//! What was told of a run before a stand showed that a pod had moved in it.
//!
//! Notices nothing itself. Invariant: of a stretch in which a pod sat otherwise than its neutral said, neither its angle
//! nor a class that rests on it stays; what the other pod told alone does.

use super::{
    holes::in_doubt,
    report::{Gap, GapReason},
};
use crate::{
    gait::step::Step,
    lean::{
        features::{Circumstances, FeatureVector},
        model::LeanModel,
        otherwise::weigh,
        reading::{LeanClass, LeanReading, Probabilities},
    },
    pod::site::Site,
};

/// Takes back the angles of steps and the classes of windows that lie in a gap of a pod that had moved.
pub(super) fn withdraw(gaps: &[Gap], steps: &mut [Step], windows: &mut [LeanReading]) {
    let moved = gaps
        .iter()
        .filter(|gap| matches!(gap.reason, GapReason::MountMoved | GapReason::Loose));
    for (gap, site) in moved.filter_map(|gap| Some((gap, gap.site?))) {
        for window in windows.iter_mut().filter(|window| gap.holds_much_of(window)) {
            if !rests_on(window, site, gap, steps) {
                continue;
            }
            window.class = LeanClass::NotSure;
            window.probabilities = Probabilities::NOT_SURE;
            if site == Site::Chest {
                (window.trunk_lean_deg, window.trunk_lean_ci90_deg) = (None, None);
            }
        }
        for step in steps.iter_mut().filter(|step| gap.holds(step.initial_contact_s)) {
            match site {
                Site::Chest => step.trunk_lean = None,
                Site::Pelvis => step.pelvis_tilt = None,
                Site::Head => continue,
            }
            step.waist_bend = None;
        }
    }
}

/// Whether a window's steps within the gap tell an angle of this pod: its class rests on none where there was none.
fn rests_on(window: &LeanReading, site: Site, gap: &Gap, steps: &[Step]) -> bool {
    let from = steps.partition_point(|step| step.initial_contact_s < window.start_s);
    let within = steps.iter().skip(from);
    let mut within = within.take_while(|step| step.initial_contact_s < window.end_s);
    within.any(|step| {
        let angle = match site {
            Site::Chest => step.trunk_lean,
            Site::Pelvis => step.pelvis_tilt,
            Site::Head => None,
        };
        gap.holds(step.initial_contact_s) && angle.is_some()
    })
}

/// Weighs the windows before a stand that does not fit the neutral by what it shows; gives those that lost their class.
pub(super) fn doubt(
    circumstances: &Circumstances,
    steps: &[Step],
    windows: &mut [LeanReading],
    model: &dyn LeanModel,
) -> Vec<Gap> {
    let shown_s = circumstances
        .otherwise
        .iter()
        .flatten()
        .map(|stand| stand.shown_s);
    let shown_s = shown_s.fold(f64::NEG_INFINITY, f64::max);
    let mut lost = Vec::new();
    // Later ones were weighed as they ended.
    for window in windows.iter_mut().filter(|window| window.end_s <= shown_s) {
        let turned_deg = circumstances.turned_deg(window.start_s);
        let from = steps.partition_point(|step| step.initial_contact_s < window.start_s);
        let to = steps.partition_point(|step| step.initial_contact_s < window.end_s - SAME_S);
        let running: Vec<Step> = steps[from..to]
            .iter()
            .filter(|step| step.running)
            .copied()
            .collect();
        let features = FeatureVector::of(&running, *circumstances);
        if weigh(window, &features, turned_deg, model) {
            lost.push(in_doubt(window, circumstances));
        }
    }
    lost
}

/// A window ends with its last step, at which the next one begins, seconds.
const SAME_S: f64 = 0.1;

impl Gap {
    fn holds(&self, time_s: f64) -> bool {
        (self.start_s..self.end_s).contains(&time_s)
    }

    /// A slip is dated to a few tenths of a second, so a window that only touches it keeps what it said: a fifth of a slip
    /// moves its mean by less than a strap does.
    fn holds_much_of(&self, window: &LeanReading) -> bool {
        let within_s = self.end_s.min(window.end_s) - self.start_s.max(window.start_s);
        within_s > 0.2 * (window.end_s - window.start_s)
    }
}
