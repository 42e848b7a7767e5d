//! How far the mean inclination of a pod may be from the truth, by what is known of how it is worn.
//!
//! Measures no inclination. Invariant: what is not known never makes an error smaller.

use glam::DVec3;

use crate::{body::sample::BodySample, gait::step::Step, units::Degrees};

/// Error of a pod that does not shake, as if screwed to the body: what the orientation leaves, degrees. Every error
/// here is a scale of [`crate::statistics::heavy`]: 90 % of errors lie within 2.13 of them. Ours.
const FIRM_DEG: f64 = 0.3;
/// Error of a pod on a strap: how far it settles, creeps and on average tips as it is shaken, degrees. No signal shows
/// it. Ours, from made-up straps whose pods are off by 0.9 degrees.
const STRAP_DEG: f64 = 0.85;
/// Error of an accelerometer alone once [`put_right`], degrees: runners swing differently. Ours, from made-up runners.
const NO_GYRO_DEG: f64 = 1.3;
/// Error of a pod that has data for none of the time, degrees; for a share of it so much times its square root, since
/// each hole turns the orientation by chance. Ours, from made-up runners whose notifications get lost.
const MISSING_DEG: f64 = 4.5;
/// What a mean inclination from an accelerometer alone is off by while its wearer runs, chest pod and pelvis pod, degrees:
/// trunk and pelvis swing in time with the blows, so their swing does not average out. Ours, between made-up runners
/// (1.4 and −2.0) and, for the pelvis, virtual pods of the five runners of `rbds2017` that may fit (−3.0).
const NO_GYRO_OFF_DEG: [f64; 2] = [1.7, -2.4];
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
    /// How much it shakes while its runner runs, m/s²: see [`Wear`]; `None` before that is known.
    pub shake_mps2: Option<f64>,
    /// Share of the time for which it has no data, 0 to 1.
    pub missing_share: f64,
}

impl Default for Worn {
    fn default() -> Self {
        Self {
            has_gyro: true,
            shake_mps2: None,
            missing_share: 0.0,
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
        let missing_deg = MISSING_DEG * self.missing_share.clamp(0.0, 1.0).sqrt();
        let no_gyro_deg = if self.has_gyro { 0.0 } else { NO_GYRO_DEG };
        FIRM_DEG
            .hypot(strap_deg)
            .hypot(no_gyro_deg)
            .hypot(missing_deg)
            .hypot(SPREAD_SHARE * neutral_spread_deg)
    }
}

/// The step with the angles of pods without a gyroscope put right by what they are usually off.
#[must_use]
pub fn put_right(step: &Step, has_gyro: [bool; 2]) -> Step {
    let off = |place: usize| {
        let applies = step.running && !has_gyro[place];
        Degrees(if applies { NO_GYRO_OFF_DEG[place] } else { 0.0 })
    };
    let trunk_lean = step.trunk_lean.map(|lean| lean - off(0));
    let pelvis_tilt = step.pelvis_tilt.map(|tilt| tilt - off(1));
    Step {
        trunk_lean,
        pelvis_tilt,
        waist_bend: trunk_lean.zip(pelvis_tilt).map(|(trunk, pelvis)| trunk - pelvis),
        ..*step
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
    filtered: u32,
    cells: u32,
    missing: u32,
}

impl Shake {
    /// Takes the next cell; a missing one begins the filter anew.
    fn push(&mut self, acceleration: Option<DVec3>) {
        self.cells += 1;
        let Some(acceleration) = acceleration else {
            self.filled = 0;
            self.missing += 1;
            return;
        };
        self.recent.rotate_left(1);
        self.recent[LENGTH - 1] = acceleration;
        self.filled = LENGTH.min(self.filled + 1);
        if self.filled == LENGTH {
            let taps = self.recent.iter().step_by(EVERY).zip(TAPS);
            let shaking: DVec3 = taps.map(|(acceleration, tap)| *acceleration * tap).sum();
            self.squares += shaking.length_squared();
            self.filtered += 1;
        }
    }

    fn mps2(&self) -> Option<f64> {
        (self.filtered > 0).then(|| (self.squares / f64::from(self.filtered)).sqrt())
    }
}

/// How both pods are worn, over a window and over all windows so far.
#[derive(Clone, Debug, Default)]
pub struct Wear {
    window: [Shake; 2],
    run: [Shake; 2],
}

impl Wear {
    /// Takes both segments at the next instant.
    pub fn push(&mut self, body: &BodySample) {
        for (shake, segment) in self.window.iter_mut().zip([&body.chest, &body.pelvis]) {
            shake.push(segment.map(|segment| segment.acceleration));
        }
    }

    /// Over the window that is going on, given which pods have a gyroscope.
    #[must_use]
    pub fn of_window(&self, has_gyro: [bool; 2]) -> [Worn; 2] {
        worn(&self.window, has_gyro)
    }

    /// Over all windows that were kept.
    #[must_use]
    pub fn of_run(&self, has_gyro: [bool; 2]) -> [Worn; 2] {
        worn(&self.run, has_gyro)
    }

    /// Begins a new window; the one before counts for the run where `kept`.
    pub fn next_window(&mut self, kept: bool) {
        for (run, shake) in self.run.iter_mut().zip(&mut self.window) {
            if kept {
                run.squares += shake.squares;
                run.cells += shake.cells;
                run.filtered += shake.filtered;
                run.missing += shake.missing;
            }
            (shake.squares, shake.filtered, shake.cells, shake.missing) = (0.0, 0, 0, 0);
        }
    }
}

fn worn(pods: &[Shake; 2], has_gyro: [bool; 2]) -> [Worn; 2] {
    let worn = |place: usize| Worn {
        has_gyro: has_gyro[place],
        shake_mps2: pods[place].mps2(),
        missing_share: f64::from(pods[place].missing) / f64::from(pods[place].cells.max(1)),
    };
    [worn(0), worn(1)]
}
