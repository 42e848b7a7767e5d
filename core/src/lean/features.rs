//! The numbers a lean model sees: one window of steps, held against the runner's own references.
//!
//! Judges nothing. Invariant: the order of [`FeatureVector::to_array`] is the order the network was trained on;
//! a change of it is a new [`SCHEMA`].

/// Version of the feature order, shared with `core/model/`.
pub const SCHEMA: u32 = 1;

/// How many numbers the network reads.
pub const LENGTH: usize = 14;

/// One window of steps as numbers. Angles in degrees; `None` where a pod or a neutral is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FeatureVector {
    /// Mean trunk lean.
    pub trunk_lean_deg: Option<f64>,
    /// Mean pelvis tilt.
    pub pelvis_tilt_deg: Option<f64>,
    /// Mean mid-stance timing.
    pub mid_stance_timing: Option<f64>,
    /// Mean cadence, steps per minute.
    pub cadence_spm: f64,
    /// Mean ground contact time, milliseconds.
    pub ground_contact_ms: f64,
    /// Mean vertical oscillation, millimetres.
    pub vertical_oscillation_mm: Option<f64>,
    /// Standard deviation of trunk lean over the steps.
    pub trunk_lean_sd_deg: Option<f64>,
    /// Standard error of the neutral: what every angle of the run is off by, together.
    pub neutral_error_deg: f64,
    /// Steady steps in the window.
    pub steady_steps: u32,
    /// Whether the pods have gyroscopes.
    pub has_gyro: bool,
    /// The runner's own references.
    pub own: super::band::OwnReference,
}
