//! The talk to a Polar pod: features, settings, start, and the stop it must be sent.
//!
//! Decodes no sample. Invariant: answers are subscribed before anything is asked, samples before anything is started.

use super::{
    BEFORE_PMD, CONTROL, DATA, Measurement,
    control::{Answer, Features, Operation, Setting, Settings, Status, request, start},
};
use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattEvent, GattRequest},
        kind::{Choice, PodKind},
        protocol::talk::{self, Patience, refused, subscribe, write},
    },
    units::Timestamp,
};

/// Bits of a sample, where a pod does not say.
const RESOLUTION: u32 = 16;

/// One connection to a Polar pod.
#[derive(Clone, Debug)]
pub(crate) struct PolarTalk {
    patience: Patience,
    step: Step,
    gyroscope: bool,
    sdk_mode: bool,
    /// Settings that came in several indications.
    settings: Vec<u8>,
    setup: StreamSetup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Features,
    SdkMode,
    Settings(Measurement),
    Start(Measurement),
    Streaming,
}

impl PolarTalk {
    pub(crate) fn new(kind: PodKind) -> Self {
        Self {
            patience: Patience::default(),
            step: Step::Features,
            gyroscope: false,
            sdk_mode: false,
            settings: Vec::new(),
            setup: StreamSetup::of(kind),
        }
    }

    fn choice(&self) -> Choice {
        self.setup.kind.capabilities().chosen
    }

    fn ask(&mut self, now: Timestamp, step: Step, bytes: Vec<u8>) -> Vec<ConversationEvent> {
        self.step = step;
        self.settings.clear();
        vec![self.patience.ask(now, write(CONTROL, bytes))]
    }

    fn ask_settings(&mut self, now: Timestamp, of: Measurement) -> Vec<ConversationEvent> {
        let operation = if self.sdk_mode {
            Operation::GetSdkSettings
        } else {
            Operation::GetSettings
        };
        self.ask(now, Step::Settings(of), request(operation, of))
    }

    fn features(&mut self, now: Timestamp, features: Features) -> Vec<ConversationEvent> {
        if !features.has(Measurement::Accelerometer) {
            return refused(PodRefusal::NoMotion);
        }
        let six_axes = self.setup.kind == PodKind::PolarVeritySense;
        self.gyroscope = six_axes && features.has(Measurement::Gyroscope);
        if six_axes && features.has(Measurement::SdkMode) {
            let bytes = request(Operation::Start, Measurement::SdkMode);
            return self.ask(now, Step::SdkMode, bytes);
        }
        self.ask_settings(now, Measurement::Accelerometer)
    }

    fn answer(&mut self, now: Timestamp, answer: Answer<'_>) -> Vec<ConversationEvent> {
        match self.step {
            Step::SdkMode if answer.measurement == Measurement::SdkMode => {
                self.sdk_mode = matches!(answer.status, Status::Done | Status::AlreadyInState);
                self.ask_settings(now, Measurement::Accelerometer)
            }
            Step::Settings(of) if answer.measurement == of => self.settings(now, of, answer),
            Step::Start(of) if answer.measurement == of && answer.operation == Operation::Start as u8 => {
                self.started(now, of, answer)
            }
            _ => Vec::new(),
        }
    }

    fn settings(&mut self, now: Timestamp, of: Measurement, answer: Answer<'_>) -> Vec<ConversationEvent> {
        // An SDK mode that answers no query of its own answers the plain one.
        if answer.status == Status::NotSupported && answer.operation == Operation::GetSdkSettings as u8 {
            return self.ask(now, Step::Settings(of), request(Operation::GetSettings, of));
        }
        if let Some(refusal) = refusal(answer.status) {
            self.patience.answered();
            return refused(refusal);
        }
        self.settings.extend_from_slice(answer.settings.0);
        if answer.more {
            return Vec::new();
        }
        let settings = std::mem::take(&mut self.settings);
        let Some(bytes) = self.choose(of, &Settings(&settings)) else {
            self.patience.answered();
            return refused(PodRefusal::NoSettings);
        };
        self.ask(now, Step::Start(of), bytes)
    }

    /// The request to start with the best of what is offered; `None` if nothing can be used.
    fn choose(&mut self, of: Measurement, settings: &Settings<'_>) -> Option<Vec<u8>> {
        let choice = self.choice();
        let rate_hz = nearest(settings, Setting::RateHz, choice.rate_hz)?;
        let wanted_range = if of == Measurement::Gyroscope {
            choice.gyroscope_range_dps
        } else {
            choice.accelerometer_range_g
        };
        let range = nearest(settings, Setting::Range, wanted_range)?;
        let resolution = settings.values(Setting::Resolution).max().unwrap_or(RESOLUTION);
        if of == Measurement::Gyroscope {
            self.setup.gyroscope_range_dps = Some(f64::from(range));
        } else {
            self.setup.rate_hz = Some(f64::from(rate_hz));
            self.setup.accelerometer_range_g = Some(f64::from(range));
        }
        let mut chosen = vec![
            (Setting::Range, range),
            (Setting::RateHz, rate_hz),
            (Setting::Resolution, resolution),
        ];
        chosen.extend(
            settings
                .values(Setting::Channels)
                .next()
                .map(|channels| (Setting::Channels, channels)),
        );
        Some(start(of, &chosen))
    }

