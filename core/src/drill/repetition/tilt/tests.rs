use super::*;
use crate::drill::{
    DrillId,
    catalog::Drill,
    repetition::{
        RepetitionCounter,
        made_up::{MadeUp, Pose, ramp},
    },
};

/// Out within a second, holds, back within a second, stands.
fn tilt(made_up: MadeUp, hold_s: f64, top: Pose) -> MadeUp {
    tilt_at(made_up, 1.0, hold_s, top)
}

fn tilt_at(made_up: MadeUp, out_s: f64, hold_s: f64, top: Pose) -> MadeUp {
    let all_s = 2.0 * out_s + hold_s;
    let moved = made_up.moves(all_s, |time| {
        let share = ramp(time, 0.0, out_s) - ramp(time, out_s + hold_s, all_s);
        Pose {
            legs_deg: share * top.legs_deg,
            hinge_deg: share * top.hinge_deg,
            bend_deg: share * top.bend_deg,
            ..Pose::default()
        }
    });
    moved.stand(1.5)
}

fn one_piece(deg: f64) -> Pose {
    Pose {
        legs_deg: deg,
        ..Pose::default()
    }
}

fn count(made_up: &MadeUp) -> Vec<Repetition> {
    let mut counter = RepetitionCounter::new(&Drill::of(DrillId::D3).rule);
    made_up
        .samples
        .iter()
        .filter_map(|sample| counter.push(sample, &[]))
        .collect()
}

fn only(made_up: &MadeUp) -> Repetition {
    let found = count(made_up);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]
}

#[test]
fn a_tilt_as_one_piece_passes_with_its_numbers() {
    let found = only(&tilt(MadeUp::new().stand(2.0), 3.0, one_piece(6.0)));
    assert_eq!(found.outcome, RepetitionOutcome::Passed);
    assert!((found.trunk_lean_deg.unwrap() - 6.0).abs() < 0.3);
    assert!(found.waist_bend_deg.unwrap().abs() < 0.5);
    let way_mm = 950.0 * 6.0_f64.to_radians().sin();
    assert!(
        (found.pelvis_forward_mm.unwrap() - way_mm).abs() < 8.0,
        "{found:?} against {way_mm}"
    );
}

#[test]
fn a_slow_tilt_passes_too() {
    let found = only(&tilt_at(MadeUp::new().stand(2.0), 3.0, 3.0, one_piece(5.0)));
    assert_eq!(found.outcome, RepetitionOutcome::Passed, "{found:?}");
    // A slow way is read short: its ends look like rest. The limit leaves room for that.
    assert!(
        (40.0..90.0).contains(&found.pelvis_forward_mm.unwrap()),
        "{found:?}"
    );
}

#[test]
fn a_way_too_slow_to_be_told_is_not_seen_and_a_slow_bend_is_still_a_bend() {
    let hinged = Pose {
        legs_deg: -3.0,
        hinge_deg: 9.0,
        ..Pose::default()
    };
    let found = only(&tilt_at(MadeUp::new().stand(2.0), 3.5, 3.0, hinged));
    assert_eq!(
        (found.outcome, found.pelvis_forward_mm),
        (RepetitionOutcome::NotSeen, None)
    );
    let bent = Pose {
        bend_deg: 6.0,
        ..Pose::default()
    };
    let found = only(&tilt_at(MadeUp::new().stand(2.0), 3.5, 3.0, bent));
    assert_eq!(found.outcome, RepetitionOutcome::Missed(Miss::Bent));
}

#[test]
fn noise_sway_and_a_leaning_error_of_the_accelerometer_do_not_change_the_verdict() {
    for seed in 0..20 {
        let good = tilt(MadeUp::new().stand(2.0), 3.2, one_piece(6.0)).with_noise(seed);
        let found = only(&good);
        assert_eq!(found.outcome, RepetitionOutcome::Passed, "{seed}: {found:?}");
        assert!(
            (found.pelvis_forward_mm.unwrap() - 99.0).abs() < 30.0,
            "{seed}: {found:?}"
        );
        let hinged = Pose {
            legs_deg: -3.0,
            hinge_deg: 9.0,
            ..Pose::default()
        };
        let found = only(&tilt(MadeUp::new().stand(2.0), 3.2, hinged).with_noise(seed));
        assert_eq!(
            found.outcome,
            RepetitionOutcome::Missed(Miss::PelvisBehind),
            "{seed}: {found:?}"
        );
    }
}

