//! Samples of the phone's own motion sensors, or of earbuds, as a shell gets them from its system.
//!
//! Decides nothing. Invariant: units and signs stay the system's own; the core knows both.

use plumbline_core::pod::phone;

/// Whose units and signs the numbers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum MotionSource {
    /// Android's accelerometer and gyroscope: m/s², at rest +9.81 upward; rad/s.
    Android,
    /// Apple's Core Motion: g, at rest −1 upward (gravity plus user acceleration); rad/s.
    CoreMotion,
}

/// Three axes of the device.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
#[allow(missing_docs, reason = "the names are the axes")]
pub struct Axes {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}

/// One sample.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct MotionSample {
    /// When it was measured, seconds of the system's clock that never steps: what the event itself bears.
    pub time_s: f64,
    /// Acceleration in the source's unit and sign.
    pub acceleration: Axes,
    /// Rotation; absent without a gyroscope.
    pub rotation_radps: Option<Axes>,
}

impl From<MotionSource> for phone::MotionSource {
    fn from(source: MotionSource) -> Self {
        match source {
            MotionSource::Android => Self::Android,
            MotionSource::CoreMotion => Self::CoreMotion,
        }
    }
}

impl From<Axes> for [f64; 3] {
    fn from(axes: Axes) -> Self {
        [axes.x, axes.y, axes.z]
    }
}

impl From<MotionSample> for phone::MotionSample {
    fn from(sample: MotionSample) -> Self {
        Self {
            time_s: sample.time_s,
            acceleration: sample.acceleration.into(),
            rotation_radps: sample.rotation_radps.map(Into::into),
        }
    }
}
