//! A contact from the slow swings of the pelvis alone: its first two harmonics of the step.
//!
//! Coarser than edges, but a ringing strap hardly reaches it, so it keeps what edges tell within bounds.
//! Invariant: where a swing cannot be told there is no contact.

use std::f64::consts::TAU;

use super::{contact::Contact, trace::Trace};
use crate::{
    body::sample::{GRID_HZ, time_s},
    units::GRAVITY,
};

/// Shortest and longest step, cells: what can be seen when a beat is known.
const STEP_CELLS: [f64; 2] = [24.5, 56.0];
/// A contact from these: one; the step's length, s; the first harmonic of the vertical force per weight; the second,
/// seen from the first's peak; the second of the levelled fore-aft acceleration per gravity, likewise. Written by
/// `core/model/gait/fit.py`: ridge over virtual pods, with and without straps, of rbds2017 001, 03, 05, 09 and 011, of
/// `jdx_treadmill_run` and of `biomac_fixture`.
type Weights = [f64; 7];
/// Initial contact, seconds after the first harmonic's peak.
const START_S: Weights = [-0.0384, -0.2252, 0.0020, 0.0158, -0.0050, 0.0018, -0.0319];
/// Ground contact time, seconds.
const LASTS_S: Weights = [0.0881, 0.6886, -0.0504, -0.0323, 0.0140, -0.0177, 0.0725];

/// A value that swings, as real and imaginary part.
type Swing = glam::DVec2;

/// The contact around `beat` of a runner whose last steps took `step_cells`.
pub(super) fn contact(trace: &Trace, beat: i64, step_cells: f64) -> Option<Contact> {
    if !(STEP_CELLS[0]..=STEP_CELLS[1]).contains(&step_cells) {
        return None;
    }
    let count = step_cells.round() as i64;
    let turn = Swing::from_angle(-TAU / count as f64);
    let mut at = Swing::from_angle(TAU * (count / 2) as f64 / count as f64);
    let (mut force_sum, mut push_sum) = (0.0, 0.0);
    let (mut first, mut second, mut push_second) = (Swing::ZERO, Swing::ZERO, Swing::ZERO);
    for push in trace.pushes(beat - count / 2..beat - count / 2 + count) {
        let (force, push) = push?;
        let twice = at.rotate(at);
        force_sum += force;
        push_sum += push;
        first += force * at;
        second += force * twice;
        push_second += push * twice;
        at = at.rotate(turn);
    }
    let size = 2.0 / count as f64;
    let peak = Swing::from_angle(-first.to_angle());
    let from_peak = |swing: Swing| swing.rotate(peak.rotate(peak)) * size;
    let level = push_second - second * (push_sum / force_sum);
    let (second, push_second) = (from_peak(second), from_peak(level) / GRAVITY);
    let step_s = count as f64 / GRID_HZ;
    let told = [
        1.0,
        step_s,
        first.length() * size,
        second.x,
        second.y,
        push_second.x,
        push_second.y,
    ];
    let weighed =
        |weights: Weights| -> f64 { weights.iter().zip(told).map(|(weight, told)| weight * told).sum() };
    let peak_s = time_s(beat) - first.to_angle() / TAU * step_s;
    let (start_s, lasts_s) = (peak_s + weighed(START_S), weighed(LASTS_S));
    (start_s.is_finite() && lasts_s.is_finite()).then_some(Contact {
        start_s,
        lasts_s: Some(lasts_s),
    })
}
