//! `WitMotion`'s WT901BLE family: frames of nine numbers, registers, commands.
//!
//! Invents no time: frames have no stamp, no number and no checksum. Invariant: any bytes give samples or nothing, never a
//! panic; memory is bounded.
//!
//! Source: the maker's `WitBluetooth_BWT901BLE5_0` at 9efaab0 and its manual. *Proven* by one whole and six shortened
//! captures of two users, two register answers of a third party's tests and one of the manual, and six commands.
//! *Inferred*: 200 Hz in joined notifications; the battery's table is a third party's reading of the maker's code.
//! Rate code `0x0A` differs between documents and is not used. Sign: captures at rest show +1 g, so specific force.

pub mod command;
pub mod frame;
mod stream;
mod talk;

pub use stream::WitStream;
pub(super) use talk::WitTalk;

use crate::pod::gatt::{Characteristic, Uuid};

/// The service: not on the SIG's base (`9a34fb`, not `9b34fb`).
pub const SERVICE: Uuid = Uuid::new(0x0000_ffe5_0000_1000_8000_0080_5f9a_34fb);
/// Frames and register answers: notify.
pub const DATA: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0x0000_ffe4_0000_1000_8000_0080_5f9a_34fb));
/// Commands: write.
pub const COMMAND: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0x0000_ffe9_0000_1000_8000_0080_5f9a_34fb));
