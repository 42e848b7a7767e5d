//! What the outside must do for the core.
//!
//! Does none of it. Invariant: nothing here names a database, a make of radio or a clock of some kind.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    pod::{
        pairing::{RadioEvent, RadioRequest, RememberedPod},
        site::Site,
    },
    session::{input::CheckIn, log::LogEntry, output::SessionKind, report::SessionReport},
    units::Timestamp,
};

/// A stored session's stable name: 128 random bits as 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub String);

/// One line of the history list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Its stable name.
    pub id: SessionId,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it lasted, seconds; `None` while it is open or was cut off.
    pub duration_s: Option<f64>,
    /// A drill or a run.
    pub kind: SessionKind,
    /// The report's one sentence; `None` while there is no report.
    pub headline: Option<String>,
    /// Mean trunk lean of a run, degrees.
    pub trunk_lean_deg: Option<f64>,
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time now; never before an earlier answer of the same clock.
    fn now(&self) -> Timestamp;
}

/// Speaks with pods by radio: requests go in, events are queued with the moment they came. Closes when it is dropped.
pub trait PodLink: Send {
    /// Asks the radio; what comes of it is an event.
    fn submit(&mut self, request: RadioRequest);
    /// The next event, waiting this long for one.
    fn next_event(&mut self, wait: Duration) -> Option<(Timestamp, RadioEvent)>;
}

/// Keeps sessions. Every change is durable when the call returns.
pub trait HistoryStore: Send {
    /// Opens a session and gives it a name.
    fn begin(&mut self, at: Timestamp, kind: SessionKind) -> Result<SessionId, StoreError>;
    /// Appends log entries to an open session, all or none; what a pod had stored of it to a closed one too.
    fn append(&mut self, id: &SessionId, entries: &[LogEntry]) -> Result<(), StoreError>;
    /// Closes a session with its report; a second call replaces the report.
    fn finish(&mut self, id: &SessionId, report: &SessionReport) -> Result<(), StoreError>;
    /// Keeps a check-in that belongs to no session; the same one again changes nothing.
    fn check_in(&mut self, at: Timestamp, check_in: &CheckIn) -> Result<(), StoreError>;
    /// Sessions that began before `before`, newest first, deleted ones left out.
    fn sessions(&self, before: Option<Timestamp>, limit: u32) -> Result<Vec<SessionRow>, StoreError>;
    /// The report of a closed session.
    fn report(&self, id: &SessionId) -> Result<SessionReport, StoreError>;
    /// The whole log of a session, in order.
    fn log(&self, id: &SessionId) -> Result<Vec<LogEntry>, StoreError>;
    /// Hides a session; [`HistoryStore::restore`] brings it back.
    fn delete(&mut self, id: &SessionId) -> Result<(), StoreError>;
    /// Brings a deleted session back.
    fn restore(&mut self, id: &SessionId) -> Result<(), StoreError>;
    /// The paired pods, in the order of [`Site::ALL`].
    fn pods(&self) -> Result<Vec<RememberedPod>, StoreError>;
    /// Keeps a paired pod, in place of any other of its place.
    fn remember_pod(&mut self, pod: &RememberedPod) -> Result<(), StoreError>;
    /// Keeps the pod of this place no longer.
    fn forget_pod(&mut self, site: Site) -> Result<(), StoreError>;
    /// What the coach needs to know of the past: the last calibration, drill results, own references.
    fn context(&self) -> Result<crate::session::log::SessionContext, StoreError>;
}

/// Why the history did not answer; each variant is something a caller can act on.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StoreError {
    /// No such session.
    #[error("no session `{0}` in the history")]
    NotFound(String),
    /// Another program holds the file.
    #[error("the history is in use by another program: close that one, or try again")]
    Busy,
    /// The file or its folder cannot be written.
    #[error("the history cannot be written: {0}")]
    ReadOnly(String),
    /// No space left.
    #[error("no space left for the history: free some and try again")]
    Full,
    /// The file is damaged or no history at all.
    #[error("the history file is damaged or not a history: {0}")]
    Damaged(String),
    /// Written by a later version of this program.
    #[error(
        "the history was written by a newer version (schema {found}, this version knows {known}): update this one"
    )]
    Newer {
        /// Schema of the file.
        found: i64,
        /// Newest schema this version knows.
        known: i64,
    },
    /// The history is suspended; call `resume` first.
    #[error("the history is suspended")]
    Suspended,
    /// Anything else, with what SQLite said.
    #[error("the history failed: {0}")]
    Other(String),
}
