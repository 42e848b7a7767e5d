//! Contact and toe-off around one beat, from what pelvis or chest feel of the foot.
//!
//! Two kinds of edges: of the vertical force (near zero in flight), and, at the pelvis, of the fore-aft acceleration:
//! a landing foot brakes it within hundredths of a second, and a leaving one stops to propel it. Where both
//! agree they are joined; else the vertical force decides alone. The pelvis's slow swings keep them within bounds, and
//! where both pods are worn each is asked.
//! Invariant: a stance that is not preceded by a dip of the vertical force is never said to follow flight.

use super::{
    push::{Cells, Levelled, Push},
    swings,
    trace::{Trace, crossing},
};
use crate::body::{
    rhythm::{Beat, DELAY_CELLS},
    sample::time_s,
};

/// Vertical force per weight that begins and ends contact. Ours, from the five runners of rbds2017 that may fit: of 0.15, 0.2
/// and 0.3 for toe-off the second scatters least (11.0, 10.8, 10.8 ms a contact, on a strap 13.2, 13.2, 13.3); of 0.25,
/// 0.35 and 0.45 for contact all are alike (10.7, 10.8, 10.9), so the middle one.
const CONTACT_WEIGHTS: f64 = 0.35;
const TOE_OFF_WEIGHTS: f64 = 0.2;
/// Both kinds of evidence agree within this, seconds. Ours.
const AGREE_S: f64 = 0.05;

/// Edges are believed within this of the slow swings, seconds: chosen among 10, 20, 30 and 40 ms.
const SWINGS_S: f64 = 0.02;

/// How late the vertical evidence comes, seconds, and how much of contact it misses, at one place of the body.
struct Place {
    /// From contact to the rise of the vertical force.
    rise_s: f64,
    /// Contact time beyond that from rise to fall of the vertical force.
    missing_s: f64,
}

/// Means over the runners 001, 03, 05, 09 and 011 of rbds2017 (15 trials, virtual pelvis pods), as are the numbers
/// below; contact is 40 N on the force treadmill.
const PELVIS: Place = Place {
    rise_s: 0.004,
    missing_s: 0.0066,
};
/// Two runners only, virtual pods with and without a strap: `jdx_treadmill_run` and `biomac_fixture`, straight and
/// curved run; 4.5 ms more for the first, because its contacts are taken at 50 N. On hamner2013, four runners that only
/// judge, contact then comes out 9 ms long.
const CHEST: Place = Place {
    rise_s: 0.023,
    missing_s: 0.047,
};
/// From contact to braking of the pelvis, seconds.
const BRAKING_S: f64 = 0.019;
/// Contact time, seconds, is the first plus the second times the time from braking to release: least squares over
/// the trial means (rms 6 ms). On runners 002, 04, 08 and 010: rms 13 ms, bias 10 ms.
const CONTACT_FROM_PUSH: [f64; 2] = [-0.009, 1.175];

/// What is known of a stance before the next one closes its step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stance {
    pub(super) contact_s: f64,
    pub(super) toe_off_s: Option<f64>,
    pub(super) flew_before: bool,
}

/// A beat and the two before it, where the body went on without a hole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beats {
    pub(super) beat: Beat,
    pub(super) last: Option<Beat>,
    pub(super) last_but_one: Option<Beat>,
}

/// Contact and toe-off around a beat; the deepest point since the beat before where the body did not fly.
pub(super) fn around(trace: &Trace, beats: Beats) -> Stance {
    let Beats { beat, last, .. } = beats;
    let from = last.map_or(beat.index - 40, |last| last.index.max(beat.index - 60));
    let Some(rise_s) = before(|k| trace.force(k), from, beat.index, CONTACT_WEIGHTS) else {
        return Stance {
            contact_s: lightest_s(trace, from, beat.index),
            toe_off_s: None,
            flew_before: false,
        };
    };
    let fall_s = after(|k| trace.force(k), beat.index, TOE_OFF_WEIGHTS);
    let has_pelvis = trace.body(beat.index).is_some_and(|body| body.pelvis.is_some());
    let place = if has_pelvis { PELVIS } else { CHEST };
    let felt = place.felt(rise_s, fall_s);
    let push = has_pelvis.then(|| push(trace, beats)).flatten();
    let joined = push.map_or(felt, |push| felt.joined(push, fall_s));
    let swings = has_pelvis.then(|| swings(trace, beats)).flatten();
    let joined = swings.map_or(joined, |swings| joined.bounded(swings));
    let contact = chest(trace, from, beat.index).map_or(joined, |chest| joined.mean(chest));
    Stance {
        contact_s: contact.start_s,
        toe_off_s: contact.lasts_s.map(|lasts_s| contact.start_s + lasts_s),
        flew_before: beat.is_strong(),
    }
}

