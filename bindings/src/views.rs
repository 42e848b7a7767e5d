//! The screens' data as Swift and Kotlin see it.
//!
//! Holds plain values only. Invariant: a name ends in its unit, and a record of the core that could cross as it is,
//! does (`remote`), so that a new field there fails the build here.

use plumbline_core::{
    drill::DrillId,
    lean::reading::LeanClass,
    pod::site::Site,
    ports,
    session::{
        input::{Answer, BodySign, CheckIn, Felt, Pain, PainPlace},
        output::{self, CueKind},
    },
    view::{self, CalibrationView, DrillRowView, DrillView, LeanSide, PodView, SoundLevel},
};

use crate::report::ReportView;

/// Where on the body a pod sits.
#[uniffi::remote(Enum)]
pub enum Site {
    /// Sternum.
    Chest,
    /// Sacrum or belt.
    Pelvis,
    /// Earbuds or a band: no part of the lean.
    Head,
}

/// A drill of the catalogue.
#[uniffi::remote(Enum)]
pub enum DrillId {
    /// Find your plumb line: the calibration.
    D0,
    /// Calf wake-up before a run.
    D1,
    /// Lower-belly breathing.
    D2,
    /// Whole-body tilt at the wall.
    D3,
    /// Lean-and-fall.
    D4,
    /// Stop-start game.
    D5,
    /// Lean dial.
    D6,
    /// Ease back.
    D7,
    /// Pelvis finds the landing.
    D8,
    /// Hands on hips.
    D9,
    /// Stop the head and compare.
    D10,
    /// Face forward.
    D11,
    /// Dancer or runner.
    D12,
    /// Foot placement check.
    D13,
    /// Hold it when tired.
    D14,
}

/// What a window of running can be called.
#[uniffi::remote(Enum)]
pub enum LeanClass {
    /// Below the runner's own band.
    Under,
    /// In the band.
    Good,
    /// Above the band, as one piece.
    Over,
    /// Bent at the waist beyond the runner's usual.
    WaistBend,
    /// The evidence does not carry an answer.
    NotSure,
}

/// Where it hurts.
#[uniffi::remote(Enum)]
pub enum PainPlace {
    Foot,
    Achilles,
    Calf,
    Shin,
    Knee,
    Quads,
    HipFlexors,
    Hip,
    LowBack,
    Neck,
    Chest,
    Other,
}

/// Pain at one place; `level` is 0 to 10.
#[uniffi::remote(Record)]
pub struct Pain {
    pub place: PainPlace,
    pub level: u8,
    pub sharp: bool,
    pub limping: bool,
    pub rising: bool,
}

/// What the runner says before or after practice; no pain is an empty list.
#[uniffi::remote(Record)]
pub struct CheckIn {
    pub pain: Vec<Pain>,
    #[uniffi(default)]
    pub signs: Vec<BodySign>,
    #[uniffi(default)]
    pub sore: Vec<PainPlace>,
    #[uniffi(default)]
    pub felt: Vec<Felt>,
}

/// A sign that is no question of technique: any of them shuts every drill.
#[uniffi::remote(Enum)]
pub enum BodySign {
    Numbness,
    Swelling,
    Dizziness,
    ChestTightness,
}

/// How running felt.
#[uniffi::remote(Enum)]
pub enum Felt {
    /// The legs push hard to move the body.
    LegsPushHard,
    /// The legs drag behind.
    LegsDrag,
    /// The chin is pulled in.
    ChinPulledIn,
    /// Tries to run tall.
    RunsTall,
    /// Braces the belly.
    BracesAbs,
    /// The seat sticks out.
    SeatSticksOut,
    /// The calves feel stiff.
    CalvesStiff,
}

/// What sort of thing a cue is, so that a shell can choose voice, sound or both.
#[uniffi::remote(Enum)]
pub enum CueKind {
    /// What to do next.
    Instruction,
    /// The one image to practise with.
    Image,
    /// How a repetition or a set went.
    Verdict,
    /// A pod fell silent or came back.
    Pod,
    /// The coach asks: how the runner feels, which a check-in answers, or how a repetition was, which `answer` does.
    Question,
}

/// One pod's health; `missing` is the share of frames that never came, 0 to 1, `trouble` what is wrong with its signal and
/// what to do, `doubts` what lowers the trust in its numbers: sentences.
#[uniffi::remote(Record)]
pub struct PodView {
    pub site: Site,
    pub live: bool,
    pub rate_hz: Option<f64>,
    pub missing: f64,
    pub trouble: Option<String>,
    pub doubts: Vec<String>,
}

/// The calibration in force.
#[uniffi::remote(Record)]
pub struct CalibrationView {
    pub spread_deg: f64,
    pub age_s: f64,
}

/// One drill in the list; `locked_because` is a sentence, absent when it is open.
#[uniffi::remote(Record)]
pub struct DrillRowView {
    pub drill: DrillId,
    pub title: String,
    pub unlocked: bool,
    pub mastered: bool,
    pub locked_because: Option<String>,
}

/// The drill screen; `phase` counts from 1, `passed` is absent in a session without feedback, angles without fresh data.
/// `seconds_left` counts a timed phase down, `question` is a sentence that `answer` answers, `sound` what is to be heard.
#[uniffi::remote(Record)]
pub struct DrillView {
    pub drill: DrillId,
    pub title: String,
    pub instruction: String,
    pub phase: u32,
    pub phases: u32,
    pub repetitions_done: u32,
    pub repetitions_asked: u32,
    pub passed: Option<u32>,
    pub trunk_lean_deg: Option<f64>,
    pub waist_bend_deg: Option<f64>,
    #[uniffi(default)]
    pub seconds_left: Option<u32>,
    #[uniffi(default)]
    pub question: Option<String>,
    #[uniffi(default)]
    pub sound: Option<SoundLevel>,
}

