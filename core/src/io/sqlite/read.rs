//! What the history answers.
//!
//! Changes nothing. Invariant: what cannot be read exactly as it was written is an error, never a default; of the earlier
//! runs one whose report cannot be read teaches nothing, stays where it is, and is told when the file is checked.

use glam::DVec3;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};

use super::write::key;
use crate::{
    body::{mount::Mounting, sample::Neutral},
    drill::{DrillId, DrillResult},
    pod::{
        kind::PodKind,
        pairing::{PodId, RememberedPod},
        site::Site,
    },
    ports::{SessionId, SessionRow, StoreError},
    session::{
        input::CheckIn,
        log::{LogEntry, SessionContext},
        output::SessionKind,
        plan::{Course, RunSoFar},
        report::SessionReport,
    },
    units::Timestamp,
};

/// Newest runs the own references are learned from: about a season. Ours.
const RUNS_LOOKED_AT: u32 = 60;

/// The columns [`session_row`] reads, in its order.
macro_rules! session_columns {
    () => {
        "SELECT id, started_at_us, duration_s, drill, headline, trunk_lean_deg FROM session WHERE deleted_at_us IS NULL"
    };
}

/// The history list; `:before` is never null, so that the index on the start is always used.
pub(super) const SESSIONS: &str = concat!(
    session_columns!(),
    " AND started_at_us < :before ORDER BY started_at_us DESC, key DESC LIMIT :limit"
);

pub(super) const OPEN_SESSIONS: &str = concat!(
    session_columns!(),
    " AND duration_s IS NULL ORDER BY started_at_us, key"
);

pub(super) fn sessions(
    connection: &Connection,
    before: Option<Timestamp>,
    limit: u32,
) -> Result<Vec<SessionRow>, StoreError> {
    let before = before.map_or(i64::MAX, |at| at.0);
    let mut statement = connection.prepare_cached(SESSIONS)?;
    let rows = statement.query_and_then(named_params! { ":before": before, ":limit": limit }, session_row)?;
    rows.collect()
}

pub(super) fn open_sessions(connection: &Connection) -> Result<Vec<SessionRow>, StoreError> {
    let mut statement = connection.prepare_cached(OPEN_SESSIONS)?;
    let rows = statement.query_and_then([], session_row)?;
    rows.collect()
}

pub(super) fn report(connection: &Connection, id: &SessionId) -> Result<SessionReport, StoreError> {
    let session = key(connection, id)?;
    let json: Option<String> = connection
        .prepare_cached("SELECT json FROM report WHERE session = ?1")?
        .query_row([session], |row| row.get(0))
        .optional()?;
    let json = json.ok_or_else(|| StoreError::Other(format!("session `{}` has no report yet", id.0)))?;
    Ok(serde_json::from_str(&json)?)
}

pub(super) fn log(connection: &Connection, id: &SessionId) -> Result<Vec<LogEntry>, StoreError> {
    let session = key(connection, id)?;
    let mut statement =
        connection.prepare_cached("SELECT entry FROM log_entry WHERE session = ?1 ORDER BY sequence")?;
    let entries = statement.query_and_then([session], |row| {
        let bytes: Vec<u8> = row.get(0)?;
        Ok(LogEntry::from_bytes(&bytes)?)
    })?;
    entries.collect()
}

pub(super) fn context(connection: &Connection) -> Result<SessionContext, StoreError> {
    let mut mounts = mounts(connection)?;
    mounts.sort_by_key(|(_, site, _)| site.index());
    let course = Course::kept(
        earlier_runs(connection)?,
        drill_results(connection)?,
        last_check_ins(connection)?,
    );
    Ok(SessionContext {
        calibrated_at: mounts.first().map(|(at, ..)| *at),
        mounts: mounts
            .into_iter()
            .map(|(_, site, mounting)| (site, mounting))
            .collect(),
        own: course.own(),
        course,
        ..SessionContext::default()
    })
}

pub(super) fn pods(connection: &Connection) -> Result<Vec<RememberedPod>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT site, id, kind, name, logs FROM pod")?;
    let rows = statement.query_and_then([], |row| {
        let (site, kind): (String, String) = (row.get("site")?, row.get("kind")?);
        let logs: Option<String> = row.get("logs")?;
        Ok(RememberedPod {
            site: site_named(&site)?,
            id: PodId(row.get("id")?),
            kind: kind_named(&kind)?,
            name: row.get("name")?,
            // Of a pod whose logs nobody can read any more none is known: it is still the runner's.
            logs: logs
                .and_then(|logs| serde_json::from_str(&logs).ok())
                .unwrap_or_default(),
        })
    })?;
    let mut pods = rows.collect::<Result<Vec<_>, StoreError>>()?;
    pods.sort_by_key(|pod| pod.site);
    Ok(pods)
}

pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer != "ok" {
        return Err(StoreError::Damaged(answer));
    }
    let unreadable: Vec<String> = connection
        .prepare_cached(
            "SELECT s.id FROM report r JOIN session s ON s.key = r.session WHERE NOT json_valid(r.json)",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match unreadable.as_slice() {
        [] => Ok(()),
        ids => Err(StoreError::Damaged(format!(
            "the reports of these sessions cannot be read and are left out: {}",
            ids.join(", ")
        ))),
    }
}

