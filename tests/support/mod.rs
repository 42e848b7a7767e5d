//! What several flows need: a coach in virtual time, virtual runs, likeness of signals, and the sources.

pub(crate) mod away;
pub(crate) mod likeness;
pub(crate) mod runner;
pub(crate) mod sources;
pub(crate) mod virtual_runs;
