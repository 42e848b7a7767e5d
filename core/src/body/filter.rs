//! A symmetric smoothing filter: no phase, a known delay.
//!
//! Runs one value at a time. Invariant: the output belongs to the instant `DELAY` cells back.

/// Smooths with a Hann window of `2 * delay + 1` cells.
#[derive(Clone, Debug)]
pub struct Hann {
    /// Of the cells up to the middle; the others mirror them.
    weights: Vec<f64>,
    /// The last values, each written twice, a window apart, so that a whole window always lies in one piece.
    values: Vec<f64>,
    /// Where the next value goes.
    place: usize,
    held: usize,
}

impl Hann {
    /// A filter that looks `delay` cells to both sides.
    #[must_use]
    pub fn new(delay: usize) -> Self {
        let length = 2 * delay + 1;
        let shape = |k: usize| {
            (std::f64::consts::PI * (k + 1) as f64 / (length + 1) as f64)
                .sin()
                .powi(2)
        };
        let total: f64 = (0..length).map(shape).sum();
        Self {
            weights: (0..=delay).map(|k| shape(k) / total).collect(),
            values: vec![0.0; 2 * length],
            place: 0,
            held: 0,
        }
    }

    /// Takes the next value; gives the smoothed value of `delay` cells ago, once the window is full.
    pub fn push(&mut self, value: f64) -> Option<f64> {
        let length = self.values.len() / 2;
        let (first, second) = self.values.split_at_mut(length);
        for half in [first, second] {
            *half.get_mut(self.place)? = value;
        }
        self.place = (self.place + 1) % length;
        self.held = (self.held + 1).min(length);
        (self.held == length).then(|| self.smoothed(length))
    }

    /// Of the window whose oldest value is at `place`.
    fn smoothed(&self, length: usize) -> f64 {
        let window = &self.values[self.place..self.place + length];
        let [sides @ .., middle] = &self.weights[..] else {
            return 0.0;
        };
        let pairs = window.iter().zip(window.iter().rev());
        let sum: f64 = sides
            .iter()
            .zip(pairs)
            .map(|(weight, (old, new))| weight * (old + new))
            .sum();
        sum + middle * window[sides.len()]
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
        let mut filter = Hann::new(3);
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
