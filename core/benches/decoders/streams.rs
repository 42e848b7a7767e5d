//! One made-up stream of each kind of pod, as bytes.
//!
//! Judges nothing. Invariant: every notification decodes, and stamps go on as a pod's would.

use plumbline_core::pod::{
    conversation::StreamSetup,
    gatt::Uuid,
    kind::PodKind,
    protocol::{
        StreamDecoder,
        lean_pod::{self, LeanPodBlock, Scale},
        movella_dot, movesense, polar, witmotion,
    },
};

/// A pod's stream.
pub(crate) struct Stream {
    /// What it is.
    pub(crate) name: &'static str,
    /// Decodes it.
    pub(crate) decoder: StreamDecoder,
    /// What it sent.
    pub(crate) notifications: Vec<(Uuid, Vec<u8>)>,
}

/// So many notifications of every stream.
pub(crate) fn streams(count: u32) -> Vec<Stream> {
    let stream = |name, kind: PodKind, characteristic: Uuid, bytes: fn(u32) -> Vec<u8>| Stream {
        name,
        decoder: StreamDecoder::new(&setup(kind)),
        notifications: (0..count).map(|nth| (characteristic, bytes(nth))).collect(),
    };
    vec![
        stream("lean_pod", PodKind::LeanPod, lean_pod::LIVE, lean_pod_block),
        stream("polar_raw", PodKind::PolarH10, polar::DATA.uuid, |nth| {
            polar_raw(nth, 36)
        }),
        stream("polar_delta", PodKind::PolarOh1, polar::DATA.uuid, |nth| {
            polar_delta(2, 1, nth)
        }),
        stream(
            "polar_joined",
            PodKind::PolarVeritySense,
            polar::DATA.uuid,
            |nth| {
                let (measurement, layout) = if nth % 2 == 0 { (2, 1) } else { (5, 0) };
                polar_delta(measurement, layout, nth / 2)
            },
        ),
        stream(
            "movesense",
            PodKind::Movesense,
            movesense::DATA.uuid,
            movesense_packet,
        ),
        stream(
            "movella_dot",
            PodKind::MovellaDot,
            movella_dot::MEDIUM.uuid,
            dot_payload,
        ),
        stream("wit_motion", PodKind::WitMotion, witmotion::DATA.uuid, wit_frames),
    ]
}

/// As each kind is asked to stream.
fn setup(kind: PodKind) -> StreamSetup {
    let can = kind.capabilities();
    StreamSetup {
        rate_hz: Some(can.chosen.rate_hz),
        accelerometer_range_g: Some(can.chosen.accelerometer_range_g),
        gyroscope_range_dps: can.gyroscope.then_some(can.chosen.gyroscope_range_dps),
        ..StreamSetup::of(kind)
    }
}

/// A value that changes as motion does.
fn value(nth: u32, k: u32) -> i16 {
    ((nth.wrapping_mul(37).wrapping_add(k * 11)) % 400) as i16 - 200
}

fn lean_pod_block(nth: u32) -> Vec<u8> {
    lean_pod::encode(&LeanPodBlock {
        boot: 1,
        sequence: nth,
        first_sample_us: u64::from(nth) * 13 * 9615,
        interval_us: 9615,
        flags: 0,
        scale: Scale::G16_DPS2000,
        temperature_c: 30,
        samples: (0..13)
            .map(|sample| std::array::from_fn(|k| value(nth, sample * 6 + k as u32)))
            .collect(),
    })
}

fn polar_head(measurement: u8, layout: u8, time_us: u64) -> Vec<u8> {
    let mut bytes = vec![measurement];
    bytes.extend((time_us * 1000).to_le_bytes());
    bytes.push(layout);
    bytes
}

fn polar_raw(nth: u32, samples: u32) -> Vec<u8> {
    let mut bytes = polar_head(2, 1, (u64::from(nth) + 1) * u64::from(samples) * 5000);
    bytes.extend((0..samples * 3).flat_map(|k| value(nth, k).to_le_bytes()));
    bytes
}

/// A reference and two blocks, of 6 and of 10 bits: 71 samples.
fn polar_delta(measurement: u8, layout: u8, nth: u32) -> Vec<u8> {
    let mut bytes = polar_head(measurement, 0x80 | layout, (u64::from(nth) + 1) * 71 * 9615);
    bytes.extend((0..3).flat_map(|k| value(nth, k).to_le_bytes()));
    for (bits, count) in [(6_u32, 40_u32), (10, 30)] {
        bytes.extend([bits as u8, count as u8]);
        let length = (bits * count * 3).div_ceil(8);
        bytes.extend((0..length).map(|k| (nth.wrapping_mul(73).wrapping_add(k * 29) % 256) as u8));
    }
    bytes
}

fn floats(nth: u32, count: u32) -> impl Iterator<Item = u8> {
    (0..count).flat_map(move |k| (f32::from(value(nth, k)) * 0.05).to_le_bytes())
}

/// Eight samples in one notification.
fn movesense_packet(nth: u32) -> Vec<u8> {
    let mut bytes = vec![2, 0x11];
    bytes.extend((nth * 77).to_le_bytes());
    bytes.extend(floats(nth, 48));
    bytes
}

fn dot_payload(nth: u32) -> Vec<u8> {
    let mut bytes = nth.wrapping_mul(16_667).to_le_bytes().to_vec();
    bytes.extend(floats(nth, 6));
    bytes
}

/// Ten joined frames.
fn wit_frames(nth: u32) -> Vec<u8> {
    let frame = |frame: u32| {
        let body = (0..9).flat_map(move |k| value(nth, frame * 9 + k).to_le_bytes());
        [0x55, 0x61].into_iter().chain(body)
    };
    (0..10).flat_map(frame).collect()
}
