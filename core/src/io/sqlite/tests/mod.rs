//! The history on real files: what it keeps, and what it says when it cannot.

mod context;
mod kill;
mod listing;
mod pods;
mod round_trip;
mod trouble;

use std::path::Path;

use glam::DVec3;

use super::*;
use crate::{
    body::{mount::Mounting, sample::Neutral},
    cause::seen::RunSeen,
    drill::{DrillId, DrillResult},
    pod::site::Site,
    session::{
        input::{Input, Pain, PainPlace},
        report::{CalibrationReport, DrillReport, Estimate, Summary},
    },
};

/// The kind most tests need.
const RUN: SessionKind = SessionKind::Run;

fn at(seconds: i64) -> Timestamp {
    Timestamp(1_790_000_000_000_000 + seconds * 1_000_000)
}

fn memory() -> SqliteHistory {
    SqliteHistory::open_in_memory().unwrap()
}

fn tick(seconds: i64) -> LogEntry {
    LogEntry::Input {
        at: at(seconds),
        input: Input::Tick,
    }
}

fn ticks(count: i64) -> Vec<LogEntry> {
    (0..count).map(tick).collect()
}

fn run_report(started_at: Timestamp, headline: &str) -> SessionReport {
    let lean = Estimate {
        mean: 7.3,
        ci90: [6.1, 8.5],
    };
    SessionReport {
        duration_s: 1_200.0,
        model: "rules 1".into(),
        headline: headline.into(),
        class_seconds: [10.0, 1_000.0, 0.0, 0.0, 190.0],
        summary: Summary {
            steady_steps: 3_000,
            trunk_lean_deg: Some(lean),
            ..Summary::default()
        },
        drift_deg_per_10_min: Some(-0.4),
        band_deg: Some([5.0, 9.0]),
        ..SessionReport::blank(started_at, RUN)
    }
}

fn drill_result(drill: DrillId, ended_at: Timestamp) -> DrillResult {
    DrillResult {
        drill,
        at: ended_at,
        asked: 10,
        seen: 9,
        passed: 8,
        feedback: true,
        met: true,
    }
}

fn drill_report(drill: DrillId, started_at: Timestamp) -> SessionReport {
    let result = drill_result(drill, started_at.plus_seconds(1_200.0));
    SessionReport {
        kind: SessionKind::Drill(drill),
        drill: Some(DrillReport {
            result,
            repetitions: Vec::new(),
            unlocked: vec![DrillId::D4],
        }),
        ..run_report(started_at, "Nine seen, eight as one piece.")
    }
}

fn mounting(seed: f64) -> Mounting {
    Mounting {
        neutral: Neutral {
            start_s: 1.1 + seed,
            end_s: 6.3 + seed,
            spread_deg: 0.7,
            up: DVec3::Y,
        },
        forward: DVec3::new(seed.cos(), 0.0, seed.sin()),
    }
}

fn calibration_report(started_at: Timestamp, mounts: &[(Site, Mounting)]) -> SessionReport {
    SessionReport {
        calibration: Some(CalibrationReport {
            mounts: mounts.to_vec(),
            spread_deg: 0.7,
        }),
        ..drill_report(DrillId::D0, started_at)
    }
}

fn run_seen(steady_steps: u32, trunk_lean_deg: Option<f64>) -> RunSeen {
    RunSeen {
        steady_steps,
        trunk_lean_deg,
        ..RunSeen::default()
    }
}

fn sore_shin() -> Pain {
    Pain {
        place: PainPlace::Shin,
        level: 4,
        sharp: true,
        limping: false,
        rising: true,
    }
}

/// Stores a whole session and answers its name.
fn keep(history: &mut SqliteHistory, report: &SessionReport) -> SessionId {
    let id = history.begin(report.started_at, report.kind).unwrap();
    history.append(&id, &[tick(0)]).unwrap();
    history.finish(&id, report).unwrap();
    id
}

/// A second program on the same file.
fn other_program(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}
