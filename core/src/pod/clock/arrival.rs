//! Times for a pod that stamps nothing: a line through its earliest arrivals.
//!
//! The last resort, and marked as such by [`super::PodClock::by_arrival`]: the least delay of the radio is taken for
//! none, and a loss shows only once the frames behind it stay late. Invariant: times rise strictly and never lie after
//! the frame's arrival by more than a sample.
//!
//! All numbers here are ours, tried on made-up pods only.

use std::collections::VecDeque;

use super::{LEAST_STEP_US, stream::INTERVALS_US};
use crate::pod::frame::PodFrame;

/// The earliest arrival of each second is kept, microseconds.
const BUCKET_US: f64 = 1e6;
/// For so many seconds.
const BUCKETS: usize = 30;
/// Seconds before the rate is measured.
const SETTLED: usize = 3;
/// The measured interval may be so many times the announced one: a pod may not have taken the rate it was told.
const INTERVALS: std::ops::RangeInclusive<f64> = 0.3..=3.0;
/// A frame later than this may stand behind a loss, microseconds: queues of the phone are mostly shorter.
const LATE_US: f64 = 1.5e5;
/// And does, when all frames stay so late for so long, microseconds: a queue would have drained.
const LATE_FOR_US: f64 = 1e6;
/// More samples than the time since the last frame holds are refused once they would lie so far ahead, microseconds.
const AHEAD_US: f64 = 2e5;
/// After so long without a frame nothing of the line is believed, microseconds.
const SILENCE_US: f64 = 1e7;

/// Where a frame was placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) first_us: f64,
    pub(super) last_us: f64,
    pub(super) interval_us: f64,
    pub(super) lost_frames: u32,
}

/// The earliest arrival in one second.
#[derive(Clone, Copy, Debug)]
struct Earliest {
    second: f64,
    sample: f64,
    arrival_us: f64,
}

/// Late arrivals in a row.
#[derive(Clone, Copy, Debug)]
struct Late {
    since_us: f64,
    least_us: f64,
}

/// The line from sample numbers to arrival times.
#[derive(Clone, Debug, Default)]
pub(super) struct ArrivalClock {
    nominal_us: f64,
    interval_us: f64,
    /// Number of the next sample; those taken for lost are counted.
    next: f64,
    earliest: VecDeque<Earliest>,
    late: Option<Late>,
    last_arrival_us: f64,
    in_use: bool,
}

impl ArrivalClock {
    /// Whether it has placed anything.
    pub(super) fn in_use(&self) -> bool {
        self.in_use
    }

    /// Samples a second, as they came; `None` before it is measured.
    pub(super) fn rate_hz(&self) -> Option<f64> {
        (self.earliest.len() > SETTLED).then_some(1e6 / self.interval_us)
    }

    /// Places a frame behind the last sample handed out; `None` if its numbers cannot be true.
    pub(super) fn place(
        &mut self,
        arrival_us: f64,
        delivered_us: Option<f64>,
        frame: &PodFrame,
    ) -> Option<Placed> {
        let count = frame.samples.len() as f64;
        let announced_us = frame.sample_interval_us;
        if frame.samples.is_empty() || !INTERVALS_US.contains(&announced_us) {
            return None;
        }
        let changed = (announced_us - self.nominal_us).abs() > f64::EPSILON;
        if changed || (arrival_us - self.last_arrival_us).abs() > SILENCE_US {
            *self = Self {
                nominal_us: announced_us,
                interval_us: announced_us,
                in_use: self.in_use,
                ..Self::default()
            };
        }
        self.last_arrival_us = arrival_us;
        let lost = self.lost_before(arrival_us, count);
        self.next += lost;
        let last = self.next + count - 1.0;
        if self.late.is_none() {
            self.note(arrival_us, last);
        }
        self.fit();
        let first_us = self.first_us(arrival_us, delivered_us, count);
        let last_us = first_us + (count - 1.0) * self.interval_us;
        if last_us > arrival_us + AHEAD_US {
            return None;
        }
        self.next += count;
        self.in_use = true;
        Some(Placed {
            first_us,
            last_us,
            interval_us: self.interval_us,
            lost_frames: (lost / count).ceil() as u32,
        })
    }

    /// When the line says that sample `number` came.
    fn line_us(&self, number: f64) -> Option<f64> {
        let over = |one: &Earliest| one.arrival_us - one.sample * self.interval_us;
        let least_us = self.earliest.iter().map(over).reduce(f64::min)?;
        Some(least_us + number * self.interval_us)
    }

    /// Samples that never came, told by frames that stay late.
    fn lost_before(&mut self, arrival_us: f64, count: f64) -> f64 {
        let late_us = self
            .line_us(self.next + count - 1.0)
            .map_or(0.0, |expected_us| arrival_us - expected_us);
        // Before the rate is measured, lateness may as well be a slower pod.
        if late_us < LATE_US || self.earliest.len() < SETTLED {
            self.late = None;
            return 0.0;
        }
        let late = Late {
            since_us: self.late.map_or(arrival_us, |late| late.since_us),
            least_us: self.late.map_or(late_us, |late| late.least_us.min(late_us)),
        };
        self.late = Some(late);
        if arrival_us - late.since_us < LATE_FOR_US {
            return 0.0;
        }
        self.late = None;
        (late.least_us / self.interval_us).round()
    }

    fn note(&mut self, arrival_us: f64, sample: f64) {
        let second = (arrival_us / BUCKET_US).floor();
        let interval_us = self.interval_us;
        let earlier = |one: &Earliest| arrival_us - one.arrival_us < (sample - one.sample) * interval_us;
        let this = Earliest {
            second,
            sample,
            arrival_us,
        };
        match self.earliest.back_mut() {
            // Also when the host's clock went back: then the newest second takes it.
            Some(newest) if second <= newest.second => {
                if earlier(newest) {
                    *newest = Earliest {
                        second: newest.second,
                        ..this
                    };
                }
            }
            _ => {
                if self.earliest.len() >= BUCKETS {
                    self.earliest.pop_front();
                }
                self.earliest.push_back(this);
            }
        }
    }

    /// The slope of the line: least squares over the earliest arrivals.
    fn fit(&mut self) {
        if self.earliest.len() < SETTLED {
            return;
        }
        let count = self.earliest.len() as f64;
        let mean = |of: fn(&Earliest) -> f64| self.earliest.iter().map(of).sum::<f64>() / count;
        let (sample, arrival_us) = (mean(|one| one.sample), mean(|one| one.arrival_us));
        let (mut across, mut along) = (0.0, 0.0);
        for one in &self.earliest {
            across += (one.sample - sample) * (one.arrival_us - arrival_us);
            along += (one.sample - sample).powi(2);
        }
        if along > 0.0 {
            let times = (across / along / self.nominal_us).clamp(*INTERVALS.start(), *INTERVALS.end());
            self.interval_us = self.nominal_us * times;
        }
    }

    fn first_us(&self, arrival_us: f64, delivered_us: Option<f64>, count: f64) -> f64 {
        let last = self.next + count - 1.0;
        let last_us = self.line_us(last).unwrap_or(arrival_us).min(arrival_us);
        let first_us = last_us - (count - 1.0) * self.interval_us;
        match delivered_us {
            // Half a sample on: the line may sink, time may not.
            Some(delivered_us) if first_us < delivered_us + LEAST_STEP_US => {
                delivered_us + self.interval_us / 2.0
            }
            _ => first_us,
        }
    }
}
