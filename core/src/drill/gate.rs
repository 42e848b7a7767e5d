//! May this drill start now: pain first, then locks, then data.
//!
//! Gives no medical advice beyond "not today" and changes nothing. Invariant: time alone never opens a gate that pain
//! shut; only the next check-in without it does.

use super::{
    DrillId,
    catalog::Drill,
    message::{Argument, Message},
};

/// Pain from here on shuts every drill, 0 to 10 (after the pain rules of Vincent & Vincent 2017; the number ours).
const PAIN_LEVEL: u8 = 3;
/// A check-in counts for this long, hours. Ours.
const CHECK_IN_HOURS: f64 = 12.0;
/// A calibration counts for this long, hours: pods are taken off overnight. Ours.
const CALIBRATION_HOURS: f64 = 12.0;

/// What the runner said about one place that hurts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PainReport {
    /// How strong, 0 to 10.
    pub level: u8,
    /// Sharp rather than dull.
    pub sharp: bool,
    /// It changes the way of walking.
    pub limping: bool,
    /// It grows, or is worse than at the check-in before.
    pub rising: bool,
}

/// The last check-in.
#[derive(Clone, Debug, PartialEq)]
pub struct LastCheckIn {
    /// Hours since it was made.
    pub age_hours: f64,
    /// A practised drill ended after it: the question asked then was not answered.
    pub drill_since: bool,
    /// Each place that hurts; none is a check-in without pain.
    pub pain: Vec<PainReport>,
}

/// What a gate looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GateInput {
    /// The last check-in; `None` when there never was one.
    pub check_in: Option<LastCheckIn>,
    /// Hours since the last calibration; `None` without one.
    pub calibration_age_hours: Option<f64>,
    /// Drills that are unlocked ([`super::progression::progress`]).
    pub unlocked: Vec<DrillId>,
    /// The chest pod streams.
    pub chest_live: bool,
    /// The pelvis pod streams.
    pub pelvis_live: bool,
}

/// Why a drill may not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Pain of a kind that is not a matter of technique: nothing today.
    Pain(PainReason),
    /// A little pain that grows: a day of rest from drills; standing for a calibration stays open.
    PainGrows,
    /// No recent check-in, or none since the last drill: ask.
    AskFirst,
    /// Opened by another drill.
    Locked {
        /// The drill that opens it.
        opened_by: DrillId,
    },
    /// No pod streams.
    NoPod,
    /// The drill can only be seen by both pods.
    SecondPod,
    /// No calibration, or an old one.
    Calibrate,
}

/// What about the pain shut the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PainReason {
    /// It is strong.
    Strong,
    /// It is sharp.
    Sharp,
    /// It changes the way of walking.
    Limping,
}

/// Whether `drill` may start; otherwise every reason, the weightiest first. Pain stands alone: nothing else matters then.
pub fn may_start(drill: DrillId, input: &GateInput) -> Result<(), Vec<Closed>> {
    if let Some(reason) = pain(input) {
        return Err(vec![Closed::Pain(reason)]);
    }
    let practised = Drill::of(drill).mastery.is_some();
    let locked = Drill::of(drill)
        .opened_by
        .filter(|_| !input.unlocked.contains(&drill));
    let both = input.chest_live && input.pelvis_live;
    let reasons = [
        (practised && pain_grows(input)).then_some(Closed::PainGrows),
        (!checked_in(input)).then_some(Closed::AskFirst),
        locked.map(|opened_by| Closed::Locked { opened_by }),
        (!input.chest_live && !input.pelvis_live).then_some(Closed::NoPod),
        (Drill::of(drill).both_pods && !both && (input.chest_live || input.pelvis_live))
            .then_some(Closed::SecondPod),
        (practised && !recent(input.calibration_age_hours, CALIBRATION_HOURS)).then_some(Closed::Calibrate),
    ];
    let reasons: Vec<Closed> = reasons.into_iter().flatten().collect();
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// What of the last check-in shuts everything, however old it is.
fn pain(input: &GateInput) -> Option<PainReason> {
    let pain = &input.check_in.as_ref()?.pain;
    let any = |is: fn(&PainReport) -> bool, reason| pain.iter().any(is).then_some(reason);
    any(|one| one.sharp, PainReason::Sharp)
        .or_else(|| any(|one| one.limping, PainReason::Limping))
        .or_else(|| any(|one| one.level >= PAIN_LEVEL, PainReason::Strong))
}

/// Whether the runner said how it feels lately and after the last drill.
fn checked_in(input: &GateInput) -> bool {
    let answered = input.check_in.as_ref().filter(|last| !last.drill_since);
    recent(answered.map(|last| last.age_hours), CHECK_IN_HOURS)
}

fn pain_grows(input: &GateInput) -> bool {
    input
        .check_in
        .as_ref()
        .is_some_and(|last| last.pain.iter().any(|one| one.rising))
}

/// An age that is no number is not recent.
fn recent(age_hours: Option<f64>, limit_hours: f64) -> bool {
    age_hours.is_some_and(|age| age <= limit_hours)
}

impl Closed {
    /// Every reason, for tests and lists.
    pub const ALL: [Self; 9] = [
        Self::Pain(PainReason::Strong),
        Self::Pain(PainReason::Sharp),
        Self::Pain(PainReason::Limping),
        Self::PainGrows,
        Self::AskFirst,
        Self::Locked {
            opened_by: DrillId::D0,
        },
        Self::NoPod,
        Self::SecondPod,
        Self::Calibrate,
    ];

    /// Why, kindly.
    #[must_use]
    pub fn reason(self) -> Message {
        match self {
            Self::Pain(PainReason::Strong) => Message::plain("gate-pain-strong"),
            Self::Pain(PainReason::Sharp) => Message::plain("gate-pain-sharp"),
            Self::Pain(PainReason::Limping) => Message::plain("gate-pain-limping"),
            Self::PainGrows => Message::plain("gate-pain-grows"),
            Self::AskFirst => Message::plain("gate-ask-first"),
            Self::Locked { opened_by } => {
                Message::plain("gate-locked").with("drill", Argument::Named(Drill::of(opened_by).title))
            }
            Self::NoPod => Message::plain("gate-no-pod"),
            Self::SecondPod => Message::plain("gate-second-pod"),
            Self::Calibrate => {
                Message::plain("gate-calibrate").with("hours", Argument::Count(CALIBRATION_HOURS as u32))
            }
        }
    }

    /// What is still open.
    #[must_use]
    pub fn still_allowed(self) -> Message {
        Message::plain(match self {
            Self::Pain(_) => "gate-allowed-look-back",
            Self::PainGrows => "gate-allowed-stand-and-rest",
            Self::AskFirst => "gate-allowed-check-in",
            Self::Locked { .. } => "gate-allowed-opener",
            Self::NoPod => "gate-allowed-pod",
            Self::SecondPod => "gate-allowed-one-pod",
            Self::Calibrate => "gate-allowed-calibrate",
        })
    }
}

#[cfg(test)]
mod tests;
