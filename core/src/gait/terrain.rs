//! What position fixes tell of speed and grade: whether the runner speeds up, slows down, or runs on a hill.
//!
//! Knows no map and no steps. Invariant: where fixes are missing, sparse or coarse the answer is `None`, not *flat*.

use std::collections::VecDeque;

/// One fix of the phone's position sensors, or of a treadmill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fix {
    /// Seconds on the session's axis.
    pub time_s: f64,
    /// Speed over ground, m/s.
    pub speed_mps: Option<f64>,
    /// Height, metres: from a barometer where there is one.
    pub altitude_m: Option<f64>,
    /// Its error, standard deviation in metres.
    pub altitude_error_m: Option<f64>,
    /// Rise for each metre forward, where it is known by itself, as on a treadmill.
    pub grade: Option<f64>,
}

/// Fixes within so many seconds on either side tell the speed's change, and the grade. Ours: a phone's speed scatters
/// by 0.2 m/s from second to second, a barometer's height by 0.2 m.
const SPEED_SPAN_S: f64 = 6.0;
const GRADE_SPAN_S: f64 = 15.0;
/// Fixes kept, seconds: steps come up to two minutes late while a mounting is looked for.
const KEPT_S: f64 = 180.0;
/// Fewest fixes for a slope.
const FEWEST: usize = 5;
/// A grade whose error is larger than this is unknown. Ours: half of what is gated.
const GRADE_ERROR: f64 = 0.01;
/// The error of a barometer's height, metres, where the fix names none. Ours.
const ALTITUDE_ERROR_M: f64 = 0.3;
/// A speed below this is no running, m/s: a grade over it would be noise.
const SLOWEST_MPS: f64 = 0.5;

/// The last minutes of fixes.
#[derive(Clone, Debug, Default)]
pub struct Terrain {
    fixes: VecDeque<Fix>,
}

impl Terrain {
    /// Takes the next fix; one that is not later than the last is ignored.
    pub fn push(&mut self, fix: Fix) {
        let later = self.fixes.back().is_none_or(|last| fix.time_s > last.time_s);
        if !later || !fix.time_s.is_finite() {
            return;
        }
        self.fixes.push_back(fix);
        while self
            .fixes
            .front()
            .is_some_and(|first| fix.time_s - first.time_s > KEPT_S)
        {
            self.fixes.pop_front();
        }
    }

    /// Whether any fix came.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.fixes.is_empty()
    }

    /// How fast the speed changes at this time, m/s².
    #[must_use]
    pub fn speed_change_mps2(&self, time_s: f64) -> Option<f64> {
        let points = self.points(time_s, SPEED_SPAN_S, |fix| fix.speed_mps);
        Some(Line::through(&points)?.slope)
    }

    /// Rise for each metre forward at this time, + uphill.
    #[must_use]
    pub fn grade(&self, time_s: f64) -> Option<f64> {
        let around = |fix: &&Fix| (fix.time_s - time_s).abs() <= GRADE_SPAN_S;
        let told: Vec<f64> = self
            .fixes
            .iter()
            .filter(around)
            .filter_map(|fix| fix.grade)
            .collect();
        if !told.is_empty() {
            return Some(told.iter().sum::<f64>() / told.len() as f64);
        }
        let heights = self.points(time_s, GRADE_SPAN_S, |fix| fix.altitude_m);
        let speeds = self.points(time_s, GRADE_SPAN_S, |fix| fix.speed_mps);
        let speed_mps = speeds.iter().map(|point| point.1).sum::<f64>() / speeds.len().max(1) as f64;
        let climb = Line::through(&heights).filter(|_| speed_mps > SLOWEST_MPS)?;
        let errors = self
            .fixes
            .iter()
            .filter(around)
            .filter_map(|fix| fix.altitude_error_m);
        let error_m = errors.fold(ALTITUDE_ERROR_M, f64::max);
        (climb.slope_error(error_m) / speed_mps < GRADE_ERROR).then(|| climb.slope / speed_mps)
    }

    fn points(&self, time_s: f64, span_s: f64, of: impl Fn(&Fix) -> Option<f64>) -> Vec<(f64, f64)> {
        let around = self
            .fixes
            .iter()
            .filter(|fix| (fix.time_s - time_s).abs() <= span_s);
        around
            .filter_map(|fix| Some((fix.time_s - time_s, of(fix).filter(|value| value.is_finite())?)))
            .collect()
    }
}

/// A straight line by least squares.
struct Line {
    slope: f64,
    /// Sum of squares of the times about their mean.
    square: f64,
}

impl Line {
    fn through(points: &[(f64, f64)]) -> Option<Self> {
        if points.len() < FEWEST {
            return None;
        }
        let count = points.len() as f64;
        let time = points.iter().map(|point| point.0).sum::<f64>() / count;
        let value = points.iter().map(|point| point.1).sum::<f64>() / count;
        let (product, square) = points.iter().fold((0.0, 0.0), |(product, square), point| {
            let from = point.0 - time;
            (product + from * (point.1 - value), square + from * from)
        });
        (square > 0.0).then(|| Self {
            slope: product / square,
            square,
        })
    }

    /// Error of the slope where each value is off by so much.
    fn slope_error(&self, value_error: f64) -> f64 {
        value_error / self.square.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixes(speed_mps: impl Fn(f64) -> f64, altitude_m: impl Fn(f64) -> f64) -> Terrain {
        let mut terrain = Terrain::default();
        for k in 0..60 {
            let time_s = f64::from(k);
            terrain.push(Fix {
                time_s,
                speed_mps: Some(speed_mps(time_s)),
                altitude_m: Some(altitude_m(time_s)),
                ..Fix::default()
            });
        }
        terrain
    }

    #[test]
    fn a_hill_and_a_change_of_speed_are_told_by_their_size() {
        let terrain = fixes(|time_s| 3.0 + 0.1 * time_s, |_| 20.0);
        assert!(
            terrain
                .speed_change_mps2(30.0)
                .is_some_and(|change| (change - 0.1).abs() < 1e-9)
        );
        let terrain = fixes(|_| 3.0, |time_s| 0.15 * time_s);
        assert!(
            terrain
                .grade(30.0)
                .is_some_and(|grade| (grade - 0.05).abs() < 1e-9)
        );
        assert!(
            terrain
                .speed_change_mps2(30.0)
                .is_some_and(|change| change.abs() < 1e-9)
        );
    }

    #[test]
    fn few_or_coarse_fixes_tell_nothing() {
        let terrain = fixes(|_| 3.0, |time_s| 0.15 * time_s);
        assert!(terrain.grade(200.0).is_none() && terrain.speed_change_mps2(200.0).is_none());
        let mut coarse = Terrain::default();
        for fix in &terrain.fixes {
            coarse.push(Fix {
                altitude_error_m: Some(6.0),
                ..*fix
            });
        }
        assert!(coarse.grade(30.0).is_none());
        assert!(Terrain::default().grade(0.0).is_none());
    }

    #[test]
    fn a_treadmill_says_its_grade() {
        let mut terrain = Terrain::default();
        terrain.push(Fix {
            time_s: 1.0,
            grade: Some(0.04),
            ..Fix::default()
        });
        assert_eq!(terrain.grade(2.0), Some(0.04));
    }
}
