//! From motion to steps.
//!
//! Judges nothing. Invariant: a quantity that cannot be told is `None`, never zero.

mod contact;
pub mod detector;
mod mid_stance;
mod oscillation;
mod push;
pub mod side;
pub mod steady;
pub mod step;
mod swings;
mod trace;
