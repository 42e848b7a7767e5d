//! Which way is forward for one pod, from how a walking or running body brakes and propels.
//!
//! Turns no pod: it works in the plane square to a reference up. Invariant: where the evidence for either way is weak,
//! none is given.

use glam::{DVec2, DVec3};

use super::{
    rhythm::Beat,
    sample::{GRID_HZ, time_s},
};
use crate::units::GRAVITY;

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
/// Fewest strides, seen without a hole, that a mean step is taken over. Ours.
const FEWEST_STRIDES: u32 = 2;
/// A step this much shorter or longer than the median hides a missed beat or a stop. Ours.
const STEP_SHARE: [f64; 2] = [0.7, 1.4];
/// How long after a stand the gained speed tells the way forward, seconds. Ours.
const LAUNCH_S: f64 = 2.5;
/// A forward speed gained after a stand that settles the sign, m/s. Ours.
const CLEAR_SPEED_MPS: f64 = 0.4;
/// Most votes of a start: of steps that walk, and of steps that run, because on a treadmill the first steps gain no
/// speed and only seem to. Ours.
const LAUNCH_VOTES: [f64; 2] = [2.0, 0.8];
/// A lean from neutral that is worth one vote, as a sine: 4 degrees. Ours.
const CLEAR_TILT: f64 = 0.07;
/// Most votes of the lean of a chest, which leans forward by several times as much (Teng & Powers 2014,
/// `docs/numbers.md`), and of a pelvis, which tips back by as much as that where a runner bends at the waist. Ours.
const TILT_VOTES: [f64; 2] = [3.0, 1.0];
/// Votes of a running step that brakes and propels exactly as its vertical force foretells. Over 27 trials of nine
/// runners (rbds2017, virtual pelvis pods) the agreement is 0.47 to 0.85, on a real sacral accelerometer
/// (`alcantara_sacrum`) never below 0.38, so it outvotes a misleading start or pelvis.
const RUNNING_VOTES: f64 = 4.0;
/// The same after a walk for a pod without gyroscope, whose horizon sways with the body and its strap: over 50 made-up
/// pelvis pods (seeds 500 to 544) running agreed with the walk before it as often as not, by up to 0.7 either way. Ours:
/// it tips the scale and never settles it. Where nobody walked it is the best there is, and was right in every virtual
/// pod of nine other people.
const RUNNING_VOTES_AFTER_A_WALK: f64 = 0.4;
/// From this agreement on running weighs in full after a walk too: above all that went astray. Ours.
const PLAIN_AGREEMENT: f64 = 0.75;
/// Votes of a walking step, which does the opposite: it slows while the body rises over the leg. Agreement -0.67 and
/// -0.78 in two real walks (`sisfall_waist_jog`, slow and quick, one person); the weight is ours, half of running's.
const WALKING_VOTES: f64 = -2.0;
/// Votes that settle the way forward while better evidence may still come: walking needs a start that agrees. Ours.
pub const CLEAR_VOTES: f64 = 2.4;
/// Votes that settle it when nothing better will come. Ours.
pub const ENOUGH_VOTES: f64 = 1.2;

/// What is known besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Hints {
    /// When the runner set off after a stand, seconds; `None` without a stand, and for a pod without gyroscope, whose
    /// horizon follows the start.
    pub set_off_s: Option<f64>,
    /// Whether the reference is a standing neutral, so that tilt means lean.
    pub has_neutral: bool,
    /// Whether the pod is known to sit on the chest.
    pub is_chest: bool,
    /// Whether the pod has a gyroscope, which keeps the horizon still while the pod sways.
    pub has_gyro: bool,
}

/// A way forward and how clear it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forward {
    /// Unit vector in ground axes.
    pub way: DVec2,
    /// How far the votes for this way outweigh those for the other, never negative.
    pub votes: f64,
}

