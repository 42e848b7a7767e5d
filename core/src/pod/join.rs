//! Accelerometer and gyroscope that come in frames of their own, joined to one stream on the pod's clock.
//!
//! Invents nothing: a sample whose turning rate lies in a hole of the gyroscope is left out, and where the gyroscope
//! stays away the accelerometer goes on alone. Invariant: samples come out in order of time, each once.

use std::collections::VecDeque;

use glam::DVec3;

use super::frame::{FrameStamp, PodFrame, PodSample};

/// How long an accelerometer's sample waits for the gyroscope, microseconds of the pod's clock: a pod that fills 500 bytes
/// before it sends is up to two seconds behind with one of the two. Ours.
const WAIT_US: f64 = 2.5e6;
/// Turning rates so many sample intervals apart are still joined by a line. Ours.
const BRIDGE: f64 = 3.0;
/// Samples so far apart, in intervals, begin a new frame. Ours.
const SAME_FRAME: f64 = 1.5;
/// A stamp so far before the one before comes from a clock that began again, microseconds. Ours.
const BACK_US: f64 = 2e6;
/// Time between samples by the stamps is believed so near to the announced. Ours.
const PACE_TOLERANCE: f64 = 0.05;
/// Stamps in a row that show another rate than the announced one before it is believed. Ours.
const AGREEING: u32 = 4;
/// Times between samples that can be true, microseconds: 2000 Hz to 1 Hz.
const INTERVALS_US: std::ops::RangeInclusive<f64> = 500.0..=1e6;
/// Samples that may wait; more come only from a pod that lies.
const MOST: usize = 4096;

/// Both sensors' samples that wait for each other.
#[derive(Clone, Debug, Default)]
pub struct Join {
    accelerometer: Pace,
    gyroscope: Pace,
    waiting: VecDeque<Waiting>,
    turning: VecDeque<(f64, DVec3)>,
    frame: PodFrame,
    newest_us: f64,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    us: f64,
    specific_force: DVec3,
    clipped: bool,
}

/// A sensor's last stamp, and the time between its samples.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    last_us: Option<f64>,
    interval_us: f64,
    /// What the last two stamps showed, and how often in a row stamps showed the same.
    shown_us: f64,
    agreeing: u32,
}

impl Pace {
    /// The time between the samples of a frame of `count` whose last one bears `stamp_us`; whether its clock began again.
    fn step(&mut self, stamp_us: f64, count: f64, announced_us: f64) -> bool {
        let before_us = self.last_us.replace(stamp_us);
        if self.interval_us <= 0.0 {
            self.interval_us = announced_us;
        }
        let Some(before_us) = before_us else {
            return false;
        };
        let shown_us = (stamp_us - before_us) / count;
        let near = |one: f64, other: f64| (one / other - 1.0).abs() <= PACE_TOLERANCE;
        self.agreeing = if near(shown_us, self.shown_us) {
            self.agreeing + 1
        } else {
            0
        };
        self.shown_us = shown_us;
        // Behind a hole the last known pace holds.
        let believed = near(shown_us, announced_us) || self.agreeing >= AGREEING;
        if believed && INTERVALS_US.contains(&shown_us) {
            self.interval_us = shown_us;
        }
        stamp_us < before_us - BACK_US
    }
}

impl Join {
    /// Takes accelerometer samples whose last one bears `stamp_us`.
    pub fn accelerometer(&mut self, stamp_us: f64, announced_us: f64, clipped: bool, samples: &[PodSample]) {
        let count = samples.len() as f64;
        if self.accelerometer.step(stamp_us, count, announced_us) {
            self.waiting.clear();
            self.turning.clear();
            self.gyroscope = Pace::default();
            self.newest_us = f64::NEG_INFINITY;
        }
        let interval_us = self.accelerometer.interval_us;
        for (k, sample) in samples.iter().enumerate() {
            let us = stamp_us - (count - 1.0 - k as f64) * interval_us;
            if us > self.newest_us && self.waiting.len() < MOST {
                self.newest_us = us;
                self.waiting.push_back(Waiting {
                    us,
                    specific_force: sample.specific_force,
                    clipped,
                });
            }
        }
    }

    /// Takes turning rates, rad/s, whose last one bears `stamp_us`.
    pub fn gyroscope(&mut self, stamp_us: f64, announced_us: f64, samples: &[DVec3]) {
        let count = samples.len() as f64;
        if self.gyroscope.step(stamp_us, count, announced_us) {
            self.turning.clear();
        }
        let interval_us = self.gyroscope.interval_us;
        for (k, &sample) in samples.iter().enumerate() {
            let us = stamp_us - (count - 1.0 - k as f64) * interval_us;
            if self.turning.back().is_none_or(|&(newest_us, _)| us > newest_us) {
                if self.turning.len() >= MOST {
                    self.turning.pop_front();
                }
                self.turning.push_back((us, sample));
            }
        }
    }

    /// Hands out what is complete, or has waited long enough.
    pub fn release(&mut self, emit: &mut dyn FnMut(&PodFrame)) {
        self.begin();
        let mut last_us = f64::NEG_INFINITY;
        while let Some(&next) = self.waiting.front() {
            let turning = self.turning_at(next.us);
            let waited = self.newest_us - next.us > WAIT_US;
            let keep = match turning {
                Turning::Known(_) => true,
                Turning::NotYet if waited => true,
                Turning::NotYet => break,
                Turning::Never => false,
            };
            self.waiting.pop_front();
            if !keep {
                continue;
            }
            let known = turning.known();
            let breaks = next.us - last_us > SAME_FRAME * self.accelerometer.interval_us
                || self
                    .frame
                    .samples
                    .last()
                    .is_some_and(|sample| sample.angular_velocity.is_some() != known.is_some());
            if breaks {
                self.finish(emit);
                self.frame.stamp = FrameStamp::first(next.us.max(0.0).round() as u64);
            }
            last_us = next.us;
            self.frame.clipped |= next.clipped;
            self.frame.samples.push(PodSample {
                specific_force: next.specific_force,
                angular_velocity: known,
            });
        }
        self.finish(emit);
    }

    fn begin(&mut self) {
        self.frame.samples.clear();
        self.frame.clipped = false;
    }

    fn finish(&mut self, emit: &mut dyn FnMut(&PodFrame)) {
        if !self.frame.samples.is_empty() {
            self.frame.sample_interval_us = self.accelerometer.interval_us;
            emit(&self.frame);
        }
        self.begin();
    }

    fn turning_at(&mut self, us: f64) -> Turning {
        while self.turning.get(1).is_some_and(|&(second_us, _)| second_us <= us) {
            self.turning.pop_front();
        }
        match (self.turning.front(), self.turning.get(1)) {
            (Some(&(first_us, _)), _) if us < first_us => Turning::Never,
            (Some(&(first_us, first)), Some(&(second_us, second))) => {
                let apart_us = second_us - first_us;
                if apart_us > BRIDGE * self.gyroscope.interval_us {
                    return Turning::Never;
                }
                Turning::Known(first.lerp(second, (us - first_us) / apart_us))
            }
            (Some(&(first_us, first)), None) if us <= first_us => Turning::Known(first),
            _ => Turning::NotYet,
        }
    }
}

enum Turning {
    Known(DVec3),
    NotYet,
    Never,
}

impl Turning {
    const fn known(&self) -> Option<DVec3> {
        match self {
            Self::Known(turning) => Some(*turning),
            _ => None,
        }
    }
}
