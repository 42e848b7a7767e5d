//! Made-up pods' samples as a host receives them: some lost, each placed in time by the clock of a live run.

use plumbline_core::{
    pod::{
        clock::{FrameTiming, PodClock},
        conversation::StreamSetup,
        frame::FrameStamp,
        kind::PodKind,
        protocol::{StreamDecoder, lean_pod},
        sample::ImuSample,
    },
    sim::{Scenario, Simulation, notifications},
    units::Timestamp,
};

/// What a pod's times rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timed {
    Stamps,
    Arrival,
}

impl Timed {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "stamps" => Some(Self::Stamps),
            "arrival" => Some(Self::Arrival),
            _ => None,
        }
    }

    /// Puts what was received in place of what was measured.
    pub(crate) fn receive(self, scenario: &Scenario, simulation: &mut Simulation) {
        let start = Timestamp(0);
        let sent = notifications(scenario, simulation, start);
        for pod in &mut simulation.pods {
            let from_pod = sent.iter().filter(|one| one.site == pod.site);
            pod.samples = self.samples(from_pod.map(|one| (one.arrival, &one.bytes[..])), start);
        }
    }

    fn samples<'a>(
        self,
        sent: impl Iterator<Item = (Timestamp, &'a [u8])>,
        start: Timestamp,
    ) -> Vec<ImuSample> {
        let mut decoder = StreamDecoder::new(&StreamSetup::of(PodKind::LeanPod));
        let (mut clock, mut samples) = (PodClock::new(), Vec::new());
        for (arrival, bytes) in sent {
            let taken = decoder.decode(lean_pod::LIVE, bytes, &mut |frame| {
                let mut frame = frame.clone();
                if self == Self::Arrival {
                    (frame.stamp, frame.number) = (FrameStamp::NONE, None);
                }
                let timing = clock.accept(arrival, start, &frame);
                if let FrameTiming::Fresh {
                    first_sample_s,
                    interval_s,
                    ..
                } = timing
                {
                    samples.extend(frame.samples.iter().enumerate().map(|(k, sample)| ImuSample {
                        time_s: first_sample_s + k as f64 * interval_s,
                        specific_force: sample.specific_force,
                        angular_velocity: sample.angular_velocity,
                        clipped: frame.clipped,
                    }));
                }
            });
            debug_assert!(taken.is_ok(), "made-up blocks are sound");
        }
        samples
    }
}
