//! What markers and force plates say of one step.
//!
//! Sees no sensor. Invariant: angles are those of the segments the pods get, seams and turned ones included.

use glam::DQuat;

use super::{Cut, Source, Track, TrueStep, mean};
use crate::{contacts::Contact, markers::inclination_deg};

impl Source {
    /// The step between two contacts.
    pub(super) fn true_step(
        &self,
        pair: &[Contact],
        cut: Cut,
        closed: &[Option<Vec<DQuat>>; 2],
        tracks: [Option<&Track>; 2],
    ) -> TrueStep {
        let [contact, next] = [pair[0], pair[1]];
        let whole = |seconds: f64| self.frame(seconds).round() as usize;
        let frames = whole(contact.initial_contact_s)..whole(next.initial_contact_s);
        let inclination = |turns: &Vec<DQuat>, neutral: DQuat| {
            let each = turns[frames.start - cut.from..frames.end - cut.from].iter();
            mean(each.map(|turn| inclination_deg(*turn) - inclination_deg(neutral)))
        };
        let angle = |k: usize| {
            closed[k]
                .as_ref()
                .zip(tracks[k])
                .and_then(|(turns, track)| inclination(turns, track.neutral))
        };
        let rise_mm = |track: &Track| {
            let heights = track.place[frames.clone()].iter().map(|place| place.y);
            let (low, high) = heights.fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(y), high.max(y)));
            1e3 * (high - low)
        };
        let lowest_s = self.lowest_s(&contact);
        let timing = |crossing_s: f64| 1e3 * (crossing_s - lowest_s) / contact.ground_contact_ms();
        let step = TrueStep {
            contact,
            next_contact_s: next.initial_contact_s,
            trunk_lean_deg: angle(0),
            pelvis_tilt_deg: angle(1).unwrap_or(f64::NAN),
            oscillation_mm: tracks.map(|track| track.map(rise_mm)),
            mid_stance_timing: contact.crossing_s.map(timing),
        };
        step.shifted((cut.lead as f64 - cut.from as f64) / self.trial.rate_hz - self.trial.start_s)
    }

    /// When the pelvis is lowest in this contact: a parabola through the lowest frame and its neighbours.
    fn lowest_s(&self, contact: &Contact) -> f64 {
        let height = |k: usize| self.poses[k.min(self.poses.len() - 1)].pelvis_centre().y;
        let from = self.frame(contact.initial_contact_s).ceil() as usize;
        let to = self.frame(contact.toe_off_s).floor() as usize;
        let lowest = (from.max(1)..to)
            .min_by(|a, b| height(*a).total_cmp(&height(*b)))
            .unwrap_or(from.max(1));
        let [before, at, after] = [lowest - 1, lowest, lowest + 1].map(height);
        let bow = before - 2.0 * at + after;
        let offset = if bow > 1e-12 {
            (0.5 * (before - after) / bow).clamp(-1.0, 1.0)
        } else {
            0.0
        };
        self.trial.start_s + (lowest as f64 + offset) / self.trial.rate_hz
    }
}
