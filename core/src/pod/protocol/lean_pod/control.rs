//! Requests to a Lean Pod and its answers, as `docs/lean-pod.md` section 4 fixes them.
//!
//! Knows one request or one answer, not their order. Invariant: any bytes give a value or an error, never a panic, and
//! parameters it does not know are skipped.

use super::Scale;

/// Set in the first byte of an answer.
const ANSWER: u8 = 0x80;

/// One block's name for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockName {
    /// The pod's start.
    pub boot: u16,
    /// Its number within.
    pub sequence: u32,
}

/// Blocks of one boot, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRange {
    /// The pod's start.
    pub boot: u16,
    /// The first block.
    pub first: u32,
    /// The last block, not before the first.
    pub last: u32,
}

/// How a pod measures; `None` where a request leaves it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Time between samples, microseconds.
    pub sample_interval_us: Option<u16>,
    /// What a count means.
    pub scale: Option<Scale>,
    /// The format byte of blocks.
    pub format: Option<u8>,
    /// Most samples in a block.
    pub samples_per_block: Option<u8>,
}

/// What a central can ask of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Which settings are in force.
    GetSettings,
    /// Measure like this from the next block on.
    SetSettings(Settings),
    /// Send stored blocks.
    Backfill {
        /// Which, in this order.
        ranges: Vec<BlockRange>,
        /// How many before more are granted.
        credit: u16,
    },
    /// Blocks came in: the pod may forget them, and send more.
    Acknowledge {
        /// Every block of the ranges asked for up to this one came in.
        received_up_to: BlockName,
        /// How many the pod may send from now on.
        credit: u16,
    },
    /// Send no more stored blocks.
    StopBackfill,
    /// Light the lamp.
    Identify,
    /// Mark the block being filled.
    MarkEvent,
    /// Forget all blocks.
    Erase,
}

/// How a request went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done,
    /// The pod does not know the operation.
    UnknownOperation,
    /// A parameter is missing, of wrong length or out of range.
    BadParameter,
    /// The pod does not offer this.
    NotOffered,
    /// Another request or backfill is going on.
    Busy,
    /// The button has to be pressed first.
    ButtonFirst,
    /// Nothing of the ranges is kept any more.
    NothingKept,
    /// Blocks are longer than the link allows.
    BlockTooLong,
    /// Everything kept of the ranges was sent.
    Ended,
    /// A status of a later version.
    Other(u8),
}

/// A pod's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The operation asked for.
    pub operation: u8,
    /// The number the central gave its request.
    pub reference: u8,
    /// How it went.
    pub status: Status,
    /// Settings in force, as far as told.
    pub settings: Settings,
    /// The oldest block still kept.
    pub oldest_kept: Option<BlockName>,
    /// The last block sent.
    pub sent_up_to: Option<BlockName>,
}

/// Why bytes are no request or no answer: too short, or a parameter cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("control message cut off")]
pub struct CutOff;

impl Request {
    /// The first byte.
    #[must_use]
    pub const fn operation(&self) -> u8 {
        match self {
            Self::GetSettings => 0x01,
            Self::SetSettings(_) => 0x02,
            Self::Backfill { .. } => 0x03,
            Self::Acknowledge { .. } => 0x04,
            Self::StopBackfill => 0x05,
            Self::Identify => 0x06,
            Self::MarkEvent => 0x07,
            Self::Erase => 0x08,
        }
    }

    /// The bytes to write, under the central's own number.
    #[must_use]
    pub fn encode(&self, reference: u8) -> Vec<u8> {
        let mut bytes = vec![self.operation(), reference];
        match self {
            Self::SetSettings(settings) => settings.put(&mut bytes),
            Self::Backfill { ranges, credit } => {
                for range in ranges {
                    put(
                        &mut bytes,
                        parameter::RANGE,
                        &[
                            &range.boot.to_le_bytes(),
                            &range.first.to_le_bytes(),
                            &range.last.to_le_bytes(),
                        ],
                    );
                }
                put(&mut bytes, parameter::CREDIT, &[&credit.to_le_bytes()]);
            }
            Self::Acknowledge {
                received_up_to,
                credit,
            } => {
                received_up_to.put(&mut bytes, parameter::UP_TO);
                put(&mut bytes, parameter::CREDIT, &[&credit.to_le_bytes()]);
            }
            _ => {}
        }
        bytes
    }

