use glam::DVec3;

use super::*;
use crate::{
    body::sample::{GRID_HZ, SegmentSample},
    drill::{DrillId, catalog::Drill, rule::RepetitionRule},
    gait::step::Side,
    units::{Degrees, StepsPerMinute},
};

const STEP_S: f64 = 0.35;

/// What the runner shows in a bout.
#[derive(Clone, Copy)]
struct Shown {
    lean_deg: f64,
    bend_deg: f64,
    cadence_spm: f64,
    chest: bool,
    pelvis: bool,
}

const EASY: Shown = Shown {
    lean_deg: 9.0,
    bend_deg: 4.0,
    cadence_spm: 170.0,
    chest: true,
    pelvis: true,
};
const MORE: Shown = Shown {
    lean_deg: 10.5,
    ..EASY
};

fn dial() -> BoutRule {
    match Drill::of(DrillId::D6).rule {
        RepetitionRule::Bouts(rule) => rule,
        other => panic!("{other:?}"),
    }
}

/// Runs bouts of twenty seconds one after the other and gives what they come to.
fn run(bouts: &[(Bout, Shown)]) -> Vec<Repetition> {
    let mut counter = BoutCounter::new(dial(), None);
    let mut found = Vec::new();
    let mut index = 0_u32;
    let mut next_step_s = 0.0;
    let tail = (Bout::Usual, EASY);
    for (place, (kind, shown)) in bouts.iter().chain([&tail]).enumerate() {
        let begins_s = 20.0 * place as f64;
        counter.begin((place < bouts.len()).then_some(*kind), begins_s);
        while f64::from(index) / GRID_HZ < begins_s + 20.0 {
            let time_s = f64::from(index) / GRID_HZ;
            index += 1;
            let mut steps = Vec::new();
            if time_s >= next_step_s {
                next_step_s += STEP_S;
                steps.push(step(time_s - 0.6, *shown));
            }
            found.extend(counter.push(sample(time_s, *shown), &steps));
        }
    }
    found
}

fn sample(time_s: f64, shown: Shown) -> BodySample {
    let still = SegmentSample {
        inclination_deg: Some(shown.lean_deg),
        acceleration: DVec3::ZERO,
        angular_velocity: DVec3::ZERO,
    };
    BodySample {
        time_s,
        chest: Some(still).filter(|_| shown.chest),
        pelvis: Some(still).filter(|_| shown.pelvis),
    }
}

fn step(contact_s: f64, shown: Shown) -> Step {
    let both = shown.chest && shown.pelvis;
    Step {
        initial_contact_s: contact_s,
        mid_stance_s: contact_s + 0.12,
        toe_off_s: contact_s + 0.25,
        side: Side::Unknown,
        running: true,
        ground_contact_time: None,
        flight_time: None,
        cadence: StepsPerMinute(shown.cadence_spm),
        vertical_oscillation: None,
        trunk_lean: Some(Degrees(shown.lean_deg)).filter(|_| shown.chest),
        pelvis_tilt: None,
        waist_bend: Some(Degrees(shown.bend_deg)).filter(|_| both),
        mid_stance_timing: None,
        speed_loss_mps: None,
        hip_offset_cm: None,
        steady: true,
    }
}

fn outcome(asked: Shown) -> RepetitionOutcome {
    let found = run(&[(Bout::Usual, EASY), (Bout::Asked, asked), (Bout::Usual, EASY)]);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].outcome
}

#[test]
fn three_bouts_make_one_repetition_and_the_next_three_another() {
    let set = [(Bout::Usual, EASY), (Bout::Asked, MORE), (Bout::Usual, EASY)];
    let found = run(&[set, set].concat());
    let outcomes: Vec<_> = found.iter().map(|one| one.outcome).collect();
    assert_eq!(outcomes, [RepetitionOutcome::Passed; 2]);
    assert!(
        (found[0].start_s - 0.0).abs() < 1e-9 && (found[0].end_s - 60.0).abs() < 1e-9,
        "{found:?}"
    );
    // Two steps lie across the ends of a bout.
    assert!((found[1].trunk_lean_deg.unwrap() - 10.5).abs() < 0.2, "{found:?}");
}

#[test]
fn each_fault_of_a_comparison_is_named() {
    let missed = |shown| match outcome(shown) {
        RepetitionOutcome::Missed(miss) => miss,
        other => panic!("{other:?}"),
    };
    assert_eq!(missed(EASY), Miss::NoChange);
    assert_eq!(
        missed(Shown {
            lean_deg: 13.0,
            ..MORE
        }),
        Miss::TooMuch
    );
    assert_eq!(
        missed(Shown {
            bend_deg: 8.0,
            ..MORE
        }),
        Miss::Bent
    );
    assert_eq!(
        missed(Shown {
            cadence_spm: 182.0,
            ..MORE
        }),
        Miss::TooFast
    );
}

#[test]
fn a_pod_that_is_needed_and_lost_is_not_seen_and_one_that_is_not_needed_is_passed_over() {
    let chestless = Shown { chest: false, ..MORE };
    assert_eq!(outcome(chestless), RepetitionOutcome::NotSeen);
    let alone = Shown {
        pelvis: false,
        bend_deg: 30.0,
        ..EASY
    };
    let more = Shown {
        lean_deg: 10.5,
        ..alone
    };
    let found = run(&[(Bout::Usual, alone), (Bout::Asked, more), (Bout::Usual, alone)]);
    assert_eq!(found[0].outcome, RepetitionOutcome::Passed);
    // The steps of one pod are not held against those of the other.
    assert_eq!(outcome(more), RepetitionOutcome::NotSeen);
}

#[test]
fn silence_and_standing_are_not_seen() {
    let mut counter = BoutCounter::new(dial(), None);
    for (place, kind) in [Some(Bout::Usual), Some(Bout::Asked), Some(Bout::Usual), None]
        .into_iter()
        .enumerate()
    {
        counter.begin(kind, 20.0 * place as f64);
    }
    assert_eq!(counter.pass_time(61.0), None);
    let judged = counter.pass_time(63.5).unwrap();
    assert_eq!(judged.outcome, RepetitionOutcome::NotSeen);
    assert_eq!(counter.pass_time(100.0), None);
}
