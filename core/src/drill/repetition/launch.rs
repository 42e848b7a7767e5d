//! D4's repetition: tip, and let the tilt start a run.
//!
//! Walking away from a stand is no start. Invariants: what needs both pods is *not seen* with one; the first foot
//! strike is found here, so that steps may come late or miss the first one.

use super::{
    first_miss,
    stand::{Stand, WINDOW_S, rules_out_stand},
    trace::{Trace, any_lean, bounce, pelvis_push, pelvis_tilt, trunk_lean},
};
use crate::{
    body::sample::BodySample,
    drill::{Miss, Repetition, RepetitionOutcome, rule::LaunchRule},
    gait::step::Step,
    units::GRAVITY,
};

/// Upward acceleration that only a foot strike brings, m/s²: a tip stays below 1, a catching step is above 5. Ours.
const STRIKE_MPS2: f64 = 4.0;
/// A push-off out of the stand looks like a strike, but nothing falls before it: before a strike the body falls
/// faster than this, m/s² ... Ours. A first step caught without falling is passed over, and the second one judged.
const FALL_MPS2: f64 = -2.5;
/// ... within this time, seconds.
const FALL_S: f64 = 0.2;
/// Two strikes cannot be closer, seconds: 270 steps a minute. Ours.
const STRIKE_GAP_S: f64 = 0.22;
/// The foot is down up to this long before the acceleration shows it, seconds. Ours.
const STRIKE_LAG_S: f64 = 0.12;
/// Longest time between the stand and the first foot strike, seconds. Ours.
const TIP_S: f64 = 5.0;
/// How long late steps are waited for, seconds after the first strike. Ours.
const STEPS_LATE_S: f64 = 2.6;
/// How long a start may take at the most, seconds. Ours.
const LONGEST_S: f64 = 4.0;
/// A stand may be this far from the neutral, degrees. Ours.
const UPRIGHT_DEG: f64 = 3.0;
/// A start that broke off counts as tried when the body had tipped this share of the least lean. Ours.
const TRIED_SHARE: f64 = 0.5;

/// Counts starts.
#[derive(Debug)]
pub(super) struct LaunchCounter {
    rule: LaunchRule,
    trace: Trace,
    /// When the body last turned too fast for a stand around that moment.
    loud_s: f64,
    stand: Option<Stand>,
    start: Option<Start>,
}

/// A start that is going on.
#[derive(Debug)]
struct Start {
    stand: Stand,
    /// Foot strikes seen here, seconds.
    strikes: Vec<f64>,
    /// Steps the gait stage reported, from the first strike on.
    steps: Vec<Step>,
}

impl LaunchCounter {
    pub(super) const fn new(rule: LaunchRule) -> Self {
        Self {
            rule,
            trace: Trace::new(TIP_S + LONGEST_S + 2.0),
            loud_s: f64::NEG_INFINITY,
            stand: None,
            start: None,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample, steps: &[Step]) -> Option<Repetition> {
        let now_s = sample.time_s;
        let struck = self.strikes_now(&sample);
        self.trace.push(sample);
        if rules_out_stand(&sample, self.rule.still) {
            self.loud_s = now_s;
        }
        // Looking at a whole second at every sample would cost a long run a fifth of its time.
        let looks = now_s - self.loud_s > WINDOW_S;
        let stands = looks
            .then(|| Stand::find(&self.trace, now_s, self.rule.still, UPRIGHT_DEG))
            .flatten();
        let Some(start) = self.start.as_mut() else {
            self.stand = stands.or(self.stand).filter(|stand| now_s - stand.end_s < TIP_S);
            if let Some(stand) = self.stand.filter(|_| struck && self.fell(now_s)) {
                self.start = Some(Start {
                    stand,
                    strikes: vec![now_s],
                    steps: Vec::new(),
                });
                self.stand = None;
            }
            return None;
        };
        let (first_s, last_s) = (*start.strikes.first()?, *start.strikes.last()?);
        if struck && now_s - last_s >= STRIKE_GAP_S {
            start.strikes.push(now_s);
        }
        start.steps.extend(
            steps
                .iter()
                .filter(|step| step.initial_contact_s > first_s - STRIKE_LAG_S),
        );
        let enough_steps = start.steps.len() > self.rule.steps;
        let enough_strikes = start.strikes.len() > self.rule.steps && now_s - first_s > STEPS_LATE_S;
        let over = stands.is_some() || now_s - first_s > LONGEST_S;
        if !enough_steps && !enough_strikes && !over {
            return None;
        }
        let start = self.start.take()?;
        self.stand = stands;
        Launch::new(&self.rule, &self.trace, start, now_s)?.judge()
    }

    /// Whether a strike that comes now ends a fall, rather than being the push-off out of the stand.
    fn fell(&self, now_s: f64) -> bool {
        let falls = self.trace.series(now_s - FALL_S, now_s, bounce).smallest();
        falls.is_some_and(|falls| falls <= FALL_MPS2)
    }

    /// Whether the upward acceleration passes [`STRIKE_MPS2`] with this sample.
    fn strikes_now(&self, sample: &BodySample) -> bool {
        let before = self.trace.last().and_then(bounce);
        bounce(sample)
            .is_some_and(|now| now >= STRIKE_MPS2 && before.is_none_or(|before| before < STRIKE_MPS2))
    }
}

/// A start that is over.
struct Launch<'a> {
    rule: &'a LaunchRule,
    trace: &'a Trace,
    stand: Stand,
    /// First foot strike, seconds.
    strike_s: f64,
    /// End of the last compared step; `None` when the runner stopped before.
    compared_to_s: Option<f64>,
    /// When it was over.
    end_s: f64,
}

