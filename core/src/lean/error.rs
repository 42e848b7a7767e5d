//! How far the mean inclination of a pod may be from the truth, by what is known of how it is worn.
//!
//! Measures no inclination. Invariant: what is not known never makes an error smaller.

use glam::DVec3;

use crate::{body::sample::BodySample, pod::site::Site};

/// Error of a pod that does not shake, as if screwed to the body: what the orientation leaves, degrees. Every error
/// here is a scale of [`crate::statistics::heavy`]: 90 % of errors lie within 2.13 of them. Ours.
const FIRM_DEG: f64 = 0.45;
/// Error of a pod on a strap: how far it settles, creeps and on average tips as it is shaken, degrees. No signal shows
/// it. Ours, from made-up straps whose pods are off by 0.9 degrees.
const STRAP_DEG: f64 = 0.9;
/// Error of an accelerometer alone: what a trunk that swings by 2 to 3 degrees adds (`docs/numbers.md`), degrees.
const NO_GYRO_DEG: f64 = 1.2;
/// Share of the stand's spread that may be left in the neutral. Ours.
const SPREAD_SHARE: f64 = 0.4;
/// A pod that shakes less is firm, one that shakes more hangs on a strap, m/s². Ours: markers on skin, smoothed, give
/// less than the first, real waist recordings more than the second.
const CALM_MPS2: [f64; 2] = [0.8, 2.0];

/// How a pod is worn, as far as its own signal says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worn {
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// How much it shakes while its runner runs, m/s²: see [`Shakes`]; `None` before that is known.
    pub shake_mps2: Option<f64>,
}

impl Default for Worn {
    fn default() -> Self {
        Self {
            has_gyro: true,
            shake_mps2: None,
        }
    }
}

impl Worn {
    /// Error of a mean inclination, degrees, given the spread of the stand it is measured from.
    #[must_use]
    pub fn error_deg(self, neutral_spread_deg: f64) -> f64 {
        let [calm, shaken] = CALM_MPS2;
        let share = |shake: f64| ((shake - calm) / (shaken - calm)).clamp(0.0, 1.0);
        let strap_deg = STRAP_DEG * self.shake_mps2.map_or(1.0, share);
        let no_gyro_deg = if self.has_gyro { 0.0 } else { NO_GYRO_DEG };
        FIRM_DEG
            .hypot(strap_deg)
            .hypot(no_gyro_deg)
            .hypot(SPREAD_SHARE * neutral_spread_deg)
    }
}

/// Taps of the filter: what lies around 25 Hz passes, what a body does below 5 Hz and what slow pods cannot
/// see above 40 Hz does not.
const TAPS: [f64; 5] = [0.0625, -0.25, 0.375, -0.25, 0.0625];
/// Cells between two taps, and over all of them.
const EVERY: usize = 2;

const LENGTH: usize = 9;

/// How much a pod shakes: the root mean square of its acceleration around 25 Hz, where a body moves little and a
/// strap rings.
#[derive(Clone, Copy, Debug, Default)]
struct Shake {
    recent: [DVec3; LENGTH],
    filled: usize,
    squares: f64,
    cells: u32,
}

impl Shake {
    /// Takes the next cell; a missing one begins the filter anew.
    fn push(&mut self, acceleration: Option<DVec3>) {
        let Some(acceleration) = acceleration else {
            self.filled = 0;
            return;
        };
        self.recent.rotate_left(1);
        self.recent[LENGTH - 1] = acceleration;
        self.filled = LENGTH.min(self.filled + 1);
        if self.filled == LENGTH {
            let taps = self.recent.iter().step_by(EVERY).zip(TAPS);
            let shaking: DVec3 = taps.map(|(acceleration, tap)| *acceleration * tap).sum();
            self.squares += shaking.length_squared();
            self.cells += 1;
        }
    }

    fn mps2(&self) -> Option<f64> {
        (self.cells > 0).then(|| (self.squares / f64::from(self.cells)).sqrt())
    }
}

/// The shake of both pods, over a window and over all windows so far.
#[derive(Clone, Debug, Default)]
pub struct Shakes {
    window: [Shake; 2],
    run: [(f64, u32); 2],
}

impl Shakes {
    /// Takes both segments at the next instant.
    pub fn push(&mut self, body: &BodySample) {
        for (shake, segment) in self.window.iter_mut().zip([&body.chest, &body.pelvis]) {
            shake.push(segment.map(|segment| segment.acceleration));
        }
    }

    /// Over the window that is going on.
    #[must_use]
    pub fn of_window(&self) -> [Option<f64>; 2] {
        [&self.window[0], &self.window[1]].map(Shake::mps2)
    }

    /// Over all windows that were kept.
    #[must_use]
    pub fn of_run(&self, site: Site) -> Option<f64> {
        let (squares, cells) = self.run[site.index()];
        (cells > 0).then(|| (squares / f64::from(cells)).sqrt())
    }

    /// Begins a new window; the one before counts for the run where `kept`.
    pub fn next_window(&mut self, kept: bool) {
        for (run, shake) in self.run.iter_mut().zip(&mut self.window) {
            if kept {
                run.0 += shake.squares;
                run.1 += shake.cells;
            }
            (shake.squares, shake.cells) = (0.0, 0);
        }
    }
}
