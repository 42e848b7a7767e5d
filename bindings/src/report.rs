//! Reports as Swift and Kotlin see them.
//!
//! Words and pictures come from elsewhere. Invariant: a number that could not be told is absent, and `untold` says why.

use plumbline_core::{
    drill::{self, Answer, DrillId, Miss},
    lean::reading::{self, LeanClass},
    pod::site::Site,
    session::report::{self, CauseLine, Gap, GapReason, NextDrill},
};

use crate::views::{Interval, SessionKind};

/// Why a repetition was not as the drill asks.
#[uniffi::remote(Enum)]
pub enum Miss {
    Moved,
    Spread,
    TooLittle,
    TooMuch,
    Bent,
    TooShort,
    PelvisBehind,
    AngleAndStart,
    TooFast,
    NoChange,
    Braked,
    NotKept,
    TooSlow,
    Misjudged,
}

/// One likely cause; `probability` is 0 to 1, `provenance` one of seed, study, ours.
#[uniffi::remote(Record)]
pub struct CauseLine {
    pub text: String,
    pub probability: f64,
    pub evidence: Vec<String>,
    pub provenance: String,
}

/// The one drill to do next, and why.
#[uniffi::remote(Record)]
pub struct NextDrill {
    pub drill: DrillId,
    pub why: String,
}

/// Why there is a hole in the data.
#[uniffi::remote(Enum)]
pub enum GapReason {
    Missing,
    Clipped,
    NotSteady,
    BadValue,
    MountMoved,
    Frozen,
    Loose,
    Swapped,
    Turning,
    Grade,
    TooManyHoles,
    BadTime,
    SensorsDisagree,
    ClocksApart,
    StandDiffers,
}

/// A hole in the data; `site` is absent when both pods have it.
#[uniffi::remote(Record)]
pub struct Gap {
    pub start_s: f64,
    pub end_s: f64,
    pub site: Option<Site>,
    pub reason: GapReason,
}

/// What is known after a session.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ReportView {
    /// When the session began, microseconds since the Unix epoch.
    pub started_at_us: i64,
    /// How long it lasted.
    pub duration_s: f64,
    /// A drill or a run.
    pub kind: SessionKind,
    /// The lean model that judged, by name and version.
    pub model: String,
    /// The one sentence, in the runner's language.
    pub headline: String,
    /// Running time by class, every class listed.
    pub class_seconds: Vec<ClassSeconds>,
    /// Means over the steady steps.
    pub summary: SummaryView,
    /// Each window of running, in time order.
    pub windows: Vec<WindowView>,
    /// Change of trunk lean over the run; absent below ten minutes of windows.
    pub drift_deg_per_10_min: Option<f64>,
    /// The band the run was judged against.
    pub band_deg: Option<Interval>,
    /// Starts from standstill.
    pub launches: Vec<Repetition>,
    /// Likely causes, most likely first.
    pub causes: Vec<CauseLine>,
    /// The one drill to do next.
    pub next_drill: Option<NextDrill>,
    /// What the data could not tell, each a sentence.
    pub untold: Vec<String>,
    /// The drill's result; absent after a run.
    pub drill: Option<DrillReportView>,
    /// Holes in the data, in time order.
    pub gaps: Vec<Gap>,
}

impl From<report::SessionReport> for ReportView {
    fn from(report: report::SessionReport) -> Self {
        Self {
            started_at_us: report.started_at.0,
            duration_s: report.duration_s,
            kind: report.kind.into(),
            model: report.model,
            headline: report.headline,
            class_seconds: LeanClass::ALL
                .into_iter()
                .zip(report.class_seconds)
                .map(|(lean_class, seconds)| ClassSeconds { lean_class, seconds })
                .collect(),
            summary: report.summary.into(),
            windows: report.windows.into_iter().map(Into::into).collect(),
            drift_deg_per_10_min: report.drift_deg_per_10_min,
            band_deg: report.band_deg.map(Into::into),
            launches: report.launches.into_iter().map(Into::into).collect(),
            causes: report.causes,
            next_drill: report.next_drill,
            untold: report.untold,
            drill: report.drill.map(Into::into),
            gaps: report.gaps,
        }
    }
}

/// How long the running was of one class.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct ClassSeconds {
    /// Which class.
    pub lean_class: LeanClass,
    /// How long.
    pub seconds: f64,
}

/// Means over steady steps; absent where unknown.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct SummaryView {
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
}

impl From<report::Summary> for SummaryView {
    fn from(summary: report::Summary) -> Self {
        Self {
            steady_steps: summary.steady_steps,
            cadence_spm: summary.cadence_spm.map(Into::into),
            ground_contact_ms: summary.ground_contact_ms.map(Into::into),
            flight_ms: summary.flight_ms.map(Into::into),
            vertical_oscillation_mm: summary.vertical_oscillation_mm.map(Into::into),
            trunk_lean_deg: summary.trunk_lean_deg.map(Into::into),
            pelvis_tilt_deg: summary.pelvis_tilt_deg.map(Into::into),
            waist_bend_deg: summary.waist_bend_deg.map(Into::into),
            mid_stance_timing: summary.mid_stance_timing.map(Into::into),
        }
    }
}

