//! What the outside sees: the screens of a session, and an analysis as a file.
//!
//! Decides nothing. Invariant: a shell can draw a view without knowing how it came about.

pub mod analysis;
mod pairing;
pub mod plan;

pub use pairing::{FoundPodView, PairedPodView, PairingView, StreamHealth};

pub use crate::session::screen::{
    CalibrationView, CoachView, DrillRowView, DrillView, LeanSide, LiveView, PhaseView, PodView, SoundLevel,
};
