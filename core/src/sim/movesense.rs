//! A Movesense in software: what a made-up pod streams, logs and answers, as the maker's protocol has it.
//!
//! Touches no radio and reads no clock; knows only what a run asks of it. Invariant: what it measured is the truth,
//! whether it was sent, logged or lost.

use std::collections::VecDeque;

use glam::DVec3;

use super::{Scenario, SimulatedPod};
use crate::{pod::sample::ImuSample, units::GRAVITY};

/// Samples in a packet at 104 Hz.
const SAMPLES: usize = 8;
/// Most bytes of a payload in one notification; the rest comes in a second one.
const PART: usize = 150;
/// Bytes of a part of a log behind its offset.
const LOG_PART: usize = 146;
/// What motion's chunks are called in its logs.
const CHUNK: u8 = 5;
/// Packets that wait for the radio; the newest ones beyond it are lost, as on the device.
const MOST_WAITING: usize = 4096;

/// One pod.
#[derive(Clone, Debug)]
pub struct MovesensePod {
    /// When each packet is ready, microseconds since the scenario began, and its payload.
    packets: Vec<(u64, Vec<u8>)>,
    measured: usize,
    linked: bool,
    /// The reference of the subscription of motion.
    subscribed: Option<u8>,
    configured: bool,
    logging: bool,
    /// Bytes that its logs may take.
    memory: usize,
    logs: Vec<(u32, Vec<u8>)>,
    next_log: u32,
    waiting: VecDeque<Vec<u8>>,
}

impl MovesensePod {
    /// A pod that will measure what `pod` took down at 104 Hz, with so many bytes for logs.
    #[must_use]
    pub fn new(scenario: &Scenario, pod: &SimulatedPod, memory: usize) -> Self {
        let packets = pod.samples.as_chunks::<SAMPLES>().0.iter().map(|samples| {
            let stamp_ms = (pod.setup.clock_us(samples[0].time_s) / 1000) as u32;
            let ready_s = samples[SAMPLES - 1].time_s + 1.0 / scenario.rate_hz;
            ((ready_s * 1e6) as u64, packet(stamp_ms, samples))
        });
        Self {
            packets: packets.collect(),
            measured: 0,
            linked: false,
            subscribed: None,
            configured: false,
            logging: false,
            memory,
            logs: Vec::new(),
            next_log: 1,
            waiting: VecDeque::new(),
        }
    }

    /// Puts a log there that somebody else made.
    #[must_use]
    pub fn with_log(mut self, bytes: Vec<u8>) -> Self {
        self.logs.push((self.next_log, bytes));
        self.next_log += 1;
        self
    }

    /// Every packet it measures from the begin of the scenario to its end: the truth.
    pub fn truth(&self) -> impl Iterator<Item = &[u8]> {
        self.packets.iter().map(|(_, packet)| &packet[..])
    }

    /// Whether it keeps a log.
    #[must_use]
    pub const fn is_logging(&self) -> bool {
        self.logging
    }

    /// The logs that lie in its memory.
    #[must_use]
    pub fn logs(&self) -> &[(u32, Vec<u8>)] {
        &self.logs
    }

    /// Puts other bytes in place of its last log's, as if another session had made it.
    pub fn replace_last_log(&mut self, bytes: Vec<u8>) {
        if let Some((_, log)) = self.logs.last_mut() {
            *log = bytes;
        }
    }

    /// A central opened a link.
    pub fn connected(&mut self) {
        self.linked = true;
    }

    /// The link is gone, and its subscription: the pod goes on logging.
    pub fn disconnected(&mut self) {
        (self.linked, self.subscribed) = (false, None);
        self.waiting.clear();
    }

    /// Time since the scenario began.
    pub fn advance(&mut self, now_us: u64) {
        while let Some((_, packet)) = self
            .packets
            .get(self.measured)
            .filter(|(ready_us, _)| *ready_us <= now_us)
        {
            self.measured += 1;
            let taken: usize = self.logs.iter().map(|(_, log)| log.len()).sum();
            let room = taken + packet.len() + 2 <= self.memory;
            if let Some((_, log)) = self.logs.last_mut().filter(|_| self.logging && room) {
                log.extend([CHUNK, packet.len() as u8]);
                log.extend_from_slice(packet);
            }
            if let Some(reference) = self.subscribed.filter(|_| self.waiting.len() < MOST_WAITING) {
                let (first, rest) = packet.split_at(PART.min(packet.len()));
                self.waiting.push_back([&[2, reference], first].concat());
                self.waiting.push_back([&[3, reference], rest].concat());
            }
        }
    }

