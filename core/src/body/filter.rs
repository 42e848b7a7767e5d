//! A symmetric smoothing filter: no phase, a known delay.
//!
//! Runs one value at a time. Invariant: the output belongs to the instant `DELAY` cells back.

/// Smooths with a Hann window of `2 * delay + 1` cells.
#[derive(Clone, Debug)]
pub struct Hann {
    weights: Vec<f64>,
    /// The last values twice over, so that those under the window always lie side by side.
    values: Vec<f64>,
    /// Where the oldest of them lies in the first half.
    oldest: usize,
    /// How many there are.
    filled: usize,
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
            weights: (0..length).map(|k| shape(k) / total).collect(),
            values: vec![0.0; 2 * length],
            oldest: 0,
            filled: 0,
        }
    }

    /// Takes the next value; gives the smoothed value of `delay` cells ago, once the window is full.
    pub fn push(&mut self, value: f64) -> Option<f64> {
        let length = self.weights.len();
        for place in [self.oldest, self.oldest + length] {
            *self.values.get_mut(place)? = value;
        }
        self.oldest = (self.oldest + 1) % length;
        self.filled = (self.filled + 1).min(length);
        let window = self.values.get(self.oldest..self.oldest + length)?;
        (self.filled == length).then(|| {
            self.weights
                .iter()
                .zip(window)
                .map(|(weight, value)| weight * value)
                .sum()
        })
    }

    /// Forgets everything, as after a hole.
    pub fn clear(&mut self) {
        self.filled = 0;
    }
}
