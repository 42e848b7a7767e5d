//! Pods: from bytes on the air to samples on the session's time axis.
//!
//! Knows nothing of bodies or running. Invariant: any bytes give a frame or an error, never a panic.

pub mod backfill;
pub mod clock;
pub mod conversation;
pub mod fault;
pub mod frame;
pub mod gatt;
pub mod join;
pub mod kind;
pub mod link;
pub mod pairing;
pub mod phone;
pub mod protocol;
pub mod recording;
pub mod sample;
pub mod site;
