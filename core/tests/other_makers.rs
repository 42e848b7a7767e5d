//! The synthetic runner on other makers' pods: a run in their own bytes gives what it gives on Lean Pods, and replays bit
//! for bit from a log whose pods were connected before it began.

use plumbline_core::{
    lean::rules::RuleModel,
    pod::{
        conversation::StreamSetup, gatt::Uuid, kind::PodKind, link::LinkEvent, protocol, sample::ImuSample,
        site::Site,
    },
    session::{
        coach::Coach,
        input::{Command, Input},
        log::{LogEntry, SessionContext},
        output::{Output, StoreRequest},
        replay::{replay, report_of},
        report::SessionReport,
    },
    sim::{Scenario, presets, simulate},
    units::{GRAVITY, Timestamp},
    words::{Value, Words},
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);

/// A pod's bytes for some samples in a row.
type Write = fn(&[ImuSample]) -> (Uuid, Vec<u8>);

fn stamp_us(sample: &ImuSample) -> u64 {
    ((sample.time_s + 100.0) * 1e6) as u64
}

fn h10(samples: &[ImuSample]) -> (Uuid, Vec<u8>) {
    let mut bytes = vec![2];
    bytes.extend((samples.last().map_or(0, stamp_us) * 1000).to_le_bytes());
    bytes.push(1);
    for sample in samples {
        let milli_g = sample
            .specific_force
            .to_array()
            .map(|mps2| (mps2 / GRAVITY * 1000.0).round() as i16);
        bytes.extend(milli_g.iter().flat_map(|value| value.to_le_bytes()));
    }
    (protocol::polar::DATA.uuid, bytes)
}

fn movesense(samples: &[ImuSample]) -> (Uuid, Vec<u8>) {
    let mut bytes = vec![2, 0x11];
    bytes.extend(((samples.first().map_or(0, stamp_us) / 1000) as u32).to_le_bytes());
    let acc = samples.iter().map(|sample| sample.specific_force.to_array());
    let gyro = samples.iter().map(|sample| {
        sample
            .angular_velocity
            .unwrap_or_default()
            .to_array()
            .map(f64::to_degrees)
    });
    bytes.extend(
        acc.chain(gyro)
            .flatten()
            .flat_map(|value| (value as f32).to_le_bytes()),
    );
    (protocol::movesense::DATA.uuid, bytes)
}

fn wit_motion(samples: &[ImuSample]) -> (Uuid, Vec<u8>) {
    let mut bytes = Vec::new();
    for sample in samples {
        let acc = sample.specific_force.to_array().map(|mps2| mps2 / GRAVITY / 16.0);
        let gyro = sample
            .angular_velocity
            .unwrap_or_default()
            .to_array()
            .map(|rad| rad.to_degrees() / 2000.0);
        bytes.extend([0x55, 0x61]);
        let counts = acc.iter().chain(&gyro).map(|value| (value * 32_768.0) as i16);
        bytes.extend(counts.chain([0, 0, 0]).flat_map(i16::to_le_bytes));
    }
    (protocol::witmotion::DATA.uuid, bytes)
}

