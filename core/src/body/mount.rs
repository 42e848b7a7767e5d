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

impl Mounting {
    /// Forward inclination from neutral, degrees, for a momentary `up` in the pod's own axes.
    #[must_use]
    pub fn inclination_deg(&self, up: DVec3) -> f64 {
        let (ahead, above) = (-up.dot(self.forward), up.dot(self.neutral.up));
        // A body that is not upside down, which the quotient alone tells in half the time.
        let angle = if above > 0.0 {
            (ahead / above).atan()
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
        let forward = level * level.length_squared().max(LEVEL_SQUARED).sqrt().recip();
        let right = forward.cross(up);
        move |vector| DVec3::new(vector.dot(forward), vector.dot(up), vector.dot(right))
    }
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
    pub fn push(&mut self, time_s: f64, still: bool, specific_force: DVec3) -> Option<Neutral> {
        if !still {
            return self.close();
        }
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
