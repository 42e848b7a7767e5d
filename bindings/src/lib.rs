//! The Plumbline core for Swift and Kotlin: two objects, one observer, and records with the unit in each name.
//!
//! Decides nothing about running. Invariant: each call locks, hands on and converts; no observer is called
//! under a lock.
#![deny(unsafe_code)]

#[cfg(all(target_os = "android", feature = "btleplug"))]
pub mod android;
pub mod coach;
pub mod error;
pub mod history;
pub mod motion;
pub mod observer;
pub mod pods;
pub mod radio;
pub mod report;
pub mod views;

uniffi::setup_scaffolding!();

/// The version of the core, as in its package.
#[uniffi::export]
#[must_use]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
