//! What a Lean Pod tells of itself: Info, Time and Status, as `docs/lean-pod.md` section 5 fixes them.
//!
//! Keeps nothing. Invariant: bytes beyond those known are ignored, fewer are no value.

use super::{NO_TEMPERATURE, control::BlockName};

/// The Info characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Major and minor version of the profile.
    pub version: [u8; 2],
    /// The pod's own number, never changed.
    pub uid: u64,
    /// This start of the pod.
    pub boot: u16,
    /// `OFFERS_*` bits.
    pub offers: u16,
    /// Bit 0 six axes, bit 1 accelerometer only.
    pub formats: u16,
    /// Bit 0 26 Hz, 1 52 Hz, 2 104 Hz, 3 208 Hz, 4 416 Hz.
    pub rates: u16,
    /// Time between samples now, microseconds.
    pub sample_interval_us: u16,
    /// Scale byte now.
    pub scale: u8,
    /// Samples in a block now.
    pub samples_per_block: u8,
    /// Resolution of the clock, nanoseconds.
    pub clock_resolution_ns: u16,
    /// Blocks the memory holds; 0 without.
    pub memory_blocks: u32,
    /// The oldest block kept.
    pub oldest_kept: BlockName,
    /// The newest block of this boot; `None` before the first.
    pub newest: Option<u32>,
}

/// Info says: stored blocks can be asked for.
pub const OFFERS_BACKFILL: u16 = 1;
/// Info says: the Time characteristic is there.
pub const OFFERS_TIME: u16 = 1 << 1;
/// Info says: events can be marked.
pub const OFFERS_EVENT: u16 = 1 << 2;
/// Info says: the lamp can be lit.
pub const OFFERS_IDENTIFY: u16 = 1 << 3;
/// Info says: the memory can be erased.
pub const OFFERS_ERASE: u16 = 1 << 4;

/// Stands in Info for a sequence that is not there yet.
const NO_BLOCK: u32 = u32::MAX;

impl Info {
    /// The 38 bytes to be read.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.version.to_vec();
        bytes.extend(self.uid.to_le_bytes());
        for field in [
            self.boot,
            self.offers,
            self.formats,
            self.rates,
            self.sample_interval_us,
        ] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend([self.scale, self.samples_per_block]);
        bytes.extend(self.clock_resolution_ns.to_le_bytes());
        bytes.extend(self.memory_blocks.to_le_bytes());
        bytes.extend(self.oldest_kept.boot.to_le_bytes());
        bytes.extend(self.oldest_kept.sequence.to_le_bytes());
        bytes.extend(self.newest.unwrap_or(NO_BLOCK).to_le_bytes());
        bytes
    }

    /// The fields; `None` when bytes are missing.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        Some(Self {
            version: take(&mut rest)?,
            uid: u64::from_le_bytes(take(&mut rest)?),
            boot: u16::from_le_bytes(take(&mut rest)?),
            offers: u16::from_le_bytes(take(&mut rest)?),
            formats: u16::from_le_bytes(take(&mut rest)?),
            rates: u16::from_le_bytes(take(&mut rest)?),
            sample_interval_us: u16::from_le_bytes(take(&mut rest)?),
            scale: take::<1>(&mut rest)?[0],
            samples_per_block: take::<1>(&mut rest)?[0],
            clock_resolution_ns: u16::from_le_bytes(take(&mut rest)?),
            memory_blocks: u32::from_le_bytes(take(&mut rest)?),
            oldest_kept: BlockName {
                boot: u16::from_le_bytes(take(&mut rest)?),
                sequence: u32::from_le_bytes(take(&mut rest)?),
            },
            newest: Some(u32::from_le_bytes(take(&mut rest)?)).filter(|newest| *newest != NO_BLOCK),
        })
    }
}

/// The pod's answer to a token written to the Time characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeEcho {
    /// The central's own token.
    pub token: u32,
    /// Pod clock when the token came in, microseconds.
    pub received_us: u64,
    /// Pod clock when the answer went to the radio, microseconds.
    pub sent_us: u64,
    /// This start of the pod.
    pub boot: u16,
}

impl TimeEcho {
    /// The 18 bytes to notify.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.token.to_le_bytes().to_vec();
        for stamp in [self.received_us, self.sent_us] {
            bytes.extend(stamp.to_le_bytes().into_iter().take(6));
        }
        bytes.extend(self.boot.to_le_bytes());
        bytes
    }

    /// The fields; `None` when bytes are missing.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        Some(Self {
            token: u32::from_le_bytes(take(&mut rest)?),
            received_us: u48(take(&mut rest)?),
            sent_us: u48(take(&mut rest)?),
            boot: u16::from_le_bytes(take(&mut rest)?),
        })
    }
}

