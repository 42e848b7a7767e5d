//! The sessions of the past. Reads the disk: call off the main thread.
//!
//! Keeps nothing itself. Invariant: while the history is suspended every call answers *not now*.

use plumbline_core::{
    io::{shared::SharedHistory, sqlite::SqliteHistory},
    ports::{HistoryStore, SessionId},
    units::Timestamp,
};

use crate::{error::CoachError, report::ReportView, views::SessionRow};

/// What a coach has kept.
#[derive(uniffi::Object)]
pub struct History {
    store: SharedHistory<SqliteHistory>,
}

impl History {
    pub(crate) fn new(store: SharedHistory<SqliteHistory>) -> Self {
        Self { store }
    }
}

#[uniffi::export]
impl History {
    /// Sessions that began before `before_us`, newest first, deleted ones left out; absent begins with the newest.
    pub fn sessions(&self, before_us: Option<i64>, limit: u32) -> Result<Vec<SessionRow>, CoachError> {
        let rows = self.store.sessions(before_us.map(Timestamp), limit)?;
        Ok(rows.into_iter().map(SessionRow::from).collect())
    }

    /// The report of a finished session.
    pub fn report(&self, id: String) -> Result<ReportView, CoachError> {
        Ok(self.store.report(&SessionId(id))?.into())
    }

    /// Hides a session; `restore_session` brings it back.
    pub fn delete_session(&self, id: String) -> Result<(), CoachError> {
        Ok(self.store.clone().delete(&SessionId(id))?)
    }

    /// Brings a deleted session back.
    pub fn restore_session(&self, id: String) -> Result<(), CoachError> {
        Ok(self.store.clone().restore(&SessionId(id))?)
    }
}
