//! How the body passes over the foot: early or late, what it loses on the way, how far the hip is from the ankle.
//!
//! Judges nothing. The pelvis turns from braking to propulsion far ahead of the whole body, and by how much is each
//! runner's own: between runners the timing tells nothing (`core/model/gait/README.md`).
//! Invariant: a tilt error of the pod shifts nothing to first order.

use super::{
    push::Levelled,
    trace::{Trace, first_cell},
};
use crate::{
    body::sample::{GRID_HZ, time_s},
    units::GRAVITY,
};

/// The pelvis stops braking so much earlier than the whole body does, in contact times: mean of 15 trials of the five
/// fitted runners of rbds2017 (virtual pods against the force treadmill).
const PELVIS_LEAD: f64 = 0.138;
/// The pelvis loses so many times the speed the whole body does. Ours, from what agrees: 1.9 on the same trials, whose
/// fore-aft force must be halved to be what others measure (`biomac_fixture`: 0.25 m/s at 3.5 m/s, `jdx_treadmill_run`:
/// 0.23 at 4.1); 1.8 on the 16 trials of hamner2013, which only judge.
const PELVIS_LOSES: f64 = 1.9;
/// What pushes the pelvis forward at the lowest point beyond what pushes the whole body, per vertical force. Mean of
/// the same trials, with the same half of the force; 0.12 on hamner2013.
const PELVIS_PUSH: f64 = 0.14;
/// Length of a leg, cm: nobody asks the runner. A tenth more is a tenth more offset.
const LEG_CM: f64 = 90.0;
/// Cells on either side of the lowest point that its push is the mean of.
const LOWEST_CELLS: i64 = 2;

/// One passage over the foot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Passage {
    /// (fore-aft zero crossing − lowest point) / ground contact time; + is late.
    pub(super) timing: f64,
    /// Forward speed lost between contact and the zero crossing, m/s.
    pub(super) speed_loss_mps: f64,
    /// How far the hip is ahead of the ankle at the lowest point, cm.
    pub(super) hip_offset_cm: Option<f64>,
}

/// What the fore-aft acceleration of one stance tells, levelled over it.
pub(super) fn passage(trace: &Trace, contact_s: f64, lowest_s: f64, toe_off_s: f64) -> Option<Passage> {
    let (from, to) = (first_cell(contact_s), first_cell(toe_off_s));
    let level = Levelled::over(trace, from, to)?;
    let crossing_s = |k: i64| {
        let (a, b) = (level.at(k)?, level.at(k + 1)?);
        (a < 0.0 && b >= 0.0).then(|| time_s(k) + a / (a - b) / GRID_HZ)
    };
    let nearest_s = (from..to - 1)
        .filter_map(crossing_s)
        .min_by(|a, b| (a - lowest_s).abs().total_cmp(&(b - lowest_s).abs()))?;
    let braking: Option<f64> = (from..first_cell(nearest_s)).map(|k| level.at(k)).sum();
    Some(Passage {
        timing: (nearest_s - lowest_s) / (toe_off_s - contact_s) + PELVIS_LEAD,
        speed_loss_mps: -braking? / GRID_HZ / PELVIS_LOSES,
        hip_offset_cm: hip_offset_cm(trace, level, lowest_s),
    })
}

/// The hip is ahead of the ankle as the push is ahead of the vertical, leg by leg: `d = L · a_x / (a_y + g)`.
fn hip_offset_cm(trace: &Trace, level: Levelled<'_>, lowest_s: f64) -> Option<f64> {
    let lowest = first_cell(lowest_s);
    let cells = || lowest - LOWEST_CELLS..=lowest + LOWEST_CELLS;
    let forward: Option<f64> = cells().map(|k| level.at(k)).sum();
    let upward: Option<f64> = cells().map(|k| Some(trace.force(k)? * GRAVITY)).sum();
    let (forward, upward) = (forward?, upward?);
    (upward > 0.0).then(|| LEG_CM * (forward / upward - PELVIS_PUSH))
}
