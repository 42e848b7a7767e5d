//! A symmetric smoothing filter: no phase, a known delay.
//!
//! Runs one value at a time. Invariant: the output belongs to the instant half a window back.

/// Sums of a window that are added up side by side.
const SUMS: usize = 4;

/// Smooths with a Hann window of `LENGTH` cells, an odd number: as many to either side of the middle.
#[derive(Clone, Debug)]
pub struct Hann<const LENGTH: usize> {
    weights: [f64; LENGTH],
    /// The last values, each written twice, a window apart, so that a whole window always lies in one piece.
    values: [[f64; LENGTH]; 2],
    /// Where the next value goes.
    place: usize,
    held: usize,
}

impl<const LENGTH: usize> Default for Hann<LENGTH> {
    fn default() -> Self {
        let shape = |k: usize| {
            (std::f64::consts::PI * (k + 1) as f64 / (LENGTH + 1) as f64)
                .sin()
                .powi(2)
        };
        let total: f64 = (0..LENGTH).map(shape).sum();
        Self {
            weights: std::array::from_fn(|k| shape(k) / total),
            values: [[0.0; LENGTH]; 2],
            place: 0,
            held: 0,
        }
    }
}

impl<const LENGTH: usize> Hann<LENGTH> {
    /// Takes the next value; gives the smoothed value of half a window ago, once the window is full.
    #[inline]
    pub fn push(&mut self, value: f64) -> Option<f64> {
        for half in &mut self.values {
            *half.get_mut(self.place)? = value;
        }
        self.place = if self.place + 1 < LENGTH {
            self.place + 1
        } else {
            0
        };
        self.held = (self.held + 1).min(LENGTH);
        if self.held < LENGTH {
            return None;
        }
        let window = self.values.as_flattened().get(self.place..)?.first_chunk()?;
        Some(self.smoothed(window, value))
    }

    /// Of a window, oldest value first: what lies as far before the middle as after it weighs the same. Several sums, so that
    /// no addition waits for the one before, and the newest value as it came: it is still on its way to the window.
    #[inline]
    fn smoothed(&self, window: &[f64; LENGTH], newest: f64) -> f64 {
        let half = LENGTH / 2;
        let mut sums = [0.0; SUMS];
        for k in 1..half {
            sums[k % SUMS] += self.weights[k] * (window[k] + window[LENGTH - 1 - k]);
        }
        let ends = self.weights[0] * (window[0] + newest);
        sums.iter().sum::<f64>() + ends + self.weights[half] * window[half]
    }

    /// Forgets everything, as after a hole.
    pub fn clear(&mut self) {
        self.held = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_comes_out_as_the_window_and_a_level_as_itself() {
        let mut filter = Hann::<7>::default();
        let mut seen: Vec<f64> = (0..20)
            .filter_map(|k| filter.push(f64::from(u8::from(k == 9))))
            .collect();
        let total: f64 = seen.iter().sum();
        assert!((total - 1.0).abs() < 1e-12, "{total}");
        let top = seen.iter().copied().fold(0.0, f64::max);
        assert!((seen[6] - top).abs() < 1e-12 && top > 0.2, "{seen:?}");
        seen.reverse();
        filter.clear();
        let level: Vec<f64> = (0..9).filter_map(|_| filter.push(2.5)).collect();
        assert_eq!(level.len(), 3);
        assert!(level.iter().all(|value| (value - 2.5).abs() < 1e-12));
    }
}
