//! Files that are no recording: one clear line each.

use super::*;

/// The one line that a file without a recording earns.
pub(super) fn error_of(text: &str) -> String {
    let error = read(text).unwrap_err().to_string();
    assert!(!error.contains(['\n', '\r', '\u{7}']), "{error:?}");
    error
}

#[test]
fn a_file_whose_time_stands_or_runs_back_is_an_error() {
    let rows = |time: &dyn Fn(u32) -> f64| {
        (0..100).fold(format!("{HEADER}\n"), |text, row| {
            text + &format!("{},0,9.8,0,0,0,0\n", time(row))
        })
    };
    let standing = error_of(&rows(&|_| 4.2));
    assert_eq!(
        standing,
        "time goes backwards, stands still or leaps on 99 of 100 rows, first on line 2"
    );
    assert!(error_of(&rows(&|row| -0.01 * f64::from(row))).contains("first on line 2"));
    assert!(error_of(&rows(&|row| 0.02 * f64::from(row / 2))).contains("on 50 of 100 rows"));
    assert!(
        error_of(&rows(&|row| 0.01 * f64::from(row % 50))).contains("on 50 of 100 rows, first on line 52")
    );
}

#[test]
fn what_is_no_recording_is_told_in_one_line() {
    let table = [
        (String::new(), "the recording is empty"),
        ("\n\r\n  \n".into(), "the recording is empty"),
        ("\u{feff}".into(), "the recording is empty"),
        (
            file(0, &[]),
            "the recording holds 0 usable rows of 0: two are the least",
        ),
        (
            file(1, &[]),
            "the recording holds 1 usable rows of 1: two are the least",
        ),
        (
            file(9, &[]).replace("acc_y_mps2", "acc_y"),
            "column 3 of the header is `acc_y` where `acc_y_mps2` is expected",
        ),
        (
            file(9, &[]).replace(",gyro_z_radps", ""),
            "column 7 of the header is missing where `gyro_z_radps` is expected",
        ),
        (
            file(9, &[]).replace("radps\n", "radps,gyro_w\n"),
            "column 8 of the header is `gyro_w` where nothing is expected",
        ),
        (
            "time_s,acc_x_mps2\n".into(),
            "column 3 of the header is missing where `acc_y_mps2` is expected",
        ),
        (
            "0.0,0.1,9.8,0.2\n".into(),
            "column 1 of the header is `0.0` where `time_s` is expected",
        ),
        (
            HEADER.replace(',', ";"),
            "column 1 of the header is `time_s;acc_x_mps2;acc_y_` where `time_s` is expected",
        ),
        (
            file(9, &[(7, "0.05,0,9,x,0,0,0")]),
            "line 7, column `acc_z_mps2`: `x` is not a number",
        ),
        (
            file(9, &[(7, "0:05,0,9,0,0,0,0")]),
            "line 7, column `time_s`: `0:05` is not a number",
        ),
        (
            file(9, &[(10, "0.05,0,9,0,0,0")]),
            "line 10 has 6 columns where the header has 7",
        ),
        (
            file(9, &[(2, "0.05,0,9,0,0,0,0,0")]),
            "line 2 has 8 columns where the header has 7",
        ),
        (
            file(
                9,
                &[(4, "\u{7}\u{1b}[2Jaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,0,9,0,0,0,0")],
            ),
            "line 4, column `time_s`: `\\u{7}\\u{1b}[2Jaaaaaaaaaaaaaaaaaaa` is not a number",
        ),
    ];
    for (text, error) in table {
        assert_eq!(error_of(&text), error, "{text:.60}");
    }
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n"] {
        let text = file(9, &[(6, ""), (7, " "), (10, "0.05,0,9,x,0,0,0")]).replace('\n', end);
        assert!(
            error_of(&text).starts_with("line 10,"),
            "{end:?}: {}",
            error_of(&text)
        );
        assert!(
            error_of(text.trim_end_matches(end)).starts_with("line 10,"),
            "{end:?}"
        );
    }
}

#[test]
fn a_line_without_end_is_refused_and_not_kept_in_memory() {
    let endless = file(3, &[])
        .into_bytes()
        .into_iter()
        .chain(std::iter::repeat_n(b'7', 1 << 20))
        .collect::<Vec<_>>();
    let error = read_csv(endless.as_slice()).unwrap_err().to_string();
    assert!(
        error.ends_with("is longer than 4096 bytes: this is no recording"),
        "{error}"
    );
    let quoted = format!("{HEADER}\n\"{}", "1,2\n".repeat(100_000));
    assert!(error_of(&quoted).contains("line 2 has 2 columns"));
}

#[test]
fn a_reader_that_fails_is_told_apart_from_a_bad_file() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let error = read_csv(Broken).unwrap_err();
    assert_eq!(
        error.to_string(),
        "failed to read the recording: the disk is gone"
    );
}
