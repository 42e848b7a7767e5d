//! The talk to a Movesense.

use super::*;
use crate::pod::gatt::GattError;

const NOW: Timestamp = Timestamp(0);

fn said(bytes: &[u8]) -> GattEvent {
    GattEvent::Value {
        characteristic: DATA,
        bytes: bytes.to_vec(),
    }
}

fn greeting(version: &str) -> Vec<u8> {
    let texts = format!("214230000123\0Movesense\0C00000000000\0GattApp\0{version}\0");
    [&[1, GREETING, 1], texts.as_bytes()].concat()
}

fn writes(events: &[ConversationEvent]) -> Vec<Vec<u8>> {
    let written = events.iter().filter_map(|event| match event {
        ConversationEvent::Request(GattRequest::Write { bytes, .. }) => Some(bytes.clone()),
        _ => None,
    });
    written.collect()
}

fn greeted(version: &str) -> (MovesenseTalk, Vec<ConversationEvent>) {
    let mut talk = MovesenseTalk::default();
    let events = talk.begin(NOW, &[COMMAND, DATA]);
    assert_eq!(events[0], subscribe(DATA));
    assert_eq!(writes(&events), [vec![0, GREETING]]);
    let events = talk.handle(NOW, said(&greeting(version)));
    (talk, events)
}

#[test]
fn a_greeting_leads_over_the_range_to_the_subscription() {
    let (mut talk, events) = greeted("2.3.1");
    assert!(events.contains(&ConversationEvent::About {
        model: Some("Movesense".to_owned()),
        firmware: Some("2.3.1".to_owned()),
    }));
    let events = talk.handle(NOW, said(&[1, RANGE, 200, 0, 16]));
    assert_eq!(
        writes(&events),
        [[&[1, MOTION], &b"/Meas/IMU6/104\0"[..]].concat()]
    );
    assert_eq!(talk.handle(NOW, said(&[2, MOTION, 0, 0])), [], "not yet");
    let events = talk.handle(NOW, said(&[1, MOTION, 200, 0]));
    let setup = StreamSetup {
        rate_hz: Some(104.0),
        accelerometer_range_g: Some(16.0),
        ..StreamSetup::of(PodKind::Movesense)
    };
    assert_eq!(events, [ConversationEvent::Streaming(setup)]);
    let data = talk.handle(NOW, said(&[2, MOTION, 0, 0]));
    assert!(matches!(data[..], [ConversationEvent::Data { .. }]));
    assert_eq!(
        talk.handle(NOW, said(&[1, BATTERY, 200, 0, 64])),
        [talk::battery(64)]
    );
    assert_eq!(talk.stop(), [write(COMMAND, vec![2, MOTION])]);
}

#[test]
fn each_refusal_has_its_name() {
    assert_eq!(
        MovesenseTalk::default().begin(NOW, &[]),
        refused(PodRefusal::WrongDevice)
    );
    let closed = Characteristic::new(CLOSED_SERVICE, Uuid::new(1));
    assert_eq!(
        MovesenseTalk::default().begin(NOW, &[closed]),
        refused(PodRefusal::FirmwareTooOld)
    );
    assert_eq!(greeted("2.2.1").1, refused(PodRefusal::FirmwareTooOld));
    for (status, refusal) in [
        ([0x01, 0xFB], PodRefusal::Occupied),
        ([0x99, 0x01], PodRefusal::Occupied),
        ([0x94, 0x01], PodRefusal::NoSettings),
        ([0xF4, 0x01], PodRefusal::Failed),
    ] {
        let (mut talk, _) = greeted("2.3.0");
        talk.handle(NOW, said(&[1, RANGE, 0x94, 1]));
        assert_eq!(
            talk.handle(NOW, said(&[[1, MOTION], status].concat())),
            refused(refusal)
        );
    }
    let failed = GattEvent::Failed {
        characteristic: COMMAND,
        error: GattError::ENCRYPTION,
    };
    assert_eq!(
        greeted("2.3.0").0.handle(NOW, failed),
        refused(PodRefusal::NeedsPairing)
    );
}

/// A talk that streams, and what it wrote when a run began.
fn running() -> (MovesenseTalk, Vec<Vec<u8>>) {
    let (mut talk, _) = greeted("2.3.1");
    talk.handle(NOW, said(&[1, RANGE, 200, 0, 16]));
    talk.handle(NOW, said(&[1, MOTION, 200, 0]));
    let events = talk.run(NOW, true);
    (talk, writes(&events))
}

#[test]
fn a_log_is_begun_with_the_run_and_a_pod_that_has_none_streams_all_the_same() {
    let (mut talk, list) = running();
    assert_eq!(list, [[&[4, 0x21], &b"/Mem/Logbook/Entries\0"[..]].concat()]);
    let configure = talk.handle(NOW, said(&[1, 0x21, 200, 0, 0, 0, 0, 0, 0]));
    assert_eq!(
        writes(&configure),
        [[&[6, 0x22], &b"/Meas/IMU6/104\0"[..]].concat()]
    );
    assert_eq!(
        writes(&talk.handle(NOW, said(&[1, 0x22, 200, 0]))),
        [[9, 0x23, 3]]
    );
    assert_eq!(talk.handle(NOW, said(&[1, 0x23, 200, 0])), []);
    for refused in [&[1, 0x21, 0x99, 1][..], &[1, 0x21, 0x94, 1]] {
        let (mut talk, _) = running();
        assert_eq!(talk.handle(NOW, said(refused)), [], "409 and 404");
        assert!(!talk.owes());
        let data = talk.handle(NOW, said(&[2, MOTION, 0, 0]));
        assert!(matches!(data[..], [ConversationEvent::Data { .. }]));
        assert_eq!(talk.run(NOW, false), []);
    }
    let (mut talk, _) = running();
    assert_eq!(talk.tick(NOW.plus_seconds(10.0)), [], "nor does silence end it");
    assert_eq!(talk.next_deadline(), None);
}

#[test]
fn what_nobody_asked_for_is_no_part_of_the_stream() {
    let (mut talk, _) = running();
    for reference in [0x24, 0x2A, 0x30] {
        assert_eq!(talk.handle(NOW, said(&[2, reference, 0, 0, 0, 0, 1])), []);
    }
}
