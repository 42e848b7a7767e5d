//! A pod whose bytes are sound and whose signal is not: named, with what to do.
//!
//! Repairs nothing and drops nothing. Invariant: what one good second shows ends a fault that one bad second made.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::frame::{FrameError, PodFrame, PodSample};

/// A signal that does not change in its last bit for so long comes from no sensor, seconds. Ours: noise alone moves
/// every sensor of a pod within a few samples.
const FROZEN_S: f64 = 1.0;
/// So much of the time at the end of the range is no landing. Ours.
const SATURATED_SHARE: f64 = 0.5;
/// How fast that share forgets, seconds. Ours.
const SATURATED_S: f64 = 2.0;
/// So many refused frames in a row are no disturbance of the radio. Ours.
const STRANGE_FRAMES: u32 = 20;
/// A rate so far from the announced one is another. Ours: sensors run some per cent off their nominal rate.
const RATE_TOLERANCE: f64 = 0.08;

/// What is wrong with a pod's signal.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PodFault {
    /// Its bytes are of a firmware that is not known.
    #[error("the pod's data cannot be read: update its firmware, or this app")]
    UnknownFormat,
    /// It sends values that are no numbers.
    #[error("the pod sends no numbers: switch it off and on")]
    NotFinite,
    /// Its accelerometer reads zero throughout.
    #[error("the pod's accelerometer is dead: switch it off and on")]
    Zeros,
    /// It repeats one value.
    #[error("the pod's sensor hangs: switch it off and on")]
    Frozen,
    /// It stands at the end of its range most of the time.
    #[error("the pod's sensor is at its limit all the time: set a wider range, or fasten the pod")]
    Saturated,
    /// It does not keep the rate it announced.
    #[error("the pod measures at another rate than it says: its times are less sure")]
    OtherRate,
}

impl PodFault {
    /// Every fault.
    pub const ALL: [Self; 6] = [
        Self::UnknownFormat,
        Self::NotFinite,
        Self::Zeros,
        Self::Frozen,
        Self::Saturated,
        Self::OtherRate,
    ];

    /// The message that says so, and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::UnknownFormat => "fault-unknown-format",
            Self::NotFinite => "fault-not-finite",
            Self::Zeros => "fault-zeros",
            Self::Frozen => "fault-frozen",
            Self::Saturated => "fault-saturated",
            Self::OtherRate => "fault-other-rate",
        }
    }

    /// Whether nothing can be told while it lasts.
    #[must_use]
    pub const fn is_blind(self) -> bool {
        !matches!(self, Self::OtherRate)
    }
}

/// Watches one pod's frames.
#[derive(Clone, Debug, Default)]
pub struct FaultWatch {
    last: Option<PodSample>,
    same_s: f64,
    saturated: f64,
    refused: u32,
    not_finite: bool,
    other_rate: bool,
}

impl FaultWatch {
    /// Takes a frame, and the rate that was measured, where one was.
    pub fn frame(&mut self, frame: &PodFrame, rate_hz: Option<f64>) {
        self.refused = 0;
        self.not_finite = false;
        let interval_s = frame.sample_interval_us.clamp(100.0, 1e6) * 1e-6;
        for &sample in &frame.samples {
            let same = self.last.replace(sample) == Some(sample);
            self.same_s = if same { self.same_s + interval_s } else { 0.0 };
        }
        let spanned_s = interval_s * frame.samples.len() as f64;
        let share = f64::from(u8::from(frame.clipped));
        self.saturated += (spanned_s / SATURATED_S).min(1.0) * (share - self.saturated);
        let announced_hz = 1.0 / interval_s;
        self.other_rate =
            rate_hz.is_some_and(|rate_hz| (rate_hz / announced_hz - 1.0).abs() > RATE_TOLERANCE);
    }

    /// Takes what was wrong with bytes that are no frame.
    pub fn refused(&mut self, error: FrameError) {
        self.refused = self.refused.saturating_add(1);
        self.not_finite = error == FrameError::NotFinite;
    }

    /// What is wrong now, the worst first.
    #[must_use]
    pub fn fault(&self) -> Option<PodFault> {
        let dead = self
            .last
            .is_some_and(|last| last.specific_force == glam::DVec3::ZERO);
        if self.refused >= STRANGE_FRAMES {
            Some(if self.not_finite {
                PodFault::NotFinite
            } else {
                PodFault::UnknownFormat
            })
        } else if self.same_s >= FROZEN_S {
            Some(if dead { PodFault::Zeros } else { PodFault::Frozen })
        } else if self.saturated >= SATURATED_SHARE {
            Some(PodFault::Saturated)
        } else if self.other_rate {
            Some(PodFault::OtherRate)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn frame(from: u32, value: impl Fn(u32) -> f64, clipped: bool) -> PodFrame {
        PodFrame {
            sample_interval_us: 1e4,
            clipped,
            samples: (from..from + 10)
                .map(|k| PodSample {
                    specific_force: DVec3::Z * value(k),
                    angular_velocity: None,
                })
                .collect(),
            ..PodFrame::default()
        }
    }

    fn after(
        frames: u32,
        value: impl Fn(u32) -> f64 + Copy,
        clipped: bool,
        rate_hz: Option<f64>,
    ) -> Option<PodFault> {
        let mut watch = FaultWatch::default();
        for nth in 0..frames {
            watch.frame(&frame(nth * 10, value, clipped), rate_hz);
        }
        watch.fault()
    }

    #[test]
    fn every_fault_has_its_name_and_a_good_signal_has_none() {
        let noise = |k: u32| 9.8 + f64::from(k % 7) * 0.01;
        assert_eq!(after(50, noise, false, Some(101.0)), None);
        assert_eq!(after(50, |_| 9.8, false, None), Some(PodFault::Frozen));
        assert_eq!(after(9, |_| 9.8, false, None), None, "not yet a second");
        assert_eq!(after(50, |_| 0.0, false, None), Some(PodFault::Zeros));
        assert_eq!(after(50, noise, true, None), Some(PodFault::Saturated));
        assert_eq!(after(50, noise, false, Some(52.0)), Some(PodFault::OtherRate));
    }

    #[test]
    fn refused_frames_are_a_fault_until_a_good_one_comes() {
        for (error, fault) in [
            (FrameError::Format { format: 9 }, PodFault::UnknownFormat),
            (FrameError::NotFinite, PodFault::NotFinite),
        ] {
            let mut watch = FaultWatch::default();
            for nth in 0..STRANGE_FRAMES {
                assert_eq!(watch.fault(), None, "after {nth}");
                watch.refused(error);
            }
            assert_eq!(watch.fault(), Some(fault));
            watch.frame(&frame(0, f64::from, false), None);
            assert_eq!(watch.fault(), None);
        }
    }
}
