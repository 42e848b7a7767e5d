//! The commands, one file each: arguments, what to ask the core, how to show it.

pub(crate) mod analyze;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod drill;
pub(crate) mod export;
mod follow;
pub(crate) mod history;
pub(crate) mod pair;
pub(crate) mod plan;
pub(crate) mod pod;
pub(crate) mod record;
mod rehearse;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod scan;
pub(crate) mod simulate;
pub(crate) mod stream;
