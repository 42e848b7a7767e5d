//! Event in, requests out.

use proptest::prelude::*;

use super::*;
use crate::{
    pod::{
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
    }
}

#[test]
fn a_paired_pod_connects_by_itself_and_streams_to_the_coach() {
    let table = Table::streaming();
    assert!(matches!(
        table.links[0],
        LinkEvent::Connected {
            site: Site::Chest,
            ..
        }
    ));
    assert!(
        matches!(&table.links[1], LinkEvent::Notification { site: Site::Chest, bytes, .. } if bytes == &[1, 2, 3])
    );
    assert_eq!(table.links.len(), 2);
}

#[test]
fn nothing_is_asked_of_a_radio_that_is_off_and_everything_once_it_is_on() {
    let mut table = Table::of(vec![remembered("A", Site::Chest)]);
    table.wish(&Wish::Look).unwrap();
    assert_eq!(table.drain(), [""; 0]);
    for (state, message) in [
        (AdapterState::Off, "radio-off"),
        (AdapterState::NotPermitted, "radio-not-permitted"),
        (AdapterState::Absent, "radio-absent"),
    ] {
        assert_eq!(table.tell(RadioEvent::Adapter(state)), [""; 0]);
        assert_eq!(
            table.roster.adapter().and_then(AdapterState::message),
            Some(message)
        );
        assert_eq!(table.state("A"), PodState::RadioOff);
        assert_eq!(table.pass(100.0), [""; 0]);
    }
    assert_eq!(
        table.tell(RadioEvent::Adapter(AdapterState::On)),
        ["connect A", "scan"]
    );
}

#[test]
fn a_radio_switched_off_in_mid_stream_loses_the_pod_and_finds_it_again() {
    let mut table = Table::streaming();
    assert_eq!(table.tell(RadioEvent::Adapter(AdapterState::Off)), [""; 0]);
    assert_eq!(table.links.last(), Some(&LinkEvent::Lost { site: Site::Chest }));
    assert_eq!(table.state("A"), PodState::RadioOff);
    assert_eq!(table.tell(RadioEvent::Adapter(AdapterState::On)), ["connect A"]);
    table.stream("A");
}

#[test]
fn a_lost_pod_is_asked_for_at_once_and_for_as_long_as_it_takes() {
    let mut table = Table::streaming();
    assert_eq!(table.disconnected("A"), ["connect A"]);
    assert_eq!(table.links.last(), Some(&LinkEvent::Lost { site: Site::Chest }));
    assert_eq!(table.state("A"), PodState::Lost);
    // Two hours away: BlueZ gives up waiting after 30 s, and says so again at each call.
    let mut connects = 0;
    for second in 0..7200 {
        if second % 30 == 0 {
            table.failed("A", ConnectError::Pending);
        }
        let mut asked = table.pass(1.0);
        if asked.contains(&"disconnect A".to_owned()) {
            asked.extend(table.disconnected("A"));
        }
        connects += asked.iter().filter(|asked| *asked == "connect A").count();
        assert_eq!(table.state("A"), PodState::Lost);
    }
    assert!((100..200).contains(&connects), "{connects}");
    table.failed("A", ConnectError::Unknown);
    while !table.pass(0.1).contains(&"connect A".to_owned()) {}
    table.stream("A");
}

#[test]
fn a_connection_already_in_progress_is_waited_for() {
    let mut table = Table::with_a_pod();
    assert_eq!(table.failed("A", ConnectError::Pending), [""; 0]);
    assert_eq!(table.pass(20.0), [""; 0]);
    table.stream("A");
}

#[test]
fn a_pod_the_system_has_forgotten_is_looked_for_and_connected_on_sight() {
    let mut table = Table::streaming();
    table.disconnected("A");
    assert_eq!(table.failed("A", ConnectError::Unknown), ["scan"]);
    assert_eq!(table.pass(0.3), [""; 0]);
    assert_eq!(table.found("A"), ["connect A", "stop scan"]);
    table.stream("A");
}

#[test]
fn a_pod_that_refuses_again_and_again_is_asked_less_and_less_often() {
    let mut table = Table::with_a_pod();
    let other = || ConnectError::Other("le-connection-abort-by-local".to_owned());
    let mut pauses = Vec::new();
    for _ in 0..7 {
        table.failed("A", other());
        let began = table.now;
        while !table.pass(0.1).contains(&"connect A".to_owned()) {}
        pauses.push(table.now.seconds_since(began).round());
    }
    assert_eq!(pauses, [1.0, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]);
}