    fn started(&mut self, now: Timestamp, of: Measurement, answer: Answer<'_>) -> Vec<ConversationEvent> {
        self.patience.answered();
        // It streams still from the connection before, as it was asked to then.
        let goes_on = answer.status == Status::AlreadyInState;
        let factor = answer.settings.factor().map(f64::from);
        if of == Measurement::Gyroscope {
            if !goes_on && answer.status != Status::Done {
                self.setup.gyroscope_range_dps = None;
            }
            self.setup.gyroscope_factor = factor;
            return self.streaming();
        }
        if let Some(refusal) = refusal(answer.status).filter(|_| !goes_on) {
            return refused(refusal);
        }
        self.setup.accelerometer_factor = factor;
        if self.gyroscope {
            return self.ask_settings(now, Measurement::Gyroscope);
        }
        self.streaming()
    }

    fn streaming(&mut self) -> Vec<ConversationEvent> {
        self.step = Step::Streaming;
        vec![ConversationEvent::Streaming(self.setup.clone())]
    }

    fn control(&mut self, now: Timestamp, bytes: &[u8]) -> Vec<ConversationEvent> {
        if let Some(answer) = Answer::parse(bytes) {
            return self.answer(now, answer);
        }
        match (self.step, Features::parse(bytes), bytes) {
            (Step::Features, Some(features), _) => self.features(now, features),
            (Step::Streaming, _, [0x01, stopped @ ..])
                if stopped.contains(&Measurement::Accelerometer.id()) =>
            {
                vec![ConversationEvent::Stopped]
            }
            _ => Vec::new(),
        }
    }
}

/// The value offered that is nearest to the one wanted; of two the larger.
fn nearest(settings: &Settings<'_>, setting: Setting, wanted: f64) -> Option<u32> {
    let distance = |value: u32| (f64::from(value) - wanted).abs();
    settings
        .values(setting)
        .filter(|&value| value > 0)
        .reduce(|best, value| match distance(value).total_cmp(&distance(best)) {
            std::cmp::Ordering::Less => value,
            std::cmp::Ordering::Equal => best.max(value),
            std::cmp::Ordering::Greater => best,
        })
}

const fn refusal(status: Status) -> Option<PodRefusal> {
    match status {
        Status::Done => None,
        Status::NotSupported => Some(PodRefusal::NoMotion),
        Status::WrongSetting | Status::Mtu => Some(PodRefusal::NoSettings),
        Status::OnCharger => Some(PodRefusal::OnCharger),
        Status::AlreadyInState | Status::WrongState => Some(PodRefusal::Occupied),
        Status::Other(_) => Some(PodRefusal::Failed),
    }
}

impl Conversation for PolarTalk {
    fn begin(&mut self, now: Timestamp, offered: &[Characteristic]) -> Vec<ConversationEvent> {
        if !talk::offers(offered, CONTROL.uuid) || !talk::offers(offered, DATA.uuid) {
            return refused(if talk::offers(offered, BEFORE_PMD) {
                PodRefusal::FirmwareTooOld
            } else {
                PodRefusal::WrongDevice
            });
        }
        let features = self.patience.ask(
            now,
            GattRequest::Read {
                characteristic: CONTROL,
            },
        );
        let mut events = vec![subscribe(CONTROL), subscribe(DATA), features];
        events.extend(talk::about(offered));
        events
    }

    fn handle(&mut self, now: Timestamp, event: GattEvent) -> Vec<ConversationEvent> {
        match event {
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == CONTROL.uuid => self.control(now, &bytes),
            GattEvent::Value {
                characteristic,
                bytes,
            } if characteristic.uuid == DATA.uuid => {
                if self.step == Step::Streaming {
                    talk::data(characteristic, bytes)
                } else {
                    Vec::new()
                }
            }
            event => talk::anything_else(&event, &mut self.patience, |uuid| {
                [CONTROL.uuid, DATA.uuid].contains(&uuid)
            }),
        }
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.patience.deadline()
    }

    fn tick(&mut self, now: Timestamp) -> Vec<ConversationEvent> {
        self.patience.tick(now)
    }

    fn stop(&mut self) -> Vec<GattRequest> {
        let mut started = vec![Measurement::Accelerometer];
        if self.setup.gyroscope_range_dps.is_some() {
            started.push(Measurement::Gyroscope);
        }
        if self.sdk_mode {
            started.push(Measurement::SdkMode);
        }
        started
            .into_iter()
            .map(|measurement| write(CONTROL, request(Operation::Stop, measurement)))
            .collect()
    }
}

#[cfg(test)]
mod tests;
