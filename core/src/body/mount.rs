//! How a pod sits on the body: the standing neutral and the way forward, both in the pod's own axes.
//!
//! Keeps no orientation; forward is looked for in [`super::forward`]. Invariant: `forward` is square to the neutral's `up`, and both have unit length.

use glam::{DQuat, DVec3};
use serde::{Deserialize, Serialize};

use super::{
    sample::{GRID_HZ, Neutral},
    stillness::SHORT_HOLE_S,
};
use crate::units::GRAVITY;

/// A stand shorter than this is no neutral, seconds. Ours: what a recording is asked for.
pub const SHORTEST_STAND_S: f64 = 3.0;
/// A stand is closed into a neutral when it has lasted this long even if it goes on, seconds. Ours.
const LONGEST_STAND_S: f64 = 15.0;
/// The same where a neutral is only held against another: so soon a runner who stands again is measured again, seconds. Ours.
const ENOUGH_STAND_S: f64 = 5.0;
/// Stands are compared in parts of this length to give the spread, seconds; each begins half a part after the one
/// before, so that no sway hides between them. Ours.
const PART_S: f64 = 1.0;
/// The last part of a stand may already be the start of what follows, seconds. Ours.
const TRIM_S: f64 = 0.4;
/// Share of a stand that must have been seen. Ours.
const LEAST_SEEN: f64 = 0.6;

/// A pod at rest that shows another gravity than this is no pod on a standing body, m/s². Ours: a bias and a scale of
/// five per cent.
pub const GRAVITY_ERROR_MPS2: f64 = 1.0;

/// Square of the part of forward that is level below which there is no way forward along the ground.
const LEVEL_SQUARED: f64 = 1e-12;

/// How one pod sits on the body.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mounting {
    /// The standing pose.
    pub neutral: Neutral,
    /// Which way is forward, in the pod's own axes, unit length, square to the neutral's `up`.
    pub forward: DVec3,
}

/// Tangent of an angle small enough for a series: 19 degrees.
const SMALL_TANGENT: f64 = 0.35;

impl Mounting {
    /// Forward inclination from neutral, degrees, for a momentary `up` in the pod's own axes.
    #[must_use]
    pub fn inclination_deg(&self, up: DVec3) -> f64 {
        let (ahead, above) = (-up.dot(self.forward), up.dot(self.neutral.up));
        let tangent = ahead / above;
        let angle = if above > 0.0 && tangent.abs() < SMALL_TANGENT {
            small_angle(tangent)
        } else {
            ahead.atan2(above)
        };
        angle.to_degrees()
    }

    /// The same pod after it has turned a little on its strap: forward turns with up.
    pub(super) fn turn_to(&mut self, neutral: Neutral) {
        let forward = DQuat::from_rotation_arc(self.neutral.up, neutral.up) * self.forward;
        self.forward = (forward - neutral.up * forward.dot(neutral.up)).normalize_or(self.forward);
        self.neutral = neutral;
    }

    /// Turns vectors of the pod's own axes into the runner's: x forward along the ground, y up, z to the right.
    pub fn to_runner(&self, up: DVec3) -> impl Fn(DVec3) -> DVec3 {
        let level = self.forward - up * self.forward.dot(up);
        let forward = level * one_over_length(level.length_squared());
        let right = forward.cross(up);
        move |vector| DVec3::new(vector.dot(forward), vector.dot(up), vector.dot(right))
    }
}

/// One over the length of a part of a unit vector, given its square. Nearly every cell's way forward is nearly level: there a
/// series, good to 2e-8, does not wait for a root and a quotient.
#[inline]
fn one_over_length(squared: f64) -> f64 {
    let e = 1.0 - squared;
    if e < 0.1 {
        let (low, middle) = (1.0 + e * (1.0 / 2.0), 3.0 / 8.0 + e * (5.0 / 16.0));
        let high = 35.0 / 128.0 + e * (63.0 / 256.0) + e * e * (231.0 / 1024.0);
        low + e * e * (middle + e * e * high)
    } else {
        squared.max(LEVEL_SQUARED).sqrt().recip()
    }
}

