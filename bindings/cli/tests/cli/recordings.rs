//! Recordings that are not as they should be: one clear line, or an analysis that says what is missing.

use plumbline_core::{pod::site::Site, sim::Simulation};
use serde_json::Value;

use crate::support::{Home, csv, samples, short_run, simulation};

/// A minute of running after a stand of five seconds.
fn minute() -> Simulation {
    simulation(short_run(5.0, 60.0), 104.0)
}

/// The pelvis recording of [`minute`], with each row's cells changed by `change(row, cells)`.
fn changed(change: impl Fn(usize, &mut Vec<String>)) -> String {
    let text = csv(samples(&minute(), Site::Pelvis));
    let rows = text.lines().enumerate().map(|(index, line)| {
        let mut cells: Vec<String> = line.split(',').map(str::to_string).collect();
        if index > 0 {
            change(index, &mut cells);
        }
        cells.join(",") + "\n"
    });
    rows.collect()
}

fn analysed(home: &Home, content: &str) -> Value {
    home.write("pelvis.csv", content);
    home.json(&[
        "analyze",
        "--pelvis",
        "pelvis.csv",
        "--band=6:12",
        "--usual-bend",
        "4",
        "--json",
    ])
}

fn list<'a>(analysis: &'a Value, name: &str) -> &'a Vec<Value> {
    analysis[name].as_array().expect("a list")
}

fn cadence(analysis: &Value) -> f64 {
    analysis["summary"]["cadence_spm"]
        .as_f64()
        .expect("the runner ran")
}

/// Seconds of holes with this reason.
fn holes_s(analysis: &Value, reason: &str) -> f64 {
    let gaps = list(analysis, "gaps")
        .iter()
        .filter(|gap| gap["reason"] == reason);
    gaps.map(|gap| gap["end_s"].as_f64().expect("a time") - gap["start_s"].as_f64().expect("a time"))
        .sum()
}

#[test]
fn what_is_no_recording_is_refused_in_one_line_that_says_why() {
    let home = Home::new();
    home.write("empty.csv", "");
    home.write("blank.csv", "\n\n\n");
    home.write("header.csv", "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2\n");
    home.write("wrong.csv", "time_s,acc_x_g,acc_y_mps2,acc_z_mps2\n0,0,0,9.81\n");
    home.write("short.csv", "time_s,acc_x_mps2\n0,0\n");
    home.write(
        "text.csv",
        "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2\n0,0,fast,9.81\n",
    );
    home.write(
        "cells.csv",
        "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2\n0,0,0,9.81\n0.01,0,0\n",
    );
    let junk: Vec<u8> = (0..20_000_u32).map(|index| (index * 197 % 251) as u8).collect();
    home.write("junk.csv", junk);
    home.write("zeros.csv", [0_u8; 10_000]);
    std::fs::create_dir(home.path("folder.csv")).expect("a folder");
    let cases = [
        ("absent.csv", "no such file"),
        ("folder.csv", "directory"),
        ("empty.csv", "empty"),
        ("blank.csv", "empty"),
        ("header.csv", "two are the least"),
        ("wrong.csv", "acc_x_g"),
        ("short.csv", "acc_y_mps2"),
        ("text.csv", "`fast` is not a number"),
        ("cells.csv", "line 3"),
        ("junk.csv", "column 1"),
        ("zeros.csv", "recording"),
    ];
    for (name, why) in cases {
        let line = home.failure(&["analyze", "--pelvis", name, "--json"]);
        assert!(line.to_lowercase().contains(why), "{name}: {line}");
        assert!(line.contains("pelvis") && line.contains(name), "{name}: {line}");
        assert!(line.chars().all(|one| !one.is_control()), "{name}: {line:?}");
        assert!(line.len() < 300, "{name}: {line}");
    }
}

#[test]
fn one_pod_cannot_be_both() {
    let home = Home::new();
    home.write("one.csv", changed(|_, _| {}));
    let line = home.failure(&["analyze", "--chest", "one.csv", "--pelvis", "one.csv"]);
    assert!(line.contains("both recordings are of the same pod"), "{line}");
}

#[test]
fn a_third_of_the_samples_without_numbers_is_a_short_list_that_loses_a_third() {
    let home = Home::new();
    let analysis = analysed(
        &home,
        &changed(|row, cells| {
            if row > 1_000 && row % 10 < 3 && row % 3 != 0 {
                cells[2] = "NaN".to_string();
            }
        }),
    );
    let gaps = list(&analysis, "gaps");
    assert!(gaps.len() < 600, "{}", gaps.len());
    let share = holes_s(&analysis, "bad_value") / 60.0;
    assert!((0.2..0.7).contains(&share), "{share}");
}

