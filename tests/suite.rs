//! Flows that cross modules.
#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

mod any_order;
mod backfill;
mod drills;
mod drills_practised;
mod flow;
mod head;
mod hostile;
mod layers;
mod lean_model;
mod likeness;
mod mountings;
#[cfg(target_os = "linux")]
mod radio;
mod real;
mod replay;
mod sensor_faults;
mod sentences;
mod stored_log;
mod support;
mod treadmill;
mod virtual_faults;
mod virtual_lean;
