//! A host, one pod in software and the air between them, in virtual time: a link that is lost and found again.

use plumbline_core::{
    io::{host::Host, shared::SharedHistory, sqlite::SqliteHistory},
    lean::rules::RuleModel,
    pod::{
        backfill::OwnLogs,
        gatt::{Characteristic, GattError, GattEvent, GattRequest, Uuid},
        kind::PodKind,
        pairing::{AdapterState, PodId, RadioEvent, RadioRequest, RememberedPod},
        protocol::{lean_pod, movesense},
        site::Site,
    },
    ports::{HistoryStore, SessionId},
    session::{
        coach::Coach,
        input::{Command, Input},
        log::{LogEntry, SessionContext},
        report::SessionReport,
    },
    sim::{movesense::MovesensePod, peripheral::Peripheral},
    units::Timestamp,
};

use super::runner::START;

/// Time between two looks of the world, microseconds.
const STEP_US: u64 = 10_000;
/// Notifications that the air carries in one step: 400 a second.
const CARRIED: usize = 4;

/// A pod in software.
pub(crate) enum Pod {
    Lean(Peripheral),
    Movesense(MovesensePod),
}

impl Pod {
    fn kind(&self) -> PodKind {
        match self {
            Self::Lean(_) => PodKind::LeanPod,
            Self::Movesense(_) => PodKind::Movesense,
        }
    }

    fn offered(&self) -> Vec<Characteristic> {
        let lean = |uuid| Characteristic::new(lean_pod::SERVICE, uuid);
        match self {
            Self::Lean(_) => [
                lean_pod::LIVE,
                lean_pod::CONTROL,
                lean_pod::BACKFILL,
                lean_pod::INFO,
                lean_pod::TIME,
            ]
            .map(lean)
            .to_vec(),
            Self::Movesense(_) => vec![movesense::COMMAND, movesense::DATA],
        }
    }

    fn advance(&mut self, now_us: u64) {
        match self {
            Self::Lean(pod) => pod.advance(now_us),
            Self::Movesense(pod) => pod.advance(now_us),
        }
    }

    fn next_sent(&mut self) -> Option<(Uuid, Vec<u8>)> {
        match self {
            Self::Lean(pod) => pod.next_sent().map(|sent| (sent.characteristic, sent.bytes)),
            Self::Movesense(pod) => pod.next_sent().map(|bytes| (movesense::DATA.uuid, bytes)),
        }
    }

    fn linked(&mut self, linked: bool) {
        match (self, linked) {
            (Self::Lean(pod), true) => pod.connected(),
            (Self::Lean(pod), false) => pod.disconnected(),
            (Self::Movesense(pod), true) => pod.connected(),
            (Self::Movesense(pod), false) => pod.disconnected(),
        }
    }

    fn ask(&mut self, request: &GattRequest) -> GattEvent {
        let characteristic = request.characteristic();
        match (self, request) {
            (Self::Lean(pod), GattRequest::Subscribe { .. }) => {
                pod.subscribe(characteristic.uuid, true);
                GattEvent::Subscribed { characteristic }
            }
            (Self::Movesense(_), GattRequest::Subscribe { .. }) => GattEvent::Subscribed { characteristic },
            (Self::Lean(pod), GattRequest::Read { .. }) => match pod.read(characteristic.uuid) {
                Some(bytes) => GattEvent::Value {
                    characteristic,
                    bytes,
                },
                None => not_there(characteristic),
            },
            (Self::Movesense(_), GattRequest::Read { .. }) => not_there(characteristic),
            (Self::Lean(pod), GattRequest::Write { bytes, .. }) => {
                pod.write(characteristic.uuid, bytes);
                GattEvent::Wrote { characteristic }
            }
            (Self::Movesense(pod), GattRequest::Write { bytes, .. }) => {
                pod.write(bytes);
                GattEvent::Wrote { characteristic }
            }
        }
    }
}

fn not_there(characteristic: Characteristic) -> GattEvent {
    GattEvent::Failed {
        characteristic,
        error: GattError::NotFound,
    }
}

/// Whether a notification is lost on its way.
type Loses = Box<dyn FnMut(&[u8]) -> bool>;

/// The runner's phone, the pod, and the air.
pub(crate) struct Field {
    pub(crate) host: Host,
    pub(crate) pod: Pod,
    history: SharedHistory<SqliteHistory>,
    now_us: u64,
    in_reach: bool,
    linked: bool,
    /// A link is asked for.
    wanted: bool,
    /// What the central wrote, in order.
    pub(crate) written: Vec<Vec<u8>>,
    /// Whether a notification is lost on its way.
    pub(crate) loses: Loses,
}