/// The way forward in ground axes: the line along which the mean step brakes and propels.
///
/// Left and right steps are averaged, so what sways from foot to foot cancels. The sign comes from votes: how walking
/// steps and running steps brake and propel; the start after a stand; the lean from neutral, in running.
/// `None` where there are too few steps of either kind.
#[must_use]
pub fn forward_on_ground(cells: &[Horizontal], beats: &[Beat], hints: Hints) -> Option<Forward> {
    let times = |strong: bool| -> Vec<f64> {
        let of_kind = beats.iter().filter(|beat| beat.is_strong() == strong);
        of_kind.map(|beat| time_s(beat.index)).collect()
    };
    let (strong, weak) = (times(true), times(false));
    let walks = Gait::of(cells, &weak, |agreement| WALKING_VOTES * agreement);
    let outdone = |agreement: f64| !hints.has_gyro && walks.is_some() && agreement.abs() <= PLAIN_AGREEMENT;
    let runs = Gait::of(cells, &strong, |agreement| {
        let most = if outdone(agreement) {
            RUNNING_VOTES_AFTER_A_WALK
        } else {
            RUNNING_VOTES
        };
        most * agreement
    });
    let line = if hints.has_gyro {
        runs.or(walks)
    } else {
        walks.or(runs)
    }?
    .line;
    let gaits = [runs, walks].into_iter().flatten();
    let mut vote: f64 = gaits.map(|gait| gait.votes * gait.line.dot(line)).sum();
    let launch_mps = hints
        .set_off_s
        .map_or(DVec2::ZERO, |from_s| gained_mps(cells, from_s));
    let most = LAUNCH_VOTES[usize::from(runs.is_some())];
    vote += (launch_mps.dot(line) / CLEAR_SPEED_MPS).clamp(-most, most);
    if let Some(first_s) = strong.first().filter(|_| runs.is_some() && hints.has_neutral) {
        let running = cells.iter().filter(|cell| cell.time_s > *first_s);
        let lean = mean(running.map(|cell| cell.tilt))?;
        let most = TILT_VOTES[usize::from(!hints.is_chest)];
        vote += (lean.dot(line) / CLEAR_TILT).clamp(-most, most);
    }
    (vote != 0.0).then(|| Forward {
        way: line * vote.signum(),
        votes: vote.abs(),
    })
}

/// What the steps of one gait tell.
#[derive(Clone, Copy, Debug)]
struct Gait {
    line: DVec2,
    /// For the way the line points.
    votes: f64,
}

impl Gait {
    /// From the contacts of one gait; `votes` for how far the steps push as a loaded running leg does.
    fn of(cells: &[Horizontal], contacts_s: &[f64], votes: impl Fn(f64) -> f64) -> Option<Self> {
        if contacts_s.len() < FEWEST_CONTACTS {
            return None;
        }
        let (ground, vertical) = mean_step(cells, contacts_s)?;
        let line = principal_axis(&ground)?;
        let along: Vec<f64> = ground.iter().map(|cell| cell.dot(line)).collect();
        Some(Self {
            line,
            votes: votes(push_agreement(&along, &vertical)),
        })
    }
}

/// Velocity along the ground gained in the first seconds from `from_s` on, m/s.
fn gained_mps(cells: &[Horizontal], from_s: f64) -> DVec2 {
    let start = cells
        .iter()
        .filter(|cell| (from_s..from_s + LAUNCH_S).contains(&cell.time_s));
    start.map(|cell| cell.ground / GRID_HZ).sum()
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

/// Acceleration of the mean step: along the ground, without its mean, and upward. Of whole strides only, so that left
/// and right weigh the same; a stride with a hole, a missed beat or a stop is left out.
fn mean_step(cells: &[Horizontal], contacts_s: &[f64]) -> Option<(Vec<DVec2>, Vec<f64>)> {
    let mut ground = vec![DVec2::ZERO; PHASES];
    let mut vertical = vec![0.0; PHASES];
    let mut strides = 0_u32;
    let usual_s = median(contacts_s.windows(2).map(|span| span[1] - span[0]))?;
    let mut place = 0;
    while let Some(&[first, middle, last]) = contacts_s.get(place..place + 3) {
        let even = [middle - first, last - middle]
            .iter()
            .all(|step_s| (STEP_SHARE[0]..=STEP_SHARE[1]).contains(&(step_s / usual_s)));
        let seen = [phases(cells, [first, middle]), phases(cells, [middle, last])];
        let [Some(one), Some(other)] = seen else {
            place += 1;
            continue;
        };
        if !even {
            place += 1;
            continue;
        }
        for (k, (one, other)) in one.iter().zip(other).enumerate() {
            ground[k] += one.ground + other.ground;
            vertical[k] += one.vertical + other.vertical;
        }
        strides += 1;
        place += 2;
    }
    if strides < FEWEST_STRIDES {
        return None;
    }
    let level = ground.iter().sum::<DVec2>() / PHASES as f64;
    let steps = f64::from(2 * strides);
    for cell in &mut ground {
        *cell = (*cell - level) / steps;
    }
    for cell in &mut vertical {
        *cell /= steps;
    }
    Some((ground, vertical))
}

/// The cells at even phases of one step; `None` with a hole at any of them.
fn phases(cells: &[Horizontal], [from_s, to_s]: [f64; 2]) -> Option<Vec<&Horizontal>> {
    (0..PHASES)
        .map(|k| cell_at(cells, from_s + (to_s - from_s) * k as f64 / PHASES as f64))
        .collect()
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
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
mod tests;
