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
