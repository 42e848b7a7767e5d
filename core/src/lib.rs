//! Running lean from motion pods: signals, drills, reports and history, without a screen.
//!
//! The way of a sample, left to right; a module uses only those to its left:
//! `units <- pod <- body <- gait <- lean <- drill <- cause <- session <- view`.
//! [`statistics`] stands left of all of them. [`ports`] names what the outside must do and [`io`] does it; [`words`] holds the sentences; [`sim`] is a made-up runner.
#![forbid(unsafe_code)]

pub mod body;
pub mod cause;
pub mod drill;
pub mod gait;
pub mod io;
pub mod lean;
pub mod pod;
pub mod ports;
pub mod session;
pub mod sim;
pub mod statistics;
pub mod units;
pub mod view;
pub mod words;
