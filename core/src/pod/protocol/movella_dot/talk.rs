//! The talk to a DOT: rate and filter, then the payload of accelerometer and gyroscope.
//!
//! Decodes no sample. Invariant: the payload is subscribed before the measurement is started.

use super::{BATTERY, DEVICE_CONTROL, MEASUREMENT_CONTROL, MEDIUM, payload::Mode};
use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest},
        kind::PodKind,
        protocol::talk::{self, Patience, read, refused, subscribe, write},
    },
    units::Timestamp,
};

/// Bits of the settings' first byte: which of the others count.
const IDENTIFY: u8 = 1;
const RATE: u8 = 1 << 4;
const FILTER: u8 = 1 << 5;
/// The filter for fast and jerky motion.
const DYNAMIC: u8 = 1;

/// One connection to a DOT.
#[derive(Clone, Debug, Default)]
pub(crate) struct DotTalk {
    patience: Patience,
    asked: bool,
    streaming: bool,
}

impl DotTalk {
    fn settings() -> Vec<u8> {
        let mut bytes = vec![0; 32];
        let rate_hz = PodKind::MovellaDot.capabilities().chosen.rate_hz as u16;
        let [low, high] = rate_hz.to_le_bytes();
        for (at, byte) in [(0, RATE | FILTER), (24, low), (25, high), (26, DYNAMIC)] {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes
    }

    fn start(on: bool) -> GattRequest {
        write(
            MEASUREMENT_CONTROL,
            vec![1, u8::from(on), Mode::RateQuantities as u8],
        )
    }

    fn started(&mut self) -> Vec<ConversationEvent> {
        if !self.asked || self.streaming {
            return Vec::new();
        }
        self.patience.answered();
        self.streaming = true;
        let chosen = PodKind::MovellaDot.capabilities().chosen;
        vec![ConversationEvent::Streaming(StreamSetup {
            rate_hz: Some(chosen.rate_hz),
            accelerometer_range_g: Some(chosen.accelerometer_range_g),
            gyroscope_range_dps: Some(chosen.gyroscope_range_dps),
            ..StreamSetup::of(PodKind::MovellaDot)
        })]
    }
}

impl Conversation for DotTalk {
    fn begin(&mut self, now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        if !talk::offers(offered, MEDIUM.uuid) || !talk::offers(offered, MEASUREMENT_CONTROL.uuid) {
            return refused(PodRefusal::WrongDevice);
        }
        let mut events = Vec::new();
        if talk::offers(offered, BATTERY.uuid) {
            events.extend([subscribe(BATTERY), read(BATTERY)]);
        }
        if talk::offers(offered, DEVICE_CONTROL.uuid) {
            // Refused while it measures: then it goes on as it is.
            events.push(ConversationEvent::Request(write(
                DEVICE_CONTROL,
                Self::settings(),
            )));
        }
        events.push(subscribe(MEDIUM));
        self.asked = true;
        events.push(self.patience.ask(now, Self::start(true)));
        events
    }

    fn handle(&mut self, _now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        match event {
            GattEvent::Wrote { characteristic } if characteristic.uuid == MEASUREMENT_CONTROL.uuid => {
                self.started()
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == MEDIUM.uuid => {
                if self.streaming {
                    talk::data(characteristic, bytes)
                } else {
                    Vec::new()
                }
            }
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == BATTERY.uuid => match *bytes {
                [percent @ 0..=100, _charging] => vec![talk::battery(percent)],
                _ => Vec::new(),
            },
            event => talk::anything_else(&event, &mut self.patience, |uuid| {
                [MEDIUM.uuid, MEASUREMENT_CONTROL.uuid].contains(&uuid)
            }),
        }
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.patience.deadline()
    }

    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        self.patience.tick(now)
    }

    fn identify(&mut self) -> Vec<GattRequest> {
        let mut bytes = vec![0; 32];
        bytes.splice(..2, [IDENTIFY, 1]);
        vec![write(DEVICE_CONTROL, bytes)]
    }

    fn stop(&mut self) -> Vec<GattRequest> {
        vec![Self::start(false)]
    }
}

#[cfg(test)]
mod tests;
