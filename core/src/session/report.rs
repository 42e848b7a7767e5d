//! The post-run lean report and the post-drill result, as plain values.
//!
//! Renders nothing: sentences come from `words`, pictures from the shells.
//! Invariant: a number that could not be told is `None`, and `untold` says why.

use serde::{Deserialize, Serialize};

use super::output::SessionKind;
use crate::{
    body::mount::Mounting,
    cause::seen::RunSeen,
    drill::{DrillId, DrillResult, Repetition},
    lean::reading::LeanReading,
    pod::site::Site,
    units::Timestamp,
};

/// What is known after a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionReport {
    /// When the session began.
    pub started_at: Timestamp,
    /// How long it lasted, seconds.
    pub duration_s: f64,
    /// A drill or a run.
    pub kind: SessionKind,
    /// The lean model that judged, by name and version.
    pub model: String,
    /// The one sentence, in the runner's language.
    pub headline: String,
    /// Seconds of running in each class, ordered as `LeanClass::ALL`.
    pub class_seconds: [f64; 5],
    /// Means over the steady steps.
    pub summary: Summary,
    /// Each window of running, in time order: the course of the lean.
    pub windows: Vec<LeanReading>,
    /// Change of trunk lean over the run, degrees per 10 minutes; `None` below ten minutes of windows.
    pub drift_deg_per_10_min: Option<f64>,
    /// The band the run was judged against, degrees.
    pub band_deg: Option<[f64; 2]>,
    /// Starts from standstill.
    pub launches: Vec<Repetition>,
    /// Likely causes, most likely first.
    pub causes: Vec<CauseLine>,
    /// The one drill to do next, and why.
    pub next_drill: Option<NextDrill>,
    /// What the data could not tell, each a sentence.
    pub untold: Vec<String>,
    /// The drill's repetitions and result; `None` after a run.
    pub drill: Option<DrillReport>,
    /// What the calibration D0 found; `None` after anything else, and when it found nothing usable.
    #[serde(default)]
    pub calibration: Option<CalibrationReport>,
    /// Holes in the data, in time order.
    pub gaps: Vec<Gap>,
    /// What a run showed, as causes look at it; `None` after a drill.
    #[serde(default)]
    pub seen: Option<RunSeen>,
}

impl SessionReport {
    /// The report of a session in which nothing was seen.
    #[must_use]
    pub fn blank(started_at: Timestamp, kind: SessionKind) -> Self {
        Self {
            started_at,
            duration_s: 0.0,
            kind,
            model: String::new(),
            headline: String::new(),
            class_seconds: [0.0; 5],
            summary: Summary::default(),
            windows: Vec::new(),
            drift_deg_per_10_min: None,
            band_deg: None,
            launches: Vec::new(),
            causes: Vec::new(),
            next_drill: None,
            untold: Vec::new(),
            drill: None,
            calibration: None,
            gaps: Vec::new(),
            seen: None,
        }
    }
}

/// A calibration that can be used from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationReport {
    /// How each pod sits, at most one entry a site, in the order of [`Site::ALL`].
    pub mounts: Vec<(Site, Mounting)>,
    /// Largest angle between the stands, over all pods, degrees.
    pub spread_deg: f64,
}

/// Means over steady steps with 90 % intervals; `None` where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Steady steps the means are taken over.
    pub steady_steps: u32,
    /// Steps per minute.
    pub cadence_spm: Option<Estimate>,
    /// Initial contact to toe-off.
    pub ground_contact_ms: Option<Estimate>,
    /// Toe-off to initial contact.
    pub flight_ms: Option<Estimate>,
    /// Rise and fall of the pelvis pod, or of the chest pod when it is alone.
    pub vertical_oscillation_mm: Option<Estimate>,
    /// Chest inclination from neutral.
    pub trunk_lean_deg: Option<Estimate>,
    /// Pelvis inclination from neutral.
    pub pelvis_tilt_deg: Option<Estimate>,
    /// Trunk lean minus pelvis tilt.
    pub waist_bend_deg: Option<Estimate>,
    /// Fore-aft zero crossing against the lowest point, share of ground contact; + late.
    pub mid_stance_timing: Option<Estimate>,
    /// Forward speed that braking takes in a step, m/s; `None` without a pelvis pod.
    #[serde(default)]
    pub speed_loss_mps: Option<Estimate>,
    /// How far the hip is ahead of the ankle at mid-stance, cm; `None` without a pelvis pod.
    #[serde(default)]
    pub hip_offset_cm: Option<Estimate>,
}

/// A mean and its 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// 90 % interval, low and high, systematic error included.
    pub ci90: [f64; 2],
}

/// One likely cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CauseLine {
    /// Its sentence, in the runner's language.
    pub text: String,
    /// How likely, 0 to 1.
    pub probability: f64,
    /// The evidence, each a sentence.
    pub evidence: Vec<String>,
    /// Where the rule comes from: seed, study or ours.
    pub provenance: String,
}

/// The one drill to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDrill {
    /// Which.
    pub drill: DrillId,
    /// Why, in the runner's language.
    pub why: String,
}

/// What became of a drill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrillReport {
    /// Counts and verdict.
    pub result: DrillResult,
    /// Each repetition, in time order.
    pub repetitions: Vec<Repetition>,
    /// Drills this result unlocked.
    pub unlocked: Vec<DrillId>,
}

/// A hole in the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Where it began, seconds on the session's axis.
    pub start_s: f64,
    /// Where it ended.
    pub end_s: f64,
    /// Whose; `None` for both.
    pub site: Option<Site>,
    /// Why.
    pub reason: GapReason,
}

/// Why there is a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapReason {
    /// Samples never came.
    Missing,
    /// A channel stood at the end of its range.
    Clipped,
    /// The runner did not run steadily.
    NotSteady,
    /// A sample held no finite, plausible number.
    BadValue,
    /// The pod turned on its strap: its angles count again from the next stand on.
    MountMoved,
    /// The pod lay still while the other one ran.
    Frozen,
    /// The pod turned and shakes more than before: its strap is loose.
    Loose,
    /// Chest and pelvis pod seem to have changed places.
    Swapped,
    /// The runner turned.
    Turning,
    /// The runner ran up or down a hill.
    Grade,
    /// A window of running got no class, since more than a twentieth of a pod's data is missing or clipped.
    TooManyHoles,
    /// Samples came whose times cannot be true.
    BadTime,
    /// Gyroscope and accelerometer of the pod disagree by more than both may be off.
    SensorsDisagree,
    /// The clocks of the pods are apart: the pelvis pod alone tells sides and contacts, and swapped pods are not noticed.
    ClocksApart,
}
