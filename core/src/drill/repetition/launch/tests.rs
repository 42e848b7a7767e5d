use super::*;
use crate::{
    drill::{
        DrillId,
        catalog::Drill,
        repetition::{
            RepetitionCounter,
            made_up::{MadeUp, Pose, ramp},
        },
    },
    gait::step::Side,
    units::StepsPerMinute,
};

/// Seconds from the stand to the first foot strike.
const TIP: f64 = 1.1;
/// Seconds a quick small step takes.
const STEP: f64 = 0.3;

#[derive(Clone, Copy)]
struct Run {
    lean_deg: f64,
    bend_deg: f64,
    /// Seat back while tipping, degrees of the legs.
    seat_back_deg: f64,
    acceleration_mps2: f64,
    step_s: f64,
    steps: u32,
    /// Pushes off before the first strike and flies into it.
    pushes_off: bool,
}

const GOOD: Run = Run {
    lean_deg: 10.0,
    bend_deg: 0.0,
    seat_back_deg: 0.0,
    acceleration_mps2: 1.7,
    step_s: STEP,
    steps: 12,
    pushes_off: false,
};

/// Tips for [`TIP`] seconds, then runs with a bounce that peaks at each contact.
fn start(made_up: MadeUp, run: Run) -> MadeUp {
    made_up.moves(TIP + run.step_s * f64::from(run.steps), |time| {
        let tip = ramp(time, 0.0, 1.2 * TIP) / ramp(TIP, 0.0, 1.2 * TIP);
        let tip = if time < TIP { tip } else { 1.0 };
        let running_s = (time - TIP).max(0.0);
        let back = run.seat_back_deg * ramp(time, 0.0, TIP);
        let phase = running_s / run.step_s;
        Pose {
            legs_deg: run.lean_deg * tip - back,
            hinge_deg: back,
            bend_deg: run.bend_deg * ramp(time, 0.0, TIP),
            feet_m: run.acceleration_mps2 * running_s * running_s / 2.0,
            rise_m: bounce_m(phase.fract(), run.step_s) + if run.pushes_off { push_off_m(time) } else { 0.0 },
        }
    })
}

/// The path of a body under a half-sine push in the first 60 % of a step and gravity throughout.
fn bounce_m(phase: f64, step_s: f64) -> f64 {
    let contact = 0.6;
    let push = GRAVITY * std::f64::consts::FRAC_PI_2 / contact;
    let rate = std::f64::consts::PI / contact;
    let inside = phase.min(contact);
    let linear =
        push / rate * phase - push / (rate * rate) * (rate * inside).sin() + (phase - inside) * push / rate;
    // Velocity at the start of the step so that it ends where it began.
    let whole = push / rate + (1.0 - contact) * push / rate - GRAVITY / 2.0;
    (linear - GRAVITY * phase * phase / 2.0 - whole * phase) * step_s * step_s
}

/// The path into the first strike: half a sine of 6 m/s² for a quarter of a second, then flight until the body falls
/// as fast as [`bounce_m`] begins. Ends at zero.
fn push_off_m(time_s: f64) -> f64 {
    let (peak, push_s) = (6.0, 0.25);
    let rate = std::f64::consts::PI / push_s;
    let gained = 2.0 * peak / rate;
    let fly_s = (gained + 0.2 * GRAVITY * STEP) / GRAVITY;
    let rise = |time: f64| {
        let pushed = time.clamp(0.0, push_s);
        let flown = (time - push_s).clamp(0.0, fly_s);
        peak / rate * pushed - peak / (rate * rate) * (rate * pushed).sin() + gained * flown
            - GRAVITY * flown * flown / 2.0
    };
    rise(time_s - TIP + push_s + fly_s) - rise(push_s + fly_s)
}

fn steps(first_s: f64, step_s: f64, count: u32, running: bool) -> Vec<Step> {
    let step = |index: u32| Step {
        initial_contact_s: first_s + step_s * f64::from(index),
        mid_stance_s: first_s + step_s * (f64::from(index) + 0.3),
        toe_off_s: first_s + step_s * (f64::from(index) + 0.6),
        side: Side::Unknown,
        running,
        ground_contact_time: None,
        flight_time: None,
        cadence: StepsPerMinute(60.0 / step_s),
        vertical_oscillation: None,
        trunk_lean: None,
        pelvis_tilt: None,
        waist_bend: None,
        mid_stance_timing: None,
        speed_loss_mps: None,
        hip_offset_cm: None,
        steady: false,
    };
    (0..count).map(step).collect()
}

/// Delivers each step `late_s` after its own end.
fn count(made_up: &MadeUp, steps: &[Step], late_s: f64) -> Vec<Repetition> {
    let mut counter = RepetitionCounter::new(&Drill::of(DrillId::D4).rule);
    let mut next = 0;
    let mut found = Vec::new();
    for sample in &made_up.samples {
        let due = steps
            .iter()
            .skip(next)
            .take_while(|step| step.toe_off_s + late_s <= sample.time_s)
            .count();
        found.extend(counter.push(sample, &steps[next..next + due]));
        next += due;
    }
    found
}

fn only(run: Run) -> Repetition {
    let made_up = start(MadeUp::new().stand(2.0), run);
    let found = count(&made_up, &steps(2.0 + TIP, run.step_s, run.steps, true), 0.8);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]
}

