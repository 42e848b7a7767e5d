//! What is known of a pod's memory, handed from one talk with it to the next.
//!
//! Asks for nothing. Invariant: it outlives a link, not the pairing.

use super::{Ledger, Stamps};

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
    /// Whether the pod was told to keep it, and agreed.
    pub begun: bool,
    /// Whether the run is over, and what came live afterwards was seen once: later holes are no part of it.
    pub run_over: bool,
    /// Logs that lay there before: not ours.
    pub earlier: Vec<u32>,
}

impl Memory {
    /// Whether something came neither live nor afterwards.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.blocks.missing().is_some() || (self.log.begun && self.log.stamps.has_holes())
    }
}
