//! How pods are worn, as far as their own signals say so: do they shake, wobble, bounce, miss data?
//!
//! Says nothing of errors. Invariant: it grows with no recording, and what was never measured is `None`. A pod that is
//! silent for long counts as not worn then, and not as worn with holes.

use crate::{
    body::sample::{BodySample, GRID_HZ, SegmentSample},
    pod::site::Site,
};

/// How a pod is worn, as far as its own signal says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worn {
    /// The segment that carries it.
    pub site: Site,
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// Whether its times rest on arrival, because it stamps nothing.
    pub timed_by_arrival: bool,
    /// How much it shakes while its runner runs, m/s²: see [`Wear`]; `None` before that is known.
    pub shake_mps2: Option<f64>,
    /// How much it wobbles, rad/s; `None` before that is known, and without a gyroscope.
    pub wobble_radps: Option<f64>,
    /// How much it bounces, m/s²: root mean square of the vertical acceleration; `None` before that is known.
    pub bounce_mps2: Option<f64>,
    /// Share of the time for which it has no data, 0 to 1.
    pub missing_share: f64,
    /// Share of the time for which it stood at the end of its range.
    pub clipped_share: f64,
}

impl Worn {
    /// A pod of which nothing is known but where it sits.
    #[must_use]
    pub const fn at(site: Site) -> Self {
        Self {
            site,
            has_gyro: true,
            timed_by_arrival: false,
            shake_mps2: None,
            wobble_radps: None,
            bounce_mps2: None,
            missing_share: 0.0,
            clipped_share: 0.0,
        }
    }

    /// Whether a pod that sent anything at all has lost too much of it to carry a class.
    #[must_use]
    pub fn has_too_many_holes(&self) -> bool {
        self.shake_mps2.is_some() && self.missing_share + self.clipped_share > LARGEST_LOST_SHARE
    }

    /// Both pods, nothing known.
    pub const UNKNOWN: [Self; 2] = [Self::at(Site::Chest), Self::at(Site::Pelvis)];
}

/// Largest share of a window without usable data that carries a class (`docs/numbers.md`).
const LARGEST_LOST_SHARE: f64 = 0.05;
/// A hole so long is no part of a window, cells: one second. Ours: of ten seconds it would spoil, the rest is as good as
/// ever.
const LONG_HOLE_CELLS: u32 = GRID_HZ as u32;
/// The filter is a difference over so many cells, taken so many times over: what lies around 25 Hz passes, what a body does
/// below 5 Hz and what slow pods cannot see above 40 Hz does not.
const EVERY: usize = 2;
const TIMES: usize = 4;
/// Cells it spans, and the square of what it makes of 25 Hz.
const LENGTH: usize = EVERY * TIMES + 1;
const GAIN_SQUARED: f64 = 256.0;

/// The root mean square of a segment's acceleration and rotation around 25 Hz, where a body moves little and a strap
/// rings.
#[derive(Clone, Copy, Debug, Default)]
struct Ringing {
    /// Of three axes of acceleration and three of rotation, side by side: the last values, and the last differences taken up
    /// to three times over; for each of the last cells.
    recent: [[[f64; 6]; TIMES]; EVERY],
    /// The place of the next cell.
    place: usize,
    /// Cells without a missing one between them.
    filled: usize,
    /// Of acceleration and of rotation, times [`GAIN_SQUARED`].
    squares: [f64; 2],
    cells: u32,
}

impl Ringing {
    /// Takes the next cell; a missing one begins the filter anew.
    fn push(&mut self, segment: Option<&SegmentSample>) {
        let Some(segment) = segment else {
            self.filled = 0;
            return;
        };
        let (force, rotation) = (segment.acceleration, segment.angular_velocity);
        let mut value = [force.x, force.y, force.z, rotation.x, rotation.y, rotation.z];
        for before in &mut self.recent[self.place] {
            let now = std::array::from_fn(|axis| value[axis] - before[axis]);
            *before = std::mem::replace(&mut value, now);
        }
        self.place = (self.place + 1) % EVERY;
        self.filled = LENGTH.min(self.filled + 1);
        if self.filled == LENGTH {
            let [x, y, z, about_x, about_y, about_z] = value.map(|value| value * value);
            self.squares[0] += x + y + z;
            self.squares[1] += about_x + about_y + about_z;
            self.cells += 1;
        }
    }

