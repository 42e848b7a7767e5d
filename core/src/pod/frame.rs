//! One decoded notification of a pod: a run of samples with one stamp.
//!
//! Does not know any protocol's bytes. Invariant: every sample is finite and in SI units.

use glam::DVec3;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Which sample of a frame its stamp belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampKind {
    /// The oldest one.
    FirstSample,
    /// The newest one.
    LastSample,
    /// Frames bear no stamp: only their arrival tells the time.
    None,
}

/// Samples of one notification, in the pod's own axes and on the pod's own clock.
#[derive(Clone, Debug, PartialEq)]
pub struct PodFrame {
    /// Counts the pod's starts: a new value means clock and sequence began again.
    pub boot: u16,
    /// Counts frames within one boot, +1 each.
    pub sequence: u32,
    /// Pod clock at the first sample, microseconds since its boot.
    pub first_sample_us: u64,
    /// Time between samples, microseconds.
    pub sample_interval_us: f64,
    /// A channel stood at the end of its range in this frame.
    pub clipped: bool,
    /// The samples, oldest first; never empty.
    pub samples: Vec<PodSample>,
}

/// One sample of a [`PodFrame`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PodSample {
    /// Specific force, m/s².
    pub specific_force: DVec3,
    /// Angular velocity, rad/s; `None` for an accelerometer-only pod.
    pub angular_velocity: Option<DVec3>,
}

/// Why bytes are not a frame. The bytes are kept in the run log all the same.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FrameError {
    /// Fewer or more bytes than the header announces.
    #[error("frame of {found} bytes where its header announces {expected}")]
    Length {
        /// Bytes the header announces, or the header's own length.
        expected: usize,
        /// Bytes received.
        found: usize,
    },
    /// The checksum does not match.
    #[error("frame checksum does not match")]
    Checksum,
    /// A format this version does not decode.
    #[error("frame format {format:#04x} is not known")]
    Format {
        /// The format byte.
        format: u8,
    },
    /// A field holds a value outside its range.
    #[error("frame field `{field}` is out of range")]
    Field {
        /// The field's name in `docs/lean-pod.md`.
        field: &'static str,
    },
}
