//! From the bytes of one notification to a frame.
//!
//! Keeps no state between notifications: order, loss and time belong to [`super::clock`].
//! Invariant: any bytes give a frame or an error, never a panic.

mod crc;
pub mod lean_pod;

use super::{
    conversation::Conversation,
    frame::{FrameError, PodFrame},
    kind::PodKind,
};

/// A pod's language: what its live notifications mean.
pub trait PodProtocol {
    /// The frame in the bytes of one whole notification.
    fn decode(&self, bytes: &[u8]) -> Result<PodFrame, FrameError>;
}

/// The talk that leads to a stream of a pod of this kind; `None` where no radio is talked to: the phone, earbuds.
#[must_use]
pub fn conversation(kind: PodKind) -> Option<Box<dyn Conversation>> {
    match kind {
        PodKind::LeanPod => Some(Box::new(lean_pod::LeanPodTalk::default())),
        _ => None,
    }
}