/// A mean and its 90 % interval, in the unit of the field that holds it.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// 90 % interval, systematic error included.
    pub ci90: Interval,
}

impl From<report::Estimate> for Estimate {
    fn from(report::Estimate { mean, ci90 }: report::Estimate) -> Self {
        Self {
            mean,
            ci90: ci90.into(),
        }
    }
}

/// The verdict over one window of running.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct WindowView {
    /// First initial contact of the window, seconds on the session's axis.
    pub start_s: f64,
    /// End of its last step.
    pub end_s: f64,
    /// The class.
    pub lean_class: LeanClass,
    /// How likely that class is, 0 to 1.
    pub probability: f64,
    /// Mean trunk lean; absent without a chest pod or a neutral.
    pub trunk_lean_deg: Option<f64>,
    /// 90 % interval of it, with the error of the neutral in it.
    pub trunk_lean_ci90_deg: Option<Interval>,
}

impl From<reading::LeanReading> for WindowView {
    fn from(reading: reading::LeanReading) -> Self {
        Self {
            start_s: reading.start_s,
            end_s: reading.end_s,
            lean_class: reading.class,
            probability: reading.probabilities.of(reading.class),
            trunk_lean_deg: reading.trunk_lean_deg,
            trunk_lean_ci90_deg: reading.trunk_lean_ci90_deg.map(Into::into),
        }
    }
}

/// What became of one repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RepetitionOutcome {
    /// Seen, and as the drill asks.
    Passed,
    /// Seen, and not as the drill asks.
    Missed {
        /// What was missing.
        reason: Miss,
    },
    /// The pods could not see it.
    NotSeen,
}

impl From<drill::RepetitionOutcome> for RepetitionOutcome {
    fn from(outcome: drill::RepetitionOutcome) -> Self {
        match outcome {
            drill::RepetitionOutcome::Passed => Self::Passed,
            drill::RepetitionOutcome::Missed(reason) => Self::Missed { reason },
            drill::RepetitionOutcome::NotSeen => Self::NotSeen,
        }
    }
}

/// One repetition as measured.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Repetition {
    /// Begin of the movement, seconds on the session's axis.
    pub start_s: f64,
    /// Its end.
    pub end_s: f64,
    /// What became of it.
    pub outcome: RepetitionOutcome,
    /// Largest trunk lean reached.
    pub trunk_lean_deg: Option<f64>,
    /// Largest waist bend against the standing value, signed.
    pub waist_bend_deg: Option<f64>,
    /// How far the pelvis moved forward.
    pub pelvis_forward_mm: Option<f64>,
    /// For a start: the angle its first steps' acceleration asks for.
    pub expected_angle_deg: Option<f64>,
    /// What the runner took it for, before being told; absent where nobody asked or answered.
    #[uniffi(default)]
    pub felt: Option<Answer>,
}

impl From<drill::Repetition> for Repetition {
    fn from(repetition: drill::Repetition) -> Self {
        Self {
            start_s: repetition.start_s,
            end_s: repetition.end_s,
            outcome: repetition.outcome.into(),
            trunk_lean_deg: repetition.trunk_lean_deg,
            waist_bend_deg: repetition.waist_bend_deg,
            pelvis_forward_mm: repetition.pelvis_forward_mm,
            expected_angle_deg: repetition.expected_angle_deg,
            felt: repetition.felt,
        }
    }
}

/// What became of a drill.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DrillReportView {
    /// Which drill.
    pub drill: DrillId,
    /// Repetitions the drill asks for.
    pub asked: u32,
    /// Repetitions the pods saw.
    pub seen: u32,
    /// Of those, the ones as the drill asks.
    pub passed: u32,
    /// Whether the runner was told about each repetition while drilling.
    pub feedback: bool,
    /// Whether the pass rule was met.
    pub met: bool,
    /// Each repetition, in time order.
    pub repetitions: Vec<Repetition>,
    /// Drills this result unlocked.
    pub unlocked: Vec<DrillId>,
}

impl From<report::DrillReport> for DrillReportView {
    fn from(report: report::DrillReport) -> Self {
        let report::DrillReport {
            result,
            repetitions,
            unlocked,
        } = report;
        let drill::DrillResult {
            drill,
            at: _,
            asked,
            seen,
            passed,
            feedback,
            met,
        } = result;
        let repetitions = repetitions.into_iter().map(Into::into).collect();
        Self {
            drill,
            asked,
            seen,
            passed,
            feedback,
            met,
            repetitions,
            unlocked,
        }
    }
}
