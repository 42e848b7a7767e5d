//! A runner's first run: calibration, a drill and a run through the real coach, from pod bytes.

use plumbline_core::{
    drill::DrillId,
    io::{host::Host, model::best_model, shared::SharedHistory, sqlite::SqliteHistory},
    pod::{link::LinkEvent, recording::Recording, site::Site},
    ports::HistoryStore,
    session::{
        coach::{Coach, Refusal},
        input::{CheckIn, Command, Input, Pain, PainPlace},
        log::SessionContext,
        output::{CueKind, Output},
    },
    sim::{self, Scenario, presets},
    words::Words,
};

use recordings::faults;

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
    assert_eq!(drill.unlocked, [DrillId::D1, DrillId::D2, DrillId::D3]);
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
fn the_fourth_run_is_judged_against_what_three_runs_taught() {
    let (mut runner, _) = calibrated();
    let run = |form| presets::run(form, 60.0);
    for _ in 0..3 {
        let outputs = runner.act(Command::StartRun, run(presets::RunForm::Good));
        assert_eq!(report(&outputs).band_deg, None);
        assert!(
            report(&outputs).causes.is_empty(),
            "no cause of what was not judged"
        );
        let learning = &report(&outputs).headline;
        assert!(learning.contains("still learning your own lean"), "{learning}");
    }
    let outputs = runner.act(Command::StartRun, run(presets::RunForm::Under));
    let [low, high] = report(&outputs).band_deg.expect("three valid runs");
    assert!(
        (5.0..7.5).contains(&low) && (10.5..13.0).contains(&high),
        "{low} to {high}"
    );
    let [under, good, ..] = report(&outputs).class_seconds;
    assert!(under > 40.0 && good < 1.0, "{:?}", report(&outputs).class_seconds);
}

#[test]
fn nothing_runs_without_a_pod() {
    let context = SessionContext {
        language: "de".to_owned(),
        ..SessionContext::default()
    };
    let mut coach = Coach::new(context, best_model());
    let answer = coach.handle(START, Input::Command(Command::StartRun));
    assert_eq!(answer, Err(Refusal::NoPod));
}

#[test]
fn after_a_drill_the_coach_asks_and_opens_the_next_one_only_on_an_answer() {
    let (mut runner, _) = calibrated();
    let outputs = runner.act(Command::StartDrill(DrillId::D3), presets::wall_tilts_good());
    let asked = |output: &&Output| matches!(output, Output::Cue(cue) if cue.kind == CueKind::Question);
    assert_eq!(outputs.iter().filter(asked).count(), 1);
    let again = runner.command(Command::StartDrill(DrillId::D3));
    assert!(matches!(again, Err(Refusal::DrillLocked { .. })), "{again:?}");
    runner.now = runner.now.plus_seconds(5.0);
    runner
        .give(Input::CheckIn(CheckIn::default()))
        .expect("a check-in");
    assert_eq!(runner.command(Command::StartDrill(DrillId::D3)), Ok(()));
}

#[test]
fn pain_after_a_drill_shuts_every_drill_even_for_a_coach_that_starts_anew() {
    let history = SqliteHistory::open_in_memory().expect("a history");
    let shared = SharedHistory::new(history);
    let host = || {
        let context = shared.context().expect("a context");
        Host::new(Coach::new(context, best_model()), Box::new(shared.clone()))
    };
    let sharp = CheckIn {
        pain: vec![Pain {
            place: PainPlace::LowBack,
            level: 2,
            sharp: true,
            limping: false,
            rising: false,
        }],
        ..CheckIn::default()
    };
    host().handle(START, Input::CheckIn(sharp)).expect("a check-in");
    let mut anew = host();
    let later = START.plus_seconds(60.0);
    let connected = Input::Link(LinkEvent::lean_pod_connected(Site::Pelvis));
    anew.handle(later, connected).expect("a link event");
    let answer = anew.handle(later, Input::Command(Command::StartDrill(DrillId::D0)));
    assert!(matches!(answer, Err(Refusal::DrillLocked { .. })), "{answer:?}");
}

#[test]
fn the_next_step_leads_from_the_pod_over_the_question_and_the_stand_to_the_drill() {
    let words = Words::new("en");
    let mut runner = Runner::new();
    assert_eq!(runner.view().next_step, words.text("next-step-check-in"));
    runner
        .give(Input::CheckIn(CheckIn::default()))
        .expect("a check-in");
    let find_your_plumb_line = runner.view().next_step.clone();
    assert!(
        find_your_plumb_line.contains(&words.text("d0-title")),
        "{find_your_plumb_line}"
    );
    runner.act(Command::StartDrill(DrillId::D0), presets::calibration());
    let tilt = runner.view().next_step.clone();
    assert!(tilt.contains(&words.text("d3-title")), "{tilt}");
}

#[test]
fn a_drill_says_whom_it_is_not_for_before_it_asks_for_anything() {
    let (mut runner, _) = calibrated();
    let outputs = runner.act(Command::StartDrill(DrillId::D3), presets::wall_tilts_good());
    let place = |id: &str| {
        let text = Words::new("en").text(id);
        let says = |output: &Output| matches!(output, Output::Cue(cue) if cue.text == text);
        outputs
            .iter()
            .position(says)
            .unwrap_or_else(|| panic!("`{text}` was never said"))
    };
    assert!(place("not-with-balance-disorder") < place("d3-cue"));
    assert!(place("not-with-ankle-pain") < place("d3-cue"));
}

#[test]
fn a_pod_that_moves_in_a_run_is_told_once_and_measures_again_after_a_stand() {
    const SLIPS_S: f64 = 45.0;
    /// A slip is sure after six strides, seconds.
    const SOON_S: f64 = 8.0;
    let (mut runner, _) = calibrated();
    let acts = [
        presets::run(presets::RunForm::Good, 60.0),
        presets::run(presets::RunForm::Good, 20.0),
    ];
    let mut began = START;
    let outputs = runner.session(Command::StartRun, |start| {
        began = start;
        let scenario = Scenario::new(11, acts.concat());
        let mut simulation = sim::simulate(&scenario);
        for pod in simulation.pods.iter_mut().filter(|pod| pod.site == Site::Chest) {
            let mut recording = Recording {
                samples: std::mem::take(&mut pod.samples),
                rate_hz: scenario.rate_hz,
                has_gyro: true,
                dropped: Vec::new(),
            };
            faults::slip(&mut recording, pod.setup.mounting.inverse(), SLIPS_S, 8.0);
            pod.samples = recording.samples;
        }
        sim::notifications(&scenario, &simulation, start)
    });
    let told: Vec<(f64, &str)> = outputs
        .iter()
        .filter_map(|output| match output {
            Output::Cue(cue) if cue.kind == CueKind::Pod => {
                Some((cue.at.seconds_since(began), cue.text.as_str()))
            }
            _ => None,
        })
        .collect();
    let [(moved_s, moved), (again_s, again)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(
        *moved,
        "Your chest pod moved. Stand still for five seconds when you can."
    );
    assert_eq!(*again, "Thank you. Your chest pod measures again.");
    assert!((0.0..SOON_S).contains(&(moved_s - SLIPS_S)), "{told:?}");
    assert!((73.0..90.0).contains(again_s), "{told:?}");
}
