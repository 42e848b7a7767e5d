//! How long a stored run takes to be played again: an hour of two 104 Hz pods, from their bytes to the report.
#![allow(missing_docs, reason = "criterion's macros write functions without any")]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads files and starts a process of its own"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group};
use plumbline_core::{
    lean::rules::RuleModel,
    pod::link::LinkEvent,
    session::{
        input::{Command, Input},
        log::{LogEntry, SessionContext},
        replay::{replay, report_of},
    },
    sim::{Scenario, notifications, presets, simulate},
    units::Timestamp,
};

const HOUR_S: f64 = 3600.0;
/// Names the file of the log for a process that only replays.
const ALONE: &str = "PLUMBLINE_REPLAY_ALONE";

/// The log of an hour's good running that begins with a stand.
fn hour() -> Vec<LogEntry> {
    let start = Timestamp(1_800_000_000_000_000);
    let scenario = Scenario::new(5, presets::run(presets::RunForm::Good, HOUR_S));
    let sent = notifications(&scenario, &simulate(&scenario), start);
    let input = |at, input| LogEntry::Input { at, input };
    let end = sent.last().map_or(start, |last| last.arrival);
    let context = SessionContext {
        language: "en".to_owned(),
        connected: plumbline_core::pod::site::Site::LEAN.to_vec(),
        ..SessionContext::default()
    };
    let mut log = vec![
        LogEntry::Context(Box::new(context)),
        input(start, Input::Command(Command::StartRun)),
    ];
    log.extend(sent.into_iter().map(|one| {
        let (site, bytes) = (one.site, one.bytes);
        input(one.arrival, Input::Link(LinkEvent::lean_pod_block(site, bytes)))
    }));
    log.push(input(end, Input::Command(Command::Finish)));
    log
}

/// The most memory this process ever held, megabytes; where the system tells.
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Replays the log in the file named in the environment in a process that has done nothing else, and says how much
/// memory that took.
fn replay_alone(path: &str) -> Option<()> {
    let bytes = std::fs::read(path).ok()?;
    let mut rest = &bytes[..];
    let mut log = Vec::new();
    while !rest.is_empty() {
        let (entry, left) = postcard::take_from_bytes(rest).ok()?;
        log.push(entry);
        rest = left;
    }
    drop(bytes);
    let before = peak_memory_mb()?;
    let outputs = replay(&log, Box::new(RuleModel)).ok()?;
    let steps = report_of(&outputs)?.summary.steady_steps;
    println!(
        "peak memory of the replay, its log of {before:.0} MB included: {:.0} MB of 60 ({steps} steady steps)",
        peak_memory_mb()?
    );
    Some(())
}

fn measure_memory(log: &[LogEntry]) {
    let bytes: Vec<u8> = log
        .iter()
        .flat_map(|entry| entry.to_bytes().expect("an entry has bytes"))
        .collect();
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("room for a log");
    let this = std::env::current_exe().expect("the path of this program");
    let child = std::process::Command::new(this).env(ALONE, file.path()).status();
    assert!(
        child.is_ok_and(|status| status.success()),
        "the replay alone failed"
    );
}

fn replay_an_hour(criterion: &mut Criterion) {
    let log = hour();
    measure_memory(&log);
    let mut group = criterion.benchmark_group("replay");
    group.sample_size(10);
    group.bench_function("an hour of two 104 Hz pods", |bencher| {
        bencher.iter(|| replay(black_box(&log), Box::new(RuleModel)).expect("a playable log"));
    });
    group.finish();
}

criterion_group!(benches, replay_an_hour);

fn main() {
    if let Ok(path) = std::env::var(ALONE) {
        replay_alone(&path).expect("a log that was just written");
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
