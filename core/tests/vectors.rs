//! Every published frame in `tests/fixtures/pods` decodes to its published values.
//!
//! The sources stand in the file, one beside each frame. Floats are compared as closely as they are printed.
#![allow(
    clippy::unwrap_used,
    reason = "a test that ends at the first frame that does not decode"
)]

use std::collections::BTreeMap;

use plumbline_core::pod::protocol::{
    metawear,
    movella_dot::message::{self, Message, Topic},
    movesense::packet::{self, Packet},
    polar::{
        Measurement,
        control::{self, Answer, Features, Operation, Setting, Settings, Status},
        delta,
        frame::DataFrame,
    },
    standard::{battery, heart_rate::HeartRate, power::Power, running::RunningSpeed},
    witmotion::{
        command,
        frame::{DEG_PER_COUNT, DPS_PER_COUNT, Frame, G_PER_COUNT},
    },
};
use serde_json::Value;

struct Vector {
    id: String,
    protocol: String,
    channel: String,
    bytes: Vec<u8>,
    truncated: bool,
    decoded: Value,
}

fn vectors() -> Vec<Vector> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/pods/pods_vectors.json"
    );
    #[allow(clippy::disallowed_methods, reason = "a test reads its fixture")]
    let text = std::fs::read_to_string(path).expect("the fixture lies beside the tests");
    let all: Vec<Value> = serde_json::from_str(&text).expect("the fixture is JSON");
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    all.iter()
        .map(|one| Vector {
            id: text(one, "id"),
            protocol: text(one, "protocol"),
            channel: text(one, "channel"),
            bytes: text(one, "hex")
                .as_bytes()
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .collect(),
            truncated: one["truncated"] == Value::Bool(true),
            decoded: one["decoded"].clone(),
        })
        .collect()
}

/// Numbers of a list or of a list of lists, flat.
fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(flat).collect(),
        Value::Number(number) => vec![number.as_f64().unwrap()],
        other => panic!("{other} is no number"),
    }
}

/// Compares with a tolerance absolute and relative.
fn close(id: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{id}: {found:?} and {expected:?}");
    for (found, expected) in found.iter().zip(expected) {
        let off = (found - expected).abs();
        assert!(
            off <= tolerance * expected.abs().max(1.0),
            "{id}: {found} and {expected}"
        );
    }
}

#[test]
fn all_published_frames_decode_to_their_published_values() {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for vector in vectors() {
        match vector.protocol.as_str() {
            "polar-pmd" => polar(&vector),
            "polar-pmd-delta" => polar_delta(&vector),
            "movesense-gsp" => movesense(&vector),
            "movella-dot" => dot(&vector),
            "witmotion-ble5" => wit(&vector),
            "metawear" => metawear(&vector),
            "sig-rsc" => running(&vector),
            "sig-hr" => heart_rate(&vector),
            "sig-cycling-power" => power(&vector),
            "sig-battery" => assert_eq!(
                battery(&vector.bytes).map(u64::from).ok(),
                vector.decoded["percent"].as_u64()
            ),
            other => panic!("{other} is not tested"),
        }
        *seen.entry(vector.protocol).or_default() += 1;
    }
    assert_eq!(seen.values().sum::<u32>(), 111, "{seen:?}");
}

fn polar(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    match vector.channel.as_str() {
        channel if channel.contains("data") => polar_data(vector),
        channel if channel.contains("indication") => {
            let answer = Answer::parse(&vector.bytes).unwrap();
            assert_eq!(Some(u64::from(answer.operation)), decoded["op"].as_u64(), "{id}");
            assert_eq!(
                Some(u64::from(answer.measurement.id())),
                decoded["type"].as_u64(),
                "{id}"
            );
            let status = decoded["status"].as_u64().unwrap() as u8;
            assert_eq!(answer.status, Status::from_byte(status), "{id}");
            assert_eq!(answer.more, decoded["more"] != 0, "{id}");
            settings(id, answer.settings, &decoded["params"]);
        }
        channel if channel.contains("settings") => settings(id, Settings(&vector.bytes), decoded),
        channel if channel.contains("write") => {
            let (operation, measurement, found) = control::read_request(&vector.bytes).unwrap();
            let expected = match decoded["op"].as_str().unwrap() {
                "get settings" => Operation::GetSettings,
                "start" => Operation::Start,
                "stop" => Operation::Stop,
                "get SDK-mode settings" => Operation::GetSdkSettings,
                other => panic!("{other}"),
            };
            assert_eq!(
                (operation, measurement),
                (expected as u8, Measurement::Accelerometer),
                "{id}"
            );
            settings(id, found, decoded);
        }
        _ => {
            let features = Features::parse(&vector.bytes).unwrap();
            let names = [
                ("ECG", Measurement::Ecg),
                ("PPG", Measurement::Ppg),
                ("ACC", Measurement::Accelerometer),
                ("PPI", Measurement::Ppi),
                ("GYRO", Measurement::Gyroscope),
                ("MAG", Measurement::Magnetometer),
            ];
            let found: Vec<_> = names
                .iter()
                .filter(|(_, one)| features.has(*one))
                .map(|(name, _)| *name)
                .collect();
            assert_eq!(serde_json::json!(found), decoded["types"], "{id}");
        }
    }
}

