//! A coach with a radio, driven as a program drives it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use plumbline_core::{
    io::{
        btleplug::BtleplugLink, clock::SystemClock, host::Host, shared::SharedHistory, sqlite::SqliteHistory,
    },
    lean::rules::RuleModel,
    pod::{
        link::LinkEvent,
        pairing::{PodId, PodState, Wish},
        site::Site,
    },
    ports::{Clock, HistoryStore},
    session::{
        coach::Coach,
        input::{Command, Input},
        log::{LogEntry, SessionContext},
    },
    sim::{Act, Scenario, notifications as sent_by, simulate},
    units::Timestamp,
    view::{PairedPodView, PairingView},
};

use super::bed::Fake;

pub(crate) const CHEST: &str = "C4:C5:C6:C7:C8:01";
pub(crate) const PELVIS: &str = "C4:C5:C6:C7:C8:02";
/// Five times and more what anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct Rig {
    pub(crate) host: Host,
    pub(crate) history: SharedHistory<SqliteHistory>,
    clock: Arc<SystemClock>,
}

impl Rig {
    pub(crate) fn new() -> Self {
        Self::with(SharedHistory::new(
            SqliteHistory::open_in_memory().expect("a history"),
        ))
    }

    /// A program that starts with this history.
    pub(crate) fn with(history: SharedHistory<SqliteHistory>) -> Self {
        let context = SessionContext {
            language: "en".to_owned(),
            ..history.context().expect("a context")
        };
        let coach = Coach::new(context, Box::new(RuleModel));
        let clock = Arc::new(SystemClock::new());
        let mut host = Host::new(coach, Box::new(history.clone()));
        host.open_radio(Box::new(BtleplugLink::open(clock.clone()).expect("a radio")));
        Self { host, history, clock }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Listens until `done`; fails when that takes too long.
    pub(crate) fn until(&mut self, what: &str, done: impl Fn(&PairingView) -> bool) {
        let began = Instant::now();
        while !done(&self.host.pairing_view()) {
            let view = self.host.pairing_view();
            assert!(began.elapsed() < PATIENCE, "never came: {what}; {view:?}");
            self.step();
        }
    }

    pub(crate) fn step(&mut self) {
        let now = self.now();
        self.host.listen(now, Duration::from_millis(20));
        let now = self.now();
        self.host.handle(now, Input::Tick).expect("time is never refused");
    }

    pub(crate) fn listen_for(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time {
            self.step();
        }
    }

    pub(crate) fn wish(&mut self, wish: &Wish) {
        let now = self.now();
        self.host.wish(now, wish).expect("the wish is granted");
    }

    pub(crate) fn command(&mut self, command: Command) {
        let now = self.now();
        self.host
            .handle(now, Input::Command(command))
            .expect("the command is followed");
    }

    /// Looks for a pod and wears it there.
    pub(crate) fn pair(&mut self, address: &str, site: Site) {
        self.wish(&Wish::Look);
        self.until("the pod is found", |view| {
            view.found.iter().any(|pod| pod.id == address)
        });
        self.wish(&Wish::Pair {
            pod: PodId(address.to_owned()),
            site,
        });
        self.wish(&Wish::LookNoMore);
    }

    pub(crate) fn until_state(&mut self, address: &str, state: PodState) {
        self.until(&format!("{address} is {state:?}"), |view| {
            paired(view, address).is_some_and(|pod| pod.state == state)
        });
    }

    /// Ends the session and gives the notifications of a pod that its log holds.
    pub(crate) fn finish(&mut self) -> Vec<LogEntry> {
        self.command(Command::Finish);
        let id = self.host.last_finished().expect("a session is stored");
        self.history.log(&id).expect("its log")
    }
}

/// A pod at the pelvis that streams to a run that goes on.
pub(crate) fn running(bluez: &mut Fake) -> Rig {
    bluez.lean_pod(PELVIS);
    let mut rig = Rig::new();
    rig.pair(PELVIS, Site::Pelvis);
    rig.until_state(PELVIS, PodState::Streaming);
    rig.command(Command::StartRun);
    rig
}

pub(crate) fn paired<'view>(view: &'view PairingView, address: &str) -> Option<&'view PairedPodView> {
    view.paired.iter().find(|pod| pod.id == address)
}

/// The bytes of one pod in a log, in order.
pub(crate) fn notifications(log: &[LogEntry], of: Site) -> Vec<Vec<u8>> {
    let bytes = log.iter().filter_map(|entry| match entry {
        LogEntry::Input {
            input: Input::Link(LinkEvent::Notification { site, bytes, .. }),
            ..
        } if *site == of => Some(bytes.clone()),
        _ => None,
    });
    bytes.collect()
}

/// The Lean Pod blocks of a made-up runner who stands, then runs, for so many seconds.
pub(crate) fn blocks(site: Site, seconds: f64, rate_hz: f64) -> Vec<Vec<u8>> {
    let mut scenario = Scenario::new(5, vec![Act::Stand { seconds }]);
    scenario.rate_hz = rate_hz;
    let sent = sent_by(&scenario, &simulate(&scenario), Timestamp(0));
    let own = sent.into_iter().filter(|sent| sent.site == site);
    own.map(|sent| sent.bytes).collect()
}
