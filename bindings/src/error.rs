//! What a host can do something about.
//!
//! Holds no detail a host could branch on beyond the variant. Invariant: after an error nothing has changed.

use plumbline_core::{pod::pairing::PairRefusal, ports::StoreError, session::coach::Refusal, words::Words};
use thiserror::Error;

/// Why a call was refused; each variant has its own next thing to do.
#[derive(Clone, Debug, Error, PartialEq, Eq, uniffi::Error)]
pub enum CoachError {
    /// No pod streams: connect one.
    #[error("no pod is connected")]
    NoPod,
    /// The drill needs a fresh neutral: start D0.
    #[error("stand for a calibration first")]
    NotCalibrated,
    /// The drill is locked, or a gate is shut: say the detail, choose another.
    #[error("{detail}")]
    DrillLocked {
        /// Why, a sentence in the runner's language.
        detail: String,
    },
    /// Something else is going on, or the history is suspended: try again afterwards.
    #[error("not now: {detail}")]
    NotNow {
        /// What stands in the way.
        detail: String,
    },
    /// The history could not be read or written.
    #[error("{detail}")]
    Store {
        /// What the history said.
        detail: String,
    },
    /// An argument that means nothing, or a host's own clock that failed: a fault of the host.
    #[error("{detail}")]
    Invalid {
        /// What was wrong with it.
        detail: String,
    },
}

impl From<Refusal> for CoachError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoPod => Self::NoPod,
            Refusal::NotCalibrated => Self::NotCalibrated,
            Refusal::DrillLocked { reason, .. } => Self::DrillLocked { detail: reason },
            Refusal::NotNow(detail) => Self::NotNow { detail },
        }
    }
}

impl CoachError {
    /// Why a pod was not paired, in the runner's language.
    pub(crate) fn of_pairing(refusal: PairRefusal, words: &Words) -> Self {
        Self::NotNow {
            detail: words.text(refusal.message()),
        }
    }
}

impl From<StoreError> for CoachError {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        match error {
            StoreError::Suspended => Self::NotNow { detail },
            StoreError::NotFound(_) => Self::Invalid { detail },
            _ => Self::Store { detail },
        }
    }
}

/// What a host's own code may throw when the core calls it.
#[derive(Clone, Debug, Error, PartialEq, Eq, uniffi::Error)]
pub enum CallbackError {
    /// It failed; the core logs that and goes on.
    #[error("the host's code failed: {detail}")]
    Failed {
        /// What it said.
        detail: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for CallbackError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { detail: error.reason }
    }
}

impl From<CallbackError> for CoachError {
    fn from(error: CallbackError) -> Self {
        Self::Invalid {
            detail: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumbline_core::drill::DrillId;

    #[test]
    fn a_suspended_history_is_a_matter_of_time_and_a_damaged_one_is_not() {
        assert!(matches!(
            CoachError::from(StoreError::Suspended),
            CoachError::NotNow { .. }
        ));
        assert!(matches!(
            CoachError::from(StoreError::Damaged("x".into())),
            CoachError::Store { .. }
        ));
        assert!(matches!(
            CoachError::from(StoreError::NotFound("x".into())),
            CoachError::Invalid { .. }
        ));
    }

    #[test]
    fn a_locked_drill_says_its_reason_and_nothing_else() {
        let refusal = Refusal::DrillLocked {
            drill: DrillId::D4,
            reason: "After the wall.".into(),
        };
        assert_eq!(CoachError::from(refusal).to_string(), "After the wall.");
    }
}
