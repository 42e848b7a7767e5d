//! Another maker's pod: a Polar H10, told to stream by its control point.

use plumbline_core::{
    pod::{
        kind::PodKind,
        pairing::{PodState, Wish},
        site::Site,
    },
    session::input::Command,
};
use serde_json::json;

use super::{
    bed::{Fake, on_a_bus, with_bluez},
    rig::{Rig, notifications, paired},
    streams::drain,
};

const ADDRESS: &str = "A0:9E:1A:00:00:01";
const HEART_RATE: &str = "0000180d-0000-1000-8000-00805f9b34fb";
const PMD: &str = "fb005c80-02e7-f387-1cad-8acd2d8df0c8";
const CONTROL: &str = "fb005c81-02e7-f387-1cad-8acd2d8df0c8";
const DATA: &str = "fb005c82-02e7-f387-1cad-8acd2d8df0c8";

/// As its maker's document answers: features, the settings of the accelerometer, the start and the stop.
fn polar_h10(bluez: &mut Fake, slow_ms: u32) {
    let answer =
        |to: &str, send: &str| json!({"to": to, "from": CONTROL, "send": [send], "after_ms": slow_ms});
    bluez.ask(&json!({
        "do": "pod", "address": ADDRESS, "name": "Polar H10 00000001", "advertised": [HEART_RATE],
        "services": [{"uuid": PMD, "characteristics": [
            {"uuid": CONTROL, "flags": ["read", "write", "indicate"], "value": "0f0500000000000000000000000000000000",
             "answers": [
                answer("0102", "f0010200000004190032006400c800010110000203020004000800"),
                answer("0202", "f00202000001"),
                answer("0302", "f003020000"),
             ]},
            {"uuid": DATA, "flags": ["notify"]},
        ]}],
    }));
}

/// A frame of 36 samples at 200 Hz that ends so many samples after the first.
fn frame(number: u64) -> Vec<u8> {
    let last_ns = 700_000_000_000_000_000 + (number + 1) * 36 * 5_000_000;
    let mut bytes = vec![0x02];
    bytes.extend(last_ns.to_le_bytes());
    bytes.push(0x01);
    for _ in 0..36 {
        bytes.extend([30_i16, -998, 45].iter().flat_map(|count| count.to_le_bytes()));
    }
    bytes
}

with_bluez! {
    fn a_polar_h10_streams_200_samples_a_second_and_is_told_to_stop_when_it_is_let_go(bluez) {
        polar_h10(&mut bluez, 700);
        let mut rig = Rig::new();
        rig.pair(ADDRESS, Site::Chest);
        rig.until_state(ADDRESS, PodState::Streaming);
        rig.command(Command::StartRun);
        let frames: Vec<Vec<u8>> = (0..30).map(frame).collect();
        bluez.send_to(ADDRESS, DATA, &frames, 180);
        drain(&mut rig, &mut bluez);
        let view = rig.host.pairing_view();
        let pod = paired(&view, ADDRESS).expect("the pod");
        let rate_hz = pod.stream.as_ref().and_then(|stream| stream.rate_hz).expect("a rate");
        assert_eq!(pod.kind, PodKind::PolarH10);
        assert!((rate_hz - 200.0).abs() < 2.0, "{rate_hz}");
        let log = rig.finish();
        assert_eq!(notifications(&log, Site::Chest), frames);
        rig.wish(&Wish::Forget { site: Site::Chest });
        rig.until("the pod is gone", |view| view.paired.is_empty());
        let calls = bluez.calls(ADDRESS);
        assert_eq!(calls.last().map(String::as_str), Some("disconnect"));
        let stop = format!("write 0302 {CONTROL}");
        assert!(calls.contains(&stop), "or it streams its battery flat: {calls:?}");
    }
}
