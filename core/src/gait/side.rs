//! Which foot a step landed on.
//!
//! Finds no step. Feet alternate, so one question is asked of the whole run: was the last step a right one? Each step
//! adds a little evidence. Invariant: where a beat may have been lost nothing is carried over, and without clear
//! evidence the side is unknown.

use glam::DVec3;

use super::{
    step::{Side, Step},
    trace::Trace,
};
use crate::body::{
    rhythm::Beat,
    sample::{BodySample, SegmentSample},
};

/// Evidence that makes a side known, in steps that all say the same. Ours.
const SURE: f64 = 2.0;
/// Evidence is not kept beyond this, so that a change of feet is noticed within seconds. Ours.
const MOST: f64 = 5.0;
/// A step this much longer than the mean of those before it hides a lost beat, and one this much shorter has a beat too
/// many. Ours.
const STEP_SHARE: [f64; 2] = [0.7, 1.5];
/// How much one step weighs in the mean step.
const WEIGHT: f64 = 0.2;
/// Steps this far apart follow each other, seconds.
const FOLLOWS_S: f64 = 0.015;

/// Steps after which a body that turns with its steps would have told them apart. Ours: in every real run with a
/// gyroscope a dozen are enough.
const HOPS: u32 = 12;

/// A sway of this size, from one step to the next, is one whole step of evidence: rad/s where there is a gyroscope,
/// m/s² where there is none. Ours: a third of what is usual.
const CLEAR_RADPS: f64 = 1.0;
const CLEAR_MPS2: f64 = 2.0;

/// Less than this, of chest and pelvis by their gyroscopes, tells no foot, in clear steps: what is left of a turn when a
/// body hops. Ours: the chest of the slowest real runner turns by 0.8.
const FAINTEST: [f64; 2] = [0.3, 0.05];

/// What sways from foot to foot, around a beat, as weights of six parts of a step, the beat between the third and the
/// fourth. Positive for a right step.
type Pattern = [f64; 6];
/// Roll rate of the pelvis: it drops on the free side as the foot is loaded, and comes up again from mid-stance on. In
/// all 27 trials of the nine runners of rbds2017 and all 16 of hamner2013.
const PELVIS_ROLL: Pattern = [0.0, -0.25, -0.25, 0.5, 0.5, 0.0];
/// Yaw rate of the chest: it turns against the legs. In all 16 trials of hamner2013 and in `jdx_treadmill_run`.
const CHEST_YAW: Pattern = [0.0, 0.25, 0.25, 0.25, 0.25, 0.0];
/// Sideways acceleration of a sacrum without a gyroscope: in 41 of [`PELVIS_ROLL`]'s 43 trials, but never as clear. A
/// pod in front of the belly feels the opposite (six of eight real jogs of `sisfall_waist_jog`, against their gyroscope).
const PELVIS_SIDEWAYS: Pattern = [-0.286, 0.0, 0.286, 0.0, 0.142, -0.286];
/// Sideways acceleration of a chest without a gyroscope: toward the other side while the foot pushes.
const CHEST_SIDEWAYS: Pattern = [-0.25, -0.25, -0.25, -0.25, 0.25, 0.25];

/// Follows the sway from beat to beat.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SideTracker {
    /// That the last beat was a right one, -[`MOST`] to [`MOST`].
    evidence: f64,
    /// Sway around the last beat, in clear steps: chest, pelvis.
    sways: [Option<f64>; 2],
    /// Mean length of a step, cells.
    mean_cells: Option<f64>,
    /// Steps, told by a gyroscope, since the sides were last known or the search began.
    untold: u32,
    /// The chest pod's clock is not the pelvis pod's: the pelvis pod, which times the steps, tells alone.
    apart: bool,
}

impl SideTracker {
    /// Takes the beat after `last`; gives the side of `last`.
    pub(super) fn push(&mut self, trace: &Trace, last: Option<Beat>, beat: Beat) -> Side {
        let Some(last) = last.filter(|last| last.is_strong() && beat.is_strong()) else {
            self.reset();
            return Side::Unknown;
        };
        let cells = (beat.index - last.index) as f64;
        let mean_cells = self.mean_cells.unwrap_or(cells);
        let share = cells / mean_cells;
        if !(STEP_SHARE[0]..=STEP_SHARE[1]).contains(&share) {
            self.reset();
            return Side::Unknown;
        }
        self.mean_cells = Some(mean_cells + WEIGHT * (cells - mean_cells));
        let (mut sways, turns) = sways(trace, beat.index, mean_cells);
        if self.apart && sways[1].is_some() {
            sways[0] = None;
        }
        let change = |site: usize| Some(0.5 * (sways[site]? - self.sways[site]?));
        let told = |site: &usize| change(*site).filter(|change| !turns || change.abs() > FAINTEST[*site]);
        let news: f64 = [0, 1].iter().filter_map(told).sum();
        let news = news.clamp(-1.0, 1.0);
        self.sways = sways;
        self.evidence = (news - self.evidence).clamp(-MOST, MOST);
        let side = side_of(-self.evidence);
        self.untold = if side == Side::Unknown && turns {
            self.untold + 1
        } else {
            0
        };
        side
    }