    /// The next notification for the radio, until `None`.
    pub fn next_sent(&mut self) -> Option<Vec<u8>> {
        self.waiting.pop_front().filter(|_| self.linked)
    }

    /// The central wrote a command.
    pub fn write(&mut self, bytes: &[u8]) {
        let Some((&[code, reference], data)) = bytes.split_first_chunk::<2>() else {
            return;
        };
        match code {
            0 => self.waiting.push_back(
                [
                    &[1, reference, 1][..],
                    b"214230000123\0Movesense\0C00000000000\0GattApp\x002.3.1\0",
                ]
                .concat(),
            ),
            1 => {
                self.subscribed = Some(reference);
                self.answer(reference, 200, &[]);
            }
            2 => self.subscribed = self.subscribed.filter(|one| *one != reference),
            3 => self.fetch(reference, data),
            4 => self.get(reference, data),
            5 if self.logging => self.answer(reference, 409, &[]),
            5 => {
                self.logs.clear();
                self.answer(reference, 200, &[]);
            }
            6 => {
                self.configured = data.starts_with(b"/Meas/IMU6/104\0");
                self.answer(reference, if self.logging { 409 } else { 200 }, &[]);
            }
            9 => self.log(reference, data == [3]),
            _ => self.answer(reference, 404, &[]),
        }
    }

    fn log(&mut self, reference: u8, on: bool) {
        if on && !self.logging && self.configured {
            self.logs.push((self.next_log, b"SBEM0103".to_vec()));
            self.next_log += 1;
        }
        self.logging = on && self.configured;
        self.answer(reference, 200, &[]);
    }

    fn get(&mut self, reference: u8, path: &[u8]) {
        match path {
            b"/Meas/Acc/Config\0" => self.answer(reference, 200, &[8]),
            b"/System/Energy/Level\0" => self.answer(reference, 200, &[64]),
            b"/Mem/Logbook/Entries\0" if self.logging => self.answer(reference, 409, &[]),
            b"/Mem/Logbook/Entries\0" => {
                let mut entries = vec![0; 5];
                for (id, log) in &self.logs {
                    entries.extend(id.to_le_bytes());
                    entries.extend([0; 4]);
                    entries.extend((log.len() as u64).to_le_bytes());
                }
                self.answer(reference, 200, &entries);
            }
            _ => self.answer(reference, 404, &[]),
        }
    }

    fn fetch(&mut self, reference: u8, data: &[u8]) {
        let id = data.first_chunk().map(|&id| u32::from_le_bytes(id));
        let log = self.logs.iter().find(|(one, _)| Some(*one) == id);
        let Some((_, log)) = log.cloned().filter(|_| !self.logging) else {
            return self.answer(reference, 409, &[]);
        };
        self.answer(reference, 200, &[]);
        let mut offset = 0_u32;
        for part in log.chunks(LOG_PART).chain([&[][..]]) {
            let bytes = [&[2, reference], &offset.to_le_bytes()[..], part].concat();
            self.waiting.push_back(bytes);
            offset += part.len() as u32;
        }
    }

    fn answer(&mut self, reference: u8, status: u16, data: &[u8]) {
        let [low, high] = status.to_le_bytes();
        self.waiting
            .push_back([&[1, reference, low, high], data].concat());
    }
}

/// A packet of accelerations and turning rates, one after the other.
fn packet(stamp_ms: u32, samples: &[ImuSample]) -> Vec<u8> {
    let end = DVec3::splat(8.0 * GRAVITY);
    let force = samples
        .iter()
        .map(|sample| sample.specific_force.clamp(-end, end));
    let turn = samples
        .iter()
        .map(|sample| sample.angular_velocity.unwrap_or_default().map(f64::to_degrees));
    let axes = force.chain(turn).flat_map(|vector| vector.to_array());
    let floats = axes.flat_map(|axis| (axis as f32).to_le_bytes());
    stamp_ms.to_le_bytes().into_iter().chain(floats).collect()
}
