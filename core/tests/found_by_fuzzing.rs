//! What fuzzing found once stays mended: the very bytes, through the decoder and the clock.

use plumbline_core::{
    pod::{conversation::StreamSetup, kind::PodKind, protocol::movella_dot},
    session::stream::PodStream,
    units::Timestamp,
};

/// The sum of a stamp and its offset was rounded up: later in microseconds, the same instant in seconds.
#[test]
fn no_instant_is_given_twice_to_a_dot_whose_stamps_leap() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/fuzz/movella_dot_same_instant"
    );
    #[allow(clippy::disallowed_methods, reason = "a test reads its fixture")]
    let input = std::fs::read(path).expect("the fixture lies beside the tests");
    let can = PodKind::MovellaDot.capabilities();
    let mut stream = PodStream::default();
    stream.connected(&StreamSetup {
        rate_hz: Some(can.chosen.rate_hz),
        accelerometer_range_g: Some(can.chosen.accelerometer_range_g),
        gyroscope_range_dps: Some(can.chosen.gyroscope_range_dps),
        ..StreamSetup::of(PodKind::MovellaDot)
    });
    let start = Timestamp(1_800_000_000_000_000);
    let (mut now, mut last_s, mut samples) = (start, f64::NEG_INFINITY, 0);
    // Behind a byte that chose the pod: milliseconds since the notification before, its length, its bytes.
    let mut rest = input.get(1..).unwrap_or_default();
    while let Some((&[wait, length], behind)) = rest.split_first_chunk::<2>() {
        let (bytes, next) = behind.split_at(usize::from(length).min(behind.len()));
        now = now.plus_seconds(f64::from(wait) * 1e-3);
        for characteristic in [movella_dot::MEDIUM, movella_dot::LONG] {
            stream.take(now, start, characteristic.uuid, bytes, |sample| {
                assert!(sample.time_s > last_s, "{} s after {last_s} s", sample.time_s);
                last_s = sample.time_s;
                samples += 1;
            });
        }
        rest = next;
    }
    assert!(samples > 1, "{samples}");
}
