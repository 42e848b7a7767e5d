//! What several flows need: a coach in virtual time, virtual runs, and the sources.

pub(crate) mod runner;
pub(crate) mod sources;
pub(crate) mod virtual_runs;