#[test]
fn a_first_connection_that_is_dead_is_closed_and_made_again() {
    let mut table = Table::with_a_pod();
    assert_eq!(table.connected("A"), ["discover A"]);
    assert_eq!(table.pass(9.9), [""; 0]);
    assert_eq!(table.pass(0.2), ["disconnect A"]);
    // BlueZ takes its time.
    assert_eq!(table.pass(2.7), [""; 0]);
    assert_eq!(table.disconnected("A"), ["scan"]);
    assert_eq!(table.pass(0.5), ["connect A", "stop scan"]);
    table.stream("A");
}

#[test]
fn what_comes_while_a_link_closes_slowly_is_not_thrown_away() {
    let mut table = Table::streaming();
    table.pass(5.0);
    let before = table.links.len();
    table.data("A");
    assert_eq!(table.links.len(), before + 1);
    assert_eq!(table.disconnected("A"), ["connect A"]);
}

#[test]
fn a_silent_pod_is_told_after_two_seconds_and_connected_anew_after_five() {
    let mut table = Table::streaming();
    table.pass(1.9);
    assert_eq!(table.state("A"), PodState::Streaming);
    assert_eq!(table.pass(0.2), [""; 0]);
    assert_eq!(table.state("A"), PodState::Silent);
    assert_eq!(table.pass(3.0), ["disconnect A"]);
    assert_eq!(table.disconnected("A"), ["connect A"]);
    assert_eq!(table.state("A"), PodState::Lost);
    table.stream("A");
}

#[test]
fn data_ends_a_silence() {
    let mut table = Table::streaming();
    table.pass(3.0);
    table.data("A");
    assert_eq!(table.state("A"), PodState::Streaming);
    assert_eq!(table.pass(1.9), [""; 0]);
}

#[test]
fn a_link_that_never_closes_is_taken_for_closed() {
    let mut table = Table::streaming();
    assert_eq!(table.pass(5.1), ["disconnect A"]);
    assert_eq!(table.pass(10.1), ["connect A"]);
}

#[test]
fn a_pod_that_wants_pairing_says_so_and_is_tried_again_when_the_runner_may_have_done_it() {
    let mut table = Table::with_a_pod();
    table.connected("A");
    table.discovered("A");
    let failed = GattEvent::Failed {
        characteristic: LIVE,
        error: GattError::AUTHENTICATION,
    };
    assert_eq!(table.gatt("A", failed), ["disconnect A"]);
    assert_eq!(table.disconnected("A"), ["scan"]);
    let state = table.state("A");
    assert_eq!(state, PodState::Refused(PodRefusal::NeedsPairing));
    assert_eq!(state.message(), "pod-needs-pairing");
    assert_eq!(table.found("A"), [""; 0], "it is there all the time");
    assert_eq!(table.pass(20.1), ["connect A", "stop scan"]);
    table.stream("A");
}

#[test]
fn a_device_that_is_no_pod_is_let_go_for_good() {
    let mut table = Table::with_a_pod();
    table.connected("A");
    let nothing = RadioEvent::Discovered {
        pod: id("A"),
        offered: Vec::new(),
    };
    assert_eq!(table.tell(nothing), ["disconnect A"]);
    assert_eq!(table.disconnected("A"), [""; 0]);
    assert_eq!(table.state("A"), PodState::Refused(PodRefusal::WrongDevice));
    assert_eq!(table.pass(1000.0), [""; 0]);
}

#[test]
fn a_request_that_is_never_answered_does_not_block_the_pod_for_ever() {
    let mut table = Table::with_a_pod();
    table.connected("A");
    assert_eq!(table.discovered("A"), ["subscribe A"]);
    assert_eq!(table.pass(10.1), ["disconnect A"], "the talk hears of a time-out");
}

#[test]
fn a_strangers_pod_is_shown_and_left_alone() {
    let mut table = Table::streaming();
    assert_eq!(table.found("B"), [""; 0]);
    assert_eq!(
        table
            .pass(10.0)
            .iter()
            .filter(|asked| asked.ends_with('B'))
            .count(),
        0
    );
    let found = table.roster.found();
    assert_eq!((found.len(), found[0].belonging), (1, Belonging::Unknown));
    table.pass(10.0);
    assert_eq!(table.roster.found(), [], "it went away");
}