    /// Of the acceleration, m/s², and of the rotation, rad/s.
    fn size(&self) -> Option<[f64; 2]> {
        let root = |squares: f64| (squares / (GAIN_SQUARED * f64::from(self.cells))).sqrt();
        (self.cells > 0).then(|| self.squares.map(root))
    }

    fn add(&mut self, other: &Self) {
        for (sum, squares) in self.squares.iter_mut().zip(other.squares) {
            *sum += squares;
        }
        self.cells += other.cells;
    }

    fn clear(&mut self) {
        (self.squares, self.cells) = ([0.0; 2], 0);
    }
}

/// What one pod's signal says over some time.
#[derive(Clone, Copy, Debug, Default)]
struct Signal {
    ringing: Ringing,
    /// Squares of the vertical acceleration.
    bounces: f64,
    cells: u32,
    /// Cells of holes that have ended, and of the one that goes on.
    missing: u32,
    waiting: u32,
    clipped: u32,
    /// Cells of the hole that goes on, whichever window it began in.
    silent: u32,
}

impl Signal {
    /// Whether a long hole has just become one, or ends, with this cell.
    fn is_broken_by(&self, segment: Option<&SegmentSample>) -> bool {
        match segment {
            None => self.silent == LONG_HOLE_CELLS && self.waiting < self.cells,
            Some(_) => self.silent >= LONG_HOLE_CELLS && self.cells > 0,
        }
    }

    fn push(&mut self, segment: Option<&SegmentSample>, clipped: bool) {
        self.cells += 1;
        if segment.is_none() {
            self.waiting += 1;
            self.silent = self.silent.saturating_add(1);
        } else {
            self.missing += std::mem::take(&mut self.waiting);
            self.silent = 0;
        }
        self.clipped += u32::from(clipped);
        self.bounces += segment.map_or(0.0, |segment| segment.acceleration.y.powi(2));
        self.ringing.push(segment);
    }

    fn add(&mut self, other: &Self) {
        self.ringing.add(&other.ringing);
        self.bounces += other.bounces;
        self.cells += other.cells;
        self.missing += other.missing + other.waiting;
        self.clipped += other.clipped;
    }

    fn clear(&mut self) {
        self.ringing.clear();
        self.bounces = 0.0;
        (self.cells, self.missing, self.waiting, self.clipped) = (0, 0, 0, 0);
    }

    fn bounce_mps2(&self) -> Option<f64> {
        let seen = self.cells - (self.missing + self.waiting).min(self.cells);
        (seen > 0).then(|| (self.bounces / f64::from(seen)).sqrt())
    }
}

/// How both pods are worn, over a window and over all windows so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wear {
    window: [Signal; 2],
    run: [Signal; 2],
}

impl Wear {
    /// Takes both segments at the next instant, and which of the pods stood at the end of its range.
    pub fn push(&mut self, body: &BodySample, clipped: [bool; 2]) {
        let segments = [&body.chest, &body.pelvis].into_iter().zip(clipped);
        for (signal, (segment, clipped)) in self.window.iter_mut().zip(segments) {
            signal.push(segment.as_ref(), clipped);
        }
    }

