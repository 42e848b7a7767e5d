//! Everything that can happen to a coach.

use serde::{Deserialize, Serialize};

pub use crate::drill::Answer;
pub use crate::drill::check_in::{BodySign, CheckIn, Felt, Pain, PainPlace};
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
    /// What the runner says of what was just done; changes nothing where nothing was asked.
    Answer(Answer),
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
    /// Say how it goes, in a session that is otherwise quiet too.
    Ask,
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
