//! A DOT's live payloads to frames of one sample each.
//!
//! Keeps no clock. Invariant: a payload that is no number throughout is refused.

use glam::DVec3;

use super::{
    LONG, MEDIUM,
    payload::{Mode, Payload},
};
use crate::{
    pod::{
        conversation::StreamSetup,
        frame::{FrameError, FrameStamp, PodFrame, PodSample, StampKind, at_end_of_range},
        gatt::Uuid,
    },
    units::GRAVITY,
};

/// Rate taken when none was granted, samples a second.
const DEFAULT_HZ: f64 = 60.0;
/// End of the accelerometer's only range, g.
const RANGE_G: f64 = 16.0;

/// Decodes one DOT.
#[derive(Clone, Debug)]
pub struct DotStream {
    interval_us: f64,
    frame: PodFrame,
}

impl DotStream {
    /// For a stream that was started so.
    #[must_use]
    pub fn new(setup: &StreamSetup) -> Self {
        Self {
            interval_us: 1e6 / setup.rate_hz.unwrap_or(DEFAULT_HZ),
            frame: PodFrame::default(),
        }
    }

    /// Takes one notification; its frame goes to `emit`.
    pub fn decode(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        emit: &mut dyn FnMut(&PodFrame),
    ) -> Result<(), FrameError> {
        let payload = if characteristic == MEDIUM.uuid {
            // With the magnetometer it is six bytes longer.
            let magnetometer = bytes.len() == Mode::RateQuantitiesWithMagnetometer.bytes();
            let mode = if magnetometer {
                Mode::RateQuantitiesWithMagnetometer
            } else {
                Mode::RateQuantities
            };
            Payload::parse(bytes, mode)?
        } else if characteristic == LONG.uuid {
            Payload::parse(bytes, Mode::Custom5)?
        } else {
            return Err(FrameError::Characteristic);
        };
        let vector = |values: [f32; 3]| DVec3::from_array(values.map(f64::from));
        let missing = FrameError::Field {
            field: "acceleration",
        };
        let specific_force = vector(payload.acceleration.ok_or(missing)?);
        let turn = payload
            .angular_velocity_dps
            .map(|dps| vector(dps) * 1_f64.to_radians());
        if !specific_force.is_finite() || !turn.is_none_or(DVec3::is_finite) {
            return Err(FrameError::NotFinite);
        }
        self.frame.samples.clear();
        self.frame.samples.push(PodSample {
            specific_force,
            angular_velocity: turn,
        });
        self.frame.clipped = at_end_of_range(specific_force, RANGE_G * GRAVITY);
        self.frame.sample_interval_us = self.interval_us;
        self.frame.stamp = FrameStamp {
            kind: StampKind::FirstSample,
            us: u64::from(payload.stamp_us),
            wraps_us: Some(1 << 32),
            resolution_us: 1,
        };
        emit(&self.frame);
        Ok(())
    }
}
