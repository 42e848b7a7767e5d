//! What goes in comes out, to the last bit.

use proptest::prelude::*;

use super::*;
use crate::{
    drill::{Miss, Repetition, RepetitionOutcome},
    lean::{
        band::OwnReference,
        reading::{LeanClass, LeanReading, Probabilities},
    },
    pod::link::LinkEvent,
    session::{
        input::{Answer, CheckIn, Command, Location},
        plan::{Course, RunSoFar},
        report::{CauseLine, Gap, GapReason, NextDrill},
    },
};

fn full_context() -> SessionContext {
    SessionContext {
        connected: vec![Site::Chest],
        language: "de-CH".into(),
        model: "rules 1".into(),
        calibrated_at: Some(at(-600)),
        mounts: vec![(Site::Chest, mounting(0.1)), (Site::Pelvis, mounting(0.2))],
        own: OwnReference {
            band_deg: Some([4.5, 8.25]),
            usual_bend_deg: Some(-1.5),
            usual_timing: Some(0.0625),
        },
        course: Course {
            runs: vec![RunSoFar {
                at: at(-900),
                seen: run_seen(812, Some(7.25)),
                symptoms: true,
            }],
            drills: vec![drill_result(DrillId::D3, at(-300))],
            check_ins: vec![(
                at(-10),
                CheckIn {
                    pain: vec![sore_shin()],
                    ..CheckIn::default()
                },
            )],
            ..Course::default()
        },
    }
}

/// One of each input. The match makes a new variant a compile error here.
fn every_input() -> Vec<Input> {
    let inputs = vec![
        Input::Command(Command::StartDrill(DrillId::D0)),
        Input::Command(Command::StartRun),
        Input::Command(Command::Finish),
        Input::Command(Command::Ask),
        Input::Answer(Answer::Arched),
        Input::Link(LinkEvent::lean_pod_connected(Site::Chest)),
        Input::Link(LinkEvent::lean_pod_block(Site::Pelvis, (0..=255).collect())),
        Input::Link(LinkEvent::lean_pod_block(Site::Chest, Vec::new())),
        Input::Link(LinkEvent::Lost { site: Site::Pelvis }),
        Input::CheckIn(CheckIn {
            pain: vec![sore_shin()],
            ..CheckIn::default()
        }),
        Input::CheckIn(CheckIn::default()),
        Input::Tick,
        Input::Location(Location {
            speed_mps: Some(3.25),
            altitude_m: Some(-4.5),
            altitude_error_m: None,
            grade: Some(0.02),
        }),
    ];
    for input in &inputs {
        match input {
            Input::Command(Command::StartDrill(_) | Command::StartRun | Command::Finish | Command::Ask)
            | Input::Link(
                LinkEvent::Connected { .. } | LinkEvent::Notification { .. } | LinkEvent::Lost { .. },
            )
            | Input::CheckIn(_)
            | Input::Tick
            | Input::Location(_)
            | Input::Answer(_) => {}
        }
    }
    inputs
}

#[test]
fn every_kind_of_log_entry_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut entries = vec![LogEntry::Context(Box::new(full_context()))];
    entries.extend((0..).zip(every_input()).map(|(second, input)| LogEntry::Input {
        at: at(second),
        input,
    }));

    let mut history = SqliteHistory::open(&path).unwrap();
    let id = history.begin(at(0), RUN).unwrap();
    let (first, rest) = entries.split_at(4);
    history.append(&id, first).unwrap();
    history.append(&id, rest).unwrap();
    drop(history);

    let history = SqliteHistory::open(&path).unwrap();
    assert_eq!(history.log(&id).unwrap(), entries);
}