    /// Whether the clocks of the pods are apart.
    pub(super) fn keep_apart(&mut self, apart: bool) {
        if self.apart != apart {
            self.apart = apart;
            self.reset();
        }
    }

    /// Whether the body leaves the ground without turning from foot to foot, as in hopping on both feet.
    pub(super) fn hops(&self) -> bool {
        self.untold > HOPS
    }

    /// Begins anew, as after a hole.
    pub(super) fn reset(&mut self) {
        *self = Self {
            apart: self.apart,
            ..Self::default()
        };
    }
}

fn side_of(evidence: f64) -> Side {
    if evidence >= SURE {
        Side::Right
    } else if evidence <= -SURE {
        Side::Left
    } else {
        Side::Unknown
    }
}

/// Sway of chest and pelvis around cell `beat`, in clear steps, and whether a gyroscope told of it.
fn sways(trace: &Trace, beat: i64, step_cells: f64) -> ([Option<f64>; 2], bool) {
    let span = Span::around(beat, step_cells);
    let chest = parts(trace, span, |body| body.chest.as_ref());
    let pelvis = parts(trace, span, |body| body.pelvis.as_ref());
    let turns = [&chest, &pelvis].into_iter().flatten().any(Parts::turns);
    let chest = chest.map(|parts| parts.sway(CHEST_YAW, CHEST_SIDEWAYS, |turn| turn.y));
    let pelvis = pelvis.map(|parts| parts.sway(PELVIS_ROLL, PELVIS_SIDEWAYS, |turn| turn.x));
    ([chest, pelvis], turns)
}

/// The cells of one step, its beat in the middle.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: i64,
    half: i64,
}

impl Span {
    fn around(beat: i64, step_cells: f64) -> Self {
        let half = (0.5 * step_cells).round().max(3.0) as i64;
        Self {
            from: beat - half,
            half,
        }
    }

    /// The first cell of a sixth of the step.
    fn part(self, part: i64) -> i64 {
        self.from + (part * self.half + 2) / 3
    }
}

/// What one segment does in each part of a step, on average.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    rotation: [DVec3; 6],
    sideways: [f64; 6],
}

/// `None` over a hole of this segment.
fn parts(
    trace: &Trace,
    span: Span,
    segment: impl Fn(&BodySample) -> Option<&SegmentSample>,
) -> Option<Parts> {
    let mut parts = Parts::default();
    let means = parts.rotation.iter_mut().zip(&mut parts.sideways);
    for (part, (rotation, sideways)) in (0..).zip(means) {
        let cells = span.part(part)..span.part(part + 1);
        let wanted = cells.end - cells.start;
        let (mut sum, mut push, mut seen) = (DVec3::ZERO, 0.0, 0);
        for segment in trace.bodies(cells).filter_map(&segment) {
            sum += segment.angular_velocity;
            push += segment.acceleration.z;
            seen += 1;
        }
        if seen < wanted {
            return None;
        }
        let share = 1.0 / wanted.max(1) as f64;
        (*rotation, *sideways) = (sum * share, push * share);
    }
    Some(parts)
}

impl Parts {
    /// Whether there is a gyroscope.
    fn turns(&self) -> bool {
        self.rotation.iter().any(|rotation| *rotation != DVec3::ZERO)
    }

    /// Sway of the rotation about one axis, or sideways where there is no gyroscope.
    fn sway(&self, turning: Pattern, pushing: Pattern, about: fn(&DVec3) -> f64) -> f64 {
        if self.turns() {
            let turns = turning.iter().zip(&self.rotation);
            turns
                .map(|(weight, rotation)| weight * about(rotation))
                .sum::<f64>()
                / CLEAR_RADPS
        } else {
            let pushes = pushing.iter().zip(&self.sideways);
            pushes.map(|(weight, push)| weight * push).sum::<f64>() / CLEAR_MPS2
        }
    }
}

/// The sides of a run's first steps, once a later one is known: each running step on the other foot than the one
/// that follows it without a hole or a lost beat.
pub fn fill_back(steps: &mut [Step]) {
    for k in (1..steps.len()).rev() {
        let Some([step, next]) = steps.get_mut(k - 1..=k) else {
            continue;
        };
        let end_s = step.initial_contact_s + 60.0 / step.cadence.0;
        let even = (STEP_SHARE[0]..=STEP_SHARE[1]).contains(&(next.cadence.0 / step.cadence.0));
        let follows = even && (end_s - next.initial_contact_s).abs() < FOLLOWS_S;
        if step.side == Side::Unknown && step.running && next.running && follows {
            step.side = next.side.other();
        }
    }
}

#[cfg(test)]
mod tests;
