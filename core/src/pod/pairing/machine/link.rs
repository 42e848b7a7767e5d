//! The link to one pod: opened, closed, lost and opened again.
//!
//! Says nothing to the pod itself. Invariant: whatever ends a link, a phase with a deadline follows, but for the end.

use super::{Phase, PodMachine, PodOutput, Then};
use crate::{
    pod::{
        conversation::{PodRefusal, StreamSetup},
        gatt::Characteristic,
        link::LinkEvent,
        pairing::radio::{ConnectError, RadioRequest},
        site::Site,
    },
    units::Timestamp,
};

/// First pause after a failure, seconds; doubled each time, [`LONGEST_DOUBLINGS`] times at most. Ours.
const PAUSE_S: f64 = 0.5;
const LONGEST_DOUBLINGS: u32 = 4;
/// A pod that advertises during this share of the pause is connected at once. Ours: one that fails does so again soon.
const SEEN_SHARE: f64 = 0.5;
/// Pause after a refusal that the runner can mend, seconds. Ours.
const REFUSED_PAUSE_S: f64 = 20.0;

impl PodMachine {
    pub(super) fn push(&mut self, request: RadioRequest) {
        self.outputs.push_back(PodOutput::Radio(request));
    }

    pub(super) fn connect(&mut self, now: Timestamp) {
        self.phase = Phase::Connecting { since: now };
        let pod = self.id.clone();
        self.push(RadioRequest::Connect { pod });
    }

    pub(super) fn connected(&mut self, now: Timestamp) {
        let pod = self.id.clone();
        match self.phase {
            Phase::Connecting { .. } | Phase::Waiting { .. } => {
                self.phase = Phase::Discovering { since: now };
                self.push(RadioRequest::Discover { pod });
            }
            // The system opened a link that nobody wants any more.
            Phase::Closing { .. } | Phase::Ended | Phase::Left => self.push(RadioRequest::Disconnect { pod }),
            _ => {}
        }
    }

    pub(super) fn connect_failed(&mut self, now: Timestamp, error: &ConnectError) {
        match (self.phase, error) {
            (_, ConnectError::Pending) => {}
            (Phase::Connecting { .. } | Phase::Discovering { .. }, ConnectError::NeedsPairing) => {
                self.refuse(now, PodRefusal::NeedsPairing);
            }
            (Phase::Connecting { .. }, ConnectError::Unknown) => {
                self.pause(now);
                // Nothing was tried: the first sign of it is worth a try.
                if let Phase::Waiting { seen_from, .. } = &mut self.phase {
                    *seen_from = now;
                }
            }
            (Phase::Connecting { .. }, _) => self.pause(now),
            (Phase::Discovering { .. }, _) => self.close(now, Then::Return),
            _ => {}
        }
    }

    /// After a failure: the longer the more there were.
    pub(super) fn pause(&mut self, now: Timestamp) {
        let doublings = self.failures.min(LONGEST_DOUBLINGS);
        self.failures += 1;
        let pause_s = PAUSE_S * f64::from(1_u32 << doublings);
        self.phase = Phase::Waiting {
            seen_from: now.plus_seconds(SEEN_SHARE * pause_s),
            until: now.plus_seconds(pause_s),
        };
    }

    pub(super) fn disconnected(&mut self, now: Timestamp) {
        self.hang_up();
        match self.phase {
            Phase::Closing { then, .. } => self.closed(now, then),
            Phase::Shown { .. } => self.go(),
            Phase::Streaming { .. } => self.connect(now),
            Phase::Connecting { .. } | Phase::Discovering { .. } | Phase::Preparing { .. } => self.pause(now),
            _ => {}
        }
    }

    /// Forgets what belonged to the link.
    pub(super) fn hang_up(&mut self) {
        self.end_talk();
        self.requests.clear();
        self.asked = None;
        self.silent = false;
        self.silence();
    }

    pub(super) fn announce(&mut self, site: Site, setup: StreamSetup) {
        self.announced = Some((site, setup.clone()));
        self.outputs
            .push_back(PodOutput::Link(LinkEvent::Connected { site, setup }));
    }

    pub(super) fn silence(&mut self) {
        if let Some((site, _)) = self.announced.take() {
            self.outputs.push_back(PodOutput::Link(LinkEvent::Lost { site }));
        }
    }

    pub(super) fn close(&mut self, now: Timestamp, then: Then) {
        // In mid-answer too: the link does what it was asked in order.
        let last = self
            .conversation
            .as_mut()
            .map(|talk| talk.stop())
            .unwrap_or_default();
        for request in last {
            let pod = self.id.clone();
            self.push(RadioRequest::Gatt { pod, request });
        }
        let pod = self.id.clone();
        self.push(RadioRequest::Disconnect { pod });
        self.requests.clear();
        self.phase = Phase::Closing { since: now, then };
    }

    pub(super) fn closed(&mut self, now: Timestamp, then: Then) {
        self.hang_up();
        match then {
            Then::Return if self.streamed && self.failures == 0 => {
                self.failures = 1;
                self.connect(now);
            }
            Then::Return => self.pause(now),
            Then::Pause => {
                let until = now.plus_seconds(REFUSED_PAUSE_S);
                self.phase = Phase::Waiting {
                    seen_from: until,
                    until,
                };
            }
            Then::End => self.phase = Phase::Ended,
            Then::Rest => self.phase = Phase::Off,
            Then::Leave => self.go(),
        }
    }

    pub(super) fn go(&mut self) {
        self.phase = Phase::Left;
    }

    pub(super) fn refuse(&mut self, now: Timestamp, refusal: PodRefusal) {
        self.refusal = Some(refusal);
        let then = match refusal {
            PodRefusal::WrongDevice
            | PodRefusal::NoMotion
            | PodRefusal::FirmwareTooOld
            | PodRefusal::NoSettings => Then::End,
            PodRefusal::NeedsPairing
            | PodRefusal::Occupied
            | PodRefusal::OnCharger
            | PodRefusal::NoAnswer
            | PodRefusal::Failed => Then::Pause,
        };
        self.close(now, then);
    }

    pub(super) fn discovered(&mut self, now: Timestamp, offered: &[Characteristic]) {
        if !matches!(self.phase, Phase::Discovering { .. }) {
            return;
        }
        self.offered = offered.to_vec();
        if self.site.is_some() {
            self.begin(now);
        } else {
            self.phase = Phase::Shown { since: now };
            self.start_talk(now);
            if let Some(talk) = &mut self.conversation {
                // It hears what the pod offers, and what it would ask for is not asked yet.
                talk.begin(now, offered);
            }
            self.identify(now);
        }
    }
}
