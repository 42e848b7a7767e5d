//! One paired pod: from a name to a stream, and back to it for as long as the run lasts.
//!
//! Touches no radio and reads no clock. Invariant: in every phase but the end some event or deadline leads on, so that
//! no fault of a pod or of the system leaves it behind for ever.

use std::collections::VecDeque;

use super::{
    radio::{ConnectError, PodId, RadioEvent, RadioRequest},
    state::PodState,
};
use crate::{
    pod::{
        backfill::Ledger,
        conversation::{Conversation, ConversationEvent, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattError, GattEvent, GattRequest},
        kind::PodKind,
        link::LinkEvent,
        site::Site,
    },
    units::Timestamp,
};

/// A link that was not opened by now is given up and asked for anew, seconds. Ours: BlueZ gives up waiting, but not
/// trying, after 30 s.
const CONNECT_S: f64 = 45.0;
/// A link whose services do not show by now is dead, seconds. Ours: a real stack takes 0.1 to 0.4 s.
const DISCOVER_S: f64 = 10.0;
/// Longest time one request may stay unanswered, seconds. Ours.
const ANSWER_S: f64 = 10.0;
/// Longest talk until the stream, seconds. Ours.
const PREPARE_S: f64 = 60.0;
/// First samples may take this long, seconds. Ours; some hosts wait longer for a Polar H10, and start anew then.
const FIRST_S: f64 = 15.0;
/// Without samples for this long a pod is silent, seconds: what [`crate::session::stream::QUIET_S`] is to a coach.
const SILENT_S: f64 = 2.0;
/// Without samples for this long the link is opened anew, seconds. Ours.
const RESTART_S: f64 = 5.0;
/// Time for a pod to show itself before it is assigned, seconds. Ours.
const SHOWN_S: f64 = 60.0;
/// Longest time to close a link, seconds. BlueZ takes 2.0 to 2.7 s, notifications still coming.
const CLOSE_S: f64 = 10.0;
/// First pause after a failure, seconds; doubled each time, [`LONGEST_DOUBLINGS`] times at most. Ours.
const PAUSE_S: f64 = 0.5;
const LONGEST_DOUBLINGS: u32 = 4;
/// A pod that advertises during this share of the pause is connected at once. Ours: one that fails does so again soon.
const SEEN_SHARE: f64 = 0.5;
/// Pause after a refusal that the runner can mend, seconds. Ours.
const REFUSED_PAUSE_S: f64 = 20.0;

/// Makes the talk to a pod of a kind; `None` where no radio is talked to.
pub type MakeConversation = fn(PodKind) -> Option<Box<dyn Conversation>>;

/// What comes of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum PodOutput {
    /// Ask the radio.
    Radio(RadioRequest),
    /// Tell the coach.
    Link(LinkEvent),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// The radio cannot be used.
    Off,
    /// Until this moment, or until it is seen after the first.
    Waiting {
        seen_from: Timestamp,
        until: Timestamp,
    },
    Connecting {
        since: Timestamp,
    },
    Discovering {
        since: Timestamp,
    },
    Preparing {
        since: Timestamp,
    },
    Shown {
        since: Timestamp,
    },
    Streaming {
        heard_at: Timestamp,
        first: bool,
    },
    Closing {
        since: Timestamp,
        then: Then,
    },
    Ended,
}

/// What follows when a link is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Return,
    Pause,
    End,
    Rest,
    Leave,
}

/// One pod's machine.
pub struct PodMachine {
    id: PodId,
    kind: PodKind,
    name: String,
    site: Option<Site>,
    make: MakeConversation,
    phase: Phase,
    conversation: Option<Box<dyn Conversation>>,
    /// Which blocks came, between two conversations.
    ledger: Ledger,
    offered: Vec<Characteristic>,
    /// Requests to the pod, the next one first.
    requests: VecDeque<GattRequest>,
    /// The one that was sent, and when.
    asked: Option<(Timestamp, GattRequest)>,
    failures: u32,
    seen: bool,
    /// It streamed since it was paired or the program began.
    streamed: bool,
    /// The stream that the coach knows of.
    announced: Option<(Site, StreamSetup)>,
    silent: bool,
    refusal: Option<PodRefusal>,
    left: bool,
    battery_percent: Option<u8>,
    firmware: Option<String>,
    outputs: VecDeque<PodOutput>,
}

