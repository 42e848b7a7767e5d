//! The numbers a lean model sees: one window of steps, held against the runner's own references.
//!
//! Judges nothing. Invariant: the order of [`FeatureVector::to_array`] is the order the network was trained on;
//! a change of it is a new [`SCHEMA`].

use super::band::OwnReference;
use crate::{gait::step::Step, units::Degrees};

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
    /// Mean mid-stance timing, + late.
    pub mid_stance_timing: Option<f64>,
    /// Mean cadence, steps per minute.
    pub cadence_spm: f64,
    /// Mean ground contact time, milliseconds.
    pub ground_contact_ms: f64,
    /// Mean vertical oscillation, millimetres.
    pub vertical_oscillation_mm: Option<f64>,
    /// Standard deviation of trunk lean, or of pelvis tilt without a chest pod, over the steps.
    pub lean_sd_deg: f64,
    /// Spread of the standing neutral, degrees.
    pub neutral_spread_deg: f64,
    /// Steady steps in the window.
    pub steady_steps: u32,
    /// Whether every pod has a gyroscope.
    pub has_gyro: bool,
    /// The runner's own references.
    pub own: OwnReference,
}

/// What a window's features depend on besides its steps.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// Spread of the standing neutral, degrees.
    pub neutral_spread_deg: f64,
    /// Whether every pod has a gyroscope.
    pub has_gyro: bool,
    /// The runner's own references.
    pub own: OwnReference,
}

impl FeatureVector {
    /// The features of these steps; only steady ones count.
    #[must_use]
    pub fn of(steps: &[Step], circumstances: Circumstances) -> Self {
        let steady: Vec<&Step> = steps.iter().filter(|step| step.steady).collect();
        let angle = |pick: fn(&Step) -> Option<Degrees>| move |step: &&Step| Some(pick(step)?.0);
        let trunk: Vec<f64> = steady.iter().filter_map(angle(|step| step.trunk_lean)).collect();
        let pelvis: Vec<f64> = steady.iter().filter_map(angle(|step| step.pelvis_tilt)).collect();
        let of = |value: fn(&Step) -> Option<f64>| {
            mean(&steady.iter().filter_map(|step| value(step)).collect::<Vec<_>>())
        };
        Self {
            trunk_lean_deg: mean(&trunk),
            pelvis_tilt_deg: mean(&pelvis),
            mid_stance_timing: of(|step| step.mid_stance_timing),
            cadence_spm: of(|step| Some(step.cadence.0)).unwrap_or(0.0),
            ground_contact_ms: of(|step| Some(step.ground_contact_time?.0)).unwrap_or(0.0),
            vertical_oscillation_mm: of(|step| Some(step.vertical_oscillation?.0)),
            lean_sd_deg: standard_deviation(if trunk.is_empty() { &pelvis } else { &trunk }),
            neutral_spread_deg: circumstances.neutral_spread_deg,
            steady_steps: steady.len() as u32,
            has_gyro: circumstances.has_gyro,
            own: circumstances.own,
        }
    }

    /// The numbers in the network's order, each scaled to about −3..3; absent ones are 0 beside a flag.
    #[must_use]
    pub fn to_array(&self) -> [f32; LENGTH] {
        let flag = |present: bool| f64::from(u8::from(present));
        let [low, high] = self.own.band_deg.unwrap_or(super::rules::PRIOR_BAND_DEG);
        let usual_bend = self.own.usual_bend_deg.unwrap_or(super::rules::PRIOR_BEND_DEG);
        let lean = self
            .trunk_lean_deg
            .or(self.pelvis_tilt_deg.map(|tilt| tilt + usual_bend));
        let bend = self
            .trunk_lean_deg
            .zip(self.pelvis_tilt_deg)
            .map(|(trunk, pelvis)| trunk - pelvis);
        let numbers = [
            lean.map_or(0.0, |lean| (lean - low) / 5.0),
            lean.map_or(0.0, |lean| (lean - high) / 5.0),
            bend.map_or(0.0, |bend| (bend - usual_bend) / 5.0),
            flag(self.trunk_lean_deg.is_some()),
            flag(self.pelvis_tilt_deg.is_some()),
            flag(self.own.band_deg.is_some()),
            flag(self.own.usual_bend_deg.is_some()),
            self.mid_stance_timing.unwrap_or(0.0) * 10.0,
            flag(self.mid_stance_timing.is_some()),
            (self.cadence_spm - 170.0) / 20.0,
            (self.ground_contact_ms - 250.0) / 50.0,
            self.vertical_oscillation_mm
                .map_or(0.0, |oscillation| (oscillation - 80.0) / 30.0),
            self.lean_sd_deg / 2.0,
            flag(self.has_gyro),
        ];
        numbers.map(|number| number.clamp(-8.0, 8.0) as f32)
    }
}

/// The mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation; 0 below two values.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> f64 {
    let Some(centre) = mean(values).filter(|_| values.len() > 1) else {
        return 0.0;
    };
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}