fn settings(id: &str, found: Settings<'_>, expected: &Value) {
    for (name, setting) in [
        ("sample_rate_hz", Setting::RateHz),
        ("resolution_bits", Setting::Resolution),
        ("range", Setting::Range),
        ("range_milliunit", Setting::RangeMilli),
        ("channels", Setting::Channels),
    ] {
        let values: Vec<u32> = found.values(setting).collect();
        let wanted = expected
            .get(name)
            .cloned()
            .unwrap_or_else(|| serde_json::json!([]));
        assert_eq!(serde_json::json!(values), wanted, "{id}: {name}");
    }
    let factor = expected.get("factor").map(|factor| flat(factor)[0]);
    assert_eq!(found.factor().map(f64::from), factor, "{id}");
}

fn polar_data(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let data = DataFrame::parse(&vector.bytes).unwrap();
    assert_eq!(
        Some(u64::from(data.measurement.id())),
        decoded["type"].as_u64(),
        "{id}"
    );
    assert_eq!(Some(data.time_ns), decoded["timestamp_ns"].as_u64(), "{id}");
    assert_eq!(Some(data.compressed), decoded["compressed"].as_bool(), "{id}");
    let layout = u64::from(data.layout) | if data.compressed { 0x80 } else { 0 };
    assert_eq!(Some(layout), decoded["frame_type"].as_u64(), "{id}");
    if data.measurement == Measurement::Ecg {
        let mut found = Vec::new();
        data.ecg(|sample| found.push(f64::from(sample))).unwrap();
        return close(id, &found, &flat(&decoded["samples_uv"]), 0.0);
    }
    let mut found: Vec<i32> = Vec::new();
    let outcome = if data.measurement == Measurement::Magnetometer && data.layout == 1 {
        data.calibrated_magnetometer(|sample| found.extend(sample))
    } else {
        data.triples(|sample| found.extend(sample))
    };
    // What was cut off by its source must still give the samples that are there.
    assert!(outcome.is_ok() || vector.truncated, "{id}: {outcome:?}");
    let as_floats: Vec<f64> = found.iter().map(|&count| f64::from(count)).collect();
    let raw = decoded
        .get("samples_raw")
        .or_else(|| decoded.get("samples_mg"))
        .unwrap();
    close(id, &as_floats, &flat(raw), 0.0);
    if let Some(floats) = decoded.get("samples_float") {
        let found: Vec<f64> = found
            .iter()
            .map(|&bits| f64::from(f32::from_bits(bits as u32)))
            .collect();
        close(id, &found, &flat(floats), 1e-7);
    }
}

fn polar_delta(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let (reference, long) = match decoded["resolution"].as_u64() {
        Some(32) => (delta::Reference::Long, true),
        _ => (delta::Reference::Short, false),
    };
    let mut found: Vec<[i32; 3]> = Vec::new();
    let outcome = delta::decode(&vector.bytes, reference, |sample| found.push(sample));
    assert!(outcome.is_ok() || vector.truncated, "{id}: {outcome:?}");
    if let Some(count) = decoded["count"].as_u64() {
        assert_eq!(found.len() as u64, count, "{id}");
    }
    let counts: Vec<f64> = found.iter().flatten().map(|&count| f64::from(count)).collect();
    if let Some(first) = decoded.get("samples_raw_first2") {
        let expected = flat(first);
        close(id, &counts[..expected.len()], &expected, 0.0);
    }
    if let Some(all) = decoded.get("samples_raw") {
        close(id, &counts, &flat(all), 0.0);
    }
    if let (true, Some(all)) = (long, decoded.get("samples_float")) {
        let found: Vec<f64> = found
            .iter()
            .flatten()
            .map(|&bits| f64::from(f32::from_bits(bits as u32)))
            .collect();
        close(id, &found, &flat(all), 1e-7);
    }
}

