//! Histories that cannot be read or written: one clear line, and nothing lost.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use rusqlite::Connection;

use crate::support::{Done, Home};

/// A home with one calibration in `history.sqlite`, and its frames beside it.
fn calibrated() -> Home {
    let home = Home::new();
    home.good(&[
        "simulate",
        "--scenario",
        "calibration",
        "--output",
        "calibration.frames",
    ]);
    home.good(&calibration());
    home
}

fn calibration() -> [&'static str; 6] {
    [
        "drill",
        "D0",
        "--frames",
        "calibration.frames",
        "--history",
        "history.sqlite",
    ]
}

fn sessions(home: &Home) -> usize {
    let list = home.json(&["history", "--history", "history.sqlite", "--json"]);
    list["sessions"].as_array().expect("a list").len()
}

/// Every command that needs the history says this in its one line.
fn all_refuse(home: &Home, why: &str) {
    let commands: [&[&str]; 4] = [
        &["history", "--history", "history.sqlite"],
        &["report", "--history", "history.sqlite"],
        &["export", "latest", "--output", "-", "--history", "history.sqlite"],
        &calibration(),
    ];
    for arguments in commands {
        let line = home.failure(arguments);
        assert!(
            line.contains(why) && line.contains("history.sqlite"),
            "{arguments:?}: {line}"
        );
    }
}

#[test]
fn a_history_that_another_program_holds_is_in_use_and_loses_nothing() {
    let home = calibrated();
    let other = Connection::open(home.path("history.sqlite")).expect("the file opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock is free");
    assert_eq!(sessions(&home), 1, "reading goes on");
    let line = home.failure(&calibration());
    assert!(line.contains("in use by another program"), "{line}");
    other.execute_batch("ROLLBACK").expect("the lock was held");
    home.good(&calibration());
    assert_eq!(sessions(&home), 2);
}

#[test]
fn what_is_no_history_stays_as_it_is() {
    let home = calibrated();
    let text = "time_s,acc_x_mps2\nthis is no database, it only lies where one should be\n";
    home.write("history.sqlite", text);
    all_refuse(&home, "damaged or not a history");
    assert_eq!(home.read("history.sqlite"), text);
}

#[test]
fn a_history_with_broken_pages_is_damaged() {
    let home = calibrated();
    let mut bytes = fs::read(home.path("history.sqlite")).expect("the file is there");
    bytes.truncate(bytes.len() / 2);
    home.write("history.sqlite", bytes);
    all_refuse(&home, "damaged");
    let done = home.run(&["doctor", "--history", "history.sqlite"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("damaged"), "{}", done.stdout);
}

#[test]
fn a_newer_history_is_left_alone() {
    let home = calibrated();
    let other = Connection::open(home.path("history.sqlite")).expect("the file opens");
    other.pragma_update(None, "user_version", 99).expect("a pragma");
    drop(other);
    let before = fs::read(home.path("history.sqlite")).expect("the file is there");
    all_refuse(&home, "newer version (schema 99");
    assert_eq!(
        fs::read(home.path("history.sqlite")).expect("the file is there"),
        before
    );
}

#[test]
fn a_place_that_takes_no_file_is_said() {
    let home = calibrated();
    fs::create_dir(home.path("folder.sqlite")).expect("a folder");
    let line = home.failure(&["history", "--history", "folder.sqlite"]);
    assert!(line.contains("cannot be written"), "{line}");
    let frames = ["drill", "D0", "--frames", "calibration.frames", "--history"];
    // Even an administrator makes no file here.
    for place in ["/proc/history.sqlite", "/proc/no/folder/history.sqlite"] {
        let line = home.failure(&[&frames[..], &[place]].concat());
        assert!(line.contains(place) || line.contains("/proc/no/folder"), "{line}");
    }
    let line = home.failure(&["report", "--history", "absent/history.sqlite"]);
    assert!(line.contains("no history at"), "{line}");
}

#[test]
fn a_file_that_may_only_be_read_is_said_or_written_by_an_administrator() {
    let home = calibrated();
    let path = home.path("history.sqlite");
    let mut permissions = fs::metadata(&path).expect("the file is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("the permissions change");
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        eprintln!("skipped: this user may write whatever the permissions say");
        return;
    }
    let line = home.failure(&["history", "--history", "history.sqlite"]);
    assert!(line.contains("read-only"), "{line}");
}

/// A small disk, as long as this value lives; `None` where this user may not mount one.
struct SmallDisk<'a>(&'a Home);

impl<'a> SmallDisk<'a> {
    fn mount(home: &'a Home, size: &str) -> Option<Self> {
        let folder = home.path("disk");
        fs::create_dir(&folder).expect("a folder");
        let options = format!("size={size}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&folder)
            .output();
        mounted
            .is_ok_and(|output| output.status.success())
            .then_some(Self(home))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path("disk")).output();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_what_was_there_stays() {
    let home = calibrated();
    let Some(disk) = SmallDisk::mount(&home, "256k") else {
        eprintln!("skipped: only an administrator mounts a small disk");
        return;
    };
    fs::copy(home.path("history.sqlite"), home.path("disk/history.sqlite")).expect("it still fits");
    let history = ["--history", "disk/history.sqlite"];
    let mut line = None;
    for _ in 0..10 {
        let done = home.run(&[&["drill", "D0", "--frames", "calibration.frames"], &history[..]].concat());
        if done.code != Some(0) {
            assert!(
                done.stdout.contains("Plumb line found"),
                "what the disk does not take is told all the same: {}",
                done.stdout
            );
            line = Some(done.stderr.trim().to_string());
            break;
        }
    }
    let line = line.expect("a quarter of a megabyte does not hold ten calibrations");
    assert!(line.contains("no space left"), "{line}");
    let done = home.run(&[&["report", "latest", "--json"], &history[..]].concat());
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    drop(disk);
    let page = home.run(&["report", "--history", "history.sqlite", "--html", "/dev/full"]);
    assert!(page.one_line(1).contains("/dev/full"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    let home = calibrated();
    for arguments in [
        ["report", "--history", "history.sqlite", "--json"],
        ["history", "--history", "history.sqlite", "--json"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("the device is there");
        let output = home
            .command(&arguments)
            .stdout(full)
            .output()
            .expect("the program starts");
        let line = Done::from(output).one_line(1);
        assert!(line.contains("standard output"), "{line}");
    }
}

#[test]
fn a_reader_that_has_enough_ends_the_program_quietly() {
    let home = calibrated();
    for arguments in [
        &["simulate", "--scenario", "calibration", "--output", "-"][..],
        &["history", "--history", "history.sqlite"],
        &["export", "latest", "--output", "-", "--history", "history.sqlite"],
        &["report", "--history", "history.sqlite"],
        &["doctor"],
        &["--help"],
    ] {
        let mut child = home
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::with_capacity(16, stdout)
            .read_line(&mut line)
            .expect("a line");
        let mut stderr = String::new();
        let mut pipe = child.stderr.take().expect("a pipe");
        pipe.read_to_string(&mut stderr).expect("text");
        let status = child.wait().expect("the program ends");
        assert_eq!((status.code(), stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
