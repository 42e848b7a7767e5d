//! From nothing to a stored run.

use std::time::Duration;

use plumbline_core::{
    lean::rules::RuleModel,
    pod::{pairing::PodState, site::Site},
    ports::HistoryStore,
    session::{
        input::Command,
        replay::{replay, report_of},
    },
};

use super::{
    bed::{Fake, on_a_bus, with_bluez},
    rig::{CHEST, PELVIS, Rig, blocks, notifications, paired},
};

with_bluez! {
    fn two_pods_are_found_paired_and_every_byte_they_send_is_in_the_run(bluez) {
        let sent = [(CHEST, Site::Chest), (PELVIS, Site::Pelvis)];
        let mut rig = Rig::new();
        for (address, site) in sent {
            bluez.lean_pod(address);
            rig.pair(address, site);
            rig.until_state(address, PodState::Streaming);
        }
        rig.command(Command::StartRun);
        for (address, site) in sent {
            bluez.send(address, &blocks(site, 8.0, 104.0), 125);
        }
        drain(&mut rig, &mut bluez);
        let battery = paired(&rig.host.pairing_view(), CHEST).and_then(|pod| pod.battery_percent);
        assert_eq!(battery, Some(87));
        let log = rig.finish();
        for (_, site) in sent {
            assert_eq!(notifications(&log, site), blocks(site, 8.0, 104.0));
        }
        let report = rig
            .history
            .report(&rig.host.last_finished().expect("an id"))
            .expect("a report");
        let again = replay(&log, Box::new(RuleModel)).expect("the log plays");
        assert_eq!(report_of(&again), Some(&report), "live and replayed are the same");
    }
}

with_bluez! {
    fn a_pod_paired_once_connects_by_itself_at_the_next_start(bluez) {
        bluez.lean_pod(PELVIS);
        let mut rig = Rig::new();
        rig.pair(PELVIS, Site::Pelvis);
        rig.until_state(PELVIS, PodState::Streaming);
        let history = rig.history.clone();
        drop(rig);
        let mut rig = Rig::with(history);
        rig.until_state(PELVIS, PodState::Streaming);
        let calls = bluez.calls(PELVIS);
        assert!(
            calls.contains(&"disconnect".to_owned()),
            "the first program left properly: {calls:?}"
        );
    }
}

with_bluez! {
    fn a_host_that_stalls_for_five_seconds_loses_nothing_of_two_fast_pods(bluez) {
        let sent = [(CHEST, Site::Chest), (PELVIS, Site::Pelvis)];
        let mut rig = Rig::new();
        for (address, site) in sent {
            bluez.lean_pod(address);
            rig.pair(address, site);
            rig.until_state(address, PodState::Streaming);
        }
        rig.command(Command::StartRun);
        for (address, site) in sent {
            bluez.send(address, &blocks(site, 10.0, 208.0), 62);
        }
        rig.listen_for(Duration::from_secs(1));
        std::thread::sleep(Duration::from_secs(5));
        drain(&mut rig, &mut bluez);
        let log = rig.finish();
        for (_, site) in sent {
            assert_eq!(notifications(&log, site).len(), blocks(site, 10.0, 208.0).len());
            assert_eq!(notifications(&log, site), blocks(site, 10.0, 208.0));
        }
    }
}

/// Listens until the pods have sent everything and it has come.
pub(crate) fn drain(rig: &mut Rig, bluez: &mut Fake) {
    let pods: Vec<String> = rig
        .host
        .pairing_view()
        .paired
        .into_iter()
        .map(|pod| pod.id)
        .collect();
    while pods.iter().any(|pod| bluez.waiting(pod) > 0) {
        rig.step();
    }
    rig.listen_for(Duration::from_millis(500));
}