/// A run of a minute and a half at this rate, both pods of one kind; every output since its begin.
fn run(kind: PodKind, rate_hz: f64, per_frame: usize, write: Write) -> Vec<Output> {
    let scenario = Scenario {
        rate_hz,
        ..Scenario::new(11, presets::run(presets::RunForm::Good, 90.0))
    };
    let simulation = simulate(&scenario);
    let mut sent: Vec<(Timestamp, LinkEvent)> = Vec::new();
    for pod in &simulation.pods {
        for (nth, samples) in pod.samples.chunks_exact(per_frame).enumerate() {
            let (characteristic, bytes) = write(samples);
            let last_s = samples.last().map_or(0.0, |last| last.time_s);
            let event = LinkEvent::Notification {
                site: pod.site,
                characteristic,
                bytes,
            };
            sent.push((
                START.plus_seconds(last_s + 0.005 + 0.001 * (nth % 7) as f64),
                event,
            ));
        }
    }
    sent.sort_by_key(|(at, _)| *at);
    let mut coach = Coach::new(SessionContext::default(), Box::new(RuleModel));
    let mut outputs = Vec::new();
    let mut give = |at: Timestamp, input: Input| {
        coach.handle(at, input).expect("an input that is not refused");
        while let Some(output) = coach.poll_output() {
            outputs.push(output);
        }
    };
    for site in Site::LEAN {
        let setup = StreamSetup {
            rate_hz: Some(rate_hz),
            accelerometer_range_g: Some(kind.capabilities().chosen.accelerometer_range_g),
            ..StreamSetup::of(kind)
        };
        give(START, Input::Link(LinkEvent::Connected { site, setup }));
    }
    give(START, Input::Command(Command::StartRun));
    for (at, event) in sent {
        give(at, Input::Link(event));
    }
    give(START.plus_seconds(100.0), Input::Command(Command::Finish));
    outputs
}

fn report(outputs: &[Output]) -> &SessionReport {
    report_of(outputs).expect("a run has a report")
}

fn log(outputs: &[Output]) -> Vec<LogEntry> {
    let stored = outputs.iter().filter_map(|output| match output {
        Output::Store(StoreRequest::Append(entry)) => Some(entry.to_bytes().expect("an entry is written")),
        _ => None,
    });
    stored
        .map(|bytes| LogEntry::from_bytes(&bytes).expect("and read"))
        .collect()
}

#[test]
fn a_report_says_what_each_pod_lacks_and_arrival_as_time_widens_what_rests_on_it() {
    let words = Words::new("en");
    let says = |report: &SessionReport, id: &str| {
        let pod = words.text("pod-pelvis");
        let sentence = words.format(id, &[("pod", Value::Text(&pod))]);
        report.untold.contains(&sentence)
    };
    let half_spm = |report: &SessionReport| {
        let [low, high] = report.summary.cadence_spm.expect("a cadence").ci90;
        (high - low) / 2.0
    };
    let ids = ["untold-no-gyro", "untold-by-arrival", "untold-low-rate"];
    let lacks = |outputs: &[Output]| ids.map(|id| says(report(outputs), id));
    let strap = run(PodKind::PolarH10, 200.0, 36, h10);
    let stamped = run(PodKind::Movesense, 52.0, 8, movesense);
    let unstamped = run(PodKind::WitMotion, 100.0, 1, wit_motion);
    assert_eq!(lacks(&strap), [true, false, false]);
    assert_eq!(lacks(&stamped), [false, false, true]);
    assert_eq!(lacks(&unstamped), [false, true, false]);
    assert!(half_spm(report(&unstamped)) > 3.0 * half_spm(report(&stamped)));
}

#[test]
fn a_run_on_other_makers_pods_has_steps_and_replays_bit_for_bit() {
    for (kind, rate_hz, per_frame, write) in [
        (PodKind::PolarH10, 200.0, 36, h10 as Write),
        (PodKind::Movesense, 104.0, 8, movesense as Write),
        (PodKind::WitMotion, 100.0, 1, wit_motion as Write),
    ] {
        let live = run(kind, rate_hz, per_frame, write);
        let summary = &report(&live).summary;
        assert!(
            summary.steady_steps > 150,
            "{kind:?}: {} steady steps",
            summary.steady_steps
        );
        let entries = log(&live);
        let replayed = replay(&entries, Box::new(RuleModel)).expect("a playable log");
        assert_eq!(report(&live), report(&replayed), "{kind:?}");
        let lasting = |outputs: &[Output]| -> Vec<Output> {
            let lasts = |output: &&Output| !matches!(output, Output::Changed);
            outputs.iter().filter(lasts).cloned().collect()
        };
        assert!(
            lasting(&live) == lasting(&replayed),
            "{kind:?}: every output, in order"
        );
    }
}
