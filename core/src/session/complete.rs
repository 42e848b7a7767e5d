//! The log of a session as it would be if the radio had lost nothing: stored blocks that came late, put where they belong.
//!
//! Judges no sample and asks for none. Invariant: every block stands in it once, in the pod's order; what came in time
//! stands as it came; without late blocks the log is unchanged.
//!
//! A late block's own arrival says nothing of when it was measured. It is given the arrival that the blocks around it
//! had: the same delay, in between.

use std::collections::BTreeMap;

use super::{input::Input, log::LogEntry};
use crate::{
    pod::{
        link::LinkEvent,
        protocol::lean_pod::{self, BACKFILL, LIVE},
        site::Site,
    },
    units::Timestamp,
};

/// A block by pod, boot in order of appearance, and number.
type Key = (Site, usize, u32);

/// A block that came in time.
#[derive(Clone, Copy)]
struct InTime {
    arrival: Timestamp,
    stamp_us: u64,
}

/// Whether this is a block that a pod had stored: without one [`complete`] changes nothing.
#[must_use]
pub fn is_stored_block(entry: &LogEntry) -> bool {
    stored(entry).is_some()
}

/// The log with every stored block in its place; the rest as it was.
#[must_use]
pub fn complete(log: &[LogEntry]) -> Vec<LogEntry> {
    let mut boots = Boots::default();
    let mut in_time: BTreeMap<Key, InTime> = BTreeMap::new();
    for entry in log {
        if let Some((at, site, bytes)) = live(entry)
            && let Ok(block) = lean_pod::decode(bytes)
        {
            let key = (site, boots.of(site, block.boot), block.sequence);
            in_time.entry(key).or_insert(InTime {
                arrival: at,
                stamp_us: block.first_sample_us,
            });
        }
    }
    let mut late: BTreeMap<Key, LogEntry> = BTreeMap::new();
    for (site, bytes) in log.iter().filter_map(stored) {
        let Ok(block) = lean_pod::decode(bytes) else {
            continue;
        };
        let key = (site, boots.of(site, block.boot), block.sequence);
        let place = between(&in_time, key, block.first_sample_us);
        if let (false, Some(at)) = (in_time.contains_key(&key), place) {
            let input = Input::Link(LinkEvent::lean_pod_block(site, bytes.to_vec()));
            late.entry(key).or_insert(LogEntry::Input { at, input });
        }
    }
    merge(log, late.into_values().collect())
}

/// Stable by time; a late block goes before what came at its very moment: the block after it did not come sooner.
fn merge(log: &[LogEntry], mut late: Vec<LogEntry>) -> Vec<LogEntry> {
    let at = |entry: &LogEntry| match entry {
        LogEntry::Context(_) => Timestamp(i64::MIN),
        LogEntry::Input { at, .. } => *at,
    };
    late.sort_by_key(at);
    let mut late = late.into_iter().peekable();
    let mut whole = Vec::with_capacity(log.len());
    for entry in log.iter().filter(|entry| stored(entry).is_none()) {
        while let Some(block) = late.next_if(|block| at(block) <= at(entry)) {
            whole.push(block);
        }
        whole.push(entry.clone());
    }
    whole.extend(late);
    whole
}

/// When a block would have come that lies between two of the same boot that did; `None` at the ends.
fn between(in_time: &BTreeMap<Key, InTime>, key: Key, stamp_us: u64) -> Option<Timestamp> {
    let (site, boot, _) = key;
    let (_, before) = in_time.range((site, boot, 0)..key).next_back()?;
    let (_, after) = in_time.range(key..=(site, boot, u32::MAX)).next()?;
    let passed_us = stamp_us.checked_sub(before.stamp_us)? as f64;
    let whole_us = after.stamp_us.checked_sub(before.stamp_us)? as f64;
    let arrived_us = (after.arrival.0 - before.arrival.0) as f64;
    let share = (passed_us / whole_us.max(1.0)).min(1.0);
    Some(Timestamp(before.arrival.0 + (share * arrived_us).round() as i64))
}

fn notification(entry: &LogEntry) -> Option<(Timestamp, &LinkEvent)> {
    match entry {
        LogEntry::Input {
            at,
            input: Input::Link(event),
        } => Some((*at, event)),
        _ => None,
    }
}

fn live(entry: &LogEntry) -> Option<(Timestamp, Site, &[u8])> {
    match notification(entry)? {
        (
            at,
            LinkEvent::Notification {
                site,
                characteristic,
                bytes,
            },
        ) if *characteristic == LIVE => Some((at, *site, bytes)),
        _ => None,
    }
}

fn stored(entry: &LogEntry) -> Option<(Site, &[u8])> {
    match notification(entry)?.1 {
        LinkEvent::Notification {
            site,
            characteristic,
            bytes,
        } if *characteristic == BACKFILL => Some((*site, bytes)),
        _ => None,
    }
}

/// The boots of each pod, in order of appearance: their numbers may wrap.
#[derive(Default)]
struct Boots(Vec<(Site, u16)>);

impl Boots {
    fn of(&mut self, site: Site, boot: u16) -> usize {
        let known = self.0.iter().position(|one| *one == (site, boot));
        known.unwrap_or_else(|| {
            self.0.push((site, boot));
            self.0.len() - 1
        })
    }
}

#[cfg(test)]
mod tests;
