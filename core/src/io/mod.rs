//! The only place with effects: the clock, the radio, the database file, the model file.
//!
//! Decides nothing about running. Invariant: every effect stands behind a trait of [`crate::ports`], so that
//! whatever happens here can be played by a test with plain values.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "clocks, files and locks are banned everywhere else so that they can only be here"
)]

#[cfg(feature = "btleplug")]
pub mod btleplug;
pub mod clock;
pub mod host;
pub mod model;
#[cfg(feature = "onnx")]
pub mod onnx;
pub mod shared;
#[cfg(feature = "sqlite")]
pub mod sqlite;