/// The angle of a tangent below [`SMALL_TANGENT`], radians, to 1e-10: nearly every cell's, without a call.
#[inline]
fn small_angle(tangent: f64) -> f64 {
    let t = tangent * tangent;
    let (t2, t4) = (t * t, t * t * (t * t));
    let low = (1.0 - t * (1.0 / 3.0)) + t2 * (1.0 / 5.0 - t * (1.0 / 7.0));
    let high = (1.0 / 9.0 - t * (1.0 / 11.0)) + t2 * (1.0 / 13.0 - t * (1.0 / 15.0));
    tangent * (low + t4 * (high + t4 * (1.0 / 17.0 - t * (1.0 / 19.0))))
}

/// Collects stands until one is long enough.
#[derive(Clone, Debug)]
pub struct NeutralFinder {
    stand: Vec<(f64, DVec3)>,
    longest_s: f64,
    /// What the specific force was multiplied by.
    scale: f64,
}

impl Default for NeutralFinder {
    /// Room for the longest stand, so that no cell of one allocates.
    fn default() -> Self {
        Self {
            stand: Vec::with_capacity((LONGEST_STAND_S * GRID_HZ) as usize + 1),
            longest_s: LONGEST_STAND_S,
            scale: 1.0,
        }
    }
}

impl NeutralFinder {
    /// From here on stands are only held against a neutral that is known.
    pub fn hurry(&mut self) {
        self.longest_s = ENOUGH_STAND_S;
    }

    /// The specific force comes multiplied by this: what it was is weighed.
    pub fn set_scale(&mut self, scale: f64) {
        self.scale = scale;
    }

    /// Takes one cell; gives the neutral when a long enough stand ends, or has lasted long enough. A hole that
    /// [`SHORT_HOLE_S`] forgives lies within the stand, a longer one ends it.
    #[inline]
    pub fn push(&mut self, time_s: f64, still: bool, specific_force: DVec3) -> Option<Neutral> {
        if !still {
            // Nearly every cell of a run: there is no stand to end.
            return if self.stand.is_empty() { None } else { self.close() };
        }
        self.stand_on(time_s, specific_force)
    }

    fn stand_on(&mut self, time_s: f64, specific_force: DVec3) -> Option<Neutral> {
        let last_s = self.stand.last().map(|(last_s, _)| *last_s);
        let broken = last_s.is_some_and(|last_s| time_s - last_s > SHORT_HOLE_S + 1.5 / GRID_HZ);
        let before = broken.then(|| self.close()).flatten();
        self.stand.push((time_s, specific_force));
        before.or_else(|| {
            (self.lasted_s() >= self.longest_s)
                .then(|| self.close())
                .flatten()
        })
    }

    fn lasted_s(&self) -> f64 {
        let span = self.stand.first().zip(self.stand.last());
        span.map_or(0.0, |(first, last)| last.0 - first.0 + 1.0 / GRID_HZ)
    }

    /// Ends the stand that is going on; a neutral when it was long enough.
    pub fn close(&mut self) -> Option<Neutral> {
        // Stillness is known half a second late, so a stand of 3 s shows as 2.5 s and is trimmed by 0.4 s.
        let kept_s = self.lasted_s() - TRIM_S;
        let neutral = self.neutral(kept_s);
        self.stand.clear();
        neutral
    }

    /// Of the stand that ends, all but its last part.
    fn neutral(&self, kept_s: f64) -> Option<Neutral> {
        let stand = &self.stand;
        let start_s = stand.first()?.0;
        if kept_s < SHORTEST_STAND_S - 0.6 - TRIM_S - 0.5 / GRID_HZ {
            return None;
        }
        let kept = stand
            .iter()
            .filter(|cell| cell.0 < start_s + kept_s - 0.5 / GRID_HZ);
        let stand: Vec<DVec3> = kept.map(|cell| cell.1).collect();
        if (stand.len() as f64) < LEAST_SEEN * kept_s * GRID_HZ {
            return None;
        }
        let weight = stand.iter().sum::<DVec3>().length() / stand.len() as f64;
        if (weight / self.scale - GRAVITY).abs() > GRAVITY_ERROR_MPS2 {
            return None;
        }
        let part_cells = (PART_S * GRID_HZ) as usize;
        let ups: Vec<DVec3> = (0..stand.len())
            .step_by(part_cells / 2)
            .filter_map(|from| stand.get(from..from + part_cells))
            .filter_map(mean_up)
            .collect();
        Some(Neutral {
            start_s,
            end_s: start_s + kept_s,
            spread_deg: largest_angle_deg(&ups),
            up: mean_up(&stand)?,
        })
    }
}

