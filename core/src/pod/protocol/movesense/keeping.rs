//! The log that a Movesense keeps of a run: begun and ended with it, and fetched afterwards when something is missing.
//!
//! Streams nothing. Invariant: a log that was there before is never fetched, and nothing is erased while one is that may
//! be somebody else's; the pod fetches no log while it keeps one, so that live data stands before what was stored for as
//! long as the run lasts.
//!
//! Source: as the protocol's; which states allow what by `sensein/movesense-py`'s notes. No device was asked.

use super::{
    COMMAND,
    command::{Command, LogbookEntry, Notification, logbook, status},
    fetching::{Fetch, Part},
    packet::stamp_us,
    parts::Packets,
};
use crate::{
    pod::{
        backfill::{Memory, OwnLogs, StoredLog},
        gatt::GattRequest,
        protocol::talk::write,
    },
    units::Timestamp,
};

/// References of the commands about the log.
const LIST: u8 = 0x21;
const CONFIGURE: u8 = 0x22;
const STATE: u8 = 0x23;
pub(super) const FETCH: u8 = 0x24;
const CLEAR: u8 = 0x25;
/// The reference under which a log's packets are handed on: the pod itself sends nothing under it.
pub(super) const STORED: u8 = 0x2A;

/// Longest wait for an answer or for the next part of a log, seconds. Ours.
const PATIENCE_S: f64 = 10.0;
/// A log is asked for so often, and each of the steps to it. Ours.
const MOST_TRIES: u8 = 3;

/// The packet in a notification that [`Keeping`] handed on; `None` for what the pod sent live.
#[must_use]
pub fn stored(bytes: &[u8]) -> Option<&[u8]> {
    match Notification::parse(bytes) {
        Some(Notification::Packet {
            reference: STORED,
            payload,
        }) => Some(payload),
        _ => None,
    }
}

/// What the pod is asked about its log, over one link.
#[derive(Clone, Debug, Default)]
pub(super) struct Keeping {
    memory: Memory,
    run_goes_on: bool,
    step: Step,
    due: Option<Timestamp>,
    tries: u8,
    /// A packet came over this link: what was lost before it is known.
    heard: bool,
    /// The pod keeps no log of this run: another one uses its logger, or it has none.
    refused: bool,
    /// What was said last of the logs on it.
    told: OwnLogs,
}

#[derive(Clone, Debug, Default)]
enum Step {
    #[default]
    Idle,
    Listing,
    Configuring,
    Starting,
    Ending,
    Finding,
    Fetching(Fetch),
    Clearing,
}

/// What comes of a part of a log.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    pub(super) requests: Vec<GattRequest>,
    /// Packets that never came live.
    pub(super) packets: Vec<Vec<u8>>,
}

impl Keeping {
    pub(super) fn memory(&mut self) -> &mut Memory {
        &mut self.memory
    }

    /// Whether a log of the run is still to be ended, fetched or erased.
    pub(super) fn owes(&self) -> bool {
        let log = &self.memory.log;
        (log.own.begun && !log.stale) || matches!(self.step, Step::Clearing)
    }

    /// How much of the log came, 0 to 1.
    pub(super) fn share(&self) -> Option<f64> {
        match &self.step {
            Step::Fetching(fetch) => fetch.share(),
            _ => None,
        }
    }

    /// What is to be known of the logs on the pod, if it is not what was said last.
    pub(super) fn news(&mut self) -> Option<OwnLogs> {
        let own = &self.memory.log.own;
        if *own == self.told {
            return None;
        }
        self.told.clone_from(own);
        Some(self.told.clone())
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.due
    }

    /// A whole packet came live.
    pub(super) fn live(&mut self, lasts_us: f64, packet: &[u8]) {
        self.heard = true;
        let log = &mut self.memory.log;
        let counts = log.own.begun && !log.run_over && !log.stale;
        if let Some(stamp_us) = stamp_us(packet).filter(|_| counts) {
            log.stamps.live(stamp_us, lasts_us, packet);
            log.run_over = !self.run_goes_on;
        }
    }

