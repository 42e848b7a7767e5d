//! One pod's notifications during a session: bytes to samples on the session's axis, whoever made the pod.
//!
//! Judges no movement. Invariant: samples come out in rising order of time; bytes that are no frame are counted.

mod refused;

use self::refused::RefusedTimes;
use super::report::Gap;
use crate::{
    pod::{
        backfill::Ledger,
        clock::{FrameTiming, PodClock},
        conversation::StreamSetup,
        fault::{FaultWatch, PodFault},
        frame::{FrameError, FrameNumber, PodFrame},
        gatt::Uuid,
        kind::{Doubt, LOW_RANGE_G, LOW_RATE_HZ, PodKind},
        protocol::{
            StreamDecoder,
            lean_pod::{
                self, LeanPodBlock,
                about::TimeEcho,
                control::{BlockName, BlockRange},
            },
        },
        sample::ImuSample,
        site::Site,
    },
    units::Timestamp,
    words::Words,
};

/// A pod whose newest frame is older than this is quiet, seconds. Ours: nothing is coached from older data.
pub const QUIET_S: f64 = 2.0;

/// What the runner was told of a pod and not yet that it is over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// It is quiet.
    pub quiet: bool,
    /// It has moved.
    pub moved: bool,
    /// Nothing can be made of its signal.
    pub faulty: bool,
}

/// Which numbered frames came, live or later.
#[derive(Debug, Default)]
struct Blocks {
    ledger: Ledger,
    boot: Option<u16>,
    /// Frames that had been lost and came later.
    filled: u64,
}

impl Blocks {
    fn live(&mut self, number: FrameNumber) {
        let FrameNumber { boot, sequence } = number;
        self.ledger.receive(BlockName { boot, sequence });
        if self.boot.replace(boot) != Some(boot) {
            // What a pod measured before it was heard counts as lost nowhere.
            if let Some(last) = sequence.checked_sub(1) {
                self.ledger.give_up(BlockRange { boot, first: 0, last });
            }
        }
    }

    fn stored(&mut self, block: BlockName) {
        self.filled += u64::from(self.ledger.receive(block));
    }
}

/// What one pod sent since the session began.
#[derive(Debug, Default)]
pub struct PodStream {
    /// Of a Lean Pod until another one is connected.
    kind: Option<PodKind>,
    decoder: StreamDecoder,
    clock: PodClock,
    watch: FaultWatch,
    last_arrival: Option<Timestamp>,
    blocks: Blocks,
    refused: u32,
    /// Frames whose times cannot be true.
    refused_times: RefusedTimes,
    /// Of the last sample.
    has_gyro: Option<bool>,
    /// It sends a gyroscope that measures nothing.
    gyro_is_none: bool,
    /// End of the accelerometer's range, g, where it was chosen.
    range_g: Option<f64>,
    /// Its bytes could not be read for a while.
    unreadable: bool,
    /// What the runner was told of it.
    pub told: Told,
}

impl PodStream {
    /// The pod streams in this way from now on. A pod of the same kind is the same one, and its clock goes on.
    pub fn connected(&mut self, setup: &StreamSetup) {
        if self.kind.replace(setup.kind).unwrap_or(PodKind::LeanPod) != setup.kind {
            self.clock = PodClock::new();
            self.watch = FaultWatch::default();
        }
        self.range_g = setup.accelerometer_range_g;
        self.decoder = StreamDecoder::new(setup);
    }

    /// Whether the gyroscope that the pod sends measures nothing, as its samples show.
    pub fn set_gyro_is_none(&mut self, gyro_is_none: bool) {
        self.gyro_is_none = gyro_is_none;
    }

    /// Takes one block of a Lean Pod; gives its samples to `emit`.
    pub fn accept(
        &mut self,
        arrival: Timestamp,
        session_start: Timestamp,
        bytes: &[u8],
        emit: impl FnMut(ImuSample),
    ) {
        self.take(arrival, session_start, lean_pod::LIVE, bytes, emit);
    }

    /// Takes bytes of one of the pod's characteristics; gives the samples in them to `emit`.
    pub fn take(
        &mut self,
        arrival: Timestamp,
        session_start: Timestamp,
        characteristic: Uuid,
        bytes: &[u8],
        mut emit: impl FnMut(ImuSample),
    ) {
        if characteristic == lean_pod::TIME {
            return self.echo(arrival, bytes);
        }
        let (clock, watch, last_arrival) = (&mut self.clock, &mut self.watch, &mut self.last_arrival);
        let (has_gyro, refused_times) = (&mut self.has_gyro, &mut self.refused_times);
        let blocks = &mut self.blocks;
        let outcome = self.decoder.decode(characteristic, bytes, &mut |frame| {
            let timing = clock.accept(arrival, session_start, frame);
            watch.frame(frame, clock.rate_hz());
            if timing == FrameTiming::Implausible {
                let length_s = frame.samples.len() as f64 * frame.sample_interval_us * 1e-6;
                refused_times.note(arrival.seconds_since(session_start), length_s);
            } else if let Some(number) = frame.number {
                blocks.live(number);
            }
            let FrameTiming::Fresh {
                first_sample_s,
                interval_s,
                ..
            } = timing
            else {
                return;
            };
            *last_arrival = Some(arrival);
            if let Some(sample) = frame.samples.last() {
                *has_gyro = Some(sample.angular_velocity.is_some());
            }
            hand_out(frame, first_sample_s, interval_s, &mut emit);
        });
        if let Err(error) = outcome {
            self.refuse(error);
        }
    }