impl<'a> Launch<'a> {
    /// `None` when it was walking.
    fn new(rule: &'a LaunchRule, trace: &'a Trace, start: Start, now_s: f64) -> Option<Self> {
        let own = start.strikes;
        let gait: Vec<f64> = start.steps.iter().map(|step| step.initial_contact_s).collect();
        // The gait stage times contacts better, but may begin late: then the own strikes count the first steps.
        let contacts = if gait.len() > rule.steps { &gait } else { &own };
        let first_s = *own.first()?;
        let compared_to_s = contacts.get(rule.steps).copied();
        let last = contacts.len().min(rule.steps + 1) - 1;
        let step_s = (last > 0).then(|| (contacts[last] - contacts[0]) / last as f64);
        let runs = start.steps.iter().take(rule.steps + 1).any(|step| step.running);
        if !runs && step_s.is_some_and(|step_s| step_s > rule.walking_step_s) {
            return None;
        }
        let strike_s = gait.first().copied().filter(|contact| *contact <= first_s);
        let strike_s = strike_s.unwrap_or_else(|| touch_down_s(trace, first_s));
        Some(Self {
            rule,
            trace,
            stand: start.stand,
            strike_s,
            compared_to_s,
            end_s: compared_to_s.unwrap_or(now_s),
        })
    }

    fn judge(&self) -> Option<Repetition> {
        let rule = self.rule;
        let start_s = self.start_s();
        let lean = self
            .trace
            .series(self.strike_s - 0.05, self.strike_s, trunk_lean)
            .mean();
        if self.compared_to_s.is_none()
            && lean.is_some_and(|lean| lean < TRIED_SHARE * rule.trunk_lean_deg[0])
        {
            return None;
        }
        let bend = self.bend(start_s);
        let way = self.way(start_s);
        let compared = self.compared();
        let outcome = match (lean, bend, way) {
            (Some(lean), Some(bend), Some((dip_mm, forward_mm))) if self.missing(start_s) <= rule.missing => {
                first_miss(&[
                    (bend.abs() > rule.bend_deg, Miss::Bent),
                    (
                        dip_mm > rule.pelvis_dip_mm || forward_mm < rule.pelvis_forward_mm,
                        Miss::PelvisBehind,
                    ),
                    (lean < rule.trunk_lean_deg[0], Miss::TooLittle),
                    (lean > rule.trunk_lean_deg[1], Miss::TooMuch),
                    (compared.is_none(), Miss::TooShort),
                    (
                        compared.is_some_and(|(is, asked)| (is - asked).abs() > rule.angle_error_deg),
                        Miss::AngleAndStart,
                    ),
                ])
            }
            _ => RepetitionOutcome::NotSeen,
        };
        Some(Repetition {
            start_s,
            end_s: self.end_s,
            outcome,
            trunk_lean_deg: lean,
            waist_bend_deg: bend,
            pelvis_forward_mm: way.map(|(_, forward_mm)| forward_mm),
            expected_angle_deg: compared.map(|(_, expected)| expected),
            felt: None,
        })
    }

    /// Where the body last was as in the stand, a little before: there it was at rest.
    fn start_s(&self) -> f64 {
        let lean = self
            .trace
            .series(self.stand.end_s, self.strike_s, any_lean)
            .smooth(0.1);
        let standing = self.stand.lean_deg.unwrap_or(0.0);
        let began_s = lean
            .last_time(|lean| lean <= standing + 0.4)
            .unwrap_or(self.stand.end_s);
        (began_s - 0.3).max(self.stand.end_s)
    }

    /// The largest change of the waist bend against the stand, before the first strike.
    fn bend(&self, start_s: f64) -> Option<f64> {
        let standing = self.stand.bend_deg?;
        let bend = self
            .trace
            .series(start_s, self.strike_s, BodySample::waist_bend_deg);
        bend.map(|_, bend| bend - standing)
            .smooth(0.1)
            .farthest_from_zero()
    }

    /// How far the pelvis dipped backward and how far it came forward before the first strike, millimetres.
    fn way(&self, start_s: f64) -> Option<(f64, f64)> {
        let push = self.trace.series(start_s, self.strike_s, pelvis_push);
        let way = push
            .map(|_, push| push - self.stand.pelvis_offset_mps2)
            .integral()
            .integral();
        let dip = way.map(|_, way| -way).largest()?;
        Some((dip.max(0.0) * 1000.0, way.last()? * 1000.0))
    }

    /// Mean lean over the compared steps, and the lean that their mean forward acceleration asks for, degrees.
    fn compared(&self) -> Option<(f64, f64)> {
        let lean = self
            .trace
            .series(self.strike_s, self.compared_to_s?, trunk_lean)
            .mean()?;
        let push = self.trace.series(self.strike_s, self.compared_to_s?, pelvis_push);
        let (from, to) = push.span()?;
        let gained = push
            .map(|_, push| push - self.stand.pelvis_offset_mps2)
            .integral()
            .last()?;
        Some((lean, (gained / (to - from) / GRAVITY).atan().to_degrees()))
    }

    fn missing(&self, start_s: f64) -> f64 {
        let chest = self.trace.missing(start_s, self.end_s, trunk_lean);
        chest.max(self.trace.missing(start_s, self.end_s, pelvis_tilt))
    }
}

/// When the foot of a strike came down: where the body last fell before the acceleration showed the strike.
fn touch_down_s(trace: &Trace, strike_s: f64) -> f64 {
    let before = trace.series(strike_s - STRIKE_LAG_S, strike_s, bounce);
    before.last_time(|bounce| bounce <= 0.0).unwrap_or(strike_s)
}

#[cfg(test)]
mod tests;
