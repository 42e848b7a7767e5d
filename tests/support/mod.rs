//! What several flows need: a coach in virtual time, the real recordings, pods made from markers, the sources.

pub(crate) mod butterworth;
pub(crate) mod contacts;
pub(crate) mod likeness;
pub(crate) mod markers;
pub(crate) mod runner;
pub(crate) mod sources;
pub(crate) mod virtual_pod;
pub(crate) mod virtual_runs;
pub(crate) mod waist;

use std::{io::Write, path::PathBuf};

/// A folder of the real recordings, or `None`, having said that the test is skipped.
pub(crate) fn recordings(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not `eprintln`: what a passing test prints is kept back, and a skipped test must not look like a passed one.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: the recordings `{name}` are not beside this checkout"
    );
    None
}
