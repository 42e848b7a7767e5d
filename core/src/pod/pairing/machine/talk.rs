//! The talk to a connected pod: requests one at a time, and what comes of the answers.
//!
//! Knows no maker's bytes. Invariant: a request that is never answered is taken for failed, so that the next one goes out.

use super::{Phase, PodMachine, PodOutput};
use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal},
        gatt::{GattError, GattEvent, GattRequest, Uuid},
        kind::Backfill,
        link::LinkEvent,
        pairing::radio::RadioRequest,
    },
    units::Timestamp,
};

/// Longest time one request may stay unanswered, seconds. Ours.
const ANSWER_S: f64 = 10.0;
/// Most requests that wait for their turn; the oldest are given up. Ours: the longest start is a dozen, and what is asked
/// beyond it, as for stored blocks or for a blink, is asked again by whoever still wants it.
const MOST_WAITING: usize = 64;

impl PodMachine {
    /// When to come back with [`PodMachine::tick_talk`] at the latest.
    pub(super) fn talk_deadline(&self) -> Option<Timestamp> {
        let answer = self.asked.as_ref().map(|(at, _)| at.plus_seconds(ANSWER_S));
        let talk = self.conversation.as_ref().and_then(|talk| talk.next_deadline());
        answer.into_iter().chain(talk).min()
    }

    /// Lets the talk's time pass.
    pub(super) fn tick_talk(&mut self, now: Timestamp) {
        if let Some((_, request)) = self.asked.take_if(|(at, _)| at.plus_seconds(ANSWER_S) <= now) {
            let characteristic = request.characteristic();
            let error = GattError::Timeout;
            self.talk(now, |talk| {
                talk.handle(
                    now,
                    GattEvent::Failed {
                        characteristic,
                        error,
                    },
                )
            });
        }
        let due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if due(self.conversation.as_ref().and_then(|talk| talk.next_deadline())) {
            self.talk(now, |talk| talk.tick(now));
        }
    }

    /// Keeps what the next conversation must know of this one.
    pub(super) fn end_talk(&mut self) {
        if let Some(mut talk) = self.conversation.take()
            && let Some(memory) = talk.memory()
        {
            self.memory = std::mem::take(memory);
        }
    }

    pub(super) fn start_talk(&mut self, now: Timestamp) {
        self.end_talk();
        self.conversation = (self.make)(self.kind);
        if let Some(talk) = &mut self.conversation {
            if let Some(memory) = talk.memory() {
                *memory = std::mem::take(&mut self.memory);
            }
            // Nothing streams yet: it only takes note.
            talk.run(now, self.run_goes_on);
        }
    }

    pub(super) fn begin(&mut self, now: Timestamp) {
        self.phase = Phase::Preparing { since: now };
        self.requests.clear();
        self.asked = None;
        self.start_talk(now);
        if self.conversation.is_none() {
            self.refuse(now, PodRefusal::WrongDevice);
        }
        let offered = std::mem::take(&mut self.offered);
        self.talk(now, |talk| talk.begin(now, &offered));
        self.offered = offered;
    }

    /// A run began or ended.
    pub fn run(&mut self, now: Timestamp, goes_on: bool) {
        self.run_goes_on = goes_on;
        self.talk(now, |talk| talk.run(now, goes_on));
    }

    /// Whether something that the pod stored is on its way, or may be: what it measured while it was away is known only
    /// when it streams again.
    #[must_use]
    pub fn owes(&self) -> bool {
        match (&self.conversation, self.phase) {
            (_, Phase::Ended | Phase::Left) => false,
            (Some(talk), Phase::Streaming { first: false, .. }) => talk.owes(),
            _ => self.streamed && self.kind.capabilities().backfill != Backfill::None,
        }
    }

    /// How much of what is being fetched from it came, 0 to 1; `None` while nothing is, or its size is not told.
    #[must_use]
    pub fn fetched_share(&self) -> Option<f64> {
        self.conversation.as_ref()?.fetched_share()
    }

    /// Whether a link to it is open and talked over.
    #[must_use]
    pub const fn is_linked(&self) -> bool {
        self.conversation.is_some()
    }

    pub(super) fn said(&mut self, now: Timestamp, event: &GattEvent) {
        self.asked.take_if(|(_, request)| answers(request, event));
        self.talk(now, |talk| talk.handle(now, event.clone()));
    }

