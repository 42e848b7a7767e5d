//! A recording's analysis in the shape other programs read: `plumbline analyze --json`, schema 1.
//!
//! Computes nothing: every number is the core's own. Invariant: what is unknown or not finite is `null`, and a name
//! or a unit changes only together with [`SCHEMA`].

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    body::sample::Neutral,
    drill::{Repetition, RepetitionOutcome},
    gait::step::{Side, Step},
    lean::reading::{LeanClass, LeanReading},
    pod::site::Site,
    session::{
        analysis::{PodFacts, RunAnalysis},
        report::{Estimate, Gap, GapReason, Summary},
    },
};

/// Version of the shape.
pub const SCHEMA: u32 = 1;

/// Everything a recording tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// Version of this shape: [`SCHEMA`].
    pub schema: u32,
    /// The pods that were read, chest first.
    pub pods: Vec<PodAnalysis>,
    /// The neutral stand; `None` without a usable one, and then every absolute angle is `None`.
    pub calibration: Option<CalibrationAnalysis>,
    /// Every step, in time order; walking ones with `steady` false and `flight_ms` `None`.
    pub steps: Vec<StepAnalysis>,
    /// Stretches of running of about 10 s, in time order.
    pub windows: Vec<WindowAnalysis>,
    /// Starts from standstill, in time order.
    pub launches: Vec<LaunchAnalysis>,
    /// Holes in the data, in time order.
    pub gaps: Vec<GapAnalysis>,
    /// Means over the steady steps.
    pub summary: SummaryAnalysis,
}

/// What one pod delivered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PodAnalysis {
    /// Where it sat.
    pub position: Site,
    /// Samples a second, measured.
    pub rate_hz: Option<f64>,
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// Samples it delivered.
    pub samples: u64,
}

/// The neutral stand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CalibrationAnalysis {
    /// When the stand began, seconds of the recording.
    pub neutral_start_s: f64,
    /// When it ended.
    pub neutral_end_s: f64,
    /// Largest angle between its parts, degrees.
    pub spread_deg: Option<f64>,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepAnalysis {
    /// Initial contact, seconds of the recording.
    pub initial_contact_s: f64,
    /// Lowest point of the body in stance.
    pub mid_stance_s: Option<f64>,
    /// Toe-off.
    pub toe_off_s: Option<f64>,
    /// Which foot.
    pub side: Side,
    /// Initial contact to toe-off.
    pub ground_contact_ms: Option<f64>,
    /// Toe-off to the next initial contact; `None` when walking.
    pub flight_ms: Option<f64>,
    /// Steps per minute, both feet.
    pub cadence_spm: Option<f64>,
    /// Rise and fall of the pelvis pod, of the chest pod when it is alone.
    pub vertical_oscillation_mm: Option<f64>,
    /// Chest inclination from neutral, + forward.
    pub trunk_lean_deg: Option<f64>,
    /// Pelvis inclination from neutral, + forward.
    pub pelvis_tilt_deg: Option<f64>,
    /// Trunk lean minus pelvis tilt.
    pub waist_bend_deg: Option<f64>,
    /// Fore-aft zero crossing against the lowest point, share of ground contact; + late.
    pub mid_stance_timing: Option<f64>,
    /// Whether the gates for steady running were open.
    pub steady: bool,
}

/// One stretch of running and its class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WindowAnalysis {
    /// First initial contact, seconds of the recording.
    pub start_s: f64,
    /// End of the last step.
    pub end_s: f64,
    /// The class.
    pub class: LeanClass,
    /// How likely each class is, by name, summing to 1.
    pub probabilities: BTreeMap<&'static str, f64>,
    /// Mean over steady steps; `None` without a chest pod or a neutral.
    pub trunk_lean_deg: Option<f64>,
    /// Its 90 % interval, low and high.
    pub trunk_lean_ci90_deg: Option<[f64; 2]>,
}

/// One start from standstill.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LaunchAnalysis {
    /// Begin of the tilt, seconds of the recording.
    pub start_s: f64,
    /// End of the first steps.
    pub end_s: f64,
    /// Whether the pelvis led and the waist stayed straight; `None` where the pods could not see it.
    pub tipped_as_one: Option<bool>,
    /// Trunk lean at the first foot strike, degrees.
    pub angle_deg: Option<f64>,
    /// atan(a / g) of the mean forward acceleration, degrees.
    pub expected_angle_deg: Option<f64>,
}

/// One hole in the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GapAnalysis {
    /// Where it began, seconds of the recording.
    pub start_s: f64,
    /// Where it ended.
    pub end_s: f64,
    /// Whose; `None` for both.
    pub pod: Option<Site>,
    /// Why.
    pub reason: GapReason,
}

/// Means over steady steps, each with its 90 % interval; `None` where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[allow(
    missing_docs,
    reason = "the quantities of `StepAnalysis`, each beside its 90 % interval, low and high"
)]
pub struct SummaryAnalysis {
    pub ground_contact_ms: Option<f64>,
    pub ground_contact_ci90_ms: Option<[f64; 2]>,
    pub flight_ms: Option<f64>,
    pub flight_ci90_ms: Option<[f64; 2]>,
    pub cadence_spm: Option<f64>,
    pub cadence_ci90_spm: Option<[f64; 2]>,
    pub vertical_oscillation_mm: Option<f64>,
    pub vertical_oscillation_ci90_mm: Option<[f64; 2]>,
    pub trunk_lean_deg: Option<f64>,
    pub trunk_lean_ci90_deg: Option<[f64; 2]>,
    pub pelvis_tilt_deg: Option<f64>,
    pub pelvis_tilt_ci90_deg: Option<[f64; 2]>,
    pub waist_bend_deg: Option<f64>,
    pub waist_bend_ci90_deg: Option<[f64; 2]>,
    pub mid_stance_timing: Option<f64>,
    pub mid_stance_timing_ci90: Option<[f64; 2]>,
}

