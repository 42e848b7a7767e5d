//! A pod on the head, by earbuds: it is heard, kept and told of, and has no part in what is told of the lean.

use plumbline_core::{
    io::{host::Host, shared::SharedHistory, sqlite::SqliteHistory},
    lean::rules::RuleModel,
    pod::{
        kind::PodKind,
        link::LinkEvent,
        phone::{MotionSample, MotionSource},
        site::Site,
    },
    ports::HistoryStore,
    session::{
        coach::Coach,
        input::{CheckIn, Command, Input},
        log::{LogEntry, SessionContext},
        replay::{replay, report_of},
        report::SessionReport,
    },
    sim::{PodSetup, Scenario, SimulatedNotification, notifications, presets, simulate},
    units::{GRAVITY, Timestamp},
};

use crate::support::runner::START;

const RUN_S: f64 = 30.0;

fn scenario() -> Scenario {
    let mut scenario = Scenario::new(5, presets::run(presets::RunForm::Good, RUN_S));
    scenario.pods.push(PodSetup::typical(Site::Head, 5));
    scenario
}

fn host(history: &SharedHistory<SqliteHistory>) -> Host {
    let context = SessionContext {
        language: "en".to_owned(),
        ..SessionContext::default()
    };
    let coach = Coach::new(context, Box::new(RuleModel));
    let mut host = Host::new(coach, Box::new(history.clone()));
    give(&mut host, START, Input::CheckIn(CheckIn::default()));
    host
}

fn give(host: &mut Host, at: Timestamp, input: Input) {
    host.handle(at, input).expect("it is followed");
}

/// What Core Motion gives of the head, in batches of a tenth of a second at 25 Hz and a bit.
fn head_motion() -> Vec<(Timestamp, Vec<MotionSample>)> {
    let mut scenario = scenario();
    scenario.rate_hz = 25.0;
    scenario.pods.retain(|pod| pod.site == Site::Head);
    let simulation = simulate(&scenario);
    let samples = simulation.pods[0].samples.iter().map(|sample| MotionSample {
        time_s: 1000.0 + sample.time_s,
        acceleration: (sample.specific_force / -GRAVITY).to_array(),
        rotation_radps: sample.angular_velocity.map(|turn| turn.to_array()),
    });
    let samples: Vec<MotionSample> = samples.collect();
    let batch = |batch: &[MotionSample]| {
        let last_s = batch[batch.len() - 1].time_s - 1000.0;
        (START.plus_seconds(last_s + 0.02), batch.to_vec())
    };
    samples.chunks(3).map(batch).collect()
}

/// A run with both pods, and with earbuds where `head`; the log of the session and its report.
fn played(head: bool) -> (Vec<LogEntry>, SessionReport) {
    let history = SharedHistory::new(SqliteHistory::open_in_memory().expect("a history"));
    let mut host = host(&history);
    for site in Site::LEAN {
        give(&mut host, START, Input::Link(LinkEvent::lean_pod_connected(site)));
    }
    give(&mut host, START, Input::Command(Command::StartRun));
    let scenario = scenario();
    let sent = notifications(&scenario, &simulate(&scenario), START);
    let mut motion = head_motion().into_iter().filter(|_| head).peekable();
    for SimulatedNotification {
        arrival, site, bytes, ..
    } in sent.into_iter().filter(|sent| sent.site != Site::Head)
    {
        while let Some((at, batch)) = motion.next_if(|(at, _)| *at <= arrival) {
            host.motion(at, Site::Head, PodKind::Earbuds, MotionSource::CoreMotion, &batch);
        }
        give(
            &mut host,
            arrival,
            Input::Link(LinkEvent::lean_pod_block(site, bytes)),
        );
    }
    let now = START.plus_seconds(RUN_S + 5.0);
    if head {
        let pods = &host.view().pods;
        let pod = pods
            .iter()
            .find(|pod| pod.site == Site::Head)
            .expect("the earbuds");
        let rate_hz = pod.rate_hz.expect("a rate");
        assert!((rate_hz - 25.0).abs() < 0.5, "{rate_hz}");
        assert!(!pod.doubts.is_empty(), "25 samples a second are few");
    }
    give(&mut host, now, Input::Command(Command::Finish));
    let id = host.last_finished().expect("a stored run");
    (
        history.log(&id).expect("its log"),
        history.report(&id).expect("its report"),
    )
}

#[test]
fn a_pod_on_the_head_changes_no_number_of_the_run_and_stands_in_its_log() {
    let (plain, without) = played(false);
    let (log, with) = played(true);
    assert!(with.summary.steady_steps > 40);
    assert_eq!(with, without);
    let of_head = |log: &[LogEntry]| {
        let heard = log.iter().filter(|entry| {
            matches!(entry, LogEntry::Input { input: Input::Link(event), .. } if event.site() == Site::Head)
        });
        heard.count()
    };
    assert_eq!(of_head(&plain), 0);
    assert!(of_head(&log) > 200);
    let again = replay(&log, Box::new(RuleModel)).expect("a playable log");
    assert_eq!(report_of(&again), Some(&with));
}

#[test]
fn a_pod_on_the_head_alone_begins_no_run() {
    let history = SharedHistory::new(SqliteHistory::open_in_memory().expect("a history"));
    let mut host = host(&history);
    let (at, batch) = head_motion().swap_remove(0);
    host.motion(at, Site::Head, PodKind::Earbuds, MotionSource::CoreMotion, &batch);
    assert_eq!(host.view().pods.len(), 1);
    let answer = host.handle(at, Input::Command(Command::StartRun));
    assert!(answer.is_err());
    host.end_motion(at, Site::Head);
    assert_eq!(host.view().pods.len(), 0);
}
