//! Stretches of a session whose frames came and were not used, since their times cannot be true.
//!
//! Places no sample. Invariant: memory is bounded, and stretches stand in order of time.

use crate::{
    pod::site::Site,
    session::report::{Gap, GapReason},
};

/// Refused frames so near to each other are one stretch, seconds. Ours.
const APART_S: f64 = 1.0;
/// Most stretches kept; the last one then grows. Ours.
const MOST: usize = 256;
/// A shorter stretch that left no hole is not worth a word, seconds: as a hole is not.
const SHORTEST_S: f64 = 0.1;

/// The stretches, each from the first refused sample to the arrival of the last one, seconds on the session's axis.
#[derive(Debug, Default)]
pub(super) struct RefusedTimes(Vec<[f64; 2]>);

impl RefusedTimes {
    /// Takes a refused frame that arrived at `arrival_s` and holds samples of `length_s`.
    pub(super) fn note(&mut self, arrival_s: f64, length_s: f64) {
        let full = self.0.len() >= MOST;
        match self.0.last_mut() {
            Some([_, end_s]) if full || arrival_s - *end_s <= APART_S => *end_s = end_s.max(arrival_s),
            _ => self.0.push([(arrival_s - length_s).max(0.0), arrival_s]),
        }
    }

    /// Gives the holes of the pod at `site` their reason, and adds those that nobody noticed.
    pub(super) fn explain(&self, site: Site, gaps: &mut Vec<Gap>) {
        let is_hole = |gap: &Gap| gap.site == Some(site) && gap.reason == GapReason::Missing;
        for &[start_s, end_s] in &self.0 {
            let shared_s = |gap: &Gap| gap.end_s.min(end_s) - gap.start_s.max(start_s);
            let mut noticed = false;
            for gap in gaps.iter_mut().filter(|gap| is_hole(gap) && shared_s(gap) > 0.0) {
                noticed = true;
                if 2.0 * shared_s(gap) >= gap.end_s - gap.start_s {
                    gap.reason = GapReason::BadTime;
                }
            }
            noticed |= gaps
                .iter()
                .any(|gap| gap.site == Some(site) && gap.reason == GapReason::BadTime && shared_s(gap) > 0.0);
            if !noticed && end_s - start_s >= SHORTEST_S {
                gaps.push(Gap {
                    start_s,
                    end_s,
                    site: Some(site),
                    reason: GapReason::BadTime,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole(start_s: f64, end_s: f64) -> Gap {
        Gap {
            start_s,
            end_s,
            site: Some(Site::Chest),
            reason: GapReason::Missing,
        }
    }

    #[test]
    fn a_hole_mostly_of_refused_frames_bears_their_reason_and_one_without_a_hole_is_added() {
        let mut refused = RefusedTimes::default();
        for k in 0..20 {
            refused.note(10.0 + 0.125 * f64::from(k), 0.125);
        }
        refused.note(50.0, 0.125);
        refused.note(51.0, 0.125);
        let mut gaps = vec![hole(9.9, 12.5), hole(20.0, 30.0)];
        refused.explain(Site::Chest, &mut gaps);
        let reasons: Vec<GapReason> = gaps.iter().map(|gap| gap.reason).collect();
        assert_eq!(
            reasons,
            [GapReason::BadTime, GapReason::Missing, GapReason::BadTime]
        );
        let [start_s, end_s] = [gaps[2].start_s, gaps[2].end_s];
        assert!((start_s - 49.875).abs() < 1e-9 && (end_s - 51.0).abs() < 1e-9);
    }

    #[test]
    fn however_many_frames_are_refused_the_memory_is_bounded() {
        let mut refused = RefusedTimes::default();
        for k in 0..10_000 {
            refused.note(5.0 * f64::from(k), 0.1);
        }
        assert_eq!(refused.0.len(), MOST);
        assert!(refused.0.last().is_some_and(|span| span[1] > 49_990.0));
    }
}
