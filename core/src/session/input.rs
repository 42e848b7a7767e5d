//! Everything that can happen to a coach.

use serde::{Deserialize, Serialize};

use crate::{drill::DrillId, pod::link::LinkEvent};

/// One input of [`super::coach::Coach::handle`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// What the runner asked for.
    Command(Command),
    /// What a pod's link said.
    Link(LinkEvent),
    /// How the runner feels.
    CheckIn(CheckIn),
    /// Nothing but time passed.
    Tick,
    /// How the runner gets on over ground.
    Location(Location),
}

/// What a runner can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Begin a drill; D0 is the calibration.
    StartDrill(DrillId),
    /// Begin a run.
    StartRun,
    /// End what is going on.
    Finish,
}

/// One fix of the phone's position sensors, as of now; what is unknown is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Speed over ground, m/s.
    pub speed_mps: Option<f64>,
    /// Height, metres; from a barometer where there is one.
    pub altitude_m: Option<f64>,
    /// Its error, standard deviation in metres.
    pub altitude_error_m: Option<f64>,
    /// Rise for each metre forward, where it is set, as on a treadmill.
    pub grade: Option<f64>,
}

/// Where it hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the places")]
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

/// Pain at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pain {
    /// Where.
    pub place: PainPlace,
    /// How strong, 0 to 10.
    pub level: u8,
    /// Sharp rather than dull.
    pub sharp: bool,
    /// It changes the way of walking.
    pub limping: bool,
    /// It grows.
    pub rising: bool,
}

/// What the runner says before or after practice. No pain is an empty list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Each place that hurts.
    pub pain: Vec<Pain>,
}
