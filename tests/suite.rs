//! Flows that cross modules.
#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

mod any_order;
mod drills;
mod flow;
mod hostile;
mod layers;
mod lean_model;
mod likeness;
mod mountings;
mod real;
mod replay;
mod sentences;
mod support;
mod treadmill;
mod virtual_lean;