#[test]
fn values_that_no_body_makes_become_a_gap_and_no_number() {
    let home = Home::new();
    for bad in ["NaN", "inf", "-inf", "1e30", ""] {
        let content = changed(|row, cells| {
            // A second and a half in the middle of the run.
            if (3_000..3_156).contains(&row) {
                cells[2] = bad.to_string();
            }
        });
        let analysis = analysed(&home, &content);
        let hole_s = holes_s(&analysis, "bad_value");
        assert!((1.4..1.7).contains(&hole_s), "{bad}: {hole_s}");
        assert!((cadence(&analysis) - 170.0).abs() < 1.0, "{bad}");
        let lean = analysis["summary"]["pelvis_tilt_deg"].as_f64().expect("a tilt");
        assert!((lean - 5.0).abs() < 2.0, "{bad}: {lean}");
    }
}

#[test]
fn a_time_that_stumbles_is_a_gap_and_one_that_keeps_stumbling_is_refused() {
    let home = Home::new();
    let stumbling = |rows: std::ops::Range<usize>, back: bool| {
        changed(|row, cells| {
            if rows.contains(&row) {
                cells[0] = if back {
                    "1.25".to_string()
                } else {
                    "30".to_string()
                };
            }
        })
    };
    for back in [true, false] {
        let analysis = analysed(&home, &stumbling(3_000..3_020, back));
        assert!(holes_s(&analysis, "bad_value") > 0.1, "{}", analysis["gaps"]);
        assert!((cadence(&analysis) - 170.0).abs() < 1.0);
        home.write("pelvis.csv", stumbling(3_000..5_000, back));
        let line = home.failure(&["analyze", "--pelvis", "pelvis.csv"]);
        assert!(
            line.contains("time goes backwards, stands still or leaps"),
            "{line}"
        );
    }
}

#[test]
fn ten_seconds_that_are_missing_are_a_gap_without_steps() {
    let home = Home::new();
    let text = csv(samples(&minute(), Site::Pelvis));
    let outside = |line: &&str| {
        let time_s: f64 = line
            .split(',')
            .next()
            .and_then(|cell| cell.parse().ok())
            .unwrap_or(0.0);
        !(30.0..40.0).contains(&time_s)
    };
    let content: Vec<&str> = text.lines().filter(outside).collect();
    let analysis = analysed(&home, &(content.join("\n") + "\n"));
    let hole_s = holes_s(&analysis, "missing");
    assert!((9.8..10.2).contains(&hole_s), "{}", analysis["gaps"]);
    let inside = |step: &&Value| (30.0..40.0).contains(&step["initial_contact_s"].as_f64().expect("a time"));
    assert_eq!(list(&analysis, "steps").iter().filter(inside).count(), 0);
    for window in list(&analysis, "windows") {
        let (start_s, end_s) = (window["start_s"].as_f64(), window["end_s"].as_f64());
        assert!(end_s < Some(30.6) || start_s > Some(39.9), "{window}");
    }
    assert!((cadence(&analysis) - 170.0).abs() < 1.0);
}

#[test]
fn slow_and_fast_recordings_give_the_same_run() {
    let home = Home::new();
    for rate_hz in [25.0, 50.0, 208.0, 1_000.0] {
        let simulation = simulation(short_run(5.0, 40.0), rate_hz);
        let analysis = analysed(&home, &csv(samples(&simulation, Site::Pelvis)));
        let measured_hz = analysis["pods"][0]["rate_hz"].as_f64().expect("a rate");
        assert!((measured_hz / rate_hz - 1.0).abs() < 0.01, "{measured_hz}");
        assert!((cadence(&analysis) - 170.0).abs() < 1.5, "{rate_hz}");
        let tilt = analysis["summary"]["pelvis_tilt_deg"].as_f64().expect("a tilt");
        assert!((tilt - 5.0).abs() < 2.0, "{rate_hz}: {tilt}");
    }
}

#[test]
fn rates_that_are_not_read_are_refused_with_the_rate() {
    let home = Home::new();
    for rate_hz in [10.0, 2_000.0] {
        let simulation = simulation(short_run(4.0, 6.0), rate_hz);
        home.write("pelvis.csv", csv(samples(&simulation, Site::Pelvis)));
        let line = home.failure(&["analyze", "--pelvis", "pelvis.csv"]);
        assert!(line.contains("rows a second: 25 to 1000 are read"), "{line}");
    }
}

