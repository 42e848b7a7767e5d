//! A Movesense's fetched log: chunks of a number, a length and a payload each, behind eight bytes of head.
//!
//! Fetches nothing. Invariant: a chunk handed out lies whole in the bytes; what breaks off is an error.
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

/// Hands out each chunk of a whole log; gives how many bytes were read when it breaks off.
pub fn chunks<'a>(log: &'a [u8], mut each: impl FnMut(Chunk<'a>)) -> Result<(), FrameError> {
    let broken = |rest: &[u8]| FrameError::Length {
        expected: log.len() - rest.len() + 2,
        found: log.len(),
    };
    let (head, mut rest) = log.split_at_checked(HEAD_LENGTH).ok_or(broken(&[]))?;
    if !head.starts_with(HEAD) {
        return Err(FrameError::Format {
            format: head.first().copied().unwrap_or_default(),
        });
    }
    while !rest.is_empty() {
        let (chunk, behind) = chunk(rest).ok_or(broken(rest))?;
        each(chunk);
        rest = behind;
    }
    Ok(())
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
}
