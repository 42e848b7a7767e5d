//! How a pod sits on the body: the standing neutral and the way forward, both in the pod's own axes.
//!
//! Keeps no orientation. Invariant: `forward` is square to the neutral's `up`, and both have unit length.

use glam::{DVec2, DVec3};
use serde::{Deserialize, Serialize};

use super::sample::{GRID_HZ, Neutral};
use crate::units::GRAVITY;

/// A stand shorter than this is no neutral, seconds. Ours: what a recording is asked for.
pub const SHORTEST_STAND_S: f64 = 3.0;
/// A stand is closed into a neutral when it has lasted this long even if it goes on, seconds. Ours.
const LONGEST_STAND_S: f64 = 15.0;
/// Stands are compared in parts of this length to give the spread, seconds. Ours.
const PART_S: f64 = 1.0;
/// The last part of a stand may already be the start of what follows, seconds. Ours.
const TRIM_S: f64 = 0.4;

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
        (-up.dot(self.forward))
            .atan2(up.dot(self.neutral.up))
            .to_degrees()
    }

    /// A vector of the pod's own axes in the runner's: x forward along the ground, y up, z to the right.
    #[must_use]
    pub fn to_runner(&self, up: DVec3, vector: DVec3) -> DVec3 {
        let forward = (self.forward - up * self.forward.dot(up)).normalize_or(self.forward);
        let right = forward.cross(up);
        DVec3::new(vector.dot(forward), vector.dot(up), vector.dot(right))
    }
}

/// Collects stands until one is long enough.
#[derive(Clone, Debug, Default)]
pub struct NeutralFinder {
    stand: Vec<DVec3>,
    start_s: f64,
}

impl NeutralFinder {
    /// Takes one cell; gives the neutral when a long enough stand ends, or has lasted long enough.
    pub fn push(&mut self, time_s: f64, still: bool, specific_force: DVec3) -> Option<Neutral> {
        if !still {
            return self.close();
        }
        if self.stand.is_empty() {
            self.start_s = time_s;
        }
        self.stand.push(specific_force);
        (self.stand.len() as f64 >= LONGEST_STAND_S * GRID_HZ)
            .then(|| self.close())
            .flatten()
    }