    /// A run began or ended; says nothing before the pod streams.
    pub(super) fn run(&mut self, goes_on: bool) {
        let begins = goes_on && !self.run_goes_on;
        if begins && matches!(self.step, Step::Ending | Step::Finding | Step::Fetching(_)) {
            // The run that it belongs to is told as far as it came.
            if let Step::Fetching(Fetch {
                log, fruitful: true, ..
            }) = self.step
            {
                self.memory.log.own.leave(log);
            }
            self.give_up();
        }
        self.refused &= goes_on == self.run_goes_on;
        self.run_goes_on = goes_on;
    }

    /// What is to be asked next, if nothing is asked yet.
    pub(super) fn pursue(&mut self, now: Timestamp) -> Vec<GattRequest> {
        let log = &self.memory.log;
        match (&self.step, self.run_goes_on, log.own.begun) {
            (Step::Idle, true, false) if !self.refused => self.list(now, Step::Listing),
            (Step::Idle, goes_on, true) if self.heard && (!goes_on || log.stale) => {
                self.ask(now, Step::Ending, &Command::Log(false), STATE)
            }
            _ => Vec::new(),
        }
    }

    /// The pod answered one of these commands.
    pub(super) fn answer(
        &mut self,
        now: Timestamp,
        reference: u8,
        rest: &[u8],
        path: &str,
    ) -> Vec<GattRequest> {
        let Some((code, data)) = status(rest) else {
            return Vec::new();
        };
        let done = (200..300).contains(&code);
        match (&self.step, reference) {
            (Step::Listing, LIST) if done => self.listed(now, data, path),
            (Step::Configuring, CONFIGURE) if done => {
                // Should the link break before it agrees, it may be logging all the same.
                self.begin();
                self.ask(now, Step::Starting, &Command::Log(true), STATE)
            }
            (Step::Starting, STATE) if done => self.rest(now),
            (Step::Listing, LIST) | (Step::Configuring, CONFIGURE) | (Step::Starting, STATE) => {
                self.refuse(now)
            }
            // Whatever it answered: a pod that was off keeps no log any more.
            (Step::Ending, STATE) if self.memory.log.stale || self.memory.log.misses_something() => {
                self.list(now, Step::Finding)
            }
            (Step::Ending, STATE) => self.leave(now, true, None),
            (Step::Finding, LIST) => self.found(now, if done { data } else { &[] }),
            (Step::Fetching(_), FETCH) if !done => self.leave(now, false, None),
            (Step::Clearing, CLEAR) => self.rest(now),
            _ => Vec::new(),
        }
    }

    /// What lies there before a log is begun: where it is ours alone, it makes room.
    fn listed(&mut self, now: Timestamp, data: &[u8], path: &str) -> Vec<GattRequest> {
        let own = &mut self.memory.log.own;
        let (ours, earlier): (Vec<_>, Vec<_>) = logbook(data).partition(|log| own.left.contains(log));
        own.earlier = earlier.iter().map(|log| log.id).collect();
        own.left = ours;
        if !own.left.is_empty() && own.earlier.is_empty() {
            return self.clear(now);
        }
        self.ask(
            now,
            Step::Configuring,
            &Command::ConfigureLogger(&[path]),
            CONFIGURE,
        )
    }

    fn begin(&mut self) {
        let mut own = std::mem::take(&mut self.memory.log.own);
        own.begun = true;
        self.memory.log = StoredLog {
            own,
            ..StoredLog::default()
        };
    }

    fn refuse(&mut self, now: Timestamp) -> Vec<GattRequest> {
        self.refused = true;
        self.memory.log.own.begun = false;
        self.rest(now)
    }

    /// What lies there after a log was ended.
    fn found(&mut self, now: Timestamp, data: &[u8]) -> Vec<GattRequest> {
        let StoredLog { own, stale, .. } = &self.memory.log;
        let new = logbook(data).filter(|log| !own.earlier.contains(&log.id) && !own.left.contains(log));
        let new: Vec<LogbookEntry> = new.collect();
        match (new.iter().max_by_key(|log| log.id), stale) {
            // One alone was begun since: it is the one that we began.
            (Some(&log), true) => self.leave(now, new.len() == 1, Some(log).filter(|_| new.len() == 1)),
            (Some(&log), false) => self.fetch(now, Fetch::of(log, false)),
            (None, _) => self.leave(now, false, None),
        }
    }

