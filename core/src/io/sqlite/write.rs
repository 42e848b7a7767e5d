//! What changes the history.
//!
//! Reads only what it needs to write. Invariant: each function is one transaction.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params, params};

use crate::{
    body::sample::Neutral,
    pod::{pairing::RememberedPod, site::Site},
    ports::{SessionId, StoreError},
    session::{
        complete::is_stored_block,
        input::{CheckIn, Input},
        log::LogEntry,
        output::SessionKind,
        report::{CalibrationReport, SessionReport},
    },
    units::Timestamp,
};

/// Microseconds since the Unix epoch by SQLite's own clock, good to a millisecond.
const NOW_US: &str = "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

pub(super) fn begin(
    connection: &Connection,
    at: Timestamp,
    kind: SessionKind,
) -> Result<SessionId, StoreError> {
    let (kind, drill) = match kind {
        SessionKind::Run => ("run", None),
        SessionKind::Drill(drill) => ("drill", Some(drill.name())),
    };
    let id = connection.query_row(
        "INSERT INTO session (id, started_at_us, kind, drill)
         VALUES (lower(hex(randomblob(16))), ?1, ?2, ?3) RETURNING id",
        params![at.0, kind, drill],
        |row| row.get(0),
    )?;
    Ok(SessionId(id))
}

pub(super) fn append(
    connection: &mut Connection,
    id: &SessionId,
    entries: &[LogEntry],
) -> Result<(), StoreError> {
    let transaction = write(connection)?;
    let session = key(&transaction, id)?;
    // What a pod had stored of a run may come when the run has ended.
    if closed(&transaction, session)? && !entries.iter().all(is_stored_block) {
        return Err(StoreError::Other(format!("session `{}` is finished", id.0)));
    }
    let next: i64 = transaction.query_row(
        "SELECT coalesce(max(sequence) + 1, 0) FROM log_entry WHERE session = ?1",
        [session],
        |row| row.get(0),
    )?;
    for (sequence, entry) in (next..).zip(entries) {
        let at = match entry {
            LogEntry::Context(_) => None,
            LogEntry::Input { at, .. } => Some(at.0),
        };
        transaction
            .prepare_cached(
                "INSERT INTO log_entry (session, sequence, at_us, entry) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![session, sequence, at, entry.to_bytes()?])?;
        for (at, check_in) in check_ins_of(entry) {
            keep_check_in(&transaction, Some(session), at, check_in)?;
        }
    }
    Ok(transaction.commit()?)
}

pub(super) fn finish(
    connection: &mut Connection,
    id: &SessionId,
    report: &SessionReport,
) -> Result<(), StoreError> {
    let json = readable_json(report)?;
    let transaction = write(connection)?;
    let session = key(&transaction, id)?;
    let trunk_lean = match report.kind {
        SessionKind::Run => report.summary.trunk_lean_deg.map(|estimate| estimate.mean),
        SessionKind::Drill(_) => None,
    };
    transaction.execute(
        "UPDATE session SET duration_s = ?2, headline = ?3, trunk_lean_deg = ?4 WHERE key = ?1",
        params![session, report.duration_s, report.headline, trunk_lean],
    )?;
    transaction.execute(
        "INSERT OR REPLACE INTO report (session, model, json) VALUES (?1, ?2, ?3)",
        params![session, report.model, json],
    )?;
    keep_drill_result(&transaction, session, report)?;
    keep_calibration(&transaction, session, report)?;
    Ok(transaction.commit()?)
}

pub(super) fn delete(connection: &Connection, id: &SessionId) -> Result<(), StoreError> {
    // Deleting twice keeps the first moment.
    let sql = format!("UPDATE session SET deleted_at_us = coalesce(deleted_at_us, {NOW_US}) WHERE id = ?1");
    found(connection.execute(&sql, [&id.0])?, id)
}

pub(super) fn restore(connection: &Connection, id: &SessionId) -> Result<(), StoreError> {
    let changed = connection.execute("UPDATE session SET deleted_at_us = NULL WHERE id = ?1", [&id.0])?;
    found(changed, id)
}

pub(super) fn remember_pod(connection: &Connection, pod: &RememberedPod) -> Result<(), StoreError> {
    connection.execute(
        "INSERT OR REPLACE INTO pod (site, id, kind, name) VALUES (?1, ?2, ?3, ?4)",
        params![pod.site.name(), pod.id.0, pod.kind.name(), pod.name],
    )?;
    Ok(())
}

pub(super) fn forget_pod(connection: &Connection, site: Site) -> Result<(), StoreError> {
    connection.execute("DELETE FROM pod WHERE site = ?1", [site.name()])?;
    Ok(())
}

/// The number a session goes by inside the file.
pub(super) fn key(connection: &Connection, id: &SessionId) -> Result<i64, StoreError> {
    connection
        .prepare_cached("SELECT key FROM session WHERE id = ?1")?
        .query_row([&id.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NotFound(id.0.clone()))
}

/// A transaction that takes the write lock at once, so that it cannot lose it half way.
fn write(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

fn found(changed: usize, id: &SessionId) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::NotFound(id.0.clone()));
    }
    Ok(())
}

