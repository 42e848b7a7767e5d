//! One pod's link: made, lost, refused, silent, and made again.

use super::*;

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
