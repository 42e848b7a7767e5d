//! The log of a session as it would be if the radio had lost nothing: what pods had stored and came late, put where it
//! belongs.
//!
//! Judges no sample and asks for none. Invariant: every piece stands in it once, in the pod's order; what came in time
//! stands as it came; without late pieces the log is unchanged.
//!
//! A late piece's own arrival says nothing of when it was measured. It is given the arrival that the pieces around it
//! had: the same delay, in between. Behind the last one that came in time it is given that one's delay, up to the moment
//! when the session ended.

mod pieces;

use std::collections::BTreeMap;

use self::pieces::{InTime, Key, Pieces};
use super::{
    input::{Command, Input},
    log::LogEntry,
};
use crate::units::Timestamp;

/// A stored piece where it belongs.
struct Late {
    at: Timestamp,
    /// Where the piece before it stands in the log.
    behind: usize,
    entry: LogEntry,
}

/// Whether this is of what a pod had stored: without any [`complete`] changes nothing.
#[must_use]
pub fn is_stored_block(entry: &LogEntry) -> bool {
    matches!(entry, LogEntry::Input { input: Input::Link(event), .. } if event.is_stored())
}

/// The log with every stored piece in its place; the rest as it was.
#[must_use]
pub fn complete(log: &[LogEntry]) -> Vec<LogEntry> {
    let Pieces { in_time, stored, .. } = Pieces::of(log);
    let end = log.iter().rev().find_map(|entry| match entry {
        LogEntry::Input {
            at,
            input: Input::Command(Command::Finish),
        } => Some(*at),
        _ => None,
    });
    let mut late: BTreeMap<Key, Late> = BTreeMap::new();
    for piece in stored {
        let place = place(&in_time, piece.key, piece.stamp_us, end);
        if let (false, Some((at, behind))) = (in_time.contains_key(&piece.key), place) {
            let input = Input::Link(piece.event);
            let entry = LogEntry::Input { at, input };
            late.entry(piece.key).or_insert(Late { at, behind, entry });
        }
    }
    merge(log, late.into_values().collect())
}

/// Stable by time; at its very moment a late piece goes directly behind the one before it.
fn merge(log: &[LogEntry], mut late: Vec<Late>) -> Vec<LogEntry> {
    let at = |entry: &LogEntry| match entry {
        LogEntry::Context(_) => Timestamp(i64::MIN),
        LogEntry::Input { at, .. } => *at,
    };
    late.sort_by_key(|piece| piece.at);
    let mut late = late.into_iter().peekable();
    let mut whole = Vec::with_capacity(log.len());
    for (index, entry) in log.iter().enumerate() {
        if is_stored_block(entry) {
            continue;
        }
        while let Some(piece) = late.next_if(|piece| (piece.at, piece.behind) < (at(entry), index)) {
            whole.push(piece.entry);
        }
        whole.push(entry.clone());
    }
    whole.extend(late.map(|piece| piece.entry));
    whole
}

/// When a piece would have come, and behind which; `None` where that cannot be told.
fn place(
    in_time: &BTreeMap<Key, InTime>,
    key: Key,
    stamp_us: u64,
    end: Option<Timestamp>,
) -> Option<(Timestamp, usize)> {
    let (site, boot, _) = key;
    let (_, before) = in_time.range((site, boot, 0)..key).next_back()?;
    let passed_us = stamp_us.checked_sub(before.stamp_us)?;
    let Some((_, after)) = in_time.range(key..=(site, boot, u64::MAX)).next() else {
        let at = Timestamp(before.arrival.0.checked_add_unsigned(passed_us)?);
        return (at <= end?).then_some((at, before.index));
    };
    let whole_us = after.stamp_us.checked_sub(before.stamp_us)? as f64;
    let arrived_us = after.began.0.saturating_sub(before.arrival.0) as f64;
    let share = (passed_us as f64 / whole_us.max(1.0)).min(1.0);
    let at = Timestamp(
        before
            .arrival
            .0
            .saturating_add((share * arrived_us).round() as i64),
    );
    Some((at, before.index))
}

#[cfg(test)]
mod tests;
