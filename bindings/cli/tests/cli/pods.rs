//! The commands that speak with pods, against a BlueZ without a radio.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use plumbline_core::{
    pod::site::Site,
    sim::{Scenario, notifications, simulate},
    units::Timestamp,
};
use serde_json::json;

use crate::{
    bed::{Fake, on_a_bus, with_bluez},
    support::{Home, short_run},
};

const CHEST: &str = "C4:C5:C6:C7:C8:01";
const PELVIS: &str = "C4:C5:C6:C7:C8:02";

/// Queues what a runner's pods send in a stand and a short run, at the pace of the pods.
fn wear(bluez: &mut Fake) {
    let scenario = Scenario::new(5, short_run(5.0, 8.0));
    let sent = notifications(&scenario, &simulate(&scenario), Timestamp(0));
    for (address, site) in [(CHEST, Site::Chest), (PELVIS, Site::Pelvis)] {
        let own: Vec<_> = sent
            .iter()
            .filter(|sent| sent.site == site)
            .map(|sent| sent.bytes.clone())
            .collect();
        bluez.send(address, &own, 125);
    }
}

with_bluez! {
    fn pods_are_found_paired_recorded_and_the_recording_is_read_again(bluez) {
        bluez.lean_pod(CHEST);
        bluez.lean_pod(PELVIS);
        let home = Home::new();
        let found = home.json(&["scan", "--seconds", "2", "--json"]);
        let names: Vec<_> = found["pods"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|pod| &pod["name"])
            .collect();
        assert_eq!(names.len(), 2, "{found}");
        assert!(names.contains(&&json!("LeanPod-C801")), "{found}");
        assert!(
            home.failure(&["stream", "--seconds", "1"])
                .contains("No pod is paired")
        );

        let table = home.good(&["pair", "LeanPod-C801", "chest"]);
        assert!(table.contains("LeanPod-C801"), "{table}");
        home.good(&["pair", PELVIS, "pelvis"]);
        let taken = home.failure(&["pair", "LeanPod-C801", "pelvis", "--seconds", "10"]);
        assert!(taken.contains("Another pod has this place"), "{taken}");

        wear(&mut bluez);
        let table = home.good(&["record", "evening", "--seconds", "18"]);
        assert!(
            table.contains("104") && table.contains("Hz") && table.contains("87 %"),
            "{table}"
        );
        let analysis = home.json(&[
            "analyze",
            "--chest",
            "evening-chest.csv",
            "--pelvis",
            "evening-pelvis.csv",
            "--json",
        ]);
        assert!(
            analysis["steps"].as_array().expect("steps").len() >= 10,
            "{analysis}"
        );
        let replayed = home.good(&["run", "--frames", "evening.frames", "--at", "2030-01-01T07:00Z"]);
        assert!(replayed.contains("steady"), "{replayed}");
        assert!(home.good(&["history"]).lines().count() >= 2);

        home.good(&["pair", "--forget", "chest"]);
        let table = home.good(&["stream", "--seconds", "1"]);
        assert!(
            table.contains("LeanPod-C802") && !table.contains("LeanPod-C801"),
            "{table}"
        );
    }
}

with_bluez! {
    fn ctrl_c_ends_a_recording_with_everything_written(bluez) {
        bluez.lean_pod(CHEST);
        bluez.lean_pod(PELVIS);
        let home = Home::new();
        home.good(&["pair", "LeanPod-C802", "pelvis"]);
        wear(&mut bluez);
        let mut child = home
            .command(&["record", "short"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert!(
            lines.any(|line| line.expect("a line").contains("Ctrl-C")),
            "it says how to end it"
        );
        thread::sleep(Duration::from_secs(3));
        let id = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .expect("kill")
                .success()
        );
        let told: Vec<_> = lines.map(|line| line.expect("a line")).collect();
        assert!(child.wait().expect("it ends").success(), "{told:?}");
        assert!(told.iter().any(|line| line == "short-pelvis.csv"), "{told:?}");
        assert!(home.read("short-pelvis.csv").lines().count() > 200);
        assert!(home.read("short.frames").contains("command finish"));
    }
}

with_bluez! {
    fn bluetooth_that_is_off_is_a_sentence(bluez) {
        bluez.ask(&json!({"do": "adapter", "powered": false}));
        let home = Home::new();
        assert!(home.failure(&["scan"]).starts_with("Bluetooth is off."));
        let checks = home.json(&["doctor", "--json"])["checks"].clone();
        let radio = checks
            .as_array()
            .expect("a list")
            .last()
            .cloned()
            .expect("the radio");
        assert_eq!(
            (&radio["name"], &radio["ready"]),
            (&json!("radio"), &json!(false))
        );
    }
}
