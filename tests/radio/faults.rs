//! What goes wrong on the air, in BlueZ and in pods: each ends in a state with a name, and the stream comes back.

use std::time::{Duration, Instant};

use plumbline_core::pod::{
    conversation::PodRefusal,
    pairing::{PodState, Wish},
    site::Site,
};
use serde_json::json;

use super::{
    bed::{Fake, LIVE, on_a_bus, with_bluez},
    rig::{PELVIS, Rig, blocks, paired, running},
    streams::drain,
};

/// Time from `back` to the first new samples in the coach.
fn time_to_data(rig: &mut Rig, bluez: &mut Fake, back: impl FnOnce(&mut Fake)) -> Duration {
    let subscribed = |bluez: &mut Fake| {
        let calls = bluez.calls(PELVIS);
        calls
            .iter()
            .filter(|call| **call == format!("subscribe {LIVE}"))
            .count()
    };
    let before = subscribed(bluez);
    bluez.send(PELVIS, &blocks(Site::Pelvis, 4.0, 104.0), 20);
    back(bluez);
    let began = Instant::now();
    loop {
        rig.step();
        // A stream of the link before is no more once another was asked for.
        let again = subscribed(bluez) > before;
        let view = rig.host.pairing_view();
        let stream = paired(&view, PELVIS).and_then(|pod| pod.stream.clone());
        if again && stream.is_some_and(|stream| stream.delay_ms.is_some()) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(40), "never back: {view:?}");
    }
}

with_bluez! {
    fn a_pod_that_breaks_its_link_in_mid_stream_is_back_within_a_second(bluez) {
        let mut rig = running(&mut bluez);
        for _ in 0..3 {
            let took = time_to_data(&mut rig, &mut bluez, |bluez| {
                bluez.ask(&json!({"do": "drop", "address": PELVIS}));
            });
            println!("back after {took:?}");
            assert!(took < Duration::from_secs(1), "{took:?}");
            drain(&mut rig, &mut bluez);
        }
    }
}

with_bluez! {
    fn a_pod_out_of_reach_is_back_within_a_second_of_its_return(bluez) {
        let mut rig = running(&mut bluez);
        bluez.set(PELVIS, json!({"there": false}));
        rig.until_state(PELVIS, PodState::Lost);
        rig.listen_for(Duration::from_secs(4));
        let took = time_to_data(&mut rig, &mut bluez, |bluez| {
            bluez.set(PELVIS, json!({"there": true}));
        });
        println!("back after {took:?}");
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
}

with_bluez! {
    fn a_pod_that_bluez_has_forgotten_is_back_within_a_second_of_its_return(bluez) {
        let mut rig = running(&mut bluez);
        bluez.set(PELVIS, json!({"there": false, "forget": true}));
        rig.until_state(PELVIS, PodState::Lost);
        rig.listen_for(Duration::from_secs(4));
        let took = time_to_data(&mut rig, &mut bluez, |bluez| {
            bluez.set(PELVIS, json!({"there": true}));
        });
        println!("back after {took:?}");
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
}

with_bluez! {
    fn a_connection_already_in_progress_is_waited_for(bluez) {
        let mut rig = running(&mut bluez);
        let connects = |bluez: &mut Fake| bluez.calls(PELVIS).iter().filter(|call| *call == "connect").count();
        let before = connects(&mut bluez);
        bluez.set(PELVIS, json!({"connect": "busy", "there": false}));
        rig.until_state(PELVIS, PodState::Lost);
        rig.listen_for(Duration::from_secs(2));
        bluez.set(PELVIS, json!({"there": true}));
        rig.until_state(PELVIS, PodState::Streaming);
        // One to open the link, one to wait for its services.
        let connects = connects(&mut bluez) - before;
        assert_eq!(connects, 2, "asked once and waited: {:?}", bluez.calls(PELVIS));
    }
}

with_bluez! {
    fn a_first_connection_that_is_dead_and_one_that_is_refused_are_made_again(bluez) {
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
    }
}

with_bluez! {
    fn a_slow_farewell_loses_nothing_and_the_pod_can_be_paired_again(bluez) {
        let mut rig = running(&mut bluez);
        bluez.set(PELVIS, json!({"disconnect_ms": 2300}));
        rig.wish(&Wish::Forget { site: Site::Pelvis });
        rig.until("the pod is gone", |view| view.paired.is_empty());
        rig.pair(PELVIS, Site::Pelvis);
        rig.until_state(PELVIS, PodState::Streaming);
    }
}

with_bluez! {
    fn a_pod_that_wants_pairing_says_so(bluez) {
        bluez.lean_pod(PELVIS);
        bluez.set(PELVIS, json!({"errors": {LIVE: "NotPermitted: Not paired"}}));
        let mut rig = Rig::new();
        rig.pair(PELVIS, Site::Pelvis);
        rig.until_state(PELVIS, PodState::Refused(PodRefusal::NeedsPairing));
        let view = rig.host.pairing_view();
        let sentence = &paired(&view, PELVIS).expect("the pod").sentence;
        assert!(sentence.contains("Bluetooth settings"), "{sentence}");
    }
}

with_bluez! {
    fn an_error_of_the_attribute_protocol_is_told_and_tried_again(bluez) {
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
    }
}

with_bluez! {
    fn a_slow_control_point_takes_its_time(bluez) {
        bluez.lean_pod(PELVIS);
        bluez.set(PELVIS, json!({"slow_ms": 1500}));
        let mut rig = Rig::new();
        rig.pair(PELVIS, Site::Pelvis);
        rig.until_state(PELVIS, PodState::Streaming);
    }
}

with_bluez! {
    fn bluetooth_switched_off_and_on_in_mid_run_is_told_and_overcome(bluez) {
        let mut rig = running(&mut bluez);
        bluez.ask(&json!({"do": "adapter", "powered": false}));
        rig.until_state(PELVIS, PodState::RadioOff);
        let trouble = rig.host.pairing_view().radio_trouble.expect("a sentence");
        assert!(trouble.starts_with("Bluetooth is off"), "{trouble}");
        rig.listen_for(Duration::from_secs(2));
        bluez.ask(&json!({"do": "adapter", "powered": true}));
        rig.until_state(PELVIS, PodState::Streaming);
    }
}

with_bluez! {
    fn bluetooth_that_may_not_be_used_is_told_until_it_may(bluez) {
        bluez.lean_pod(PELVIS);
        bluez.ask(&json!({"do": "adapter", "forbidden": true}));
        let mut rig = Rig::new();
        rig.wish(&Wish::Look);
        rig.until("it may not be used", |view| {
            view.radio_trouble.as_ref().is_some_and(|trouble| trouble.contains("may not use Bluetooth"))
        });
        bluez.ask(&json!({"do": "adapter", "forbidden": false}));
        rig.until("the pod is found", |view| !view.found.is_empty());
    }
}

with_bluez! {
    fn an_adapter_that_is_pulled_out_and_plugged_in_again_is_told_and_used(bluez) {
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
    }
}
