//! D6 to D11, D13 and D14: runs of timed bouts, held against each other.
//!
//! Knows when a bout begins and ends only from whoever leads through the drill. Invariants: a comparison that lacks
//! steps, data or a band is *not seen*; values of different pods are never held against each other.

use std::collections::VecDeque;

use super::{
    seen::Seen,
    stride::{chest_sway_mm, pelvis_rotation_deg},
    trace::Trace,
};
use crate::{
    body::sample::BodySample,
    drill::{
        Miss, Repetition, RepetitionOutcome,
        rule::{Bout, BoutRule, Comparison, Condition, Quantity},
    },
    gait::step::Step,
};

/// How long steps are waited for after a bout, seconds: below what the next bout leaves out. Ours.
const STEPS_LATE_S: f64 = 2.0;
/// How much longer where no data comes at all, seconds. Ours.
const SILENCE_S: f64 = 1.0;
/// Seconds of samples that are kept for strides: a slow one that comes late. Ours.
const KEPT_S: f64 = 5.0;
/// Steps the lean is a mean of before it is held against the band, as in the method of Van den Berghe et al.
const BAND_STEPS: usize = 5;
/// Contacts closer than this belong to each other, seconds. Ours.
const SAME_CONTACT_S: f64 = 0.03;

/// Compares bouts.
#[derive(Debug)]
pub(super) struct BoutCounter {
    rule: BoutRule,
    band_deg: Option<[f64; 2]>,
    trace: Trace,
    bouts: VecDeque<Seen>,
    leans_deg: VecDeque<f64>,
    before: Option<Step>,
}

impl BoutCounter {
    pub(super) const fn new(rule: BoutRule, band_deg: Option<[f64; 2]>) -> Self {
        Self {
            rule,
            band_deg,
            trace: Trace::new(KEPT_S),
            bouts: VecDeque::new(),
            leans_deg: VecDeque::new(),
            before: None,
        }
    }

    /// The bout that goes on ends now, and another one begins where there is one.
    pub(super) fn begin(&mut self, bout: Option<Bout>, at_s: f64) {
        if let Some(open) = self.bouts.back_mut().filter(|seen| seen.end_s.is_none()) {
            open.end_s = Some(at_s);
        }
        self.bouts
            .extend(bout.map(|kind| Seen::new(kind, at_s, self.rule.settle_s)));
    }

    /// How fast the runner is over ground.
    pub(super) fn speed(&mut self, at_s: f64, speed_mps: f64) {
        if let Some(seen) = self.at(at_s) {
            seen.take(Quantity::Speed, speed_mps);
        }
    }

    pub(super) fn push(&mut self, sample: BodySample, steps: &[Step]) -> Option<Repetition> {
        let now_s = sample.time_s;
        if self.looks_at(Quantity::ChestSway) || self.looks_at(Quantity::PelvisRotation) {
            self.trace.push(sample);
        }
        if let Some(seen) = self.at(now_s) {
            seen.sample(&sample);
        }
        for step in steps {
            self.step(step);
        }
        self.due(now_s, STEPS_LATE_S)
    }

    /// Time passed, with or without data.
    pub(super) fn pass_time(&mut self, now_s: f64) -> Option<Repetition> {
        self.due(now_s, STEPS_LATE_S + SILENCE_S)
    }

    fn due(&mut self, now_s: f64, wait_s: f64) -> Option<Repetition> {
        let end_s = self.bouts.get(self.rule.bouts.checked_sub(1)?)?.end_s?;
        if now_s < end_s + wait_s {
            return None;
        }
        let compared: Vec<Seen> = self.bouts.drain(..self.rule.bouts).collect();
        Some(self.judge(&compared, end_s))
    }

    fn at(&mut self, time_s: f64) -> Option<&mut Seen> {
        self.bouts.iter_mut().find(|seen| seen.holds(time_s))
    }

    fn looks_at(&self, quantity: Quantity) -> bool {
        self.rule.conditions.iter().any(|one| one.quantity == quantity)
    }

