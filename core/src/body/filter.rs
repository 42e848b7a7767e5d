//! A symmetric smoothing filter: no phase, a known delay.
//!
//! Runs one value at a time. Invariant: the output belongs to the instant `DELAY` cells back.

use std::collections::VecDeque;

/// Smooths with a Hann window of `2 * delay + 1` cells.
#[derive(Clone, Debug)]
pub struct Hann {
    weights: Vec<f64>,
    window: VecDeque<f64>,
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
            window: VecDeque::with_capacity(length + 1),
        }
    }

    /// Takes the next value; gives the smoothed value of `delay` cells ago, once the window is full.
    pub fn push(&mut self, value: f64) -> Option<f64> {
        self.window.push_back(value);
        if self.window.len() > self.weights.len() {
            self.window.pop_front();
        }
        (self.window.len() == self.weights.len()).then(|| {
            self.weights
                .iter()
                .zip(&self.window)
                .map(|(weight, value)| weight * value)
                .sum()
        })
    }

    /// Forgets everything, as after a hole.
    pub fn clear(&mut self) {
        self.window.clear();
    }
}
