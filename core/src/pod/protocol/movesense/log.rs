//! A Movesense's fetched log: chunks of a number, a length and a payload each, behind eight bytes of head.
//!
//! Fetches nothing. Invariant: a chunk handed out lies whole in the bytes; what breaks off is an error; memory is bounded.
//!
//! *Proven* is the framing (the maker's `decode_sbem.py`); *inferred* that a chunk of the path that was logged holds the
//! payload of a live packet, which a capture of both by `sensein/movesense-py` suggests. Which number belongs to which path
//! stands in descriptors that are texts of the firmware, so a log is made of one path alone.

use crate::pod::frame::FrameError;

/// What a log begins with.
const HEAD: &[u8; 4] = b"SBEM";
/// Bytes of the head, version included.
const HEAD_LENGTH: usize = 8;
/// A number or a length that stands in the bytes behind it.
const ESCAPE: u8 = 0xFF;
/// The number of chunks that describe others.
pub const DESCRIPTOR: u16 = 0;

/// One chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// What it holds; [`DESCRIPTOR`] is a description.
    pub id: u16,
    /// Its bytes.
    pub payload: &'a [u8],
}

/// Longest chunk that is waited for, bytes: a packet of 208 Hz is 388. Ours.
const LONGEST: usize = 4096;

/// Hands out each chunk of a whole log; an error when it breaks off.
pub fn chunks(log: &[u8], mut each: impl FnMut(Chunk<'_>)) -> Result<(), FrameError> {
    let mut reader = LogReader::default();
    reader.take(log, &mut each)?;
    if reader.is_between_chunks() {
        Ok(())
    } else {
        Err(FrameError::Length {
            expected: log.len() + 1,
            found: log.len(),
        })
    }
}

/// Reads a log that comes in parts.
#[derive(Clone, Debug, Default)]
pub struct LogReader {
    /// What is not read yet.
    waiting: Vec<u8>,
    past_head: bool,
}

impl LogReader {
    /// Takes the next part; hands out each chunk that is whole now.
    pub fn take(&mut self, part: &[u8], each: &mut dyn FnMut(Chunk<'_>)) -> Result<(), FrameError> {
        self.waiting.extend_from_slice(part);
        let mut rest = &self.waiting[..];
        if !self.past_head {
            let Some((head, behind)) = rest.split_at_checked(HEAD_LENGTH) else {
                return Ok(());
            };
            if !head.starts_with(HEAD) {
                return Err(FrameError::Format {
                    format: head.first().copied().unwrap_or_default(),
                });
            }
            (self.past_head, rest) = (true, behind);
        }
        while let Some((whole, behind)) = chunk(rest) {
            each(whole);
            rest = behind;
        }
        let read = self.waiting.len() - rest.len();
        self.waiting.drain(..read);
        if self.waiting.len() > LONGEST {
            return Err(FrameError::Length {
                expected: LONGEST,
                found: self.waiting.len(),
            });
        }
        Ok(())
    }

    /// Whether nothing is begun that is not whole.
    #[must_use]
    pub fn is_between_chunks(&self) -> bool {
        self.past_head && self.waiting.is_empty()
    }
}

fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (id, rest) = match bytes.split_first()? {
        (&ESCAPE, rest) => {
            let (&id, rest) = rest.split_first_chunk()?;
            (u16::from_le_bytes(id), rest)
        }
        (&id, rest) => (id.into(), rest),
    };
    let (length, rest) = match rest.split_first()? {
        (&ESCAPE, rest) => {
            let (&length, rest) = rest.split_first_chunk()?;
            (u32::from_le_bytes(length), rest)
        }
        (&length, rest) => (length.into(), rest),
    };
    let (payload, behind) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((Chunk { id, payload }, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_numbers_and_lengths_are_read_and_a_break_is_an_error() {
        let mut log = b"SBEM0103".to_vec();
        log.extend([0, 3, b'a', b'b', b'c']);
        log.extend([ESCAPE, 0x2C, 0x01, 2, 7, 8]);
        log.extend([5, ESCAPE, 0x00, 0x01, 0, 0]);
        log.extend([9; 256]);
        let mut found = Vec::new();
        chunks(&log, |chunk| found.push((chunk.id, chunk.payload.len()))).unwrap();
        assert_eq!(found, [(DESCRIPTOR, 3), (300, 2), (5, 256)]);
        let mut whole = 0;
        let broken = chunks(&log[..log.len() - 1], |_| whole += 1);
        assert!(matches!(broken, Err(FrameError::Length { .. })) && whole == 2);
        assert!(chunks(b"ZIP archive", |_| {}).is_err());
        assert!(chunks(b"SBEM", |_| {}).is_err());
    }

    #[test]
    fn a_log_in_parts_gives_the_chunks_of_the_whole_and_keeps_no_more_than_one() {
        let mut log = b"SBEM0103".to_vec();
        for chunk in 0..100_u8 {
            log.extend([5, 196]);
            log.extend([chunk; 196]);
        }
        for length in [1, 7, 150, 1000] {
            let (mut reader, mut found) = (LogReader::default(), Vec::new());
            for part in log.chunks(length) {
                reader
                    .take(part, &mut |chunk| found.push(chunk.payload[0]))
                    .unwrap();
                assert!(reader.waiting.len() < 198);
            }
            assert!(reader.is_between_chunks());
            assert_eq!(found, (0..100).collect::<Vec<_>>(), "parts of {length}");
        }
        let endless = [&b"SBEM0103"[..], &[5, ESCAPE, 0, 0, 0, 0x7F], &[0; 5000]].concat();
        assert!(LogReader::default().take(&endless, &mut |_| {}).is_err());
    }
}
