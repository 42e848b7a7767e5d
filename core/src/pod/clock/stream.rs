//! The frames of one boot: which number and which stamp may follow which.
//!
//! Places nothing in time. Invariant: a frame is let in only if its stamp and its number can both be true.

use super::offset::Offset;
use crate::pod::frame::{FrameNumber, PodFrame};

/// A stamp may run this far ahead of what the sequence explains before the clock counts as broken, microseconds.
const LONGEST_JUMP_US: f64 = 3.6e9;
/// Largest stamp that still counts whole microseconds in an `f64`.
const LAST_STAMP_US: u64 = 1 << 53;
/// Times between samples that can be true, microseconds.
pub(super) const INTERVALS_US: std::ops::RangeInclusive<f64> = 100.0..=1e6;
/// How far a measured sample interval may lie from the announced one: a hole of one sample in twenty shows.
pub(super) const INTERVAL_TOLERANCE: f64 = 0.05;
/// Share of a new interval that the estimate takes over.
pub(super) const INTERVAL_GAIN: f64 = 0.125;
/// Stamps may jitter by this share of the time they span.
const OVERLAP_TOLERANCE: f64 = 0.1;

/// The part of a frame that matters here; all times in microseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) boot: u16,
    pub(super) sequence: u32,
    pub(super) first_us: f64,
    pub(super) interval_us: f64,
    pub(super) count: f64,
}

/// Frames of one boot.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// The newest frame.
    pub(super) last: Stamp,
    /// Bit k is set when frame `last.sequence - k` came.
    pub(super) seen: u64,
    /// The pod clock at the first frame.
    pub(super) began_us: f64,
    pub(super) interval_us: f64,
    pub(super) offset: Offset,
}

impl Stamp {
    /// The stamp of a numbered frame, at its first sample.
    pub(super) fn of(frame: &PodFrame, number: FrameNumber) -> Option<Self> {
        Self::usable(frame).then_some(Self {
            boot: number.boot,
            sequence: number.sequence,
            first_us: frame.stamp.us as f64,
            interval_us: frame.sample_interval_us,
            count: frame.samples.len() as f64,
        })
    }

    /// Whether a frame's numbers can be a stamp at all.
    pub(super) fn usable(frame: &PodFrame) -> bool {
        frame.stamp.us <= LAST_STAMP_US
            && !frame.samples.is_empty()
            && INTERVALS_US.contains(&frame.sample_interval_us)
    }

    pub(super) fn end_us(&self, interval_us: f64) -> f64 {
        self.first_us + (self.count - 1.0) * interval_us
    }
}

impl Stream {
    /// A stream whose first frame this is.
    pub(super) fn new(arrival_us: f64, stamp: Stamp) -> Self {
        Self {
            last: stamp,
            seen: 1,
            began_us: stamp.first_us,
            interval_us: stamp.interval_us,
            offset: Offset::new(arrival_us, stamp.end_us(stamp.interval_us)),
        }
    }

    /// Whether the stamp of a frame `ahead` numbers on can be true.
    pub(super) fn explains(&self, stamp: Stamp, ahead: u32) -> bool {
        let passed_us = stamp.first_us - self.last.first_us;
        let ahead = f64::from(ahead);
        // Every lost frame held a sample at least.
        let least_us = (self.last.count + ahead - 2.0) * self.interval_us * (1.0 - OVERLAP_TOLERANCE);
        let usual_us = ahead * self.last.count * self.interval_us;
        passed_us > least_us.max(0.0) && passed_us - usual_us <= LONGEST_JUMP_US
    }

    /// The estimate of the sample interval once this frame is known: successive stamps tell, where they can be believed.
    pub(super) fn interval_with(&self, stamp: Stamp, ahead: u32) -> f64 {
        let announced_changed = (stamp.interval_us - self.last.interval_us).abs() > f64::EPSILON;
        let known_us = if announced_changed {
            stamp.interval_us
        } else {
            self.interval_us
        };
        let measured_us = (stamp.first_us - self.last.first_us) / self.last.count;
        let believed = ahead == 1
            && !announced_changed
            && (measured_us / stamp.interval_us - 1.0).abs() <= INTERVAL_TOLERANCE;
        if believed {
            known_us + INTERVAL_GAIN * (measured_us - known_us)
        } else {
            known_us
        }
    }

    pub(super) fn advance(&mut self, stamp: Stamp, ahead: u32, interval_us: f64) {
        self.seen = self.seen.checked_shl(ahead).unwrap_or(0) | 1;
        self.last = stamp;
        self.interval_us = interval_us;
    }
}
