//! From motion to steps.
//!
//! Judges nothing. Invariant: a quantity that cannot be told is `None`, never zero.

pub mod events;
pub mod steady;
pub mod step;