/// One contact as one kind of evidence tells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    pub(super) start_s: f64,
    pub(super) lasts_s: Option<f64>,
}

impl Contact {
    /// With what the push tells where it agrees; `fall_s` is when the vertical force fell.
    fn joined(self, push: Push, fall_s: Option<f64>) -> Self {
        let braked_s = push.braking_s - BRAKING_S;
        if (braked_s - self.start_s).abs() >= AGREE_S {
            return self;
        }
        let agrees = fall_s.is_some_and(|fall_s| (push.release_s - fall_s).abs() < AGREE_S);
        let pushed_s = CONTACT_FROM_PUSH[0] + CONTACT_FROM_PUSH[1] * (push.release_s - push.braking_s);
        Self {
            start_s: 0.5 * (self.start_s + braked_s),
            lasts_s: if agrees { Some(pushed_s) } else { self.lasts_s },
        }
    }

    /// Kept within bounds of what the slow swings tell.
    fn bounded(self, swings: Self) -> Self {
        if (self.start_s - swings.start_s).abs() >= AGREE_S {
            return self;
        }
        let within = |(edges, swings): (f64, f64)| edges.clamp(swings - SWINGS_S, swings + SWINGS_S);
        Self {
            start_s: 0.5 * (self.start_s + swings.start_s),
            lasts_s: self.lasts_s.zip(swings.lasts_s).map(within),
        }
    }

    /// Halfway to another pod's, where both tell the same contact.
    fn mean(self, other: Self) -> Self {
        if (self.start_s - other.start_s).abs() >= AGREE_S {
            return self;
        }
        let both = self.lasts_s.zip(other.lasts_s);
        Self {
            start_s: 0.5 * (self.start_s + other.start_s),
            lasts_s: both.map_or(self.lasts_s, |(one, other)| Some(0.5 * (one + other))),
        }
    }
}

impl Place {
    /// The contact whose vertical force rises and falls at these instants.
    fn felt(&self, rise_s: f64, fall_s: Option<f64>) -> Contact {
        Contact {
            start_s: rise_s - self.rise_s,
            lasts_s: fall_s.map(|fall_s| fall_s - rise_s + self.missing_s),
        }
    }
}

/// What the chest feels of a contact that the pelvis feels too: their errors hardly know of each other.
fn chest(trace: &Trace, from: i64, beat: i64) -> Option<Contact> {
    let force = |k| trace.chest_force(k);
    let rise_s = before(force, from, beat, CONTACT_WEIGHTS)?;
    Some(CHEST.felt(rise_s, after(force, beat, TOE_OFF_WEIGHTS)))
}

fn swings(trace: &Trace, beats: Beats) -> Option<Contact> {
    let stride_cells = beats.beat.index - beats.last_but_one?.index;
    swings::contact(trace, beats.beat.index, 0.5 * stride_cells as f64)
}

fn push(trace: &Trace, beats: Beats) -> Option<Push> {
    let (last_beat, beat) = (beats.last?.index, beats.beat.index);
    let level = Levelled::over(trace, beats.last_but_one?.index, beat)?;
    let cells = Cells {
        last_beat,
        beat,
        loaded_s: before(|k| trace.force(k), last_beat, beat, 1.0)?,
        unloaded_s: after(|k| trace.force(k), beat, 1.0)?,
    };
    Push::around(level, cells)
}

/// The last rise of a force through `level` between two cells.
fn before(force: impl Fn(i64) -> Option<f64>, from: i64, until: i64, level: f64) -> Option<f64> {
    (from..until).rev().find_map(|k| crossing(&force, k, level))
}

/// The first fall of a force through `level` after a beat.
fn after(force: impl Fn(i64) -> Option<f64>, beat: i64, level: f64) -> Option<f64> {
    (beat..=beat + DELAY_CELLS as i64).find_map(|k| crossing(&force, k, level))
}

/// When the force is smallest between two cells.
fn lightest_s(trace: &Trace, from: i64, until: i64) -> f64 {
    let force = |k: &i64| trace.force(*k).unwrap_or(f64::MAX);
    let lowest = (from..until).min_by(|a, b| force(a).total_cmp(&force(b)));
    time_s(lowest.unwrap_or(until))
}
