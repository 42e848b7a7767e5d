//! Smooth changes over time, with exact derivatives.
//!
//! Invariant: a [`Track`] and its rate never jump at a blend, so no pod ever feels a kick the body did not make.

/// A value and its first two derivatives in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moment {
    /// The value.
    pub(super) value: f64,
    /// Its change a second.
    pub(super) rate: f64,
    /// The change of its rate a second.
    pub(super) acceleration: f64,
}

/// From 0 to 1 while `u` goes from 0 to 1, with three derivatives that are zero at both ends: one more than a pose
/// needs, because the lean of a start follows the *rate* of a speed.
pub(super) fn ease(u: f64) -> f64 {
    let u = u.clamp(0.0, 1.0);
    u.powi(4) * (35.0 + u * (-84.0 + u * (70.0 - 20.0 * u)))
}

/// [`ease`] over `duration_s` with its derivatives in time.
pub(super) fn ease_over(elapsed_s: f64, duration_s: f64) -> Moment {
    let u = (elapsed_s / duration_s).clamp(0.0, 1.0);
    let rest = 1.0 - u;
    Moment {
        value: ease(u),
        rate: 140.0 * (u * rest).powi(3) / duration_s,
        acceleration: 420.0 * (u * rest).powi(2) * (1.0 - 2.0 * u) / (duration_s * duration_s),
    }
}

/// A straight piece of a track, entered by a blend.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    at_s: f64,
    from: f64,
    slope_per_s: f64,
    until_s: f64,
    blend_s: f64,
    /// What the track had at `at_s` beyond the new piece; blended away.
    gap: f64,
}

impl Key {
    fn moment(&self, time_s: f64) -> Moment {
        let elapsed = time_s - self.at_s;
        let blend = ease_over(elapsed, self.blend_s);
        let on_slope = time_s < self.until_s;
        let run = time_s.min(self.until_s) - self.at_s;
        Moment {
            value: self.from + self.slope_per_s * run + self.gap * (1.0 - blend.value),
            rate: if on_slope { self.slope_per_s } else { 0.0 } - self.gap * blend.rate,
            acceleration: -self.gap * blend.acceleration,
        }
    }
}

/// A quantity over time: levels and straight slopes joined by smooth blends.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Track {
    initial: f64,
    keys: Vec<Key>,
}

impl Track {
    /// A track that stays at `initial` until the first piece.
    pub(super) const fn new(initial: f64) -> Self {
        Self {
            initial,
            keys: Vec::new(),
        }
    }

    /// From `at_s` on towards `value`, arriving after `blend_s`.
    #[must_use]
    pub(super) fn level(self, at_s: f64, value: f64, blend_s: f64) -> Self {
        self.slope([at_s, f64::INFINITY], [value, value], blend_s)
    }

    /// From `span_s[0]` on along the line between the two values, met after `blend_s`; level after `span_s[1]`.
    #[must_use]
    pub(super) fn slope(mut self, span_s: [f64; 2], values: [f64; 2], blend_s: f64) -> Self {
        let [at_s, until_s] = span_s;
        let [from, to] = values;
        let length_s = until_s - at_s;
        let slope_per_s = if length_s.is_finite() && length_s > 0.0 {
            (to - from) / length_s
        } else {
            0.0
        };
        let gap = self.at(at_s).value - from;
        self.keys.push(Key {
            at_s,
            from,
            slope_per_s,
            until_s,
            blend_s: blend_s.max(1e-3),
            gap,
        });
        self
    }

    /// Value and derivatives at a time.
    pub(super) fn at(&self, time_s: f64) -> Moment {
        let next = self.keys.partition_point(|key| key.at_s <= time_s);
        next.checked_sub(1).and_then(|index| self.keys.get(index)).map_or(
            Moment {
                value: self.initial,
                ..Moment::default()
            },
            |key| key.moment(time_s),
        )
    }

    /// The value alone.
    pub(super) fn value(&self, time_s: f64) -> f64 {
        self.at(time_s).value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_reaches_its_levels_and_slopes() {
        let track = Track::new(1.0)
            .level(10.0, 3.0, 2.0)
            .slope([20.0, 30.0], [3.0, -7.0], 1.0);
        for (time_s, value) in [(0.0, 1.0), (10.0, 1.0), (12.0, 3.0), (25.0, -2.0), (31.0, -7.0)] {
            assert!((track.value(time_s) - value).abs() < 1e-9, "at {time_s}");
        }
    }

    #[test]
    fn the_derivatives_are_those_of_the_value() {
        let track = Track::new(0.0).level(1.0, 5.0, 2.0).level(4.0, -1.0, 1.5);
        let h = 1e-5;
        for index in 0..60_u32 {
            let time_s = f64::from(index) * 0.1 + 0.033;
            let [before, here, after] = [time_s - h, time_s, time_s + h].map(|time| track.at(time));
            assert!(((after.value - before.value) / (2.0 * h) - here.rate).abs() < 1e-4);
            assert!(((after.rate - before.rate) / (2.0 * h) - here.acceleration).abs() < 1e-3);
        }
    }
}
