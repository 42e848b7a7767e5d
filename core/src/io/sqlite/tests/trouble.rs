//! Locked, read-only, full, damaged, foreign, newer: each says which, and loses nothing.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

/// A folder with a closed history of `entries` log entries in one finished run.
fn closed_history(entries: i64) -> (TempDir, PathBuf, SessionId) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = history.begin(at(0), RUN).unwrap();
    history.append(&id, &ticks(entries)).unwrap();
    history.finish(&id, &run_report(at(0), "Good.")).unwrap();
    (folder, path, id)
}

fn refusal(path: &Path) -> StoreError {
    SqliteHistory::open(path).unwrap_err()
}

#[test]
fn another_writer_makes_it_busy_until_it_is_done() {
    let (_folder, path, id) = closed_history(1);
    let mut history = SqliteHistory::open(&path).unwrap();
    history
        .connection()
        .unwrap()
        .busy_timeout(Duration::ZERO)
        .unwrap();
    let other = other_program(&path);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(history.begin(at(1), RUN), Err(StoreError::Busy));
    assert_eq!(
        history.finish(&id, &run_report(at(0), "Again.")),
        Err(StoreError::Busy)
    );
    assert_eq!(history.delete(&id), Err(StoreError::Busy));
    assert_eq!(history.report(&id).unwrap().headline, "Good.", "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    history.begin(at(1), RUN).unwrap();
    assert_eq!(history.sessions(None, 10).unwrap().len(), 2);
}

#[test]
fn a_file_locked_as_a_whole_cannot_be_opened_until_it_is_let_go() {
    let (_folder, path, _) = closed_history(1);
    let other = other_program(&path);
    other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; UPDATE session SET headline = 'Mine.'; COMMIT")
        .unwrap();
    assert_eq!(open_file(&path, Duration::ZERO).unwrap_err(), StoreError::Busy);
    drop(other);
    SqliteHistory::open(&path).unwrap();
}

#[test]
fn a_new_file_locked_by_another_program_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let other = other_program(&path);
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(open_file(&path, Duration::ZERO).unwrap_err(), StoreError::Busy);
}

#[test]
fn a_connection_that_may_only_read_is_refused() {
    let (_folder, path, _) = closed_history(1);
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let answer = prepare(connection, Duration::ZERO).unwrap_err();
    assert!(matches!(answer, StoreError::ReadOnly(_)), "{answer:?}");
}

#[test]
fn a_file_that_becomes_read_only_answers_reads_and_refuses_writes() {
    let (_folder, path, id) = closed_history(1);
    let mut history = SqliteHistory::open(&path).unwrap();
    history
        .connection()
        .unwrap()
        .pragma_update(None, "query_only", true)
        .unwrap();
    assert!(matches!(history.begin(at(1), RUN), Err(StoreError::ReadOnly(_))));
    assert!(matches!(history.delete(&id), Err(StoreError::ReadOnly(_))));
    assert_eq!(history.report(&id).unwrap().headline, "Good.");
}

#[test]
fn a_folder_that_is_missing_or_takes_no_file_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let missing = refusal(&folder.path().join("missing").join("history.db"));
    assert!(matches!(missing, StoreError::ReadOnly(_)), "{missing:?}");
    let folder_itself = refusal(folder.path());
    assert!(
        matches!(folder_itself, StoreError::ReadOnly(_)),
        "{folder_itself:?}"
    );
    // Even an administrator makes no file here.
    #[cfg(target_os = "linux")]
    assert!(matches!(
        refusal(Path::new("/proc/history.db")),
        StoreError::ReadOnly(_)
    ));
}

#[test]
fn a_path_that_names_no_file_is_refused() {
    for path in ["", ":memory:"] {
        assert_eq!(
            refusal(Path::new(path)),
            StoreError::Other("the path names no file".into())
        );
    }
}

/// An administrator may write whatever the permissions say, so the file system is asked what to expect.
#[test]
fn permissions_decide_whether_a_file_opens() {
    let (_folder, path, _) = closed_history(1);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let writable = fs::OpenOptions::new().write(true).open(&path).is_ok();
    match SqliteHistory::open(&path) {
        Ok(_) => assert!(writable),
        Err(error) => assert!(!writable && matches!(error, StoreError::ReadOnly(_)), "{error:?}"),
    }
}

#[test]
fn a_full_disk_refuses_whole_transactions_and_goes_on_when_there_is_room() {
    let (_folder, path, _) = closed_history(1);
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = history.begin(at(1), RUN).unwrap();
    history.append(&id, &ticks(2)).unwrap();
    let connection = history.connection().unwrap();
    let pages: i64 = connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let limit = |connection: &Connection, pages: i64| {
        connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .unwrap();
    };
    limit(connection, pages);

    let entries: Vec<_> = (2..2_000).map(tick).collect();
    assert_eq!(history.append(&id, &entries), Err(StoreError::Full));
    let mut report = run_report(at(1), "Good.");
    report.untold = vec!["x".repeat(50_000)];
    assert_eq!(history.finish(&id, &report), Err(StoreError::Full));
    assert_eq!(history.log(&id).unwrap(), ticks(2));
    assert_eq!(history.open_sessions().unwrap().len(), 1);

    limit(history.connection().unwrap(), pages + 1_000);
    history.append(&id, &entries).unwrap();
    history.finish(&id, &report).unwrap();
    assert_eq!(history.log(&id).unwrap(), ticks(2_000));
    history.check().unwrap();
}