    /// A part of the log that is fetched.
    pub(super) fn part(&mut self, now: Timestamp, payload: &[u8], packets: &Packets) -> Fetched {
        let Step::Fetching(fetch) = &mut self.step else {
            return Fetched::default();
        };
        self.due = Some(now.plus_seconds(PATIENCE_S));
        match fetch.take(payload, &mut self.memory.log.stamps, packets) {
            Part::Packets(packets) => Fetched {
                packets,
                ..Fetched::default()
            },
            Part::End => {
                // The pod's memory may have been full in mid-packet.
                let whole = !fetch.broken;
                Fetched {
                    requests: self.fetched(now, whole),
                    ..Fetched::default()
                }
            }
        }
    }

    /// Time passed.
    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<GattRequest> {
        if self.due.take_if(|due| *due <= now).is_none() {
            return Vec::new();
        }
        match self.step {
            Step::Listing | Step::Configuring | Step::Starting => self.refuse(now),
            Step::Ending | Step::Finding | Step::Fetching(_) => self.fetched(now, false),
            Step::Idle | Step::Clearing => self.rest(now),
        }
    }

    /// A log was sent to its end, or will not be.
    fn fetched(&mut self, now: Timestamp, whole: bool) -> Vec<GattRequest> {
        self.tries += 1;
        let tried = match &self.step {
            Step::Fetching(fetch) => Some((fetch.log, fetch.fruitful)),
            _ => None,
        };
        let ours = tried.filter(|(_, fruitful)| *fruitful).map(|(log, _)| log);
        if whole || !self.memory.log.misses_something() {
            return self.leave(now, ours.is_some(), ours);
        }
        match tried {
            _ if self.tries >= MOST_TRIES => self.leave(now, false, ours),
            Some((log, fruitful)) => self.fetch(now, Fetch::of(log, fruitful)),
            None => self.rest(now),
        }
    }

    fn fetch(&mut self, now: Timestamp, fetch: Fetch) -> Vec<GattRequest> {
        self.memory.log.stamps.rewind();
        let log = fetch.log.id;
        self.ask(now, Step::Fetching(fetch), &Command::FetchLog(log), FETCH)
    }

    /// Leaves the log; erases it where it is of no use any more, and nothing that may be somebody else's lies there.
    fn leave(&mut self, now: Timestamp, useless: bool, ours: Option<LogbookEntry>) -> Vec<GattRequest> {
        self.give_up();
        if useless && self.memory.log.own.earlier.is_empty() {
            return self.clear(now);
        }
        if let Some(log) = ours {
            self.memory.log.own.leave(log);
        }
        self.rest(now)
    }

    fn clear(&mut self, now: Timestamp) -> Vec<GattRequest> {
        self.memory.log.own.left.clear();
        self.ask(now, Step::Clearing, &Command::ClearLogbook, CLEAR)
    }

    fn give_up(&mut self) {
        self.memory.log.own.begun = false;
        self.memory.log.stale = false;
        self.memory.log.stamps.give_up();
        (self.step, self.due, self.tries) = (Step::Idle, None, 0);
    }

    fn rest(&mut self, now: Timestamp) -> Vec<GattRequest> {
        (self.step, self.due) = (Step::Idle, None);
        self.pursue(now)
    }

    fn list(&mut self, now: Timestamp, step: Step) -> Vec<GattRequest> {
        self.ask(now, step, &Command::Get("/Mem/Logbook/Entries"), LIST)
    }

    fn ask(&mut self, now: Timestamp, step: Step, command: &Command<'_>, reference: u8) -> Vec<GattRequest> {
        self.step = step;
        self.due = Some(now.plus_seconds(PATIENCE_S));
        vec![write(COMMAND, command.bytes(reference))]
    }
}
