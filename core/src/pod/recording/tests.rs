//! Files as programs write them; [`refused`] holds those that are no recording.

mod faulty;
mod refused;

use glam::DVec3;
use proptest::prelude::*;

use super::{DropReason::*, *};
use refused::error_of;

const HEADER: &str = "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyro_x_radps,gyro_y_radps,gyro_z_radps";

fn read(text: &str) -> Result<Recording, RecordingError> {
    read_csv(text.as_bytes())
}

/// A file of 100 Hz with these rows instead of its own; each is given by its line, counted from 1.
fn file(rows: usize, instead: &[(usize, &str)]) -> String {
    let mut lines: Vec<String> = (0..rows)
        .map(|row| format!("{:.2},0.1,9.8,-0.2,0.01,0.02,0.03", row as f64 * 0.01))
        .collect();
    lines.insert(0, HEADER.to_owned());
    for &(line, text) in instead {
        text.clone_into(&mut lines[line - 1]);
    }
    lines.join("\n") + "\n"
}

fn dropped(first_line: u64, rows: u64, start_s: f64, end_s: f64, reason: DropReason) -> DroppedRows {
    DroppedRows {
        first_line,
        rows,
        start_s,
        end_s,
        reason,
    }
}

#[test]
fn a_last_row_that_breaks_off_is_left_out_and_told() {
    let whole = file(300, &[]);
    for (cut, kept) in [(1, 300), (7, 299), (16, 299), (22, 299)] {
        let recording = read(&whole[..whole.len() - cut]).unwrap();
        assert_eq!(recording.samples.len(), kept, "{cut} bytes cut off");
        let told: u64 = recording.dropped.iter().map(|rows| rows.rows).sum();
        assert_eq!(told, 300 - kept as u64);
    }
    let ended = format!("{}\n", &whole[..whole.len() - 16]);
    assert!(
        read(&ended).is_err(),
        "a row that ended is not one that broke off"
    );
}

#[test]
fn a_plain_file_is_read_whole() {
    let recording = read(&file(300, &[])).unwrap();
    assert_eq!((recording.samples.len(), recording.has_gyro), (300, true));
    assert_eq!(recording.dropped, []);
    assert!((recording.rate_hz - 100.0).abs() < 1e-6);
    let sample = recording.samples[123];
    assert!((sample.time_s - 1.23).abs() < 1e-12);
    assert_eq!(sample.specific_force, DVec3::new(0.1, 9.8, -0.2));
    assert_eq!(sample.angular_velocity, Some(DVec3::new(0.01, 0.02, 0.03)));
    assert!(!sample.clipped);
}

#[test]
fn marks_spaces_quotes_and_blank_lines_of_other_programs_change_nothing() {
    let plain = file(50, &[]);
    let expected = read(&plain);
    let quoted: Vec<String> = HEADER.split(',').map(|name| format!("\"{name}\"")).collect();
    let variants = [
        format!("\u{feff}{plain}"),
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{}\r\n\r\n \r\n", plain.replace('\n', "\r\n")),
        format!("{plain}\n\n   \n"),
        plain.trim_end().to_owned(),
        plain.replace(',', " , "),
        plain.replace(HEADER, &quoted.join(",")),
    ];
    for variant in variants {
        assert_eq!(read(&variant), expected, "{:?}", &variant[..100]);
    }
}

#[test]
fn gyro_columns_may_be_absent_or_empty() {
    let absent = "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2\n0,0,9.8,0\n0.02,0,9.8,0\n0.04,0,9.8,0\n";
    let empty = format!("{HEADER}\n0,0,9.8,0,,,\n0.02,0,9.8,0,,,\n0.04,0,9.8,0, , ,\n");
    let recording = read(absent).unwrap();
    assert_eq!(read(&empty), Ok(recording.clone()));
    assert!(!recording.has_gyro && recording.dropped.is_empty());
    assert!(
        recording
            .samples
            .iter()
            .all(|sample| sample.angular_velocity.is_none())
    );
    assert!((recording.rate_hz - 50.0).abs() < 1e-9);
}

#[test]
fn rows_without_gyro_among_rows_with_it_are_dropped() {
    let late = read(&file(
        20,
        &[
            (2, "0,0,9.8,0,,,"),
            (3, "0.01,0,9.8,0,,,"),
            (4, "0.02,0,nan,0,,,"),
        ],
    ))
    .unwrap();
    assert_eq!(late.dropped, [dropped(2, 3, 0.03, 0.03, BadValue)]);
    assert_eq!((late.samples.len(), late.has_gyro), (17, true));
    let between = read(&file(20, &[(12, "0.10,0,9.8,0,,,"), (13, "0.11,0,9.8,0,1,,")])).unwrap();
    assert_eq!(between.dropped, [dropped(12, 2, 0.09, 0.12, BadValue)]);
}

