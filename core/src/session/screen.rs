//! What each screen shows, as plain data with the unit in every name; shells see it as `view`.
//!
//! Decides nothing. Invariant: a shell can draw a screen without knowing how it came about.

use serde::{Deserialize, Serialize};

use crate::{drill::DrillId, lean::reading::LeanClass, pod::site::Site, session::report::SessionReport};

/// Everything the screens show, at one instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoachView {
    /// What is going on.
    pub phase: PhaseView,
    /// The pods, chest first.
    pub pods: Vec<PodView>,
    /// The last calibration; `None` before the first.
    pub calibration: Option<CalibrationView>,
    /// The drills, in catalogue order.
    pub drills: Vec<DrillRowView>,
    /// The one next thing to do, a sentence.
    pub next_step: String,
}

/// What is going on: exactly one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum PhaseView {
    /// Nothing: the runner may start something.
    Idle,
    /// A guided drill, the calibration included.
    Drilling(DrillView),
    /// A run.
    Running(LiveView),
    /// The session just ended; its report is ready.
    Finished(Box<SessionReport>),
}

/// One pod's health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PodView {
    /// Where it sits.
    pub site: Site,
    /// Whether it streams: data within the last 2 s.
    pub live: bool,
    /// Samples a second, measured; `None` before the first second.
    pub rate_hz: Option<f64>,
    /// Share of frames that never came, 0 to 1.
    pub missing: f64,
    /// What is wrong with its signal and what to do, a sentence; `None` while nothing is.
    pub trouble: Option<String>,
    /// What lowers the trust in its numbers, each a sentence, the weightiest first.
    pub doubts: Vec<String>,
}

/// The calibration in force.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationView {
    /// Spread of the stands, degrees.
    pub spread_deg: f64,
    /// Seconds since it was taken.
    pub age_s: f64,
}

/// One drill in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrillRowView {
    /// Which.
    pub drill: DrillId,
    /// Its name in the runner's language.
    pub title: String,
    /// May be started.
    pub unlocked: bool,
    /// Mastered.
    pub mastered: bool,
    /// Why it is locked, a sentence; `None` when it is not.
    pub locked_because: Option<String>,
}

/// The drill screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrillView {
    /// Which drill.
    pub drill: DrillId,
    /// Its name.
    pub title: String,
    /// The one big instruction.
    pub instruction: String,
    /// Phase, counted from 1.
    pub phase: u32,
    /// How many phases there are.
    pub phases: u32,
    /// Repetitions done in this phase.
    pub repetitions_done: u32,
    /// Repetitions this phase asks for.
    pub repetitions_asked: u32,
    /// Of all repetitions so far, the ones as asked; `None` in a session without feedback.
    pub passed: Option<u32>,
    /// Trunk lean now, degrees; `None` without fresh data or without a neutral.
    pub trunk_lean_deg: Option<f64>,
    /// Waist bend now, degrees.
    pub waist_bend_deg: Option<f64>,
    /// Whole seconds left of a phase that lasts for a time; `None` in the others.
    pub seconds_left: Option<u32>,
    /// The question that waits for an answer, a sentence; `None` when none does.
    pub question: Option<String>,
    /// What is to be heard of the lean; `None` when nothing is.
    pub sound: Option<SoundLevel>,
}

/// The live run screen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveView {
    /// Seconds since the start.
    pub elapsed_s: f64,
    /// Steps per minute over the last window; `None` when not running.
    pub cadence_spm: Option<f64>,
    /// Trunk lean over the last window, degrees.
    pub trunk_lean_deg: Option<f64>,
    /// The band it is held against, degrees.
    pub band_deg: Option<[f64; 2]>,
    /// The class after hysteresis.
    pub class: LeanClass,
    /// What is to be heard of the lean; `None` without an own band or without fresh data.
    pub sound: Option<SoundLevel>,
}

/// How far the lean is from the runner's own band, to be played as sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundLevel {
    /// 0 is clean, inside the band; 1 to 6 grow with the distance from it.
    pub level: u8,
    /// On which side of the band.
    pub side: LeanSide,
}

impl SoundLevel {
    /// The highest level.
    pub const LOUDEST: u8 = 6;
}

/// On which side of the band the lean is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeanSide {
    /// Less lean than the band.
    Under,
    /// In the band.
    Inside,
    /// More lean than the band.
    Over,
}
