//! Numbers for the frames of a pod that gives none, by its stamps.
//!
//! Places nothing in time. Invariant: a stamp that follows the one before gets the next number; a hole as wide as whole
//! frames leaves their numbers out; a clock that went back, or jumped, begins another boot.
//!
//! All numbers here are ours, tried on made-up pods only.

use super::stream::{INTERVAL_GAIN, INTERVAL_TOLERANCE, INTERVALS_US, Stamp};
use crate::pod::frame::{PodFrame, StampKind};

/// A stamp may run so far ahead of the time that passed at the host: a queue that drains, microseconds.
const AHEAD_US: f64 = 6e7;
/// So far back it is an old frame once more; further, the clock began again, microseconds.
const BACK_US: f64 = 2e6;
/// Frames in a row that agree with each other, and not with the announced rate, before they are believed.
const AGREEING: u32 = 8;
/// How well they must agree.
const AGREEMENT: f64 = 0.02;
/// A clock with steps longer than this is smoothed, microseconds.
const COARSE_US: f64 = 100.0;
/// As long as it is no further from the expected stamp than so many steps.
const COARSE_STEPS: f64 = 1.5;
/// Share of its distance from the expected stamp that a coarse one keeps, and that the interval takes over.
const COARSE_GAINS: [f64; 2] = [0.1, 0.01];

/// Frames without numbers, so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    last: Option<Last>,
    boot: u16,
}

#[derive(Clone, Copy, Debug)]
struct Last {
    arrival_us: f64,
    /// As it stood in the frame.
    raw_us: f64,
    /// With whole turns of the clock added.
    turned_us: f64,
    /// And smoothed, where the clock is coarse.
    us: f64,
    sequence: u32,
    count: f64,
    /// As the pod announced it.
    announced_us: f64,
    /// What is taken for announced: the pod's word, until it proves wrong.
    nominal_us: f64,
    interval_us: f64,
    /// The interval that the last two stamps show, and how many frames in a row agreed with it against the announced.
    shown_us: f64,
    agreeing: u32,
}

/// Where a stamp stands to the one before.
enum Place {
    /// Later by so many microseconds.
    Later(f64),
    /// Earlier by so many, or the same.
    Again(f64),
    /// On another clock.
    Anew,
}

impl Numbering {
    /// The frame's stamp at its first sample, with a number; `None` if it cannot be one.
    pub(super) fn stamp(&mut self, arrival_us: f64, frame: &PodFrame) -> Option<Stamp> {
        if !Stamp::usable(frame) {
            return None;
        }
        let Some(last) = self.last else {
            return Some(self.begin(arrival_us, frame));
        };
        match last.place(arrival_us, frame) {
            Place::Anew => {
                self.boot = self.boot.wrapping_add(1);
                Some(self.begin(arrival_us, frame))
            }
            Place::Again(by_us) => {
                let frames = (by_us / (last.count * last.interval_us)).round().min(64.0);
                let sequence = last.sequence.saturating_sub(frames as u32);
                Some(self.first_of(
                    frame,
                    last.us - by_us,
                    sequence,
                    last.interval_us,
                    last.nominal_us,
                ))
            }
            Place::Later(by_us) => {
                let next = last.next(arrival_us, frame, by_us);
                self.last = Some(next);
                Some(self.first_of(frame, next.us, next.sequence, next.interval_us, next.nominal_us))
            }
        }
    }

    fn begin(&mut self, arrival_us: f64, frame: &PodFrame) -> Stamp {
        let us = frame.stamp.us as f64;
        let interval_us = frame.sample_interval_us;
        self.last = Some(Last {
            arrival_us,
            raw_us: us,
            turned_us: us,
            us,
            sequence: 0,
            count: frame.samples.len() as f64,
            announced_us: interval_us,
            nominal_us: interval_us,
            interval_us,
            shown_us: interval_us,
            agreeing: 0,
        });
        self.first_of(frame, us, 0, interval_us, interval_us)
    }

    fn first_of(&self, frame: &PodFrame, us: f64, sequence: u32, interval_us: f64, nominal_us: f64) -> Stamp {
        let count = frame.samples.len() as f64;
        Stamp {
            boot: self.boot,
            sequence,
            first_us: match frame.stamp.kind {
                StampKind::LastSample => us - (count - 1.0) * interval_us,
                _ => us,
            },
            interval_us: nominal_us,
            count,
        }
    }
}

impl Last {
    fn place(&self, arrival_us: f64, frame: &PodFrame) -> Place {
        let mut by_us = frame.stamp.us as f64 - self.raw_us;
        if let Some(wraps_us) = frame.stamp.wraps_us.map(|us| us as f64)
            && by_us < -wraps_us / 2.0
        {
            by_us += wraps_us;
        }
        let passed_us = (arrival_us - self.arrival_us).max(0.0);
        if by_us > 0.0 && by_us <= passed_us + AHEAD_US {
            Place::Later(by_us)
        } else if (-BACK_US..=0.0).contains(&by_us) {
            Place::Again(-by_us)
        } else {
            Place::Anew
        }
    }

    /// The frame whose stamp is `by_us` later.
    fn next(&self, arrival_us: f64, frame: &PodFrame, by_us: f64) -> Self {
        let count = frame.samples.len() as f64;
        // Between first samples lie the samples of the frame before, between last ones those of this frame.
        let spanned = if frame.stamp.kind == StampKind::LastSample {
            count
        } else {
            self.count
        };
        let announced_us = frame.sample_interval_us;
        let turned_us = self.turned_us + by_us;
        let mut next = Self {
            arrival_us,
            raw_us: frame.stamp.us as f64,
            turned_us,
            us: turned_us,
            count,
            announced_us,
            ..*self
        };
        if (announced_us - self.announced_us).abs() > f64::EPSILON {
            (next.nominal_us, next.interval_us, next.agreeing) = (announced_us, announced_us, 0);
        }
        next.learn(by_us / spanned);
        let step_us = f64::from(frame.stamp.resolution_us);
        let off_us = turned_us - (self.us + spanned * next.interval_us);
        if step_us > COARSE_US && off_us.abs() <= COARSE_STEPS * step_us {
            next.us -= (1.0 - COARSE_GAINS[0]) * off_us;
            next.interval_us += COARSE_GAINS[1] * off_us / spanned;
            next.sequence = self.sequence.wrapping_add(1);
        } else if (by_us / spanned / next.nominal_us - 1.0).abs() <= INTERVAL_TOLERANCE {
            next.interval_us += INTERVAL_GAIN * (by_us / spanned - next.interval_us);
            next.sequence = self.sequence.wrapping_add(1);
        } else {
            let missing = (by_us / next.interval_us - spanned).round();
            let least = if missing >= 1.0 { 1.0 } else { 0.0 };
            let lost = (missing / spanned).round().clamp(least, 1e6);
            next.sequence = self.sequence.wrapping_add(1 + lost as u32);
        }
        next
    }

    /// Whether the pod's rate is another than it says: many stamps in a row that agree with each other alone.
    fn learn(&mut self, shown_us: f64) {
        let off = (shown_us / self.nominal_us - 1.0).abs() > INTERVAL_TOLERANCE;
        let agrees = (shown_us / self.shown_us - 1.0).abs() <= AGREEMENT;
        self.agreeing = if off && agrees { self.agreeing + 1 } else { 0 };
        self.shown_us = shown_us;
        if self.agreeing >= AGREEING && INTERVALS_US.contains(&shown_us) {
            (self.nominal_us, self.interval_us, self.agreeing) = (shown_us, shown_us, 0);
        }
    }
}