impl PodMachine {
    /// A pod that is to stream from `site`, or only to show itself where that is `None`.
    #[must_use]
    pub fn new(id: PodId, kind: PodKind, name: String, site: Option<Site>, make: MakeConversation) -> Self {
        Self {
            id,
            kind,
            name,
            site,
            make,
            phase: Phase::Off,
            conversation: None,
            ledger: Ledger::default(),
            offered: Vec::new(),
            requests: VecDeque::new(),
            asked: None,
            failures: 0,
            seen: false,
            streamed: false,
            announced: None,
            silent: false,
            refusal: None,
            left: false,
            battery_percent: None,
            firmware: None,
            outputs: VecDeque::new(),
        }
    }

    /// What the platform calls it.
    #[must_use]
    pub const fn id(&self) -> &PodId {
        &self.id
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> PodKind {
        self.kind
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is worn; `None` while it only shows itself.
    #[must_use]
    pub const fn site(&self) -> Option<Site> {
        self.site
    }

    /// How full its battery is, %; `None` while unknown.
    #[must_use]
    pub const fn battery_percent(&self) -> Option<u8> {
        self.battery_percent
    }

    /// The version of its firmware; `None` while unknown.
    #[must_use]
    pub fn firmware(&self) -> Option<&str> {
        self.firmware.as_deref()
    }

    /// How it is doing.
    #[must_use]
    pub fn state(&self) -> PodState {
        match (self.phase, self.refusal) {
            (Phase::Off, _) => PodState::RadioOff,
            (Phase::Streaming { .. }, _) if self.silent => PodState::Silent,
            (Phase::Streaming { .. }, _) => PodState::Streaming,
            (
                Phase::Closing {
                    then: Then::Leave, ..
                },
                _,
            ) => PodState::Leaving,
            (_, Some(refusal)) => PodState::Refused(refusal),
            (Phase::Ended, None) => PodState::Leaving,
            (Phase::Shown { .. }, None) => PodState::Shown,
            (Phase::Preparing { .. } | Phase::Discovering { .. }, None) => PodState::Preparing,
            (Phase::Waiting { .. } | Phase::Connecting { .. } | Phase::Closing { .. }, None)
                if self.streamed =>
            {
                PodState::Lost
            }
            (Phase::Connecting { .. }, None) if self.seen => PodState::Connecting,
            (Phase::Waiting { .. } | Phase::Connecting { .. } | Phase::Closing { .. }, None) => {
                PodState::Searching
            }
        }
    }

    /// Whether a scan would help: it is looked for and no link is being opened.
    #[must_use]
    pub const fn wants_scan(&self) -> bool {
        matches!(self.phase, Phase::Waiting { .. })
    }

    /// The next output, until `None`.
    pub fn poll_output(&mut self) -> Option<PodOutput> {
        self.outputs.pop_front()
    }

    /// The radio can be used from now on.
    pub fn radio_on(&mut self, now: Timestamp) {
        if self.phase == Phase::Off {
            self.failures = 0;
            self.connect(now);
        }
    }

    /// The radio cannot be used any more; every link is gone.
    pub fn radio_off(&mut self) {
        self.hang_up();
        match self.phase {
            Phase::Closing {
                then: Then::Leave, ..
            } => self.go(),
            Phase::Ended => {}
            _ => self.phase = Phase::Off,
        }
    }

    /// It advertises.
    pub fn seen(&mut self, now: Timestamp) {
        self.seen = true;
        if matches!(self.phase, Phase::Waiting { seen_from, .. } if seen_from <= now) {
            self.connect(now);
        }
    }

    /// It is to stream from `site`: a pod that was only shown begins to.
    pub fn assign(&mut self, now: Timestamp, site: Site) {
        if let Some((_, setup)) = self.announced.clone().filter(|(before, _)| *before != site) {
            self.silence();
            self.announce(site, setup);
        }
        self.site = Some(site);
        match self.phase {
            Phase::Shown { .. } => self.begin(now),
            Phase::Closing { then, since } if then != Then::Leave => {
                self.phase = Phase::Closing {
                    since,
                    then: Then::Return,
                };
            }
            Phase::Ended => self.connect(now),
            _ => {}
        }
    }

    /// Makes it show itself, where it can and a link is open; a pod of no place is connected for it.
    pub fn identify(&mut self, now: Timestamp) {
        if let Some(conversation) = &mut self.conversation {
            self.requests.extend(conversation.identify());
            self.ask(now);
        }
    }

    /// Lets it go for good: see [`PodMachine::has_left`].
    pub fn leave(&mut self, now: Timestamp) {
        self.site = None;
        match self.phase {
            Phase::Off | Phase::Waiting { .. } | Phase::Ended => self.go(),
            Phase::Closing { since, .. } => {
                self.phase = Phase::Closing {
                    since,
                    then: Then::Leave,
                }
            }
            _ => self.close(now, Then::Leave),
        }
    }

    /// Closes the link until [`PodMachine::radio_on`].
    pub fn rest(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Off | Phase::Ended => {}
            Phase::Waiting { .. } => self.phase = Phase::Off,
            Phase::Closing {
                then: Then::Leave, ..
            } => {}
            Phase::Closing { since, .. } => {
                self.phase = Phase::Closing {
                    since,
                    then: Then::Rest,
                }
            }
            _ => self.close(now, Then::Rest),
        }
    }

    /// Whether it has left: the machine can go.
    #[must_use]
    pub const fn has_left(&self) -> bool {
        self.left
    }

    /// Takes what the radio said of this pod.
    pub fn handle(&mut self, now: Timestamp, event: &RadioEvent) {
        match event {
            RadioEvent::Connected { .. } => self.connected(now),
            RadioEvent::ConnectFailed { error, .. } => self.connect_failed(now, error),
            RadioEvent::Disconnected { .. } => self.disconnected(now),
            RadioEvent::Discovered { offered, .. } => self.discovered(now, offered),
            RadioEvent::Gatt { event, .. } => self.said(now, event),
            RadioEvent::Found { .. } => self.seen(now),
            RadioEvent::Adapter(_) => {}
        }
    }

    /// When to come back with [`PodMachine::tick`] at the latest.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let phase = match self.phase {
            Phase::Off | Phase::Ended => None,
            Phase::Waiting { until, .. } => Some(until),
            Phase::Connecting { since } => Some(since.plus_seconds(CONNECT_S)),
            Phase::Discovering { since } => Some(since.plus_seconds(DISCOVER_S)),
            Phase::Preparing { since } => Some(since.plus_seconds(PREPARE_S)),
            Phase::Shown { since } => Some(since.plus_seconds(SHOWN_S)),
            Phase::Closing { since, .. } => Some(since.plus_seconds(CLOSE_S)),
            Phase::Streaming { heard_at, first } => {
                let patience_s = match (first, self.silent) {
                    (_, false) => SILENT_S,
                    (true, true) => FIRST_S,
                    (false, true) => RESTART_S,
                };
                Some(heard_at.plus_seconds(patience_s))
            }
        };
        let answer = self.asked.as_ref().map(|(at, _)| at.plus_seconds(ANSWER_S));
        let talk = self.conversation.as_ref().and_then(|talk| talk.next_deadline());
        phase.into_iter().chain(answer).chain(talk).min()
    }

    /// Time passed.
    pub fn tick(&mut self, now: Timestamp) {
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
        match self.phase {
            Phase::Waiting { until, .. } if until <= now => self.connect(now),
            Phase::Connecting { since } if since.plus_seconds(CONNECT_S) <= now => {
                self.close(now, Then::Return)
            }
            Phase::Discovering { since } if since.plus_seconds(DISCOVER_S) <= now => {
                self.close(now, Then::Return)
            }
            Phase::Preparing { since } if since.plus_seconds(PREPARE_S) <= now => {
                self.refuse(now, PodRefusal::NoAnswer);
            }
            Phase::Shown { since } if since.plus_seconds(SHOWN_S) <= now => self.close(now, Then::Leave),
            Phase::Closing { since, then } if since.plus_seconds(CLOSE_S) <= now => self.closed(now, then),
            Phase::Streaming { heard_at, first } => {
                let restart_s = if first { FIRST_S } else { RESTART_S };
                if heard_at.plus_seconds(restart_s) <= now {
                    self.close(now, Then::Return);
                } else if heard_at.plus_seconds(SILENT_S) <= now {
                    self.silent = true;
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, request: RadioRequest) {
        self.outputs.push_back(PodOutput::Radio(request));
    }

    fn connect(&mut self, now: Timestamp) {
        self.phase = Phase::Connecting { since: now };
        let pod = self.id.clone();
        self.push(RadioRequest::Connect { pod });
    }

    fn connected(&mut self, now: Timestamp) {
        let pod = self.id.clone();
        match self.phase {
            Phase::Connecting { .. } | Phase::Waiting { .. } => {
                self.phase = Phase::Discovering { since: now };
                self.push(RadioRequest::Discover { pod });
            }
            // The system opened a link that nobody wants any more.
            Phase::Closing { .. } | Phase::Ended => self.push(RadioRequest::Disconnect { pod }),
            _ => {}
        }
    }

    fn connect_failed(&mut self, now: Timestamp, error: &ConnectError) {
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
    fn pause(&mut self, now: Timestamp) {
        let doublings = self.failures.min(LONGEST_DOUBLINGS);
        self.failures += 1;
        let pause_s = PAUSE_S * f64::from(1_u32 << doublings);
        self.phase = Phase::Waiting {
            seen_from: now.plus_seconds(SEEN_SHARE * pause_s),
            until: now.plus_seconds(pause_s),
        };
    }

    fn disconnected(&mut self, now: Timestamp) {
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
    fn hang_up(&mut self) {
        self.end_talk();
        self.requests.clear();
        self.asked = None;
        self.silent = false;
        self.silence();
    }

    /// Keeps what the next conversation must know of this one.
    fn end_talk(&mut self) {
        if let Some(mut talk) = self.conversation.take()
            && let Some(ledger) = talk.ledger()
        {
            self.ledger = std::mem::take(ledger);
        }
    }

    fn start_talk(&mut self) {
        self.end_talk();
        self.conversation = (self.make)(self.kind);
        if let Some(ledger) = self.conversation.as_mut().and_then(|talk| talk.ledger()) {
            *ledger = std::mem::take(&mut self.ledger);
        }
    }

    fn announce(&mut self, site: Site, setup: StreamSetup) {
        self.announced = Some((site, setup.clone()));
        self.outputs
            .push_back(PodOutput::Link(LinkEvent::Connected { site, setup }));
    }

    fn silence(&mut self) {
        if let Some((site, _)) = self.announced.take() {
            self.outputs.push_back(PodOutput::Link(LinkEvent::Lost { site }));
        }
    }

    fn close(&mut self, now: Timestamp, then: Then) {
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

    fn closed(&mut self, now: Timestamp, then: Then) {
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

    fn go(&mut self) {
        self.phase = Phase::Ended;
        self.left = true;
    }

    fn refuse(&mut self, now: Timestamp, refusal: PodRefusal) {
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

    fn discovered(&mut self, now: Timestamp, offered: &[Characteristic]) {
        if !matches!(self.phase, Phase::Discovering { .. }) {
            return;
        }
        self.offered = offered.to_vec();
        if self.site.is_some() {
            self.begin(now);
        } else {
            self.phase = Phase::Shown { since: now };
            self.start_talk();
            if let Some(talk) = &mut self.conversation {
                // It hears what the pod offers, and what it would ask for is not asked yet.
                talk.begin(now, offered);
            }
            self.identify(now);
        }
    }

    fn begin(&mut self, now: Timestamp) {
        self.phase = Phase::Preparing { since: now };
        self.requests.clear();
        self.asked = None;
        self.start_talk();
        if self.conversation.is_none() {
            self.refuse(now, PodRefusal::WrongDevice);
        }
        let offered = std::mem::take(&mut self.offered);
        self.talk(now, |talk| talk.begin(now, &offered));
        self.offered = offered;
    }

    fn said(&mut self, now: Timestamp, event: &GattEvent) {
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
            } => {
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
            ConversationEvent::Battery { percent } => self.battery_percent = Some(percent),
            ConversationEvent::About { firmware, .. } => self.firmware = firmware.or(self.firmware.take()),
            _ if matches!(self.phase, Phase::Closing { .. } | Phase::Ended) => {}
            ConversationEvent::Request(request) => self.requests.push_back(request),
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

    /// Sends the next request when the last one is answered.
    fn ask(&mut self, now: Timestamp) {
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
