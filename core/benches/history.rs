//! How long a runner waits for the history: a cold open with 1,000 runs, and the newest 50 of them.
#![allow(missing_docs, reason = "criterion's macros write functions without any")]

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use plumbline_core::{
    io::sqlite::SqliteHistory,
    lean::reading::{LeanClass, LeanReading, Probabilities},
    pod::{link::LinkEvent, site::Site},
    ports::HistoryStore,
    session::{
        input::Input,
        log::LogEntry,
        output::SessionKind,
        report::{Estimate, SessionReport, Summary},
    },
    units::Timestamp,
};

const RUNS: i64 = 1_000;
const DAY_US: i64 = 86_400_000_000;

/// A window every ten seconds of a 20-minute run.
fn windows() -> Vec<LeanReading> {
    let window = |start_s: f64| LeanReading {
        start_s,
        end_s: start_s + 10.0,
        class: LeanClass::Good,
        probabilities: Probabilities([0.1, 0.7, 0.1, 0.05, 0.05]),
        trunk_lean_deg: Some(7.0 + (start_s * 0.01).sin()),
        trunk_lean_ci90_deg: Some([6.0, 8.0]),
    };
    (0..120).map(|index| window(f64::from(index) * 10.0)).collect()
}

fn report(started_at: Timestamp) -> SessionReport {
    let lean = Estimate {
        mean: 7.0,
        ci90: [6.0, 8.0],
    };
    SessionReport {
        duration_s: 1_200.0,
        model: "rules 1".into(),
        headline: "You leaned as one piece for most of the run.".into(),
        class_seconds: [100.0, 1_000.0, 0.0, 0.0, 100.0],
        summary: Summary {
            steady_steps: 3_200,
            trunk_lean_deg: Some(lean),
            ..Summary::default()
        },
        windows: windows(),
        drift_deg_per_10_min: Some(-0.2),
        band_deg: Some([5.0, 9.0]),
        ..SessionReport::blank(started_at, SessionKind::Run)
    }
}

/// Two hundred notifications a run: enough that the log outweighs everything else in the file, as in life.
fn log(started_at: Timestamp) -> Vec<LogEntry> {
    let notification = |index: i64| LogEntry::Input {
        at: Timestamp(started_at.0 + index * 77_000),
        input: Input::Link(LinkEvent::lean_pod_block(
            Site::Chest,
            (0..180).map(|byte| (byte * index % 251) as u8).collect(),
        )),
    };
    (0..200).map(notification).collect()
}

fn fill(path: &Path) {
    let mut history = SqliteHistory::open(path).expect("the folder takes a file");
    for run in 0..RUNS {
        let started_at = Timestamp(1_700_000_000_000_000 + run * DAY_US);
        let id = history.begin(started_at, SessionKind::Run).expect("room");
        history.append(&id, &log(started_at)).expect("room");
        history.finish(&id, &report(started_at)).expect("room");
    }
}

fn history(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("history.db");
    fill(&path);
    let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    println!("{RUNS} runs in {} MB", size / 1_000_000);

    criterion.bench_function("open with 1,000 runs", |bencher| {
        bencher.iter(|| SqliteHistory::open(black_box(&path)).expect("a history"));
    });
    criterion.bench_function("open with 1,000 runs and list the newest 50", |bencher| {
        bencher.iter(|| {
            let history = SqliteHistory::open(black_box(&path)).expect("a history");
            history.sessions(None, 50).expect("a list")
        });
    });
    let open = SqliteHistory::open(&path).expect("a history");
    criterion.bench_function("list the newest 50 of 1,000 runs", |bencher| {
        bencher.iter(|| open.sessions(black_box(None), 50).expect("a list"));
    });
    let newest = open.sessions(None, 1).expect("a list").remove(0);
    criterion.bench_function("read the report of a 20-minute run", |bencher| {
        bencher.iter(|| open.report(black_box(&newest.id)).expect("a report"));
    });
    let mut open = open;
    let going_on = open
        .begin(Timestamp(1_800_000_000_000_000), SessionKind::Run)
        .expect("room");
    let second: Vec<_> = log(Timestamp(1_800_000_000_000_000))
        .into_iter()
        .take(26)
        .collect();
    criterion.bench_function("store one second of two pods", |bencher| {
        bencher.iter(|| open.append(&going_on, black_box(&second)).expect("room"));
    });
}

criterion_group!(benches, history);
criterion_main!(benches);
