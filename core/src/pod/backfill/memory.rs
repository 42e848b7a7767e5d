//! What is known of a pod's memory, handed from one talk with it to the next.
//!
//! Asks for nothing. Invariant: it outlives a link, not the pairing.

use serde::{Deserialize, Serialize};

use super::{Ledger, Stamps};
use crate::pod::protocol::movesense::command::LogbookEntry;

/// Most logs of ours remembered; the oldest are nobody's then. Ours.
const MOST_LEFT: usize = 16;

/// Of a ring of blocks, or of a log: a pod has one of them at most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// Which blocks came.
    pub blocks: Ledger,
    /// The log that was begun on the pod.
    pub log: StoredLog,
}

/// A log that a pod keeps from the begin of a run to its end, to be fetched as a whole afterwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredLog {
    /// What came live while it is kept.
    pub stamps: Stamps,
    /// Whether the run is over, and what came live afterwards was seen once: later holes are no part of it.
    pub run_over: bool,
    /// It was begun by a program that is gone: nobody knows any more what came live.
    pub stale: bool,
    /// What the next program must know.
    pub own: OwnLogs,
}

/// Which logs on a pod are ours and which are not: it outlives the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLogs {
    /// Whether the pod was told to keep one, agreed, and was not told to end it or did not say that it did.
    pub begun: bool,
    /// Logs that lay there before: not ours.
    pub earlier: Vec<u32>,
    /// Ours that nobody wants any more and that still lie there.
    pub left: Vec<LogbookEntry>,
}

impl OwnLogs {
    /// Notes a log of ours that stays on the pod.
    pub fn leave(&mut self, log: LogbookEntry) {
        if self.left.len() == MOST_LEFT {
            self.left.remove(0);
        }
        self.left.push(log);
    }
}

impl Memory {
    /// That of a pod of which only this is known.
    #[must_use]
    pub fn of_logs(own: OwnLogs) -> Self {
        let log = StoredLog {
            stale: own.begun,
            own,
            ..StoredLog::default()
        };
        Self {
            log,
            ..Self::default()
        }
    }

    /// Whether something came neither live nor afterwards.
    #[must_use]
    pub fn misses_something(&self) -> bool {
        self.blocks.missing().is_some() || self.log.misses_something()
    }
}

impl StoredLog {
    /// Whether something of it came neither live nor afterwards.
    #[must_use]
    pub fn misses_something(&self) -> bool {
        self.own.begun && self.stamps.has_holes()
    }
}
