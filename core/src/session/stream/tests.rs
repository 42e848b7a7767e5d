use super::*;
use crate::pod::protocol::{
    lean_pod::{LeanPodBlock, NO_TEMPERATURE, Scale, encode},
    witmotion,
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);
/// Samples in a block, and microseconds between them.
const SAMPLES: u32 = 10;
const INTERVAL_US: u32 = 9_600;

/// Block `sequence` of a pod at rest, its noise from `noise`.
fn block(sequence: u32, scale: Scale, noise: impl Fn(u32) -> i16) -> Vec<u8> {
    let first = sequence * SAMPLES;
    encode(&LeanPodBlock {
        boot: 1,
        sequence,
        first_sample_us: u64::from(first * INTERVAL_US),
        interval_us: INTERVAL_US as u16,
        flags: 0,
        scale,
        temperature_c: NO_TEMPERATURE,
        samples: (first..first + SAMPLES)
            .map(|k| [noise(k), 2048, 0, 0, 0, noise(k)])
            .collect(),
    })
}

/// When block `sequence` arrives.
fn arrival(sequence: u32) -> Timestamp {
    START.plus_seconds(f64::from((sequence + 1) * SAMPLES * INTERVAL_US) * 1e-6)
}

/// A stream that took so many blocks.
fn heard(blocks: u32, scale: Scale, noise: impl Fn(u32) -> i16 + Copy) -> PodStream {
    let mut stream = PodStream::default();
    stream.connected(&StreamSetup::of(PodKind::LeanPod));
    for sequence in 0..blocks {
        stream.accept(arrival(sequence), START, &block(sequence, scale, noise), |_| {});
    }
    stream
}

fn noise(k: u32) -> i16 {
    (k % 7) as i16
}

fn doubts(stream: &PodStream) -> Vec<Doubt> {
    stream.doubts().collect()
}

#[test]
fn what_a_stream_shows_outweighs_what_its_kind_promises() {
    assert_eq!(doubts(&heard(20, Scale::G16_DPS2000, noise)), []);
    assert_eq!(doubts(&heard(20, Scale::G16, noise)), [Doubt::NoGyroscope]);
    let mut sense = PodStream::default();
    sense.connected(&StreamSetup {
        accelerometer_range_g: Some(8.0),
        ..StreamSetup::of(PodKind::PolarVeritySense)
    });
    let narrow = [Doubt::LowRange, Doubt::NoSequence, Doubt::NoChecksum];
    assert_eq!(doubts(&sense), narrow, "its kind has 16 g");
}

#[test]
fn a_pod_that_stamps_nothing_is_timed_by_arrival_and_says_so() {
    let mut stream = PodStream::default();
    stream.connected(&StreamSetup {
        rate_hz: Some(50.0),
        ..StreamSetup::of(PodKind::WitMotion)
    });
    for k in 0..500_u16 {
        let mut bytes = vec![0x55, 0x61];
        let counts = [k % 7, 2048, 0, 0, 0, k % 5, 0, 0, 0];
        bytes.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
        let at = START.plus_seconds(f64::from(k) / 50.0);
        stream.take(at, START, witmotion::DATA.uuid, &bytes, |_| {});
    }
    assert!(stream.timed_by_arrival());
    let told = [
        Doubt::NoStamps,
        Doubt::LowRate,
        Doubt::NoSequence,
        Doubt::NoChecksum,
    ];
    assert_eq!(doubts(&stream), told);
    for language in ["en", "de"] {
        let sentences = stream.told_doubts(&Words::new(language));
        assert!(
            sentences.iter().all(|sentence| sentence.ends_with('.')),
            "{sentences:?}"
        );
    }
}

#[test]
fn a_hanging_sensor_and_unknown_bytes_are_a_trouble_with_what_to_do() {
    let words = Words::new("en");
    assert_eq!(heard(20, Scale::G16, noise).trouble(&words), None);
    let hanging = heard(20, Scale::G16, |_| 5);
    assert_eq!(
        hanging.trouble(&words).as_deref(),
        Some("Its sensor hangs. Switch it off and on.")
    );
    let mut strange = PodStream::default();
    for nth in 0..20 {
        let mut bytes = block(nth, Scale::G16, noise);
        bytes[0] = 9;
        strange.accept(arrival(nth), START, &bytes, |_| {});
    }
    let read = "I cannot read its data. Update its firmware, or this app.";
    assert_eq!(strange.trouble(&words).as_deref(), Some(read));
    assert!(strange.was_unreadable());
    strange.accept(arrival(20), START, &block(20, Scale::G16, noise), |_| {});
    assert_eq!(strange.trouble(&words), None);
    assert!(strange.was_unreadable(), "the report tells it all the same");
}
