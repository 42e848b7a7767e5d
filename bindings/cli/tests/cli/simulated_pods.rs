//! `plumbline pod` as a radio hears it.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

const LIVE: &str = "43590103-5f8b-463e-8d5c-dc22cafd3ef7";
const INFO: &str = "43590101-5f8b-463e-8d5c-dc22cafd3ef7";

#[test]
fn pods_introduce_themselves_begin_when_both_are_heard_and_answer_a_read() {
    let mut pod = Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(["pod", "--simulate", "--scenario", "calibration", "--speed", "20"])
        .args(["--away", "pelvis:1:0.5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut radio = pod.stdin.take().expect("its input");
    let mut lines = BufReader::new(pod.stdout.take().expect("its output")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    let introduced: Vec<String> =
        std::iter::from_fn(|| Some(next()).filter(|line| line != "ready")).collect();
    let pods: Vec<&str> = introduced
        .iter()
        .filter_map(|line| line.strip_prefix("pod "))
        .collect();
    let names: Vec<&str> = pods.iter().filter_map(|pod| pod.split(' ').nth(1)).collect();
    assert!(
        matches!(names[..], [one, other] if one != other && one.starts_with("LeanPod-")),
        "{pods:?}"
    );
    let offered = introduced
        .iter()
        .filter(|line| line.contains(LIVE) && line.ends_with(" notify"));
    assert_eq!(offered.count(), 2);

    for number in 0..2 {
        writeln!(radio, "connected {number}\nsubscribed {number} {LIVE} yes").expect("heard");
    }
    assert_eq!(next(), "begin");
    writeln!(radio, "read 0 {INFO}\nnonsense\nwrite 7 x").expect("heard");
    let heard: Vec<String> =
        std::iter::from_fn(|| Some(next()).filter(|line| !line.starts_with("away "))).collect();
    let blocks = |number: u8| {
        let start = format!("notify {number} {LIVE} 01");
        heard.iter().filter(|line| line.starts_with(&start)).count()
    };
    assert!(
        blocks(0) >= 6 && blocks(1) >= 6,
        "a second of blocks before one leaves: {heard:?}"
    );
    let info = format!("value 0 {INFO} 0100");
    assert!(heard.iter().any(|line| line.starts_with(&info)), "{heard:?}");
    // Without a radio there is nothing to do.
    drop(radio);
    assert!(pod.wait().expect("it ends").success());
}

#[test]
fn a_radio_that_sends_a_line_without_an_end_is_left() {
    let mut pod = Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(["pod", "--simulate", "--scenario", "calibration"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut radio = pod.stdin.take().expect("its input");
    // The program may be gone before all of it is written.
    let _ = radio.write_all("connected 0\n".repeat(2).as_bytes());
    let _ = radio.write_all("7".repeat(100_000).as_bytes());
    let output = pod.wait_with_output().expect("it ends");
    let line = String::from_utf8(output.stderr).expect("output is text");
    assert_eq!(output.status.code(), Some(1), "{line}");
    assert!(line.contains("line 3 is longer than 4096 bytes"), "{line}");
}

#[test]
fn without_simulate_there_is_no_pod() {
    let output = Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(["pod", "--scenario", "calibration"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}
