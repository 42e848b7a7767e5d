//! One pod's notifications during a session: bytes to samples on the session's axis.
//!
//! Judges no movement. Invariant: samples come out in rising order of time; bytes that are no frame are counted.

use crate::{
    pod::{
        clock::{FrameTiming, PodClock},
        protocol::{PodProtocol, lean_pod::LeanPod},
        sample::ImuSample,
    },
    units::Timestamp,
};

/// A pod whose newest frame is older than this is quiet, seconds. Ours: nothing is coached from older data.
pub const QUIET_S: f64 = 2.0;

/// What one pod sent since the session began.
#[derive(Debug, Default)]
pub struct PodStream {
    clock: PodClock,
    last_arrival: Option<Timestamp>,
    refused: u32,
    /// The runner was told that the pod is quiet.
    pub told_quiet: bool,
    /// The runner was told that the pod has moved.
    pub told_moved: bool,
}

impl PodStream {
    /// Takes one notification; gives its samples to `emit`.
    pub fn accept(
        &mut self,
        arrival: Timestamp,
        session_start: Timestamp,
        bytes: &[u8],
        mut emit: impl FnMut(ImuSample),
    ) {
        let Ok(frame) = LeanPod.decode(bytes) else {
            self.refused += 1;
            return;
        };
        let timing = self.clock.accept(arrival, session_start, &frame);
        let FrameTiming::Fresh {
            first_sample_s,
            interval_s,
            ..
        } = timing
        else {
            return;
        };
        self.last_arrival = Some(arrival);
        for (k, sample) in frame.samples.iter().enumerate() {
            emit(ImuSample {
                time_s: first_sample_s + k as f64 * interval_s,
                specific_force: sample.specific_force,
                angular_velocity: sample.angular_velocity,
                clipped: frame.clipped,
            });
        }
    }

    /// Whether fresh data came within the last 2 s.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.last_arrival
            .is_some_and(|last| now.seconds_since(last) <= QUIET_S)
    }

    /// When the last fresh frame came.
    #[must_use]
    pub fn last_arrival(&self) -> Option<Timestamp> {
        self.last_arrival
    }

    /// Samples a second, as measured.
    #[must_use]
    pub fn rate_hz(&self) -> Option<f64> {
        self.clock.rate_hz()
    }

    /// Share of frames that never came or were no frames, 0 to 1.
    #[must_use]
    pub fn missing(&self) -> f64 {
        let received = self.clock.frames_received() as f64;
        let refused = f64::from(self.refused);
        let lost = (self.clock.frames_lost() as f64).max(refused);
        if received + lost > 0.0 {
            lost / (received + lost)
        } else {
            0.0
        }
    }
}
