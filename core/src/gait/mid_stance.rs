//! Whether the body passes over the foot early or late.
//!
//! Judges nothing. Invariant: a tilt error of the pod shifts nothing to first order.

use super::trace::{Trace, first_cell};
use crate::body::sample::{GRID_HZ, time_s};

/// Where fore-aft acceleration turns from braking to propulsion, against the lowest point, in contact times.
/// Over a steady stance braking and propulsion cancel; what is left over is vertical force seen through
/// a tilt error, so it is taken off in proportion to that force.
pub(super) fn timing(trace: &Trace, contact_s: f64, lowest_s: f64, toe_off_s: f64) -> Option<f64> {
    let (from, to) = (first_cell(contact_s), first_cell(toe_off_s));
    let stance: Option<Vec<(f64, f64)>> = (from..to)
        .map(|k| Some((trace.fore_aft(k)?, trace.force(k)?)))
        .collect();
    let stance = stance?;
    let total = stance
        .iter()
        .fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    let leak = total.0 / total.1.max(1e-6);
    let level: Vec<f64> = stance
        .iter()
        .map(|(fore_aft, force)| fore_aft - leak * force)
        .collect();
    let crossing_s = |(k, pair): (usize, &[f64])| {
        let (a, b) = (*pair.first()?, *pair.last()?);
        (a < 0.0 && b >= 0.0).then(|| time_s(from + k as i64) + a / (a - b) / GRID_HZ)
    };
    let nearest = level
        .windows(2)
        .enumerate()
        .filter_map(crossing_s)
        .min_by(|a, b| (a - lowest_s).abs().total_cmp(&(b - lowest_s).abs()))?;
    Some((nearest - lowest_s) / (toe_off_s - contact_s))
}
