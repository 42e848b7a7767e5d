//! What the fuzz targets do with any bytes: decode, place in time, talk, and check that nothing impossible comes out.
//!
//! Finds no bytes itself. Invariant: a target panics only where the core breaks one of its own.

pub mod seeds;

use plumbline_core::{
    pod::{
        conversation::StreamSetup,
        gatt::{Characteristic, GattError, GattEvent, Uuid},
        kind::PodKind,
        protocol::{conversation, lean_pod, metawear, movella_dot, movesense, polar, standard, witmotion},
    },
    session::stream::PodStream,
    units::Timestamp,
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);

/// Notifications of a pod of one of these kinds: after a byte that chooses kind and setup, each is a byte of time in
/// milliseconds, a byte of length, and so many bytes. A Lean Pod's checksum is made right, else no fuzzer gets past it.
pub fn stream(kinds: &[PodKind], input: &[u8]) {
    let Some((&choice, mut rest)) = input.split_first() else {
        return;
    };
    let kind = kinds[usize::from(choice) % kinds.len()];
    let mut stream = PodStream::default();
    stream.connected(&setup(kind, choice & 0x80 != 0));
    let (mut now, mut last_s) = (START, f64::NEG_INFINITY);
    while let Some((&[wait, length], behind)) = rest.split_first_chunk::<2>() {
        let (bytes, next) = behind.split_at(usize::from(length).min(behind.len()));
        now = now.plus_seconds(f64::from(wait) * 1e-3);
        let sealed = sealed(kind, bytes);
        for &characteristic in characteristics(kind) {
            stream.take(now, START, characteristic, &sealed, |sample| {
                assert!(sample.specific_force.is_finite());
                assert!(sample.angular_velocity.is_none_or(|turn| turn.is_finite()));
                let time_s = sample.time_s;
                assert!(time_s.is_finite() && time_s > last_s, "{time_s} s after {last_s} s");
                last_s = sample.time_s;
            });
        }
        assert!((0.0..=1.0).contains(&stream.missing()));
        let _ = (stream.fault(), stream.rate_hz());
        rest = next;
    }
}

/// Every decoder of a single value.
pub fn values(input: &[u8]) {
    let _ = standard::battery(input);
    let _ = standard::text(input);
    let _ = standard::CurrentTime::parse(input);
    let _ = standard::running::RunningSpeed::parse(input).map(|running| running.cadence());
    let _ = standard::heart_rate::HeartRate::parse(input).map(|heart| heart.beats_ms().sum::<f64>());
    let _ = standard::power::Power::parse(input);
    let _ = metawear::Notification::parse(input);
    let _ = movella_dot::message::Message::parse(input);
    let _ = movella_dot::export::Exported::parse(input);
    let _ = movesense::packet::ecg(input).map(|(_, samples)| samples.count());
    let _ = movesense::packet::temperature(input);
    let _ = movesense::packet::heart_rate(input).map(|(_, beats)| beats.count());
    let _ = movesense::command::logbook(input).count();
    let _ = movesense::log::chunks(input, |_| {});
    for sensors in 0..4 {
        let _ = movesense::packet::Packet::parse(input, sensors).map(|packet| packet.array(sensors).count());
    }
    if let Ok(data) = polar::frame::DataFrame::parse(input) {
        let mut samples = 0_usize;
        let _ = data.triples(|_| samples += 1);
        let _ = data.calibrated_magnetometer(|_| samples += 1);
        let _ = data.ecg(|_| samples += 1);
        let _ = data.beats(|_| samples += 1);
        assert!(samples <= 8 * input.len() + 4);
    }
    if let Some((_, _, settings)) = polar::control::read_request(input) {
        let _ = (
            settings.values(polar::control::Setting::RateHz).count(),
            settings.factor(),
        );
    }
    if let Ok(block) = lean_pod::decode(input) {
        assert_eq!(lean_pod::decode(&lean_pod::encode(&block)), Ok(block));
    }
}

