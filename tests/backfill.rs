//! A run with a hole that the pod fills afterwards, up to the report in the history; and the phone as a pod.

use plumbline_core::{
    io::{host::Host, model::best_model, sqlite::SqliteHistory},
    pod::{
        kind::PodKind,
        link::LinkEvent,
        phone::{MotionSample, MotionSource},
        protocol::lean_pod::BACKFILL,
        site::Site,
    },
    session::{
        coach::Coach,
        input::{Command, Input},
        log::SessionContext,
        report::SessionReport,
    },
    sim::{PodSetup, Scenario, SimulatedNotification, notifications, presets, simulate},
    units::{GRAVITY, Timestamp},
};

use crate::support::runner::START;

fn host() -> Host {
    let context = SessionContext {
        language: "en".to_owned(),
        ..SessionContext::default()
    };
    let history = SqliteHistory::open_in_memory().expect("a history in memory");
    Host::new(Coach::new(context, best_model()), Box::new(history))
}

fn give(host: &mut Host, at: Timestamp, input: Input) {
    host.handle(at, input).expect("nothing here is refused");
}

/// A run of these notifications; the report that the history has of it.
fn report(sent: &[(Timestamp, LinkEvent)]) -> SessionReport {
    let mut host = host();
    for site in Site::LEAN {
        give(&mut host, START, Input::Link(LinkEvent::lean_pod_connected(site)));
    }
    give(&mut host, START, Input::Command(Command::StartRun));
    for (at, event) in sent {
        give(&mut host, *at, Input::Link(event.clone()));
    }
    let end = sent.last().expect("something was sent").0;
    give(&mut host, end, Input::Command(Command::Finish));
    let id = host.last_finished().expect("a stored run");
    host.history().report(&id).expect("its report")
}

#[test]
fn the_history_has_the_report_of_the_whole_run() {
    let scenario = Scenario::new(8, presets::run(presets::RunForm::Good, 40.0));
    let sent = notifications(&scenario, &simulate(&scenario), START);
    let lost = |one: &SimulatedNotification| {
        let at_s = one.arrival.seconds_since(START);
        one.site == Site::Pelvis && (30.0..36.0).contains(&at_s)
    };
    let live = |one: &SimulatedNotification| {
        (
            one.arrival,
            LinkEvent::lean_pod_block(one.site, one.bytes.clone()),
        )
    };
    let whole = report(&sent.iter().map(live).collect::<Vec<_>>());
    let mut holed: Vec<_> = sent.iter().filter(|one| !lost(one)).map(live).collect();
    let without = report(&holed);
    let stored = sent.iter().filter(|one| lost(one)).map(|one| {
        let event = LinkEvent::Notification {
            site: one.site,
            characteristic: BACKFILL,
            bytes: one.bytes.clone(),
        };
        (START.plus_seconds(40.0), event)
    });
    holed.extend(stored);
    holed.sort_by_key(|(at, _)| *at);
    let filled = report(&holed);
    // The chest pod goes on counting steps; the hole of the other one shows among the gaps.
    assert_ne!(without.gaps, whole.gaps);
    assert_eq!(filled.summary.steady_steps, whole.summary.steady_steps);
    assert_eq!(filled.gaps, whole.gaps);
    assert_eq!(filled.started_at, whole.started_at);
}

#[test]
fn a_phone_in_the_belt_counts_the_steps_of_a_run_in_either_systems_units() {
    let mut scenario = Scenario::new(9, presets::run(presets::RunForm::Good, 30.0));
    scenario.rate_hz = 100.0;
    scenario.pods = vec![PodSetup::typical(Site::Pelvis, 9)];
    let simulation = simulate(&scenario);
    let cadence_spm = [MotionSource::Android, MotionSource::CoreMotion].map(|source| {
        let per_unit = match source {
            MotionSource::Android => 1.0,
            MotionSource::CoreMotion => -GRAVITY,
        };
        let mut host = host();
        // The phone has been on for an hour.
        let sample = |sample: &plumbline_core::pod::sample::ImuSample| MotionSample {
            time_s: 3600.0 + sample.time_s,
            acceleration: (sample.specific_force / per_unit).to_array(),
            rotation_radps: sample.angular_velocity.map(|turn| turn.to_array()),
        };
        let samples: Vec<MotionSample> = simulation.pods[0].samples.iter().map(sample).collect();
        let mut now = START;
        host.motion(now, Site::Pelvis, PodKind::Phone, source, &samples[..10]);
        give(&mut host, now, Input::Command(Command::StartRun));
        for batch in samples[10..].chunks(10) {
            now = now.plus_seconds(0.1);
            host.motion(now, Site::Pelvis, PodKind::Phone, source, batch);
        }
        give(&mut host, now, Input::Command(Command::Finish));
        host.end_motion(now, Site::Pelvis);
        let id = host.last_finished().expect("a stored run");
        let report = host.history().report(&id).expect("its report");
        report.summary.cadence_spm.expect("a cadence").mean
    });
    let [android, core_motion] = cadence_spm;
    assert!((android - 170.0).abs() < 1.0, "{android}");
    assert!((core_motion - android).abs() < 0.1, "{core_motion}");
}