    fn step(&mut self, step: &Step) {
        let before = self.before.replace(*step);
        if !step.running || !step.steady {
            return;
        }
        let lean = self.mean_lean_deg(step);
        let stride = before.filter(|before| {
            let end_s = before.initial_contact_s + 60.0 / before.cadence.0;
            before.running && (end_s - step.initial_contact_s).abs() < SAME_CONTACT_S
        });
        let stride = stride.map(|before| {
            [
                before.initial_contact_s,
                step.initial_contact_s + 60.0 / step.cadence.0,
            ]
        });
        let sways = stride.filter(|_| self.looks_at(Quantity::ChestSway));
        let sway = sways.and_then(|stride| chest_sway_mm(&self.trace, stride));
        let rotates = stride.filter(|_| self.looks_at(Quantity::PelvisRotation));
        let rotation = rotates.and_then(|stride| pelvis_rotation_deg(&self.trace, stride));
        let in_band = self
            .band_deg
            .zip(lean)
            .map(|([low, high], lean)| f64::from(u8::from((low..=high).contains(&lean))));
        let Some(seen) = self.at(step.initial_contact_s) else {
            return;
        };
        seen.steady_steps += 1;
        let values = [
            (Quantity::TrunkLean, step.trunk_lean.map(|lean| lean.0)),
            (Quantity::WaistBend, step.waist_bend.map(|bend| bend.0)),
            (Quantity::Cadence, Some(step.cadence.0)),
            (Quantity::MidStanceTiming, step.mid_stance_timing),
            (Quantity::SpeedLoss, step.speed_loss_mps),
            (Quantity::ChestSway, sway),
            (Quantity::PelvisRotation, rotation),
            (Quantity::InBand, in_band),
        ];
        for (quantity, value) in values {
            if let Some(value) = value {
                seen.take(quantity, value);
            }
        }
        if let Some(lean) = step.trunk_lean {
            seen.lean_at(step.initial_contact_s, lean.0);
        }
    }

    fn mean_lean_deg(&mut self, step: &Step) -> Option<f64> {
        let Some(lean) = step.trunk_lean else {
            self.leans_deg.clear();
            return None;
        };
        self.leans_deg.push_back(lean.0);
        if self.leans_deg.len() > BAND_STEPS {
            self.leans_deg.pop_front();
        }
        Some(self.leans_deg.iter().sum::<f64>() / self.leans_deg.len() as f64)
    }

    fn judge(&self, bouts: &[Seen], end_s: f64) -> Repetition {
        let of = |kind, quantity| Seen::value(bouts, kind, quantity, &self.rule);
        let lean = of(Bout::Asked, Quantity::TrunkLean);
        let bends = of(Bout::Asked, Quantity::WaistBend).zip(of(Bout::Usual, Quantity::WaistBend));
        Repetition {
            start_s: bouts.first().map_or(end_s, |seen| seen.began_s),
            end_s,
            outcome: self.outcome(bouts),
            trunk_lean_deg: lean,
            waist_bend_deg: bends.map(|(asked, usual)| asked - usual),
            pelvis_forward_mm: None,
            expected_angle_deg: None,
            felt: None,
        }
    }

    fn outcome(&self, bouts: &[Seen]) -> RepetitionOutcome {
        let ran = |seen: &Seen| Seen::was_run(bouts, seen.kind, &self.rule);
        if !bouts.iter().all(ran) {
            return RepetitionOutcome::NotSeen;
        }
        let mut miss = None;
        for condition in self.rule.conditions {
            match self.compare(bouts, condition) {
                Some(compared) => miss = miss.or_else(|| missed(condition, compared)),
                None if condition.optional => {}
                None => return RepetitionOutcome::NotSeen,
            }
        }
        miss.map_or(RepetitionOutcome::Passed, RepetitionOutcome::Missed)
    }

    /// What the condition looks at; `None` where the pods cannot tell it.
    fn compare(&self, bouts: &[Seen], condition: &Condition) -> Option<f64> {
        let value = |kind| Seen::value(bouts, kind, condition.quantity, &self.rule);
        let of = value(condition.of)?;
        if condition.compared == Comparison::Alone {
            return Some(of);
        }
        let against = value(condition.against)?;
        if !Seen::same_pods(bouts, [condition.of, condition.against], condition.quantity) {
            return None;
        }
        Some(match condition.compared {
            Comparison::Difference => of - against,
            Comparison::Ratio if against > 0.0 => of / against,
            // Nothing of what there never was is no less.
            Comparison::Ratio if of > 0.0 => f64::INFINITY,
            Comparison::Ratio | Comparison::Alone => 1.0,
        })
    }
}

fn missed(condition: &Condition, compared: f64) -> Option<Miss> {
    let [low, high] = condition.within;
    let [below, above] = condition.miss;
    if compared < low {
        Some(below)
    } else {
        (compared > high).then_some(above)
    }
}

#[cfg(test)]
mod tests;
