//! Flows that cross modules.
#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

mod drills;
mod flow;
mod layers;
mod lean_model;
mod real;
mod support;
mod virtual_lean;
