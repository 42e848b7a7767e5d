//! May this drill start now: pain first, then locks, then data.
//!
//! Gives no medical advice beyond "not today" and changes nothing. Invariant: time alone never opens a gate that pain
//! shut; only the next check-in without it does.

use serde::{Deserialize, Serialize};

use super::{
    DrillId, Finding,
    catalog::{Drill, NotWith, Opening},
    check_in::{BodySign, CheckIn, Pain},
    message::{Argument, Message},
};

/// Pain from here on shuts every drill, 0 to 10 (after the pain rules of Vincent & Vincent 2017; the number ours).
const PAIN_LEVEL: u8 = 3;
/// A check-in counts for this long, hours. Ours.
const CHECK_IN_HOURS: f64 = 12.0;
/// A calibration counts for this long, hours: pods are taken off overnight. Ours.
const CALIBRATION_HOURS: f64 = 12.0;

/// The last check-in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastCheckIn {
    /// Hours since it was made.
    pub age_hours: f64,
    /// A practised drill ended after it: the question asked then was not answered.
    pub drill_since: bool,
    /// What was said.
    pub said: CheckIn,
    /// Pain is said to grow, or is stronger than at the check-in before.
    pub rises: bool,
}

/// What a gate looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GateInput {
    /// The last check-in; `None` when there never was one.
    pub check_in: Option<LastCheckIn>,
    /// Something said at the beginning that leaves no drill for now.
    pub not_now: Option<NotNow>,
    /// Hours since the last calibration; `None` without one.
    pub calibration_age_hours: Option<f64>,
    /// Drills that are unlocked ([`super::progression::progress`]).
    pub unlocked: Vec<DrillId>,
    /// The runner leans too far: no drill that asks for more lean.
    pub leans_too_far: bool,
    /// The chest pod streams.
    pub chest_live: bool,
    /// The pelvis pod streams.
    pub pelvis_live: bool,
}

/// What leaves no drill for now, whatever the pods say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum NotNow {
    Surgery,
    Fracture,
    LatePregnancy,
}

/// Why a drill may not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Something no drill is good for: nothing today.
    Stop(Stop),
    /// A little pain that grows: rest, or the gentle ones.
    PainGrows,
    /// Pain in a place that this drill loads.
    NotWith {
        /// Message: what it is not done with.
        message: &'static str,
    },
    /// No recent check-in, or none since the last drill: ask.
    AskFirst,
    /// Not opened yet.
    Locked {
        /// What opens it.
        opening: Opening,
    },
    /// It asks for more lean, and there is too much already.
    LeansTooFar,
    /// No pod streams.
    NoPod,
    /// The drill can only be seen by both pods.
    SecondPod,
    /// No calibration, or an old one.
    Calibrate,
}

/// What shuts every drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Pain that is sharp.
    Sharp,
    /// Pain that changes the way of walking.
    Limping,
    /// Pain that is strong.
    Strong,
    /// Something else that is no question of technique.
    Sign(BodySign),
    /// Said at the beginning.
    NotNow(NotNow),
}

/// Drills that are still good where a little pain grows.
const GENTLE: [DrillId; 3] = [DrillId::D0, DrillId::D1, DrillId::D2];

/// What stops every drill, the weightiest first; it holds however old the check-in is.
#[must_use]
pub fn stop(said: Option<&CheckIn>, not_now: Option<NotNow>) -> Option<Stop> {
    let any = |is: fn(&Pain) -> bool, reason| said?.pain.iter().any(is).then_some(reason);
    any(|one| one.sharp, Stop::Sharp)
        .or_else(|| any(|one| one.limping, Stop::Limping))
        .or_else(|| any(|one| one.level >= PAIN_LEVEL, Stop::Strong))
        .or_else(|| said?.signs.iter().min().copied().map(Stop::Sign))
        .or(not_now.map(Stop::NotNow))
}

/// Whether `drill` may start; otherwise every reason, the weightiest first. A stop stands alone: nothing else matters then.
pub fn may_start(drill: DrillId, input: &GateInput) -> Result<(), Vec<Closed>> {
    let said = input.check_in.as_ref().map(|last| &last.said);
    if let Some(reason) = stop(said, input.not_now) {
        return Err(vec![Closed::Stop(reason)]);
    }
    let entry = Drill::of(drill);
    let opening = Some(entry.opening).filter(|_| !input.unlocked.contains(&drill));
    let live = [input.chest_live, input.pelvis_live];
    let stands = drill != DrillId::D0;
    let rises = input.check_in.as_ref().is_some_and(|last| last.rises);
    let reasons = [
        (rises && !GENTLE.contains(&drill)).then_some(Closed::PainGrows),
        said.and_then(|said| hurts(entry, said))
            .map(|message| Closed::NotWith { message }),
        (!checked_in(input)).then_some(Closed::AskFirst),
        opening.map(|opening| Closed::Locked { opening }),
        (entry.more_lean && input.leans_too_far).then_some(Closed::LeansTooFar),
        (!live.contains(&true)).then_some(Closed::NoPod),
        (entry.both_pods && live.contains(&true) && live.contains(&false)).then_some(Closed::SecondPod),
        (stands && !recent(input.calibration_age_hours, CALIBRATION_HOURS)).then_some(Closed::Calibrate),
    ];
    let reasons: Vec<Closed> = reasons.into_iter().flatten().collect();
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// What of the drill's own *not with* the runner told of.
#[must_use]
pub fn hurts(drill: &Drill, said: &CheckIn) -> Option<&'static str> {
    let here = |not_with: &&NotWith| not_with.places.iter().any(|place| said.level(*place) > 0);
    drill.not_with.iter().find(here).map(|not_with| not_with.message)
}

