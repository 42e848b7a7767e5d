//! From a pod's own ticks to seconds of the session.
//!
//! Touches no sample and repairs no loss. Invariant: whatever a pod sends, times handed out rise strictly and never
//! lie more than a moment after the frame's arrival.
//!
//! Time comes from the stamps in the frames. Arrival only tells where the pod's clock stands against the host's:
//! the radio delays, it never hastens, so the earliest arrivals show the offset. Frames that their pod does not number
//! are numbered by their stamps ([`numbering`]); only a pod without stamps is timed by arrival ([`arrival`]), and
//! [`PodClock::by_arrival`] says so.
//! The numbers below are ours, tried on made-up links only, where no other source is named.

mod arrival;
mod numbering;
mod offset;
mod stream;

use arrival::ArrivalClock;
use numbering::Numbering;
use stream::{Stamp, Stream};

use super::frame::{PodFrame, StampKind};
use crate::units::Timestamp;

/// A pod that keeps sending refused frames in good order for so long is believed, microseconds.
const RESTART_AFTER_US: f64 = 2e6;
/// And only when its frames come no faster than they were measured, else they are old ones sent again.
const RESTART_PACE: f64 = 1.25;

/// Less than this between two samples is the rounding of a sum, not time, microseconds.
const LEAST_STEP_US: f64 = 1.0;

/// When the samples of a frame were measured, or why the frame is not used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FrameTiming {
    /// New samples.
    Fresh {
        /// The first sample, seconds since the session's start; below zero when it was measured before.
        first_sample_s: f64,
        /// Time between the frame's samples, seconds.
        interval_s: f64,
        /// Frames that never came between the one before and this one.
        lost_frames: u32,
    },
    /// This very frame came before.
    Duplicate,
    /// Older than something already handed out. Dropped live; the log keeps it.
    Stale,
    /// Its stamp contradicts its number, its neighbours or its arrival.
    Implausible,
}

/// One pod's clock against the host's, for one session: replaying a session needs a new one.
#[derive(Clone, Debug, Default)]
pub struct PodClock {
    /// The first arrival: times below count from it, so that microseconds stay exact.
    origin: Option<i64>,
    stream: Option<Stream>,
    numbering: Numbering,
    arrivals: ArrivalClock,
    /// The boot before the present one: its last frames may still come.
    previous_boot: Option<u16>,
    refused: Option<RefusedRun>,
    /// The last sample handed out, host microseconds.
    delivered_us: Option<f64>,
    frames_received: u64,
    frames_lost: u64,
}

/// Frames refused one after the other that would make a good stream of their own.
#[derive(Clone, Copy, Debug)]
struct RefusedRun {
    last: Stamp,
    first_us: f64,
    first_arrival_us: f64,
}

impl PodClock {
    /// A clock that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Places a frame that arrived at `arrival` on the axis of the session that began at `session_start`.
    pub fn accept(&mut self, arrival: Timestamp, session_start: Timestamp, frame: &PodFrame) -> FrameTiming {
        let origin = *self.origin.get_or_insert(arrival.0);
        let arrival_us = arrival.0.saturating_sub(origin) as f64;
        let start_us = session_start.0.saturating_sub(origin) as f64;
        if frame.stamp.kind == StampKind::None {
            return self.place_by_arrival(arrival_us, start_us, frame);
        }
        let stamp = match frame.number {
            Some(number) => Stamp::of(frame, number),
            None => self.numbering.stamp(arrival_us, frame),
        };
        let Some(stamp) = stamp else {
            return FrameTiming::Implausible;
        };
        let mut timing = self.place(arrival_us, stamp);
        if !matches!(timing, FrameTiming::Fresh { .. }) && self.is_a_new_stream(arrival_us, stamp) {
            timing = self.begin(arrival_us, stamp);
        }
        if let FrameTiming::Fresh { first_sample_s, .. } = &mut timing {
            self.refused = None;
            *first_sample_s -= start_us * 1e-6;
        }
        timing
    }

    /// Takes the answer to a question of the host's: when it was asked and answered by the host's clock, received and sent
    /// by the pod's of this boot, microseconds. Before the first frame of the boot it is of no use.
    pub fn exchange(
        &mut self,
        asked: Timestamp,
        answered: Timestamp,
        boot: u16,
        received_us: u64,
        sent_us: u64,
    ) {
        let Some((origin, stream)) = self.origin.zip(self.stream.as_mut()) else {
            return;
        };
        if boot == stream.last.boot && received_us <= sent_us && !self.arrivals.in_use() {
            let host_us = |at: Timestamp| at.0.saturating_sub(origin) as f64;
            stream.offset.exchange(
                host_us(asked),
                received_us as f64,
                sent_us as f64,
                host_us(answered),
            );
        }
    }

    /// Frames that came, duplicates not counted.
    #[must_use]
    pub fn frames_received(&self) -> u64 {
        self.frames_received
    }

    /// Frames that never came, by the holes in their numbers.
    #[must_use]
    pub fn frames_lost(&self) -> u64 {
        self.frames_lost
    }

    /// Share of frames that never came, 0 to 1; 0 before the first.
    #[must_use]
    pub fn missing(&self) -> f64 {
        self.frames_lost as f64 / (self.frames_received + self.frames_lost).max(1) as f64
    }

