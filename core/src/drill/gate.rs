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
    /// No recent check-in: ask.
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
        (!recent(input.check_in.as_ref().map(|last| last.age_hours), CHECK_IN_HOURS))
            .then_some(Closed::AskFirst),
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn open() -> GateInput {
        GateInput {
            check_in: Some(LastCheckIn {
                age_hours: 0.1,
                pain: Vec::new(),
            }),
            calibration_age_hours: Some(1.0),
            unlocked: vec![DrillId::D0, DrillId::D3, DrillId::D4],
            chest_live: true,
            pelvis_live: true,
        }
    }

    fn hurting(age_hours: f64, pain: PainReport) -> GateInput {
        GateInput {
            check_in: Some(LastCheckIn {
                age_hours,
                pain: vec![pain],
            }),
            ..open()
        }
    }

    #[test]
    fn without_a_reason_every_drill_is_open() {
        for drill in Drill::ALL {
            assert_eq!(may_start(drill.id, &open()), Ok(()));
        }
    }

    #[test]
    fn each_reason_shuts_what_it_should_and_no_more() {
        let ask = GateInput {
            check_in: None,
            ..open()
        };
        assert_eq!(may_start(DrillId::D0, &ask), Err(vec![Closed::AskFirst]));
        let old = GateInput {
            calibration_age_hours: Some(12.1),
            ..open()
        };
        assert_eq!(may_start(DrillId::D3, &old), Err(vec![Closed::Calibrate]));
        assert_eq!(may_start(DrillId::D0, &old), Ok(()));
        let locked = GateInput {
            unlocked: vec![DrillId::D0, DrillId::D3],
            ..open()
        };
        assert_eq!(
            may_start(DrillId::D4, &locked),
            Err(vec![Closed::Locked {
                opened_by: DrillId::D3
            }])
        );
        let alone = GateInput {
            pelvis_live: false,
            ..open()
        };
        assert_eq!(may_start(DrillId::D3, &alone), Err(vec![Closed::SecondPod]));
        assert_eq!(may_start(DrillId::D0, &alone), Ok(()));
        let none = GateInput {
            chest_live: false,
            pelvis_live: false,
            ..open()
        };
        assert_eq!(may_start(DrillId::D0, &none), Err(vec![Closed::NoPod]));
    }

    #[test]
    fn a_little_growing_pain_leaves_only_the_stand() {
        let input = hurting(
            1.0,
            PainReport {
                level: 1,
                rising: true,
                ..PainReport::default()
            },
        );
        assert_eq!(may_start(DrillId::D0, &input), Ok(()));
        assert_eq!(may_start(DrillId::D4, &input), Err(vec![Closed::PainGrows]));
    }

    #[test]
    fn an_age_that_is_no_number_is_not_recent() {
        let input = GateInput {
            calibration_age_hours: Some(f64::NAN),
            ..open()
        };
        assert_eq!(may_start(DrillId::D3, &input), Err(vec![Closed::Calibrate]));
    }

    prop_compose! {
        fn any_pain()(level in 0_u8..=10, sharp: bool, limping: bool, rising: bool) -> PainReport {
            PainReport { level, sharp, limping, rising }
        }
    }

    proptest! {
        #[test]
        fn no_gate_ever_opens_on_pain(
            drill in prop::sample::select(&[DrillId::D0, DrillId::D3, DrillId::D4][..]),
            age_hours in 0.0..10_000.0_f64,
            mut pain in prop::collection::vec(any_pain(), 0..4),
            bad in any_pain().prop_filter("shuts", |one| one.level >= 3 || one.sharp || one.limping),
            place in 0_usize..4,
        ) {
            pain.insert(place.min(pain.len()), bad);
            let input = GateInput { check_in: Some(LastCheckIn { age_hours, pain }), ..open() };
            let closed = may_start(drill, &input).expect_err("pain shuts every gate");
            prop_assert!(matches!(closed[..], [Closed::Pain(_)]), "{:?}", closed);
        }

        #[test]
        fn a_gate_opens_only_on_a_recent_check_in(age_hours in 12.001..10_000.0_f64) {
            let input = GateInput { check_in: Some(LastCheckIn { age_hours, pain: Vec::new() }), ..open() };
            prop_assert_eq!(may_start(DrillId::D4, &input), Err(vec![Closed::AskFirst]));
        }
    }
}
