//! Brings any rate, fixed or jittering, onto the common grid.
//!
//! Fills no hole: a cell that is not wholly covered by samples is not given.
//! Invariant: cells come in rising order, and both pods share the same cells.

use glam::DVec3;

use super::sample::GRID_HZ;
use crate::pod::sample::ImuSample;

/// Samples further apart than this leave a gap, seconds. Three periods of the slowest rate, 25 Hz.
pub const LONGEST_INTERVAL_S: f64 = 0.12;

/// Length of a grid cell, seconds.
const CELL_S: f64 = 1.0 / GRID_HZ;

/// The mean of a pod's signal over one grid cell, still in the pod's own axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridSample {
    /// Grid cell: its centre lies at `index / GRID_HZ` seconds.
    pub index: i64,
    /// Mean specific force, m/s².
    pub specific_force: DVec3,
    /// Mean angular velocity, rad/s; `None` for an accelerometer-only pod.
    pub angular_velocity: Option<DVec3>,
    /// Whether a sample in the cell was clipped.
    pub clipped: bool,
}

/// Averages the line through the samples over each grid cell: interpolates slow pods, smooths fast ones.
#[derive(Clone, Debug, Default)]
pub struct Resampler {
    last: Option<Point>,
    /// The cell that is being filled; none before the first sample and after a hole.
    cell: Option<Cell>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    index: i64,
    /// Where it ends, seconds.
    edge_s: f64,
    /// It was filled from where it begins.
    is_whole: bool,
    clipped: bool,
    sums: Channels,
}

/// Specific force and angular velocity side by side, so that they are worked on together.
pub(super) type Channels = [f64; 6];

/// What is kept of one sample; no rotation without a gyroscope.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) time_s: f64,
    pub(super) values: Channels,
    has_gyro: bool,
    clipped: bool,
}

impl Point {
    #[inline]
    pub(super) fn of(sample: &ImuSample) -> Self {
        let (force, rotation) = (
            sample.specific_force,
            sample.angular_velocity.unwrap_or(DVec3::ZERO),
        );
        Self {
            time_s: sample.time_s,
            values: [force.x, force.y, force.z, rotation.x, rotation.y, rotation.z],
            has_gyro: sample.angular_velocity.is_some(),
            clipped: sample.clipped,
        }
    }
}

/// The line between two neighbouring samples, as far as it was not dealt out to cells yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    from: Channels,
    to: Channels,
    from_s: f64,
    to_s: f64,
    has_gyro: bool,
    clipped: bool,
    /// One over its length, 1/s.
    per_s: f64,
    dealt_s: f64,
}

impl Cell {
    fn at(index: i64) -> Self {
        Self {
            index,
            edge_s: (index as f64 + 0.5) * CELL_S,
            is_whole: true,
            clipped: false,
            sums: [0.0; 6],
        }
    }

    /// The cell that holds an instant, filled from there on.
    fn begun_at(time_s: f64) -> Self {
        let cell = Self::at(cell_at(time_s));
        Self {
            is_whole: (cell.edge_s - time_s) * GRID_HZ > 0.999,
            ..cell
        }
    }

    #[inline]
    fn mean(&self, has_gyro: bool) -> GridSample {
        let [x, y, z, about_x, about_y, about_z] = self.sums.map(|sum| sum * GRID_HZ);
        GridSample {
            index: self.index,
            specific_force: DVec3::new(x, y, z),
            angular_velocity: has_gyro.then_some(DVec3::new(about_x, about_y, about_z)),
            clipped: self.clipped,
        }
    }

    /// Adds what was not dealt out yet of the line, up to an instant.
    #[inline]
    fn take(&mut self, line: &mut Line, to_s: f64) {
        let from_s = std::mem::replace(&mut line.dealt_s, to_s);
        let middle = (0.5 * (from_s + to_s) - line.from_s) * line.per_s;
        let covered_s = to_s - from_s;
        let (late, early) = (middle * covered_s, (1.0 - middle) * covered_s);
        for (sum, (from, to)) in self.sums.iter_mut().zip(line.from.iter().zip(&line.to)) {
            *sum += from * early + to * late;
        }
        self.clipped |= line.clipped;
    }
}

impl Resampler {
    /// Takes the next sample and gives each cell it completes to `emit`. A sample that is not later than
    /// the one before is ignored.
    pub fn push(&mut self, sample: ImuSample, mut emit: impl FnMut(GridSample)) {
        let Some(mut line) = self.line_to(Point::of(&sample)) else {
            return;
        };
        while let Some(cell) = self.next_cell(&mut line) {
            emit(cell);
        }
    }