#[test]
fn a_fall_that_starts_a_run_passes_with_its_numbers() {
    let found = only(GOOD);
    assert_eq!(found.outcome, RepetitionOutcome::Passed, "{found:?}");
    assert!((found.trunk_lean_deg.unwrap() - 10.0).abs() < 1.0, "{found:?}");
    assert!(
        (found.expected_angle_deg.unwrap() - 9.83).abs() < 1.0,
        "{found:?}"
    );
    assert!(
        (found.pelvis_forward_mm.unwrap() - 165.0).abs() < 30.0,
        "{found:?}"
    );
}

#[test]
fn without_steps_the_own_strikes_are_enough() {
    let made_up = start(MadeUp::new().stand(2.0), GOOD);
    let found = count(&made_up, &[], 0.0);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].outcome, RepetitionOutcome::Passed, "{found:?}");
    assert!(
        (found[0].end_s - (2.0 + TIP + 3.0 * STEP)).abs() < 0.08,
        "{found:?}"
    );
}

#[test]
fn the_push_off_out_of_the_stand_is_no_strike() {
    let run = Run {
        pushes_off: true,
        ..GOOD
    };
    let made_up = start(MadeUp::new().stand(2.0), run);
    // The gait stage may take the push-off for a first step.
    let mut all = steps(2.0 + TIP - 0.5, 0.5, 1, false);
    all.extend(steps(2.0 + TIP, STEP, 12, true));
    for steps in [&all[..], &[]] {
        let found = count(&made_up, steps, 0.5);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].outcome, RepetitionOutcome::Passed, "{found:?}");
        assert!((found[0].trunk_lean_deg.unwrap() - 10.0).abs() < 1.0, "{found:?}");
        assert!(
            (found[0].end_s - (2.0 + TIP + 3.0 * STEP)).abs() < 0.08,
            "{found:?}"
        );
    }
}

#[test]
fn each_fault_is_named() {
    let faults = [
        (
            Run {
                lean_deg: 4.0,
                acceleration_mps2: 0.7,
                ..GOOD
            },
            Miss::TooLittle,
        ),
        (
            Run {
                lean_deg: 18.0,
                acceleration_mps2: 3.0,
                ..GOOD
            },
            Miss::TooMuch,
        ),
        (
            Run {
                lean_deg: 5.0,
                bend_deg: 8.0,
                ..GOOD
            },
            Miss::Bent,
        ),
        (
            Run {
                lean_deg: 10.0,
                seat_back_deg: 13.0,
                ..GOOD
            },
            Miss::PelvisBehind,
        ),
        (
            Run {
                acceleration_mps2: 0.4,
                ..GOOD
            },
            Miss::AngleAndStart,
        ),
        (Run { steps: 2, ..GOOD }, Miss::TooShort),
    ];
    for (run, miss) in faults {
        let mut made_up = start(MadeUp::new().stand(2.0), run);
        if run.steps < 4 {
            made_up = made_up.stand(3.0);
        }
        let found = count(&made_up, &steps(2.0 + TIP, run.step_s, run.steps, true), 0.5);
        let outcomes: Vec<_> = found.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [RepetitionOutcome::Missed(miss)], "{found:?}");
    }
}

#[test]
fn noise_sway_and_a_leaning_error_of_the_accelerometer_do_not_change_the_verdict() {
    for seed in 0..20 {
        let made_up = start(MadeUp::new().stand(2.0), GOOD).with_noise(seed);
        let found = count(&made_up, &steps(2.0 + TIP, STEP, 12, true), 0.8);
        let outcomes: Vec<_> = found.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [RepetitionOutcome::Passed], "{seed}: {found:?}");
    }
}

#[test]
fn walking_away_from_a_stand_is_no_start() {
    let made_up = MadeUp::new().stand(2.0).walk(6.0);
    assert!(count(&made_up, &steps(2.3, 0.545, 9, false), 0.5).is_empty());
    let slow = Run {
        step_s: 0.55,
        lean_deg: 3.0,
        acceleration_mps2: 0.6,
        ..GOOD
    };
    let made_up = start(MadeUp::new().stand(2.0), slow);
    assert!(count(&made_up, &[], 0.0).is_empty());
}

#[test]
fn with_one_pod_or_a_hole_a_start_is_not_seen() {
    let alone = start(MadeUp::new().only_chest().stand(2.0), GOOD);
    let found = count(&alone, &[], 0.0);
    assert_eq!(
        found.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        [RepetitionOutcome::NotSeen]
    );
    let mut holed = start(MadeUp::new().stand(2.0), GOOD);
    for sample in holed
        .samples
        .iter_mut()
        .filter(|sample| (2.5..2.8).contains(&sample.time_s))
    {
        sample.chest = None;
    }
    let found = count(&holed, &[], 0.0);
    assert_eq!(
        found.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        [RepetitionOutcome::NotSeen]
    );
}

#[test]
fn two_starts_with_a_walk_back_are_two_repetitions() {
    let first = start(MadeUp::new().stand(2.0), GOOD).walk(12.0).stand(2.0);
    let again_s = first.now_s() + TIP;
    let both = start(first, GOOD);
    let mut all = steps(2.0 + TIP, STEP, 12, true);
    all.extend(steps(2.0 + TIP + 12.0 * STEP, 0.545, 21, false));
    all.extend(steps(again_s, STEP, 12, true));
    let found = count(&both, &all, 0.6);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|one| one.outcome == RepetitionOutcome::Passed),
        "{found:?}"
    );
}
