//! The talk to a `WitMotion` pod: unlock, set the rate, read it back, and the battery.
//!
//! Saves nothing in the pod. Invariant: two commands are never closer than a pod needs between them.

use super::{
    COMMAND, DATA, command,
    frame::{Frame, LENGTH, REGISTERS},
};
use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest},
        kind::PodKind,
        protocol::talk::{self, failure, refused, subscribe},
    },
    units::Timestamp,
};

/// Time between two commands, seconds: vendor code and users wait about 100 ms.
const APART_S: f64 = 0.12;
/// How long the pod may take to tell its rate before it is believed to have taken it, seconds. Ours.
const ANSWER_S: f64 = 2.0;
/// Code of the rate that is asked for: 100 Hz.
const RATE_CODE: u8 = 0x09;

/// One connection to a `WitMotion` pod.
#[derive(Clone, Debug, Default)]
pub(crate) struct WitTalk {
    due: Option<Timestamp>,
    /// How many of the commands were sent.
    sent: usize,
    streaming: bool,
}

impl WitTalk {
    const COMMANDS: [[u8; 5]; 4] = [
        command::UNLOCK,
        command::set_rate(RATE_CODE),
        command::read(command::RATE),
        command::read(command::BATTERY),
    ];

    fn next(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        let Some(bytes) = Self::COMMANDS.get(self.sent) else {
            // Not told in time: what came shows the rate.
            return self.stream(None);
        };
        self.sent += 1;
        let wait_s = if self.sent == Self::COMMANDS.len() {
            ANSWER_S
        } else {
            APART_S
        };
        self.due = Some(now.plus_seconds(wait_s));
        vec![ConversationEvent::Request(GattRequest::Write {
            characteristic: COMMAND,
            bytes: bytes.to_vec(),
            with_response: false,
        })]
    }

    fn stream(&mut self, rate_hz: Option<f64>) -> Vec<ConversationEvent> {
        if self.streaming {
            return Vec::new();
        }
        self.streaming = true;
        let chosen = PodKind::WitMotion.capabilities().chosen;
        if self.sent >= Self::COMMANDS.len() {
            self.due = None;
        }
        vec![ConversationEvent::Streaming(StreamSetup {
            rate_hz: rate_hz.or(Some(chosen.rate_hz)),
            accelerometer_range_g: Some(chosen.accelerometer_range_g),
            gyroscope_range_dps: Some(chosen.gyroscope_range_dps),
            ..StreamSetup::of(PodKind::WitMotion)
        })]
    }

    /// The answer to a read of registers, where the bytes begin with one.
    fn registers(&mut self, bytes: &[u8]) -> Vec<ConversationEvent> {
        let frame = bytes.first_chunk::<LENGTH>().and_then(Frame::parse);
        let Some(Frame::Registers { register, values }) = frame else {
            return Vec::new();
        };
        let [first, ..] = values;
        match register {
            command::RATE => self.stream(command::rate_of(first)),
            command::BATTERY => vec![talk::battery(command::battery_percent(first).round() as u8)],
            _ => Vec::new(),
        }
    }
}

impl Conversation for WitTalk {
    fn begin(&mut self, now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        if !talk::offers(offered, DATA.uuid) || !talk::offers(offered, COMMAND.uuid) {
            return refused(PodRefusal::WrongDevice);
        }
        self.due = Some(now.plus_seconds(ANSWER_S));
        let mut events = vec![subscribe(DATA)];
        events.extend(talk::about(offered));
        events
    }

    fn handle(&mut self, now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        match event {
            GattEvent::Subscribed { characteristic }
                if characteristic.uuid == DATA.uuid && self.sent == 0 =>
            {
                self.next(now)
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == DATA.uuid => {
                let mut events = match *bytes {
                    [_, REGISTERS, ..] => self.registers(&bytes),
                    _ => Vec::new(),
                };
                if self.streaming && events.is_empty() {
                    events = talk::data(characteristic, bytes);
                }
                events
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } => talk::told(characteristic, &bytes).unwrap_or_default(),
            GattEvent::Failed {
                characteristic,
                error,
            } if [DATA.uuid, COMMAND.uuid].contains(&characteristic.uuid) => {
                self.due = None;
                failure(&error)
            }
            GattEvent::Failed { .. } | GattEvent::Subscribed { .. } | GattEvent::Wrote { .. } => Vec::new(),
        }
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.due
    }

    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        if self.due.is_none_or(|due| now < due) {
            return Vec::new();
        }
        self.due = None;
        self.next(now)
    }
}

#[cfg(test)]
mod tests;
