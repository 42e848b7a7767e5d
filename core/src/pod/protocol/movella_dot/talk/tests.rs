//! The talk to a DOT.

use super::*;
use crate::pod::gatt::GattError;

const NOW: Timestamp = Timestamp(0);

#[test]
fn rate_and_filter_are_set_and_the_payload_subscribed_before_the_start() {
    let mut talk = DotTalk::default();
    let events = talk.begin(NOW, &[BATTERY, DEVICE_CONTROL, MEASUREMENT_CONTROL, MEDIUM]);
    let mut settings = vec![0; 32];
    settings[0] = 0x30;
    settings[24] = 60;
    settings[26] = 1;
    let expected = [
        subscribe(BATTERY),
        read(BATTERY),
        ConversationEvent::Request(write(DEVICE_CONTROL, settings)),
        subscribe(MEDIUM),
        ConversationEvent::Request(write(MEASUREMENT_CONTROL, vec![1, 1, 21])),
    ];
    assert_eq!(events, expected);
    let wrote = GattEvent::Wrote {
        characteristic: MEASUREMENT_CONTROL,
    };
    let streaming = talk.handle(NOW, wrote);
    let setup = StreamSetup {
        rate_hz: Some(60.0),
        accelerometer_range_g: Some(16.0),
        gyroscope_range_dps: Some(2000.0),
        ..StreamSetup::of(PodKind::MovellaDot)
    };
    assert_eq!(streaming, [ConversationEvent::Streaming(setup)]);
    assert_eq!(talk.stop(), [write(MEASUREMENT_CONTROL, vec![1, 0, 21])]);
    assert!(
        matches!(&talk.identify()[..], [GattRequest::Write { bytes, .. }] if bytes[..2] == [1, 1] && bytes.len() == 32)
    );
}

#[test]
fn settings_that_are_refused_do_not_end_the_talk_and_a_start_that_is_does() {
    let mut talk = DotTalk::default();
    talk.begin(NOW, &[DEVICE_CONTROL, MEASUREMENT_CONTROL, MEDIUM]);
    let failed = |characteristic| GattEvent::Failed {
        characteristic,
        error: GattError::Attribute(0x80),
    };
    assert_eq!(talk.handle(NOW, failed(DEVICE_CONTROL)), []);
    assert_eq!(
        talk.handle(NOW, failed(MEASUREMENT_CONTROL)),
        refused(PodRefusal::Failed)
    );
    assert_eq!(
        DotTalk::default().begin(NOW, &[MEDIUM]),
        refused(PodRefusal::WrongDevice)
    );
}
