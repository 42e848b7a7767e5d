//! One paired pod: from a name to a stream, and back to it for as long as the run lasts.
//!
//! Touches no radio and reads no clock. Invariant: in every phase but the end some event or deadline leads on, so that
//! no fault of a pod or of the system leaves it behind for ever.

mod link;
mod talk;

use std::collections::VecDeque;

use super::{
    radio::{PodId, RadioEvent, RadioRequest},
    state::PodState,
    wish::RememberedPod,
};
use crate::{
    pod::{
        backfill::{Memory, OwnLogs},
        conversation::{Conversation, PodRefusal, StreamSetup},
        gatt::{Characteristic, GattRequest},
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
/// Longest talk until the stream, seconds. Ours.
const PREPARE_S: f64 = 60.0;
/// First samples may take this long, seconds. Ours; some hosts wait longer for a Polar H10, and start anew then.
const FIRST_S: f64 = 15.0;
/// Without samples for this long a pod is silent, seconds. Ours: nothing is coached from older data either.
const SILENT_S: f64 = 2.0;
/// Without samples for this long the link is opened anew, seconds. Ours.
const RESTART_S: f64 = 5.0;
/// Time for a pod to show itself before it is assigned, seconds. Ours.
const SHOWN_S: f64 = 60.0;
/// Longest time to close a link, seconds. BlueZ takes 2.0 to 2.7 s, notifications still coming.
const CLOSE_S: f64 = 10.0;

/// Makes the talk to a pod of a kind; `None` where no radio is talked to.
pub type MakeConversation = fn(PodKind) -> Option<Box<dyn Conversation>>;

/// What comes of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum PodOutput {
    /// Ask the radio.
    Radio(RadioRequest),
    /// Tell the coach.
    Link(LinkEvent),
    /// What is to be remembered of it changed.
    Remember,
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
    Left,
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
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct PodMachine {
    id: PodId,
    kind: PodKind,
    name: String,
    site: Option<Site>,
    make: MakeConversation,
    phase: Phase,
    conversation: Option<Box<dyn Conversation>>,
    /// What is known of its memory, between two conversations.
    memory: Memory,
    /// The same as far as it outlives the program.
    logs: OwnLogs,
    run_goes_on: bool,
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
            memory: Memory::default(),
            logs: OwnLogs::default(),
            run_goes_on: false,
            offered: Vec::new(),
            requests: VecDeque::new(),
            asked: None,
            failures: 0,
            seen: false,
            streamed: false,
            announced: None,
            silent: false,
            refusal: None,
            battery_percent: None,
            firmware: None,
            outputs: VecDeque::new(),
        }
    }

    /// A pod that was paired earlier.
    #[must_use]
    pub fn again(pod: RememberedPod, make: MakeConversation) -> Self {
        Self {
            memory: Memory::of_logs(pod.logs.clone()),
            logs: pod.logs,
            ..Self::new(pod.id, pod.kind, pod.name, Some(pod.site), make)
        }
    }

    /// What to keep of it for the next start; `None` while it only shows itself.
    #[must_use]
    pub fn remembered(&self) -> Option<RememberedPod> {
        Some(RememberedPod {
            site: self.site?,
            id: self.id.clone(),
            kind: self.kind,
            name: self.name.clone(),
            logs: self.logs.clone(),
        })
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
                }
                | Phase::Left,
                _,
            )
            | (Phase::Ended, None) => PodState::Leaving,
            (_, Some(refusal)) => PodState::Refused(refusal),
            (Phase::Shown { .. }, None) => PodState::Shown,
            (Phase::Preparing { .. } | Phase::Discovering { .. }, None) => PodState::Preparing,
            (_, None) if self.streamed => PodState::Lost,
            (Phase::Connecting { .. }, None) if self.seen => PodState::Connecting,
            (_, None) => PodState::Searching,
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
            Phase::Ended | Phase::Left => {}
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
            for request in conversation.identify() {
                self.queue(request);
            }
            self.ask(now);
        }
    }

    /// Lets it go for good: see [`PodMachine::has_left`].
    pub fn leave(&mut self, now: Timestamp) {
        self.site = None;
        match self.phase {
            Phase::Off | Phase::Waiting { .. } | Phase::Ended | Phase::Left => self.go(),
            Phase::Closing { since, .. } => {
                self.phase = Phase::Closing {
                    since,
                    then: Then::Leave,
                };
            }
            _ => self.close(now, Then::Leave),
        }
    }

    /// Closes the link until [`PodMachine::radio_on`].
    pub fn rest(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Off
            | Phase::Ended
            | Phase::Left
            | Phase::Closing {
                then: Then::Leave, ..
            } => {}
            Phase::Waiting { .. } => self.phase = Phase::Off,
            Phase::Closing { since, .. } => {
                self.phase = Phase::Closing {
                    since,
                    then: Then::Rest,
                };
            }
            _ => self.close(now, Then::Rest),
        }
    }

    /// Whether it has left: the machine can go.
    #[must_use]
    pub const fn has_left(&self) -> bool {
        matches!(self.phase, Phase::Left)
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
            Phase::Off | Phase::Ended | Phase::Left => None,
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
        phase.into_iter().chain(self.talk_deadline()).min()
    }

    /// Time passed.
    pub fn tick(&mut self, now: Timestamp) {
        self.tick_talk(now);
        match self.phase {
            Phase::Waiting { until, .. } if until <= now => self.connect(now),
            Phase::Connecting { since } if since.plus_seconds(CONNECT_S) <= now => {
                self.close(now, Then::Return);
            }
            Phase::Discovering { since } if since.plus_seconds(DISCOVER_S) <= now => {
                self.close(now, Then::Return);
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
}
