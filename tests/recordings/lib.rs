//! Other people's recordings, and virtual pods made from their markers: what the tests and the accuracy report read.
//!
//! Judges nothing. Invariant: the same files and seeds give the same recordings.
#![allow(
    clippy::disallowed_methods,
    reason = "recordings are files, read beside the checkout"
)]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "a recording that is not as its notes say ends the test"
)]

pub mod biomac;
pub mod body;
pub mod butterworth;
pub mod chance;
pub mod contacts;
pub mod faults;
pub mod markers;
pub mod sacrum;
pub mod strap;
pub mod trials;
pub mod waist;
pub mod wear;

use std::{io::Write, path::PathBuf};

/// A folder of the recordings, or `None` where it is not beside this checkout.
pub fn folder(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    Some(root.join(name)).filter(|folder| folder.is_dir())
}

/// A folder of the recordings, or `None`, having said that the test is skipped.
pub fn recordings(name: &str) -> Option<PathBuf> {
    let found = folder(name);
    if found.is_none() {
        // Not `eprintln`: what a passing test prints is kept back, and a skipped test must not look like a passed one.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the recordings `{name}` are not beside this checkout"
        );
    }
    found
}