#[test]
fn values_that_are_no_motion_are_dropped_with_their_span() {
    let rows = [
        "0.10,nan,9.8,0,0,0,0",
        "0.10,0,inf,0,0,0,0",
        "0.10,0,-Infinity,0,0,0,0",
        "0.10,0,9.8,1e30,0,0,0",
        "0.10,0,9.8,1e999,0,0,0",
        "0.10,1000.1,9.8,0,0,0,0",
        "0.10,0,9.8,0,-100.1,0,0",
        "0.10,0,9.8,0,0,NaN,0",
        "0.10,,9.8,0,0,0,0",
        "nan,0,9.8,0,0,0,0",
        ",0,9.8,0,0,0,0",
        "1e30,0,9.8,0,0,0,0",
        ",,,,,,",
    ];
    for row in rows {
        let recording = read(&file(30, &[(12, row)])).unwrap();
        assert_eq!(recording.dropped, [dropped(12, 1, 0.09, 0.11, BadValue)], "{row}");
        assert_eq!(recording.samples.len(), 29, "{row}");
    }
    let edges = read(&file(30, &[(12, "0.10,1000,-1000,0,100,-100,0")])).unwrap();
    assert_eq!(edges.dropped, []);
}

#[test]
fn dropped_rows_at_the_ends_span_nothing() {
    let bad = "nan,nan,nan,nan,nan,nan,nan";
    let recording = read(&file(20, &[(2, bad), (3, bad), (20, bad), (21, bad)])).unwrap();
    assert_eq!(
        recording.dropped,
        [
            dropped(2, 2, 0.02, 0.02, BadValue),
            dropped(20, 2, 0.17, 0.17, BadValue)
        ]
    );
}

#[test]
fn a_hiccup_in_time_costs_one_row() {
    for (case, row) in [
        ("backwards", "0.05,0,9.8,0,0,0,0"),
        ("standing still", "0.09,0,9.8,0,0,0,0"),
        ("ahead", "500,0,9.8,0,0,0,0"),
        ("days ahead", "500000,0,9.8,0,0,0,0"),
        ("below zero", "-7,0,9.8,0,0,0,0"),
    ] {
        let recording = read(&file(30, &[(12, row)])).unwrap();
        assert_eq!(recording.dropped, [dropped(12, 1, 0.09, 0.11, BadTime)], "{case}");
        assert!(
            recording
                .samples
                .is_sorted_by(|before, after| before.time_s < after.time_s),
            "{case}"
        );
    }
    let last = read(&file(30, &[(31, "500000,0,9.8,0,0,0,0")])).unwrap();
    assert_eq!(last.dropped, [dropped(31, 1, 0.28, 0.28, BadTime)]);
    for first in [
        "1790000000,0,9.8,0,0,0,0",
        "0.5,0,9.8,0,0,0,0",
        "0.01,0,9.8,0,0,0,0",
    ] {
        let recording = read(&file(30, &[(2, first)])).unwrap();
        assert_eq!(recording.dropped, [dropped(2, 1, 0.01, 0.01, BadTime)], "{first}");
    }
}

#[test]
fn a_bad_value_beside_a_bad_time_makes_one_hole() {
    let rows = [
        (11, "nan,0,9.8,0,0,0,0"),
        (12, "500,0,9.8,0,0,0,0"),
        (13, "501,0,nan,0,0,0,0"),
    ];
    let recording = read(&file(30, &rows)).unwrap();
    assert_eq!(recording.dropped, [dropped(11, 3, 0.08, 0.12, BadValue)]);
    assert_eq!(recording.samples.len(), 27);
}

#[test]
fn a_gap_of_ten_seconds_is_no_fault() {
    let text = (0..100).fold(file(100, &[]), |text, row| {
        text + &format!("{:.2},0,9.8,0,0,0,0\n", 11.0 + f64::from(row) * 0.01)
    });
    let recording = read(&text).unwrap();
    assert_eq!((recording.samples.len(), recording.dropped.len()), (200, 0));
    assert!((recording.rate_hz - 100.0).abs() < 1e-6);
}