    /// The request in the bytes and its number; the answer a pod owes when it cannot be read.
    pub fn decode(bytes: &[u8]) -> Result<(u8, Self), Answer> {
        let (operation, reference) = match bytes {
            &[operation, reference, ..] => (operation, reference),
            &[operation] => (operation, 0),
            [] => (0, 0),
        };
        let refusal = |status| Answer::plain(operation, reference, status);
        let parameters = parameters(bytes.get(2..).unwrap_or_default());
        let given = parameters.map_err(|CutOff| refusal(Status::BadParameter))?;
        let missing = || refusal(Status::BadParameter);
        let request = match operation {
            0x01 => Self::GetSettings,
            0x02 => Self::SetSettings(given.settings),
            0x03 => Self::Backfill {
                credit: given.credit.ok_or_else(missing)?,
                ranges: Some(given.ranges)
                    .filter(|ranges| !ranges.is_empty())
                    .ok_or_else(missing)?,
            },
            0x04 => Self::Acknowledge {
                received_up_to: given.up_to.ok_or_else(missing)?,
                credit: given.credit.ok_or_else(missing)?,
            },
            0x05 => Self::StopBackfill,
            0x06 => Self::Identify,
            0x07 => Self::MarkEvent,
            0x08 => Self::Erase,
            _ => return Err(refusal(Status::UnknownOperation)),
        };
        Ok((reference, request))
    }
}

impl Answer {
    /// An answer without parameters.
    #[must_use]
    pub fn plain(operation: u8, reference: u8, status: Status) -> Self {
        Self {
            operation: operation & !ANSWER,
            reference,
            status,
            settings: Settings::default(),
            oldest_kept: None,
            sent_up_to: None,
        }
    }

    /// The bytes to indicate.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![ANSWER | self.operation, self.reference, self.status.id()];
        self.settings.put(&mut bytes);
        if let Some(oldest) = self.oldest_kept {
            oldest.put(&mut bytes, parameter::OLDEST);
        }
        if let Some(sent) = self.sent_up_to {
            sent.put(&mut bytes, parameter::UP_TO);
        }
        bytes
    }

    /// The answer in the bytes of one indication.
    pub fn decode(bytes: &[u8]) -> Result<Self, CutOff> {
        let &[operation, reference, status, ref rest @ ..] = bytes else {
            return Err(CutOff);
        };
        let given = parameters(rest)?;
        Ok(Self {
            settings: given.settings,
            oldest_kept: given.oldest,
            sent_up_to: given.up_to,
            ..Self::plain(operation, reference, Status::of(status))
        })
    }
}

impl Status {
    const KNOWN: [Self; 9] = [
        Self::Done,
        Self::UnknownOperation,
        Self::BadParameter,
        Self::NotOffered,
        Self::Busy,
        Self::ButtonFirst,
        Self::NothingKept,
        Self::BlockTooLong,
        Self::Ended,
    ];

    fn of(id: u8) -> Self {
        Self::KNOWN
            .get(usize::from(id))
            .copied()
            .unwrap_or(Self::Other(id))
    }

    fn id(self) -> u8 {
        match self {
            Self::Other(id) => id,
            known => Self::KNOWN
                .iter()
                .position(|status| *status == known)
                .unwrap_or(0) as u8,
        }
    }
}

impl Settings {
    fn put(&self, bytes: &mut Vec<u8>) {
        if let Some(interval_us) = self.sample_interval_us {
            put(bytes, parameter::INTERVAL, &[&interval_us.to_le_bytes()]);
        }
        if let Some(scale) = self.scale {
            put(bytes, parameter::SCALE, &[&[scale.id()]]);
        }
        if let Some(format) = self.format {
            put(bytes, parameter::FORMAT, &[&[format]]);
        }
        if let Some(count) = self.samples_per_block {
            put(bytes, parameter::SAMPLES, &[&[count]]);
        }
    }
}

impl BlockName {
    fn put(self, bytes: &mut Vec<u8>, id: u8) {
        put(
            bytes,
            id,
            &[&self.boot.to_le_bytes(), &self.sequence.to_le_bytes()],
        );
    }
}

/// The numbers of the parameters.
mod parameter {
    pub(super) const INTERVAL: u8 = 0x01;
    pub(super) const SCALE: u8 = 0x02;
    pub(super) const FORMAT: u8 = 0x03;
    pub(super) const SAMPLES: u8 = 0x04;
    pub(super) const RANGE: u8 = 0x05;
    pub(super) const CREDIT: u8 = 0x06;
    pub(super) const OLDEST: u8 = 0x07;
    pub(super) const UP_TO: u8 = 0x08;
}

