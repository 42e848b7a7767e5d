//! D3's repetition: tip as one piece, stay there, come back.
//!
//! Judges a movement only after it is over. Invariant: what needs both pods is *not seen* with one.
//!
//! The lean is held against the neutral, the bend against the stand before the movement; the way of the pelvis comes
//! from integrating its acceleration twice between that stand and the hold.

use super::{
    first_miss,
    series::Series,
    stand::{Stand, WINDOW_S},
    trace::{Trace, any_lean, bounce, pelvis_push, pelvis_tilt, trunk_lean},
};
use crate::{
    body::sample::BodySample,
    drill::{Miss, Repetition, RepetitionOutcome, rule::TiltRule},
};

/// A movement begins this far above `upright_deg`, so that swaying about it is not many movements, degrees. Ours.
const HYSTERESIS_DEG: f64 = 0.5;
/// Longer than this and the pod has slipped, or the runner rests on the wall, seconds. Ours.
const LONGEST_S: f64 = 20.0;
/// A movement shorter than this that stays small was swaying, seconds. Ours.
const SWAY_S: f64 = 1.0;
/// Root mean square of the upward acceleration beyond which the runner walks, m/s². Ours.
const WALKING_MPS2: f64 = 1.0;
/// How long a stand stays the reference for the tilts that follow it, seconds: a whole set. Ours.
const STAND_AGE_S: f64 = 60.0;
/// Width of the mean that takes the tremor out of an angle, seconds. Ours.
const SMOOTH_S: f64 = 0.3;
/// How far the lean may sway about the middle of a hold, degrees. Ours.
const SWAY_DEG: f64 = 1.5;

/// The movement into a hold is over when the lean changes by less than this, degrees ... Ours.
const SETTLED_DEG: f64 = 0.2;
/// ... in this time, seconds.
const SETTLED_S: f64 = 0.3;

/// The way of the pelvis on a slower way out is lost in the tilt error, seconds: that error grows with the square of
/// the time and reaches 40 mm here. Ours, from the synthetic runner.
const SLOWEST_S: f64 = 2.5;

/// Counts tilts.
#[derive(Debug)]
pub(super) struct TiltCounter {
    rule: TiltRule,
    trace: Trace,
    stand: Option<Stand>,
    /// When the movement that is going on left the upright, and whether the runner walked in it.
    movement: Option<(f64, bool)>,
    /// When the last movement ended: the next cannot have begun before.
    last_end_s: f64,
}

impl TiltCounter {
    pub(super) const fn new(rule: TiltRule) -> Self {
        let trace = Trace::new(LONGEST_S + 5.0);
        Self {
            rule,
            trace,
            stand: None,
            movement: None,
            last_end_s: f64::NEG_INFINITY,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample) -> Option<Repetition> {
        let now_s = sample.time_s;
        self.trace.push(sample);
        let lean = self.trace.series(now_s - 0.2, now_s, any_lean).mean();
        let Some((left_s, walked)) = self.movement else {
            self.stand =
                Stand::find(&self.trace, now_s, self.rule.still, self.rule.upright_deg).or(self.stand);
            let fresh = self.stand.is_some_and(|stand| now_s - stand.end_s < STAND_AGE_S);
            if fresh && lean.is_some_and(|lean| lean > self.rule.upright_deg + HYSTERESIS_DEG) {
                self.movement = Some((now_s, false));
            }
            return None;
        };
        let walks = self
            .trace
            .series(now_s - 0.5, now_s, bounce)
            .deviation()
            .is_some_and(|shake| shake > WALKING_MPS2);
        self.movement = Some((left_s, walked || walks));
        let back = lean.is_some_and(|lean| lean < self.rule.upright_deg);
        let lost = now_s - left_s > LONGEST_S;
        if !back && !lost {
            return None;
        }
        self.movement = None;
        let stand = self.stand?;
        if walked || walks || lost {
            // Walking away is no tilt; and what the pods show after either is no stand to measure from.
            self.stand = None;
        }
        let last_end_s = std::mem::replace(&mut self.last_end_s, now_s);
        if walked || walks {
            return None;
        }
        let movement = Movement {
            rule: &self.rule,
            trace: &self.trace,
            stand,
            last_end_s,
            left_s,
            end_s: now_s,
        };
        movement.judge(lost)
    }
}

/// One movement out of the upright and back.
struct Movement<'a> {
    rule: &'a TiltRule,
    trace: &'a Trace,
    stand: Stand,
    /// When the movement before it ended.
    last_end_s: f64,
    left_s: f64,
    end_s: f64,
}

/// The time at the lean that was held.
#[derive(Clone, Copy)]
struct Hold {
    start_s: f64,
    /// When the movement into it had died away, seconds.
    rest_s: f64,
    seconds: f64,
}

