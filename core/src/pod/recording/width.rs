//! A reader that gives up on a line without end, and ends the last line where the file does not.
//!
//! Invariant: what reads through it never has to hold more than one row and one buffer, and sees every line ended.

use std::io::{Error, ErrorKind, Read, Result};

use thiserror::Error;

/// Longest line, bytes: seven numbers of any spelling fit many times over.
pub(super) const LONGEST_LINE: usize = 4096;

/// A line went beyond [`LONGEST_LINE`].
#[derive(Clone, Copy, Debug, Error)]
#[error("a line is too long")]
pub(super) struct TooWide;

/// Passes bytes on and counts those since the last end of line.
pub(super) struct NarrowReader<R> {
    inner: R,
    line: usize,
    open: bool,
}

impl<R: Read> NarrowReader<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            line: 0,
            open: false,
        }
    }
}

impl<R> NarrowReader<R> {
    /// Whether the last line had no end, as where a recorder was switched off while it wrote.
    pub(super) fn ends_open(&self) -> bool {
        self.open
    }
}

impl<R: Read> Read for NarrowReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut count = self.inner.read(buffer)?;
        if let (0, true, Some(first)) = (count, self.line > 0, buffer.first_mut()) {
            *first = b'\n';
            self.open = true;
            count = 1;
        }
        for &byte in buffer.iter().take(count) {
            self.line = if byte == b'\n' { 0 } else { self.line + 1 };
            if self.line > LONGEST_LINE {
                return Err(Error::new(ErrorKind::InvalidData, TooWide));
            }
        }
        Ok(count)
    }
}
