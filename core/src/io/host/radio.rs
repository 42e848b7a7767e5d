//! The pods of a host: what the radio says goes through pairing to the coach.
//!
//! Decides nothing about pods. Invariant: events reach the coach in the order of the radio, with the moment they came.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::{Host, PodChange};
use crate::{
    pod::{
        gatt::Uuid,
        link::LinkEvent,
        pairing::{
            AdapterState, PairRefusal, PairingOutput, RadioEvent, RadioRequest, RememberedPod, Roster, Wish,
        },
        protocol::conversation,
        sample::ImuSample,
        site::Site,
    },
    ports::{HistoryStore, PodLink},
    session::{input::Input, stream::PodStream},
    units::Timestamp,
    view::{PairingView, StreamHealth},
    words::Words,
};

/// While a radio is open it is listened to this often, seconds. Ours: as often as a screen may change.
const LISTEN_S: f64 = 0.1;
/// Share of a new delay that the one shown takes over. Ours.
const DELAY_GAIN: f64 = 0.1;

/// The pods and the way to them.
pub(super) struct Radio {
    pub(super) roster: Roster,
    /// The radio of this machine; `None` where the caller has one of its own.
    link: Option<Box<dyn PodLink>>,
    /// Requests for the caller's own radio, the oldest first.
    requests: VecDeque<RadioRequest>,
    listened_at: Timestamp,
    streams: BTreeMap<Site, Heard>,
}

/// A stream as it is heard, whether or not a session goes on.
struct Heard {
    since: Timestamp,
    stream: PodStream,
    delay_s: Option<f64>,
}

impl Radio {
    /// With the pods that `store` remembers; a store that does not answer remembers none.
    pub(super) fn new(store: &dyn HistoryStore) -> Self {
        let remembered = store.pods().unwrap_or_else(|error| {
            log::warn!("{error}; no pod connects by itself");
            Vec::<RememberedPod>::new()
        });
        Self {
            roster: Roster::new(remembered, conversation),
            link: None,
            requests: VecDeque::new(),
            listened_at: Timestamp(0),
            streams: BTreeMap::new(),
        }
    }

    fn hear(&mut self, at: Timestamp, event: &LinkEvent) {
        match event {
            LinkEvent::Connected { site, setup } => {
                let mut heard = Heard {
                    since: at,
                    stream: PodStream::default(),
                    delay_s: None,
                };
                heard.stream.connected(setup);
                self.streams.insert(*site, heard);
            }
            LinkEvent::Notification {
                site,
                characteristic,
                bytes,
            } => {
                match self.streams.get_mut(site) {
                    // What was stored tells nothing of the stream now, but of what it lacks.
                    Some(heard) if event.is_stored() => heard.stream.stored(bytes),
                    Some(heard) => heard.take(at, *characteristic, bytes),
                    None => {}
                }
            }
            LinkEvent::Lost { site } => {
                self.streams.remove(site);
            }
        }
    }

    fn health(&self, site: Site, words: &Words) -> Option<StreamHealth> {
        let heard = self.streams.get(&site)?;
        Some(StreamHealth {
            rate_hz: heard.stream.rate_hz(),
            missing: heard.stream.missing(),
            delay_ms: heard.delay_s.map(|delay_s| delay_s * 1e3),
            trouble: heard.stream.trouble(words),
            doubts: heard.stream.told_doubts(words),
        })
    }

    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        let listen = self
            .link
            .as_ref()
            .map(|_| self.listened_at.plus_seconds(LISTEN_S));
        self.roster.next_deadline().into_iter().chain(listen).min()
    }
}

impl Heard {
    fn take(&mut self, at: Timestamp, characteristic: Uuid, bytes: &[u8]) {
        let mut newest_s = None;
        let newest = |sample: ImuSample| newest_s = Some(sample.time_s);
        self.stream.take(at, self.since, characteristic, bytes, newest);
        if let Some(newest_s) = newest_s {
            let delay_s = at.seconds_since(self.since) - newest_s;
            let before = self.delay_s.unwrap_or(delay_s);
            self.delay_s = Some(before + DELAY_GAIN * (delay_s - before));
        }
    }
}

impl Host {
    /// Opens a radio: from now on [`Host::listen`] hears it. The one before is closed.
    pub fn open_radio(&mut self, link: Box<dyn PodLink>) {
        self.radio.link = Some(link);
    }

    /// Lets every pod go and closes the radio of this machine; waits for it, some seconds at most.
    pub fn close_radio(&mut self, now: Timestamp) {
        if self.radio.link.is_none() {
            return;
        }
        self.radio.roster.rest(now);
        self.settle_pods(now);
        self.radio.link = None;
        // What the radio can no longer tell.
        let off = RadioEvent::Adapter(AdapterState::Absent);
        self.radio.roster.handle(now, &off);
        self.settle_pods(now);
    }

    /// Takes all that the radio said, waiting this long for the first of it; then pods' time passes.
    pub fn listen(&mut self, now: Timestamp, wait: Duration) {
        let mut wait = wait;
        let mut heard_at = now;
        while let Some((at, event)) = self.radio.link.as_mut().and_then(|link| link.next_event(wait)) {
            wait = Duration::ZERO;
            heard_at = heard_at.max(at);
            self.radio_event(at, &event);
        }
        self.radio.listened_at = heard_at;
        self.tick_pods(heard_at);
    }

    /// Lets the pods' time pass.
    pub(super) fn tick_pods(&mut self, now: Timestamp) {
        self.radio.roster.tick(now);
        self.settle_pods(now);
    }

    /// Takes what a radio said.
    pub fn radio_event(&mut self, at: Timestamp, event: &RadioEvent) {
        self.radio.roster.handle(at, event);
        self.settle_pods(at);
    }

    /// Whether the radio said that it can be used.
    #[must_use]
    pub fn radio_is_on(&self) -> bool {
        self.radio.roster.adapter() == Some(AdapterState::On)
    }

    /// What the caller's own radio is to do, in order.
    pub fn take_radio_requests(&mut self) -> Vec<RadioRequest> {
        self.radio.requests.drain(..).collect()
    }

    /// Does what the runner asks for about pods; a refusal changes nothing.
    pub fn wish(&mut self, now: Timestamp, wish: &Wish) -> Result<(), PairRefusal> {
        let answer = self.radio.roster.wish(now, wish);
        self.settle_pods(now);
        answer
    }

    /// What the pods screen shows.
    #[must_use]
    pub fn pairing_view(&self) -> PairingView {
        PairingView::of(&self.radio.roster, self.coach.words(), |site| {
            self.radio.health(site, self.coach.words())
        })
    }

    /// Hands on what pairing asks for.
    pub(super) fn settle_pods(&mut self, at: Timestamp) {
        while let Some(output) = self.radio.roster.poll_output() {
            match output {
                PairingOutput::Radio(request) => match &mut self.radio.link {
                    Some(link) => link.submit(request),
                    None => self.radio.requests.push_back(request),
                },
                PairingOutput::Link(event) => {
                    self.radio.hear(at, &event);
                    // What a link says is never refused.
                    let _ = self.handle(at, Input::Link(event));
                }
                PairingOutput::Remember(pod) => self.desk.keep_pod(PodChange::Remember(pod)),
                PairingOutput::Forget(site) => self.desk.keep_pod(PodChange::Forget(site)),
            }
        }
        self.desk.store_due(at);
    }
}