    /// Ends the stand that is going on; a neutral when it was long enough.
    pub fn close(&mut self) -> Option<Neutral> {
        let stand = std::mem::take(&mut self.stand);
        let kept = stand.len().saturating_sub((TRIM_S * GRID_HZ) as usize);
        // Stillness is known half a second late, so a stand of 3 s shows as 2.5 s and is trimmed by 0.4 s.
        let needed = ((SHORTEST_STAND_S - 0.6 - TRIM_S) * GRID_HZ) as usize;
        if kept < needed {
            return None;
        }
        let stand = stand.get(..kept)?;
        let part_cells = (PART_S * GRID_HZ) as usize;
        let ups: Vec<DVec3> = stand
            .chunks(part_cells)
            .filter(|part| part.len() * 2 > part_cells)
            .filter_map(mean_up)
            .collect();
        let up = mean_up(stand)?;
        Some(Neutral {
            start_s: self.start_s,
            end_s: self.start_s + kept as f64 / GRID_HZ,
            spread_deg: largest_angle_deg(&ups),
            up,
        })
    }
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

/// One cell as the search for forward sees it.
#[derive(Clone, Copy, Debug)]
pub struct Horizontal {
    /// Seconds on the session's axis.
    pub time_s: f64,
    /// Acceleration along the ground, m/s², in the axes of [`ground_axes`].
    pub ground: DVec2,
    /// Acceleration upward, m/s².
    pub vertical: f64,
    /// Where up leans to, seen from the neutral: sine of the angle, in the axes of [`ground_axes`].
    pub tilt: DVec2,
}

/// Two unit vectors that span the plane square to `up`.
#[must_use]
pub fn ground_axes(up: DVec3) -> [DVec3; 2] {
    let first = up.any_orthonormal_vector();
    [first, up.cross(first)]
}

/// Sees one cell from a neutral `reference`.
#[must_use]
pub fn horizontal(reference: DVec3, time_s: f64, up: DVec3, specific_force: DVec3) -> Horizontal {
    let axes = ground_axes(reference);
    let level = |axis: DVec3| (axis - up * axis.dot(up)).normalize_or(axis).dot(specific_force);
    Horizontal {
        time_s,
        ground: DVec2::new(level(axes[0]), level(axes[1])),
        vertical: specific_force.dot(up) - GRAVITY,
        tilt: -DVec2::new(up.dot(axes[0]), up.dot(axes[1])),
    }
}

/// Phases one mean step is cut into.
const PHASES: usize = 20;
/// Fewest contacts the way forward is found from. Ours: the ten straight steps of D0.
pub const FEWEST_CONTACTS: usize = 10;
/// A forward speed gained after a stand that settles the sign, m/s. Ours.
const CLEAR_SPEED_MPS: f64 = 0.4;
/// A lean from neutral that is worth one vote, as a sine: 4 degrees. Ours; a chest leans forward by twice this
/// (`docs/numbers.md`), a pelvis may tip back against its stand by about as much.
const CLEAR_TILT: f64 = 0.07;
const MOST_TILT_VOTES: f64 = 3.0;
/// Votes of a running step that brakes and propels exactly as its vertical force foretells. Over 27 trials of nine
/// runners (rbds2017, virtual pelvis pods) the agreement is 0.47 to 0.85, on a real sacral accelerometer
/// (`alcantara_sacrum`) never below 0.38, so it outvotes a misleading start or pelvis.
const PUSH_VOTES: f64 = 4.0;

/// What is known besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Hints {
    /// Velocity along the ground gained in the first seconds after a stand, m/s; zero when there was none.
    pub launch_mps: DVec2,
    /// Whether the steps are running steps.
    pub running: bool,
    /// Whether the reference is a standing neutral, so that tilt means lean.
    pub has_neutral: bool,
}

/// The way forward in ground axes: the line along which the mean step brakes and propels.
///
/// Left and right steps are averaged, so what sways from foot to foot cancels. The sign comes from three votes:
/// the start after a stand; the lean from neutral; and, in running, that a loaded leg brakes the sinking body and
/// propels the rising one.
/// `None` when there are too few contacts or the votes cancel out.
#[must_use]
pub fn forward_on_ground(cells: &[Horizontal], contacts_s: &[f64], hints: Hints) -> Option<DVec2> {
    if contacts_s.len() < FEWEST_CONTACTS {
        return None;
    }
    let (ground, vertical) = mean_step(cells, contacts_s)?;
    let line = principal_axis(&ground)?;
    let along: Vec<f64> = ground.iter().map(|cell| cell.dot(line)).collect();
    let first = contacts_s.first()?;
    let lean: DVec2 = mean(
        cells
            .iter()
            .filter(|cell| cell.time_s > *first)
            .map(|cell| cell.tilt),
    )?;
    // On a treadmill the first steps gain no speed and only seem to; leaning steps speak louder.
    let launch_weight = if hints.running { 0.8 } else { 2.0 };
    let mut vote = (hints.launch_mps.dot(line) / CLEAR_SPEED_MPS).clamp(-launch_weight, launch_weight);
    if hints.running {
        vote += PUSH_VOTES * push_agreement(&along, &vertical);
        if hints.has_neutral {
            vote += (lean.dot(line) / CLEAR_TILT).clamp(-MOST_TILT_VOTES, MOST_TILT_VOTES);
        }
    }
    (vote != 0.0).then(|| line * vote.signum())
}

/// Agreement, -1 to 1, of the acceleration along a line with what a loaded leg does: it pushes back while the body
/// sinks and forward while it rises, and not at all in flight.
fn push_agreement(along: &[f64], vertical: &[f64]) -> f64 {
    let expected: Vec<f64> = integrate(vertical)
        .iter()
        .zip(vertical)
        .map(|(rising, vertical)| rising * (vertical + GRAVITY).max(0.0))
        .collect();
    let power = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>();
    let product: f64 = along.iter().zip(&expected).map(|(a, b)| a * b).sum();
    product / (power(along) * power(&expected)).sqrt().max(1e-12)
}

