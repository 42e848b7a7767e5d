//! From steps to a lean class.
//!
//! Chooses no drill and no words. Invariant: without the evidence the class is *not sure*.

pub mod band;
pub mod error;
pub mod features;
pub mod model;
pub mod no_gyro;
pub mod otherwise;
pub mod reading;
pub mod rules;
pub mod wear;
pub mod window;
