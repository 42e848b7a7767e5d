//! The block against its byte tables, and against every byte that is not a block.

use proptest::prelude::*;

use super::*;

/// The example block of `docs/lean-pod.md`.
fn example() -> LeanPodBlock {
    LeanPodBlock {
        boot: 7,
        sequence: 258,
        first_sample_us: 32_250_125,
        interval_us: 9615,
        flags: FLAG_EVENT,
        scale: Scale::G16_DPS2000,
        temperature_c: 31,
        samples: vec![[0, 2048, -1024, 16, -32, 0], [4, 2050, -1030, 18, -30, 1]],
    }
}

fn frame_of(bytes: &[u8]) -> Result<PodFrame, FrameError> {
    let mut frame = PodFrame::default();
    decode_into(bytes, &mut frame).map(|()| frame)
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The block with its checksum made right again after a change of its bytes.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let content = bytes.len() - 2;
    let checksum = crc16(&bytes[..content]);
    bytes[content..].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

fn any_scale() -> impl Strategy<Value = Scale> {
    (
        prop::sample::select(&AccelerometerScale::ALL),
        prop::option::of(prop::sample::select(&GyroscopeScale::ALL)),
    )
        .prop_map(|(accelerometer, gyroscope)| Scale {
            accelerometer,
            gyroscope,
        })
}

prop_compose! {
    fn any_block()(
        boot: u16,
        sequence: u32,
        first_sample_us in 0..=LAST_STAMP_US,
        interval_us in INTERVALS_US,
        flags: u8,
        scale in any_scale(),
        temperature_c: i8,
        mut samples in prop::collection::vec(any::<[i16; 6]>(), 1..=40),
    ) -> LeanPodBlock {
        if scale.gyroscope.is_none() {
            for sample in &mut samples {
                sample[3..].fill(0);
            }
        }
        LeanPodBlock { boot, sequence, first_sample_us, interval_us, flags, scale, temperature_c, samples }
    }
}

#[test]
fn the_example_of_the_document_is_what_the_code_writes() {
    let document = include_str!("../../../../../docs/lean-pod.md");
    let bytes = encode(&example());
    assert_eq!(decode(&bytes), Ok(example()));
    for line in hex(&bytes).as_bytes().chunks(20 * 3) {
        let line = std::str::from_utf8(line).unwrap().trim_end();
        assert!(document.contains(line), "docs/lean-pod.md does not show `{line}`");
    }
}

#[test]
fn each_field_lies_where_the_table_says() {
    let bytes = encode(&example());
    let table: [(&str, usize, &[u8]); 12] = [
        ("format", 0, &[0x01]),
        ("flags", 1, &[0x04]),
        ("boot", 2, &[7, 0]),
        ("sequence", 4, &[2, 1, 0, 0]),
        ("first_sample", 8, &[0x0D, 0x19, 0xEC, 0x01, 0, 0]),
        ("sample_interval", 14, &[0x8F, 0x25]),
        ("sample_count", 16, &[2]),
        ("scale", 17, &[0x11]),
        ("temperature", 18, &[31]),
        ("reserved", 19, &[0]),
        ("first accelerometer y", 22, &[0x00, 0x08]),
        ("second gyroscope y", 40, &[0xE2, 0xFF]),
    ];
    for (field, at, expected) in table {
        assert_eq!(&bytes[at..at + expected.len()], expected, "{field}");
    }
    assert_eq!(bytes.len(), 22 + 2 * 12);
}

#[test]
fn counts_become_si_units_by_the_scale_table() {
    let table = [
        (0x11, 9.806_65, Some(1.065_264)),
        (0x22, 4.903_325, Some(0.532_632)),
        (0x31, 9.806_65, Some(1.221_730)),
        (0x42, 4.903_325, Some(0.610_865)),
        (0x01, 9.806_65, None),
        (0x02, 4.903_325, None),
    ];
    for (id, acceleration, rotation) in table {
        let scale = Scale::from_id(id).unwrap();
        assert_eq!(scale.id(), id);
        let block = LeanPodBlock {
            scale,
            samples: vec![[0, 0, 2048, 1000, 0, 0]],
            ..example()
        };
        let frame = frame_of(&encode(&block)).unwrap();
        let sample = frame.samples[0];
        assert!(
            (sample.specific_force - DVec3::Z * acceleration).length() < 1e-9,
            "{id:#x}: {sample:?}"
        );
        match (sample.angular_velocity, rotation) {
            (Some(found), Some(expected)) => {
                assert!((found - DVec3::X * expected).length() < 1e-6, "{id:#x}");
            }
            (found, expected) => assert_eq!(found.is_some(), expected.is_some(), "{id:#x}"),
        }
    }
}

#[test]
fn a_frame_carries_the_header_of_its_block() {
    let frame = frame_of(&encode(&example())).unwrap();
    let number = FrameNumber {
        boot: 7,
        sequence: 258,
    };
    assert_eq!(
        (frame.number, frame.stamp),
        (Some(number), FrameStamp::first(32_250_125))
    );
    assert_eq!(
        (frame.sample_interval_us, frame.samples.len(), frame.clipped),
        (9615.0, 2, false)
    );
}

#[test]
fn a_flag_or_a_count_at_the_end_of_its_range_marks_the_frame_as_clipped() {
    let flagged = LeanPodBlock {
        flags: FLAG_CLIPPED,
        ..example()
    };
    assert!(frame_of(&encode(&flagged)).unwrap().clipped);
    for (channel, count) in [(0, i16::MAX), (2, i16::MIN), (5, i16::MAX)] {
        let mut block = example();
        block.samples[1][channel] = count;
        assert!(
            frame_of(&encode(&block)).unwrap().clipped,
            "channel {channel} at {count}"
        );
    }
    let mut near = example();
    near.samples[0] = [i16::MAX - 1, i16::MIN + 1, 0, 0, 0, 0];
    assert!(!frame_of(&encode(&near)).unwrap().clipped);
}

#[test]
fn fields_out_of_range_are_named_and_unknown_formats_are_told_apart() {
    let table: [(&str, usize, &[u8], FrameError); 7] = [
        ("newer format", 0, &[0x03], FrameError::Format { format: 3 }),
        (
            "unknown accelerometer",
            17,
            &[0x1F],
            FrameError::Field { field: "scale" },
        ),
        (
            "unknown gyroscope",
            17,
            &[0xF1],
            FrameError::Field { field: "scale" },
        ),
        (
            "six axes without a gyroscope's scale",
            17,
            &[0x01],
            FrameError::Field { field: "scale" },
        ),
        (
            "no time between samples",
            14,
            &[0, 0],
            FrameError::Field {
                field: "sample_interval",
            },
        ),
        (
            "too slow",
            14,
            &[0xFF, 0xFF],
            FrameError::Field {
                field: "sample_interval",
            },
        ),
        (
            "more samples than bytes",
            16,
            &[9],
            FrameError::Length {
                expected: 130,
                found: 46,
            },
        ),
    ];
    for (case, at, change, error) in table {
        let mut bytes = encode(&example());
        bytes[at..at + change.len()].copy_from_slice(change);
        assert_eq!(decode(&resealed(bytes)), Err(error), "{case}");
    }
}

#[test]
fn an_empty_block_and_one_longer_than_an_attribute_are_refused() {
    let empty = encode(&LeanPodBlock {
        samples: Vec::new(),
        ..example()
    });
    assert_eq!(
        decode(&empty),
        Err(FrameError::Field {
            field: "sample_count"
        })
    );
    let mut long = encode(&LeanPodBlock {
        samples: vec![[1; 6]; 40],
        ..example()
    });
    long[16] = 41;
    long.extend([0; 12]);
    assert_eq!(
        decode(&resealed(long)),
        Err(FrameError::Field {
            field: "sample_count"
        })
    );
}

#[test]
fn bits_kept_for_later_are_ignored() {
    let mut bytes = encode(&example());
    bytes[19] = 0xA5;
    assert_eq!(decode(&resealed(bytes)), Ok(example()));
    let later = LeanPodBlock {
        flags: 0xF0,
        ..example()
    };
    assert!(!frame_of(&encode(&later)).unwrap().clipped);
}

#[test]
fn encoding_keeps_within_an_attribute_and_within_the_stamp() {
    let block = LeanPodBlock {
        first_sample_us: u64::MAX,
        samples: vec![[1; 6]; 300],
        ..example()
    };
    let bytes = encode(&block);
    assert_eq!(bytes.len(), 502);
    let back = decode(&bytes).unwrap();
    assert_eq!((back.first_sample_us, back.samples.len()), (LAST_STAMP_US, 40));
    assert_eq!(
        (
            Scale::G16_DPS2000.samples_within(182),
            Scale::G16.samples_within(182)
        ),
        (13, 26)
    );
    assert_eq!(Scale::G8.samples_within(10), 0);
}

proptest! {
    #[test]
    fn any_bytes_give_a_frame_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = frame_of(&bytes);
    }

    #[test]
    fn any_bytes_under_a_right_length_and_checksum_give_a_frame_or_an_error(
        header: [u8; HEADER],
        body in prop::collection::vec(any::<u8>(), 3060),
    ) {
        let mut bytes = header.to_vec();
        bytes[0] = 1 + (header[0] & 1);
        let sample_bytes = if bytes[0] == SIX_AXES { 12 } else { 6 };
        bytes.extend(&body[..usize::from(header[16]) * sample_bytes]);
        bytes.extend([0, 0]);
        if let Ok(frame) = frame_of(&resealed(bytes)) {
            prop_assert!(!frame.samples.is_empty() && frame.samples.len() <= 81);
            prop_assert!(frame.samples.iter().all(|sample| sample.specific_force.is_finite()));
        }
    }

    #[test]
    fn a_block_survives_its_bytes(block in any_block()) {
        prop_assert_eq!(decode(&encode(&block)), Ok(block));
    }

    #[test]
    fn truncated_and_oversized_blocks_are_refused(block in any_block(), cut in 1..60_usize, tail in prop::collection::vec(any::<u8>(), 1..60)) {
        let mut bytes = encode(&block);
        bytes.extend(&tail);
        prop_assert!(decode(&bytes).is_err());
        bytes.truncate((bytes.len() - tail.len()).saturating_sub(cut));
        prop_assert!(decode(&bytes).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_flip_of_one_bit_is_refused(block in any_block()) {
        let mut bytes = encode(&block);
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(decode(&bytes).is_err(), "bit {} of byte {}", bit % 8, bit / 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }

    #[test]
    fn every_damage_to_two_neighbouring_bytes_of_the_content_is_refused(block in any_block(), burst in 1..=u16::MAX) {
        let bytes = encode(&block);
        for at in 0..bytes.len() - 3 {
            let mut damaged = bytes.clone();
            damaged[at] ^= burst.to_le_bytes()[0];
            damaged[at + 1] ^= burst.to_le_bytes()[1];
            prop_assert!(decode(&damaged).is_err(), "{burst:#06x} at byte {at}");
        }
    }
}
