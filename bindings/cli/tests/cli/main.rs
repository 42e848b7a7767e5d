//! The program as others see it: exit codes, what is printed where, and files.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read files")]

#[cfg(target_os = "linux")]
#[path = "../../../../tests/radio/bed.rs"]
mod bed;
mod commands;
mod histories;
mod plans;
#[cfg(target_os = "linux")]
mod pods;
mod recordings;
mod schema;
mod simulated_pods;
mod support;
