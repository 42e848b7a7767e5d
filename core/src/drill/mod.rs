//! Practice: which drills there are, what counts as a repetition, when a drill is mastered.
//!
//! A drill is data in [`catalog`]; the code here runs any of them.
//! Invariant: a repetition without valid data is *not seen*, never failed.

pub mod catalog;
pub mod check_in;
pub mod gate;
pub mod message;
pub mod progression;
pub mod rehearsal;
pub mod repetition;
pub mod rule;
pub mod verdict;

use serde::{Deserialize, Serialize};

/// A drill of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl DrillId {
    /// The drill's name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::D0 => "D0",
            Self::D1 => "D1",
            Self::D2 => "D2",
            Self::D3 => "D3",
            Self::D4 => "D4",
            Self::D5 => "D5",
            Self::D6 => "D6",
            Self::D7 => "D7",
            Self::D8 => "D8",
            Self::D9 => "D9",
            Self::D10 => "D10",
            Self::D11 => "D11",
            Self::D12 => "D12",
            Self::D13 => "D13",
            Self::D14 => "D14",
        }
    }
}

/// Something found about a runner that opens a drill which nobody else needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Leans farther than suits, always or only at speed.
    LeansTooFar,
    /// Arches the back instead of leaning.
    Arches,
    /// Pulls the head back.
    HoldsHeadBack,
}

/// What became of one repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepetitionOutcome {
    /// Seen, and as the drill asks.
    Passed,
    /// Seen, and not as the drill asks; says what was missing.
    Missed(Miss),
    /// The pods could not see it.
    NotSeen,
}

impl RepetitionOutcome {
    /// The body did not tip as one piece: it bent at the waist, or the pelvis stayed behind.
    #[must_use]
    pub const fn is_bent(self) -> bool {
        matches!(self, Self::Missed(Miss::Bent | Miss::PelvisBehind))
    }
}

/// Why a repetition was not as the drill asks: the word home turns it into a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Miss {
    /// The pod moved during a hold that should be still.
    Moved,
    /// The repeated stands differ too much.
    Spread,
    /// The tilt stayed too small.
    TooLittle,
    /// The tilt went too far.
    TooMuch,
    /// The body bent at the waist.
    Bent,
    /// The hold was too short.
    TooShort,
    /// The pelvis did not lead.
    PelvisBehind,
    /// The angle does not match the acceleration of the start.
    AngleAndStart,
    /// It went down too fast.
    TooFast,
    /// Nothing changed against the usual way.
    NoChange,
    /// The foot brakes more than in the usual way.
    Braked,
    /// It was there with help and gone without.
    NotKept,
    /// It went too slowly.
    TooSlow,
    /// The runner took it for something else than it was.
    Misjudged,
}

/// What the runner says of what was just done, before being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// One repetition as measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// Begin of the movement, seconds on the session's axis.
    pub start_s: f64,
    /// Its end.
    pub end_s: f64,
    /// What became of it.
    pub outcome: RepetitionOutcome,
    /// Largest trunk lean reached, degrees; for a start, the lean at the first foot strike.
    pub trunk_lean_deg: Option<f64>,
    /// Largest waist bend against the standing value, degrees, signed.
    pub waist_bend_deg: Option<f64>,
    /// How far the pelvis moved forward, millimetres.
    pub pelvis_forward_mm: Option<f64>,
    /// For a start: atan(a / g) of the mean forward acceleration of its first steps, degrees.
    pub expected_angle_deg: Option<f64>,
    /// What the runner took it for, before being told; `None` where nobody asked or answered.
    #[serde(default)]
    pub felt: Option<Answer>,
}

impl Repetition {
    /// One of which nothing was measured.
    #[must_use]
    pub const fn of(start_s: f64, end_s: f64, outcome: RepetitionOutcome) -> Self {
        Self {
            start_s,
            end_s,
            outcome,
            trunk_lean_deg: None,
            waist_bend_deg: None,
            pelvis_forward_mm: None,
            expected_angle_deg: None,
            felt: None,
        }
    }
}

/// A finished drill session, as history keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrillResult {
    /// Which drill.
    pub drill: DrillId,
    /// When it ended, microseconds since the Unix epoch.
    pub at: crate::units::Timestamp,
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
}