/// All parameters of one message.
#[derive(Default)]
struct Given {
    settings: Settings,
    ranges: Vec<BlockRange>,
    credit: Option<u16>,
    oldest: Option<BlockName>,
    up_to: Option<BlockName>,
}

fn put(bytes: &mut Vec<u8>, id: u8, value: &[&[u8]]) {
    let length: usize = value.iter().map(|part| part.len()).sum();
    bytes.extend([id, length as u8]);
    bytes.extend(value.iter().copied().flatten());
}

fn parameters(mut bytes: &[u8]) -> Result<Given, CutOff> {
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
        parameter::INTERVAL => given.settings.sample_interval_us = Some(u16_of(value)?),
        // A scale of a later version: not known, not an error.
        parameter::SCALE => given.settings.scale = Scale::from_id(u8_of(value)?),
        parameter::FORMAT => given.settings.format = Some(u8_of(value)?),
        parameter::SAMPLES => given.settings.samples_per_block = Some(u8_of(value)?),
        parameter::RANGE => {
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
        parameter::CREDIT => given.credit = Some(u16_of(value)?),
        parameter::OLDEST => given.oldest = Some(name_of(value)?),
        parameter::UP_TO => given.up_to = Some(name_of(value)?),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RANGE: BlockRange = BlockRange {
        boot: 7,
        first: 258,
        last: 300,
    };

    #[test]
    fn a_request_for_one_range_is_the_eighteen_bytes_of_the_document() {
        let request = Request::Backfill {
            ranges: vec![RANGE],
            credit: 16,
        };
        let bytes = request.encode(5);
        let expected = [0x03, 5, 0x05, 10, 7, 0, 2, 1, 0, 0, 0x2C, 1, 0, 0, 0x06, 2, 16, 0];
        assert_eq!(bytes, expected);
        assert_eq!(Request::decode(&bytes), Ok((5, request)));
    }

    #[test]
    fn every_request_comes_back_from_its_bytes() {
        let name = BlockName { boot: 7, sequence: 9 };
        let settings = Settings {
            sample_interval_us: Some(4808),
            scale: Some(Scale::G16_DPS2000),
            format: Some(1),
            samples_per_block: Some(13),
        };
        let requests = [
            Request::GetSettings,
            Request::SetSettings(settings),
            Request::Acknowledge {
                received_up_to: name,
                credit: 3,
            },
            Request::StopBackfill,
            Request::Identify,
            Request::MarkEvent,
            Request::Erase,
        ];
        for request in requests {
            assert_eq!(Request::decode(&request.encode(200)), Ok((200, request)));
        }
    }

    #[test]
    fn an_answer_comes_back_from_its_bytes() {
        let answer = Answer {
            oldest_kept: Some(BlockName { boot: 7, sequence: 1 }),
            sent_up_to: Some(BlockName {
                boot: 7,
                sequence: 300,
            }),
            ..Answer::plain(0x03, 5, Status::Ended)
        };
        let bytes = answer.encode();
        assert_eq!(bytes[..3], [0x83, 5, 0x08]);
        assert_eq!(Answer::decode(&bytes), Ok(answer));
    }

    #[test]
    fn parameters_of_a_later_version_are_skipped() {
        let mut bytes = Answer::plain(0x01, 5, Status::Other(0x40)).encode();
        bytes.extend([0x99, 3, 1, 2, 3]);
        assert_eq!(
            Answer::decode(&bytes),
            Ok(Answer::plain(0x01, 5, Status::Other(0x40)))
        );
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_the_reason() {
        let refused = |bytes: &[u8]| Request::decode(bytes).unwrap_err().status;
        assert_eq!(refused(&[]), Status::UnknownOperation);
        assert_eq!(refused(&[0x60, 1]), Status::UnknownOperation);
        assert_eq!(refused(&[0x03, 1]), Status::BadParameter);
        assert_eq!(refused(&[0x04, 1, 0x06, 2, 1]), Status::BadParameter);
        let backwards = BlockRange { last: 1, ..RANGE };
        let request = Request::Backfill {
            ranges: vec![backwards],
            credit: 1,
        };
        assert_eq!(refused(&request.encode(1)), Status::BadParameter);
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok((reference, request)) = Request::decode(&bytes) {
                prop_assert_eq!(Request::decode(&request.encode(reference)), Ok((reference, request)));
            }
            if let Ok(answer) = Answer::decode(&bytes) {
                prop_assert_eq!(Answer::decode(&answer.encode()), Ok(answer));
            }
        }
    }
}