fn mean(values: impl Iterator<Item = DVec2>) -> Option<DVec2> {
    let (sum, count) = values.fold((DVec2::ZERO, 0_u32), |(sum, count), value| {
        (sum + value, count + 1)
    });
    (count > 0).then(|| sum / f64::from(count))
}

/// Acceleration of the mean step: along the ground, without its mean, and upward.
fn mean_step(cells: &[Horizontal], contacts_s: &[f64]) -> Option<(Vec<DVec2>, Vec<f64>)> {
    let mut ground = vec![DVec2::ZERO; PHASES];
    let mut vertical = vec![0.0; PHASES];
    let mut steps = 0_u32;
    // Whole strides only, so that left and right weigh the same.
    let spans: Vec<&[f64]> = contacts_s.windows(2).collect();
    let whole = spans.len() / 2 * 2;
    for span in spans.iter().take(whole) {
        let &&[from_s, to_s] = span else { continue };
        let phases: Option<Vec<&Horizontal>> = (0..PHASES)
            .map(|k| cell_at(cells, from_s + (to_s - from_s) * k as f64 / PHASES as f64))
            .collect();
        let Some(phases) = phases else { continue };
        for (k, cell) in phases.into_iter().enumerate() {
            ground[k] += cell.ground;
            vertical[k] += cell.vertical;
        }
        steps += 1;
    }
    if steps < 4 {
        return None;
    }
    let level = ground.iter().sum::<DVec2>() / PHASES as f64;
    for cell in &mut ground {
        *cell = (*cell - level) / f64::from(steps);
    }
    for cell in &mut vertical {
        *cell /= f64::from(steps);
    }
    Some((ground, vertical))
}

fn cell_at(cells: &[Horizontal], time_s: f64) -> Option<&Horizontal> {
    let place = cells.partition_point(|cell| cell.time_s < time_s);
    cells
        .get(place)
        .filter(|cell| cell.time_s - time_s < 2.5 / GRID_HZ)
}

fn principal_axis(values: &[DVec2]) -> Option<DVec2> {
    let xx: f64 = values.iter().map(|v| v.x * v.x).sum();
    let yy: f64 = values.iter().map(|v| v.y * v.y).sum();
    let xy: f64 = values.iter().map(|v| v.x * v.y).sum();
    if xx + yy < 1e-9 {
        return None;
    }
    Some(DVec2::from_angle(0.5 * (2.0 * xy).atan2(xx - yy)))
}

/// Running sum without its mean: vertical velocity over the mean step, in arbitrary units.
fn integrate(values: &[f64]) -> Vec<f64> {
    let level = values.iter().sum::<f64>() / values.len() as f64;
    let mut sum = 0.0;
    let mut sums: Vec<f64> = Vec::with_capacity(values.len());
    for value in values {
        sum += value - level;
        sums.push(sum);
    }
    let middle = sums.iter().sum::<f64>() / sums.len() as f64;
    for sum in &mut sums {
        *sum -= middle;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loaded_leg_tells_forward_from_back() {
        // A step from mid-stance to mid-stance: two thirds on the ground, one third in flight.
        let force = |phase: f64| 2.36 * (std::f64::consts::PI * (1.5 * phase + 0.5)).sin().max(0.0);
        let phases = (0..PHASES).map(|k| k as f64 / PHASES as f64);
        let centred = phases.map(|phase| if phase > 0.5 { phase - 1.0 } else { phase });
        let (along, vertical): (Vec<f64>, Vec<f64>) = centred
            .map(|phase| (phase * force(phase), GRAVITY * (force(phase) - 1.0)))
            .unzip();
        let back: Vec<f64> = along.iter().map(|along| -along).collect();
        assert!(push_agreement(&along, &vertical) > 0.8);
        assert!(push_agreement(&back, &vertical) < -0.8);
    }
}
