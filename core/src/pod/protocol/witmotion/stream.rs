//! `WitMotion` notifications, in which frames may be joined or split, to frames of samples without a stamp.
//!
//! Keeps no clock. Invariant: a frame begins where the one before ended, or where two bytes say so.

use glam::DVec3;

use super::{
    DATA,
    frame::{DPS_PER_COUNT, Frame, G_PER_COUNT, HEAD, LENGTH, MOTION, REGISTERS},
};
use crate::{
    pod::{
        conversation::StreamSetup,
        frame::{FrameError, FrameStamp, PodFrame, PodSample},
        gatt::Uuid,
    },
    units::GRAVITY,
};

/// Rate taken when none was granted, samples a second.
const DEFAULT_HZ: f64 = 100.0;

/// Decodes one `WitMotion` pod.
#[derive(Clone, Debug)]
pub struct WitStream {
    interval_us: f64,
    /// The begin of a frame whose end has not come.
    begun: [u8; LENGTH],
    length: usize,
    frame: PodFrame,
}

impl WitStream {
    /// For a stream that was started so.
    #[must_use]
    pub fn new(setup: &StreamSetup) -> Self {
        Self {
            interval_us: 1e6 / setup.rate_hz.unwrap_or(DEFAULT_HZ),
            begun: [0; LENGTH],
            length: 0,
            frame: PodFrame::default(),
        }
    }

    /// Takes one notification; its samples go to `emit` as one frame.
    pub fn decode(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        emit: &mut dyn FnMut(&PodFrame),
    ) -> Result<(), FrameError> {
        if characteristic != DATA.uuid {
            return Err(FrameError::Characteristic);
        }
        self.frame.samples.clear();
        self.frame.clipped = false;
        self.frame.stamp = FrameStamp::NONE;
        self.frame.sample_interval_us = self.interval_us;
        // Whole frames from the first byte on: what was begun before lost its end.
        if self.length > 0
            && bytes.len().is_multiple_of(LENGTH)
            && matches!(bytes, [HEAD, MOTION | REGISTERS, ..])
        {
            self.length = 0;
        }
        let mut strange = 0;
        for &byte in bytes {
            strange += usize::from(!self.push(byte));
        }
        if !self.frame.samples.is_empty() {
            emit(&self.frame);
        }
        if strange > 0 {
            return Err(FrameError::Length {
                expected: bytes.len() - strange,
                found: bytes.len(),
            });
        }
        Ok(())
    }

    /// Takes a byte; whether it may belong to a frame.
    fn push(&mut self, byte: u8) -> bool {
        let fits = match self.length {
            0 => byte == HEAD,
            1 => matches!(byte, MOTION | REGISTERS),
            _ => true,
        };
        if !fits {
            // The second byte of no frame may be the first of one.
            self.length = usize::from(byte == HEAD);
            return false;
        }
        if let Some(place) = self.begun.get_mut(self.length) {
            *place = byte;
        }
        self.length += 1;
        if self.length == LENGTH {
            self.length = 0;
            if let Some(Frame::Motion(counts)) = Frame::parse(&self.begun) {
                self.take(counts);
            }
        }
        true
    }

    fn take(&mut self, counts: [i16; 9]) {
        let [ax, ay, az, gx, gy, gz, ..] = counts.map(f64::from);
        self.frame.clipped |= counts
            .iter()
            .take(6)
            .any(|count| matches!(*count, i16::MIN | i16::MAX));
        self.frame.samples.push(PodSample {
            specific_force: DVec3::new(ax, ay, az) * (G_PER_COUNT * GRAVITY),
            angular_velocity: Some(DVec3::new(gx, gy, gz) * DPS_PER_COUNT.to_radians()),
        });
    }
}