    fn talk(&mut self, now: Timestamp, say: impl FnOnce(&mut dyn Conversation) -> Vec<ConversationEvent>) {
        let Some(conversation) = &mut self.conversation else {
            return;
        };
        for event in say(&mut **conversation) {
            self.follow(now, event);
        }
        self.ask(now);
    }

    fn follow(&mut self, now: Timestamp, event: ConversationEvent) {
        match event {
            // Bytes that come while the link closes are as good as any.
            ConversationEvent::Data {
                characteristic,
                bytes,
            } => self.data(now, characteristic, bytes),
            ConversationEvent::Battery { percent } => self.battery_percent = Some(percent),
            ConversationEvent::About { firmware, .. } => self.firmware = firmware.or(self.firmware.take()),
            ConversationEvent::Logs(logs) if logs != self.logs => {
                self.logs = logs;
                self.outputs.push_back(PodOutput::Remember);
            }
            ConversationEvent::Logs(_) => {}
            _ if matches!(self.phase, Phase::Closing { .. } | Phase::Ended | Phase::Left) => {}
            ConversationEvent::Request(request) => self.queue(request),
            ConversationEvent::Streaming(setup) => {
                self.phase = Phase::Streaming {
                    heard_at: now,
                    first: true,
                };
                (self.streamed, self.silent, self.refusal) = (true, false, None);
                if let Some(site) = self.site {
                    self.announce(site, setup);
                }
            }
            ConversationEvent::Stopped => self.begin(now),
            ConversationEvent::Refused(refusal) => self.refuse(now, refusal),
        }
    }

    fn data(&mut self, now: Timestamp, characteristic: Uuid, bytes: Vec<u8>) {
        if let Phase::Streaming { heard_at, first } = &mut self.phase {
            (*heard_at, *first) = (now, false);
            self.silent = false;
            self.failures = 0;
        }
        if let Some((site, _)) = self.announced {
            self.outputs.push_back(PodOutput::Link(LinkEvent::Notification {
                site,
                characteristic,
                bytes,
            }));
        }
    }

    /// Lets a request wait for its turn: a pod that streams and never answers must not fill the memory.
    pub(super) fn queue(&mut self, request: GattRequest) {
        if self.requests.len() == MOST_WAITING {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    /// Sends the next request when the last one is answered.
    pub(super) fn ask(&mut self, now: Timestamp) {
        if self.asked.is_some() {
            return;
        }
        if let Some(request) = self.requests.pop_front() {
            self.asked = Some((now, request.clone()));
            let pod = self.id.clone();
            self.push(RadioRequest::Gatt { pod, request });
        }
    }
}

/// Whether `event` is the answer to `request`.
fn answers(request: &GattRequest, event: &GattEvent) -> bool {
    match (request, event) {
        (
            GattRequest::Subscribe {
                characteristic: asked,
            },
            GattEvent::Subscribed { characteristic },
        )
        | (
            GattRequest::Read {
                characteristic: asked,
            },
            GattEvent::Value { characteristic, .. },
        )
        | (
            GattRequest::Write {
                characteristic: asked,
                ..
            },
            GattEvent::Wrote { characteristic },
        ) => asked == characteristic,
        (request, GattEvent::Failed { characteristic, .. }) => request.characteristic() == *characteristic,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pod::{
        gatt::Characteristic, kind::PodKind, pairing::radio::PodId, protocol::conversation, site::Site,
    };

    #[test]
    fn requests_that_are_never_answered_do_not_pile_up_and_the_newest_are_kept() {
        let characteristic = Characteristic::new(Uuid::short(0x180F), Uuid::short(0x2A19));
        let write = |nth: u16| GattRequest::Write {
            characteristic,
            bytes: nth.to_le_bytes().to_vec(),
            with_response: true,
        };
        let site = Some(Site::Chest);
        let mut machine = PodMachine::new(
            PodId("A".into()),
            PodKind::LeanPod,
            "A".into(),
            site,
            conversation,
        );
        for nth in 0..1_000 {
            machine.follow(Timestamp(0), ConversationEvent::Request(write(nth)));
            machine.ask(Timestamp(0));
        }
        assert_eq!(machine.asked.as_ref().map(|(_, asked)| asked), Some(&write(0)));
        assert_eq!(machine.requests.len(), MOST_WAITING);
        assert_eq!(machine.requests.back(), Some(&write(999)));
    }
}