/// Whether the runner said how it feels lately and after the last drill.
fn checked_in(input: &GateInput) -> bool {
    let answered = input.check_in.as_ref().filter(|last| !last.drill_since);
    recent(answered.map(|last| last.age_hours), CHECK_IN_HOURS)
}

/// An age that is no number is not recent.
fn recent(age_hours: Option<f64>, limit_hours: f64) -> bool {
    age_hours.is_some_and(|age| age <= limit_hours)
}

impl Stop {
    /// Message: why, kindly.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Strong => "gate-pain-strong",
            Self::Sharp => "gate-pain-sharp",
            Self::Limping => "gate-pain-limping",
            Self::Sign(BodySign::Numbness) => "gate-sign-numbness",
            Self::Sign(BodySign::Swelling) => "gate-sign-swelling",
            Self::Sign(BodySign::Dizziness) => "gate-sign-dizziness",
            Self::Sign(BodySign::ChestTightness) => "gate-sign-chest-tightness",
            Self::NotNow(NotNow::Surgery) => "gate-not-now-surgery",
            Self::NotNow(NotNow::Fracture) => "gate-not-now-fracture",
            Self::NotNow(NotNow::LatePregnancy) => "gate-not-now-late-pregnancy",
        }
    }
}

/// Why something that is not opened is not, by what opens it.
fn locked(opening: Opening) -> Message {
    match opening {
        Opening::Always => Message::plain("gate-locked-stand"),
        Opening::AnyOf(openers) => {
            let first = openers
                .first()
                .map_or("d0-title", |opener| Drill::of(*opener).title);
            let told = Message::plain(if openers.len() > 1 {
                "gate-locked-either"
            } else {
                "gate-locked"
            })
            .with("drill", Argument::Named(first));
            match openers.get(1) {
                Some(other) => told.with("other", Argument::Named(Drill::of(*other).title)),
                None => told,
            }
        }
        Opening::Found(Finding::LeansTooFar) => Message::plain("gate-locked-leans-too-far"),
        Opening::Found(Finding::Arches) => Message::plain("gate-locked-arches"),
        Opening::Found(Finding::HoldsHeadBack) => Message::plain("gate-locked-head-back"),
        Opening::Mastered(count) => {
            Message::plain("gate-locked-mastered").with("count", Argument::Count(count as u32))
        }
    }
}

impl Closed {
    /// Every reason, for tests and lists.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let signs = [
            BodySign::Numbness,
            BodySign::Swelling,
            BodySign::Dizziness,
            BodySign::ChestTightness,
        ];
        let not_now = [NotNow::Surgery, NotNow::Fracture, NotNow::LatePregnancy];
        let mut all: Vec<Self> = [Stop::Strong, Stop::Sharp, Stop::Limping]
            .into_iter()
            .chain(signs.map(Stop::Sign))
            .chain(not_now.map(Stop::NotNow))
            .map(Self::Stop)
            .collect();
        for drill in Drill::ALL {
            all.push(Self::Locked {
                opening: drill.opening,
            });
            all.extend(drill.not_with.iter().map(|not_with| Self::NotWith {
                message: not_with.message,
            }));
        }
        all.extend([
            Self::PainGrows,
            Self::AskFirst,
            Self::LeansTooFar,
            Self::NoPod,
            Self::SecondPod,
            Self::Calibrate,
        ]);
        all
    }

    /// Why, kindly.
    #[must_use]
    pub fn reason(self) -> Message {
        match self {
            Self::Stop(stop) => Message::plain(stop.message()),
            Self::PainGrows => Message::plain("gate-pain-grows"),
            Self::NotWith { message } => Message::plain(message),
            Self::AskFirst => Message::plain("gate-ask-first"),
            Self::Locked { opening } => locked(opening),
            Self::LeansTooFar => Message::plain("gate-leans-too-far"),
            Self::NoPod => Message::plain("gate-no-pod"),
            Self::SecondPod => Message::plain("gate-second-pod"),
            Self::Calibrate => {
                Message::plain("gate-calibrate").with("hours", Argument::Count(CALIBRATION_HOURS as u32))
            }
        }
    }

    /// What is still open.
    #[must_use]
    pub const fn still_allowed(self) -> Message {
        Message::plain(match self {
            Self::Stop(_) => "gate-allowed-look-back",
            Self::PainGrows => "gate-allowed-gentle",
            Self::NotWith { .. } | Self::LeansTooFar => "gate-allowed-others",
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
