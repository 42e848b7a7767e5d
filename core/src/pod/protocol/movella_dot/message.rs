//! A DOT's messages of recording and synchronisation: number, length, data, checksum.
//!
//! Sends nothing. Invariant: a message whose bytes do not add up to zero is refused.

use crate::pod::frame::FrameError;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Recording and its export.
    Recording = 1,
    /// Synchronisation of several pods.
    Synchronisation = 2,
}

/// Recording: what is asked.
pub mod recording {
    /// Whether it records.
    pub const STATE: u8 = 0x02;
    /// Begin; the pod's time and a length in seconds follow.
    pub const START: u8 = 0x40;
    /// End.
    pub const STOP: u8 = 0x41;
    /// Tell of a file.
    pub const FILE_INFO: u8 = 0x60;
    /// Send a file.
    pub const FILE_DATA: u8 = 0x70;
    /// There is no such file.
    pub const NO_FILE: u8 = 0x63;
    /// A packet of a file.
    pub const FILE_PACKET: u8 = 0x71;
    /// A file was sent.
    pub const FILE_DONE: u8 = 0x72;
    /// A packet whose bytes are damaged in the pod's memory.
    pub const DAMAGED_PACKET: u8 = 0x76;
    /// Choose the columns of what is sent.
    pub const SELECT: u8 = 0x74;
    /// Send again from this packet on.
    pub const RESEND: u8 = 0x75;
}

/// Columns of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The stamp.
    Stamp = 0x00,
    /// Acceleration.
    Acceleration = 0x07,
    /// Turning rate.
    AngularVelocity = 0x08,
}

/// A message as it lies in its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// What it is about; [`Topic`] names those known.
    pub topic: u8,
    /// Its data: what is asked or answered, and more.
    pub data: &'a [u8],
}

impl<'a> Message<'a> {
    /// From its bytes; more may follow the checksum.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let short = |expected| FrameError::Length {
            expected,
            found: bytes.len(),
        };
        let (&[topic, length], rest) = bytes.split_first_chunk::<2>().ok_or(short(3))?;
        let length = usize::from(length);
        let whole = rest.get(..=length).ok_or(short(3 + length))?;
        let (_checksum, data) = whole.split_last().ok_or(short(3 + length))?;
        let head = topic.wrapping_add(length as u8);
        let sum = whole.iter().fold(head, |sum, &byte| sum.wrapping_add(byte));
        if sum != 0 {
            return Err(FrameError::Checksum);
        }
        Ok(Self { topic, data })
    }

    /// Its bytes. Data beyond 157 bytes is left out: a message holds 160.
    #[must_use]
    pub fn bytes(topic: Topic, data: &[u8]) -> Vec<u8> {
        let data = data.get(..157).unwrap_or(data);
        let mut bytes = vec![topic as u8, data.len() as u8];
        bytes.extend_from_slice(data);
        let sum = bytes.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(byte));
        bytes.push(sum.wrapping_neg());
        bytes
    }
}

/// Begins a recording that ends when told to, on a pod told that it is `utc_s` seconds since 1970.
#[must_use]
pub fn start_recording(utc_s: u32) -> Vec<u8> {
    let [a, b, c, d] = utc_s.to_le_bytes();
    Message::bytes(Topic::Recording, &[recording::START, a, b, c, d, 0xFF, 0xFF])
}

/// Chooses stamp, acceleration and turning rate for what will be sent.
#[must_use]
pub fn select_motion() -> Vec<u8> {
    let columns = [Column::Stamp, Column::Acceleration, Column::AngularVelocity];
    let data: Vec<u8> = [recording::SELECT]
        .into_iter()
        .chain(columns.map(|column| column as u8))
        .collect();
    Message::bytes(Topic::Recording, &data)
}

/// Asks for a file's data.
#[must_use]
pub fn request_file(file: u8) -> Vec<u8> {
    Message::bytes(Topic::Recording, &[recording::FILE_DATA, file])
}

/// Starts synchronisation with the pod of this address as the root.
#[must_use]
pub fn start_synchronisation(root: [u8; 6]) -> Vec<u8> {
    let mut data = vec![0x01];
    data.extend(root.iter().rev());
    Message::bytes(Topic::Synchronisation, &data)
}
