//! One history for several owners: the coach that writes it and the screen that lists it.
//!
//! Adds no behaviour. Invariant: one call at a time reaches the store inside.

use std::sync::{Arc, Mutex, PoisonError};

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

/// A handle on a store; clones share it.
#[derive(Debug)]
pub struct SharedHistory<Store>(Arc<Mutex<Store>>);

impl<Store> Clone for SharedHistory<Store> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<Store> SharedHistory<Store> {
    /// Shares `store`.
    pub fn new(store: Store) -> Self {
        Self(Arc::new(Mutex::new(store)))
    }

    /// Does `work` with the store while nobody else can.
    pub fn with<Answer>(&self, work: impl FnOnce(&mut Store) -> Answer) -> Answer {
        // A store changes in whole transactions, so a panic elsewhere leaves nothing half done behind the lock.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<Store: HistoryStore> HistoryStore for SharedHistory<Store> {
    fn begin(&mut self, at: Timestamp, kind: SessionKind) -> Result<SessionId, StoreError> {
        self.with(|store| store.begin(at, kind))
    }

    fn append(&mut self, id: &SessionId, entries: &[LogEntry]) -> Result<(), StoreError> {
        self.with(|store| store.append(id, entries))
    }

    fn finish(&mut self, id: &SessionId, report: &SessionReport) -> Result<(), StoreError> {
        self.with(|store| store.finish(id, report))
    }

    fn check_in(&mut self, at: Timestamp, check_in: &CheckIn) -> Result<(), StoreError> {
        self.with(|store| store.check_in(at, check_in))
    }

    fn sessions(&self, before: Option<Timestamp>, limit: u32) -> Result<Vec<SessionRow>, StoreError> {
        self.with(|store| store.sessions(before, limit))
    }

    fn report(&self, id: &SessionId) -> Result<SessionReport, StoreError> {
        self.with(|store| store.report(id))
    }

    fn log(&self, id: &SessionId) -> Result<Vec<LogEntry>, StoreError> {
        self.with(|store| store.log(id))
    }

    fn delete(&mut self, id: &SessionId) -> Result<(), StoreError> {
        self.with(|store| store.delete(id))
    }

    fn restore(&mut self, id: &SessionId) -> Result<(), StoreError> {
        self.with(|store| store.restore(id))
    }

    fn pods(&self) -> Result<Vec<RememberedPod>, StoreError> {
        self.with(|store| store.pods())
    }

    fn remember_pod(&mut self, pod: &RememberedPod) -> Result<(), StoreError> {
        self.with(|store| store.remember_pod(pod))
    }

    fn forget_pod(&mut self, site: Site) -> Result<(), StoreError> {
        self.with(|store| store.forget_pod(site))
    }

    fn context(&self) -> Result<SessionContext, StoreError> {
        self.with(|store| store.context())
    }
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;
    use crate::io::sqlite::SqliteHistory;

    #[test]
    fn clones_see_each_others_sessions_and_are_suspended_together() {
        let shared = SharedHistory::new(SqliteHistory::open_in_memory().unwrap());
        let mut coach = shared.clone();
        let id = coach.begin(Timestamp(7), SessionKind::Run).unwrap();
        assert_eq!(shared.sessions(None, 10).unwrap()[0].id, id);
        shared.with(SqliteHistory::suspend);
        assert_eq!(coach.append(&id, &[]), Err(StoreError::Suspended));
        shared.with(SqliteHistory::resume).unwrap();
        assert_eq!(coach.append(&id, &[]), Ok(()));
    }

    #[test]
    fn a_panic_in_one_owner_leaves_the_history_to_the_others() {
        let shared = SharedHistory::new(SqliteHistory::open_in_memory().unwrap());
        let unlucky = shared.clone();
        let panicked = std::thread::spawn(move || unlucky.with(|_| panic!("elsewhere"))).join();
        assert!(panicked.is_err());
        assert_eq!(shared.sessions(None, 10), Ok(Vec::new()));
    }
}