fn movesense(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    if let Some(expected) = decoded.get("samples_mv") {
        let (stamp, samples) = packet::ecg(&vector.bytes).unwrap();
        assert_eq!(Some(u64::from(stamp)), decoded["timestamp_ms"].as_u64(), "{id}");
        let found: Vec<f64> = samples.map(|sample| f64::from(sample) * 1e-3).collect();
        return close(id, &found, &flat(expected), 1e-9);
    }
    if let Some(kelvin) = decoded.get("kelvin") {
        let (found, stamp) = packet::temperature(&vector.bytes).unwrap();
        assert_eq!(Some(u64::from(stamp)), decoded["timestamp_ms"].as_u64(), "{id}");
        return close(id, &[f64::from(found)], &flat(kelvin), 1e-4);
    }
    if let Some(mean) = decoded.get("average_bpm") {
        let (found, beats) = packet::heart_rate(&vector.bytes).unwrap();
        close(id, &[f64::from(found)], &flat(mean), 1e-5);
        return assert_eq!(
            serde_json::json!(beats.collect::<Vec<_>>()),
            decoded["rr_ms"],
            "{id}"
        );
    }
    let arrays: Vec<&Value> = ["ArrayAcc", "ArrayGyro", "ArrayMagn"]
        .iter()
        .filter_map(|name| decoded.get(*name))
        .collect();
    let found = Packet::parse(&vector.bytes, arrays.len()).unwrap();
    assert_eq!(
        Some(u64::from(found.stamp_ms)),
        decoded["timestamp_ms"].as_u64(),
        "{id}"
    );
    for (k, expected) in arrays.into_iter().enumerate() {
        let values: Vec<f64> = found.array(k).flatten().map(f64::from).collect();
        close(id, &values, &flat(expected), 0.0);
    }
}

fn dot(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let found = Message::parse(&vector.bytes);
    if decoded["checksum_ok"] == Value::Bool(false) {
        assert!(found.is_err(), "{id} must be refused");
        return;
    }
    let found = found.unwrap();
    assert_eq!(Some(u64::from(found.topic)), decoded["mid"].as_u64(), "{id}");
    let data: Vec<String> = found.data.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(Some(data.concat().as_str()), decoded["data"].as_str(), "{id}");
    let topic = if found.topic == 1 {
        Topic::Recording
    } else {
        Topic::Synchronisation
    };
    assert_eq!(
        Message::bytes(topic, found.data),
        vector.bytes,
        "{id}: and is written as it was read"
    );
    match id.as_str() {
        "dot-sync-start" => {
            let root = [0xD4, 0x22, 0xCD, 0xAA, 0xBB, 0xCC];
            assert_eq!(message::start_synchronisation(root), vector.bytes);
        }
        "dot-rec-requestdata" => assert_eq!(message::request_file(7), vector.bytes),
        _ => {}
    }
}

fn wit(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    if vector.channel.starts_with("write") {
        let expected: [u8; 5] = match id.as_str() {
            "wit-cmd-unlock" => command::UNLOCK,
            "wit-cmd-rate50" => command::set_rate(0x08),
            "wit-cmd-rate100" => command::set_rate(0x09),
            "wit-cmd-save" => command::SAVE,
            "wit-cmd-read-rate" => command::read(command::RATE),
            "wit-cmd-read-battery" => command::read(command::BATTERY),
            "wit-cmd-acc-cal" => command::CALIBRATE_ACCELEROMETER,
            other => panic!("{other}"),
        };
        return assert_eq!(vector.bytes, expected, "{id}");
    }
    let mut bytes = [0; 20];
    bytes[..vector.bytes.len()].copy_from_slice(&vector.bytes);
    assert_eq!(vector.bytes.len() < 20, vector.truncated, "{id}");
    match Frame::parse(&bytes).unwrap() {
        Frame::Motion(counts) => {
            let expected = flat(&decoded["raw"]);
            let found: Vec<f64> = counts.map(f64::from)[..expected.len()].to_vec();
            close(id, &found, &expected, 0.0);
            let scaled = |from: usize, scale: f64| -> Vec<f64> {
                found
                    .iter()
                    .skip(from)
                    .take(3)
                    .map(|count| count * scale)
                    .collect()
            };
            close(id, &scaled(0, G_PER_COUNT), &flat(&decoded["acc_g"]), 1e-5);
            close(id, &scaled(3, DPS_PER_COUNT), &flat(&decoded["gyro_dps"]), 1e-5);
            close(
                id,
                &scaled(6, DEG_PER_COUNT),
                &flat(&decoded["angle_deg_rpy"]),
                1e-5,
            );
        }
        Frame::Registers { register, values } => {
            assert_eq!(Some(u64::from(register)), decoded["register"].as_u64(), "{id}");
            let expected = flat(&decoded["values"]);
            close(id, &values.map(f64::from)[..expected.len()], &expected, 0.0);
            if let Some(percent) = decoded.get("vendor_percent") {
                close(id, &[command::battery_percent(values[0])], &flat(percent), 1e-9);
            }
            if decoded["means"] == "50 Hz" {
                assert_eq!(command::rate_of(values[0]), Some(50.0));
            }
        }
    }
}

