//! What goes wrong on the air, in BlueZ and in pods: each ends in a state with a name, and the stream comes back.

use std::time::{Duration, Instant};

use plumbline_core::{
    lean::rules::RuleModel,
    pod::{
        conversation::PodRefusal,
        pairing::{PodState, Wish},
        site::Site,
    },
    ports::HistoryStore,
    session::{
        input::Command,
        log::LogEntry,
        replay::{replay, report_of},
    },
};
use serde_json::json;

use super::{
    bed::{Fake, LIVE, on_a_bus},
    rig::{PELVIS, Rig, blocks, notifications, paired},
    streams::drain,
};

/// A pod at the pelvis that streams to a run that goes on.
fn running(bluez: &mut Fake) -> Rig {
    bluez.lean_pod(PELVIS);
    let mut rig = Rig::new();
    rig.pair(PELVIS, Site::Pelvis);
    rig.until_state(PELVIS, PodState::Streaming);
    rig.command(Command::StartRun);
    rig
}

/// Plays these notifications into a run; gives the log.
fn run_of(bluez: &mut Fake, sent: &[Vec<u8>]) -> (Vec<LogEntry>, f64) {
    let mut rig = running(bluez);
    bluez.send(PELVIS, sent, 40);
    drain(&mut rig, bluez);
    let view = rig.host.pairing_view();
    let health = paired(&view, PELVIS).and_then(|pod| pod.stream);
    let missing = health.expect("it streams").missing;
    let log = rig.finish();
    assert_eq!(
        notifications(&log, Site::Pelvis),
        sent,
        "the log holds the bytes as they came"
    );
    let id = rig.host.last_finished().expect("an id");
    let report = rig.history.report(&id).expect("a report");
    let again = replay(&log, Box::new(RuleModel)).expect("the log plays");
    assert_eq!(report_of(&again), Some(&report));
    (log, missing)
}

/// Time from `back` to the first new bytes in the coach.
fn time_to_data(rig: &mut Rig, bluez: &mut Fake, back: impl FnOnce(&mut Fake)) -> Duration {
    bluez.send(PELVIS, &blocks(Site::Pelvis, 4.0, 104.0), 20);
    let before = bluez.waiting(PELVIS);
    back(bluez);
    let began = Instant::now();
    rig.until("the pod streams again", |view| {
        paired(view, PELVIS).is_some_and(|pod| {
            pod.state == PodState::Streaming && pod.stream.is_some_and(|stream| stream.delay_ms.is_some())
        })
    });
    assert!(bluez.waiting(PELVIS) < before);
    began.elapsed()
}

#[test]
fn a_pod_that_breaks_its_link_in_mid_stream_is_back_within_a_second() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_pod_that_breaks_its_link_in_mid_stream_is_back_within_a_second"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            for _ in 0..3 {
                let took = time_to_data(&mut rig, &mut bluez, |bluez| {
                    bluez.ask(&json!({"do": "drop", "address": PELVIS}));
                });
                println!("back after {took:?}");
                assert!(took < Duration::from_secs(1), "{took:?}");
                drain(&mut rig, &mut bluez);
            }
        },
    );
}

#[test]
fn a_pod_out_of_reach_is_back_within_a_second_of_its_return() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_pod_out_of_reach_is_back_within_a_second_of_its_return"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.set(PELVIS, json!({"there": false}));
            rig.until_state(PELVIS, PodState::Lost);
            rig.listen_for(Duration::from_secs(4));
            let took = time_to_data(&mut rig, &mut bluez, |bluez| {
                bluez.set(PELVIS, json!({"there": true}))
            });
            println!("back after {took:?}");
            assert!(took < Duration::from_secs(1), "{took:?}");
        },
    );
}

#[test]
fn a_pod_that_bluez_has_forgotten_is_back_within_a_second_of_its_return() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_pod_that_bluez_has_forgotten_is_back_within_a_second_of_its_return"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.set(PELVIS, json!({"there": false, "forget": true}));
            rig.until_state(PELVIS, PodState::Lost);
            rig.listen_for(Duration::from_secs(4));
            let took = time_to_data(&mut rig, &mut bluez, |bluez| {
                bluez.set(PELVIS, json!({"there": true}))
            });
            println!("back after {took:?}");
            assert!(took < Duration::from_secs(1), "{took:?}");
        },
    );
}

