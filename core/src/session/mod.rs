//! One sitting of the runner: commands and pod bytes in, cues, views and records out.
//!
//! Takes time as data and touches nothing outside. Invariant: the same inputs give the same outputs, bit for bit.

pub mod analysis;
pub mod coach;
pub mod complete;
mod compose;
pub mod from_start;
pub mod guide;
mod holes;
pub mod input;
mod launches;
mod live;
pub mod log;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod replay;
pub mod report;
pub mod screen;
pub mod stream;
pub mod summary;
mod untold;
mod withdrawn;
