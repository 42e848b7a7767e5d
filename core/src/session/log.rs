//! The log of inputs a session is rebuilt from.
//!
//! Stores nothing itself. Invariant: an entry decodes to exactly what was encoded.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{input::Input, plan::Course};
use crate::{body::mount::Mounting, lean::band::OwnReference, pod::site::Site, units::Timestamp};

/// One entry of a session's log; the first is always a [`LogEntry::Context`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LogEntry {
    /// What the coach knew when the session began.
    Context(Box<SessionContext>),
    /// An input and when it came.
    Input {
        /// When.
        at: Timestamp,
        /// What.
        input: Input,
    },
}

/// Everything outside the log that a session's outcome depends on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionContext {
    /// The runner's language, a BCP 47 tag.
    pub language: String,
    /// The lean model's name and version.
    pub model: String,
    /// The pods that were connected.
    pub connected: Vec<Site>,
    /// When the neutral poses below were taken.
    pub calibrated_at: Option<Timestamp>,
    /// The last calibration of each pod.
    pub mounts: Vec<(Site, Mounting)>,
    /// The runner's own references.
    pub own: OwnReference,
    /// Everything that happened so far, as far as the coach looks back.
    pub course: Course,
}

/// Why a stored entry cannot be read.
#[derive(Debug, Error)]
#[error("failed to read a log entry: {0}")]
pub struct LogError(#[from] postcard::Error);

impl LogEntry {
    /// The entry as bytes (postcard).
    pub fn to_bytes(&self) -> Result<Vec<u8>, LogError> {
        Ok(postcard::to_stdvec(self)?)
    }

    /// The entry back from its bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LogError> {
        Ok(postcard::from_bytes(bytes)?)
    }
}