fn session_row(row: &Row<'_>) -> Result<SessionRow, StoreError> {
    let drill: Option<String> = row.get("drill")?;
    Ok(SessionRow {
        id: SessionId(row.get("id")?),
        started_at: Timestamp(row.get("started_at_us")?),
        duration_s: row.get("duration_s")?,
        kind: match drill {
            Some(name) => SessionKind::Drill(drill_named(&name)?),
            None => SessionKind::Run,
        },
        headline: row.get("headline")?,
        trunk_lean_deg: row.get("trunk_lean_deg")?,
    })
}

/// The last calibration: only pods that were calibrated together, because they share one moment.
fn mounts(connection: &Connection) -> Result<Vec<(Timestamp, Site, Mounting)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM calibration WHERE session = (
             SELECT c.session FROM calibration c JOIN session s ON s.key = c.session
             WHERE s.deleted_at_us IS NULL ORDER BY c.taken_at_us DESC, c.session DESC LIMIT 1)",
    )?;
    let rows = statement.query_and_then([], |row| {
        let site: String = row.get("site")?;
        Ok((
            Timestamp(row.get("taken_at_us")?),
            site_named(&site)?,
            mounting(row)?,
        ))
    })?;
    rows.collect()
}

fn mounting(row: &Row<'_>) -> rusqlite::Result<Mounting> {
    Ok(Mounting {
        neutral: Neutral {
            start_s: row.get("neutral_start_s")?,
            end_s: row.get("neutral_end_s")?,
            spread_deg: row.get("neutral_spread_deg")?,
            up: DVec3::new(row.get("up_x")?, row.get("up_y")?, row.get("up_z")?),
        },
        forward: DVec3::new(
            row.get("forward_x")?,
            row.get("forward_y")?,
            row.get("forward_z")?,
        ),
    })
}

fn drill_results(connection: &Connection) -> Result<Vec<DrillResult>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT r.* FROM drill_result r JOIN session s ON s.key = r.session
         WHERE s.deleted_at_us IS NULL ORDER BY r.at_us, r.session",
    )?;
    let rows = statement.query_and_then([], |row| {
        let drill: String = row.get("drill")?;
        Ok(DrillResult {
            drill: drill_named(&drill)?,
            at: Timestamp(row.get("at_us")?),
            asked: row.get("asked")?,
            seen: row.get("seen")?,
            passed: row.get("passed")?,
            feedback: row.get("feedback")?,
            met: row.get("met")?,
        })
    })?;
    rows.collect()
}

/// The newest runs that are not hidden, oldest first. What they showed is taken out of the reports by SQLite, which is
/// several times faster than reading each report whole.
fn earlier_runs(connection: &Connection) -> Result<Vec<RunSoFar>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT s.started_at_us, r.json -> '$.seen' AS seen
         FROM session s JOIN report r ON r.session = s.key
         WHERE s.kind = 'run' AND s.deleted_at_us IS NULL
           AND CASE WHEN json_valid(r.json) THEN r.json ->> '$.seen' END IS NOT NULL
         ORDER BY s.started_at_us DESC, s.key DESC LIMIT :limit",
    )?;
    let rows = statement.query_and_then(named_params! { ":limit": RUNS_LOOKED_AT }, |row| {
        let seen: String = row.get("seen")?;
        Ok(RunSoFar {
            at: Timestamp(row.get("started_at_us")?),
            seen: serde_json::from_str(&seen)?,
            symptoms: false,
        })
    })?;
    let readable = rows.filter_map(|run: Result<RunSoFar, StoreError>| match run {
        Err(StoreError::Damaged(why)) => {
            log::warn!("an earlier run's report is left out: {why}");
            None
        }
        run => Some(run),
    });
    let mut runs = readable.collect::<Result<Vec<_>, StoreError>>()?;
    runs.reverse();
    Ok(runs)
}

/// Check-ins read, so that the runs looked at keep what was told around them. Ours.
const CHECK_INS_READ: u32 = 500;

/// The last check-ins, oldest first, of deleted sessions too: hiding a run must not open a gate that pain has shut.
fn last_check_ins(connection: &Connection) -> Result<Vec<(Timestamp, CheckIn)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT at_us, json FROM check_in ORDER BY at_us DESC LIMIT ?1")?;
    let rows = statement.query_and_then([CHECK_INS_READ], |row| {
        let json: String = row.get(1)?;
        Ok((Timestamp(row.get(0)?), serde_json::from_str(&json)?))
    })?;
    let mut check_ins = rows.collect::<Result<Vec<_>, StoreError>>()?;
    check_ins.reverse();
    Ok(check_ins)
}

fn drill_named(name: &str) -> Result<DrillId, StoreError> {
    named(name).map_err(|error| StoreError::Other(format!("a drill this version does not know: {error}")))
}

fn site_named(name: &str) -> Result<Site, StoreError> {
    named(name).map_err(|error| StoreError::Other(format!("a pod site this version does not know: {error}")))
}

fn kind_named(name: &str) -> Result<PodKind, StoreError> {
    named(name).map_err(|error| StoreError::Other(format!("a pod this version does not know: {error}")))
}

fn named<'name, Value: Deserialize<'name>>(name: &'name str) -> Result<Value, value::Error> {
    Value::deserialize(name.into_deserializer())
}