#[test]
fn two_pods_of_one_name_are_told_apart_by_letting_one_show_itself() {
    let mut table = Table::of(Vec::new());
    table.tell(RadioEvent::Adapter(AdapterState::On));
    table.wish(&Wish::Look).unwrap();
    assert_eq!(table.drain(), ["scan"]);
    table.found_as("B", "LeanPod-0001");
    assert_eq!(table.roster.found()[0].belonging, Belonging::Unknown);
    table.found_as("C", "LeanPod-0001");
    assert!(
        table
            .roster
            .found()
            .iter()
            .all(|pod| pod.belonging == Belonging::SameName)
    );
    table.wish(&Wish::Identify { pod: id("C") }).unwrap();
    assert_eq!(table.drain(), ["connect C"]);
    assert_eq!(table.connected("C"), ["discover C"]);
    let control = Characteristic::new(LIVE.service, lean_pod::CONTROL);
    let discovered = RadioEvent::Discovered {
        pod: id("C"),
        offered: vec![LIVE, control],
    };
    assert_eq!(table.tell(discovered), ["write C"], "to blink");
    assert_eq!(table.state("C"), PodState::Shown);
    table.wish(&pair("C", Site::Pelvis)).unwrap();
    assert_eq!(table.drain(), ["subscribe C"], "on the link that is open");
}

#[test]
fn a_pod_that_was_only_shown_is_let_go_after_a_minute() {
    let mut table = Table::of(Vec::new());
    table.tell(RadioEvent::Adapter(AdapterState::On));
    table.wish(&Wish::Look).unwrap();
    table.found("B");
    table.wish(&Wish::Identify { pod: id("B") }).unwrap();
    table.connected("B");
    table.discovered("B");
    table.drain();
    assert_eq!(table.pass(61.0), ["disconnect B"]);
    table.disconnected("B");
    assert_eq!(table.roster.pods().count(), 0);
}

#[test]
fn a_place_has_one_pod() {
    let mut table = Table::streaming();
    table.found("B");
    let refused = table.wish(&pair("B", Site::Chest));
    assert_eq!(refused, Err(PairRefusal::PlaceTaken));
    assert_eq!(table.drain(), [""; 0]);
    table.wish(&pair("B", Site::Pelvis)).unwrap();
    assert_eq!(table.drain(), ["connect B"]);
    assert_eq!(
        table.kept,
        [PairingOutput::Remember(remembered("B", Site::Pelvis))]
    );
    table.stream("B");
    let sites: Vec<_> = table.roster.pods().map(PodMachine::site).collect();
    assert_eq!(sites, [Some(Site::Chest), Some(Site::Pelvis)]);
}

#[test]
fn a_pod_worn_elsewhere_moves_with_its_stream() {
    let mut table = Table::streaming();
    table.wish(&pair("A", Site::Pelvis)).unwrap();
    assert_eq!(table.drain(), [""; 0]);
    assert_eq!(
        table.kept,
        [
            PairingOutput::Forget(Site::Chest),
            PairingOutput::Remember(remembered("A", Site::Pelvis))
        ]
    );
    table.data("A");
    let sites: Vec<_> = table.links.iter().map(LinkEvent::site).collect();
    assert_eq!(
        sites,
        [Site::Chest, Site::Chest, Site::Chest, Site::Pelvis, Site::Pelvis]
    );
}

#[test]
fn a_forgotten_pod_is_let_go_and_stays_away() {
    let mut table = Table::streaming();
    table.wish(&Wish::Forget { site: Site::Chest }).unwrap();
    assert_eq!(table.drain(), ["disconnect A"]);
    assert_eq!(table.kept, [PairingOutput::Forget(Site::Chest)]);
    assert_eq!(table.state("A"), PodState::Leaving);
    assert_eq!(table.disconnected("A"), [""; 0]);
    assert_eq!(table.roster.pods().count(), 0);
    assert_eq!(table.found("A"), [""; 0]);
    assert_eq!(table.links.last(), Some(&LinkEvent::Lost { site: Site::Chest }));
}

#[test]
fn sums_without_motion_and_pods_that_are_not_there_are_not_paired() {
    let mut table = Table::with_a_pod();
    table.found_as("S", "Stryd");
    assert_eq!(table.wish(&pair("S", Site::Pelvis)), Err(PairRefusal::NoMotion));
    assert_eq!(table.wish(&pair("X", Site::Pelvis)), Err(PairRefusal::NotNearby));
    table.found_as("F", "Fridge");
    assert_eq!(table.wish(&pair("F", Site::Pelvis)), Err(PairRefusal::NotNearby));
}

#[test]
fn a_pod_that_joins_late_streams_beside_the_other() {
    let mut table = Table::of(vec![remembered("A", Site::Chest), remembered("B", Site::Pelvis)]);
    assert_eq!(
        table.tell(RadioEvent::Adapter(AdapterState::On)),
        ["connect A", "connect B"]
    );
    table.stream("A");
    assert_eq!(table.failed("B", ConnectError::Unknown), ["scan"]);
    assert_eq!(table.state("B"), PodState::Searching);
    for _ in 0..100 {
        table.data("A");
        table.pass(1.0);
        table.failed("B", ConnectError::Unknown);
    }
    table.data("A");
    table.pass(8.0);
    assert_eq!(table.connected("B"), ["discover B"]);
}

