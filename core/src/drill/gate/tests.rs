use proptest::prelude::*;

use super::*;
use crate::drill::check_in::PainPlace;

fn open() -> GateInput {
    GateInput {
        check_in: Some(LastCheckIn {
            age_hours: 0.1,
            ..LastCheckIn::default()
        }),
        not_now: None,
        leans_too_far: false,
        calibration_age_hours: Some(1.0),
        unlocked: Drill::ALL.map(|drill| drill.id).to_vec(),
        chest_live: true,
        pelvis_live: true,
    }
}

fn saying(age_hours: f64, pain: Vec<Pain>) -> GateInput {
    let said = CheckIn {
        pain,
        ..CheckIn::default()
    };
    GateInput {
        check_in: Some(LastCheckIn {
            age_hours,
            rises: said.rises_from(None),
            said,
            drill_since: false,
        }),
        ..open()
    }
}

fn pain(place: PainPlace, level: u8) -> Pain {
    Pain {
        place,
        level,
        sharp: false,
        limping: false,
        rising: false,
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
            opening: Opening::AnyOf(&[DrillId::D3])
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
fn a_little_growing_pain_leaves_only_the_gentle_ones() {
    let grows = Pain {
        rising: true,
        ..pain(PainPlace::Knee, 1)
    };
    let input = saying(1.0, vec![grows]);
    for gentle in [DrillId::D0, DrillId::D1, DrillId::D2] {
        assert_eq!(may_start(gentle, &input), Ok(()));
    }
    assert_eq!(may_start(DrillId::D4, &input), Err(vec![Closed::PainGrows]));
}

#[test]
fn a_little_pain_shuts_the_drills_that_load_its_place_and_no_other() {
    let input = saying(1.0, vec![pain(PainPlace::LowBack, 2)]);
    let shut: Vec<DrillId> = Drill::ALL
        .into_iter()
        .map(|drill| drill.id)
        .filter(|drill| may_start(*drill, &input).is_err())
        .collect();
    assert_eq!(shut, [DrillId::D8, DrillId::D12]);
}

#[test]
fn who_leans_too_far_is_not_asked_for_more_lean() {
    let input = GateInput {
        leans_too_far: true,
        ..open()
    };
    assert_eq!(may_start(DrillId::D6, &input), Err(vec![Closed::LeansTooFar]));
    assert_eq!(may_start(DrillId::D7, &input), Ok(()));
}

#[test]
fn signs_and_what_was_said_at_the_beginning_stop_every_drill() {
    let mut dizzy = open();
    dizzy.check_in.as_mut().unwrap().said.signs = vec![BodySign::Dizziness];
    let pregnant = GateInput {
        not_now: Some(NotNow::LatePregnancy),
        ..open()
    };
    for drill in Drill::ALL {
        for (input, stop) in [
            (&dizzy, Stop::Sign(BodySign::Dizziness)),
            (&pregnant, Stop::NotNow(NotNow::LatePregnancy)),
        ] {
            assert_eq!(may_start(drill.id, input), Err(vec![Closed::Stop(stop)]));
        }
    }
}

#[test]
fn a_drill_asks_again_before_the_next_one() {
    let after_a_drill = GateInput {
        check_in: Some(LastCheckIn {
            age_hours: 0.1,
            drill_since: true,
            ..LastCheckIn::default()
        }),
        ..open()
    };
    assert_eq!(
        may_start(DrillId::D4, &after_a_drill),
        Err(vec![Closed::AskFirst])
    );
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
    fn any_pain()(level in 0_u8..=10, sharp: bool, limping: bool, rising: bool) -> Pain {
        Pain { place: PainPlace::Knee, level, sharp, limping, rising }
    }
}

proptest! {
    #[test]
    fn no_gate_ever_opens_on_pain(
        drill in prop::sample::select(Drill::ALL.map(|drill| drill.id).to_vec()),
        age_hours in 0.0..10_000.0_f64,
        mut pain in prop::collection::vec(any_pain(), 0..4),
        bad in any_pain().prop_filter("shuts", |one| one.level >= 3 || one.sharp || one.limping),
        place in 0_usize..4,
    ) {
        pain.insert(place.min(pain.len()), bad);
        let closed = may_start(drill, &saying(age_hours, pain)).expect_err("pain shuts every gate");
        prop_assert!(matches!(closed[..], [Closed::Stop(_)]), "{:?}", closed);
    }

    #[test]
    fn a_gate_opens_only_on_a_recent_check_in(age_hours in 12.001..10_000.0_f64) {
        let input = saying(age_hours, Vec::new());
        prop_assert_eq!(may_start(DrillId::D4, &input), Err(vec![Closed::AskFirst]));
    }
}
