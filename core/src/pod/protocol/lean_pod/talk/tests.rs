//! The talk to a Lean Pod.

use super::{
    super::{SERVICE, Scale, encode},
    *,
};
use crate::pod::gatt::GattError;

const NOW: Timestamp = Timestamp(0);

fn of(uuid: Uuid) -> Characteristic {
    Characteristic::new(SERVICE, uuid)
}

fn block(sequence: u32) -> Vec<u8> {
    encode(&LeanPodBlock {
        boot: 7,
        sequence,
        first_sample_us: u64::from(sequence) * 9615,
        interval_us: 9615,
        flags: 0,
        scale: Scale::G16,
        temperature_c: 20,
        samples: vec![[1; 6]],
    })
}

fn value(uuid: Uuid, bytes: Vec<u8>) -> GattEvent {
    GattEvent::Value {
        characteristic: of(uuid),
        bytes,
    }
}

fn subscribed(uuid: Uuid) -> GattEvent {
    GattEvent::Subscribed {
        characteristic: of(uuid),
    }
}

fn requests(events: &[ConversationEvent]) -> Vec<Uuid> {
    let asked = events.iter().filter_map(|event| match event {
        ConversationEvent::Request(request) => Some(request.characteristic().uuid),
        _ => None,
    });
    asked.collect()
}

#[test]
fn a_pod_with_live_alone_streams() {
    let mut talk = LeanPodTalk::default();
    assert_eq!(requests(&talk.begin(NOW, &[of(LIVE)])), [LIVE]);
    let events = talk.handle(NOW, subscribed(LIVE));
    assert!(matches!(events[..], [ConversationEvent::Streaming(_)]));
    talk.handle(NOW, value(LIVE, block(0)));
    assert_eq!(requests(&talk.handle(NOW, value(LIVE, block(9)))), []);
    assert!(talk.identify().is_empty());
}

#[test]
fn a_block_that_comes_before_the_word_of_the_subscription_is_not_lost() {
    let mut talk = LeanPodTalk::default();
    talk.begin(NOW, &[of(LIVE)]);
    let events = talk.handle(NOW, value(LIVE, block(0)));
    assert!(matches!(
        events[..],
        [ConversationEvent::Streaming(_), ConversationEvent::Data { .. }]
    ));
    assert_eq!(talk.handle(NOW, subscribed(LIVE)), []);
}

#[test]
fn a_hole_in_live_is_asked_for_and_its_blocks_are_handed_on() {
    let mut talk = LeanPodTalk::default();
    let first = talk.begin(NOW, &[of(INFO), of(CONTROL), of(LIVE), of(BACKFILL)]);
    assert_eq!(requests(&first), [LIVE, CONTROL, BACKFILL, INFO]);
    talk.handle(NOW, subscribed(LIVE));
    talk.handle(NOW, value(LIVE, block(0)));
    talk.handle(NOW, value(LIVE, block(3)));
    assert_eq!(requests(&talk.handle(NOW, subscribed(CONTROL))), []);
    assert_eq!(requests(&talk.handle(NOW, subscribed(BACKFILL))), [CONTROL]);
    let stored = talk.handle(NOW, value(BACKFILL, block(1)));
    let data = ConversationEvent::Data {
        characteristic: BACKFILL,
        bytes: block(1),
    };
    assert_eq!(stored, [data]);
    assert_eq!(
        talk.memory().map(|memory| memory.blocks.missing_blocks()),
        Some(1)
    );
    assert!(talk.owes());
}

#[test]
fn a_pod_is_asked_for_its_clock_every_ten_seconds_while_blocks_come_and_answers_once() {
    let mut talk = LeanPodTalk::default();
    talk.begin(NOW, &[of(LIVE), of(TIME)]);
    assert_eq!(requests(&talk.handle(NOW, value(LIVE, block(0)))), []);
    talk.handle(NOW, subscribed(TIME));
    let at = |seconds| Timestamp(0x1_2345_6789).plus_seconds(seconds);
    let question = ConversationEvent::Request(GattRequest::Write {
        characteristic: of(TIME),
        bytes: vec![0x89, 0x67, 0x45, 0x23],
        with_response: false,
    });
    assert!(talk.handle(at(0.0), value(LIVE, block(1))).contains(&question));
    assert_eq!(requests(&talk.handle(at(9.9), value(LIVE, block(2)))), []);
    let echo = || value(TIME, vec![0; 18]);
    assert!(matches!(
        talk.handle(at(9.9), echo())[..],
        [ConversationEvent::Data { .. }]
    ));
    assert_eq!(talk.handle(at(9.9), echo()), [], "nobody asked");
    assert_eq!(requests(&talk.handle(at(10.0), value(LIVE, block(3)))), [TIME]);
}

#[test]
fn a_pod_that_wants_pairing_or_is_none_is_refused() {
    let mut talk = LeanPodTalk::default();
    talk.begin(NOW, &[of(LIVE)]);
    let failed = GattEvent::Failed {
        characteristic: of(LIVE),
        error: GattError::AUTHENTICATION,
    };
    let refused = talk.handle(NOW, failed);
    assert_eq!(refused, [ConversationEvent::Refused(PodRefusal::NeedsPairing)]);
    let stranger = LeanPodTalk::default().begin(NOW, &[of(INFO)]);
    assert_eq!(stranger, [ConversationEvent::Refused(PodRefusal::WrongDevice)]);
}

#[test]
fn a_failure_beside_live_changes_nothing_and_the_battery_is_told() {
    let mut talk = LeanPodTalk::default();
    talk.begin(NOW, &[of(LIVE), of(STATUS)]);
    let failed = GattEvent::Failed {
        characteristic: of(STATUS),
        error: GattError::NotFound,
    };
    assert_eq!(talk.handle(NOW, failed), []);
    let status = PodStatus {
        battery_percent: Some(80),
        ..PodStatus::default()
    };
    let told = talk.handle(NOW, value(STATUS, status.encode()));
    assert_eq!(told, [ConversationEvent::Battery { percent: 80 }]);
}
