//! Which pods are the runner's: strangers, names, places, late ones, and rest.

use super::*;

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