#[test]
fn without_a_stand_no_angle_is_absolute_and_the_summary_says_so() {
    let home = Home::new();
    let simulation = minute();
    let running = |site| {
        let samples = samples(&simulation, site)
            .iter()
            .filter(|one| (8.0..60.0).contains(&one.time_s));
        csv(&samples.copied().collect::<Vec<_>>())
    };
    home.write("chest.csv", running(Site::Chest));
    home.write("pelvis.csv", running(Site::Pelvis));
    let files = [
        "analyze",
        "--chest",
        "chest.csv",
        "--pelvis",
        "pelvis.csv",
        "--band=6:12",
    ];
    let analysis = home.json(&[&files[..], &["--json"]].concat());
    assert_eq!(analysis["calibration"], Value::Null);
    assert!((cadence(&analysis) - 170.0).abs() < 1.0);
    for angle in ["trunk_lean_deg", "pelvis_tilt_deg", "waist_bend_deg"] {
        assert_eq!(analysis["summary"][angle], Value::Null, "{angle}");
        assert!(
            list(&analysis, "steps").iter().all(|step| step[angle].is_null()),
            "{angle}"
        );
    }
    assert!(!list(&analysis, "windows").is_empty());
    for window in list(&analysis, "windows") {
        assert_eq!(
            (&window["class"], &window["trunk_lean_deg"]),
            (&"not_sure".into(), &Value::Null)
        );
    }
    assert!(home.good(&files).contains("No usable stand at the start"));
}

#[test]
fn one_pod_tells_what_one_pod_can_tell() {
    let home = Home::new();
    let simulation = minute();
    for (site, here, absent) in [
        (Site::Chest, "trunk_lean_deg", "pelvis_tilt_deg"),
        (Site::Pelvis, "pelvis_tilt_deg", "trunk_lean_deg"),
    ] {
        home.write("one.csv", csv(samples(&simulation, site)));
        let pod = format!("--{}", site.name());
        let analysis = home.json(&["analyze", &pod, "one.csv", "--json"]);
        assert_eq!(list(&analysis, "pods").len(), 1);
        assert_eq!(analysis["pods"][0]["position"], site.name());
        assert!(analysis["summary"][here].is_f64(), "{site:?}");
        assert_eq!(analysis["summary"][absent], Value::Null, "{site:?}");
        assert_eq!(analysis["summary"]["waist_bend_deg"], Value::Null, "{site:?}");
        assert!(
            analysis["summary"]["vertical_oscillation_mm"].is_f64(),
            "{site:?}"
        );
        for window in list(&analysis, "windows") {
            assert_ne!(window["class"], "waist_bend");
            if site == Site::Chest {
                assert_eq!(window["probabilities"]["waist_bend"].as_f64(), Some(0.0));
            }
        }
    }
}

#[test]
fn a_pod_that_stops_long_before_the_other_leaves_the_other_alone() {
    let home = Home::new();
    let simulation = minute();
    let chest: Vec<_> = samples(&simulation, Site::Chest)
        .iter()
        .take_while(|sample| sample.time_s < 25.0)
        .copied()
        .collect();
    home.write("chest.csv", csv(&chest));
    home.write("pelvis.csv", csv(samples(&simulation, Site::Pelvis)));
    let analysis = home.json(&[
        "analyze",
        "--chest",
        "chest.csv",
        "--pelvis",
        "pelvis.csv",
        "--json",
    ]);
    assert!((cadence(&analysis) - 170.0).abs() < 1.0);
    let (with, without): (Vec<&Value>, Vec<&Value>) = list(&analysis, "steps")
        .iter()
        .filter(|step| step["steady"] == true)
        .partition(|step| step["initial_contact_s"].as_f64() < Some(24.0));
    assert!(with.len() > 20 && with.iter().all(|step| step["trunk_lean_deg"].is_f64()));
    assert!(
        without.len() > 60
            && without
                .iter()
                .skip(3)
                .all(|step| step["trunk_lean_deg"].is_null())
    );
    // A pod alone that brakes at the end may be turning on its strap: the last steps are in doubt.
    let mut running = without
        .iter()
        .filter(|step| step["initial_contact_s"].as_f64() < Some(62.0));
    assert!(running.all(|step| step["pelvis_tilt_deg"].is_f64()));
}
