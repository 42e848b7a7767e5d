//! What several flows need: a coach in virtual time, virtual runs, faults of sensors, likeness of signals, and the sources.

pub(crate) mod away;
pub(crate) mod likeness;
pub(crate) mod runner;
pub(crate) mod sensor_faults;
pub(crate) mod sources;
pub(crate) mod virtual_runs;
