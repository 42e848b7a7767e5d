//! The report of a run once more, from its log with the blocks that came late in their places.
//!
//! Reads no store. Invariant: the report is that of a run in which nothing was lost, by the same code.

use super::Coach;
use crate::{
    lean::rules::RuleModel,
    session::{
        complete::complete,
        input::Input,
        log::LogEntry,
        output::{SessionKind, StoreRequest},
        replay::{play, report_of},
    },
};

impl Coach {
    /// Whether a run goes on.
    #[must_use]
    pub fn run_goes_on(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.kind() == SessionKind::Run)
    }

    /// Whether an input is of what a pod had stored of the run that ended last.
    pub(super) fn completes_run(&self, input: &Input) -> bool {
        matches!(input, Input::Link(event) if self.run_open && event.is_stored())
    }

    /// What pods had stored belongs to the run that ended last no more.
    pub fn close_run(&mut self) {
        self.run_open = false;
    }

    /// Judges the run that ended last again, from its whole log; `false` when there is nothing to judge.
    ///
    /// A drill is not judged again: what the runner was told in it has been heard.
    pub fn complete_run(&mut self, log: &[LogEntry]) -> bool {
        let ended_run = self
            .finished
            .as_ref()
            .is_some_and(|report| report.kind == SessionKind::Run);
        if self.session.is_some() || !ended_run {
            return false;
        }
        let model = std::mem::replace(&mut self.model, Box::new(RuleModel));
        let (outputs, model) = play(&complete(log), model);
        self.model = model;
        let Some(report) = outputs.ok().as_deref().and_then(report_of).cloned() else {
            return false;
        };
        // It takes the place of what the incomplete run taught.
        self.context.course.runs.pop();
        self.learn(&report);
        self.finished = Some(Box::new(report.clone()));
        self.store(StoreRequest::Finish(Box::new(report)));
        self.refresh();
        true
    }
}
