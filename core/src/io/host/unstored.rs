//! A session as far as it is not stored.
//!
//! Knows nothing of when to try. Invariant: what the store took is no longer here, so that no try stores it twice.

use crate::{
    ports::{HistoryStore, SessionId, StoreError},
    session::{log::LogEntry, output::SessionKind, report::SessionReport},
    units::Timestamp,
};

/// What the store does not have yet.
pub(super) struct Unstored {
    at: Timestamp,
    kind: SessionKind,
    /// `None` until the store took the begin.
    id: Option<SessionId>,
    /// Inputs in order, oldest first.
    pub(super) entries: Vec<LogEntry>,
    /// `None` while the session goes on.
    pub(super) report: Option<Box<SessionReport>>,
}

impl Unstored {
    pub(super) fn new(at: Timestamp, kind: SessionKind) -> Self {
        Self {
            at,
            kind,
            id: None,
            entries: Vec::new(),
            report: None,
        }
    }

    /// A session that is stored, and gets an input that came late.
    pub(super) fn late(id: SessionId, entry: LogEntry) -> Self {
        let blank = Self::new(Timestamp::default(), SessionKind::Run);
        Self {
            id: Some(id),
            entries: vec![entry],
            ..blank
        }
    }

    /// A session that is stored, and gets another report.
    pub(super) fn again(id: SessionId, report: Box<SessionReport>) -> Self {
        let blank = Self::new(report.started_at, report.kind);
        Self {
            id: Some(id),
            report: Some(report),
            ..blank
        }
    }

    /// Whether there is anything to store.
    pub(super) fn waiting(&self) -> bool {
        self.id.is_none() || !self.entries.is_empty() || self.report.is_some()
    }

    /// Stores what waits; answers the name once the report is stored.
    pub(super) fn store(&mut self, store: &mut dyn HistoryStore) -> Result<Option<SessionId>, StoreError> {
        let id = match self.id.take() {
            Some(id) => id,
            None => store.begin(self.at, self.kind)?,
        };
        let id = self.id.insert(id);
        if !self.entries.is_empty() {
            store.append(id, &self.entries)?;
            self.entries.clear();
        }
        let Some(report) = &self.report else {
            return Ok(None);
        };
        store.finish(id, report)?;
        Ok(Some(id.clone()))
    }
}