/// A talk: a byte that chooses the kind, then what the pod says: a byte of what, a byte of length, and the bytes.
pub fn talks(input: &[u8]) {
    let Some((&choice, mut rest)) = input.split_first() else {
        return;
    };
    let kind = PodKind::ALL[usize::from(choice) % PodKind::ALL.len()];
    let Some(mut talk) = conversation(kind) else {
        return;
    };
    let mut now = START;
    let offered = offered();
    talk.begin(now, &offered);
    while let Some((&[what, length], behind)) = rest.split_first_chunk::<2>() {
        let (bytes, next) = behind.split_at(usize::from(length).min(behind.len()));
        now = now.plus_seconds(f64::from(what));
        let characteristic = offered[usize::from(what >> 2) % offered.len()];
        let event = match what & 3 {
            0 => GattEvent::Subscribed { characteristic },
            1 => GattEvent::Wrote { characteristic },
            2 => GattEvent::Failed {
                characteristic,
                error: GattError::Attribute(length),
            },
            _ => GattEvent::Value {
                characteristic,
                bytes: bytes.to_vec(),
            },
        };
        talk.run(now, what & 0x20 != 0);
        talk.handle(now, event);
        if talk.next_deadline().is_some_and(|due| due <= now) {
            talk.tick(now);
        }
        rest = next;
    }
    let _ = (talk.identify(), talk.stop(), talk.owes());
}

fn setup(kind: PodKind, said: bool) -> StreamSetup {
    let can = kind.capabilities();
    if !said {
        return StreamSetup::of(kind);
    }
    StreamSetup {
        rate_hz: Some(can.chosen.rate_hz),
        accelerometer_range_g: Some(can.chosen.accelerometer_range_g),
        gyroscope_range_dps: can.gyroscope.then_some(can.chosen.gyroscope_range_dps),
        accelerometer_factor: Some(0.000_244),
        ..StreamSetup::of(kind)
    }
}

fn characteristics(kind: PodKind) -> &'static [Uuid] {
    match kind {
        PodKind::PolarH10 | PodKind::PolarVeritySense | PodKind::PolarOh1 => &[polar::DATA.uuid],
        PodKind::Movesense => &[movesense::DATA.uuid],
        PodKind::MovellaDot => &[movella_dot::MEDIUM.uuid, movella_dot::LONG.uuid],
        PodKind::WitMotion => &[witmotion::DATA.uuid],
        _ => &[lean_pod::LIVE, lean_pod::TIME],
    }
}

fn offered() -> Vec<Characteristic> {
    let lean_pod = [
        lean_pod::INFO,
        lean_pod::CONTROL,
        lean_pod::LIVE,
        lean_pod::BACKFILL,
        lean_pod::STATUS,
    ];
    let mut offered = vec![
        polar::CONTROL,
        polar::DATA,
        movesense::COMMAND,
        movesense::DATA,
        movella_dot::DEVICE_CONTROL,
        movella_dot::MEASUREMENT_CONTROL,
        movella_dot::MEDIUM,
        movella_dot::BATTERY,
        witmotion::COMMAND,
        witmotion::DATA,
        standard::BATTERY,
        standard::FIRMWARE,
    ];
    offered.extend(lean_pod.map(|uuid| Characteristic::new(lean_pod::SERVICE, uuid)));
    offered
}

/// A block of a Lean Pod with its checksum; other bytes as they are.
fn sealed(kind: PodKind, bytes: &[u8]) -> Vec<u8> {
    let mut sealed = bytes.to_vec();
    if matches!(kind, PodKind::LeanPod | PodKind::Phone)
        && let Some((content, checksum)) = sealed.split_last_chunk_mut::<2>()
    {
        *checksum = crc16(content).to_le_bytes();
    }
    sealed
}

/// CRC-16/IBM-3740, bit by bit.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc: u16, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x1021
            }
        })
    })
}
