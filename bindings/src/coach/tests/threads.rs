//! Several threads at one coach, as a phone has them: a radio queue for each pod, and the screens.

use std::thread;

use super::*;

/// Both pods' queues stay within this much of each other, as they do on a phone.
const SLICE_US: i64 = 200_000;

/// One pod's queue: its frames of one slice.
fn play(shell: &Shell, site: Site, slice: &[SimulatedNotification]) {
    for frame in slice.iter().filter(|frame| frame.site == site) {
        // Never goes back, whichever thread turns it.
        shell.clock.0.fetch_max(frame.arrival.0, Ordering::SeqCst);
        shell.coach.notification(site, frame.bytes.clone()).unwrap();
    }
}

/// What the screens ask for meanwhile.
fn look(coach: &Coach) {
    assert!(matches!(coach.view().phase, PhaseView::Drilling { .. }));
    assert_eq!(coach.history().sessions(None, 10).unwrap().len(), 2);
    coach.tick().unwrap();
}

#[test]
fn no_frame_and_no_answer_is_lost_between_threads() {
    let shell = Shell::new(None);
    shell.practise(DrillId::D0, presets::calibration());
    let frames = frames(shell.clock.pass(HOUR_US), presets::wall_tilts_good());
    shell.coach.start_drill(DrillId::D3).unwrap();
    let slice_of = |frame: &SimulatedNotification| frame.arrival.0 / SLICE_US;
    for slice in frames.chunk_by(|a, b| slice_of(a) == slice_of(b)) {
        thread::scope(|scope| {
            for site in Site::LEAN {
                let shell = &shell;
                scope.spawn(move || play(shell, site, slice));
            }
            scope.spawn(|| look(&shell.coach));
        });
    }
    for pod in shell.coach.view().pods {
        assert!(pod.missing.abs() < f64::EPSILON, "{pod:?}");
    }
    let drill = shell.report().drill.unwrap();
    assert_eq!(drill.repetitions.len(), 16);
    assert!(drill.passed >= 10, "{drill:?}");
}
