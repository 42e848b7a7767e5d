//! Killed in mid-write, and put to sleep.

use std::fs;

use super::*;

/// The files a killed process leaves behind: the shared-memory index dies with it.
fn copy_as_left_by_a_kill(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let file = |path: &Path| format!("{}{suffix}", path.display());
        fs::copy(file(from), file(to)).unwrap();
    }
}

fn wal_length(path: &Path) -> u64 {
    fs::metadata(format!("{}-wal", path.display())).map_or(0, |metadata| metadata.len())
}

#[test]
fn a_kill_in_mid_write_keeps_all_that_was_promised_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (path, left) = (folder.path().join("history.db"), folder.path().join("left.db"));
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = history.begin(at(0), RUN).unwrap();
    history.append(&id, &ticks(40)).unwrap();
    let promised = wal_length(&path);

    // A cache of one page makes SQLite write an unfinished transaction out.
    let connection = history.connection().unwrap();
    connection.pragma_update(None, "cache_size", 1).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let insert = "INSERT INTO log_entry (session, sequence, entry) VALUES (1, ?1, zeroblob(2000))";
    for sequence in 40..400 {
        connection.execute(insert, [sequence]).unwrap();
    }
    assert!(
        wal_length(&path) > promised,
        "the unfinished transaction has reached the disk"
    );
    copy_as_left_by_a_kill(&path, &left);

    let history = SqliteHistory::open(&left).unwrap();
    history.check().unwrap();
    assert_eq!(history.log(&id).unwrap(), ticks(40));
    assert_eq!(history.open_sessions().unwrap().len(), 1);
}

#[test]
fn a_torn_last_write_costs_that_write_only() {
    let folder = tempfile::tempdir().unwrap();
    let (path, left) = (folder.path().join("history.db"), folder.path().join("left.db"));
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = history.begin(at(0), RUN).unwrap();
    history.append(&id, &ticks(3)).unwrap();
    let promised = wal_length(&path);
    history.append(&id, &[tick(3)]).unwrap();
    copy_as_left_by_a_kill(&path, &left);
    let torn = u64::midpoint(promised, wal_length(&path));
    fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join("left.db-wal"))
        .and_then(|wal| wal.set_len(torn))
        .unwrap();

    let history = SqliteHistory::open(&left).unwrap();
    history.check().unwrap();
    assert_eq!(history.log(&id).unwrap(), ticks(3));
}

#[test]
fn what_a_call_stored_is_on_the_disk_when_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    let (path, left) = (folder.path().join("history.db"), folder.path().join("left.db"));
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    copy_as_left_by_a_kill(&path, &left);
    assert_eq!(
        SqliteHistory::open(&left).unwrap().report(&id).unwrap().headline,
        "Good."
    );
    let connection = history.connection().unwrap();
    let synchronous: i64 = connection
        .pragma_query_value(None, "synchronous", |row| row.get(0))
        .unwrap();
    assert_eq!(synchronous, 2, "FULL: the log is synced at each commit");
}

#[test]
fn suspended_it_holds_no_file_and_answers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut history = SqliteHistory::open(&path).unwrap();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    history.suspend();
    history.suspend();

    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left, ["history.db"], "the write-ahead log is folded in and gone");
    assert_eq!(history.begin(at(1), RUN), Err(StoreError::Suspended));
    assert_eq!(history.append(&id, &ticks(1)), Err(StoreError::Suspended));
    assert_eq!(
        history.finish(&id, &run_report(at(0), "Good.")),
        Err(StoreError::Suspended)
    );
    assert_eq!(history.sessions(None, 1), Err(StoreError::Suspended));
    assert_eq!(history.report(&id), Err(StoreError::Suspended));
    assert_eq!(history.log(&id), Err(StoreError::Suspended));
    assert_eq!(history.delete(&id), Err(StoreError::Suspended));
    assert_eq!(history.restore(&id), Err(StoreError::Suspended));
    assert_eq!(history.context(), Err(StoreError::Suspended));
    assert_eq!(history.open_sessions(), Err(StoreError::Suspended));
    assert_eq!(history.check(), Err(StoreError::Suspended));

    history.resume().unwrap();
    history.resume().unwrap();
    assert_eq!(history.report(&id).unwrap().headline, "Good.");
    history.begin(at(1), RUN).unwrap();
}

#[test]
fn suspended_while_another_program_reads_it_still_lets_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut history = SqliteHistory::open(&path).unwrap();
    let reader = other_program(&path);
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM session")
        .unwrap();
    history
        .connection()
        .unwrap()
        .busy_timeout(Duration::ZERO)
        .unwrap();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    history.suspend();
    assert_eq!(history.report(&id), Err(StoreError::Suspended));
    history.resume().unwrap();
    assert_eq!(history.report(&id).unwrap().headline, "Good.");
}

#[test]
fn a_history_in_memory_survives_suspension() {
    let mut history = memory();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    history.suspend();
    history.suspend();
    assert_eq!(history.report(&id), Err(StoreError::Suspended));
    history.resume().unwrap();
    assert_eq!(history.report(&id).unwrap().headline, "Good.");
}

#[test]
fn a_file_that_vanished_while_suspended_is_an_error_and_resume_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let mut history = SqliteHistory::open(inner.join("history.db")).unwrap();
    history.suspend();
    fs::remove_dir_all(&inner).unwrap();
    assert!(matches!(history.resume(), Err(StoreError::ReadOnly(_))));
    assert_eq!(history.sessions(None, 1), Err(StoreError::Suspended));
    fs::create_dir(&inner).unwrap();
    history.resume().unwrap();
    assert_eq!(history.sessions(None, 1), Ok(Vec::new()));
}
