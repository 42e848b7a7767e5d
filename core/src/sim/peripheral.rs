//! A Lean Pod in software: what a made-up pod stores, sends and answers, as `docs/lean-pod.md` asks of firmware.
//!
//! Touches no radio and reads no clock. Invariant: every block it measured is the truth, whether it was sent, stored or
//! lost; Live goes before Backfill, and Backfill keeps to its credit.

use std::collections::VecDeque;

use super::{Scenario, SimulatedPod, radio::blocks};
use crate::pod::{
    gatt::Uuid,
    protocol::lean_pod::{
        BACKFILL, CONTROL, INFO, LIVE, STATUS, TIME,
        about::{
            Info, OFFERS_BACKFILL, OFFERS_EVENT, OFFERS_IDENTIFY, OFFERS_TIME, PodStatus, STATE_MEASURING,
            TimeEcho,
        },
        control::{Answer, BlockName, BlockRange, Request, Settings, Status},
    },
};

/// The Battery Level characteristic of the SIG.
pub const BATTERY: Uuid = Uuid::short(0x2A19);

/// Live blocks that wait for the radio; of more the oldest are only stored.
const MOST_WAITING: usize = 64;
const BATTERY_PERCENT: u8 = 87;

/// A block as the pod made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredBlock {
    /// When its last sample was taken, microseconds since the scenario began.
    pub ready_us: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something the pod hands to its radio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Of which characteristic: a notification, of Control an indication.
    pub characteristic: Uuid,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// One pod.
#[derive(Clone, Debug)]
pub struct Peripheral {
    uid: u64,
    boot: u16,
    clock_offset_us: u64,
    sample_interval_us: u16,
    scale: u8,
    blocks: Vec<MeasuredBlock>,
    /// Blocks its memory holds.
    memory: u32,
    /// Blocks measured so far; the newest is the one before.
    measured: u32,
    now_us: u64,
    linked: bool,
    subscribed: Vec<Uuid>,
    waiting: VecDeque<u32>,
    job: Option<Job>,
    /// Answers and echoes, before any block.
    answers: VecDeque<Sent>,
}

/// A backfill that is going on.
#[derive(Clone, Debug)]
struct Job {
    reference: u8,
    /// Numbers left to send, in order.
    left: VecDeque<BlockRange>,
    credit: u16,
    sent_up_to: Option<BlockName>,
}

