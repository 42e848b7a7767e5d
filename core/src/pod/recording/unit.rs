//! Whether the numbers of a recording can be in the units its header names.
//!
//! Converts nothing: a file that says one unit and holds another is an error. Invariant: what a worn pod can measure passes.

use glam::DVec3;

use super::RecordingError;
use crate::pod::sample::ImuSample;

/// Fewer rows tell nothing: a body that moves has to come to its mean. Ours, 1 to 20 s.
const ROWS: usize = 500;
/// Mean size of the specific force on a body, m/s²: 9.8 at rest, 10 to 14 in running; in g it would be about 1. Ours.
const FORCE_MPS2: std::ops::RangeInclusive<f64> = 3.0..=60.0;
/// Least length of the mean specific force, m/s²: gravity keeps its way in a worn pod. Without gravity it is near zero. Ours.
const GRAVITY_LEFT_MPS2: f64 = 1.0;
/// Nine tenths of the angular velocities of a trunk stay below this, rad/s: running reaches 5, in degrees a second
/// it would be 100. Ours.
const TURN_RADPS: f64 = 20.0;

/// Whether an axis of force never changes while another does.
fn has_dead_axis(samples: &[ImuSample]) -> bool {
    let axes = [0, 1, 2].map(|axis| {
        let mut values = samples.iter().map(|sample| sample.specific_force[axis]);
        let first = values.next();
        values.all(|value| Some(value) == first)
    });
    axes.contains(&true) && axes.contains(&false)
}

/// Says what is wrong with the units, if anything.
pub(super) fn check(samples: &[ImuSample]) -> Result<(), RecordingError> {
    if samples.len() < ROWS {
        return Ok(());
    }
    let rows = samples.len() as f64;
    let size = samples
        .iter()
        .map(|sample| sample.specific_force.length())
        .sum::<f64>()
        / rows;
    let mean = samples.iter().map(|sample| sample.specific_force).sum::<DVec3>() / rows;
    // The size of what a dead axis leaves says nothing of the unit; that it is dead is told where the run is judged.
    let whole = !has_dead_axis(samples);
    if whole && !FORCE_MPS2.contains(&size) {
        return Err(RecordingError::ForceUnit { mean: size });
    }
    if whole && mean.length() < GRAVITY_LEFT_MPS2 {
        return Err(RecordingError::NoGravity { mean: mean.length() });
    }
    let mut turns: Vec<f64> = samples
        .iter()
        .filter_map(|sample| Some(sample.angular_velocity?.length()))
        .collect();
    if turns.is_empty() {
        return Ok(());
    }
    let place = turns.len() * 9 / 10;
    let (_, &mut most, _) = turns.select_nth_unstable_by(place, f64::total_cmp);
    if most > TURN_RADPS {
        return Err(RecordingError::TurnUnit { most });
    }
    Ok(())
}