#[test]
fn rest_closes_every_link_and_the_radio_opens_them_again() {
    let mut table = Table::streaming();
    table.roster.rest(table.now);
    assert_eq!(table.drain(), ["disconnect A"]);
    assert_eq!(table.disconnected("A"), [""; 0]);
    assert_eq!(table.pass(100.0), [""; 0]);
    assert_eq!(table.tell(RadioEvent::Adapter(AdapterState::On)), ["connect A"]);
}

#[test]
fn a_clock_that_leaps_ahead_costs_one_connection_and_no_more() {
    let mut table = Table::streaming();
    table.now = table.now.plus_seconds(3600.0);
    table.roster.tick(table.now);
    assert_eq!(table.drain(), ["disconnect A"]);
    assert_eq!(table.disconnected("A"), ["connect A"]);
    table.stream("A");
}

#[test]
fn a_link_the_system_opens_by_itself_is_used_or_closed() {
    let mut table = Table::with_a_pod();
    table.failed("A", ConnectError::Unknown);
    assert_eq!(table.connected("A"), ["discover A", "stop scan"]);
    table.wish(&Wish::Forget { site: Site::Chest }).unwrap();
    assert_eq!(table.drain(), ["disconnect A"]);
    assert_eq!(table.connected("A"), ["disconnect A"]);
}

/// Anything a radio may say of pod `A`, however little sense it makes; a device that is no pod is left out.
fn anything() -> impl Strategy<Value = RadioEvent> {
    let pod = || id("A");
    let characteristic = LIVE;
    let errors = prop_oneof![
        Just(ConnectError::Pending),
        Just(ConnectError::Unknown),
        Just(ConnectError::NeedsPairing),
        Just(ConnectError::Other(String::new())),
    ];
    let adapters = prop_oneof![
        Just(AdapterState::On),
        Just(AdapterState::Off),
        Just(AdapterState::Absent),
        Just(AdapterState::NotPermitted),
    ];
    let gatt = prop_oneof![
        Just(GattEvent::Subscribed { characteristic }),
        Just(GattEvent::Wrote { characteristic }),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(move |bytes| GattEvent::Value {
            characteristic,
            bytes
        }),
        any::<u8>().prop_map(move |code| GattEvent::Failed {
            characteristic,
            error: GattError::Attribute(code),
        }),
    ];
    let found = Advertisement {
        name: Some("LeanPod-A".to_owned()),
        ..Advertisement::default()
    };
    let offered = vec![LIVE];
    prop_oneof![
        adapters.prop_map(RadioEvent::Adapter),
        Just(RadioEvent::Found {
            pod: pod(),
            advertisement: found
        }),
        Just(RadioEvent::Connected { pod: pod() }),
        errors.prop_map(move |error| RadioEvent::ConnectFailed { pod: pod(), error }),
        Just(RadioEvent::Disconnected { pod: id("A") }),
        Just(RadioEvent::Discovered {
            pod: id("A"),
            offered
        }),
        gatt.prop_map(|event| RadioEvent::Gatt { pod: id("A"), event }),
    ]
}

/// What a good radio answers to what it is asked.
fn obey(table: &mut Table, asked: &[String]) -> Vec<String> {
    let answers = asked.iter().flat_map(|asked| match asked.as_str() {
        "connect A" => table.connected("A"),
        "discover A" => table.discovered("A"),
        "subscribe A" => table.gatt("A", GattEvent::Subscribed { characteristic: LIVE }),
        "disconnect A" => table.disconnected("A"),
        "scan" => table.found("A"),
        _ => Vec::new(),
    });
    answers.collect()
}

proptest! {
    #[test]
    fn whatever_the_radio_said_a_good_one_brings_the_pod_back(
        noise in prop::collection::vec((anything(), 0.0..20.0_f64), 0..40)
    ) {
        let mut table = Table::with_a_pod();
        for (event, pause_s) in noise {
            table.tell(event);
            table.pass(pause_s);
            let waits = table.roster.pods().all(|pod| pod.next_deadline().is_some());
            prop_assert!(waits || table.state("A") == PodState::RadioOff, "{:?}", table.state("A"));
        }
        table.tell(RadioEvent::Adapter(AdapterState::Off));
        let mut asked = table.tell(RadioEvent::Adapter(AdapterState::On));
        for _ in 0..300 {
            while !asked.is_empty() {
                asked = obey(&mut table, &asked);
            }
            if table.state("A") == PodState::Streaming {
                table.data("A");
            }
            asked = table.pass(1.0);
        }
        prop_assert_eq!(table.state("A"), PodState::Streaming);
    }
}
