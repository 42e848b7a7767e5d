//! Which step, and how far into it: one number that grows by one a step.
//!
//! Invariant: the phase and its rate are continuous, though no two steps last equally long.

/// Step boundaries and the smooth phase through them.
#[derive(Clone, Debug, Default)]
pub(super) struct StepClock {
    bounds_s: Vec<f64>,
    /// Phase rate at each boundary, 1/s.
    rates: Vec<f64>,
}

impl StepClock {
    /// A clock through these step boundaries, in time order.
    pub(super) fn new(bounds_s: Vec<f64>) -> Self {
        let period = |index: usize| match (bounds_s.get(index), bounds_s.get(index + 1)) {
            (Some(start), Some(end)) => Some(end - start),
            _ => None,
        };
        let rates = (0..bounds_s.len())
            .map(|index| {
                let before = index.checked_sub(1).and_then(period);
                let after = period(index);
                match (before, after) {
                    (Some(before), Some(after)) => 2.0 / (before + after),
                    (Some(one), None) | (None, Some(one)) => 1.0 / one,
                    (None, None) => 1.0,
                }
            })
            .collect();
        Self { bounds_s, rates }
    }

    /// The step under way: how many boundaries have passed, less one; `None` before the first.
    pub(super) fn step(&self, time_s: f64) -> Option<usize> {
        self.bounds_s
            .partition_point(|bound| *bound <= time_s)
            .checked_sub(1)
    }

    /// Steps done and the share of the current one; negative before the first boundary.
    pub(super) fn phase(&self, time_s: f64) -> f64 {
        let index = self.step(time_s).unwrap_or(0);
        let (Some(start), Some(rate)) = (self.bounds_s.get(index), self.rates.get(index)) else {
            return 0.0;
        };
        let elapsed = time_s - start;
        let (Some(end), Some(next_rate)) = (self.bounds_s.get(index + 1), self.rates.get(index + 1)) else {
            return index as f64 + elapsed * rate;
        };
        if elapsed < 0.0 {
            return elapsed * rate;
        }
        // Cubic Hermite between the two boundaries.
        let period = end - start;
        let s = elapsed / period;
        let (s2, s3) = (s * s, s * s * s);
        let share =
            (s3 - 2.0 * s2 + s) * period * rate + (3.0 * s2 - 2.0 * s3) + (s3 - s2) * period * next_rate;
        index as f64 + share
    }

    /// When the phase has this value; within a microsecond for the phases of real steps.
    pub(super) fn when(&self, phase: f64) -> f64 {
        let index = phase.max(0.0).floor() as usize;
        let (Some(start), Some(rate)) = (self.bounds_s.get(index), self.rates.get(index)) else {
            return self.bounds_s.last().copied().unwrap_or_default();
        };
        let mut time_s = start + (phase - index as f64) / rate;
        for _ in 0..20 {
            time_s += (phase - self.phase(time_s)) / rate;
        }
        time_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phase_counts_boundaries_and_never_changes_its_rate_at_once() {
        let clock = StepClock::new(vec![1.0, 1.5, 2.1, 2.5]);
        for (time_s, phase) in [(1.0, 0.0), (1.5, 1.0), (2.1, 2.0), (2.5, 3.0)] {
            assert!((clock.phase(time_s) - phase).abs() < 1e-12);
        }
        let h = 1e-6;
        for bound in [1.0, 1.5, 2.1, 2.5] {
            let before = (clock.phase(bound) - clock.phase(bound - h)) / h;
            let after = (clock.phase(bound + h) - clock.phase(bound)) / h;
            assert!((before - after).abs() < 1e-3);
        }
        assert!((clock.phase(clock.when(1.37)) - 1.37).abs() < 1e-6);
    }
}