/// How far the lean is from the runner's own band: `level` 0 is clean, inside it, 1 to 6 grow with the distance.
#[uniffi::remote(Record)]
pub struct SoundLevel {
    pub level: u8,
    pub side: LeanSide,
}

/// On which side of the band the lean is.
#[uniffi::remote(Enum)]
pub enum LeanSide {
    Under,
    Inside,
    Over,
}

/// What the runner says of what was just done, before being told.
#[uniffi::remote(Enum)]
pub enum Answer {
    /// It felt like too little.
    Under,
    /// It felt right.
    Right,
    /// It felt like too much.
    Over,
    /// The back arched.
    Arched,
    /// The body tipped as one piece.
    Tipped,
}

/// Everything the screens show, at one instant.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CoachView {
    /// What is going on.
    pub phase: PhaseView,
    /// The pods, chest first.
    pub pods: Vec<PodView>,
    /// The last calibration; absent before the first.
    pub calibration: Option<CalibrationView>,
    /// The drills, in catalogue order.
    pub drills: Vec<DrillRowView>,
    /// The one next thing to do, a sentence.
    pub next_step: String,
}

impl From<view::CoachView> for CoachView {
    fn from(view: view::CoachView) -> Self {
        let view::CoachView {
            phase,
            pods,
            calibration,
            drills,
            next_step,
        } = view;
        Self {
            phase: phase.into(),
            pods,
            calibration,
            drills,
            next_step,
        }
    }
}

/// What is going on: exactly one of these.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum PhaseView {
    /// Nothing: the runner may start something.
    Idle,
    /// A guided drill, the calibration included.
    Drilling {
        /// The drill screen.
        drill: DrillView,
    },
    /// A run.
    Running {
        /// The live run screen.
        live: LiveView,
    },
    /// The session just ended.
    Finished {
        /// Its report.
        report: Box<ReportView>,
    },
}

impl From<view::PhaseView> for PhaseView {
    fn from(phase: view::PhaseView) -> Self {
        match phase {
            view::PhaseView::Idle => Self::Idle,
            view::PhaseView::Drilling(drill) => Self::Drilling { drill },
            view::PhaseView::Running(live) => Self::Running { live: live.into() },
            view::PhaseView::Finished(report) => Self::Finished {
                report: Box::new((*report).into()),
            },
        }
    }
}

/// The live run screen.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct LiveView {
    /// Seconds since the start.
    pub elapsed_s: f64,
    /// Steps per minute over the last window; absent when not running.
    pub cadence_spm: Option<f64>,
    /// Trunk lean over the last window.
    pub trunk_lean_deg: Option<f64>,
    /// The band it is held against, degrees.
    pub band_deg: Option<Interval>,
    /// The class after hysteresis.
    pub lean_class: LeanClass,
    /// What is to be heard of the lean; absent without an own band or without fresh data.
    #[uniffi(default)]
    pub sound: Option<SoundLevel>,
}

impl From<view::LiveView> for LiveView {
    fn from(live: view::LiveView) -> Self {
        let view::LiveView {
            elapsed_s,
            cadence_spm,
            trunk_lean_deg,
            band_deg,
            class,
            sound,
        } = live;
        Self {
            elapsed_s,
            cadence_spm,
            trunk_lean_deg,
            band_deg: band_deg.map(Interval::from),
            lean_class: class,
            sound,
        }
    }
}

/// From `low` to `high`, in the unit of the field that holds it.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl From<[f64; 2]> for Interval {
    fn from([low, high]: [f64; 2]) -> Self {
        Self { low, high }
    }
}

/// One thing to say to the runner.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Cue {
    /// When it was decided, on the coach's clock.
    pub at_us: i64,
    /// What sort of thing it is.
    pub kind: CueKind,
    /// The sentence, in the runner's language.
    pub text: String,
}

impl From<output::Cue> for Cue {
    fn from(cue: output::Cue) -> Self {
        let output::Cue { at, kind, text } = cue;
        Self {
            at_us: at.0,
            kind,
            text,
        }
    }
}

/// What a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SessionKind {
    /// A guided drill.
    Drill {
        /// Which.
        drill: DrillId,
    },
    /// A run.
    Run,
}

impl From<output::SessionKind> for SessionKind {
    fn from(kind: output::SessionKind) -> Self {
        match kind {
            output::SessionKind::Drill(drill) => Self::Drill { drill },
            output::SessionKind::Run => Self::Run,
        }
    }
}

/// One line of the history list.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct SessionRow {
    /// Its stable name.
    pub id: String,
    /// When it began, microseconds since the Unix epoch.
    pub started_at_us: i64,
    /// How long it lasted; absent while it is open or was cut off.
    pub duration_s: Option<f64>,
    /// A drill or a run.
    pub kind: SessionKind,
    /// The report's one sentence; absent while there is no report.
    pub headline: Option<String>,
    /// Mean trunk lean of a run.
    pub trunk_lean_deg: Option<f64>,
}

impl From<ports::SessionRow> for SessionRow {
    fn from(row: ports::SessionRow) -> Self {
        let ports::SessionRow {
            id,
            started_at,
            duration_s,
            kind,
            headline,
            trunk_lean_deg,
        } = row;
        Self {
            id: id.0,
            started_at_us: started_at.0,
            duration_s,
            kind: kind.into(),
            headline,
            trunk_lean_deg,
        }
    }
}
