//! Which frames of a pod that stamps and does not number them never came, and which of a log belong in their place.
//!
//! Asks for nothing. Invariant: a frame of a log is taken only behind a frame that came live too, byte for byte, so that
//! no other session's log and no other pod's fills a hole; each is taken once; memory is bounded.

use std::collections::VecDeque;

/// Most holes remembered; the oldest are given up. Ours.
const MOST_HOLES: usize = 128;
/// A stamp this many times further on than the frame before lasts leaves a hole: less is jitter. Ours.
const HOLE: f64 = 1.5;
/// A stamp so far back is an old frame once more; further, the pod's clock began again, microseconds. As the clock has it.
pub const BACK_US: u64 = 2_000_000;

/// A frame that came: its stamp at the first sample, microseconds, how long it lasts, and its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Frame {
    stamp_us: u64,
    lasts_us: f64,
    bytes: Vec<u8>,
}

/// Between two frames that came.
#[derive(Clone, Debug, PartialEq)]
struct Hole {
    before: Frame,
    after_us: u64,
    /// The newest frame taken into it.
    taken_us: u64,
    /// The log that is being read holds the frame before.
    vouched: bool,
}

/// The frames that came live, as far as holes are between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamps {
    newest: Option<Frame>,
    holes: VecDeque<Hole>,
}

impl Stamps {
    /// Notes a frame that came live.
    pub fn live(&mut self, stamp_us: u64, lasts_us: f64, bytes: &[u8]) {
        if let Some(newest) = &self.newest {
            if stamp_us <= newest.stamp_us && newest.stamp_us - stamp_us <= BACK_US {
                return;
            }
            if stamp_us <= newest.stamp_us {
                // What was measured before lies on a clock that is gone.
                self.holes.clear();
            } else if leaves_a_hole(newest.stamp_us, newest.lasts_us, stamp_us) {
                self.holes.push_back(Hole {
                    before: newest.clone(),
                    after_us: stamp_us,
                    taken_us: newest.stamp_us,
                    vouched: false,
                });
                let over = self.holes.len().saturating_sub(MOST_HOLES);
                self.holes.drain(..over);
            }
        }
        let newest = self.newest.get_or_insert_default();
        (newest.stamp_us, newest.lasts_us) = (stamp_us, lasts_us);
        newest.bytes.clear();
        newest.bytes.extend_from_slice(bytes);
    }

    /// A log is read from its begin on.
    pub fn rewind(&mut self) {
        for hole in &mut self.holes {
            hole.vouched = false;
        }
    }

    /// Notes a frame of a log, in its order; whether it belongs in a hole and was not taken before.
    pub fn stored(&mut self, stamp_us: u64, lasts_us: f64, bytes: &[u8]) -> bool {
        let mut takes = false;
        for hole in &mut self.holes {
            if stamp_us == hole.before.stamp_us {
                hole.vouched = bytes == hole.before.bytes;
            } else if hole.vouched && (hole.taken_us + 1..hole.after_us).contains(&stamp_us) {
                hole.taken_us = stamp_us;
                takes = true;
            }
        }
        self.holes
            .retain(|hole| leaves_a_hole(hole.taken_us, lasts_us, hole.after_us));
        takes
    }

    /// Whether anything is missing.
    #[must_use]
    pub fn has_holes(&self) -> bool {
        !self.holes.is_empty()
    }

    /// What is missing will never come.
    pub fn give_up(&mut self) {
        self.holes.clear();
    }
}

fn leaves_a_hole(stamp_us: u64, lasts_us: f64, next_us: u64) -> bool {
    next_us.saturating_sub(stamp_us) as f64 > HOLE * lasts_us
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Frames of 77 ms, as of a Movesense at 104 Hz.
    fn us(frame: u64) -> u64 {
        1_000_000 + frame * 77_000
    }

    fn bytes(frame: u64) -> [u8; 2] {
        [frame as u8, 7]
    }

    fn live(stamps: &mut Stamps, frames: impl IntoIterator<Item = u64>) {
        for frame in frames {
            stamps.live(us(frame), 77_000.0, &bytes(frame));
        }
    }

    fn stored(stamps: &mut Stamps, frames: impl IntoIterator<Item = u64>) -> Vec<u64> {
        stamps.rewind();
        let mut taken = Vec::new();
        for frame in frames {
            if stamps.stored(us(frame), 77_000.0, &bytes(frame)) {
                taken.push(frame);
            }
        }
        taken
    }

    #[test]
    fn a_hole_takes_its_frames_once_and_closes() {
        let mut stamps = Stamps::default();
        live(&mut stamps, (0..10).chain(14..20));
        assert_eq!(stored(&mut stamps, 3..12), [10, 11], "the log breaks off");
        assert!(stamps.has_holes());
        assert_eq!(
            stored(&mut stamps, 0..20),
            [12, 13],
            "once more, from its begin on"
        );
        assert!(!stamps.has_holes());
        assert_eq!(stored(&mut stamps, 0..20), [0; 0]);
    }

    #[test]
    fn a_log_that_does_not_hold_the_frame_before_the_hole_is_refused() {
        let mut stamps = Stamps::default();
        live(&mut stamps, (0..10).chain(14..20));
        assert_eq!(stored(&mut stamps, 11..20), [0; 0], "it began later");
        let mut another = Vec::new();
        stamps.rewind();
        for frame in 0..20 {
            if stamps.stored(us(frame), 77_000.0, &[frame as u8, 8]) {
                another.push(frame);
            }
        }
        assert_eq!(another, [0; 0], "the same stamps, other samples");
    }

    #[test]
    fn a_clock_that_began_again_gives_up_what_lies_before() {
        let mut stamps = Stamps::default();
        live(&mut stamps, (100..110).chain(114..120));
        live(&mut stamps, 0..3);
        assert!(!stamps.has_holes());
        live(&mut stamps, 6..8);
        assert_eq!(stored(&mut stamps, 0..120), [3, 4, 5]);
    }

    #[test]
    fn a_frame_that_comes_twice_or_late_opens_nothing_and_holes_stay_bounded() {
        let mut stamps = Stamps::default();
        live(&mut stamps, [0, 1, 2, 2, 1, 3]);
        assert!(!stamps.has_holes());
        live(&mut stamps, (0..1000).map(|hole| 10 + 2 * hole));
        assert_eq!(stamps.holes.len(), MOST_HOLES);
    }

    proptest! {
        #[test]
        fn whatever_was_lost_a_whole_log_gives_exactly_that(came in prop::collection::vec(any::<bool>(), 2..60)) {
            let mut stamps = Stamps::default();
            let count = came.len() as u64;
            live(&mut stamps, (0..count).filter(|frame| came[*frame as usize]));
            let first = came.iter().position(|came| *came).unwrap_or(came.len()) as u64;
            let last = came.iter().rposition(|came| *came).unwrap_or(0) as u64;
            let lost: Vec<u64> = (first..last).filter(|frame| !came[*frame as usize]).collect();
            prop_assert_eq!(stored(&mut stamps, 0..count), lost);
            prop_assert!(!stamps.has_holes());
        }
    }
}