/// The Status characteristic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodStatus {
    /// Charge of the battery, %, at most 100.
    pub battery_percent: Option<u8>,
    /// Its voltage, mV.
    pub battery_mv: Option<u16>,
    /// Temperature, °C.
    pub temperature_c: Option<i8>,
    /// Memory in use, %.
    pub memory_percent: u8,
    /// Bit 0 measuring, 1 charging, 2 clock uncertain, 3 sensor fault.
    pub state: u8,
    /// Blocks the pod itself lost in this boot.
    pub blocks_lost: u32,
    /// Blocks with a channel at its end in this boot.
    pub blocks_clipped: u32,
}

/// Status says: the pod measures.
pub const STATE_MEASURING: u8 = 1;
/// Status says: the sensor fails.
pub const STATE_SENSOR_FAULT: u8 = 1 << 3;

impl PodStatus {
    /// The 14 bytes to be read or notified.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![self.battery_percent.unwrap_or(255)];
        bytes.extend(self.battery_mv.unwrap_or(0).to_le_bytes());
        bytes.extend(self.temperature_c.unwrap_or(NO_TEMPERATURE).to_le_bytes());
        bytes.extend([self.memory_percent, self.state]);
        bytes.extend(self.blocks_lost.to_le_bytes());
        bytes.extend(self.blocks_clipped.to_le_bytes());
        bytes
    }

    /// The fields; `None` when bytes are missing.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let [percent] = take(&mut rest)?;
        Some(Self {
            battery_percent: Some(percent).filter(|percent| *percent <= 100),
            battery_mv: Some(u16::from_le_bytes(take(&mut rest)?)).filter(|mv| *mv != 0),
            temperature_c: Some(i8::from_le_bytes(take(&mut rest)?))
                .filter(|temperature| *temperature != NO_TEMPERATURE),
            memory_percent: take::<1>(&mut rest)?[0],
            state: take::<1>(&mut rest)?[0],
            blocks_lost: u32::from_le_bytes(take(&mut rest)?),
            blocks_clipped: u32::from_le_bytes(take(&mut rest)?),
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*first)
}

fn u48([a, b, c, d, e, f]: [u8; 6]) -> u64 {
    u64::from_le_bytes([a, b, c, d, e, f, 0, 0])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const INFO: Info = Info {
        version: [1, 0],
        uid: 0x1122_3344_5566_7788,
        boot: 7,
        offers: OFFERS_BACKFILL | OFFERS_TIME,
        formats: 0b01,
        rates: 0b1100,
        sample_interval_us: 9615,
        scale: 0x11,
        samples_per_block: 13,
        clock_resolution_ns: 30_518,
        memory_blocks: 11_500,
        oldest_kept: BlockName {
            boot: 6,
            sequence: 40,
        },
        newest: Some(258),
    };

    #[test]
    fn info_has_its_fields_where_the_document_puts_them() {
        let bytes = INFO.encode();
        assert_eq!(bytes.len(), 38);
        assert_eq!(bytes[10..12], [7, 0]);
        assert_eq!(bytes[18..22], [0x8F, 0x25, 0x11, 13]);
        assert_eq!(bytes[28..38], [6, 0, 40, 0, 0, 0, 2, 1, 0, 0]);
        assert_eq!(Info::decode(&bytes), Some(INFO));
    }

    #[test]
    fn info_of_a_later_version_is_read_as_far_as_it_is_known() {
        let longer = [INFO.encode(), vec![9; 5]].concat();
        assert_eq!(Info::decode(&longer), Some(INFO));
        assert_eq!(Info::decode(&longer[..37]), None);
    }

    #[test]
    fn before_the_first_block_there_is_no_newest() {
        let info = Info { newest: None, ..INFO };
        assert_eq!(Info::decode(&info.encode()), Some(info));
    }

    #[test]
    fn what_a_pod_does_not_measure_is_unknown() {
        let bytes = PodStatus::default().encode();
        assert_eq!(bytes.len(), 14);
        assert_eq!(bytes[..4], [255, 0, 0, 0x80]);
        assert_eq!(PodStatus::decode(&bytes), Some(PodStatus::default()));
    }

    proptest! {
        #[test]
        fn an_echo_comes_back_from_its_eighteen_bytes(
            token in any::<u32>(), received_us in 0..1_u64 << 48, sent_us in 0..1_u64 << 48, boot in any::<u16>()
        ) {
            let echo = TimeEcho { token, received_us, sent_us, boot };
            prop_assert_eq!(echo.encode().len(), 18);
            prop_assert_eq!(TimeEcho::decode(&echo.encode()), Some(echo));
        }

        #[test]
        fn any_bytes_are_values_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let info = Info::decode(&bytes);
            let status = PodStatus::decode(&bytes);
            let echo = TimeEcho::decode(&bytes);
            prop_assert_eq!(info.is_some(), bytes.len() >= 38);
            prop_assert_eq!(status.is_some(), bytes.len() >= 14);
            prop_assert_eq!(echo.is_some(), bytes.len() >= 18);
        }
    }
}
