//! Which blocks of a pod came, and which did not.
//!
//! Asks for nothing. Invariant: memory is bounded, and a block counts once.

use crate::pod::protocol::lean_pod::control::{BlockName, BlockRange};

/// Most boots remembered: a pod that starts again more often in one run is broken.
const MOST_BOOTS: usize = 4;
/// Most holes remembered in a boot; the oldest are given up.
const MOST_HOLES: usize = 256;
/// Most blocks worth asking for in one hole: 30 minutes at 104 Hz. Ours; of a longer hole the newest are kept.
const LONGEST_HOLE: u32 = 14_400;

/// The blocks that came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    boots: Vec<Boot>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Boot {
    number: u16,
    newest: u32,
    /// Ascending, both ends included, never touching.
    holes: Vec<(u32, u32)>,
}

impl Ledger {
    /// Notes a block; whether it is new.
    pub fn receive(&mut self, block: BlockName) -> bool {
        let Some(boot) = self.boots.iter_mut().find(|boot| boot.number == block.boot) else {
            self.begin(block);
            return true;
        };
        if block.sequence > boot.newest {
            if block.sequence > boot.newest + 1 {
                boot.open(boot.newest + 1, block.sequence - 1);
            }
            boot.newest = block.sequence;
            return true;
        }
        boot.close(block.sequence, block.sequence)
    }

    /// The oldest hole.
    #[must_use]
    pub fn missing(&self) -> Option<BlockRange> {
        self.boots.iter().find_map(|boot| {
            let &(first, last) = boot.holes.first()?;
            Some(BlockRange {
                boot: boot.number,
                first,
                last,
            })
        })
    }

    /// How many blocks are missing.
    #[must_use]
    pub fn missing_blocks(&self) -> u64 {
        let holes = self.boots.iter().flat_map(|boot| &boot.holes);
        holes.map(|&(first, last)| u64::from(last - first) + 1).sum()
    }

    /// The first block of a range that is missing.
    #[must_use]
    pub fn first_missing_of(&self, range: BlockRange) -> Option<u32> {
        let boot = self.boots.iter().find(|boot| boot.number == range.boot)?;
        let hole = boot.holes.iter().find(|&&(_, last)| last >= range.first)?;
        Some(hole.0.max(range.first)).filter(|first| *first <= range.last)
    }

    /// These will never come.
    pub fn give_up(&mut self, range: BlockRange) {
        if let Some(boot) = self.boots.iter_mut().find(|boot| boot.number == range.boot) {
            boot.close(range.first, range.last);
        }
    }

    /// A pod that began again in our hearing also measured before its first block that came.
    fn begin(&mut self, block: BlockName) {
        let mut boot = Boot {
            number: block.boot,
            newest: block.sequence,
            holes: Vec::new(),
        };
        if !self.boots.is_empty() && block.sequence > 0 {
            boot.open(0, block.sequence - 1);
        }
        if self.boots.len() == MOST_BOOTS {
            self.boots.remove(0);
        }
        self.boots.push(boot);
    }
}

impl Boot {
    fn open(&mut self, first: u32, last: u32) {
        self.holes
            .push((first.max(last.saturating_sub(LONGEST_HOLE - 1)), last));
        self.keep_the_newest();
    }

    /// A block in the middle of a hole makes two of it, so that closing one opens another.
    fn keep_the_newest(&mut self) {
        let over = self.holes.len().saturating_sub(MOST_HOLES);
        self.holes.drain(..over);
    }

    /// Takes blocks out of the holes; whether any was in one.
    fn close(&mut self, first: u32, last: u32) -> bool {
        let touched = |hole: &(u32, u32)| hole.0 <= last && first <= hole.1;
        let any = self.holes.iter().any(touched);
        if any {
            self.holes = self
                .holes
                .iter()
                .flat_map(|&hole| {
                    let below = (touched(&hole) && hole.0 < first).then(|| (hole.0, first - 1));
                    let above = (touched(&hole) && last < hole.1).then(|| (last + 1, hole.1));
                    let whole = (!touched(&hole)).then_some(hole);
                    [below, whole, above].into_iter().flatten()
                })
                .collect();
            self.keep_the_newest();
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn block(boot: u16, sequence: u32) -> BlockName {
        BlockName { boot, sequence }
    }

    #[test]
    fn what_came_before_the_first_block_is_no_hole() {
        let mut ledger = Ledger::default();
        assert!(ledger.receive(block(7, 1000)));
        assert_eq!(ledger.missing(), None);
    }

    #[test]
    fn a_pod_that_began_again_is_asked_from_its_first_block_on() {
        let mut ledger = Ledger::default();
        ledger.receive(block(7, 1000));
        ledger.receive(block(8, 3));
        let range = BlockRange {
            boot: 8,
            first: 0,
            last: 2,
        };
        assert_eq!(ledger.missing(), Some(range));
    }

    #[test]
    fn holes_stay_bounded_when_the_pod_sends_every_other_block() {
        let mut ledger = Ledger::default();
        ledger.receive(block(7, 0));
        ledger.receive(block(7, 4 * MOST_HOLES as u32));
        for sequence in 1..2 * MOST_HOLES as u32 {
            ledger.receive(block(7, 2 * sequence));
            assert!(ledger.boots[0].holes.len() <= MOST_HOLES);
        }
        let newest = 4 * MOST_HOLES as u32;
        for ahead in 1..100 {
            ledger.receive(block(7, newest + 2 * ahead));
            assert!(ledger.boots[0].holes.len() <= MOST_HOLES);
        }
        assert_eq!(ledger.boots[0].holes.last(), Some(&(newest + 197, newest + 197)));
    }

    #[test]
    fn of_a_hole_longer_than_half_an_hour_the_newest_blocks_are_asked_for() {
        let mut ledger = Ledger::default();
        ledger.receive(block(7, 0));
        ledger.receive(block(7, 1_000_000));
        assert_eq!(ledger.missing_blocks(), u64::from(LONGEST_HOLE));
        assert_eq!(ledger.missing().map(|range| range.last), Some(999_999));
    }

    proptest! {
        #[test]
        fn blocks_in_any_order_leave_the_holes_that_a_set_would(sequences in proptest::collection::vec(0_u32..60, 1..80)) {
            let mut ledger = Ledger::default();
            let mut came = BTreeSet::new();
            let first = sequences[0];
            for sequence in sequences {
                let new = ledger.receive(block(1, sequence));
                // Before the first block nobody listened: such a block is not new.
                prop_assert_eq!(new, sequence >= first && came.insert(sequence));
            }
            let newest = came.last().copied().unwrap_or(first);
            let missing = (first..=newest).filter(|sequence| !came.contains(sequence));
            prop_assert_eq!(ledger.missing_blocks(), missing.clone().count() as u64);
            prop_assert_eq!(ledger.missing().map(|range| range.first), missing.clone().next());
            while let Some(range) = ledger.missing() {
                ledger.give_up(range);
            }
            prop_assert_eq!(ledger.missing_blocks(), 0);
        }
    }
}