    /// Takes the next sample; ask for the cells that its line completes with [`Resampler::next_cell`], until there is
    /// none.
    #[inline]
    pub(super) fn line_to(&mut self, point: Point) -> Option<Line> {
        let Some(last) = self.last else {
            self.last = Some(point);
            return None;
        };
        let interval_s = point.time_s - last.time_s;
        if !(interval_s > 0.0 && interval_s <= LONGEST_INTERVAL_S) {
            if interval_s > 0.0 && interval_s.is_finite() {
                self.last = Some(point);
                self.cell = None;
            }
            return None;
        }
        self.last = Some(point);
        Some(Line {
            from: last.values,
            to: point.values,
            from_s: last.time_s,
            to_s: point.time_s,
            has_gyro: last.has_gyro && point.has_gyro,
            clipped: last.clipped | point.clipped,
            per_s: 1.0 / interval_s,
            dealt_s: last.time_s,
        })
    }

    /// The next cell that the line to the last sample completes.
    #[inline]
    pub(super) fn next_cell(&mut self, line: &mut Line) -> Option<GridSample> {
        let cell = self.cell.get_or_insert_with(|| Cell::begun_at(line.from_s));
        loop {
            if line.to_s < cell.edge_s {
                cell.take(line, line.to_s);
                return None;
            }
            cell.take(line, cell.edge_s);
            let full = std::mem::replace(cell, Cell::at(cell.index + 1));
            if full.is_whole {
                return Some(full.mean(line.has_gyro));
            }
        }
    }

    /// The newest sample.
    pub(super) fn newest(&self) -> Option<&Point> {
        self.last.as_ref()
    }

    /// Time of the newest sample, seconds.
    #[must_use]
    pub fn newest_s(&self) -> Option<f64> {
        self.last.as_ref().map(|point| point.time_s)
    }
}

/// The floor, by a comparison: the library's costs a call.
fn cell_at(time_s: f64) -> i64 {
    let place = time_s * GRID_HZ + 0.5;
    let index = place as i64;
    index - i64::from((index as f64) > place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(rate_hz: f64, seconds: f64) -> Vec<GridSample> {
        let mut resampler = Resampler::default();
        let mut cells = Vec::new();
        for k in 0..(rate_hz * seconds) as i64 {
            let time_s = k as f64 / rate_hz;
            let specific_force = DVec3::new(time_s, 9.81, 0.0);
            let sample = ImuSample {
                time_s,
                specific_force,
                angular_velocity: None,
                clipped: false,
            };
            resampler.push(sample, |cell| cells.push(cell));
        }
        cells
    }

    #[test]
    fn a_straight_line_keeps_its_values_at_every_rate() {
        for rate_hz in [
            25.0,
            52.0,
            100.0,
            104.0,
            120.0,
            120.0_f64.next_up(),
            208.0,
            1000.0,
        ] {
            let cells = line(rate_hz, 4.0);
            assert!(cells.len() > 380, "{rate_hz} Hz gave {}", cells.len());
            for cell in &cells {
                assert!((cell.specific_force.x - cell.index as f64 / GRID_HZ).abs() < 1e-6);
            }
            assert!(
                cells.windows(2).all(|pair| pair[1].index == pair[0].index + 1),
                "{rate_hz} Hz"
            );
        }
    }

    #[test]
    fn a_hole_stays_a_hole() {
        let mut resampler = Resampler::default();
        let mut cells = Vec::new();
        for k in (0..100).chain(200..300) {
            let time_s = f64::from(k) / 100.0;
            let sample = ImuSample {
                time_s,
                specific_force: DVec3::Y,
                angular_velocity: None,
                clipped: false,
            };
            resampler.push(sample, |cell| cells.push(cell));
        }
        assert!(cells.iter().all(|cell| cell.index < 100 || cell.index > 199));
    }

    #[test]
    fn time_that_stands_still_or_goes_back_is_ignored() {
        let mut resampler = Resampler::default();
        let mut cells = Vec::new();
        for time_s in [0.0, 0.02, 0.02, 0.01, 0.04] {
            let sample = ImuSample {
                time_s,
                specific_force: DVec3::Y,
                angular_velocity: None,
                clipped: false,
            };
            resampler.push(sample, |cell| cells.push(cell.index));
        }
        assert_eq!(cells, [1, 2, 3]);
    }
}
