//! From any older schema to the newest, in numbered steps.
//!
//! Never goes back. Invariant: a file stands at one version, whole; a step that fails leaves it where it was.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::ports::StoreError;

/// Marks a SQLite file as a Plumbline history: `PLMB` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x504C_4D42;

/// Step *n* (counted from 1) takes a file from version *n* − 1 to *n*. Only ever appended to.
pub(super) const STEPS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("pods.sql"),
    include_str!("pod_logs.sql"),
];

/// Says whether `connection` holds a history that `steps` can bring up to date; writes nothing.
pub(super) fn check(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    let application_id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found = version(connection)?;
    let known = newest(steps);
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let empty = application_id == 0 && found == 0 && objects == 0;
    if application_id != APPLICATION_ID && !empty {
        return Err(StoreError::Damaged("not a Plumbline history".into()));
    }
    // Neither did we ever write, nor would the steps take it on.
    if found < 0 || (found == 0 && objects > 0) {
        return Err(StoreError::Damaged(format!(
            "it says version {found}, which no history has"
        )));
    }
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}

/// Applies the steps that are missing, all or none.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    if version(connection)? == newest(steps) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have brought the file up to date, or past us, while we waited for the lock.
    check(&transaction, steps)?;
    let done = usize::try_from(version(&transaction)?).unwrap_or(0);
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    stamp(&transaction, newest(steps))?;
    Ok(transaction.commit()?)
}

fn stamp(transaction: &Transaction<'_>, version: i64) -> Result<(), StoreError> {
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(transaction.pragma_update(None, "user_version", version)?)
}

/// The version a file has after all `steps`.
fn newest(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn step_1_makes_an_empty_file_a_history() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..1]).unwrap();
        assert_eq!(
            tables(&connection),
            [
                "calibration",
                "check_in",
                "drill_result",
                "log_entry",
                "report",
                "session"
            ]
        );
        assert_eq!(version(&connection).unwrap(), 1);
    }

    #[test]
    fn step_2_remembers_pods_and_keeps_what_was_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..1]).unwrap();
        let before = tables(&connection);
        let insert = "INSERT INTO check_in (at_us, json) VALUES (7, '{}')";
        connection.execute(insert, []).unwrap();
        migrate(&mut connection, &STEPS[..2]).unwrap();
        let added: Vec<_> = tables(&connection)
            .into_iter()
            .filter(|name| !before.contains(name))
            .collect();
        assert_eq!(added, ["pod"]);
        let kept: i64 = connection
            .query_row("SELECT at_us FROM check_in", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, 7);
    }

    #[test]
    fn step_3_keeps_the_pods_that_were_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..2]).unwrap();
        let insert =
            "INSERT INTO pod (site, id, kind, name) VALUES ('chest', '01', 'movesense', 'Movesense')";
        connection.execute(insert, []).unwrap();
        migrate(&mut connection, &STEPS[..3]).unwrap();
        let kept: (String, Option<String>) = connection
            .query_row("SELECT id, logs FROM pod", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, ("01".to_owned(), None));
    }

    #[test]
    fn one_step_at_a_time_and_all_at_once_give_the_same_schema() {
        let mut slowly = Connection::open_in_memory().unwrap();
        for count in 1..=STEPS.len() {
            migrate(&mut slowly, &STEPS[..count]).unwrap();
            assert_eq!(version(&slowly).unwrap(), newest(&STEPS[..count]));
        }
        let mut at_once = Connection::open_in_memory().unwrap();
        migrate(&mut at_once, STEPS).unwrap();
        assert_eq!(schema(&slowly), schema(&at_once));
    }

    #[test]
    fn a_second_time_does_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let changes = connection.total_changes();
        migrate(&mut connection, STEPS).unwrap();
        assert_eq!(connection.total_changes(), changes);
    }

    #[test]
    fn a_later_step_keeps_what_is_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let insert = "INSERT INTO session (id, started_at_us, kind) VALUES (hex(zeroblob(16)), 7, 'run')";
        connection.execute(insert, []).unwrap();
        let with_note = [STEPS, &["ALTER TABLE session ADD COLUMN note TEXT"]].concat();
        migrate(&mut connection, &with_note).unwrap();
        let kept: (i64, Option<String>) = connection
            .query_row("SELECT started_at_us, note FROM session", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, (7, None));
        assert_eq!(version(&connection).unwrap(), newest(&with_note));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_where_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let before = schema(&connection);
        let broken = [STEPS, &["CREATE TABLE half (a); CREATE TABLE session (a)"]].concat();
        assert!(migrate(&mut connection, &broken).is_err());
        assert_eq!(schema(&connection), before);
        assert_eq!(version(&connection).unwrap(), newest(STEPS));
    }
}
