//! The last seconds of body samples.
//!
//! Keeps and cuts, judges nothing. Invariant: samples are in time order.

use std::collections::VecDeque;

use super::series::Series;
use crate::body::sample::{BodySample, GRID_HZ};

/// The last `length_s` seconds.
#[derive(Debug)]
pub(super) struct Trace {
    samples: VecDeque<BodySample>,
    length_s: f64,
}

impl Trace {
    pub(super) const fn new(length_s: f64) -> Self {
        Self {
            samples: VecDeque::new(),
            length_s,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample) {
        let oldest = sample.time_s - self.length_s;
        while self.samples.front().is_some_and(|front| front.time_s < oldest) {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
    }

    /// When the oldest kept sample was taken.
    pub(super) fn start_s(&self) -> Option<f64> {
        self.samples.front().map(|sample| sample.time_s)
    }

    /// The newest sample.
    pub(super) fn last(&self) -> Option<&BodySample> {
        self.samples.back()
    }

    /// The samples of `[start_s, end_s]`.
    pub(super) fn between(&self, start_s: f64, end_s: f64) -> impl Iterator<Item = &BodySample> + Clone {
        let first = self.samples.partition_point(|sample| sample.time_s < start_s);
        let last = self
            .samples
            .partition_point(|sample| sample.time_s <= end_s)
            .max(first);
        self.samples.range(first..last)
    }

    /// One quantity over `[start_s, end_s]`, without the instants where it is unknown.
    pub(super) fn series(
        &self,
        start_s: f64,
        end_s: f64,
        quantity: impl Fn(&BodySample) -> Option<f64>,
    ) -> Series {
        self.between(start_s, end_s)
            .filter_map(|sample| Some((sample.time_s, quantity(sample)?)))
            .collect()
    }

    /// Share of the grid instants of `[start_s, end_s]` where a quantity is unknown, 0 to 1.
    pub(super) fn missing(
        &self,
        start_s: f64,
        end_s: f64,
        quantity: impl Fn(&BodySample) -> Option<f64>,
    ) -> f64 {
        let expected = ((end_s - start_s) * GRID_HZ).round().max(1.0);
        let known = self.between(start_s, end_s).filter_map(quantity).count() as f64;
        (1.0 - known / expected).max(0.0)
    }
}

/// Trunk lean, degrees.
pub(super) fn trunk_lean(sample: &BodySample) -> Option<f64> {
    sample.chest?.inclination_deg
}

/// Pelvis tilt, degrees.
pub(super) fn pelvis_tilt(sample: &BodySample) -> Option<f64> {
    sample.pelvis?.inclination_deg
}

/// Trunk lean, or pelvis tilt where there is no chest: tells that something was tried, not how it went.
pub(super) fn any_lean(sample: &BodySample) -> Option<f64> {
    trunk_lean(sample).or_else(|| pelvis_tilt(sample))
}

/// Forward acceleration of the pelvis, m/s².
pub(super) fn pelvis_push(sample: &BodySample) -> Option<f64> {
    Some(sample.pelvis?.acceleration.x)
}

/// Upward acceleration of the segment that times the steps, m/s².
pub(super) fn bounce(sample: &BodySample) -> Option<f64> {
    Some(sample.primary()?.acceleration.y)
}
