//! What the coach is told of the past.

use super::*;
use crate::session::input::CheckIn;

fn check_in(level: u8) -> CheckIn {
    CheckIn {
        pain: vec![Pain { level, ..sore_shin() }],
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
    assert_eq!(history.context().unwrap().drills, expected);
    history.restore(&deleted).unwrap();
    assert_eq!(history.context().unwrap().drills.len(), 3);
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
    assert_eq!(history.context().unwrap().check_in, Some((at(9), check_in(2))));
}

#[test]
fn a_check_in_made_before_a_session_is_taken_from_its_context() {
    let mut history = memory();
    let context = SessionContext {
        check_in: Some((at(-30), check_in(4))),
        ..SessionContext::default()
    };
    for second in [0, 10] {
        let id = history.begin(at(second), RUN).unwrap();
        history
            .append(&id, &[LogEntry::Context(Box::new(context.clone()))])
            .unwrap();
    }
    assert_eq!(history.context().unwrap().check_in, context.check_in);
}

#[test]
fn a_check_in_outside_any_session_is_known_and_stays_when_a_session_brings_it_again() {
    let mut history = memory();
    history.check_in(at(3), &check_in(8)).unwrap();
    assert_eq!(history.context().unwrap().check_in, Some((at(3), check_in(8))));
    let id = history.begin(at(10), RUN).unwrap();
    let context = history.context().unwrap();
    history
        .append(&id, &[LogEntry::Context(Box::new(context))])
        .unwrap();
    assert_eq!(history.context().unwrap().check_in, Some((at(3), check_in(8))));
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
    assert_eq!(history.context().unwrap().check_in, Some((at(1), check_in(7))));
}