fn metawear(vector: &Vector) {
    use metawear::Notification;
    let (id, decoded) = (&vector.id, &vector.decoded);
    if vector.channel.starts_with("write") {
        // Commands that this crate does not send: published bytes, nothing to decode.
        return assert!(decoded["means"].is_string() && !vector.bytes.is_empty(), "{id}");
    }
    let in_g = |counts: &[i16], range: u8| -> Vec<f64> {
        counts
            .iter()
            .map(|&count| f64::from(count) / metawear::counts_per_g(range).unwrap())
            .collect()
    };
    let (found, name): (Vec<f64>, &str) = match Notification::parse(&vector.bytes).unwrap() {
        Notification::Accelerometer(counts) => (in_g(&counts, 4), "acc_g"),
        Notification::AccelerometerPacked(counts) => (in_g(counts.as_flattened(), 8), "acc_g_x3"),
        Notification::Gyroscope(counts) => (
            counts
                .map(|count| f64::from(count) / metawear::COUNTS_PER_DPS_500)
                .to_vec(),
            "gyro_dps",
        ),
        Notification::FusionGyroscope(dps) => (dps.map(f64::from).to_vec(), "gyro_dps"),
        Notification::Quaternion(q) => (q.map(f64::from).to_vec(), "quat_wxyz"),
        Notification::Gravity(g) => (g.to_vec(), "gravity_g"),
        Notification::Linear(g) => (g.to_vec(), "linear_acc_g"),
    };
    close(id, &found, &flat(&decoded[name]), 1.1e-3);
}

fn running(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let found = RunningSpeed::parse(&vector.bytes);
    if decoded.get("error").is_some() {
        return assert!(found.is_err(), "{id} must be refused");
    }
    let found = found.unwrap();
    assert_eq!(Some(u64::from(found.flags)), decoded["flags"].as_u64(), "{id}");
    assert_eq!(Some(found.running), decoded["running"].as_bool(), "{id}");
    assert_eq!(
        Some(u64::from(found.cadence_raw)),
        decoded["cadence_raw"].as_u64(),
        "{id}"
    );
    close(id, &[found.speed_mps], &flat(&decoded["speed_mps"]), 1e-9);
    assert_eq!(
        found.stride_m.map(|m| (m * 100.0).round() as u64),
        decoded["stride_cm"].as_u64(),
        "{id}"
    );
    match (found.distance_m, decoded.get("distance_m")) {
        (Some(found), Some(expected)) => close(id, &[found], &flat(expected), 1e-9),
        (found, expected) => assert!(found.is_none() && expected.is_none(), "{id}"),
    }
}

fn heart_rate(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let found = HeartRate::parse(&vector.bytes).unwrap();
    assert_eq!(Some(u64::from(found.flags)), decoded["flags"].as_u64(), "{id}");
    assert_eq!(Some(u64::from(found.bpm)), decoded["bpm"].as_u64(), "{id}");
    let contact = match found.contact {
        None => "unsupported",
        Some(true) => "detected",
        Some(false) => "not detected",
    };
    assert_eq!(Some(contact), decoded["contact"].as_str(), "{id}");
    assert_eq!(
        found.energy_kj.map(u64::from),
        decoded["energy_kj"].as_u64(),
        "{id}"
    );
    let raw: Vec<u16> = found.beats_raw().collect();
    let expected = decoded
        .get("rr_1024")
        .cloned()
        .unwrap_or_else(|| serde_json::json!([]));
    assert_eq!(serde_json::json!(raw), expected, "{id}");
    if id.contains("bogus") {
        assert_eq!(found.beats_ms().count(), 1, "{id}: 52 ms are no heart's");
    }
}

fn power(vector: &Vector) {
    let (id, decoded) = (&vector.id, &vector.decoded);
    let found = Power::parse(&vector.bytes).unwrap();
    assert_eq!(Some(u64::from(found.flags)), decoded["flags"].as_u64(), "{id}");
    assert_eq!(
        Some(i64::from(found.power_w)),
        decoded["power_w"].as_i64(),
        "{id}"
    );
    assert_eq!(
        found.torque_32nds_nm.map(u64::from),
        decoded["torque_1_32nm"].as_u64(),
        "{id}"
    );
    let crank = decoded["crank_revs"]
        .as_u64()
        .zip(decoded["crank_t1024"].as_u64());
    assert_eq!(
        found.crank.map(|(turns, time)| (turns.into(), time.into())),
        crank,
        "{id}"
    );
}
