//! Everything a coach can ask the outside to do.

use serde::{Deserialize, Serialize};

use super::{input::CheckIn, log::LogEntry, report::SessionReport};
use crate::units::Timestamp;

/// One output of [`super::coach::Coach::poll_output`].
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Something to keep.
    Store(StoreRequest),
    /// Something to say, now.
    Cue(Cue),
    /// The view changed: fetch [`super::coach::Coach::view`].
    Changed,
}

/// What the history is asked to keep, in this order for each session.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreRequest {
    /// A session began. Its first log entry follows.
    Begin {
        /// When.
        at: Timestamp,
        /// A drill or a run.
        kind: SessionKind,
    },
    /// An input of the session that is going on, or of what a pod had stored of the run that ended last.
    Append(LogEntry),
    /// The session ended.
    Finish(Box<SessionReport>),
    /// A check-in made while no session goes on: nothing else would carry it to the next start.
    CheckIn {
        /// When.
        at: Timestamp,
        /// What the runner said.
        check_in: CheckIn,
    },
}

/// What a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// A guided drill.
    Drill(crate::drill::DrillId),
    /// A run.
    Run,
}

/// One thing to say to the runner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// When it was decided.
    pub at: Timestamp,
    /// What sort of thing it is.
    pub kind: CueKind,
    /// The sentence, in the runner's language.
    pub text: String,
}

/// What sort of thing a cue is, so that a shell can choose voice, sound or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// What to do next.
    Instruction,
    /// The one image to practise with.
    Image,
    /// How a repetition or a set went.
    Verdict,
    /// A pod fell silent or came back, or moved and measures again.
    Pod,
    /// The coach asks something: how the runner feels, which a check-in answers, or how a repetition was, which an
    /// [`Answer`](crate::drill::Answer) does.
    Question,
}