#[test]
fn rates_from_25_to_1000_hz_are_read_and_others_named() {
    let at = |rate_hz: f64, jitter: f64| {
        (0..400).fold(format!("{HEADER}\n"), |text, row| {
            let wobble = jitter * f64::from(row * 7919 % 11 - 5) / 5.0;
            text + &format!("{},0,9.8,0,0,0,0\n", (f64::from(row) + wobble) / rate_hz)
        })
    };
    for rate_hz in [25.0, 24.6, 52.0, 104.0, 1000.0, 1015.0] {
        for jitter in [0.0, 0.2] {
            let found_hz = read(&at(rate_hz, jitter)).unwrap().rate_hz;
            assert!(
                (found_hz / rate_hz - 1.0).abs() < 1e-9 + 0.02 * jitter,
                "{rate_hz} Hz: {found_hz}"
            );
        }
    }
    assert_eq!(
        error_of(&at(10.0, 0.0)),
        "the recording has 10.0 rows a second: 25 to 1000 are read"
    );
    assert!(error_of(&at(2000.0, 0.0)).contains("2000.0 rows a second"));
}

#[test]
fn a_rate_is_found_through_times_in_whole_milliseconds() {
    let text = (0..500).fold(format!("{HEADER}\n"), |text, row| {
        text + &format!("{:.3},0,9.8,0,0,0,0\n", f64::from(row) / 104.0)
    });
    assert!((read(&text).unwrap().rate_hz - 104.0).abs() < 0.1);
}

#[test]
fn what_is_written_without_gyro_has_four_columns() {
    let sample = |time_s| ImuSample {
        time_s,
        specific_force: DVec3::Y,
        angular_velocity: None,
        clipped: false,
    };
    let mut bytes = Vec::new();
    write_csv(&mut bytes, &[sample(0.0), sample(0.01)]).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2\n0,0,1,0\n0.01,0,1,0\n"
    );
}

/// A line made of what files hold and what they should not.
fn any_line() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        4 => (-20.0..20.0_f64).prop_map(|value| value.to_string()),
        1 => prop::sample::select(vec!["", "nan", "inf", "1e999", "-0", "x", " 1 ", "\"1\"", "1e9"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(cell, 0..9).prop_map(|cells| cells.join(","))
}

proptest! {
    #[test]
    fn any_bytes_give_a_recording_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read_csv(bytes.as_slice());
    }

    #[test]
    fn any_rows_give_sound_samples_or_an_error(
        rows in prop::collection::vec((-0.002..0.03_f64, prop::option::weighted(0.02, any_line())), 0..200),
    ) {
        let mut time_s = 0.0;
        let mut text = format!("{HEADER}\n");
        for (passed_s, instead) in rows {
            time_s += passed_s;
            text += &instead.unwrap_or_else(|| format!("{time_s},0,9.8,0,1,2,3"));
            text.push('\n');
        }
        if let Ok(recording) = read(&text) {
            prop_assert!(recording.samples.is_sorted_by(|before, after| before.time_s < after.time_s));
            prop_assert!(recording.samples.iter().all(|sample| sample.specific_force.is_finite()));
            prop_assert!(recording.samples.iter().all(|sample| sample.angular_velocity.is_some() == recording.has_gyro));
            prop_assert!(recording.dropped.iter().all(|hole| hole.start_s <= hole.end_s && hole.rows > 0));
            prop_assert!(recording.dropped.is_sorted_by(|before, after| before.end_s <= after.start_s));
            let dropped: u64 = recording.dropped.iter().map(|hole| hole.rows).sum();
            let lines = text.lines().skip(1).filter(|line| !line.trim().is_empty()).count();
            prop_assert_eq!(recording.samples.len() as u64 + dropped, lines as u64);
        }
    }

    #[test]
    fn a_recording_survives_its_file(
        values in prop::collection::vec((0.002..0.03_f64, prop::array::uniform6(-99.0..99.0_f64)), 5..100),
        has_gyro: bool,
    ) {
        let mut time_s = 0.0;
        let samples: Vec<ImuSample> = values.iter().map(|&(passed_s, [ax, ay, az, gx, gy, gz])| {
            time_s += passed_s;
            ImuSample {
                time_s,
                specific_force: DVec3::new(ax, ay, az),
                angular_velocity: has_gyro.then_some(DVec3::new(gx, gy, gz)),
                clipped: false,
            }
        }).collect();
        let mut bytes = Vec::new();
        write_csv(&mut bytes, &samples).unwrap();
        let recording = read_csv(bytes.as_slice()).unwrap();
        prop_assert_eq!(recording.samples, samples);
        prop_assert_eq!((recording.has_gyro, recording.dropped.len()), (has_gyro, 0));
    }
}