    /// Takes one block that a Lean Pod had stored: what was lost of it no longer is.
    pub fn stored(&mut self, bytes: &[u8]) {
        if let Ok(LeanPodBlock { boot, sequence, .. }) = lean_pod::decode(bytes) {
            self.blocks.stored(BlockName { boot, sequence });
        }
    }

    fn refuse(&mut self, error: FrameError) {
        if error == FrameError::Characteristic {
            return;
        }
        self.refused += 1;
        self.watch.refused(error);
        let fault = self.watch.fault();
        self.unreadable |= matches!(fault, Some(PodFault::UnknownFormat | PodFault::NotFinite));
    }

    /// The pod told its clock: the token is the low half of the moment it was asked at.
    fn echo(&mut self, answered: Timestamp, bytes: &[u8]) {
        let Some(echo) =
            TimeEcho::decode(bytes).filter(|_| self.kind.is_none_or(|kind| kind == PodKind::LeanPod))
        else {
            return;
        };
        let passed_us = (answered.0 as u32).wrapping_sub(echo.token);
        let asked = Timestamp(answered.0.saturating_sub(i64::from(passed_us)));
        let TimeEcho {
            boot,
            received_us,
            sent_us,
            ..
        } = echo;
        self.clock.exchange(asked, answered, boot, received_us, sent_us);
    }

    /// What is wrong with the pod's signal, if anything.
    #[must_use]
    pub fn fault(&self) -> Option<PodFault> {
        self.watch.fault()
    }

    /// Says of the holes in this pod's data where frames came whose times cannot be true, and adds those without a hole.
    pub fn explain_gaps(&self, site: Site, gaps: &mut Vec<Gap>) {
        self.refused_times.explain(site, gaps);
    }

    /// What is wrong with the pod's signal and what to do, a sentence; `None` while nothing is.
    #[must_use]
    pub fn trouble(&self, words: &Words) -> Option<String> {
        self.fault().map(|fault| words.text(fault.message()))
    }

    /// Whether the pod's bytes could not be read for a while.
    #[must_use]
    pub const fn was_unreadable(&self) -> bool {
        self.unreadable
    }

    /// What lowers the trust in the pod's numbers, the weightiest first: as its stream shows, else as its kind is known.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> {
        let of_kind = self.kind.unwrap_or(PodKind::LeanPod).capabilities().doubts;
        let shown = move |doubt| match doubt {
            Doubt::NoGyroscope => self.has_gyro.map(|has_gyro| !has_gyro || self.gyro_is_none),
            Doubt::NoStamps => self.last_arrival.map(|_| self.timed_by_arrival()),
            Doubt::LowRate => self.rate_hz().map(|rate_hz| rate_hz < LOW_RATE_HZ),
            Doubt::LowRange => self.range_g.map(|range_g| range_g < LOW_RANGE_G),
            Doubt::NoMotion | Doubt::NoSequence | Doubt::NoChecksum => None,
        };
        Doubt::ALL
            .into_iter()
            .filter(move |&doubt| shown(doubt).unwrap_or_else(|| of_kind.contains(&doubt)))
    }

    /// The same, each as a sentence that says what to do.
    #[must_use]
    pub fn told_doubts(&self, words: &Words) -> Vec<String> {
        self.doubts().map(|doubt| words.text(doubt.message())).collect()
    }

    /// Whether the pod's times rest on arrival, because it gives nothing better.
    #[must_use]
    pub fn timed_by_arrival(&self) -> bool {
        self.clock.by_arrival()
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

    /// Share of frames that never came, not even later, or were no frames, 0 to 1.
    #[must_use]
    pub fn missing(&self) -> f64 {
        let filled = self.blocks.filled;
        let received = (self.clock.frames_received() + filled) as f64;
        let refused = f64::from(self.refused);
        let lost = (self.clock.frames_lost().saturating_sub(filled) as f64).max(refused);
        if received + lost > 0.0 {
            lost / (received + lost)
        } else {
            0.0
        }
    }
}

/// Gives the samples of a frame with their times.
fn hand_out(frame: &PodFrame, first_sample_s: f64, interval_s: f64, emit: &mut impl FnMut(ImuSample)) {
    for (k, sample) in frame.samples.iter().enumerate() {
        emit(ImuSample {
            time_s: first_sample_s + k as f64 * interval_s,
            specific_force: sample.specific_force,
            angular_velocity: sample.angular_velocity,
            clipped: frame.clipped,
        });
    }
}

#[cfg(test)]
mod tests;
