//! The talk to Polar pods, from the maker's own answers to the stream.

use super::{super::SERVICE, *};
use crate::pod::gatt::{GattError, Uuid};

const NOW: Timestamp = Timestamp(0);

fn offered() -> Vec<Characteristic> {
    vec![CONTROL, DATA, crate::pod::protocol::standard::BATTERY]
}

fn told(bytes: &[u8]) -> GattEvent {
    GattEvent::Value {
        characteristic: CONTROL,
        bytes: bytes.to_vec(),
    }
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|digit| !digit.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

/// The bytes of the writes among some events.
fn writes(events: &[ConversationEvent]) -> Vec<Vec<u8>> {
    let written = events.iter().filter_map(|event| match event {
        ConversationEvent::Request(GattRequest::Write { bytes, .. }) => Some(bytes.clone()),
        _ => None,
    });
    written.collect()
}

/// Plays a pod that answers each write by its table; gives the setup it came to, or the refusal.
fn talk_through(
    kind: PodKind,
    features: &str,
    answers: &[(&str, &str)],
) -> (PolarTalk, Vec<ConversationEvent>) {
    let mut talk = PolarTalk::new(kind);
    talk.begin(NOW, &offered());
    let mut events = talk.handle(NOW, told(&hex(features)));
    for (asked, answer) in answers {
        assert_eq!(writes(&events), [hex(asked)]);
        events = talk.handle(NOW, told(&hex(answer)));
    }
    (talk, events)
}

const H10_FEATURES: &str = "0f05000000000000000000000000000000";
const H10_SETTINGS: &str = "f0010200000004190032006400c800010110000203020004000800";

#[test]
fn an_h10_is_asked_for_all_it_can_give_and_told_to_stop() {
    let (mut talk, events) = talk_through(
        PodKind::PolarH10,
        H10_FEATURES,
        &[
            ("0102", H10_SETTINGS),
            ("0202020108000001c80001011000", "f00202000001"),
        ],
    );
    let setup = StreamSetup {
        rate_hz: Some(200.0),
        accelerometer_range_g: Some(8.0),
        ..StreamSetup::of(PodKind::PolarH10)
    };
    assert_eq!(events, [ConversationEvent::Streaming(setup)]);
    assert_eq!(talk.next_deadline(), None);
    assert_eq!(talk.stop(), [write(CONTROL, vec![3, 2])]);
    let stopped = talk.handle(NOW, told(&[1, 2]));
    assert_eq!(stopped, [ConversationEvent::Stopped]);
}

#[test]
fn both_characteristics_are_subscribed_before_anything_is_read_or_written() {
    let mut talk = PolarTalk::new(PodKind::PolarH10);
    let events = talk.begin(NOW, &offered());
    assert_eq!(events[..2], [subscribe(CONTROL), subscribe(DATA)]);
    assert_eq!(writes(&events), Vec::<Vec<u8>>::new());
}

#[test]
fn a_verity_sense_opens_its_sdk_mode_and_starts_both_sensors() {
    let acc = "f004020000 0005 1a00 3400 6800 d000 a001 0101 1000 0204 0200 0400 0800 1000 0401 03";
    let gyro = "f004050000 0005 1a00 3400 6800 d000 a001 0101 1000 0204 fa00 f401 e803 d007 0401 03";
    let (mut talk, events) = talk_through(
        PodKind::PolarVeritySense,
        "0f6e020000000000000000000000000000",
        &[
            ("0209", "f002090000"),
            ("0402", acc),
            (
                "0202 020110 00 000168 00 010110 00 040103",
                "f002020000 0501 40da7f39",
            ),
            ("0405", gyro),
            ("0205 0201d007 00016800 01011000 040103", "f002050000"),
        ],
    );
    let setup = StreamSetup {
        rate_hz: Some(104.0),
        accelerometer_range_g: Some(16.0),
        gyroscope_range_dps: Some(2000.0),
        accelerometer_factor: Some(f64::from(f32::from_bits(0x397f_da40))),
        ..StreamSetup::of(PodKind::PolarVeritySense)
    };
    assert_eq!(events, [ConversationEvent::Streaming(setup)]);
    assert_eq!(talk.stop().len(), 3);
}

#[test]
fn each_refusal_has_its_name() {
    let begin = |offered: &[Characteristic]| PolarTalk::new(PodKind::PolarH10).begin(NOW, offered);
    assert_eq!(begin(&[]), refused(PodRefusal::WrongDevice));
    let old = Characteristic::new(SERVICE, BEFORE_PMD);
    assert_eq!(begin(&[old]), refused(PodRefusal::FirmwareTooOld));
    for (answer, refusal) in [
        ("f00102070d00", PodRefusal::NoSettings),
        ("f001020d00", PodRefusal::OnCharger),
        ("f001020c00", PodRefusal::Occupied),
        ("f001020300", PodRefusal::NoMotion),
        ("f001020000", PodRefusal::NoSettings),
        ("f0010263", PodRefusal::Failed),
    ] {
        let (_, events) = talk_through(PodKind::PolarH10, H10_FEATURES, &[("0102", answer)]);
        assert_eq!(events, refused(refusal), "{answer}");
    }
    let mut talk = PolarTalk::new(PodKind::PolarH10);
    talk.begin(NOW, &offered());
    for (error, refusal) in [
        (GattError::AUTHENTICATION, PodRefusal::NeedsPairing),
        (GattError::ENCRYPTION, PodRefusal::NeedsPairing),
        (GattError::Attribute(0x80), PodRefusal::Failed),
    ] {
        let failed = GattEvent::Failed {
            characteristic: CONTROL,
            error,
        };
        assert_eq!(talk.handle(NOW, failed), refused(refusal));
    }
}

#[test]
fn a_pod_that_streams_still_from_before_is_taken_as_it_is() {
    let (_, events) = talk_through(
        PodKind::PolarH10,
        H10_FEATURES,
        &[
            ("0102", H10_SETTINGS),
            ("0202020108000001c80001011000", "f0020206"),
        ],
    );
    assert!(
        matches!(events[..], [ConversationEvent::Streaming(_)]),
        "{events:?}"
    );
}

#[test]
fn a_silent_pod_is_asked_twice_and_then_named() {
    let mut talk = PolarTalk::new(PodKind::PolarH10);
    talk.begin(NOW, &offered());
    let first = talk.next_deadline().unwrap();
    assert_eq!(talk.tick(Timestamp(first.0 - 1)), []);
    assert_eq!(talk.tick(first).len(), 1);
    let second = talk.next_deadline().unwrap();
    assert_eq!(talk.tick(second), refused(PodRefusal::NoAnswer));
    assert_eq!(talk.next_deadline(), None);
}

#[test]
fn a_battery_beside_the_stream_is_told_and_its_failure_is_nothing() {
    let mut talk = PolarTalk::new(PodKind::PolarH10);
    talk.begin(NOW, &offered());
    let battery = Characteristic::new(Uuid::short(0x180F), Uuid::short(0x2A19));
    let level = GattEvent::Value {
        characteristic: battery,
        bytes: vec![77],
    };
    assert_eq!(
        talk.handle(NOW, level),
        [ConversationEvent::Battery { percent: 77 }]
    );
    let failed = GattEvent::Failed {
        characteristic: battery,
        error: GattError::AUTHENTICATION,
    };
    assert_eq!(talk.handle(NOW, failed), []);
}
