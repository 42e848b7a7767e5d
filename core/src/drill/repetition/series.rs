//! One quantity over time, and the few operations repetitions need.
//!
//! Knows no body. Invariant: times rise; an operation on too few points says so with `None`.

/// `(seconds, value)` in time order.
#[derive(Clone, Debug, Default)]
pub(super) struct Series(pub(super) Vec<(f64, f64)>);

impl FromIterator<(f64, f64)> for Series {
    fn from_iter<I: IntoIterator<Item = (f64, f64)>>(points: I) -> Self {
        Self(points.into_iter().collect())
    }
}

impl Series {
    pub(super) fn mean(&self) -> Option<f64> {
        (!self.0.is_empty()).then(|| self.0.iter().map(|(_, value)| value).sum::<f64>() / self.0.len() as f64)
    }

    /// Root mean square about the mean.
    pub(super) fn deviation(&self) -> Option<f64> {
        let mean = self.mean()?;
        let square = self
            .0
            .iter()
            .map(|(_, value)| (value - mean).powi(2))
            .sum::<f64>();
        Some((square / self.0.len() as f64).sqrt())
    }

    pub(super) fn median(&self) -> Option<f64> {
        let mut values: Vec<f64> = self.0.iter().map(|(_, value)| *value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }

    pub(super) fn largest(&self) -> Option<f64> {
        self.0.iter().map(|(_, value)| *value).max_by(f64::total_cmp)
    }

    pub(super) fn smallest(&self) -> Option<f64> {
        self.0.iter().map(|(_, value)| *value).min_by(f64::total_cmp)
    }

    /// The value farthest from zero, with its sign.
    pub(super) fn farthest_from_zero(&self) -> Option<f64> {
        self.0
            .iter()
            .map(|(_, value)| *value)
            .max_by(|a, b| a.abs().total_cmp(&b.abs()))
    }

    /// Each value replaced by the mean of the values within half of `width_s` to either side.
    pub(super) fn smooth(&self, width_s: f64) -> Self {
        let half = width_s / 2.0;
        let (mut first, mut next, mut sum) = (0, 0, 0.0);
        let mut smooth = Vec::with_capacity(self.0.len());
        for &(time, _) in &self.0 {
            while let Some(&(later, value)) = self.0.get(next).filter(|(later, _)| *later <= time + half) {
                debug_assert!(later.is_finite());
                sum += value;
                next += 1;
            }
            while let Some(&(_, value)) = self.0.get(first).filter(|(earlier, _)| *earlier < time - half) {
                sum -= value;
                first += 1;
            }
            smooth.push((time, sum / (next - first).max(1) as f64));
        }
        Self(smooth)
    }

    pub(super) fn map(&self, change: impl Fn(f64, f64) -> f64) -> Self {
        self.0
            .iter()
            .map(|&(time, value)| (time, change(time, value)))
            .collect()
    }

    /// The longest unbroken stretch in which `keep` holds, start and end; `None` where it never does.
    pub(super) fn longest(&self, keep: impl Fn(f64) -> bool) -> Option<(f64, f64)> {
        let mut best: Option<(f64, f64)> = None;
        let mut start = None;
        for &(time, value) in &self.0 {
            if keep(value) {
                let begun = *start.get_or_insert(time);
                if best.is_none_or(|(from, to)| time - begun > to - from) {
                    best = Some((begun, time));
                }
            } else {
                start = None;
            }
        }
        best
    }

    /// The last time at which `keep` holds.
    pub(super) fn last_time(&self, keep: impl Fn(f64) -> bool) -> Option<f64> {
        self.0
            .iter()
            .rev()
            .find(|(_, value)| keep(*value))
            .map(|(time, _)| *time)
    }

    /// The running integral from zero (trapezoids).
    pub(super) fn integral(&self) -> Self {
        let mut sum = 0.0;
        let mut previous: Option<(f64, f64)> = None;
        let points = self.0.iter().map(|&(time, value)| {
            if let Some((before, from)) = previous {
                sum += (time - before) * (from + value) / 2.0;
            }
            previous = Some((time, value));
            (time, sum)
        });
        Self(points.collect())
    }

    /// The last value.
    pub(super) fn last(&self) -> Option<f64> {
        self.0.last().map(|(_, value)| *value)
    }

    /// First and last time, when they differ.
    pub(super) fn span(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.0.first()?.0, self.0.last()?.0);
        (last > first).then_some((first, last))
    }

    /// The value at the first time that is not before `time_s`.
    pub(super) fn at(&self, time_s: f64) -> Option<f64> {
        let index = self.0.partition_point(|(time, _)| *time < time_s);
        self.0.get(index).map(|(_, value)| *value)
    }

    /// Acceleration (m/s²) to the way covered (m) by a body that is at rest at both ends.
    ///
    /// `offset` is what the accelerometer shows too much at each time. What velocity is left at the end is spread
    /// along a straight line.
    pub(super) fn way_between_rests(&self, offset: impl Fn(f64) -> f64) -> Option<f64> {
        let (start, end) = self.span()?;
        let velocity = self.map(|time, value| value - offset(time)).integral();
        let left = velocity.last()?;
        velocity
            .map(|time, value| value - left * (time - start) / (end - start))
            .integral()
            .last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(seconds: f64, value: impl Fn(f64) -> f64) -> Series {
        let count = (seconds * 100.0) as u32;
        (0..=count)
            .map(|index| f64::from(index) / 100.0)
            .map(|time| (time, value(time)))
            .collect()
    }

    #[test]
    fn the_way_between_rests_survives_an_offset_and_a_leak_that_grows() {
        // A raised-cosine move of 80 mm in 1.2 s.
        let rate = std::f64::consts::TAU / 1.2;
        let acceleration = move |time: f64| 0.08 / 1.2 * rate * (rate * time).sin();
        let clean = sampled(1.2, acceleration).way_between_rests(|_| 0.0).unwrap();
        assert!((clean - 0.08).abs() < 1e-3, "{clean}");
        let leaky = sampled(1.2, move |time| acceleration(time) + 0.3 - 0.2 * time / 1.2);
        let way = leaky.way_between_rests(|time| 0.3 - 0.2 * time / 1.2).unwrap();
        assert!((way - 0.08).abs() < 1e-3, "{way}");
    }

    #[test]
    fn smoothing_keeps_a_line_and_flattens_a_spike() {
        let line = sampled(1.0, |time| 3.0 * time).smooth(0.2);
        assert!((line.0[50].1 - 1.5).abs() < 1e-9);
        let spike = sampled(1.0, |time| f64::from(u8::from((time - 0.5).abs() < 1e-6))).smooth(0.2);
        assert!(spike.largest().unwrap() < 0.06);
    }

    #[test]
    fn the_longest_stretch_is_unbroken() {
        let series = sampled(3.0, |time| if (time - 1.0).abs() < 1e-6 { 0.0 } else { 5.0 });
        let (from, to) = series.longest(|value| value > 1.0).unwrap();
        assert!((from - 1.01).abs() < 1e-9 && (to - 3.0).abs() < 1e-9);
        assert!(series.longest(|value| value > 9.0).is_none());
    }

    #[test]
    fn an_empty_series_answers_nothing() {
        let empty = Series::default();
        assert!(empty.mean().is_none() && empty.median().is_none() && empty.deviation().is_none());
        assert!(empty.way_between_rests(|_| 0.0).is_none() && empty.smooth(0.2).0.is_empty());
    }
}
