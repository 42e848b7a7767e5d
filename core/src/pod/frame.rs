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
    /// Names the frame, where the pod numbers its frames.
    pub number: Option<FrameNumber>,
    /// What the pod's clock read, and at which sample.
    pub stamp: FrameStamp,
    /// Announced time between samples, microseconds.
    pub sample_interval_us: f64,
    /// A channel stood at the end of its range in this frame.
    pub clipped: bool,
    /// The samples, oldest first; never empty in a frame handed on.
    pub samples: Vec<PodSample>,
}

/// Names a frame among all that a pod ever sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameNumber {
    /// Counts the pod's starts: a new value means clock and sequence began again.
    pub boot: u16,
    /// Counts frames within one boot, +1 each.
    pub sequence: u32,
}

/// A reading of the pod's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameStamp {
    /// At which sample it was read.
    pub kind: StampKind,
    /// The reading, microseconds; 0 where there is none.
    pub us: u64,
    /// After so many microseconds the clock begins again at zero; `None` if it never does.
    pub wraps_us: Option<u64>,
    /// Its smallest step, microseconds.
    pub resolution_us: u32,
}

impl FrameStamp {
    /// No reading.
    pub const NONE: Self = Self {
        kind: StampKind::None,
        us: 0,
        wraps_us: None,
        resolution_us: 1,
    };

    /// A reading at the first sample of a clock that counts microseconds for ever.
    #[must_use]
    pub const fn first(us: u64) -> Self {
        Self {
            kind: StampKind::FirstSample,
            us,
            ..Self::NONE
        }
    }

    /// A reading at the last sample of a clock that counts microseconds for ever.
    #[must_use]
    pub const fn last(us: u64) -> Self {
        Self {
            kind: StampKind::LastSample,
            us,
            ..Self::NONE
        }
    }
}

impl Default for PodFrame {
    fn default() -> Self {
        Self {
            number: None,
            stamp: FrameStamp::NONE,
            sample_interval_us: 0.0,
            clipped: false,
            samples: Vec::new(),
        }
    }
}

/// One sample of a [`PodFrame`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PodSample {
    /// Specific force, m/s².
    pub specific_force: DVec3,
    /// Angular velocity, rad/s; `None` for an accelerometer-only pod.
    pub angular_velocity: Option<DVec3>,
}

/// Share of the range's end from which on a sensor counts as saturated: sensors stop a little before. Ours, untested.
const SATURATED: f64 = 0.995;

/// Whether one of the channels stands at the end of a range that reaches from `-end` to `end`.
#[must_use]
pub fn at_end_of_range(value: DVec3, end: f64) -> bool {
    value.abs().max_element() >= SATURATED * end
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
        /// The field's name in `docs/lean-pod.md`, or in the maker's text.
        field: &'static str,
    },
    /// A value that is no number.
    #[error("frame holds a value that is no number")]
    NotFinite,
    /// Bytes of a characteristic that belongs to no stream of this pod.
    #[error("bytes of a characteristic that sends no samples")]
    Characteristic,
}