impl Field {
    /// With the pod paired at the pelvis, and streaming.
    pub(crate) fn with(pod: Pod) -> Self {
        let mut history = SharedHistory::new(SqliteHistory::open_in_memory().expect("a history"));
        let remembered = RememberedPod {
            site: Site::Pelvis,
            id: id(),
            kind: pod.kind(),
            name: "the pod".to_owned(),
            logs: OwnLogs::default(),
        };
        history.remember_pod(&remembered).expect("it is remembered");
        let mut field = Self {
            host: host(&history),
            pod,
            history,
            now_us: 0,
            in_reach: true,
            linked: false,
            wanted: false,
            written: Vec::new(),
            loses: Box::new(|_| false),
        };
        let on = RadioEvent::Adapter(AdapterState::On);
        field.host.radio_event(START, &on);
        field
    }

    /// The program is killed, and begins anew.
    pub(crate) fn restart(&mut self) {
        self.wanted = false;
        if std::mem::take(&mut self.linked) {
            self.pod.linked(false);
        }
        self.host = host(&self.history);
        let now = self.now();
        self.host.radio_event(now, &RadioEvent::Adapter(AdapterState::On));
        self.obey();
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp(START.0 + self.now_us as i64)
    }

    /// Lets the world go on until `seconds` after its begin.
    pub(crate) fn until(&mut self, seconds: f64) {
        while (self.now_us as f64) < seconds * 1e6 {
            self.now_us += STEP_US;
            self.pod.advance(self.now_us);
            self.connect();
            self.obey();
            for _ in 0..CARRIED {
                let Some((uuid, bytes)) = self.pod.next_sent().filter(|_| self.linked) else {
                    break;
                };
                if !(self.loses)(&bytes) {
                    let offered = self.pod.offered();
                    let characteristic = *offered.iter().find(|one| one.uuid == uuid).expect("offered");
                    let event = GattEvent::Value {
                        characteristic,
                        bytes,
                    };
                    self.say(&RadioEvent::Gatt { pod: id(), event });
                }
                self.obey();
            }
            let now = self.now();
            self.host.handle(now, Input::Tick).expect("time is never refused");
            self.obey();
        }
    }

    /// The pod goes out of reach, or comes back.
    pub(crate) fn reach(&mut self, in_reach: bool) {
        self.in_reach = in_reach;
        if !in_reach && std::mem::take(&mut self.linked) {
            self.pod.linked(false);
            self.say(&RadioEvent::Disconnected { pod: id() });
            self.obey();
        }
    }

    pub(crate) fn command(&mut self, command: Command) {
        let now = self.now();
        self.host
            .handle(now, Input::Command(command))
            .expect("the command is followed");
        self.obey();
    }

    fn id(&self) -> SessionId {
        self.host.last_finished().expect("a stored session")
    }

    pub(crate) fn report(&self) -> SessionReport {
        self.history.report(&self.id()).expect("its report")
    }

    pub(crate) fn log(&self) -> Vec<LogEntry> {
        self.history.log(&self.id()).expect("its log")
    }

    fn say(&mut self, event: &RadioEvent) {
        let now = self.now();
        self.host.radio_event(now, event);
    }

    fn connect(&mut self) {
        if self.wanted && self.in_reach && !self.linked {
            (self.wanted, self.linked) = (false, true);
            self.pod.linked(true);
            self.say(&RadioEvent::Connected { pod: id() });
        }
    }

    fn obey(&mut self) {
        loop {
            let requests = self.host.take_radio_requests();
            if requests.is_empty() {
                return;
            }
            for request in requests {
                self.serve(&request);
            }
        }
    }

    fn serve(&mut self, request: &RadioRequest) {
        match request {
            RadioRequest::Connect { .. } => self.wanted = true,
            RadioRequest::Discover { .. } => {
                let offered = self.pod.offered();
                self.say(&RadioEvent::Discovered { pod: id(), offered });
            }
            RadioRequest::Disconnect { .. } => {
                if std::mem::take(&mut self.linked) {
                    self.pod.linked(false);
                }
                self.wanted = false;
                self.say(&RadioEvent::Disconnected { pod: id() });
            }
            RadioRequest::Gatt { request, .. } if self.linked => {
                if let GattRequest::Write { bytes, .. } = request {
                    self.written.push(bytes.clone());
                }
                let event = self.pod.ask(request);
                self.say(&RadioEvent::Gatt { pod: id(), event });
            }
            _ => {}
        }
    }
}

fn host(history: &SharedHistory<SqliteHistory>) -> Host {
    let context = SessionContext {
        language: "en".to_owned(),
        ..SessionContext::default()
    };
    Host::new(
        Coach::new(context, Box::new(RuleModel)),
        Box::new(history.clone()),
    )
}

fn id() -> PodId {
    PodId("the pod".to_owned())
}
