//! The one state machine of the product.

use std::collections::VecDeque;

use thiserror::Error;

use super::{input::Input, log::SessionContext, output::Output};
use crate::{drill::DrillId, lean::model::LeanModel, units::Timestamp, view::CoachView};

/// Why a command was refused; nothing changed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// No pod streams.
    #[error("no pod is connected")]
    NoPod,
    /// The drill needs a fresh neutral first.
    #[error("stand for a calibration first")]
    NotCalibrated,
    /// The drill is locked, or a gate is shut; says why, kindly.
    #[error("{drill:?} is not open now: {reason}")]
    DrillLocked {
        /// Which drill.
        drill: DrillId,
        /// Why, in the runner's language.
        reason: String,
    },
    /// Not while this is going on.
    #[error("not now: {0}")]
    NotNow(String),
}

/// Commands and pod bytes in; cues, views and records out.
pub struct Coach {
    outputs: VecDeque<Output>,
    view: CoachView,
}

impl Coach {
    /// A coach that knows `context` of the past and judges with `model`.
    #[must_use]
    pub fn new(_context: SessionContext, _model: Box<dyn LeanModel>) -> Self {
        Self {
            outputs: VecDeque::new(),
            view: CoachView {
                phase: crate::view::PhaseView::Idle,
                pods: Vec::new(),
                calibration: None,
                drills: Vec::new(),
                next_step: String::new(),
            },
        }
    }

    /// Takes one input; drain [`Coach::poll_output`] afterwards. A refused command changes nothing.
    pub fn handle(&mut self, _now: Timestamp, _input: Input) -> Result<(), Refusal> {
        Ok(())
    }

    /// The next output, until `None`.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come back with [`Input::Tick`] at the latest; `None` when nothing is going on.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        None
    }

    /// What the screens show.
    #[must_use]
    pub fn view(&self) -> &CoachView {
        &self.view
    }
}