impl Hold {
    /// The longest time at the lean that was held.
    fn of(lean: &Series, lowest_deg: f64) -> Option<Self> {
        let top = lean.largest()?;
        let high: Series = lean
            .0
            .iter()
            .copied()
            .filter(|(_, lean)| *lean >= lowest_deg.max(0.7 * top))
            .collect();
        let middle = high.median()?;
        let (from_s, to_s) = lean.longest(|lean| (lean - middle).abs() <= SWAY_DEG)?;
        let slows = |time: f64| Some((lean.at(time + SETTLED_S)? - lean.at(time)?).abs() < SETTLED_DEG);
        let arrived_s = lean
            .0
            .iter()
            .map(|(time, _)| *time)
            .find(|time| *time >= from_s && slows(*time) == Some(true));
        let rest_s = arrived_s.map_or(from_s, |arrived_s| arrived_s + SETTLED_S / 2.0);
        Some(Self {
            start_s: from_s,
            rest_s: rest_s.min(f64::midpoint(from_s, to_s)),
            seconds: to_s - from_s,
        })
    }

    fn end_s(self) -> f64 {
        self.start_s + self.seconds
    }
}

impl Movement<'_> {
    fn judge(&self, lost: bool) -> Option<Repetition> {
        let rule = self.rule;
        let start_s = self.start_s();
        let lean = self.trace.series(start_s, self.end_s, trunk_lean);
        let peak = lean.smooth(SMOOTH_S).largest();
        let lowest_deg = rule.trunk_lean_deg[0] - rule.tolerance_deg;
        if peak.is_some_and(|peak| peak < lowest_deg) && self.end_s - self.left_s < SWAY_S {
            return None;
        }
        let hold = Hold::of(&lean.smooth(SMOOTH_S), lowest_deg);
        let held_s = hold.map_or(0.0, |hold| hold.seconds);
        // How the runner comes back is not judged: the drill is about the way out.
        let bend = self.bend(start_s, hold.map_or(self.end_s, Hold::end_s));
        let forward_mm = hold.and_then(|hold| self.pelvis_forward_mm(start_s, &lean.smooth(0.1), hold));
        let behind = forward_mm.is_none_or(|way| way < rule.pelvis_forward_mm);
        let slow = hold.is_some_and(|hold| hold.rest_s - start_s > SLOWEST_S);
        let outcome = match peak.zip(bend) {
            Some((peak, bend)) if self.missing(start_s) <= rule.missing && !lost => first_miss(&[
                (bend.abs() > rule.bend_deg, Miss::Bent),
                (peak > rule.trunk_lean_deg[1] + rule.tolerance_deg, Miss::TooMuch),
                (peak < lowest_deg, Miss::TooLittle),
                (held_s < rule.hold_s, Miss::TooShort),
                (behind, Miss::PelvisBehind),
            ]),
            _ => RepetitionOutcome::NotSeen,
        };
        let untold = slow && outcome == RepetitionOutcome::Missed(Miss::PelvisBehind);
        let outcome = if untold {
            RepetitionOutcome::NotSeen
        } else {
            outcome
        };
        Some(Repetition {
            start_s,
            end_s: self.end_s,
            outcome,
            trunk_lean_deg: peak,
            waist_bend_deg: bend,
            pelvis_forward_mm: forward_mm.filter(|_| !untold),
            expected_angle_deg: None,
            felt: None,
        })
    }

    /// Where the body was at rest before it left the upright: a moment before the lean last was at its lowest, or
    /// right there where the runner rocks from one tilt into the next.
    fn start_s(&self) -> f64 {
        let stood = self.stand.end_s > self.last_end_s;
        let (earliest_s, moment_s) = if stood {
            (self.stand.end_s - WINDOW_S / 2.0, 0.3)
        } else {
            (self.last_end_s, 0.0)
        };
        let before = self.trace.series(earliest_s, self.left_s, any_lean).smooth(0.1);
        let lowest = before.smallest();
        let turned_s = lowest.and_then(|lowest| before.last_time(|lean| lean <= lowest + 0.1));
        turned_s.map_or(earliest_s, |turned_s| (turned_s - moment_s).max(earliest_s))
    }

    /// The largest change of the waist bend against the stand before.
    fn bend(&self, start_s: f64, end_s: f64) -> Option<f64> {
        let standing = self.stand.bend_deg?;
        let bend = self.trace.series(start_s, end_s, BodySample::waist_bend_deg);
        bend.map(|_, bend| bend - standing)
            .smooth(SMOOTH_S)
            .farthest_from_zero()
    }

    /// The way of the pelvis from the rest before to the rest in the hold. What the accelerometer shows at either rest
    /// is gravity through a tilt error; it is taken to grow as the lean does.
    fn pelvis_forward_mm(&self, start_s: f64, lean: &Series, hold: Hold) -> Option<f64> {
        let at_rest = self
            .trace
            .series(hold.rest_s, hold.end_s().min(hold.rest_s + 1.2), pelvis_push)
            .mean()?;
        let (from, to) = (lean.at(start_s)?, lean.at(hold.rest_s)?);
        if to <= from {
            return None;
        }
        let before = self.stand.pelvis_offset_mps2;
        let share = |time| {
            lean.at(time)
                .map_or(0.0, |now| ((now - from) / (to - from)).clamp(0.0, 1.0))
        };
        let push = self.trace.series(start_s, hold.rest_s, pelvis_push);
        Some(push.way_between_rests(|time| before + (at_rest - before) * share(time))? * 1000.0)
    }

    fn missing(&self, start_s: f64) -> f64 {
        let chest = self.trace.missing(start_s, self.end_s, trunk_lean);
        chest.max(self.trace.missing(start_s, self.end_s, pelvis_tilt))
    }
}

#[cfg(test)]
mod tests;
