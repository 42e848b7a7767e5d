//! Event in, requests out: a roster, the time and short words, which the tests beside share.

mod link;
mod noise;
mod roster;

use super::*;
use crate::{
    pod::{
        backfill::OwnLogs,
        conversation::PodRefusal,
        gatt::{Advertisement, Characteristic, GattError, GattEvent, GattRequest, Uuid},
        kind::PodKind,
        link::LinkEvent,
        protocol::{conversation, lean_pod},
        site::Site,
    },
    units::Timestamp,
};

const LIVE: Characteristic = Characteristic::new(
    Uuid::new(0x4359_0100_5f8b_463e_8d5c_dc22_cafd_3ef7),
    lean_pod::LIVE,
);

fn id(name: &str) -> PodId {
    PodId(name.to_owned())
}

/// A roster, the time, and short words for what comes of events.
struct Table {
    roster: Roster,
    now: Timestamp,
    links: Vec<LinkEvent>,
    kept: Vec<PairingOutput>,
}

impl Table {
    /// With a Lean Pod `A` on the chest, paired earlier, and a radio that is on.
    fn with_a_pod() -> Self {
        let mut table = Self::of(vec![remembered("A", Site::Chest)]);
        assert_eq!(table.tell(RadioEvent::Adapter(AdapterState::On)), ["connect A"]);
        table
    }

    fn of(remembered: Vec<RememberedPod>) -> Self {
        Self {
            roster: Roster::new(remembered, conversation),
            now: Timestamp(1_000_000),
            links: Vec::new(),
            kept: Vec::new(),
        }
    }

    fn streaming() -> Self {
        let mut table = Self::with_a_pod();
        table.stream("A");
        table
    }

    /// From a request to connect to the stream.
    fn stream(&mut self, pod: &str) {
        assert_eq!(self.connected(pod), [format!("discover {pod}")]);
        assert_eq!(self.discovered(pod), [format!("subscribe {pod}")]);
        assert_eq!(
            self.gatt(pod, GattEvent::Subscribed { characteristic: LIVE }),
            [""; 0]
        );
        assert_eq!(self.state(pod), PodState::Streaming);
        self.data(pod);
    }

    fn wish(&mut self, wish: &Wish) -> Result<(), PairRefusal> {
        self.roster.wish(self.now, wish)
    }

    #[allow(clippy::needless_pass_by_value, reason = "the tables read better")]
    fn tell(&mut self, event: RadioEvent) -> Vec<String> {
        self.roster.handle(self.now, &event);
        self.drain()
    }

    fn connected(&mut self, pod: &str) -> Vec<String> {
        self.tell(RadioEvent::Connected { pod: id(pod) })
    }

    fn failed(&mut self, pod: &str, error: ConnectError) -> Vec<String> {
        self.tell(RadioEvent::ConnectFailed { pod: id(pod), error })
    }

    fn disconnected(&mut self, pod: &str) -> Vec<String> {
        self.tell(RadioEvent::Disconnected { pod: id(pod) })
    }

    fn discovered(&mut self, pod: &str) -> Vec<String> {
        let offered = vec![LIVE];
        self.tell(RadioEvent::Discovered {
            pod: id(pod),
            offered,
        })
    }

    fn gatt(&mut self, pod: &str, event: GattEvent) -> Vec<String> {
        self.tell(RadioEvent::Gatt { pod: id(pod), event })
    }

    fn data(&mut self, pod: &str) {
        let event = GattEvent::Value {
            characteristic: LIVE,
            bytes: vec![1, 2, 3],
        };
        assert_eq!(self.gatt(pod, event), [""; 0]);
    }

    fn found(&mut self, pod: &str) -> Vec<String> {
        self.found_as(pod, &format!("LeanPod-{pod}"))
    }

    fn found_as(&mut self, pod: &str, name: &str) -> Vec<String> {
        let advertisement = Advertisement {
            name: Some(name.to_owned()),
            rssi: Some(-50),
            ..Advertisement::default()
        };
        self.tell(RadioEvent::Found {
            pod: id(pod),
            advertisement,
        })
    }

    /// Lets time pass, waking the roster at each deadline, as a host does.
    fn pass(&mut self, seconds: f64) -> Vec<String> {
        let end = self.now.plus_seconds(seconds);
        let mut all = Vec::new();
        while let Some(at) = self.roster.next_deadline().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.roster.tick(self.now);
            all.extend(self.drain());
        }
        self.now = end;
        self.roster.tick(end);
        all.extend(self.drain());
        all
    }

    fn drain(&mut self) -> Vec<String> {
        let mut asked = Vec::new();
        while let Some(output) = self.roster.poll_output() {
            match output {
                PairingOutput::Radio(request) => asked.push(word(&request)),
                PairingOutput::Link(event) => self.links.push(event),
                kept => self.kept.push(kept),
            }
        }
        asked
    }

    fn state(&self, pod: &str) -> PodState {
        let machine = self.roster.pods().find(|machine| *machine.id() == id(pod));
        machine.expect("the pod is there").state()
    }
}

fn word(request: &RadioRequest) -> String {
    match request {
        RadioRequest::StartScan { .. } => "scan".to_owned(),
        RadioRequest::StopScan => "stop scan".to_owned(),
        RadioRequest::Connect { pod } => format!("connect {}", pod.0),
        RadioRequest::Discover { pod } => format!("discover {}", pod.0),
        RadioRequest::Disconnect { pod } => format!("disconnect {}", pod.0),
        RadioRequest::Gatt { pod, request } => match request {
            GattRequest::Subscribe { .. } => format!("subscribe {}", pod.0),
            GattRequest::Read { .. } => format!("read {}", pod.0),
            GattRequest::Write { .. } => format!("write {}", pod.0),
        },
    }
}

fn pair(name: &str, site: Site) -> Wish {
    Wish::Pair { pod: id(name), site }
}

fn remembered(name: &str, site: Site) -> RememberedPod {
    RememberedPod {
        site,
        id: id(name),
        kind: PodKind::LeanPod,
        name: format!("LeanPod-{name}"),
        logs: OwnLogs::default(),
    }
}