impl Peripheral {
    /// A pod that will measure what `pod` took down, with memory for so many blocks.
    #[must_use]
    pub fn new(scenario: &Scenario, pod: &SimulatedPod, memory: u32) -> Self {
        let boot = (scenario.seed as u16).wrapping_add(1 + pod.site.index() as u16);
        let scale = super::radio::scale(pod);
        Self {
            // Every bit of the name depends on seed and site.
            uid: scenario
                .seed
                .wrapping_mul(2)
                .wrapping_add(1 + pod.site.index() as u64)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15),
            boot,
            clock_offset_us: pod.setup.clock_offset_us,
            sample_interval_us: super::radio::interval_us(scenario),
            scale: scale.id(),
            blocks: blocks(scenario, pod, boot),
            memory,
            measured: 0,
            now_us: 0,
            linked: false,
            subscribed: Vec::new(),
            waiting: VecDeque::new(),
            job: None,
            answers: VecDeque::new(),
        }
    }

    /// The name it advertises.
    #[must_use]
    pub fn name(&self) -> String {
        let [high, low, ..] = self.uid.to_be_bytes();
        format!("LeanPod-{high:02X}{low:02X}")
    }

    /// Every block it measures from the begin of the scenario to its end: the truth.
    #[must_use]
    pub fn truth(&self) -> &[MeasuredBlock] {
        &self.blocks
    }

    /// Whether the scenario is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.measured as usize == self.blocks.len()
    }

    /// A central opened a link.
    pub fn connected(&mut self) {
        self.linked = true;
    }

    /// The link is gone: the pod goes on measuring, and stores.
    pub fn disconnected(&mut self) {
        self.linked = false;
        self.subscribed.clear();
        self.waiting.clear();
        self.answers.clear();
        self.job = None;
    }

    /// The central asked for a characteristic, or does no longer.
    pub fn subscribe(&mut self, characteristic: Uuid, wanted: bool) {
        self.subscribed.retain(|one| *one != characteristic);
        if wanted {
            self.subscribed.push(characteristic);
        }
        if characteristic == LIVE {
            self.waiting.clear();
        }
    }

    /// What a read gives; `None` where there is nothing to read.
    #[must_use]
    pub fn read(&self, characteristic: Uuid) -> Option<Vec<u8>> {
        match characteristic {
            INFO => Some(self.info().encode()),
            STATUS => Some(self.status().encode()),
            BATTERY => Some(vec![BATTERY_PERCENT]),
            _ => None,
        }
    }

    /// The central wrote something.
    pub fn write(&mut self, characteristic: Uuid, bytes: &[u8]) {
        match characteristic {
            CONTROL => {
                let answer = match Request::decode(bytes) {
                    Ok((reference, request)) => self.obey(reference, &request),
                    Err(refusal) => refusal,
                };
                self.answer(&answer);
            }
            TIME => {
                if let Some(&token) = bytes.first_chunk() {
                    let stamp_us = self.clock_offset_us + self.now_us;
                    let echo = TimeEcho {
                        token: u32::from_le_bytes(token),
                        received_us: stamp_us,
                        sent_us: stamp_us,
                        boot: self.boot,
                    };
                    self.answers.push_back(Sent {
                        characteristic: TIME,
                        bytes: echo.encode(),
                    });
                }
            }
            _ => {}
        }
    }

    /// Time since the scenario began: what was measured until now is stored, and waits for the radio where one listens.
    pub fn advance(&mut self, now_us: u64) {
        self.now_us = self.now_us.max(now_us);
        while let Some(block) = self.blocks.get(self.measured as usize)
            && block.ready_us <= self.now_us
        {
            if self.linked && self.subscribed.contains(&LIVE) {
                if self.waiting.len() == MOST_WAITING {
                    self.waiting.pop_front();
                }
                self.waiting.push_back(self.measured);
            }
            self.measured += 1;
        }
    }

    /// When the next block will be ready, microseconds since the scenario began.
    #[must_use]
    pub fn next_us(&self) -> Option<u64> {
        self.blocks
            .get(self.measured as usize)
            .map(|block| block.ready_us)
    }

    /// The next thing for the radio, until `None`: answers, then Live, then Backfill.
    pub fn next_sent(&mut self) -> Option<Sent> {
        if !self.linked {
            return None;
        }
        if let Some(answer) = self.answers.pop_front() {
            return Some(answer);
        }
        if let Some(sequence) = self.waiting.pop_front() {
            return self.sent(LIVE, sequence);
        }
        self.next_stored()
    }

    fn next_stored(&mut self) -> Option<Sent> {
        let oldest = self.oldest();
        let newest = self.measured.checked_sub(1);
        let job = self.job.as_mut()?;
        while let Some(range) = job.left.front_mut() {
            range.first = range.first.max(oldest);
            if range.boot != self.boot || range.first > range.last.min(newest.unwrap_or(0)) {
                job.left.pop_front();
                continue;
            }
            if job.credit == 0 || !self.subscribed.contains(&BACKFILL) {
                return None;
            }
            let sequence = range.first;
            job.credit -= 1;
            job.sent_up_to = Some(BlockName {
                boot: self.boot,
                sequence,
            });
            match sequence.checked_add(1) {
                Some(next) if next <= range.last => range.first = next,
                _ => drop(job.left.pop_front()),
            }
            return self.sent(BACKFILL, sequence);
        }
        let ended = Answer {
            sent_up_to: job.sent_up_to,
            ..Answer::plain(0x03, job.reference, Status::Ended)
        };
        self.job = None;
        self.answer(&ended);
        self.answers.pop_front()
    }

    fn obey(&mut self, reference: u8, request: &Request) -> Answer {
        let plain = |status| Answer::plain(request.operation(), reference, status);
        match request {
            Request::GetSettings => Answer {
                settings: Settings {
                    sample_interval_us: Some(self.sample_interval_us),
                    ..Settings::default()
                },
                ..plain(Status::Done)
            },
            Request::Backfill { ranges, credit } => self.begin(reference, ranges, *credit),
            Request::Acknowledge { credit, .. } => {
                if let Some(job) = &mut self.job {
                    job.credit = *credit;
                }
                plain(Status::Done)
            }
            Request::StopBackfill => {
                self.job = None;
                plain(Status::Done)
            }
            Request::Identify | Request::MarkEvent => plain(Status::Done),
            Request::Erase => plain(Status::ButtonFirst),
            Request::SetSettings(_) => plain(Status::NotOffered),
        }
    }

    fn begin(&mut self, reference: u8, ranges: &[BlockRange], credit: u16) -> Answer {
        let plain = |status| Answer::plain(0x03, reference, status);
        if self.job.is_some() {
            return plain(Status::Busy);
        }
        let oldest = self.oldest();
        let kept = |range: &BlockRange| {
            range.boot == self.boot && range.last >= oldest && range.first < self.measured
        };
        if !ranges.iter().any(kept) {
            return plain(Status::NothingKept);
        }
        self.job = Some(Job {
            reference,
            left: ranges.iter().copied().collect(),
            credit,
            sent_up_to: None,
        });
        Answer {
            oldest_kept: Some(BlockName {
                boot: self.boot,
                sequence: oldest,
            }),
            ..plain(Status::Done)
        }
    }

    fn answer(&mut self, answer: &Answer) {
        self.answers.push_back(Sent {
            characteristic: CONTROL,
            bytes: answer.encode(),
        });
    }

    fn sent(&self, characteristic: Uuid, sequence: u32) -> Option<Sent> {
        let block = self.blocks.get(sequence as usize)?;
        Some(Sent {
            characteristic,
            bytes: block.bytes.clone(),
        })
    }

    /// The oldest block its memory still holds.
    fn oldest(&self) -> u32 {
        self.measured.saturating_sub(self.memory)
    }

    fn info(&self) -> Info {
        Info {
            version: [1, 0],
            uid: self.uid,
            boot: self.boot,
            offers: OFFERS_BACKFILL | OFFERS_TIME | OFFERS_EVENT | OFFERS_IDENTIFY,
            formats: 0b11,
            rates: 0b1100,
            sample_interval_us: self.sample_interval_us,
            scale: self.scale,
            samples_per_block: super::radio::SAMPLES_PER_BLOCK as u8,
            clock_resolution_ns: 1000,
            memory_blocks: self.memory,
            oldest_kept: BlockName {
                boot: self.boot,
                sequence: self.oldest(),
            },
            newest: self.measured.checked_sub(1),
        }
    }

    fn status(&self) -> PodStatus {
        let kept = self.measured.min(self.memory);
        PodStatus {
            battery_percent: Some(BATTERY_PERCENT),
            battery_mv: None,
            temperature_c: None,
            memory_percent: (u64::from(kept) * 100 / u64::from(self.memory.max(1))) as u8,
            state: STATE_MEASURING,
            blocks_lost: 0,
            blocks_clipped: 0,
        }
    }
}

#[cfg(test)]
mod tests;