#[test]
fn rocking_from_one_tilt_into_the_next_passes() {
    let mut made_up = MadeUp::new().stand(2.0);
    for _ in 0..3 {
        made_up = made_up.moves(5.0, |time| {
            one_piece(0.5 + 5.5 * (ramp(time, 0.0, 1.0) - ramp(time, 4.0, 5.0)))
        });
    }
    let found = count(&made_up.stand(1.0));
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.iter().all(|one| one.outcome == RepetitionOutcome::Passed),
        "{found:?}"
    );
}

#[test]
fn six_tilts_are_six_repetitions() {
    let mut made_up = MadeUp::new().stand(2.0);
    for _ in 0..6 {
        made_up = tilt(made_up, 3.0, one_piece(6.0));
    }
    let found = count(&made_up);
    assert_eq!(found.len(), 6);
    assert!(
        found.iter().all(|one| one.outcome == RepetitionOutcome::Passed),
        "{found:?}"
    );
}

#[test]
fn each_fault_is_named() {
    let faults = [
        (one_piece(11.0), 3.0, Miss::TooMuch),
        (one_piece(2.9), 3.0, Miss::TooLittle),
        (one_piece(6.0), 1.0, Miss::TooShort),
        (
            Pose {
                bend_deg: 6.0,
                ..Pose::default()
            },
            3.0,
            Miss::Bent,
        ),
        (
            Pose {
                legs_deg: 8.0,
                bend_deg: -4.0,
                ..Pose::default()
            },
            3.0,
            Miss::Bent,
        ),
        // Seat back, both pods forward: what only the way of the pelvis can tell.
        (
            Pose {
                legs_deg: -3.0,
                hinge_deg: 9.0,
                ..Pose::default()
            },
            3.0,
            Miss::PelvisBehind,
        ),
    ];
    for (top, hold_s, miss) in faults {
        let found = only(&tilt(MadeUp::new().stand(2.0), hold_s, top));
        assert_eq!(
            found.outcome,
            RepetitionOutcome::Missed(miss),
            "{top:?}: {found:?}"
        );
    }
}

#[test]
fn the_limits_carry_the_tolerance_and_not_more() {
    for (deg, passes) in [(3.3, false), (3.7, true), (8.3, true), (8.8, false)] {
        let found = only(&tilt(MadeUp::new().stand(2.0), 3.0, one_piece(deg)));
        assert_eq!(
            found.outcome == RepetitionOutcome::Passed,
            passes,
            "{deg}: {found:?}"
        );
    }
}

#[test]
fn with_one_pod_or_a_hole_a_tilt_is_not_seen() {
    let alone = only(&tilt(MadeUp::new().only_chest().stand(2.0), 3.0, one_piece(6.0)));
    assert_eq!(alone.outcome, RepetitionOutcome::NotSeen);
    let mut holed = tilt(MadeUp::new().stand(2.0), 3.0, one_piece(6.0));
    for sample in holed
        .samples
        .iter_mut()
        .filter(|sample| (3.5..4.0).contains(&sample.time_s))
    {
        sample.pelvis = None;
    }
    assert_eq!(only(&holed).outcome, RepetitionOutcome::NotSeen);
}

#[test]
fn samples_without_a_finite_number_are_missing() {
    let mut broken = tilt(MadeUp::new().stand(2.0), 3.0, one_piece(6.0));
    for sample in broken
        .samples
        .iter_mut()
        .filter(|sample| (3.5..4.0).contains(&sample.time_s))
    {
        if let Some(pelvis) = sample.pelvis.as_mut() {
            pelvis.acceleration.x = f64::NAN;
        }
    }
    assert_eq!(only(&broken).outcome, RepetitionOutcome::NotSeen);
}

#[test]
fn swaying_walking_and_leaning_without_a_neutral_are_no_tilts() {
    assert!(count(&tilt(MadeUp::new().stand(2.0), 0.0, one_piece(2.6))).is_empty());
    assert!(count(&MadeUp::new().stand(2.0).walk(8.0).stand(2.0)).is_empty());
    assert!(count(&tilt(MadeUp::without_neutral().stand(2.0), 3.0, one_piece(6.0))).is_empty());
}

#[test]
fn a_lean_that_never_comes_back_is_not_seen_once() {
    let found = only(
        &MadeUp::new()
            .stand(2.0)
            .moves(60.0, |time| one_piece(6.0 * ramp(time, 0.0, 1.0))),
    );
    assert_eq!(found.outcome, RepetitionOutcome::NotSeen);
}
