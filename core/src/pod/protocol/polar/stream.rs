//! A Polar pod's notifications to frames in SI units.
//!
//! Keeps no clock. Invariant: a frame is handed on whole or not at all.

use glam::DVec3;

use super::{DATA, Measurement, frame::DataFrame};
use crate::{
    pod::{
        conversation::StreamSetup,
        frame::{FrameError, FrameStamp, PodFrame, PodSample, at_end_of_range},
        gatt::Uuid,
        join::Join,
    },
    units::GRAVITY,
};

/// Rate taken when none was granted, samples a second: what a Verity Sense gives by itself.
const DEFAULT_HZ: f64 = 52.0;
/// Range taken when none was granted, g.
const DEFAULT_G: f64 = 8.0;
/// Range of the gyroscope taken when none was granted, °/s.
const DEFAULT_DPS: f64 = 2000.0;
/// Counts of a sensor of 16 bits in half its range.
const HALF_RANGE: f64 = 32_768.0;

/// Decodes one Polar pod.
#[derive(Clone, Debug)]
pub struct PolarStream {
    interval_us: f64,
    range_g: f64,
    accelerometer_factor: Option<f64>,
    range_dps: f64,
    gyroscope_factor: Option<f64>,
    frame: PodFrame,
    turning: Vec<DVec3>,
    join: Option<Join>,
}

impl PolarStream {
    /// For a stream that was started so.
    #[must_use]
    pub fn new(setup: &StreamSetup) -> Self {
        Self {
            interval_us: 1e6 / setup.rate_hz.unwrap_or(DEFAULT_HZ),
            range_g: setup.accelerometer_range_g.unwrap_or(DEFAULT_G),
            accelerometer_factor: setup.accelerometer_factor,
            range_dps: setup.gyroscope_range_dps.unwrap_or(DEFAULT_DPS),
            gyroscope_factor: setup.gyroscope_factor,
            frame: PodFrame::default(),
            turning: Vec::new(),
            join: setup.gyroscope_range_dps.map(|_| Join::default()),
        }
    }

    /// Takes one notification; frames go to `emit`. Measurements other than motion are passed over.
    pub fn decode(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        emit: &mut dyn FnMut(&PodFrame),
    ) -> Result<(), FrameError> {
        if characteristic != DATA.uuid {
            return Err(FrameError::Characteristic);
        }
        let data = DataFrame::parse(bytes)?;
        match data.measurement {
            Measurement::Accelerometer => self.accelerometer(&data)?,
            Measurement::Gyroscope => self.gyroscope(&data)?,
            _ => return Ok(()),
        }
        match &mut self.join {
            Some(join) => join.release(emit),
            None if data.measurement == Measurement::Accelerometer => emit(&self.frame),
            None => {}
        }
        Ok(())
    }

    fn accelerometer(&mut self, data: &DataFrame<'_>) -> Result<(), FrameError> {
        let g_per_count = match (data.compressed, data.layout) {
            (true, 0) => self.accelerometer_factor.unwrap_or(self.range_g / HALF_RANGE),
            (true, _) => 1e-3 * self.accelerometer_factor.unwrap_or(1.0),
            _ => 1e-3,
        };
        let (scale, end) = (g_per_count * GRAVITY, self.range_g * GRAVITY);
        let (samples, mut clipped) = (&mut self.frame.samples, false);
        samples.clear();
        data.triples(|counts| {
            let specific_force = DVec3::from_array(counts.map(f64::from)) * scale;
            clipped |= at_end_of_range(specific_force, end);
            samples.push(PodSample {
                specific_force,
                angular_velocity: None,
            });
        })?;
        self.frame.stamp = FrameStamp::last(data.time_ns / 1000);
        self.frame.sample_interval_us = self.interval_us;
        self.frame.clipped = clipped;
        if let Some(join) = &mut self.join {
            let stamp_us = data.time_ns as f64 * 1e-3;
            join.accelerometer(stamp_us, self.interval_us, clipped, &self.frame.samples);
        }
        Ok(())
    }

    fn gyroscope(&mut self, data: &DataFrame<'_>) -> Result<(), FrameError> {
        let floats = data.layout == 1;
        let dps = if floats {
            self.gyroscope_factor.unwrap_or(1.0)
        } else {
            self.gyroscope_factor.unwrap_or(self.range_dps / HALF_RANGE)
        };
        let (scale, turning, mut finite) = (dps.to_radians(), &mut self.turning, true);
        turning.clear();
        data.triples(|counts| {
            let value = |count: i32| {
                if floats {
                    f64::from(f32::from_bits(count as u32))
                } else {
                    f64::from(count)
                }
            };
            let turn = DVec3::from_array(counts.map(value)) * scale;
            finite &= turn.is_finite();
            turning.push(turn);
        })?;
        if !finite {
            return Err(FrameError::NotFinite);
        }
        if let Some(join) = &mut self.join {
            join.gyroscope(data.time_ns as f64 * 1e-3, self.interval_us, &self.turning);
        }
        Ok(())
    }
}
