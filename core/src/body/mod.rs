//! From pod axes to the runner: orientation, neutral, forward.
//!
//! Knows nothing of steps. Invariant: an angle is given only where a neutral stand was seen.
//!
//! The stages, in order: [`resample`], [`orientation`], [`mount`] with [`forward`], joined per pod by [`segment`].

pub mod abreast;
pub mod filter;
pub mod forward;
pub mod mount;
pub mod orientation;
pub mod places;
pub mod resample;
pub mod rhythm;
pub mod sample;
pub mod segment;
pub mod senses;
pub mod slip;
pub mod stillness;
