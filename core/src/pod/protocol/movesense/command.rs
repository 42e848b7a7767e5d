//! Movesense's commands and what comes back on its data characteristic.
//!
//! Sends nothing. Invariant: an answer's parts stand in the bytes.

use serde::{Deserialize, Serialize};

/// A command, with the reference its answers will bear; never 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command<'a> {
    /// Who are you.
    Hello,
    /// Send what this path measures.
    Subscribe(&'a str),
    /// No more of what this reference subscribed.
    Unsubscribe,
    /// Send a log.
    FetchLog(u32),
    /// Tell what stands at this path.
    Get(&'a str),
    /// Erase all logs.
    ClearLogbook,
    /// What to log from now on.
    ConfigureLogger(&'a [&'a str]),
    /// Begin or end logging.
    Log(bool),
    /// The time, microseconds since 1970.
    SetUtc(i64),
}

impl Command<'_> {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self, reference: u8) -> Vec<u8> {
        let (code, data): (u8, Vec<u8>) = match self {
            Self::Hello => (0, Vec::new()),
            Self::Subscribe(path) => (1, terminated(path)),
            Self::Unsubscribe => (2, Vec::new()),
            Self::FetchLog(log) => (3, log.to_le_bytes().to_vec()),
            Self::Get(path) => (4, terminated(path)),
            Self::ClearLogbook => (5, Vec::new()),
            Self::ConfigureLogger(paths) => (6, paths.iter().flat_map(|path| terminated(path)).collect()),
            Self::SetUtc(us) => (8, us.to_le_bytes().to_vec()),
            Self::Log(on) => (9, vec![if *on { 3 } else { 2 }]),
        };
        [vec![code, reference], data].concat()
    }
}

fn terminated(path: &str) -> Vec<u8> {
    let mut bytes = path.as_bytes().to_vec();
    bytes.push(0);
    bytes
}

/// What a notification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notification<'a> {
    /// The answer to a command; to a greeting it has no status.
    Answer {
        /// Of which command.
        reference: u8,
        /// The rest: a status of two bytes, and data.
        rest: &'a [u8],
    },
    /// A packet, or the first part of one.
    Packet {
        /// Of which subscription.
        reference: u8,
        /// The bytes.
        payload: &'a [u8],
    },
    /// What did not fit the notification before.
    Rest {
        /// Of which subscription.
        reference: u8,
        /// The bytes.
        payload: &'a [u8],
    },
}

impl<'a> Notification<'a> {
    /// From its bytes; `None` if it is none of these.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[kind, reference], rest) = bytes.split_first_chunk::<2>()?;
        match kind {
            1 => Some(Self::Answer { reference, rest }),
            2 => Some(Self::Packet {
                reference,
                payload: rest,
            }),
            3 => Some(Self::Rest {
                reference,
                payload: rest,
            }),
            _ => None,
        }
    }
}

/// The status of an answer, in the manner of HTTP. The sample application sends *no room* with its bytes swapped.
#[must_use]
pub fn status(rest: &[u8]) -> Option<(u16, &[u8])> {
    let (&status, data) = rest.split_first_chunk::<2>()?;
    let number = match status {
        [0x01, 0xFB] => NO_ROOM,
        bytes => u16::from_le_bytes(bytes),
    };
    Some((number, data))
}

/// All four subscriptions are taken.
pub const NO_ROOM: u16 = 507;

/// A log on the pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogbookEntry {
    /// Its name.
    pub id: u32,
    /// When it was changed, seconds since 1970 by the pod's clock.
    pub modified_s: u32,
    /// Its size, bytes.
    pub size: u64,
}

/// The logs in the data of an answer to *get `/Mem/Logbook/Entries`*: five bytes of head, then sixteen each.
pub fn logbook(data: &[u8]) -> impl Iterator<Item = LogbookEntry> {
    data.get(5..).unwrap_or_default().as_chunks::<16>().0.iter().map(
        |&[a, b, c, d, e, f, g, h, size @ ..]| LogbookEntry {
            id: u32::from_le_bytes([a, b, c, d]),
            modified_s: u32::from_le_bytes([e, f, g, h]),
            size: u64::from_le_bytes(size),
        },
    )
}

/// A part of a log: where it belongs, and its bytes; no bytes is the end.
#[must_use]
pub fn log_part(payload: &[u8]) -> Option<(u32, &[u8])> {
    let (&offset, bytes) = payload.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(offset), bytes))
}