#[test]
fn garbage_is_damaged_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let garbage: Vec<u8> = (0..20_000_u32).map(|index| (index * 97 % 251) as u8).collect();
    for content in [garbage.as_slice(), b"time_s,acc_x_mps2\n0.0,9.81\n"] {
        fs::write(&path, content).unwrap();
        assert!(matches!(refusal(&path), StoreError::Damaged(_)));
        assert_eq!(fs::read(&path).unwrap(), content);
    }
}

#[test]
fn an_empty_file_becomes_a_history() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    fs::write(&path, b"").unwrap();
    SqliteHistory::open(&path).unwrap().begin(at(0), RUN).unwrap();
}

#[test]
fn a_file_cut_in_the_middle_is_damaged() {
    let (_folder, path, _) = closed_history(5_000);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(refusal(&path), StoreError::Damaged(_)));
}

#[test]
fn a_bad_page_is_damage_where_it_is_read_and_the_rest_still_answers() {
    let (_folder, path, id) = closed_history(5_000);
    let root: u32 = other_program(&path)
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'log_entry'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let end = root as usize * 4_096;
    bytes[end - 4_096..end].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let history = SqliteHistory::open(&path).unwrap();
    assert!(matches!(history.log(&id), Err(StoreError::Damaged(_))));
    assert!(matches!(history.check(), Err(StoreError::Damaged(_))));
    assert_eq!(history.sessions(None, 10).unwrap().len(), 1);
    assert_eq!(history.report(&id).unwrap().headline, "Good.");
}

#[test]
fn rows_that_do_not_read_back_are_damage() {
    let mut history = memory();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    let connection = history.connection().unwrap();
    connection
        .execute_batch("UPDATE log_entry SET entry = x'FF'; UPDATE report SET json = '{}'")
        .unwrap();
    assert!(matches!(history.log(&id), Err(StoreError::Damaged(_))));
    assert!(matches!(history.report(&id), Err(StoreError::Damaged(_))));
}

#[test]
fn another_programs_database_is_no_history_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let not_ours = StoreError::Damaged("not a Plumbline history".into());
    let other = other_program(&path);
    other.execute_batch("CREATE TABLE notes (text)").unwrap();
    drop(other);
    let bytes = fs::read(&path).unwrap();
    assert_eq!(refusal(&path), not_ours);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    other_program(&path)
        .pragma_update(None, "application_id", 0x0FAC_ADE0)
        .unwrap();
    assert_eq!(refusal(&path), not_ours);
}

#[test]
fn a_version_that_no_history_has_is_damage_and_stays_as_it_is() {
    for version in [-1, i32::MIN, 0] {
        let (_folder, path, _) = closed_history(1);
        other_program(&path)
            .pragma_update(None, "user_version", version)
            .unwrap();
        let bytes = fs::read(&path).unwrap();
        let why = format!("it says version {version}, which no history has");
        assert_eq!(refusal(&path), StoreError::Damaged(why));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_damaged_report_is_told_and_kept_and_stops_no_new_run() {
    for json in ["{\"summary\":", "\u{0}", "{\"seen\":{\"steady_steps\":\"many\"}}"] {
        let (_folder, path, id) = closed_history(1);
        let mut history = SqliteHistory::open(&path).unwrap();
        let fine = SessionReport {
            seen: Some(run_seen(400, Some(8.0))),
            ..run_report(at(100), "Fine.")
        };
        keep(&mut history, &fine);
        let changed = other_program(&path).execute(
            "UPDATE report SET json = ?1 WHERE session = (SELECT key FROM session WHERE id = ?2)",
            (json, &id.0),
        );
        assert_eq!(changed.unwrap(), 1);
        let context = history.context().unwrap();
        assert_eq!(context.course.runs.len(), 1, "{json}");
        assert!(history.report(&id).is_err());
        assert_eq!(history.sessions(None, 10).unwrap().len(), 2);
        if json.ends_with(':') {
            let told = history.check().unwrap_err().to_string();
            assert!(told.contains(&id.0), "{told}");
        }
    }
}

#[test]
fn a_newer_history_is_left_alone() {
    let (_folder, path, _) = closed_history(1);
    other_program(&path)
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(refusal(&path), StoreError::Newer { found: 99, known: 3 });
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_newer_history_with_unfolded_writes_is_left_alone_too() {
    let (_folder, path, _) = closed_history(1);
    let wal = format!("{}-wal", path.display());
    let newer = other_program(&path);
    newer
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let bytes = (fs::read(&path).unwrap(), fs::read(&wal).unwrap());
    assert!(matches!(refusal(&path), StoreError::Newer { found: 99, .. }));
    assert_eq!((fs::read(&path).unwrap(), fs::read(&wal).unwrap()), bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_bytes_are_overwritten_every_call_answers(
        place in 0.0..1.0_f64, noise in prop::collection::vec(any::<u8>(), 1..600)
    ) {
        let (_folder, path, id) = closed_history(600);
        let mut bytes = fs::read(&path).unwrap();
        let start = (place * (bytes.len() - noise.len()) as f64) as usize;
        bytes[start..start + noise.len()].copy_from_slice(&noise);
        fs::write(&path, bytes).unwrap();
        if let Ok(mut history) = SqliteHistory::open(&path) {
            let _ = (history.sessions(None, 50), history.report(&id), history.context(), history.check());
            if let Ok(log) = history.log(&id) {
                prop_assert!(log.len() <= 600);
            }
            let _ = (history.begin(at(1), RUN), history.delete(&id), history.restore(&id));
        }
    }
}