#[test]
fn a_report_with_everything_in_it_comes_back_as_it_was() {
    let repetition = Repetition {
        start_s: 1.25,
        end_s: 3.5,
        outcome: RepetitionOutcome::Missed(Miss::Bent),
        trunk_lean_deg: Some(8.1),
        waist_bend_deg: Some(-6.2),
        pelvis_forward_mm: None,
        expected_angle_deg: Some(0.1 + 0.2),
        felt: None,
    };
    let window = LeanReading {
        start_s: 10.0,
        end_s: 20.0,
        class: LeanClass::Under,
        probabilities: Probabilities([0.7, 0.1, 0.1, 0.05, 0.05]),
        trunk_lean_deg: Some(1.0 / 3.0),
        trunk_lean_ci90_deg: Some([-0.1, 0.9]),
    };
    let mut report = calibration_report(at(0), &[(Site::Chest, mounting(0.3))]);
    report.windows = vec![window];
    report.launches = vec![repetition];
    report.causes = vec![CauseLine {
        text: "Der Schwerpunkt bleibt zurück.".into(),
        probability: 0.6,
        evidence: vec!["8 of 10".into()],
        provenance: "ours".into(),
    }];
    report.next_drill = Some(NextDrill {
        drill: DrillId::D3,
        why: "It comes first.".into(),
    });
    report.untold = vec!["No pelvis pod.".into()];
    report.gaps = vec![
        Gap {
            start_s: 4.0,
            end_s: 5.0,
            site: Some(Site::Pelvis),
            reason: GapReason::Missing,
        },
        Gap {
            start_s: 6.0,
            end_s: 7.0,
            site: None,
            reason: GapReason::NotSteady,
        },
    ];
    let mut history = memory();
    let id = keep(&mut history, &report);
    assert_eq!(history.report(&id).unwrap(), report);
}

#[test]
fn a_report_from_before_calibrations_were_in_it_is_read() {
    let mut history = memory();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    let connection = history.connection().unwrap();
    connection
        .execute("UPDATE report SET json = json_remove(json, '$.calibration')", [])
        .unwrap();
    assert_eq!(history.report(&id).unwrap(), run_report(at(0), "Good."));
}

#[test]
fn a_second_report_replaces_the_first_and_what_was_taken_from_it() {
    let mut history = memory();
    let report = calibration_report(
        at(0),
        &[(Site::Chest, mounting(0.1)), (Site::Pelvis, mounting(0.2))],
    );
    let id = keep(&mut history, &report);
    let mut better = calibration_report(at(0), &[(Site::Pelvis, mounting(0.4))]);
    better.headline = "Rebuilt.".into();
    history.finish(&id, &better).unwrap();
    assert_eq!(history.report(&id).unwrap(), better);
    assert_eq!(
        history.sessions(None, 10).unwrap()[0].headline.as_deref(),
        Some("Rebuilt.")
    );
    let context = history.context().unwrap();
    assert_eq!(context.mounts, [(Site::Pelvis, mounting(0.4))]);
    assert_eq!(context.course.drills.len(), 1);
}

#[test]
fn a_report_that_json_cannot_carry_is_refused_and_changes_nothing() {
    let mut history = memory();
    let id = history.begin(at(0), RUN).unwrap();
    let mut report = run_report(at(0), "Good.");
    report.class_seconds[1] = f64::NAN;
    assert!(matches!(history.finish(&id, &report), Err(StoreError::Other(_))));
    assert_eq!(history.open_sessions().unwrap().len(), 1);
    assert!(matches!(history.report(&id), Err(StoreError::Other(_))));
}

#[test]
fn a_finished_log_takes_no_more_entries() {
    let mut history = memory();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    assert!(matches!(
        history.append(&id, &ticks(2)),
        Err(StoreError::Other(_))
    ));
    assert_eq!(history.log(&id).unwrap(), ticks(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_finite_number_comes_back_bit_for_bit(
        numbers in prop::array::uniform4(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO)
    ) {
        let [mean, low, high, up_x] = numbers;
        let mut mount = mounting(0.0);
        mount.neutral.up.x = up_x;
        let mut report = calibration_report(at(0), &[(Site::Chest, mount)]);
        report.summary.mid_stance_timing = Some(Estimate { mean, ci90: [low, high] });
        let mut history = memory();
        let id = keep(&mut history, &report);
        let read = history.report(&id).unwrap();
        let timing = read.summary.mid_stance_timing.unwrap();
        prop_assert_eq!(timing.mean.to_bits(), mean.to_bits());
        prop_assert_eq!(timing.ci90.map(f64::to_bits), [low.to_bits(), high.to_bits()]);
        // SQLite keeps no sign of a zero.
        prop_assert_eq!(history.context().unwrap().mounts, vec![(Site::Chest, mount)]);
    }
}
