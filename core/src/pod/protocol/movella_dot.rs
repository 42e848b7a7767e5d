//! Movella (before: Xsens) DOT: live payloads and the messages of its recording and of synchronisation.
//!
//! Does not unpack the *high fidelity* payloads, which only the maker's SDK can. Invariant: any bytes give samples or an
//! error, never a panic.
//!
//! Source: *Movella DOT BLE Service Specification*, XD0506P revision C, July 2023. *Proven* by twenty of its message
//! examples, two of which must be refused because the printed checksum is wrong. *Inferred* from its text alone, for want
//! of any public capture: every live payload, and exported packets. Accelerations are in m/s², turning rates in °/s.

pub mod export;
pub mod message;
pub mod payload;
mod stream;
mod talk;

pub use stream::DotStream;
pub(super) use talk::DotTalk;

use crate::pod::gatt::{Characteristic, Uuid};

const fn uuid(number: u16) -> Uuid {
    Uuid::new(0x1517_0000_4947_11e9_8646_d663_bd87_3d93 | ((number as u128) << 96))
}

/// Settings of the pod: read and write.
pub const DEVICE_CONTROL: Characteristic = Characteristic::new(uuid(0x1000), uuid(0x1002));
/// Start and stop.
pub const MEASUREMENT_CONTROL: Characteristic = Characteristic::new(uuid(0x2000), uuid(0x2001));
/// Payloads of up to 63 bytes.
pub const LONG: Characteristic = Characteristic::new(uuid(0x2000), uuid(0x2002));
/// Payloads of up to 40 bytes.
pub const MEDIUM: Characteristic = Characteristic::new(uuid(0x2000), uuid(0x2003));
/// Payloads of up to 20 bytes.
pub const SHORT: Characteristic = Characteristic::new(uuid(0x2000), uuid(0x2004));
/// Level and charging.
pub const BATTERY: Characteristic = Characteristic::new(uuid(0x3000), uuid(0x3001));
/// Messages to the pod.
pub const MESSAGE_OUT: Characteristic = Characteristic::new(uuid(0x7000), uuid(0x7001));
/// Its answer, to be read.
pub const MESSAGE_ACKNOWLEDGE: Characteristic = Characteristic::new(uuid(0x7000), uuid(0x7002));
/// Its own messages: notify.
pub const MESSAGE_IN: Characteristic = Characteristic::new(uuid(0x7000), uuid(0x7003));
