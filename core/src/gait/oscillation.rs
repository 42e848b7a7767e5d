//! Rise and fall of the body within one step.
//!
//! Knows no contact. Invariant: the body is as high at the end of a step as at its begin.

use super::trace::{Trace, first_cell};
use crate::body::sample::{GRID_HZ, time_s};

/// Height over one step, metres, from its first cell.
pub(super) struct VerticalMotion {
    from: i64,
    height_m: Vec<f64>,
}

impl VerticalMotion {
    /// The vertical acceleration integrated twice, closed over the step; `None` over a hole.
    pub(super) fn over(trace: &Trace, from_s: f64, to_s: f64) -> Option<Self> {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let wanted = usize::try_from(to - from).ok()?;
        let mut height_m = Vec::with_capacity(wanted);
        let bodies = trace.bodies(from..to);
        height_m.extend(bodies.filter_map(|body| Some(body.primary()?.acceleration.y)));
        if height_m.len() < wanted {
            return None;
        }
        integrate_closed(&mut height_m);
        integrate_closed(&mut height_m);
        (height_m.len() > 4).then_some(Self { from, height_m })
    }

    /// Highest less lowest, metres.
    pub(super) fn range_m(&self) -> f64 {
        let fold = |start: f64, pick: fn(f64, f64) -> f64| self.height_m.iter().copied().fold(start, pick);
        fold(f64::MIN, f64::max) - fold(f64::MAX, f64::min)
    }

    /// When the body is lowest within a span, seconds.
    pub(super) fn lowest_s(&self, from_s: f64, to_s: f64) -> Option<f64> {
        let times = (self.from..).map(time_s);
        times
            .zip(&self.height_m)
            .filter(|(time_s, _)| (from_s..=to_s).contains(time_s))
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map(|(time_s, _)| time_s)
    }
}

/// Integral over the grid, of a signal without its mean, again without its mean: closed over a step.
fn integrate_closed(values: &mut [f64]) {
    let level = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut sum = 0.0;
    for value in values {
        sum += (*value - level) / GRID_HZ;
        *value = sum;
    }
}