    /// Whether times rest on arrival, because the pod gives nothing better: good to some 20 ms, and blind to a loss for
    /// a second.
    #[must_use]
    pub fn by_arrival(&self) -> bool {
        self.arrivals.in_use()
    }

    /// Samples a second by the pod's stamps; `None` before the first second of a boot.
    #[must_use]
    pub fn rate_hz(&self) -> Option<f64> {
        if self.by_arrival() {
            return self.arrivals.rate_hz();
        }
        let stream = self.stream.as_ref()?;
        (stream.last.first_us - stream.began_us >= 1e6).then_some(1e6 / stream.interval_us)
    }

    fn place_by_arrival(&mut self, arrival_us: f64, start_us: f64, frame: &PodFrame) -> FrameTiming {
        let Some(placed) = self.arrivals.place(arrival_us, self.delivered_us, frame) else {
            return FrameTiming::Implausible;
        };
        self.delivered_us = Some(placed.last_us);
        self.frames_received += 1;
        self.frames_lost += u64::from(placed.lost_frames);
        FrameTiming::Fresh {
            first_sample_s: (placed.first_us - start_us) * 1e-6,
            interval_s: placed.interval_us * 1e-6,
            lost_frames: placed.lost_frames,
        }
    }

    /// The timing with `first_sample_s` still counted from the origin.
    fn place(&mut self, arrival_us: f64, stamp: Stamp) -> FrameTiming {
        let Some(stream) = &mut self.stream else {
            return self.begin(arrival_us, stamp);
        };
        if stamp.boot != stream.last.boot {
            if self.previous_boot == Some(stamp.boot) {
                return FrameTiming::Stale;
            }
            return self.begin(arrival_us, stamp);
        }
        let Some(ahead) = stamp
            .sequence
            .checked_sub(stream.last.sequence)
            .filter(|&ahead| ahead > 0)
        else {
            return self.place_behind(stamp);
        };
        if !stream.explains(stamp, ahead) {
            return FrameTiming::Implausible;
        }
        let interval_us = stream.interval_with(stamp, ahead);
        if stream
            .offset
            .follow(arrival_us, stamp.end_us(interval_us))
            .is_err()
        {
            return FrameTiming::Implausible;
        }
        stream.advance(stamp, ahead, interval_us);
        self.frames_lost += u64::from(ahead - 1);
        self.deliver(ahead - 1)
    }

    /// A frame whose number is not above the newest one's.
    fn place_behind(&mut self, stamp: Stamp) -> FrameTiming {
        let Some(stream) = &mut self.stream else {
            return FrameTiming::Stale;
        };
        let bit = 1_u64
            .checked_shl(stream.last.sequence.saturating_sub(stamp.sequence))
            .unwrap_or(0);
        if stream.seen & bit != 0 {
            return FrameTiming::Duplicate;
        }
        // What was taken for lost came late; further back than the bits reach nobody knows.
        if bit != 0 && self.frames_lost > 0 {
            stream.seen |= bit;
            self.frames_lost -= 1;
            self.frames_received += 1;
        }
        FrameTiming::Stale
    }

    /// Starts over with this frame: another boot, or a clock that went its own way.
    fn begin(&mut self, arrival_us: f64, stamp: Stamp) -> FrameTiming {
        let before = self.stream.replace(Stream::new(arrival_us, stamp));
        if let Some(before) = before.filter(|before| before.last.boot != stamp.boot) {
            self.previous_boot = Some(before.last.boot);
        }
        self.deliver(0)
    }

    /// Hands out the newest frame of the stream, if time allows.
    fn deliver(&mut self, lost_frames: u32) -> FrameTiming {
        let Some(stream) = &self.stream else {
            return FrameTiming::Stale;
        };
        self.frames_received += 1;
        let interval_us = stream.interval_us;
        let mut first_us = stream.last.first_us + stream.offset.us();
        if let Some(delivered_us) = self
            .delivered_us
            .filter(|&delivered_us| first_us < delivered_us + LEAST_STEP_US)
        {
            // A correction of the offset may touch the frame before by less than a sample; more is another time.
            if delivered_us - first_us > interval_us {
                return FrameTiming::Stale;
            }
            first_us = delivered_us + interval_us / 2.0;
        }
        self.delivered_us = Some(first_us + (stream.last.count - 1.0) * interval_us);
        FrameTiming::Fresh {
            first_sample_s: first_us * 1e-6,
            interval_s: interval_us * 1e-6,
            lost_frames,
        }
    }

    /// Notes a refused frame; whether those before it and this one amount to a pod that began again unannounced.
    fn is_a_new_stream(&mut self, arrival_us: f64, stamp: Stamp) -> bool {
        let goes_on = |run: &RefusedRun| {
            run.last.boot == stamp.boot
                && run.last.sequence < stamp.sequence
                && run.last.first_us < stamp.first_us
                && stamp.first_us - run.last.first_us < RESTART_AFTER_US
        };
        let run = match self.refused.filter(goes_on) {
            Some(run) => RefusedRun { last: stamp, ..run },
            None => RefusedRun {
                last: stamp,
                first_us: stamp.first_us,
                first_arrival_us: arrival_us,
            },
        };
        self.refused = Some(run);
        let measured_us = stamp.first_us - run.first_us;
        let arrived_us = arrival_us - run.first_arrival_us;
        measured_us >= RESTART_AFTER_US && measured_us <= RESTART_PACE * arrived_us
    }
}

#[cfg(test)]
mod tests;
