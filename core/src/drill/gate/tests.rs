use proptest::prelude::*;

use super::*;

fn open() -> GateInput {
    GateInput {
        check_in: Some(LastCheckIn {
            age_hours: 0.1,
            drill_since: false,
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
            drill_since: false,
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
fn a_drill_asks_again_before_the_next_one() {
    let after_a_drill = GateInput {
        check_in: Some(LastCheckIn {
            age_hours: 0.1,
            drill_since: true,
            pain: Vec::new(),
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
        let input = GateInput { check_in: Some(LastCheckIn { age_hours, drill_since: false, pain }), ..open() };
        let closed = may_start(drill, &input).expect_err("pain shuts every gate");
        prop_assert!(matches!(closed[..], [Closed::Pain(_)]), "{:?}", closed);
    }

    #[test]
    fn a_gate_opens_only_on_a_recent_check_in(age_hours in 12.001..10_000.0_f64) {
        let input = GateInput { check_in: Some(LastCheckIn { age_hours, drill_since: false, pain: Vec::new() }), ..open() };
        prop_assert_eq!(may_start(DrillId::D4, &input), Err(vec![Closed::AskFirst]));
    }
}
