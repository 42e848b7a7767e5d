//! A Movesense's log on its way: parts in their order to the packets in it that never came live.
//!
//! Asks for nothing. Invariant: nothing is read behind a part that was lost.

use super::{
    command::{LogbookEntry, log_part},
    log::{DESCRIPTOR, LogReader},
    packet::stamp_us,
    parts::Packets,
};
use crate::pod::backfill::Stamps;

/// One try to fetch a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Fetch {
    pub(super) log: LogbookEntry,
    reader: LogReader,
    /// Where the next part belongs.
    at: u32,
    /// A part was lost, so that nothing behind it can be read.
    pub(super) broken: bool,
    /// Some of it was missing: it is of this run.
    pub(super) fruitful: bool,
}

/// What comes of a part of a log.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Packets that never came live.
    Packets(Vec<Vec<u8>>),
    /// It was the last part.
    End,
}

impl Fetch {
    /// From its begin on; `fruitful` where an earlier try has shown that it is of this run.
    pub(super) fn of(log: LogbookEntry, fruitful: bool) -> Self {
        Self {
            log,
            fruitful,
            ..Self::default()
        }
    }

    /// How much of it came, 0 to 1; `None` where the pod did not tell its size.
    pub(super) fn share(&self) -> Option<f64> {
        (self.log.size > 0).then(|| (f64::from(self.at) / self.log.size as f64).min(1.0))
    }

    /// Takes the next part.
    pub(super) fn take(&mut self, payload: &[u8], stamps: &mut Stamps, packets: &Packets) -> Part {
        let Some((offset, bytes)) = log_part(payload) else {
            return Part::Packets(Vec::new());
        };
        if bytes.is_empty() {
            return Part::End;
        }
        // What comes after a part that was lost joins no packet that was begun before it.
        self.broken |= offset > self.at;
        let mut found = Vec::new();
        if self.broken || offset < self.at {
            return Part::Packets(found);
        }
        let read = self.reader.take(bytes, &mut |chunk| {
            let packet = chunk.payload;
            if chunk.id != DESCRIPTOR
                && packets.is_whole(packet)
                && let Some(stamp_us) = stamp_us(packet)
                && stamps.stored(stamp_us, packets.lasts_us(packet), packet)
            {
                found.push(packet.to_vec());
            }
        });
        self.broken = read.is_err();
        self.at = offset.saturating_add(bytes.len() as u32);
        self.fruitful |= !found.is_empty();
        Part::Packets(found)
    }
}
