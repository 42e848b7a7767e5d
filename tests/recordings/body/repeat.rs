//! A trial made longer: its strides again and again behind a stand, without a leap at the seams.
//!
//! Knows no truth. Invariant: what is not repeated is left as it was.

use glam::{DQuat, DVec3};
use plumbline_core::units::GRAVITY;

use super::{Cut, Segment, Track};
use crate::markers::specific_force;

/// Frames over which the end of one repeat passes into the begin of the next.
const SEAM_FRAMES: usize = 6;

/// The orientations of the cut; if it is repeated, what its end lacks to its begin is spread over all of it.
pub(super) fn closed(track: &Track, cut: Cut) -> Vec<DQuat> {
    let turns = &track.turn[cut.from..cut.to];
    if cut.repeats == 1 {
        return turns.to_vec();
    }
    let open = turns[0] * track.turn[cut.to].inverse();
    let count = turns.len() as f64;
    let share = |k: usize| DQuat::IDENTITY.slerp(open, k as f64 / count);
    turns
        .iter()
        .enumerate()
        .map(|(k, turn)| share(k) * *turn)
        .collect()
}

/// Stand, turn into the run, repeats.
pub(super) fn sequence(track: &Track, turns: &[DQuat], cut: Cut, stand: usize, rate_hz: f64) -> Segment {
    let forces = specific_force(&track.place, rate_hz);
    let rest = DVec3::Y * GRAVITY;
    let mut segment = Segment {
        force: vec![rest; stand],
        turn: vec![track.neutral; stand],
    };
    for k in stand..cut.lead {
        let share = (k + 1 - stand) as f64 / (cut.lead - stand) as f64;
        let eased = share * share * (3.0 - 2.0 * share);
        segment.force.push(rest);
        segment.turn.push(track.neutral.slerp(turns[0], eased));
    }
    for repeat in 0..cut.repeats {
        for (k, turn) in turns.iter().enumerate() {
            // After the first repeat the last frames go on for a moment while the first ones come in.
            let fresh = if repeat == 0 {
                1.0
            } else {
                ((k + 1) as f64 / SEAM_FRAMES as f64).min(1.0)
            };
            let going_on = forces[(cut.to + k.min(SEAM_FRAMES)).min(forces.len() - 1)];
            segment.force.push(going_on.lerp(forces[cut.from + k], fresh));
            segment.turn.push(*turn);
        }
    }
    segment
}