/// `None` for what JSON cannot say.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn interval(bounds: [f64; 2]) -> Option<[f64; 2]> {
    bounds.iter().all(|bound| bound.is_finite()).then_some(bounds)
}

impl From<&RunAnalysis> for Analysis {
    fn from(run: &RunAnalysis) -> Self {
        Self {
            schema: SCHEMA,
            pods: run.pods.iter().map(PodAnalysis::from).collect(),
            calibration: run.calibration.as_ref().map(CalibrationAnalysis::from),
            steps: run.steps.iter().map(StepAnalysis::from).collect(),
            windows: run.windows.iter().map(WindowAnalysis::from).collect(),
            launches: run.launches.iter().map(LaunchAnalysis::from).collect(),
            gaps: run.gaps.iter().map(GapAnalysis::from).collect(),
            summary: SummaryAnalysis::from(&run.summary),
        }
    }
}

impl From<&PodFacts> for PodAnalysis {
    fn from(pod: &PodFacts) -> Self {
        Self {
            position: pod.site,
            rate_hz: finite(pod.rate_hz),
            has_gyro: pod.has_gyro,
            samples: pod.samples,
        }
    }
}

impl From<&Neutral> for CalibrationAnalysis {
    fn from(neutral: &Neutral) -> Self {
        Self {
            neutral_start_s: neutral.start_s,
            neutral_end_s: neutral.end_s,
            spread_deg: finite(neutral.spread_deg),
        }
    }
}

impl From<&Step> for StepAnalysis {
    fn from(step: &Step) -> Self {
        Self {
            initial_contact_s: step.initial_contact_s,
            mid_stance_s: finite(step.mid_stance_s),
            toe_off_s: finite(step.toe_off_s),
            side: step.side,
            ground_contact_ms: step.ground_contact_time.and_then(|time| finite(time.0)),
            flight_ms: step.flight_time.and_then(|time| finite(time.0)),
            cadence_spm: finite(step.cadence.0),
            vertical_oscillation_mm: step.vertical_oscillation.and_then(|rise| finite(rise.0)),
            trunk_lean_deg: step.trunk_lean.and_then(|angle| finite(angle.0)),
            pelvis_tilt_deg: step.pelvis_tilt.and_then(|angle| finite(angle.0)),
            waist_bend_deg: step.waist_bend.and_then(|angle| finite(angle.0)),
            mid_stance_timing: step.mid_stance_timing.and_then(finite),
            steady: step.steady,
        }
    }
}

impl From<&LeanReading> for WindowAnalysis {
    fn from(reading: &LeanReading) -> Self {
        Self {
            start_s: reading.start_s,
            end_s: reading.end_s,
            class: reading.class,
            probabilities: LeanClass::ALL
                .into_iter()
                .map(|class| (class.name(), reading.probabilities.of(class)))
                .collect(),
            trunk_lean_deg: reading.trunk_lean_deg.and_then(finite),
            trunk_lean_ci90_deg: reading.trunk_lean_ci90_deg.and_then(interval),
        }
    }
}

impl From<&Repetition> for LaunchAnalysis {
    fn from(launch: &Repetition) -> Self {
        Self {
            start_s: launch.start_s,
            end_s: launch.end_s,
            tipped_as_one: match launch.outcome {
                RepetitionOutcome::NotSeen => None,
                outcome => Some(!outcome.is_bent()),
            },
            angle_deg: launch.trunk_lean_deg.and_then(finite),
            expected_angle_deg: launch.expected_angle_deg.and_then(finite),
        }
    }
}

impl From<&Gap> for GapAnalysis {
    fn from(gap: &Gap) -> Self {
        Self {
            start_s: gap.start_s,
            end_s: gap.end_s,
            pod: gap.site,
            reason: gap.reason,
        }
    }
}

impl From<&Summary> for SummaryAnalysis {
    fn from(summary: &Summary) -> Self {
        let mean = |estimate: Option<Estimate>| estimate.and_then(|known| finite(known.mean));
        let ci90 = |estimate: Option<Estimate>| estimate.and_then(|known| interval(known.ci90));
        Self {
            ground_contact_ms: mean(summary.ground_contact_ms),
            ground_contact_ci90_ms: ci90(summary.ground_contact_ms),
            flight_ms: mean(summary.flight_ms),
            flight_ci90_ms: ci90(summary.flight_ms),
            cadence_spm: mean(summary.cadence_spm),
            cadence_ci90_spm: ci90(summary.cadence_spm),
            vertical_oscillation_mm: mean(summary.vertical_oscillation_mm),
            vertical_oscillation_ci90_mm: ci90(summary.vertical_oscillation_mm),
            trunk_lean_deg: mean(summary.trunk_lean_deg),
            trunk_lean_ci90_deg: ci90(summary.trunk_lean_deg),
            pelvis_tilt_deg: mean(summary.pelvis_tilt_deg),
            pelvis_tilt_ci90_deg: ci90(summary.pelvis_tilt_deg),
            waist_bend_deg: mean(summary.waist_bend_deg),
            waist_bend_ci90_deg: ci90(summary.waist_bend_deg),
            mid_stance_timing: mean(summary.mid_stance_timing),
            mid_stance_timing_ci90: ci90(summary.mid_stance_timing),
        }
    }
}

#[cfg(test)]
mod tests;
