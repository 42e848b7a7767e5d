//! A Movesense's notifications to frames: accelerometer and gyroscope together, in one part or two.
//!
//! Keeps no clock. Invariant: a packet is handed on whole or not at all; memory is bounded.

use glam::DVec3;

use super::{
    DATA,
    command::Notification,
    packet::Packet,
    parts::{DEFAULT_HZ, Packets},
};
use crate::{
    pod::{
        conversation::StreamSetup,
        frame::{FrameError, FrameStamp, PodFrame, PodSample, StampKind, at_end_of_range},
        gatt::Uuid,
    },
    units::GRAVITY,
};

/// The clock counts milliseconds in 32 bits.
const WRAPS_US: u64 = (1 << 32) * 1000;

/// Decodes one Movesense.
#[derive(Clone, Debug)]
pub struct MovesenseStream {
    packets: Packets,
    reader: Reader,
}

/// Reads whole packets.
#[derive(Clone, Debug)]
struct Reader {
    rate_hz: f64,
    range_g: Option<f64>,
    frame: PodFrame,
}

impl MovesenseStream {
    /// For a stream that was started so.
    #[must_use]
    pub fn new(setup: &StreamSetup) -> Self {
        let rate_hz = setup.rate_hz.unwrap_or(DEFAULT_HZ);
        Self {
            packets: Packets::of(setup.rate_hz),
            reader: Reader {
                rate_hz,
                range_g: setup.accelerometer_range_g,
                frame: PodFrame::default(),
            },
        }
    }

    /// Takes one notification; frames go to `emit`. Answers and other subscriptions are passed over.
    pub fn decode(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        emit: &mut dyn FnMut(&PodFrame),
    ) -> Result<(), FrameError> {
        if characteristic != DATA.uuid {
            return Err(FrameError::Characteristic);
        }
        let notification = Notification::parse(bytes).ok_or(FrameError::Format {
            format: bytes.first().copied().unwrap_or_default(),
        })?;
        let reader = &mut self.reader;
        self.packets
            .take(notification, &mut |payload| reader.packet(payload, emit))
    }
}

impl Reader {
    fn packet(&mut self, payload: &[u8], emit: &mut dyn FnMut(&PodFrame)) -> Result<(), FrameError> {
        let packet = Packet::parse(payload, 2)?;
        let (samples, mut finite) = (&mut self.frame.samples, true);
        samples.clear();
        samples.extend(packet.array(0).zip(packet.array(1)).map(|(acc, gyro)| {
            let specific_force = DVec3::from_array(acc.map(f64::from));
            let turn = DVec3::from_array(gyro.map(|dps| f64::from(dps).to_radians()));
            finite &= specific_force.is_finite() && turn.is_finite();
            PodSample {
                specific_force,
                angular_velocity: Some(turn),
            }
        }));
        if !finite {
            return Err(FrameError::NotFinite);
        }
        let end = self.range_g.map(|range_g| range_g * GRAVITY);
        self.frame.clipped = end.is_some_and(|end| {
            samples
                .iter()
                .any(|sample| at_end_of_range(sample.specific_force, end))
        });
        self.frame.stamp = FrameStamp {
            kind: StampKind::FirstSample,
            us: u64::from(packet.stamp_ms) * 1000,
            wraps_us: Some(WRAPS_US),
            resolution_us: 1000,
        };
        self.frame.sample_interval_us = 1e6 / self.rate_hz;
        emit(&self.frame);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::parts::MOTION, *};
    use crate::pod::kind::PodKind;

    #[test]
    fn a_rate_that_no_pod_has_makes_no_packet_whole() {
        for rate_hz in [1e308, f64::INFINITY, f64::NAN, -1.0] {
            let setup = StreamSetup {
                rate_hz: Some(rate_hz),
                ..StreamSetup::of(PodKind::Movesense)
            };
            let mut stream = MovesenseStream::new(&setup);
            let mut frames = 0;
            let taken = stream.decode(DATA.uuid, &[2, MOTION, 0, 0, 0, 0], &mut |_| frames += 1);
            assert_eq!((taken, frames), (Ok(()), 0), "{rate_hz}");
        }
    }
}
