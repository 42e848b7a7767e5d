//! The parameters of Control's messages: number, length, value.
//!
//! Knows no request. Invariant: one of an unknown number is passed over, one that is cut off is an error.

use super::{BlockName, BlockRange, CutOff, Scale, Settings};

pub(super) const INTERVAL: u8 = 0x01;
pub(super) const SCALE: u8 = 0x02;
pub(super) const FORMAT: u8 = 0x03;
pub(super) const SAMPLES: u8 = 0x04;
pub(super) const RANGE: u8 = 0x05;
pub(super) const CREDIT: u8 = 0x06;
pub(super) const OLDEST: u8 = 0x07;
pub(super) const UP_TO: u8 = 0x08;

/// All parameters of one message.
#[derive(Default)]
pub(super) struct Given {
    pub(super) settings: Settings,
    pub(super) ranges: Vec<BlockRange>,
    pub(super) credit: Option<u16>,
    pub(super) oldest: Option<BlockName>,
    pub(super) up_to: Option<BlockName>,
}

/// Adds a parameter.
pub(super) fn put(bytes: &mut Vec<u8>, id: u8, value: &[&[u8]]) {
    let length: usize = value.iter().map(|part| part.len()).sum();
    bytes.extend([id, length as u8]);
    bytes.extend(value.iter().copied().flatten());
}

/// All parameters in the bytes.
pub(super) fn all(mut bytes: &[u8]) -> Result<Given, CutOff> {
    let mut given = Given::default();
    while let &[id, length, ref rest @ ..] = bytes {
        let (value, after) = rest.split_at_checked(usize::from(length)).ok_or(CutOff)?;
        take(&mut given, id, value)?;
        bytes = after;
    }
    if bytes.is_empty() { Ok(given) } else { Err(CutOff) }
}

fn take(given: &mut Given, id: u8, value: &[u8]) -> Result<(), CutOff> {
    match id {
        INTERVAL => given.settings.sample_interval_us = Some(u16_of(value)?),
        // A scale of a later version: not known, not an error.
        SCALE => given.settings.scale = Scale::from_id(u8_of(value)?),
        FORMAT => given.settings.format = Some(u8_of(value)?),
        SAMPLES => given.settings.samples_per_block = Some(u8_of(value)?),
        RANGE => {
            let &[b0, b1, f0, f1, f2, f3, l0, l1, l2, l3] = value else {
                return Err(CutOff);
            };
            let range = BlockRange {
                boot: u16::from_le_bytes([b0, b1]),
                first: u32::from_le_bytes([f0, f1, f2, f3]),
                last: u32::from_le_bytes([l0, l1, l2, l3]),
            };
            if range.first > range.last {
                return Err(CutOff);
            }
            given.ranges.push(range);
        }
        CREDIT => given.credit = Some(u16_of(value)?),
        OLDEST => given.oldest = Some(name_of(value)?),
        UP_TO => given.up_to = Some(name_of(value)?),
        _ => {}
    }
    Ok(())
}

fn u8_of(value: &[u8]) -> Result<u8, CutOff> {
    <[u8; 1]>::try_from(value).map(|[byte]| byte).map_err(|_| CutOff)
}

fn u16_of(value: &[u8]) -> Result<u16, CutOff> {
    value.try_into().map(u16::from_le_bytes).map_err(|_| CutOff)
}

fn name_of(value: &[u8]) -> Result<BlockName, CutOff> {
    let &[b0, b1, s0, s1, s2, s3] = value else {
        return Err(CutOff);
    };
    Ok(BlockName {
        boot: u16::from_le_bytes([b0, b1]),
        sequence: u32::from_le_bytes([s0, s1, s2, s3]),
    })
}
