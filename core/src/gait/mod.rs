//! From motion to steps.
//!
//! Judges nothing. Invariant: a quantity that cannot be told is `None`, never zero.

pub mod events;
mod mid_stance;
mod oscillation;
mod stance;
pub mod steady;
pub mod step;
pub mod terrain;
mod trace;