#[test]
fn a_connection_already_in_progress_is_waited_for() {
    on_a_bus(
        concat!(module_path!(), "::a_connection_already_in_progress_is_waited_for"),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.set(PELVIS, json!({"connect": "busy", "there": false}));
            rig.until_state(PELVIS, PodState::Lost);
            rig.listen_for(Duration::from_secs(2));
            bluez.set(PELVIS, json!({"there": true}));
            rig.until_state(PELVIS, PodState::Streaming);
            let connects = bluez
                .calls(PELVIS)
                .iter()
                .filter(|call| *call == "connect")
                .count();
            assert!(connects <= 3, "asked once and waited: {:?}", bluez.calls(PELVIS));
        },
    );
}

#[test]
fn a_first_connection_that_is_dead_and_one_that_is_refused_are_made_again() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_first_connection_that_is_dead_and_one_that_is_refused_are_made_again"
        ),
        |mut bluez| {
            bluez.lean_pod(PELVIS);
            bluez.set(
                PELVIS,
                json!({"connect": "dead", "times": 1, "disconnect_ms": 2300}),
            );
            let mut rig = Rig::new();
            rig.pair(PELVIS, Site::Pelvis);
            rig.until_state(PELVIS, PodState::Streaming);
            bluez.set(PELVIS, json!({"connect": "refuse", "times": 2}));
            bluez.ask(&json!({"do": "drop", "address": PELVIS}));
            rig.until_state(PELVIS, PodState::Lost);
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn a_slow_farewell_loses_nothing_and_the_pod_can_be_paired_again() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_slow_farewell_loses_nothing_and_the_pod_can_be_paired_again"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.set(PELVIS, json!({"disconnect_ms": 2300}));
            rig.wish(&Wish::Forget { site: Site::Pelvis });
            rig.until("the pod is gone", |view| view.paired.is_empty());
            rig.pair(PELVIS, Site::Pelvis);
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn a_pod_that_wants_pairing_says_so() {
    on_a_bus(
        concat!(module_path!(), "::a_pod_that_wants_pairing_says_so"),
        |mut bluez| {
            bluez.lean_pod(PELVIS);
            bluez.set(PELVIS, json!({"errors": {LIVE: "NotPermitted: Not paired"}}));
            let mut rig = Rig::new();
            rig.pair(PELVIS, Site::Pelvis);
            rig.until_state(PELVIS, PodState::Refused(PodRefusal::NeedsPairing));
            let view = rig.host.pairing_view();
            let sentence = &paired(&view, PELVIS).expect("the pod").sentence;
            assert!(sentence.contains("Bluetooth settings"), "{sentence}");
        },
    );
}

#[test]
fn an_error_of_the_attribute_protocol_is_told_and_tried_again() {
    on_a_bus(
        concat!(
            module_path!(),
            "::an_error_of_the_attribute_protocol_is_told_and_tried_again"
        ),
        |mut bluez| {
            bluez.lean_pod(PELVIS);
            bluez.set(
                PELVIS,
                json!({"errors": {LIVE: "Failed: Operation failed with ATT error: 0x0e"}}),
            );
            let mut rig = Rig::new();
            rig.pair(PELVIS, Site::Pelvis);
            rig.until("it is refused", |view| {
                paired(view, PELVIS).is_some_and(|pod| matches!(pod.state, PodState::Refused(_)))
            });
            bluez.set(PELVIS, json!({"errors": {}}));
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn a_slow_control_point_takes_its_time() {
    on_a_bus(
        concat!(module_path!(), "::a_slow_control_point_takes_its_time"),
        |mut bluez| {
            bluez.lean_pod(PELVIS);
            bluez.set(PELVIS, json!({"slow_ms": 1500}));
            let mut rig = Rig::new();
            rig.pair(PELVIS, Site::Pelvis);
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn bluetooth_switched_off_and_on_in_mid_run_is_told_and_overcome() {
    on_a_bus(
        concat!(
            module_path!(),
            "::bluetooth_switched_off_and_on_in_mid_run_is_told_and_overcome"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.ask(&json!({"do": "adapter", "powered": false}));
            rig.until_state(PELVIS, PodState::RadioOff);
            let trouble = rig.host.pairing_view().radio_trouble.expect("a sentence");
            assert!(trouble.starts_with("Bluetooth is off"), "{trouble}");
            rig.listen_for(Duration::from_secs(2));
            bluez.ask(&json!({"do": "adapter", "powered": true}));
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn an_adapter_that_is_pulled_out_and_plugged_in_again_is_told_and_used() {
    on_a_bus(
        concat!(
            module_path!(),
            "::an_adapter_that_is_pulled_out_and_plugged_in_again_is_told_and_used"
        ),
        |mut bluez| {
            let mut rig = running(&mut bluez);
            bluez.ask(&json!({"do": "drop", "address": PELVIS}));
            bluez.ask(&json!({"do": "adapter", "powered": false, "present": false}));
            rig.until("the radio is absent", |view| {
                view.radio_trouble
                    .as_ref()
                    .is_some_and(|trouble| trouble.starts_with("There is no Bluetooth"))
            });
            bluez.ask(&json!({"do": "adapter", "present": true, "powered": true}));
            rig.until_state(PELVIS, PodState::Streaming);
        },
    );
}

#[test]
fn lost_notifications_are_counted_and_doubled_or_swapped_ones_are_not() {
    on_a_bus(
        concat!(
            module_path!(),
            "::lost_notifications_are_counted_and_doubled_or_swapped_ones_are_not"
        ),
        |mut bluez| {
            let whole = blocks(Site::Pelvis, 10.0, 104.0);
            let faulty: Vec<Vec<u8>> = whole
                .chunks(8)
                .flat_map(|eight| {
                    let [first, second, third, fourth, rest @ ..] = eight else {
                        return eight.to_vec();
                    };
                    // The fourth is lost, the first comes twice, the second and third swap.
                    let _ = fourth;
                    [&[first, first, third, second].map(Clone::clone)[..], rest].concat()
                })
                .collect();
            let (_, missing) = run_of(&mut bluez, &faulty);
            let lost = whole.chunks(8).filter(|eight| eight.len() > 3).count() as f64 / whole.len() as f64;
            // A block that comes after its follower is of no use to a live reading.
            assert!(
                missing >= lost * 0.8 && missing <= lost * 3.0,
                "{missing} of {lost}"
            );
        },
    );
}

#[test]
fn notifications_cut_by_a_small_mtu_are_kept_and_used_for_nothing() {
    on_a_bus(
        concat!(
            module_path!(),
            "::notifications_cut_by_a_small_mtu_are_kept_and_used_for_nothing"
        ),
        |mut bluez| {
            let cut: Vec<Vec<u8>> = blocks(Site::Pelvis, 6.0, 104.0)
                .iter()
                .flat_map(|block| block.chunks(20).map(<[u8]>::to_vec).collect::<Vec<_>>())
                .collect();
            let (_, missing) = run_of(&mut bluez, &cut[..60]);
            assert!(missing > 0.9, "{missing}");
        },
    );
}

#[test]
fn a_pod_that_starts_anew_or_whose_clock_leaps_goes_on() {
    on_a_bus(
        concat!(
            module_path!(),
            "::a_pod_that_starts_anew_or_whose_clock_leaps_goes_on"
        ),
        |mut bluez| {
            let first = blocks(Site::Pelvis, 5.0, 104.0);
            // Its clock runs two hours ahead from here on, with the numbers going on.
            let leapt: Vec<Vec<u8>> = first[first.len() / 2..]
                .iter()
                .map(|block| later(block, 7_200_000_000))
                .collect();
            let anew: Vec<Vec<u8>> = first.iter().map(|block| rebooted(block)).collect();
            let sent = [&first[..first.len() / 2], &leapt, &anew].concat();
            let (_, missing) = run_of(&mut bluez, &sent);
            assert!(missing < 0.5, "{missing}");
        },
    );
}

/// The block with its clock so many microseconds ahead.
fn later(block: &[u8], us: u64) -> Vec<u8> {
    edited(block, |block| block.first_sample_us += us)
}

/// The block as of the pod's next start.
fn rebooted(block: &[u8]) -> Vec<u8> {
    edited(block, |block| block.boot = block.boot.wrapping_add(1))
}

fn edited(
    block: &[u8],
    edit: impl FnOnce(&mut plumbline_core::pod::protocol::lean_pod::LeanPodBlock),
) -> Vec<u8> {
    use plumbline_core::pod::protocol::lean_pod::{decode, encode};
    let mut block = decode(block).expect("a block");
    edit(&mut block);
    encode(&block)
}
