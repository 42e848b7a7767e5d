//! The talk to a `WitMotion` pod.

use super::*;

fn written(events: &[ConversationEvent]) -> Vec<u8> {
    match events {
        [ConversationEvent::Request(GattRequest::Write { bytes, .. })] => bytes.clone(),
        other => panic!("{other:?}"),
    }
}

fn registers(register: u8, value: u8) -> GattEvent {
    let mut bytes = vec![0; LENGTH];
    bytes[..5].copy_from_slice(&[0x55, 0x71, register, 0, value]);
    GattEvent::Value {
        characteristic: DATA,
        bytes,
    }
}

/// The commands sent after the subscription, each at the moment the one before allows.
fn commands() -> (WitTalk, Vec<(i64, Vec<u8>)>) {
    let mut talk = WitTalk::default();
    let begun = talk.begin(Timestamp(0), &[DATA, COMMAND]);
    assert_eq!(begun, [subscribe(DATA)]);
    let first = talk.handle(Timestamp(0), GattEvent::Subscribed { characteristic: DATA });
    let mut sent = vec![(0, written(&first))];
    for _ in 1..WitTalk::COMMANDS.len() {
        let now = talk.next_deadline().unwrap();
        sent.push((now.0, written(&talk.tick(now))));
    }
    (talk, sent)
}

#[test]
fn commands_keep_their_distance_and_the_rate_read_back_is_that_of_the_stream() {
    let (mut talk, sent) = commands();
    let bytes: Vec<_> = sent.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    assert_eq!(bytes, WitTalk::COMMANDS);
    assert!(sent.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 100_000));
    let events = talk.handle(Timestamp(1), registers(command::RATE, 0x08));
    assert!(matches!(
        events[..],
        [ConversationEvent::Streaming(StreamSetup {
            rate_hz: Some(50.0),
            ..
        })]
    ));
    assert_eq!(talk.next_deadline(), None);
    let data = talk.handle(
        Timestamp(2),
        GattEvent::Value {
            characteristic: DATA,
            bytes: vec![0x55, 0x61],
        },
    );
    assert!(matches!(data[..], [ConversationEvent::Data { .. }]));
}

#[test]
fn a_pod_that_never_tells_its_rate_is_believed_to_have_taken_it() {
    let (mut talk, _) = commands();
    let due = talk.next_deadline().unwrap();
    let events = talk.tick(due);
    assert!(matches!(
        events[..],
        [ConversationEvent::Streaming(StreamSetup {
            rate_hz: Some(100.0),
            ..
        })]
    ));
    assert_eq!(
        WitTalk::default().begin(due, &[DATA]),
        refused(PodRefusal::WrongDevice)
    );
}
