//! The command line as a program sees it: exit codes, what is printed where, and files.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read files")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const COMMANDS: [&str; 9] = [
    "demo", "analyze", "drill", "run", "report", "history", "export", "doctor", "simulate",
];

/// Runs the program with its own folder as home, so that nobody's history is touched.
fn plumbline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("TMPDIR", folder)
        .output()
        .expect("the program starts")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("output is text")
}

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = folder();
    for command in COMMANDS {
        let output = plumbline(folder.path(), &[command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(stdout(&output).contains("Examples:"), "{command}");
    }
}

#[test]
fn wrong_use_ends_with_two_and_explains_itself() {
    let folder = folder();
    let cases: [&[&str]; 9] = [
        &[],
        &["analyze"],
        &["analyze", "--json"],
        &["analyze", "--pelvis", "x.csv", "--band", "9:3"],
        &["analyze", "--pelvis", "x.csv", "--usual-bend", "much"],
        &["drill", "D99", "--frames", "-"],
        &["drill", "D3", "--frames", "-", "--pain", "knee:eleven"],
        &["simulate", "--scenario", "sleep", "--output", "-"],
        &["report", "--language", "xx"],
    ];
    for arguments in cases {
        let output = plumbline(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("--help"), "{arguments:?}");
        assert!(stdout(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_done_ends_with_one_and_one_line() {
    let folder = folder();
    fs::write(folder.path().join("empty.csv"), "").expect("the file is written");
    fs::write(folder.path().join("empty.frames"), "# nothing\n").expect("the file is written");
    fs::write(folder.path().join("garbled.frames"), "0 chest 00\nnonsense\n").expect("the file is written");
    fs::write(
        folder.path().join("text.sqlite"),
        "this is no database, it only lies where one should be\n",
    )
    .expect("the file is written");
    let cases: [&[&str]; 9] = [
        &["analyze", "--pelvis", "absent.csv"],
        &["analyze", "--chest", "empty.csv"],
        &["report"],
        &["history", "delete", "abc"],
        &["export", "latest", "--output", "-"],
        &["drill", "D0", "--frames", "absent.frames"],
        &["drill", "D0", "--frames", "empty.frames"],
        &["drill", "D0", "--frames", "garbled.frames"],
        &["history", "--history", "text.sqlite"],
    ];
    for arguments in cases {
        let output = plumbline(folder.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert_eq!(
            stderr(&output).lines().count(),
            1,
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(stderr(&output).starts_with("plumbline: "), "{arguments:?}");
    }
}

#[test]
fn looking_at_a_history_that_is_not_there_makes_none() {
    let folder = folder();
    let output = plumbline(folder.path(), &["history"]);
    assert_eq!(
        (output.status.code(), stdout(&output).as_str()),
        (Some(0), "No session yet.\n")
    );
    let output = plumbline(folder.path(), &["history", "--json"]);
    assert_eq!(stdout(&output), "{\"schema\":1,\"sessions\":[]}\n");
    assert!(
        fs::read_dir(folder.path())
            .expect("the folder is readable")
            .next()
            .is_none()
    );
}

#[test]
fn the_simulated_frames_are_the_same_each_time() {
    let folder = folder();
    let arguments = ["simulate", "--scenario", "calibration", "--output", "-"];
    let (first, second) = (
        plumbline(folder.path(), &arguments),
        plumbline(folder.path(), &arguments),
    );
    assert_eq!(first.status.code(), Some(0));
    assert_eq!(first.stdout, second.stdout);
    let text = stdout(&first);
    assert!(text.lines().any(|line| line.ends_with("command start_drill D0")));
    assert!(text.lines().filter(|line| line.contains(" pelvis ")).count() > 100);
}

#[test]
fn simulated_recordings_can_be_analysed() {
    let folder = folder();
    let output = plumbline(
        folder.path(),
        &["simulate", "--scenario", "run-good", "--csv", "recordings"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let truth = fs::read(folder.path().join("recordings/truth.json")).expect("the truth is written");
    let truth: serde_json::Value = serde_json::from_slice(&truth).expect("the truth is JSON");
    assert!(truth["steps"].as_array().is_some_and(|steps| steps.len() > 300));

    let files = [
        "--chest",
        "recordings/chest.csv",
        "--pelvis",
        "recordings/pelvis.csv",
        "--band=6:12",
    ];
    let output = plumbline(folder.path(), &[&["analyze", "--json"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let analysis: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the analysis is JSON");
    assert_eq!(analysis["schema"], 1);
    assert_eq!(analysis["pods"].as_array().map(Vec::len), Some(2));
    let cadence = analysis["summary"]["cadence_spm"]
        .as_f64()
        .expect("the runner ran");
    assert!((cadence - 170.0).abs() < 1.0, "{cadence}");

    let output = plumbline(folder.path(), &[&["analyze"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    assert!(!stdout(&output).contains('\u{1b}') && stdout(&output).contains("cadence"));
}

#[test]
fn doctor_says_what_is_ready() {
    let folder = folder();
    let output = plumbline(folder.path(), &["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
    assert_eq!(found["ready"], true);
    let names: Vec<_> = found["checks"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|check| &check["name"])
        .collect();
    assert_eq!(names, ["rules", "network", "history", "radio"]);
}