fn closed(transaction: &Transaction<'_>, session: i64) -> Result<bool, StoreError> {
    Ok(transaction.query_row(
        "SELECT duration_s IS NOT NULL FROM session WHERE key = ?1",
        [session],
        |row| row.get(0),
    )?)
}

/// JSON that [`super::read::report`] will read: a number that is not finite would be written as null.
fn readable_json(report: &SessionReport) -> Result<String, StoreError> {
    let json = serde_json::to_string(report)?;
    serde_json::from_str::<SessionReport>(&json)
        .map_err(|error| StoreError::Other(format!("the report cannot be kept: {error}")))?;
    Ok(json)
}

/// A check-in made while a session goes on is an input; those made before it stand in the context.
fn check_ins_of(entry: &LogEntry) -> Vec<(Timestamp, &CheckIn)> {
    match entry {
        LogEntry::Context(context) => {
            let check_ins = context.course.check_ins.iter();
            check_ins.map(|(at, check_in)| (*at, check_in)).collect()
        }
        LogEntry::Input {
            at,
            input: Input::CheckIn(check_in),
        } => vec![(*at, check_in)],
        LogEntry::Input { .. } => Vec::new(),
    }
}

/// Keeps a check-in, of a session or of none.
pub(super) fn keep_check_in(
    connection: &Connection,
    session: Option<i64>,
    at: Timestamp,
    check_in: &CheckIn,
) -> Result<(), StoreError> {
    // The context of each later session brings the same check-in again.
    connection.execute(
        "INSERT OR IGNORE INTO check_in (at_us, session, json) VALUES (?1, ?2, ?3)",
        params![at.0, session, serde_json::to_string(check_in)?],
    )?;
    Ok(())
}

fn keep_drill_result(
    transaction: &Transaction<'_>,
    session: i64,
    report: &SessionReport,
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM drill_result WHERE session = ?1", [session])?;
    let Some(drill) = &report.drill else { return Ok(()) };
    let result = &drill.result;
    transaction.execute(
        "INSERT INTO drill_result (session, drill, at_us, asked, seen, passed, feedback, met)
         VALUES (:session, :drill, :at_us, :asked, :seen, :passed, :feedback, :met)",
        named_params! {
            ":session": session,
            ":drill": result.drill.name(),
            ":at_us": result.at.0,
            ":asked": result.asked,
            ":seen": result.seen,
            ":passed": result.passed,
            ":feedback": result.feedback,
            ":met": result.met,
        },
    )?;
    Ok(())
}

fn keep_calibration(
    transaction: &Transaction<'_>,
    session: i64,
    report: &SessionReport,
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM calibration WHERE session = ?1", [session])?;
    let Some(CalibrationReport { mounts, .. }) = &report.calibration else {
        return Ok(());
    };
    let taken_at = report.started_at.plus_seconds(report.duration_s);
    for (site, mounting) in mounts {
        let Neutral {
            start_s,
            end_s,
            spread_deg,
            up,
        } = mounting.neutral;
        let forward = mounting.forward;
        transaction.execute(
            "INSERT INTO calibration VALUES (
                 :session, :site, :taken_at_us, :start_s, :end_s, :spread_deg,
                 :up_x, :up_y, :up_z, :forward_x, :forward_y, :forward_z)",
            named_params! {
                ":session": session,
                ":site": site.name(),
                ":taken_at_us": taken_at.0,
                ":start_s": start_s,
                ":end_s": end_s,
                ":spread_deg": spread_deg,
                ":up_x": up.x,
                ":up_y": up.y,
                ":up_z": up.z,
                ":forward_x": forward.x,
                ":forward_y": forward.y,
                ":forward_z": forward.z,
            },
        )?;
    }
    Ok(())
}
