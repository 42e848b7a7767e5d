//! Packets of motion that came in one part or two, put together.
//!
//! Reads no sample. Invariant: a packet is handed on whole or, when its second part never came, as it is; memory is bounded.

use super::command::Notification;
use crate::pod::frame::FrameError;

/// The reference under which motion is subscribed.
pub const MOTION: u8 = 0x11;
/// Rate taken when none was granted, samples a second.
pub(super) const DEFAULT_HZ: f64 = 104.0;
/// A packet holds what 13 Hz measures once: 4 samples at 52 Hz (captured), 8 at 104 Hz (inferred).
const PACKETS_HZ: f64 = 13.0;
/// Longest packet that is put together, bytes: 16 samples of 208 Hz are 388.
const LONGEST: usize = 1024;

/// What takes a packet.
type Each<'a> = dyn FnMut(&[u8]) -> Result<(), FrameError> + 'a;

/// Puts packets together.
#[derive(Clone, Debug)]
pub struct Packets {
    rate_hz: f64,
    parts: Vec<u8>,
}

impl Packets {
    /// Of a stream of this rate; `None` where none was granted.
    #[must_use]
    pub fn of(rate_hz: Option<f64>) -> Self {
        Self {
            rate_hz: rate_hz.unwrap_or(DEFAULT_HZ),
            parts: Vec::new(),
        }
    }

    /// Takes one notification; packets go to `each`, other things than motion nowhere.
    pub fn take(&mut self, notification: Notification<'_>, each: &mut Each<'_>) -> Result<(), FrameError> {
        match notification {
            Notification::Packet {
                reference: MOTION,
                payload,
            } => {
                let before = self.give_up(each);
                if self.is_whole(payload) {
                    return before.and(each(payload));
                }
                self.parts
                    .extend_from_slice(payload.get(..LONGEST).unwrap_or(payload));
                before
            }
            Notification::Rest {
                reference: MOTION,
                payload,
            } => self.rest(payload, each),
            _ => Ok(()),
        }
    }

    /// How long a whole packet of this many bytes lasts, microseconds.
    #[must_use]
    pub fn lasts_us(&self, payload: &[u8]) -> f64 {
        (payload.len() / 24) as f64 * 1e6 / self.rate_hz
    }

    /// Whether a payload can be nothing but a whole packet: what is split may by chance look like a shorter one.
    #[must_use]
    pub fn is_whole(&self, payload: &[u8]) -> bool {
        self.is_whole_length(payload.len())
    }

    /// The same by its length alone.
    #[must_use]
    pub fn is_whole_length(&self, bytes: usize) -> bool {
        let samples = (self.rate_hz / PACKETS_HZ).round().max(1.0) as usize;
        bytes == samples.saturating_mul(24).saturating_add(4)
    }

    /// A packet whose second part never came; if it looks whole it was, of another firmware.
    fn give_up(&mut self, each: &mut Each<'_>) -> Result<(), FrameError> {
        if self.parts.is_empty() {
            return Ok(());
        }
        let outcome = each(&self.parts);
        self.parts.clear();
        outcome
    }

    fn rest(&mut self, payload: &[u8], each: &mut Each<'_>) -> Result<(), FrameError> {
        if self.parts.is_empty() || self.parts.len() + payload.len() > LONGEST {
            self.parts.clear();
            return Err(FrameError::Length {
                expected: 0,
                found: payload.len(),
            });
        }
        self.parts.extend_from_slice(payload);
        if self.is_whole(&self.parts) {
            return self.give_up(each);
        }
        Ok(())
    }
}
