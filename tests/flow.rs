//! A runner's first run: calibration, a drill and a run through the real coach, from pod bytes.

use plumbline_core::{
    drill::DrillId,
    lean::rules::RuleModel,
    pod::{link::LinkEvent, site::Site},
    session::{
        coach::{Coach, Refusal},
        input::{CheckIn, Command, Input},
        log::{LogEntry, SessionContext},
        output::{Output, StoreRequest},
        replay::{replay, report_of},
        report::SessionReport,
    },
    sim::{self, Act, Scenario, presets},
    units::Timestamp,
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);

/// A coach with two simulated pods, and everything it put out.
struct Runner {
    coach: Coach,
    now: Timestamp,
    outputs: Vec<Output>,
}

impl Runner {
    fn new() -> Self {
        let context = SessionContext {
            language: "en".to_owned(),
            ..SessionContext::default()
        };
        let mut runner = Self {
            coach: Coach::new(context, Box::new(RuleModel)),
            now: START,
            outputs: Vec::new(),
        };
        for site in Site::ALL {
            runner
                .give(Input::Link(LinkEvent::Connected { site }))
                .expect("a link event is never refused");
        }
        runner
    }

    fn give(&mut self, input: Input) -> Result<(), Refusal> {
        let answer = self.coach.handle(self.now, input);
        while let Some(output) = self.coach.poll_output() {
            self.outputs.push(output);
        }
        answer
    }

    fn command(&mut self, command: Command) -> Result<(), Refusal> {
        self.give(Input::Command(command))
    }

    /// Plays acts through both pods; what a session put out is given back.
    fn session(&mut self, command: Command, acts: Vec<Act>) -> Vec<Output> {
        self.outputs.clear();
        self.now = self.now.plus_seconds(3600.0);
        self.give(Input::CheckIn(CheckIn::default())).expect("a check-in");
        self.outputs.clear();
        self.command(command).expect("the session starts");
        let scenario = Scenario {
            frame_loss: 0.002,
            ..Scenario::new(11, acts)
        };
        let simulation = sim::simulate(&scenario);
        let start = self.now;
        for notification in sim::notifications(&scenario, &simulation, start) {
            self.now = notification.arrival;
            let event = LinkEvent::Notification {
                site: notification.site,
                bytes: notification.bytes,
            };
            self.give(Input::Link(event)).expect("a notification");
        }
        self.command(Command::Finish).expect("the session ends");
        std::mem::take(&mut self.outputs)
    }
}

fn log_of(outputs: &[Output]) -> Vec<LogEntry> {
    let entries = outputs.iter().filter_map(|output| match output {
        Output::Store(StoreRequest::Append(entry)) => Some(entry.clone()),
        _ => None,
    });
    entries.collect()
}

fn report(outputs: &[Output]) -> &SessionReport {
    report_of(outputs).expect("a report")
}

fn calibrated() -> (Runner, Vec<Output>) {
    let mut runner = Runner::new();
    let outputs = runner.session(Command::StartDrill(DrillId::D0), presets::calibration());
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
    let outputs = runner.session(Command::StartDrill(DrillId::D3), presets::wall_tilts_good());
    let drill = report(&outputs).drill.clone().expect("a drill");
    assert!(drill.result.passed >= 10, "{:#?}", drill.repetitions);
    assert!(drill.result.met);
}

#[test]
fn bent_wall_tilts_do_not_pass() {
    let (mut runner, _) = calibrated();
    let outputs = runner.session(Command::StartDrill(DrillId::D3), presets::wall_tilts_bent());
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
    let outputs = runner.session(Command::StartRun, presets::run(presets::RunForm::Good, 120.0));
    let summary = report(&outputs).summary;
    let lean = summary.trunk_lean_deg.expect("a lean");
    assert!((lean.mean - 9.0).abs() < 2.0, "{lean:?}");
    assert!(summary.steady_steps > 200);
}

#[test]
fn a_replayed_session_is_the_live_session_bit_for_bit() {
    let (mut runner, calibration) = calibrated();
    let run = runner.session(Command::StartRun, presets::run(presets::RunForm::Under, 60.0));
    for live in [calibration, run] {
        let log: Vec<LogEntry> = log_of(&live)
            .iter()
            .map(|entry| LogEntry::from_bytes(&entry.to_bytes().expect("bytes")).expect("an entry"))
            .collect();
        let replayed = replay(&log, Box::new(RuleModel)).expect("a playable log");
        let lasting = |outputs: &[Output]| -> Vec<Output> {
            outputs
                .iter()
                .filter(|output| !matches!(output, Output::Changed))
                .cloned()
                .collect()
        };
        assert!(lasting(&live) == lasting(&replayed), "replay differs");
        let json = |outputs: &[Output]| serde_json::to_string(report(outputs)).expect("json");
        assert_eq!(json(&live), json(&replayed));
    }
}

#[test]
fn the_fourth_run_is_judged_against_what_three_runs_taught() {
    let (mut runner, _) = calibrated();
    let run = |form| presets::run(form, 60.0);
    for _ in 0..3 {
        let outputs = runner.session(Command::StartRun, run(presets::RunForm::Good));
        assert_eq!(report(&outputs).band_deg, None);
    }
    let outputs = runner.session(Command::StartRun, run(presets::RunForm::Under));
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
    let mut coach = Coach::new(context, Box::new(RuleModel));
    let answer = coach.handle(START, Input::Command(Command::StartRun));
    assert_eq!(answer, Err(Refusal::NoPod));
}
