//! A pod's radio as data: what it advertises, what it offers, what is asked of it and what it says.
//!
//! Touches no radio and knows no maker. Invariant: everything here can be logged, compared and played again.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of a service or characteristic, 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// The Bluetooth base UUID, on which 16-bit numbers stand (Core specification, service discovery protocol).
    const BASE: u128 = 0x0000_0000_0000_1000_8000_0080_5f9b_34fb;

    /// From all 128 bits.
    #[must_use]
    pub const fn new(bits: u128) -> Self {
        Self(bits.to_be_bytes())
    }

    /// From a number that the Bluetooth SIG assigned.
    #[must_use]
    pub const fn short(number: u16) -> Self {
        Self::new(Self::BASE | ((number as u128) << 96))
    }

    /// All 128 bits.
    #[must_use]
    pub const fn bits(self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

/// Text that is no UUID.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a UUID has 32 hexadecimal digits")]
pub struct NoUuid;

impl FromStr for Uuid {
    type Err = NoUuid;

    fn from_str(text: &str) -> Result<Self, NoUuid> {
        let digits: String = text.chars().filter(|&character| character != '-').collect();
        if digits.len() != 32 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NoUuid);
        }
        u128::from_str_radix(&digits, 16)
            .map(Self::new)
            .map_err(|_| NoUuid)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.bits();
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            bits >> 96,
            (bits >> 80) & 0xFFFF,
            (bits >> 64) & 0xFFFF,
            (bits >> 48) & 0xFFFF,
            bits & 0xFFFF_FFFF_FFFF
        )
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a device says of itself before anybody connects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advertisement {
    /// Its name, where it sends one.
    pub name: Option<String>,
    /// Services it names.
    pub services: Vec<Uuid>,
    /// Company number and bytes of each maker's field.
    pub manufacturer_data: Vec<(u16, Vec<u8>)>,
    /// Strength of the signal, dBm.
    pub rssi: Option<i16>,
}

/// One characteristic of one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Characteristic {
    /// The service it belongs to.
    pub service: Uuid,
    /// Its own number.
    pub uuid: Uuid,
}

impl Characteristic {
    /// From both numbers.
    #[must_use]
    pub const fn new(service: Uuid, uuid: Uuid) -> Self {
        Self { service, uuid }
    }
}

/// What is asked of a connected device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GattRequest {
    /// Ask for notifications or indications, whichever it offers.
    Subscribe {
        /// Of what.
        characteristic: Characteristic,
    },
    /// Read once.
    Read {
        /// What.
        characteristic: Characteristic,
    },
    /// Write once.
    Write {
        /// Where.
        characteristic: Characteristic,
        /// What.
        bytes: Vec<u8>,
        /// Wait for the device's word that it came in.
        with_response: bool,
    },
}

impl GattRequest {
    /// The characteristic it is about.
    #[must_use]
    pub const fn characteristic(&self) -> Characteristic {
        match self {
            Self::Subscribe { characteristic }
            | Self::Read { characteristic }
            | Self::Write { characteristic, .. } => *characteristic,
        }
    }
}

/// What a connected device or its link says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GattEvent {
    /// Notifications will come.
    Subscribed {
        /// Of what.
        characteristic: Characteristic,
    },
    /// A notification, an indication, or the answer to a read.
    Value {
        /// Of what.
        characteristic: Characteristic,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A write was done.
    Wrote {
        /// Where.
        characteristic: Characteristic,
    },
    /// A request failed.
    Failed {
        /// Where.
        characteristic: Characteristic,
        /// Why.
        error: GattError,
    },
}

/// Why a request to a device failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GattError {
    /// The device answered with an error code of the attribute protocol.
    Attribute(u8),
    /// No answer in time.
    Timeout,
    /// The link is gone.
    Disconnected,
    /// The device has no such characteristic, or not with this property.
    NotFound,
    /// Anything else, in the system's words.
    Other(String),
}

impl GattError {
    /// *Insufficient authentication* (Core specification, attribute protocol, 3.4.1.1).
    pub const AUTHENTICATION: Self = Self::Attribute(0x05);
    /// *Insufficient encryption*.
    pub const ENCRYPTION: Self = Self::Attribute(0x0F);

    /// Whether the device wants to be paired in the system's settings first.
    #[must_use]
    pub const fn needs_pairing(&self) -> bool {
        matches!(self, Self::Attribute(0x05 | 0x0F))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_reads_as_it_is_printed_in_specifications() {
        assert_eq!(
            Uuid::short(0x180D).to_string(),
            "0000180d-0000-1000-8000-00805f9b34fb"
        );
        let polar = Uuid::new(0xfb00_5c80_02e7_f387_1cad_8acd_2d8d_f0c8);
        assert_eq!(polar.to_string(), "fb005c80-02e7-f387-1cad-8acd2d8df0c8");
        assert_eq!(polar.to_string().parse(), Ok(polar));
        for wrong in [
            "",
            "180D",
            "fb005c80-02e7-f387-1cad-8acd2d8df0cg",
            "+b005c8002e7f3871cad8acd2d8df0c8",
        ] {
            assert_eq!(wrong.parse::<Uuid>(), Err(NoUuid), "{wrong}");
        }
    }

    #[test]
    fn what_a_link_says_comes_back_from_its_bytes() {
        let event = GattEvent::Failed {
            characteristic: Characteristic::new(Uuid::short(0x180F), Uuid::short(0x2A19)),
            error: GattError::ENCRYPTION,
        };
        let bytes = postcard::to_stdvec(&event).unwrap();
        assert_eq!(postcard::from_bytes::<GattEvent>(&bytes).unwrap(), event);
    }
}
