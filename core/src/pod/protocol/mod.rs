//! From the bytes of one notification to a frame.
//!
//! Keeps no state between notifications: order, loss and time belong to [`super::clock`].
//! Invariant: any bytes give a frame or an error, never a panic.

mod crc;
pub mod lean_pod;

use super::frame::{FrameError, PodFrame};

/// A pod's language: what its live notifications mean.
pub trait PodProtocol {
    /// The frame in the bytes of one whole notification.
    fn decode(&self, bytes: &[u8]) -> Result<PodFrame, FrameError>;
}
