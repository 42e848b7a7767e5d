//! The log that a Movesense keeps of a run: begun and ended with it, and fetched afterwards when something is missing.
//!
//! Streams nothing. Invariant: a log that was there before is never fetched, and nothing is erased while one is; the pod
//! fetches no log while it keeps one, so that live data stands before what was stored for as long as the run lasts.
//!
//! Source: as the protocol's; which states allow what by `sensein/movesense-py`'s notes. No device was asked.

use super::{
    COMMAND,
    command::{Command, Notification, log_part, logbook, status},
    log::{DESCRIPTOR, LogReader},
    packet::stamp_ms,
    parts::Packets,
};
use crate::{
    pod::{
        backfill::{Memory, StoredLog},
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

#[derive(Clone, Debug, Default)]
struct Fetch {
    log: u32,
    reader: LogReader,
    /// Where the next part belongs.
    at: u32,
    /// A part was lost, so that nothing behind it can be read.
    broken: bool,
    /// Some of it was missing: it is of this run.
    fruitful: bool,
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

    /// Whether a part of the run is missing, or not known to be there.
    pub(super) fn owes(&self) -> bool {
        let log = &self.memory.log;
        log.begun && (!log.run_over || log.stamps.has_holes())
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.due
    }

    /// A whole packet came live.
    pub(super) fn live(&mut self, lasts_us: f64, packet: &[u8]) {
        self.heard = true;
        let log = &mut self.memory.log;
        if let Some(stamp_us) = stamp_us(packet).filter(|_| log.begun && !log.run_over) {
            log.stamps.live(stamp_us, lasts_us, packet);
            log.run_over = !self.run_goes_on;
        }
    }

    /// A run began or ended; says nothing before the pod streams.
    pub(super) fn run(&mut self, goes_on: bool) {
        if goes_on
            && !self.run_goes_on
            && matches!(self.step, Step::Ending | Step::Finding | Step::Fetching(_))
        {
            // The run that it belongs to is told as far as it came.
            self.give_up();
        }
        self.refused &= goes_on == self.run_goes_on;
        self.run_goes_on = goes_on;
    }

    /// What is to be asked next, if nothing is asked yet.
    pub(super) fn pursue(&mut self, now: Timestamp) -> Vec<GattRequest> {
        match (&self.step, self.run_goes_on, self.memory.log.begun) {
            (Step::Idle, true, false) if !self.refused => self.list(now, Step::Listing),
            (Step::Idle, false, true) if self.heard => {
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
            (Step::Listing, LIST) if done => {
                self.memory.log.earlier = logbook(data).map(|entry| entry.id).collect();
                self.ask(
                    now,
                    Step::Configuring,
                    &Command::ConfigureLogger(&[path]),
                    CONFIGURE,
                )
            }
            (Step::Configuring, CONFIGURE) if done => {
                self.ask(now, Step::Starting, &Command::Log(true), STATE)
            }
            (Step::Starting, STATE) if done => {
                let earlier = std::mem::take(&mut self.memory.log.earlier);
                self.memory.log = StoredLog {
                    begun: true,
                    earlier,
                    ..StoredLog::default()
                };
                self.rest(now)
            }
            (Step::Listing, LIST) | (Step::Configuring, CONFIGURE) | (Step::Starting, STATE) => {
                self.refused = true;
                self.rest(now)
            }
            // Whatever it answered: a pod that was off keeps no log any more.
            (Step::Ending, STATE) if self.memory.owes() => self.list(now, Step::Finding),
            (Step::Ending, STATE) => self.leave(now, true),
            (Step::Finding, LIST) => {
                let earlier = &self.memory.log.earlier;
                let ours = logbook(data).map(|entry| entry.id);
                match ours.filter(|id| done && !earlier.contains(id)).max() {
                    Some(log) => self.fetch(now, log),
                    None => self.leave(now, false),
                }
            }
            (Step::Fetching(_), FETCH) if !done => self.leave(now, false),
            (Step::Clearing, CLEAR) => self.rest(now),
            _ => Vec::new(),
        }
    }

    /// A part of the log that is fetched.
    pub(super) fn part(&mut self, now: Timestamp, payload: &[u8], packets: &Packets) -> Fetched {
        let Step::Fetching(fetch) = &mut self.step else {
            return Fetched::default();
        };
        self.due = Some(now.plus_seconds(PATIENCE_S));
        let Some((offset, bytes)) = log_part(payload) else {
            return Fetched::default();
        };
        if bytes.is_empty() {
            // The pod's memory may have been full in mid-packet.
            let whole = !fetch.broken;
            return Fetched {
                requests: self.fetched(now, whole),
                ..Fetched::default()
            };
        }
        // What comes after a part that was lost joins no packet that was begun before it.
        fetch.broken |= offset > fetch.at;
        if fetch.broken || offset < fetch.at {
            return Fetched::default();
        }
        let stamps = &mut self.memory.log.stamps;
        let mut found = Vec::new();
        let read = fetch.reader.take(bytes, &mut |chunk| {
            let packet = chunk.payload;
            if chunk.id != DESCRIPTOR
                && packets.is_whole(packet)
                && let Some(stamp_us) = stamp_us(packet)
                && stamps.stored(stamp_us, packets.lasts_us(packet), packet)
            {
                found.push(packet.to_vec());
            }
        });
        fetch.broken = read.is_err();
        fetch.at = offset.saturating_add(bytes.len() as u32);
        fetch.fruitful |= !found.is_empty();
        Fetched {
            packets: found,
            ..Fetched::default()
        }
    }

    /// Time passed.
    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<GattRequest> {
        if self.due.take_if(|due| *due <= now).is_none() {
            return Vec::new();
        }
        match self.step {
            Step::Listing | Step::Configuring | Step::Starting => {
                self.refused = true;
                self.rest(now)
            }
            Step::Ending | Step::Finding | Step::Fetching(_) => self.fetched(now, false),
            Step::Idle | Step::Clearing => self.rest(now),
        }
    }

    /// A log was sent to its end, or will not be.
    fn fetched(&mut self, now: Timestamp, whole: bool) -> Vec<GattRequest> {
        self.tries += 1;
        if whole || !self.memory.owes() {
            let ours = matches!(self.step, Step::Fetching(Fetch { fruitful: true, .. }));
            return self.leave(now, ours);
        }
        if self.tries >= MOST_TRIES {
            return self.leave(now, false);
        }
        match self.step {
            Step::Fetching(Fetch { log, .. }) => self.fetch(now, log),
            _ => self.rest(now),
        }
    }

    fn fetch(&mut self, now: Timestamp, log: u32) -> Vec<GattRequest> {
        self.memory.log.stamps.rewind();
        let fetch = Fetch {
            log,
            ..Fetch::default()
        };
        self.ask(now, Step::Fetching(fetch), &Command::FetchLog(log), FETCH)
    }

    /// Leaves the log; erases it where it is of no use any more, and nothing else lies there.
    fn leave(&mut self, now: Timestamp, done: bool) -> Vec<GattRequest> {
        self.give_up();
        if done && self.memory.log.earlier.is_empty() {
            return self.ask(now, Step::Clearing, &Command::ClearLogbook, CLEAR);
        }
        self.rest(now)
    }

    fn give_up(&mut self) {
        self.memory.log.begun = false;
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

fn stamp_us(packet: &[u8]) -> Option<u64> {
    stamp_ms(packet).map(|stamp_ms| u64::from(stamp_ms) * 1000)
}
