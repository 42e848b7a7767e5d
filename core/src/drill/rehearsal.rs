//! A history that opens a drill: for whoever rehearses it without having practised.
//!
//! Practises nothing. Invariant: the drill is open for a runner with these sessions.

use super::{
    DrillId, DrillResult,
    catalog::{Drill, Opening},
};
use crate::units::Timestamp;

/// Drill sessions that open a drill for a runner of whom nothing else is known, the newest ten days before `now`.
#[must_use]
pub fn sessions_that_open(drill: DrillId, now: Timestamp) -> Vec<DrillResult> {
    const MASTERED_IN: u32 = 6;
    let mastered =
        |drill| (0..MASTERED_IN).map(move |time| met(drill, now, 10 * (MASTERED_IN - time), time == 0));
    match Drill::of(drill).opening {
        Opening::Always => Vec::new(),
        Opening::AnyOf(openers) => openers.iter().copied().flat_map(mastered).collect(),
        Opening::Mastered(count) => {
            let first = [DrillId::D3, DrillId::D4, DrillId::D5].into_iter().take(count);
            first.flat_map(mastered).collect()
        }
        // Once practised, what a finding opened stays open.
        Opening::Found(_) => vec![DrillResult {
            passed: 0,
            met: false,
            ..met(drill, now, 10, true)
        }],
    }
}

fn met(drill: DrillId, now: Timestamp, days_ago: u32, feedback: bool) -> DrillResult {
    let pass = Drill::of(drill).pass;
    let whole = if pass.as_one { 1 } else { pass.of };
    DrillResult {
        drill,
        at: now.plus_seconds(-86_400.0 * f64::from(days_ago)),
        asked: whole,
        seen: whole,
        passed: whole,
        feedback,
        met: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::progression::{Known, progress};

    #[test]
    fn every_drill_is_open_after_its_sessions() {
        let now = Timestamp(1_800_000_000_000_000);
        for drill in Drill::ALL {
            let calibrated = met(DrillId::D0, now, 1, true);
            let sessions: Vec<_> = sessions_that_open(drill.id, now)
                .into_iter()
                .chain([calibrated])
                .collect();
            let open = progress(&sessions, &Known::default(), now).unlocked;
            assert!(open.contains(&drill.id), "{:?}", drill.id);
        }
    }
}
