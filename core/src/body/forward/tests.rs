//! The way forward of sketched steps, against the way they were drawn.
//!
//! Invariant: where two votes disagree the test asks for no way, never for the likelier one.

use super::*;

#[test]
fn a_loaded_leg_tells_forward_from_back() {
    // A step from mid-stance to mid-stance: two thirds on the ground, one third in flight.
    let force = |phase: f64| 2.36 * (std::f64::consts::PI * (1.5 * phase + 0.5)).sin().max(0.0);
    let phases = (0..PHASES).map(|k| k as f64 / PHASES as f64);
    let centred = phases.map(|phase| if phase > 0.5 { phase - 1.0 } else { phase });
    let (along, vertical): (Vec<f64>, Vec<f64>) = centred
        .map(|phase| (phase * force(phase), GRAVITY * (force(phase) - 1.0)))
        .unzip();
    let back: Vec<f64> = along.iter().map(|along| -along).collect();
    assert!(push_agreement(&along, &vertical) > 0.8);
    assert!(push_agreement(&back, &vertical) < -0.8);
}

const STEP_S: f64 = 0.35;

/// Running steps on the spot that brake and propel with this force along x, and their beats.
fn run(push_mps2: f64, seconds: f64) -> (Vec<Horizontal>, Vec<Beat>) {
    let cell = |k: i64| {
        let phase = time_s(k) / STEP_S;
        let centred = phase - phase.round();
        let force = 2.36 * (std::f64::consts::PI * (1.5 * centred + 0.5)).sin().max(0.0);
        Horizontal {
            time_s: time_s(k),
            ground: DVec2::new(push_mps2 * centred * force, 0.0),
            vertical: GRAVITY * (force - 1.0),
            tilt: DVec2::ZERO,
        }
    };
    let beat = |k: i64| Beat {
        index: (k as f64 * STEP_S * GRID_HZ) as i64,
        height_mps2: GRAVITY,
    };
    let beats = (1..(seconds / STEP_S) as i64).map(beat).collect();
    ((0..(seconds * GRID_HZ) as i64).map(cell).collect(), beats)
}

const ALONE: Hints = Hints {
    set_off_s: None,
    has_neutral: true,
    is_chest: false,
    has_gyro: true,
};

#[test]
fn clear_running_settles_the_way_forward_whichever_way_the_body_leans() {
    for lean in [-0.2, 0.0, 0.2] {
        let (mut cells, beats) = run(6.0, 8.0);
        for cell in &mut cells {
            cell.tilt.x = lean;
        }
        let found = forward_on_ground(&cells, &beats, ALONE).expect("a way");
        assert!(found.way.x > 0.99 && found.votes > CLEAR_VOTES, "{found:?}");
    }
}

#[test]
fn running_that_pushes_to_and_fro_without_rhythm_leaves_the_way_open() {
    let (mut cells, beats) = run(6.0, 8.0);
    for cell in &mut cells {
        // As much with the leg's load as against it.
        cell.ground.x = 4.0 * (4.0 * std::f64::consts::PI * cell.time_s / STEP_S).cos();
    }
    let found = forward_on_ground(&cells, &beats, ALONE).expect("a way");
    assert!(found.votes < ENOUGH_VOTES, "{found:?}");
}

#[test]
fn a_start_that_disagrees_with_the_walk_leaves_the_way_open() {
    let walk = |gained_mps: f64| {
        let (mut cells, mut beats) = run(-6.0, 12.0);
        for cell in cells.iter_mut().take(200) {
            cell.ground.x += gained_mps / 2.0;
        }
        beats.retain(|beat| beat.index > 260);
        for beat in &mut beats {
            beat.height_mps2 = 2.0;
        }
        let hints = Hints {
            set_off_s: Some(0.0),
            ..ALONE
        };
        forward_on_ground(&cells, &beats, hints).expect("a way")
    };
    let (agrees, differs) = (walk(1.2), walk(-1.2));
    assert!(agrees.way.x > 0.99 && agrees.votes > CLEAR_VOTES, "{agrees:?}");
    assert!(differs.votes < ENOUGH_VOTES, "{differs:?}");
}

#[test]
fn steps_around_a_hole_are_left_out_and_the_way_stays() {
    let (mut cells, mut beats) = run(6.0, 12.0);
    cells.retain(|cell| !(4.0..4.3).contains(&cell.time_s));
    beats.retain(|beat| !(380..450).contains(&beat.index));
    let found = forward_on_ground(&cells, &beats, ALONE).expect("a way");
    assert!(found.way.x > 0.99 && found.votes > CLEAR_VOTES, "{found:?}");
}