/// One neutral out of several stands: their mean, with the largest angle between them as spread.
#[must_use]
pub fn merge(stands: &[Neutral]) -> Option<Neutral> {
    let (first, last) = (stands.first()?, stands.last()?);
    let ups: Vec<DVec3> = stands.iter().map(|stand| stand.up).collect();
    let within = stands.iter().map(|stand| stand.spread_deg).fold(0.0, f64::max);
    Some(Neutral {
        start_s: first.start_s,
        end_s: last.end_s,
        spread_deg: largest_angle_deg(&ups).max(within),
        up: ups.iter().sum::<DVec3>().try_normalize()?,
    })
}

fn mean_up(cells: &[DVec3]) -> Option<DVec3> {
    (cells.iter().sum::<DVec3>() / cells.len() as f64).try_normalize()
}

/// Largest angle between any two of these directions, degrees; zero for fewer than two.
#[must_use]
pub fn largest_angle_deg(ups: &[DVec3]) -> f64 {
    let pairs = ups
        .iter()
        .enumerate()
        .flat_map(|(k, a)| ups.iter().skip(k + 1).map(move |b| (a, b)));
    pairs
        .map(|(a, b)| a.angle_between(*b).to_degrees())
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_over_a_length_is_the_same_by_series_and_by_root() {
        for k in 0..=100 {
            let squared = 0.8 + 0.002 * f64::from(k);
            let off = one_over_length(squared) * squared.sqrt() - 1.0;
            assert!(off.abs() < 3e-8, "{squared}: {off}");
        }
        assert!(one_over_length(0.0).is_finite());
    }

    #[test]
    fn a_small_angle_is_that_of_its_tangent() {
        for k in -35..=35 {
            let tangent = 0.01 * f64::from(k);
            assert!((small_angle(tangent) - tangent.atan()).abs() < 1e-10, "{tangent}");
        }
    }

    /// A stand of so many seconds seen with one hole, the pod tilted by so many degrees after it.
    fn stand(seconds: f64, hole_s: [f64; 2], tilt_deg: f64) -> Option<Neutral> {
        let mut finder = NeutralFinder::default();
        let found: Vec<Neutral> = (0..(seconds * GRID_HZ) as i64)
            .map(|k| k as f64 / GRID_HZ)
            .filter(|time_s| !(hole_s[0]..hole_s[1]).contains(time_s))
            .filter_map(|time_s| {
                let tilt = if time_s < hole_s[0] {
                    0.0
                } else {
                    tilt_deg.to_radians()
                };
                finder.push(time_s, true, DVec3::new(tilt.sin(), tilt.cos(), 0.0) * GRAVITY)
            })
            .collect();
        found.into_iter().next().or_else(|| finder.close())
    }

    #[test]
    fn a_short_hole_does_not_end_a_stand_and_a_long_one_does() {
        let whole = stand(4.0, [9.0, 9.0], 0.0).expect("a neutral");
        let holed = stand(4.0, [2.0, 2.5], 0.0).expect("a neutral");
        assert!((holed.end_s - whole.end_s).abs() < 1e-9);
        assert!(stand(4.0, [1.6, 2.4], 0.0).is_none());
    }

    #[test]
    fn a_pod_that_moved_in_the_hole_shows_it_in_the_spread() {
        let spread = |tilt_deg| stand(5.0, [2.0, 2.3], tilt_deg).expect("a neutral").spread_deg;
        assert!(spread(0.0) < 1e-6 && spread(3.0) > 2.5, "{}", spread(3.0));
    }
}
