//! Movesense's open GATT protocol (GSP): commands, their answers, and packets of measurements.
//!
//! Does not speak the maker's closed service. Invariant: any bytes give samples or an error, never a panic.
//!
//! Source: Movesense's `movesense-device-lib` (its sample application and `CHANGES.md`) and movesense.com's protocol text.
//! *Proven* by eight packets captured from a device, six of them with the values that `sensein/movesense-py` publishes:
//! ECG, accelerometer, gyroscope, magnetometer, both, all three, temperature, heart rate. *Inferred*: packets of 104 Hz in
//! two parts, the list of the logbook, and the answer that tells the accelerometer's range. Numbers are SI already.

pub mod command;
mod fetching;
mod keeping;
pub mod log;
pub mod packet;
pub mod parts;
mod stream;
mod talk;

pub use keeping::stored;
pub use packet::stamp_ms;
pub use stream::MovesenseStream;
pub(super) use talk::MovesenseTalk;

use crate::pod::gatt::{Characteristic, Uuid};

/// The service.
pub const SERVICE: Uuid = Uuid::new(0x3480_2252_7185_4d5d_b431_630e_7050_e8f0);
/// Commands: write.
pub const COMMAND: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0x3480_0001_7185_4d5d_b431_630e_7050_e8f0));
/// Answers and packets: notify.
pub const DATA: Characteristic =
    Characteristic::new(SERVICE, Uuid::new(0x3480_0002_7185_4d5d_b431_630e_7050_e8f0));
