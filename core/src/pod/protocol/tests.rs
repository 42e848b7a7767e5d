//! Streams of whole notifications through the decoders: what comes out, and that any bytes do no harm.

use glam::DVec3;
use proptest::prelude::*;

use super::*;
use crate::{
    pod::frame::{FrameStamp, StampKind},
    units::GRAVITY,
};

fn setup(kind: PodKind) -> StreamSetup {
    let can = kind.capabilities();
    StreamSetup {
        rate_hz: Some(can.chosen.rate_hz),
        accelerometer_range_g: Some(can.chosen.accelerometer_range_g),
        gyroscope_range_dps: can.gyroscope.then_some(can.chosen.gyroscope_range_dps),
        ..StreamSetup::of(kind)
    }
}

fn frames(
    decoder: &mut StreamDecoder,
    characteristic: Uuid,
    bytes: &[u8],
) -> Result<Vec<PodFrame>, FrameError> {
    let mut frames = Vec::new();
    decoder
        .decode(characteristic, bytes, &mut |frame| frames.push(frame.clone()))
        .map(|()| frames)
}

fn near(found: DVec3, expected: DVec3) {
    assert!((found - expected).length() < 1e-9, "{found} and {expected}");
}

/// A raw frame of Polar's accelerometer, milli-g.
fn polar_raw(time_us: u64, samples: &[[i16; 3]]) -> Vec<u8> {
    let mut bytes = vec![2];
    bytes.extend((time_us * 1000).to_le_bytes());
    bytes.push(1);
    bytes.extend(samples.iter().flatten().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// A compressed frame of one reference and differences of 8 bits.
fn polar_delta(measurement: u8, layout: u8, time_us: u64, samples: &[[i16; 3]]) -> Vec<u8> {
    let mut bytes = vec![measurement];
    bytes.extend((time_us * 1000).to_le_bytes());
    bytes.push(0x80 | layout);
    bytes.extend(samples[0].iter().flat_map(|value| value.to_le_bytes()));
    bytes.extend([8, samples.len() as u8 - 1]);
    for pair in samples.windows(2) {
        bytes.extend((0..3).map(|k| (pair[1][k] - pair[0][k]) as u8));
    }
    bytes
}

#[test]
fn an_h10s_frame_bears_its_stamp_at_the_last_sample_and_knows_no_rotation() {
    let mut decoder = StreamDecoder::new(&setup(PodKind::PolarH10));
    let bytes = polar_raw(7_000_000, &[[0, 0, 1000], [0, -500, 7970]]);
    let found = frames(&mut decoder, polar::DATA.uuid, &bytes).unwrap();
    let [frame] = &found[..] else { panic!("{found:?}") };
    assert_eq!((frame.stamp, frame.number), (FrameStamp::last(7_000_000), None));
    assert_eq!(
        (frame.sample_interval_us, frame.clipped),
        (5000.0, true),
        "7.97 of 8 g"
    );
    near(
        frame.samples[1].specific_force,
        DVec3::new(0.0, -0.5, 7.97) * GRAVITY,
    );
    assert_eq!(frame.samples[1].angular_velocity, None);
    assert!(
        !frames(
            &mut decoder,
            polar::DATA.uuid,
            &polar_raw(7_180_000, &[[0, 0, 7900]])
        )
        .unwrap()[0]
            .clipped
    );
}

#[test]
fn a_verity_senses_two_sensors_become_one_stream_on_the_pods_clock() {
    let mut decoder = StreamDecoder::new(&StreamSetup {
        rate_hz: Some(100.0),
        gyroscope_factor: Some(1.0),
        ..setup(PodKind::PolarVeritySense)
    });
    let data = polar::DATA.uuid;
    // Rotation is the time in hundredths of a second, on a grid 4 ms beside that of the accelerometer.
    let gyro = |frame: i16| {
        let samples: Vec<[i16; 3]> = (0..20).map(|k| [frame * 20 + k, 0, 0]).collect();
        polar_delta(
            5,
            0,
            1_000_000 + (frame as u64 * 20 + 19) * 10_000 - 4000,
            &samples,
        )
    };
    let acc = |frame: u64| polar_delta(2, 1, 1_000_000 + (frame * 15 + 14) * 10_000, &[[0, 0, 1000]; 15]);
    let mut samples = Vec::new();
    let mut next_us = None;
    for step in 0..20 {
        let mut sent = vec![acc(step)];
        if step * 15 % 20 < 15 {
            sent.push(gyro((step * 15 / 20) as i16));
        }
        for bytes in sent {
            for frame in frames(&mut decoder, data, &bytes).unwrap() {
                assert_eq!(frame.stamp.kind, StampKind::FirstSample);
                let first_us = frame.stamp.us as f64;
                assert!(
                    next_us.is_none_or(|next_us: f64| (first_us - next_us).abs() < 1.5),
                    "no hole"
                );
                next_us = Some(first_us + frame.samples.len() as f64 * 1e4);
                for (k, sample) in frame.samples.iter().enumerate() {
                    samples.push((first_us + k as f64 * 1e4 - 1e6, *sample));
                }
            }
        }
    }
    assert!(samples.len() > 250, "{}", samples.len());
    for (at_us, sample) in samples {
        near(sample.specific_force, DVec3::Z * GRAVITY);
        let turn = sample.angular_velocity.unwrap().x.to_degrees();
        assert!(
            (turn - (at_us + 4000.0) / 1e4).abs() < 0.01,
            "{turn} at {at_us} us"
        );
    }
}

#[test]
fn a_gyroscope_at_another_rate_than_the_accelerometer_is_joined_all_the_same() {
    let mut decoder = StreamDecoder::new(&StreamSetup {
        rate_hz: Some(100.0),
        gyroscope_factor: Some(1.0),
        ..setup(PodKind::PolarVeritySense)
    });
    let mut last = None;
    for frame in 0..40_u64 {
        let at_us =
            |samples: u64, interval_us: u64| 1_000_000 + (frame * samples + samples - 1) * interval_us;
        // Twenty samples of 10 ms and ten of 20 ms; rotation is the time in fiftieths of a second.
        let turning: Vec<[i16; 3]> = (0..10).map(|k| [frame as i16 * 10 + k, 0, 0]).collect();
        let sent = [
            polar_raw(at_us(20, 10_000), &[[0, 0, 1000]; 20]),
            polar_delta(5, 0, at_us(10, 20_000), &turning),
        ];
        for bytes in sent {
            for found in frames(&mut decoder, polar::DATA.uuid, &bytes).unwrap() {
                let end_us =
                    found.stamp.us as f64 + (found.samples.len() - 1) as f64 * found.sample_interval_us;
                last = Some((end_us - 1e6, *found.samples.last().unwrap()));
            }
        }
    }
    let (at_us, sample) = last.unwrap();
    let turn = sample.angular_velocity.unwrap().x.to_degrees();
    assert!((turn - at_us / 2e4).abs() < 0.01, "{turn} at {at_us} us");
}

#[test]
fn where_the_gyroscope_stays_away_the_accelerometer_goes_on_alone_and_a_hole_in_it_is_a_hole() {
    let mut decoder = StreamDecoder::new(&StreamSetup {
        rate_hz: Some(100.0),
        ..setup(PodKind::PolarVeritySense)
    });
    let data = polar::DATA.uuid;
    let at_us = |frame: u64| 1_000_000 + (frame * 20 + 19) * 10_000;
    let (mut alone, mut joined) = (0, 0);
    for frame in 0..100 {
        let mut sent = vec![polar_raw(at_us(frame), &[[0, 0, 1000]; 20])];
        // One frame of the gyroscope is lost, then it falls silent.
        if frame < 50 && frame != 20 {
            sent.push(polar_delta(5, 0, at_us(frame), &[[1, 2, 3]; 20]));
        }
        for bytes in sent {
            for frame in frames(&mut decoder, data, &bytes).unwrap() {
                let known = frame
                    .samples
                    .iter()
                    .filter(|sample| sample.angular_velocity.is_some())
                    .count();
                joined += known;
                alone += frame.samples.len() - known;
            }
        }
    }
    // The hole takes its own samples and those beside it, whose neighbours lie too far apart.
    assert!((970..=980).contains(&joined), "{joined}");
    assert!(
        (740..=760).contains(&alone),
        "{alone} of a thousand, the last two and a half seconds wait still"
    );
}

/// A Movesense payload of so many samples.
fn movesense_payload(stamp_ms: u32, samples: usize) -> Vec<u8> {
    let mut bytes = stamp_ms.to_le_bytes().to_vec();
    for values in [[0.0, 0.0, 9.81], [90.0, 0.0, 0.0]] {
        for _ in 0..samples {
            bytes.extend(values.iter().flat_map(|value: &f32| value.to_le_bytes()));
        }
    }
    bytes
}

#[test]
fn a_movesense_packet_in_two_parts_is_one_frame_and_half_of_one_is_none() {
    let mut decoder = StreamDecoder::new(&setup(PodKind::Movesense));
    let payload = movesense_payload(5000, 8);
    let part = |kind: u8, bytes: &[u8]| [&[kind, 0x11], bytes].concat();
    let data = movesense::DATA.uuid;
    for _ in 0..2 {
        assert_eq!(
            frames(&mut decoder, data, &part(2, &payload[..150])),
            Ok(Vec::new())
        );
        let found = frames(&mut decoder, data, &part(3, &payload[150..])).unwrap();
        assert_eq!(
            (found.len(), found[0].samples.len(), found[0].stamp.us),
            (1, 8, 5_000_000)
        );
        near(
            found[0].samples[7].angular_velocity.unwrap(),
            DVec3::X * 90_f64.to_radians(),
        );
    }
    assert_eq!(
        frames(&mut decoder, data, &part(2, &payload[..150])),
        Ok(Vec::new())
    );
    let lost = frames(&mut decoder, data, &part(2, &payload[..150]));
    assert!(
        matches!(lost, Err(FrameError::Length { .. })),
        "the second part was lost: {lost:?}"
    );
    assert_eq!(
        frames(&mut decoder, data, &part(3, &payload[150..]))
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        frames(&mut decoder, data, &part(2, &payload)).unwrap().len(),
        1,
        "in one part"
    );
    let mut bad = payload;
    bad[4..8].copy_from_slice(&f32::NAN.to_le_bytes());
    assert_eq!(
        frames(&mut decoder, data, &part(2, &bad)),
        Err(FrameError::NotFinite)
    );
}

#[test]
fn a_dots_payload_is_one_sample_with_or_without_magnetometer_or_quaternion() {
    let mut decoder = StreamDecoder::new(&setup(PodKind::MovellaDot));
    let values = |values: &[f32]| {
        values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let motion = values(&[1.0, 2.0, 9.0, 180.0, 0.0, 0.0]);
    let stamp = 77_u32.to_le_bytes();
    for (characteristic, bytes) in [
        (movella_dot::MEDIUM, [&stamp[..], &motion].concat()),
        (movella_dot::MEDIUM, [&stamp[..], &motion, &[0; 6]].concat()),
        (
            movella_dot::LONG,
            [&stamp[..], &values(&[1.0, 0.0, 0.0, 0.0]), &motion].concat(),
        ),
    ] {
        let found = frames(&mut decoder, characteristic.uuid, &bytes).unwrap();
        assert_eq!(
            (found.len(), found[0].stamp.us, found[0].stamp.wraps_us),
            (1, 77, Some(1 << 32))
        );
        near(found[0].samples[0].specific_force, DVec3::new(1.0, 2.0, 9.0));
        near(
            found[0].samples[0].angular_velocity.unwrap(),
            DVec3::X * std::f64::consts::PI,
        );
        let cut = frames(&mut decoder, characteristic.uuid, &bytes[..bytes.len() - 1]);
        assert!(matches!(cut, Err(FrameError::Length { .. })));
    }
}

fn wit_frame(z: i16) -> Vec<u8> {
    let counts = [0, 0, z, 16_384, 0, 0, 0x6155, 0, 0];
    let body = counts.iter().flat_map(|count: &i16| count.to_le_bytes());
    [0x55, 0x61].into_iter().chain(body).collect()
}

#[test]
fn witmotion_frames_are_found_joined_split_and_behind_rubbish() {
    let mut decoder = StreamDecoder::new(&setup(PodKind::WitMotion));
    let data = witmotion::DATA.uuid;
    let joined = [wit_frame(2048), wit_frame(2048), wit_frame(i16::MAX)].concat();
    let found = frames(&mut decoder, data, &joined).unwrap();
    assert_eq!(
        (found.len(), found[0].samples.len(), found[0].clipped),
        (1, 3, true)
    );
    assert_eq!(found[0].stamp, FrameStamp::NONE);
    near(found[0].samples[0].specific_force, DVec3::Z * GRAVITY);
    near(
        found[0].samples[0].angular_velocity.unwrap(),
        DVec3::X * 1000_f64.to_radians(),
    );
    let (head, tail) = joined.split_at(31);
    assert_eq!(frames(&mut decoder, data, head).unwrap()[0].samples.len(), 1);
    assert_eq!(frames(&mut decoder, data, tail).unwrap()[0].samples.len(), 2);
    // A half frame whose rest was lost costs nothing but itself.
    assert_eq!(frames(&mut decoder, data, &joined[..12]), Ok(Vec::new()));
    assert_eq!(frames(&mut decoder, data, &joined).unwrap()[0].samples.len(), 3);
    let rubbish = [&[1, 2, 0x55][..], &joined].concat();
    let mut samples = 0;
    let outcome = decoder.decode(data, &rubbish, &mut |frame| samples += frame.samples.len());
    assert!(outcome.is_err() && samples == 3, "{outcome:?}, {samples}");
}

#[test]
fn a_pod_hears_nothing_on_another_pods_characteristic() {
    for kind in PodKind::ALL {
        let mut decoder = StreamDecoder::new(&setup(kind));
        let outcome = frames(&mut decoder, Uuid::short(0x2A37), &[6, 60]);
        assert_eq!(outcome, Err(FrameError::Characteristic), "{kind:?}");
    }
}

fn any_kind() -> impl Strategy<Value = PodKind> {
    prop::sample::select(PodKind::ALL.to_vec())
}

/// The characteristic that a kind streams on.
fn characteristic_of(kind: PodKind) -> Uuid {
    match kind {
        PodKind::PolarH10 | PodKind::PolarVeritySense | PodKind::PolarOh1 => polar::DATA.uuid,
        PodKind::Movesense => movesense::DATA.uuid,
        PodKind::MovellaDot => movella_dot::MEDIUM.uuid,
        PodKind::WitMotion => witmotion::DATA.uuid,
        _ => lean_pod::LIVE,
    }
}

/// A head that the kind's decoder lets pass, before any bytes.
fn head_of(kind: PodKind) -> Vec<u8> {
    match kind {
        PodKind::PolarH10 | PodKind::PolarOh1 => vec![2, 0, 0, 0, 0, 0, 0, 0, 0, 0x80],
        PodKind::PolarVeritySense => vec![5, 0, 0, 0, 0, 0, 0, 0, 0, 0x81],
        PodKind::Movesense => vec![2, 0x11],
        PodKind::WitMotion => vec![0x55, 0x61],
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn any_bytes_give_finite_samples_or_an_error(
        kind in any_kind(),
        notifications in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 0..260)), 1..20),
    ) {
        let mut decoder = StreamDecoder::new(&setup(kind));
        for (headed, bytes) in notifications {
            let bytes = if headed { [head_of(kind), bytes].concat() } else { bytes };
            let mut sound = true;
            let _ = decoder.decode(characteristic_of(kind), &bytes, &mut |frame| {
                sound &= !frame.samples.is_empty() && frame.samples.iter().all(|sample| {
                    sample.specific_force.is_finite() && sample.angular_velocity.is_none_or(DVec3::is_finite)
                });
            });
            prop_assert!(sound);
        }
    }

    #[test]
    fn any_bytes_leave_a_talk_in_a_state_of_its_own(
        kind in any_kind(),
        said in prop::collection::vec((0..4_usize, prop::collection::vec(any::<u8>(), 0..40)), 0..20),
    ) {
        use crate::{pod::{conversation::ConversationEvent, gatt::{Characteristic, GattEvent}}, units::Timestamp};
        let Some(mut talk) = conversation(kind) else { return Ok(()) };
        let offered: Vec<Characteristic> = [
            polar::CONTROL, polar::DATA, movesense::COMMAND, movesense::DATA, movella_dot::MEDIUM,
            movella_dot::MEASUREMENT_CONTROL, witmotion::COMMAND, witmotion::DATA, standard::BATTERY,
        ].to_vec();
        let mut events = talk.begin(Timestamp(0), &offered);
        for (nth, (which, bytes)) in said.into_iter().enumerate() {
            let now = Timestamp(nth as i64 * 1_000_000);
            let characteristic = match kind {
                PodKind::Movesense => movesense::DATA,
                PodKind::MovellaDot => movella_dot::MEASUREMENT_CONTROL,
                PodKind::WitMotion => witmotion::DATA,
                _ => polar::CONTROL,
            };
            events.extend(match which {
                0 => talk.handle(now, GattEvent::Subscribed { characteristic }),
                1 => talk.handle(now, GattEvent::Wrote { characteristic }),
                2 => talk.tick(now),
                _ => talk.handle(now, GattEvent::Value { characteristic, bytes }),
            });
        }
        prop_assert!(events.iter().filter(|event| matches!(event, ConversationEvent::Streaming(_))).count() <= 21);
        let _ = talk.stop();
    }
}
