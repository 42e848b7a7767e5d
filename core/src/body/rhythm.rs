//! The beat of the steps in the vertical acceleration.
//!
//! Gives no contact times: `gait` finds those around each beat. Works on any segment, walking or running.
//! Invariant: beats come in rising order, at most one a step.

use std::collections::VecDeque;

use super::filter::Hann;
use crate::units::GRAVITY;

/// Smoothing on either side, cells: leaves one hump a step up to 220 steps a minute. Ours.
const SMOOTH_CELLS: usize = 12;
/// A hump this high is a running step's, m/s². Ours.
const STRONG_MPS2: f64 = 0.5 * GRAVITY;
/// A hump below this is no step, m/s². Ours.
const WEAK_MPS2: f64 = 0.06 * GRAVITY;
/// A running beat is the highest within this many cells on either side: 250 steps a minute at most.
const STRONG_REACH: usize = 12;
/// A walking beat likewise: 166 steps a minute at most, so that a step's two humps count once.
const WEAK_REACH: usize = 18;

/// How late a beat is known, cells.
pub const DELAY_CELLS: usize = SMOOTH_CELLS + WEAK_REACH;

/// One hump of the vertical acceleration: the middle of a stance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beat {
    /// Grid cell of the hump.
    pub index: i64,
    /// Its height over rest, m/s², smoothed.
    pub height_mps2: f64,
}

impl Beat {
    /// Whether the hump is as high as a running step's.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.height_mps2 > STRONG_MPS2
    }
}

/// Finds beats, one cell at a time.
#[derive(Clone, Debug)]
pub struct Rhythm {
    smooth: Hann<{ 2 * SMOOTH_CELLS + 1 }>,
    /// Smoothed values; the newest belongs to `newest`.
    values: VecDeque<f64>,
    newest: i64,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            smooth: Hann::default(),
            values: VecDeque::with_capacity(2 * WEAK_REACH + 2),
            newest: 0,
        }
    }
}

impl Rhythm {
    /// Takes the vertical acceleration of cell `index`, m/s²; gives the beat that became certain, if any.
    /// A hole in `index` starts the search anew.
    pub fn push(&mut self, index: i64, vertical_mps2: f64) -> Option<Beat> {
        if index != self.newest + 1 {
            self.smooth.clear();
            self.values.clear();
        }
        self.newest = index;
        self.values.push_back(self.smooth.push(vertical_mps2)?);
        if self.values.len() > 2 * WEAK_REACH + 1 {
            self.values.pop_front();
        }
        if self.values.len() < 2 * WEAK_REACH + 1 {
            return None;
        }
        let height_mps2 = *self.values.get(WEAK_REACH)?;
        let rises = self.values.get(WEAK_REACH + 1)? > &height_mps2;
        if height_mps2 <= WEAK_MPS2 || rises {
            return None;
        }
        let reach = if height_mps2 > STRONG_MPS2 {
            STRONG_REACH
        } else {
            WEAK_REACH
        };
        let mut before = self.values.range(WEAK_REACH - reach..WEAK_REACH).rev();
        let mut after = self.values.range(WEAK_REACH + 1..=WEAK_REACH + reach);
        let highest = before.all(|value| *value < height_mps2) && after.all(|value| *value <= height_mps2);
        highest.then_some(Beat {
            index: index - DELAY_CELLS as i64,
            height_mps2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beats(step_hz: f64, height: f64) -> Vec<Beat> {
        let mut rhythm = Rhythm::default();
        let wave = |k: i64| height * (std::f64::consts::TAU * step_hz * k as f64 / 100.0).sin();
        (0..2000).filter_map(|k| rhythm.push(k, wave(k))).collect()
    }

    #[test]
    fn every_cadence_gives_one_beat_a_step() {
        for (step_hz, height) in [(1.4, 2.0), (1.9, 3.0), (2.4, 12.0), (2.8, 15.0), (3.66, 20.0)] {
            let found = beats(step_hz, height);
            let span = (found[found.len() - 1].index - found[0].index) as f64 / 100.0;
            let measured = (found.len() - 1) as f64 / span;
            assert!(
                (measured - step_hz).abs() < 0.02 * step_hz,
                "{step_hz} Hz gave {measured}"
            );
        }
    }

    #[test]
    fn standing_has_no_beat() {
        assert!(beats(0.3, 0.3).is_empty());
    }
}
