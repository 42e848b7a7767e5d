//! Requests to a Lean Pod and its answers, as `docs/lean-pod.md` section 4 fixes them.
//!
//! Knows one request or one answer, not their order. Invariant: any bytes give a value or an error, never a panic, and
//! parameters it does not know are skipped.

mod parameter;

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
                    parameter::put(
                        &mut bytes,
                        parameter::RANGE,
                        &[
                            &range.boot.to_le_bytes(),
                            &range.first.to_le_bytes(),
                            &range.last.to_le_bytes(),
                        ],
                    );
                }
                parameter::put(&mut bytes, parameter::CREDIT, &[&credit.to_le_bytes()]);
            }
            Self::Acknowledge {
                received_up_to,
                credit,
            } => {
                received_up_to.put(&mut bytes, parameter::UP_TO);
                parameter::put(&mut bytes, parameter::CREDIT, &[&credit.to_le_bytes()]);
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
        let parameters = parameter::all(bytes.get(2..).unwrap_or_default());
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
        let given = parameter::all(rest)?;
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
            parameter::put(bytes, parameter::INTERVAL, &[&interval_us.to_le_bytes()]);
        }
        if let Some(scale) = self.scale {
            parameter::put(bytes, parameter::SCALE, &[&[scale.id()]]);
        }
        if let Some(format) = self.format {
            parameter::put(bytes, parameter::FORMAT, &[&[format]]);
        }
        if let Some(count) = self.samples_per_block {
            parameter::put(bytes, parameter::SAMPLES, &[&[count]]);
        }
    }
}

impl BlockName {
    fn put(self, bytes: &mut Vec<u8>, id: u8) {
        parameter::put(
            bytes,
            id,
            &[&self.boot.to_le_bytes(), &self.sequence.to_le_bytes()],
        );
    }
}

#[cfg(test)]
mod tests;
