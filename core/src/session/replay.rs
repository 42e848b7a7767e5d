//! A stored session played again: the same code as live, fed from the log.
//!
//! Reads no database. Invariant: the outputs equal those of the live session, bit for bit.

use thiserror::Error;

use super::{
    coach::Coach,
    complete::complete,
    input::{Command, Input},
    log::LogEntry,
    output::{Output, StoreRequest},
    report::SessionReport,
};
use crate::lean::model::LeanModel;

/// Why a log cannot be played.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ReplayError {
    /// It does not begin with what the coach knew.
    #[error("the session's log does not begin with its context")]
    NoContext,
    /// A context stands in its middle.
    #[error("the session's log holds a second context")]
    SecondContext,
}

/// Plays a log from its begin to its end and gives every output.
pub fn replay(log: &[LogEntry], model: Box<dyn LeanModel>) -> Result<Vec<Output>, ReplayError> {
    play(log, model).0
}

/// The same, and the model back.
pub(super) fn play(
    log: &[LogEntry],
    model: Box<dyn LeanModel>,
) -> (Result<Vec<Output>, ReplayError>, Box<dyn LeanModel>) {
    let Some((LogEntry::Context(context), inputs)) = log.split_first() else {
        return (Err(ReplayError::NoContext), model);
    };
    let mut coach = Coach::new((**context).clone(), model);
    let mut outputs = Vec::new();
    while coach.poll_output().is_some() {}
    for entry in inputs {
        let LogEntry::Input { at, input } = entry else {
            return (Err(ReplayError::SecondContext), coach.into_model());
        };
        // An input that was refused live is refused again; it changed nothing then either.
        let _ = coach.handle(*at, input.clone());
        while let Some(output) = coach.poll_output() {
            outputs.push(output);
        }
    }
    (Ok(outputs), coach.into_model())
}

/// What a session that was cut off tells of what was kept of it, as if the runner had ended it there; `None` of nothing.
#[must_use]
pub fn report_of_cut_off(log: &[LogEntry], model: Box<dyn LeanModel>) -> Option<SessionReport> {
    let LogEntry::Input { at, .. } = log.last()? else {
        return None;
    };
    let end = LogEntry::Input {
        at: *at,
        input: Input::Command(Command::Finish),
    };
    let outputs = replay(&complete(&[log, &[end]].concat()), model).ok()?;
    report_of(&outputs).cloned()
}

/// The report among some outputs; the last one when there are several.
#[must_use]
pub fn report_of(outputs: &[Output]) -> Option<&SessionReport> {
    outputs.iter().rev().find_map(|output| match output {
        Output::Store(StoreRequest::Finish(report)) => Some(&**report),
        _ => None,
    })
}
