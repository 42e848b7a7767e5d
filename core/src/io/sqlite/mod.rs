//! The history in one SQLite file, as `docs/history.md` describes it.
//!
//! Understands no session: it keeps the log, the report and what the coach asks of the past.
//! Invariant: a call that answers `Ok` is on the disk, whole; one that answers an error changed nothing.

mod error;
mod migrations;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, MAIN_DB, OpenFlags, config::DbConfig};

use crate::{
    pod::{pairing::RememberedPod, site::Site},
    ports::{HistoryStore, SessionId, SessionRow, StoreError},
    session::{
        input::CheckIn,
        log::{LogEntry, SessionContext},
        output::SessionKind,
        report::SessionReport,
    },
    units::Timestamp,
};

/// How long a call waits for another program before it answers [`StoreError::Busy`]. Ours: the same 2 s after
/// which data is too old to coach from.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Sessions in a SQLite file, or in memory.
///
/// Reads and writes disk: call it off a shell's main thread.
#[derive(Debug)]
pub struct SqliteHistory {
    /// `None` for a history in memory.
    path: Option<PathBuf>,
    state: State,
}

#[derive(Debug)]
enum State {
    Open(Connection),
    /// Suspended in memory, where the connection *is* the history.
    Aside(Connection),
    /// Suspended on disk: the file is somebody else's until it is opened again.
    Released,
}

impl SqliteHistory {
    /// Opens the history at `path`, and makes it where there is none; its folder must exist.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        Ok(Self {
            path: Some(path.to_path_buf()),
            state: State::Open(open_file(path, BUSY_TIMEOUT)?),
        })
    }

    /// A history that lasts as long as this value.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        let connection = prepare(Connection::open_in_memory()?, BUSY_TIMEOUT)?;
        Ok(Self {
            path: None,
            state: State::Open(connection),
        })
    }

    /// Folds the write-ahead log into the file and lets go of the file and its locks.
    ///
    /// For a phone that is about to sleep: iOS ends an app that holds a lock then. Until
    /// [`SqliteHistory::resume`] every call answers [`StoreError::Suspended`].
    pub fn suspend(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Released) {
            State::Open(connection) if self.path.is_none() => State::Aside(connection),
            State::Open(connection) => {
                release(connection);
                State::Released
            }
            suspended => suspended,
        };
    }

    /// Opens the history again after [`SqliteHistory::suspend`]; does nothing when it is open, and can be tried
    /// again when it fails.
    pub fn resume(&mut self) -> Result<(), StoreError> {
        let state = std::mem::replace(&mut self.state, State::Released);
        self.state = State::Open(match (state, &self.path) {
            (State::Open(connection) | State::Aside(connection), _) => connection,
            (State::Released, Some(path)) => open_file(path, BUSY_TIMEOUT)?,
            (State::Released, None) => return Err(StoreError::Suspended),
        });
        Ok(())
    }

    /// Sessions that were never finished, oldest first, deleted ones left out: the one that is going on, and any
    /// that a crash cut off. A report can be rebuilt from the log of each and given to
    /// [`HistoryStore::finish`].
    pub fn open_sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        read::open_sessions(self.connection()?)
    }

    /// Reads the whole file and says whether it is sound. Takes seconds on a large history.
    pub fn check(&self) -> Result<(), StoreError> {
        read::check(self.connection()?)
    }

    fn connection(&self) -> Result<&Connection, StoreError> {
        match &self.state {
            State::Open(connection) => Ok(connection),
            State::Aside(_) | State::Released => Err(StoreError::Suspended),
        }
    }

    fn connection_mut(&mut self) -> Result<&mut Connection, StoreError> {
        match &mut self.state {
            State::Open(connection) => Ok(connection),
            State::Aside(_) | State::Released => Err(StoreError::Suspended),
        }
    }
}

impl HistoryStore for SqliteHistory {
    fn begin(&mut self, at: Timestamp, kind: SessionKind) -> Result<SessionId, StoreError> {
        write::begin(self.connection()?, at, kind)
    }

    fn append(&mut self, id: &SessionId, entries: &[LogEntry]) -> Result<(), StoreError> {
        write::append(self.connection_mut()?, id, entries)
    }

    fn finish(&mut self, id: &SessionId, report: &SessionReport) -> Result<(), StoreError> {
        write::finish(self.connection_mut()?, id, report)
    }

    fn check_in(&mut self, at: Timestamp, check_in: &CheckIn) -> Result<(), StoreError> {
        write::keep_check_in(self.connection()?, None, at, check_in)
    }

    fn sessions(&self, before: Option<Timestamp>, limit: u32) -> Result<Vec<SessionRow>, StoreError> {
        read::sessions(self.connection()?, before, limit)
    }

    fn report(&self, id: &SessionId) -> Result<SessionReport, StoreError> {
        read::report(self.connection()?, id)
    }

    fn log(&self, id: &SessionId) -> Result<Vec<LogEntry>, StoreError> {
        read::log(self.connection()?, id)
    }

    fn delete(&mut self, id: &SessionId) -> Result<(), StoreError> {
        write::delete(self.connection()?, id)
    }

    fn restore(&mut self, id: &SessionId) -> Result<(), StoreError> {
        write::restore(self.connection()?, id)
    }

    fn pods(&self) -> Result<Vec<RememberedPod>, StoreError> {
        read::pods(self.connection()?)
    }

    fn remember_pod(&mut self, pod: &RememberedPod) -> Result<(), StoreError> {
        write::remember_pod(self.connection()?, pod)
    }

    fn forget_pod(&mut self, site: Site) -> Result<(), StoreError> {
        write::forget_pod(self.connection()?, site)
    }

    fn context(&self) -> Result<SessionContext, StoreError> {
        read::context(self.connection()?)
    }
}

fn open_file(path: &Path, busy_timeout: Duration) -> Result<Connection, StoreError> {
    // Without the URI flag a path is a path, whatever characters it holds.
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // An empty path and SQLite's own names for memory open well, and the sessions would go with the program.
    if connection.path().is_none_or(str::is_empty) {
        return Err(StoreError::Other("the path names no file".into()));
    }
    prepare(connection, busy_timeout)
}

/// Checkpoints and closes. Whatever fails is durable in the write-ahead log already; the next opening folds it in.
fn release(connection: Connection) {
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        log::warn!("history suspended without a checkpoint: {error}");
    }
    if let Err((_, error)) = connection.close() {
        log::warn!("history closed late: {error}");
    }
}

/// Turns a fresh connection into one on an up-to-date history.
fn prepare(mut connection: Connection, busy_timeout: Duration) -> Result<Connection, StoreError> {
    connection.busy_timeout(busy_timeout)?;
    // SQLite opens a file it may not write for reading only, and says so only when asked.
    if connection.is_readonly(MAIN_DB)? {
        return Err(StoreError::ReadOnly("the file is read-only".into()));
    }
    // A file that is refused must stay as it is, its write-ahead log included.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    migrations::check(&connection, migrations::STEPS)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection)?;
    migrations::migrate(&mut connection, migrations::STEPS)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    // The answer is the mode we got: where there is no shared memory it is a rollback journal, just as durable.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // NORMAL may lose the last transactions in a power cut; FULL syncs the log at every commit. We commit about
    // once a second, so it costs little. Apple's plain sync stops short of the disk, hence `fullfsync`.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Android gives an app no folder for temporary files.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A bad page is reported when it is read rather than believed.
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}
