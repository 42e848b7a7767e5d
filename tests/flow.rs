//! A runner's first run: calibration, a drill and a run through the real coach, from pod bytes.

use plumbline_core::{
    drill::DrillId,
    lean::rules::RuleModel,
    session::{
        coach::{Coach, Refusal},
        input::{Command, Input},
        log::SessionContext,
        output::Output,
    },
    sim::presets,
};

use crate::support::runner::{Runner, START, report};

fn calibrated() -> (Runner, Vec<Output>) {
    let mut runner = Runner::new();
    let outputs = runner.act(Command::StartDrill(DrillId::D0), presets::calibration());
    (runner, outputs)
}

#[test]
fn three_stands_and_ten_steps_calibrate_both_pods() {
    let (_, outputs) = calibrated();
    let report = report(&outputs);
    let calibration = report.calibration.as_ref().expect("a calibration");
    assert_eq!(calibration.mounts.len(), 2);
    assert!(calibration.spread_deg < 1.5);
    let drill = report.drill.as_ref().expect("a drill");
    assert!(drill.result.met, "{drill:?}");
    assert_eq!(drill.unlocked, [DrillId::D3]);
}

#[test]
fn wall_tilts_are_counted_one_by_one() {
    let (mut runner, _) = calibrated();
    let outputs = runner.act(Command::StartDrill(DrillId::D3), presets::wall_tilts_good());
    let drill = report(&outputs).drill.clone().expect("a drill");
    assert!(drill.result.passed >= 10, "{:#?}", drill.repetitions);
    assert!(drill.result.met);
}

#[test]
fn bent_wall_tilts_do_not_pass() {
    let (mut runner, _) = calibrated();
    let outputs = runner.act(Command::StartDrill(DrillId::D3), presets::wall_tilts_bent());
    let drill = report(&outputs).drill.clone().expect("a drill");
    assert!(
        drill.result.seen >= 10 && drill.result.passed == 0,
        "{:?}",
        drill.result
    );
}

#[test]
fn a_locked_drill_says_why_and_starts_nothing() {
    let (mut runner, _) = calibrated();
    let refusal = runner
        .command(Command::StartDrill(DrillId::D4))
        .expect_err("D4 is locked");
    assert!(matches!(refusal, Refusal::DrillLocked { drill: DrillId::D4, reason } if !reason.is_empty()));
}

#[test]
fn a_run_is_measured_against_the_calibrated_stand() {
    let (mut runner, _) = calibrated();
    let outputs = runner.act(Command::StartRun, presets::run(presets::RunForm::Good, 120.0));
    let summary = report(&outputs).summary;
    let lean = summary.trunk_lean_deg.expect("a lean");
    assert!((lean.mean - 9.0).abs() < 2.0, "{lean:?}");
    assert!(summary.steady_steps > 200);
}

#[test]
fn nothing_runs_without_a_pod() {
    let context = SessionContext {
        language: "de".to_owned(),
        ..SessionContext::default()
    };
    let mut coach = Coach::new(context, Box::new(RuleModel));
    let answer = coach.handle(START, Input::Command(Command::StartRun));
    assert_eq!(answer, Err(Refusal::NoPod));
}