    /// Whether the window that is going on must end before this instant: a pod has been silent for long, or is back.
    #[must_use]
    pub fn is_broken_by(&self, body: &BodySample) -> bool {
        let mut segments = [&body.chest, &body.pelvis].into_iter().zip(&self.window);
        segments.any(|(segment, signal)| signal.is_broken_by(segment.as_ref()))
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

    /// How much each pod has bounced since the run began, m/s².
    #[must_use]
    pub fn bounces_mps2(&self) -> [Option<f64>; 2] {
        [0, 1].map(|place| {
            let mut signal = self.run[place];
            signal.add(&self.window[place]);
            signal.bounce_mps2()
        })
    }

    /// Begins a new window; the one before counts for the run where `kept`.
    pub fn next_window(&mut self, kept: bool) {
        for (run, window) in self.run.iter_mut().zip(&mut self.window) {
            if kept {
                run.add(window);
            }
            window.clear();
        }
    }
}

fn worn(signals: &[Signal; 2], has_gyro: [bool; 2]) -> [Worn; 2] {
    Site::LEAN.map(|site| {
        let (signal, has_gyro) = (&signals[site.index()], has_gyro[site.index()]);
        // A long hole at the end is where the window ends.
        let left = if (LONG_HOLE_CELLS..signal.cells).contains(&signal.waiting) {
            signal.waiting
        } else {
            0
        };
        let shake_wobble = signal.ringing.size();
        let share = |cells: u32| f64::from(cells) / f64::from((signal.cells - left).max(1));
        Worn {
            site,
            has_gyro,
            timed_by_arrival: false,
            shake_mps2: shake_wobble.map(|[shake, _]| shake),
            wobble_radps: shake_wobble.filter(|_| has_gyro).map(|[_, wobble]| wobble),
            bounce_mps2: signal.bounce_mps2(),
            missing_share: share(signal.missing + signal.waiting - left),
            clipped_share: share(signal.clipped),
        }
    })
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn wear_of(hz: f64, seconds: f64) -> [Worn; 2] {
        let mut wear = Wear::default();
        for index in 0..(100.0 * seconds) as i64 {
            let phase = std::f64::consts::TAU * hz * index as f64 / 100.0;
            let chest = SegmentSample {
                inclination_deg: None,
                acceleration: DVec3::Y * 3.0 * phase.sin(),
                angular_velocity: DVec3::ZERO,
            };
            wear.push(
                &BodySample {
                    time_s: index as f64 / 100.0,
                    chest: (index % 100 >= 20).then_some(chest),
                    pelvis: None,
                },
                [false, false],
            );
        }
        wear.of_window([true, false])
    }

    #[test]
    fn what_rings_at_25_hz_is_a_shake_and_what_bounces_with_the_steps_is_none() {
        let shake = |hz| wear_of(hz, 5.0)[0].shake_mps2.expect("five seconds");
        assert!((shake(25.0) - 3.0 / std::f64::consts::SQRT_2).abs() < 0.1);
        assert!(shake(3.0) < 0.01);
    }

    #[test]
    fn a_share_of_missing_data_is_told_and_an_absent_pod_has_none_at_all() {
        let [chest, pelvis] = wear_of(3.0, 5.0);
        assert!((chest.missing_share - 0.2).abs() < 1e-9);
        assert!((pelvis.missing_share - 1.0).abs() < 1e-9);
        assert_eq!(pelvis.shake_mps2, None);
    }

    #[test]
    fn a_long_hole_breaks_a_window_at_both_ends_and_spoils_none() {
        let segment = SegmentSample {
            inclination_deg: None,
            acceleration: DVec3::Y,
            angular_velocity: DVec3::ZERO,
        };
        let mut wear = Wear::default();
        let mut breaks = Vec::new();
        for cell in 0..900 {
            let body = BodySample {
                time_s: f64::from(cell) / GRID_HZ,
                chest: (!(300..700).contains(&cell)).then_some(segment),
                pelvis: Some(segment),
            };
            if wear.is_broken_by(&body) {
                breaks.push((cell, wear.of_window([true; 2]).map(|worn| worn.missing_share)));
                wear.next_window(true);
            }
            wear.push(&body, [false; 2]);
        }
        assert_eq!(breaks, [(400, [0.0, 0.0]), (700, [1.0, 0.0])]);
        let after = wear.of_window([true; 2]);
        assert!(
            after
                .iter()
                .all(|worn| worn.missing_share == 0.0 && !worn.has_too_many_holes())
        );
    }
}
