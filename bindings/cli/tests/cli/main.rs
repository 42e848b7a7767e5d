//! The program as others see it: exit codes, what is printed where, and files.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read files")]

mod commands;
mod histories;
mod recordings;
mod schema;
mod support;
