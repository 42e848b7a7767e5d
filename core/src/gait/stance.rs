//! Contact and toe-off around one beat, from what pelvis or chest feel of the foot.
//!
//! Two kinds of evidence: the vertical force (near zero in flight), and, at the pelvis, the fore-aft acceleration:
//! a landing foot brakes it within hundredths of a second, and a leaving one stops to propel it. Where both
//! agree they are joined; else the vertical force decides alone.
//! Invariant: a stance that is not preceded by a dip of the vertical force is never said to follow flight.

use super::trace::{Trace, crossing};
use crate::body::{
    rhythm::{Beat, DELAY_CELLS},
    sample::{GRID_HZ, time_s},
};

/// Vertical force per weight that begins and ends contact. Levels chosen earlier on all nine runners of rbds2017.
const CONTACT_WEIGHTS: f64 = 0.35;
const TOE_OFF_WEIGHTS: f64 = 0.2;
/// Braking has begun at this share of its peak. With the next one chosen among a few on the five fitted runners.
const BRAKING_SHARE: f64 = 0.75;
/// Propulsion has ended when the pelvis slows by this share of the propulsion's peak.
const RELEASE_SHARE: f64 = 0.3;
/// Braking or propulsion smaller than this is no evidence, m/s². Ours.
const FAINTEST_MPS2: f64 = 1.0;
/// Braking peaks this many cells around the instant the force reaches the weight. Ours.
const BRAKING_CELLS: [i64; 2] = [-4, 5];
/// Both kinds of evidence agree within this, seconds. Ours.
const AGREE_S: f64 = 0.05;

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
/// Two runners only, virtual pods: `jdx_treadmill_run` (missing 22 ms) and `biomac_fixture`, straight run (39 ms);
/// 4.5 ms more, because their contacts are taken at 50 N.
const CHEST: Place = Place {
    rise_s: 0.023,
    missing_s: 0.035,
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
    let Some(rise_s) = before(trace, from, beat.index, CONTACT_WEIGHTS) else {
        return Stance {
            contact_s: lightest_s(trace, from, beat.index),
            toe_off_s: None,
            flew_before: false,
        };
    };
    let fall_s = after(trace, beat.index, TOE_OFF_WEIGHTS);
    let has_pelvis = trace.body(beat.index).is_some_and(|body| body.pelvis.is_some());
    let place = if has_pelvis { PELVIS } else { CHEST };
    let contact_s = rise_s - place.rise_s;
    let push = has_pelvis.then(|| Push::around(trace, beats)).flatten();
    let push = push.filter(|push| (push.braking_s - BRAKING_S - contact_s).abs() < AGREE_S);
    let contact_s = push
        .as_ref()
        .map_or(contact_s, |push| 0.5 * (contact_s + push.braking_s - BRAKING_S));
    let contact_time_s = fall_s.map(|fall_s| {
        let released = push.filter(|push| (push.release_s - fall_s).abs() < AGREE_S);
        released.map_or(fall_s - rise_s + place.missing_s, |push| {
            CONTACT_FROM_PUSH[0] + CONTACT_FROM_PUSH[1] * (push.release_s - push.braking_s)
        })
    });
    Stance {
        contact_s,
        toe_off_s: contact_time_s.map(|time_s| contact_s + time_s),
        flew_before: beat.is_strong(),
    }
}

/// The last rise of the force through `level` between two cells.
fn before(trace: &Trace, from: i64, until: i64, level: f64) -> Option<f64> {
    (from..until)
        .rev()
        .find_map(|k| crossing(|k| trace.force(k), k, level))
}

/// The first fall of the force through `level` after a beat.
fn after(trace: &Trace, beat: i64, level: f64) -> Option<f64> {
    (beat..=beat + DELAY_CELLS as i64).find_map(|k| crossing(|k| trace.force(k), k, level))
}

/// When the force is smallest between two cells.
fn lightest_s(trace: &Trace, from: i64, until: i64) -> f64 {
    let force = |k: &i64| trace.force(*k).unwrap_or(f64::MAX);
    let lowest = (from..until).min_by(|a, b| force(a).total_cmp(&force(b)));
    time_s(lowest.unwrap_or(until))
}

/// How the foot pushes the pelvis to and fro.
#[derive(Clone, Copy, Debug)]
struct Push {
    /// Braking is there.
    braking_s: f64,
    /// Propulsion is over.
    release_s: f64,
}

impl Push {
    /// Seen around `beat`. The stride before it tells what is level and how hard both feet propel.
    fn around(trace: &Trace, beats: Beats) -> Option<Self> {
        let Beats {
            beat,
            last,
            last_but_one,
        } = beats;
        let (last, last_but_one) = (last?.index, last_but_one?.index);
        let leak = leak_mps2(trace, last_but_one, beat.index)?;
        let push = |k: i64| Some(trace.fore_aft(k)? - leak * trace.force(k)?);
        let loaded = cell_of(before(trace, last, beat.index, 1.0)?);
        let unloaded = cell_of(after(trace, beat.index, 1.0)?);
        let propulsion = |from: i64| {
            let cells = from..from + (unloaded - beat.index) + 4;
            cells.filter_map(push).fold(0.0, f64::max)
        };
        let peak = 0.5 * (propulsion(beat.index) + propulsion(last));
        if peak < FAINTEST_MPS2 {
            return None;
        }
        Some(Self {
            braking_s: braking_s(push, loaded)?,
            release_s: release_s(push, beat.index, unloaded, -RELEASE_SHARE * peak)?,
        })
    }
}

/// Over a whole stride braking and propulsion cancel and the force is the weight: what is left of the fore-aft
/// acceleration is vertical force seen through a tilt error, so much for each weight.
fn leak_mps2(trace: &Trace, from: i64, until: i64) -> Option<f64> {
    let mut total = (0.0, 0.0);
    for k in from..until {
        total.0 += trace.fore_aft(k)?;
        total.1 += trace.force(k)?;
    }
    (total.1 > 0.0).then(|| total.0 / total.1)
}

/// When most of the braking around cell `loaded` has come up.
fn braking_s(push: impl Fn(i64) -> Option<f64>, loaded: i64) -> Option<f64> {
    let [first, last] = BRAKING_CELLS.map(|cells| loaded + cells);
    let value = |k: &i64| push(*k).unwrap_or(f64::MAX);
    let peak = (first..=last).min_by(|a, b| value(a).total_cmp(&value(b)))?;
    let depth = push(peak)?;
    if peak == first || peak == last || depth > -FAINTEST_MPS2 {
        return None;
    }
    let level = BRAKING_SHARE * depth;
    (peak - 20..peak).rev().find_map(|k| crossing(&push, k, level))
}

/// When the propulsion after cell `beat` has turned into slowing: the crossing of `level` nearest to `unloaded`.
fn release_s(push: impl Fn(i64) -> Option<f64>, beat: i64, unloaded: i64, level: f64) -> Option<f64> {
    let cross = |k| crossing(&push, k, level);
    if push(unloaded)? > level {
        (unloaded..unloaded + 20).find_map(cross)
    } else {
        (beat..unloaded).rev().find_map(cross)
    }
}

fn cell_of(time_s: f64) -> i64 {
    (time_s * GRID_HZ).round() as i64
}
