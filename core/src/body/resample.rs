//! Brings any rate, fixed or jittering, onto the common grid.
//!
//! Fills no hole: a cell that is not wholly covered by samples is not given.
//! Invariant: cells come in rising order, and both pods share the same cells.

use glam::DVec3;

use super::sample::GRID_HZ;
use crate::pod::sample::ImuSample;

/// Samples further apart than this leave a gap, seconds. Three periods of the slowest rate, 25 Hz.
pub const LONGEST_INTERVAL_S: f64 = 0.12;

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
    last: Option<ImuSample>,
    cell: Option<Cell>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    index: i64,
    covered_s: f64,
    specific_force: DVec3,
    angular_velocity: DVec3,
    clipped: bool,
}

impl Cell {
    fn new(index: i64) -> Self {
        Self {
            index,
            covered_s: 0.0,
            specific_force: DVec3::ZERO,
            angular_velocity: DVec3::ZERO,
            clipped: false,
        }
    }

    fn finish(self, has_gyro: bool) -> Option<GridSample> {
        let whole = self.covered_s * GRID_HZ > 0.999;
        whole.then(|| GridSample {
            index: self.index,
            specific_force: self.specific_force / self.covered_s,
            angular_velocity: has_gyro.then(|| self.angular_velocity / self.covered_s),
            clipped: self.clipped,
        })
    }
}

impl Resampler {
    /// Takes the next sample and gives each cell it completes to `emit`. A sample that is not later than
    /// the one before is ignored.
    pub fn push(&mut self, sample: ImuSample, mut emit: impl FnMut(GridSample)) {
        let Some(last) = self.last else {
            self.last = Some(sample);
            return;
        };
        let interval_s = sample.time_s - last.time_s;
        if interval_s <= 0.0 || !interval_s.is_finite() {
            return;
        }
        self.last = Some(sample);
        if interval_s > LONGEST_INTERVAL_S {
            self.cell = None;
            return;
        }
        let has_gyro = sample.angular_velocity.is_some();
        let mut from_s = last.time_s;
        while from_s < sample.time_s {
            let index = cell_at(from_s);
            let edge_s = (index as f64 + 0.5) / GRID_HZ;
            let to_s = edge_s.min(sample.time_s);
            let begun = self.cell.take();
            let mut cell = begun
                .filter(|cell| cell.index == index)
                .unwrap_or(Cell::new(index));
            // A sample a rounding error before a cell's edge may already count as the next cell's.
            if let Some(grid) = begun
                .filter(|cell| cell.index < index)
                .and_then(|cell| cell.finish(has_gyro))
            {
                emit(grid);
            }
            let middle = (0.5 * (from_s + to_s) - last.time_s) / interval_s;
            let covered_s = to_s - from_s;
            cell.covered_s += covered_s;
            cell.specific_force += last.specific_force.lerp(sample.specific_force, middle) * covered_s;
            if let (Some(a), Some(b)) = (last.angular_velocity, sample.angular_velocity) {
                cell.angular_velocity += a.lerp(b, middle) * covered_s;
            }
            cell.clipped |= last.clipped | sample.clipped;
            if to_s >= edge_s {
                if let Some(grid) = cell.finish(has_gyro) {
                    emit(grid);
                }
            } else {
                self.cell = Some(cell);
            }
            // Rounding may leave `to_s` a hair inside the cell it closes.
            from_s = if to_s >= edge_s {
                to_s.max(edge_s).next_up()
            } else {
                to_s
            };
        }
    }

    /// Time of the newest sample, seconds.
    #[must_use]
    pub fn newest_s(&self) -> Option<f64> {
        self.last.map(|sample| sample.time_s)
    }
}

fn cell_at(time_s: f64) -> i64 {
    (time_s * GRID_HZ + 0.5).floor() as i64
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
