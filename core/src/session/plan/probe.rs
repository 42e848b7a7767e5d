//! When a run without help is due, to show what stayed.
//!
//! Judges no run. Invariant: a run on or after the day counts, whichever drill it followed.

use super::Course;
use crate::{
    drill::{catalog::Drill, progression::History},
    units::Timestamp,
};

/// Weeks after a drill was last mastered (shape of Van den Berghe 2024, where nothing stayed at half a year until a word
/// brought it back; numbers ours).
const WEEKS: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 26.0];

/// The earliest day without a run on or after it; `None` before anything is mastered and after the last one.
pub(super) fn due(course: &Course, history: &History, now: Timestamp) -> Option<Timestamp> {
    let mastered = Drill::ALL
        .iter()
        .filter_map(|drill| history.mastered_at(drill.id, now))
        .max()?;
    let last_run = course
        .runs
        .iter()
        .filter(|run| run.seen.is_valid())
        .map(|run| run.at)
        .max();
    WEEKS
        .into_iter()
        .map(|weeks| mastered.plus_seconds(weeks * 7.0 * 86_400.0))
        .find(|due| last_run.is_none_or(|last| last < *due))
}
