//! Which blocks of a pod never came, and how they are asked for.
//!
//! Knows names of blocks, not their samples. Invariant: a block is asked for only while it is missing, and what a pod
//! does not keep any more is given up, so that every request ends.

mod ledger;
mod memory;
mod stamps;

pub use ledger::Ledger;
pub use memory::{Memory, OwnLogs, StoredLog};
pub use stamps::{BACK_US, Stamps};

use super::protocol::lean_pod::control::{Answer, BlockName, BlockRange, Request, Status};
use crate::units::Timestamp;

/// Blocks the pod may send before more are granted: a second's worth at 208 Hz, so that Live never waits long. Ours.
const CREDIT: u16 = 16;
/// After so many the credit is renewed: the pod never runs dry. Ours.
const RENEW_AFTER: u16 = 8;
/// A request is given up when nothing came for so long, seconds. Ours.
const PATIENCE_S: f64 = 5.0;
/// And asked again this often without a single new block. Ours.
const MOST_TRIES: u8 = 3;
/// A busy pod is asked again after this long, seconds. Ours.
const BUSY_S: f64 = 1.0;

/// Asks one pod for its missing blocks over one link.
#[derive(Clone, Debug, Default)]
pub struct Backfill {
    memory: Memory,
    /// Control answers and Backfill's blocks come.
    ready: bool,
    /// No stored block will come over this link.
    refused: bool,
    reference: u8,
    job: Option<Job>,
    /// Requests that brought nothing, one after the other.
    vain: u8,
    not_before: Option<Timestamp>,
    /// To be written to Control, the next one first.
    due: Vec<Vec<u8>>,
}

/// A request that is going on.
#[derive(Clone, Copy, Debug)]
struct Job {
    reference: u8,
    range: BlockRange,
    heard_at: Timestamp,
    unacknowledged: u16,
    fruitful: bool,
}

impl Backfill {
    /// What is known of the blocks that came; to be handed to the next link's.
    #[must_use]
    pub fn memory(&mut self) -> &mut Memory {
        &mut self.memory
    }

    /// Whether missing blocks are asked for, or will be.
    #[must_use]
    pub fn owes(&self) -> bool {
        !self.refused && self.memory.misses_something()
    }

    /// From now on answers and stored blocks come.
    pub fn ready(&mut self, now: Timestamp) {
        self.ready = !self.refused;
        self.ask(now);
    }

    /// This pod offers no stored blocks.
    pub fn refuse(&mut self) {
        (self.ready, self.refused) = (false, true);
        self.job = None;
    }

    /// A block came over Live.
    pub fn live(&mut self, now: Timestamp, block: BlockName) {
        self.memory.blocks.receive(block);
        self.ask(now);
    }

    /// A block came over Backfill.
    pub fn stored(&mut self, now: Timestamp, block: BlockName) {
        let new = self.memory.blocks.receive(block);
        let Some(job) = &mut self.job else { return };
        job.heard_at = now;
        job.fruitful |= new;
        job.unacknowledged += 1;
        if job.unacknowledged >= RENEW_AFTER {
            job.unacknowledged = 0;
            self.acknowledge();
        }
    }

    /// The pod answered a request.
    pub fn answer(&mut self, now: Timestamp, bytes: &[u8]) {
        let Ok(answer) = Answer::decode(bytes) else { return };
        let Some(job) = self.job.filter(|job| job.reference == answer.reference) else {
            return;
        };
        if let Some(oldest) = answer.oldest_kept.filter(|oldest| oldest.boot == job.range.boot)
            && oldest.sequence > job.range.first
        {
            self.memory.blocks.give_up(BlockRange {
                last: (oldest.sequence - 1).min(job.range.last),
                ..job.range
            });
        }
        match answer.status {
            Status::Done => {
                if let Some(job) = &mut self.job {
                    job.heard_at = now;
                }
                return;
            }
            Status::Busy => self.not_before = Some(now.plus_seconds(BUSY_S)),
            // What the pod kept it has sent; what is still missing was lost on the way, unless nothing came at all.
            Status::Ended if job.fruitful => self.vain = 0,
            Status::NothingKept | Status::BadParameter | Status::Ended => {
                self.memory.blocks.give_up(job.range);
            }
            _ => return self.refuse(),
        }
        self.job = None;
        self.ask(now);
    }

    /// When to come back with [`Backfill::tick`].
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let silence = self.job.map(|job| job.heard_at.plus_seconds(PATIENCE_S));
        silence.into_iter().chain(self.not_before).min()
    }

    /// Time passed.
    pub fn tick(&mut self, now: Timestamp) {
        self.not_before.take_if(|at| *at <= now);
        if self
            .job
            .is_some_and(|job| job.heard_at.plus_seconds(PATIENCE_S) <= now)
        {
            let fruitful = self.job.take().is_some_and(|job| job.fruitful);
            self.vain = if fruitful { 0 } else { self.vain + 1 };
            let reference = self.next_reference();
            self.due.push(Request::StopBackfill.encode(reference));
            if self.vain >= MOST_TRIES {
                return self.refuse();
            }
        }
        self.ask(now);
    }

    /// What is to be written to Control now.
    pub fn take_requests(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.due)
    }

    fn ask(&mut self, now: Timestamp) {
        if !self.ready || self.job.is_some() || self.not_before.is_some_and(|at| at > now) {
            return;
        }
        let Some(range) = self.memory.blocks.missing() else {
            return;
        };
        let reference = self.next_reference();
        let request = Request::Backfill {
            ranges: vec![range],
            credit: CREDIT,
        };
        self.due.push(request.encode(reference));
        self.job = Some(Job {
            reference,
            range,
            heard_at: now,
            unacknowledged: 0,
            fruitful: false,
        });
    }

    fn acknowledge(&mut self) {
        let Some(job) = self.job else { return };
        let first_missing = self.memory.blocks.first_missing_of(job.range);
        let whole = first_missing.map_or(job.range.last.checked_add(1), Some);
        let reference = self.next_reference();
        let request = if let Some(sequence) = whole.and_then(|after| after.checked_sub(1)) {
            Request::Acknowledge {
                received_up_to: BlockName {
                    boot: job.range.boot,
                    sequence,
                },
                credit: CREDIT,
            }
        } else {
            // Not even the first block of a boot came: nothing can be acknowledged, so begin again.
            self.job = None;
            Request::StopBackfill
        };
        self.due.push(request.encode(reference));
    }

    fn next_reference(&mut self) -> u8 {
        self.reference = self.reference.wrapping_add(1);
        self.reference
    }
}

#[cfg(test)]
mod tests;
