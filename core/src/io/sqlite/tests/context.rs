//! What the coach is told of the past.

use super::*;
use crate::{
    cause::seen::RunSeen,
    lean::band::OwnReference,
    session::{input::CheckIn, plan::Course},
};

fn check_in(level: u8) -> CheckIn {
    CheckIn {
        pain: vec![Pain { level, ..sore_shin() }],
        ..CheckIn::default()
    }
}

#[test]
fn nothing_is_known_of_an_empty_history() {
    assert_eq!(memory().context().unwrap(), SessionContext::default());
}

#[test]
fn drill_results_come_oldest_first_without_deleted_sessions() {
    let mut history = memory();
    keep(&mut history, &drill_report(DrillId::D4, at(200)));
    keep(&mut history, &drill_report(DrillId::D3, at(100)));
    keep(&mut history, &run_report(at(300), "Good."));
    let deleted = keep(&mut history, &drill_report(DrillId::D3, at(150)));
    history.delete(&deleted).unwrap();
    let expected = [
        drill_result(DrillId::D3, at(1_300)),
        drill_result(DrillId::D4, at(1_400)),
    ];
    assert_eq!(history.context().unwrap().course.drills, expected);
    history.restore(&deleted).unwrap();
    assert_eq!(history.context().unwrap().course.drills.len(), 3);
}

#[test]
fn the_last_calibration_counts_with_the_pods_it_saw_together() {
    let mut history = memory();
    let both = [(Site::Pelvis, mounting(0.2)), (Site::Chest, mounting(0.1))];
    keep(&mut history, &calibration_report(at(0), &both));
    let context = history.context().unwrap();
    assert_eq!(
        context.mounts,
        [(Site::Chest, mounting(0.1)), (Site::Pelvis, mounting(0.2))]
    );
    assert_eq!(context.calibrated_at, Some(at(1_200)));

    let chest_only = keep(
        &mut history,
        &calibration_report(at(5_000), &[(Site::Chest, mounting(0.3))]),
    );
    let context = history.context().unwrap();
    assert_eq!(context.mounts, [(Site::Chest, mounting(0.3))]);
    assert_eq!(context.calibrated_at, Some(at(6_200)));

    history.delete(&chest_only).unwrap();
    assert_eq!(history.context().unwrap().mounts.len(), 2);
}

#[test]
fn a_calibration_that_found_nothing_leaves_the_last_one_in_force() {
    let mut history = memory();
    keep(
        &mut history,
        &calibration_report(at(0), &[(Site::Chest, mounting(0.1))]),
    );
    keep(&mut history, &drill_report(DrillId::D0, at(5_000)));
    assert_eq!(history.context().unwrap().calibrated_at, Some(at(1_200)));
}

#[test]
fn the_last_check_in_is_known_before_the_session_ends() {
    let mut history = memory();
    let id = history.begin(at(0), RUN).unwrap();
    let entries = [(5, 6), (9, 2), (7, 0)].map(|(second, level)| LogEntry::Input {
        at: at(second),
        input: Input::CheckIn(check_in(level)),
    });
    history.append(&id, &entries).unwrap();
    assert_eq!(
        history.context().unwrap().course.check_ins.last(),
        Some(&(at(9), check_in(2)))
    );
}

#[test]
fn a_check_in_made_before_a_session_is_taken_from_its_context() {
    let mut history = memory();
    let context = SessionContext {
        course: Course {
            check_ins: vec![(at(-30), check_in(4))],
            ..Course::default()
        },
        ..SessionContext::default()
    };
    for second in [0, 10] {
        let id = history.begin(at(second), RUN).unwrap();
        history
            .append(&id, &[LogEntry::Context(Box::new(context.clone()))])
            .unwrap();
    }
    assert_eq!(
        history.context().unwrap().course.check_ins,
        context.course.check_ins
    );
}

#[test]
fn a_check_in_outside_any_session_is_known_and_stays_when_a_session_brings_it_again() {
    let mut history = memory();
    history.check_in(at(3), &check_in(8)).unwrap();
    assert_eq!(
        history.context().unwrap().course.check_ins.last(),
        Some(&(at(3), check_in(8)))
    );
    let id = history.begin(at(10), RUN).unwrap();
    let context = history.context().unwrap();
    history
        .append(&id, &[LogEntry::Context(Box::new(context))])
        .unwrap();
    assert_eq!(
        history.context().unwrap().course.check_ins.last(),
        Some(&(at(3), check_in(8)))
    );
}

#[test]
fn hiding_a_session_does_not_hide_its_pain() {
    let mut history = memory();
    let id = history.begin(at(0), RUN).unwrap();
    let entry = LogEntry::Input {
        at: at(1),
        input: Input::CheckIn(check_in(7)),
    };
    history.append(&id, &[entry]).unwrap();
    history.delete(&id).unwrap();
    assert_eq!(
        history.context().unwrap().course.check_ins.last(),
        Some(&(at(1), check_in(7)))
    );
}

/// A run with this mean lean, kept.
fn keep_run(history: &mut SqliteHistory, second: i64, lean_deg: f64, steady_steps: u32) -> SessionId {
    let run = run_report(at(second), "A run.");
    let seen = RunSeen {
        waist_bend_deg: Some(lean_deg / 2.0),
        ..run_seen(steady_steps, Some(lean_deg))
    };
    keep(
        history,
        &SessionReport {
            seen: Some(seen),
            ..run
        },
    )
}

#[test]
fn the_own_band_is_learned_from_three_valid_runs() {
    let mut history = memory();
    keep_run(&mut history, 20_000, 9.0, 500);
    keep_run(&mut history, 0, 7.0, 500);
    keep_run(&mut history, 30_000, 1.0, 19);
    keep(&mut history, &drill_report(DrillId::D3, at(15_000)));
    let context = history.context().unwrap();
    assert_eq!(context.own, OwnReference::default());
    let leans: Vec<_> = context
        .course
        .runs
        .iter()
        .map(|run| run.seen.trunk_lean_deg)
        .collect();
    assert_eq!(leans, [Some(7.0), Some(9.0), Some(1.0)]);

    let third = keep_run(&mut history, 10_000, 8.0, 500);
    let own = history.context().unwrap().own;
    assert_eq!((own.band_deg, own.usual_bend_deg), (Some([5.0, 11.0]), Some(4.0)));

    history.delete(&third).unwrap();
    assert_eq!(history.context().unwrap().own, OwnReference::default());
}

#[test]
fn a_run_without_an_angle_is_known_as_such() {
    let mut history = memory();
    let run = run_report(at(0), "No stand.");
    keep(
        &mut history,
        &SessionReport {
            seen: Some(run_seen(300, None)),
            ..run
        },
    );
    let runs = history.context().unwrap().course.runs;
    assert_eq!(
        (runs.len(), runs[0].seen.steady_steps, runs[0].seen.trunk_lean_deg),
        (1, 300, None)
    );
}
