//! The analysis for other programs, held against its documented shape, name by name.

use plumbline_core::{
    pod::site::Site,
    sim::{Act, presets},
};
use serde_json::Value;

use crate::support::{Home, csv, samples, simulation};

const ANALYSIS: [&str; 8] = [
    "calibration",
    "gaps",
    "launches",
    "pods",
    "schema",
    "steps",
    "summary",
    "windows",
];
const STEP: [&str; 13] = [
    "cadence_spm",
    "flight_ms",
    "ground_contact_ms",
    "initial_contact_s",
    "mid_stance_s",
    "mid_stance_timing",
    "pelvis_tilt_deg",
    "side",
    "steady",
    "toe_off_s",
    "trunk_lean_deg",
    "vertical_oscillation_mm",
    "waist_bend_deg",
];
const WINDOW: [&str; 6] = [
    "class",
    "end_s",
    "probabilities",
    "start_s",
    "trunk_lean_ci90_deg",
    "trunk_lean_deg",
];
const CLASSES: [&str; 5] = ["good", "not_sure", "over", "under", "waist_bend"];
const QUANTITIES: [(&str, &str); 8] = [
    ("ground_contact", "_ms"),
    ("flight", "_ms"),
    ("cadence", "_spm"),
    ("vertical_oscillation", "_mm"),
    ("trunk_lean", "_deg"),
    ("pelvis_tilt", "_deg"),
    ("waist_bend", "_deg"),
    ("mid_stance_timing", ""),
];

fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

fn list<'a>(analysis: &'a Value, name: &str) -> &'a Vec<Value> {
    analysis[name].as_array().expect("a list")
}

fn number(value: &Value, name: &str) -> f64 {
    value[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} of {value}"))
}

/// Both pods' analysis, with a hole in the chest pod's recording.
fn analysed(acts: Vec<Act>, hole_s: std::ops::Range<f64>) -> Value {
    let home = Home::new();
    let mut simulation = simulation(acts, 104.0);
    for pod in &mut simulation.pods {
        if pod.site == Site::Chest {
            pod.samples.retain(|sample| !hole_s.contains(&sample.time_s));
        }
        home.write(&format!("{}.csv", pod.site.name()), csv(&pod.samples));
    }
    home.json(&[
        "analyze",
        "--chest",
        "chest.csv",
        "--pelvis",
        "pelvis.csv",
        "--band=6:12",
        "--usual-bend",
        "4",
        "--json",
    ])
}

#[test]
fn a_run_is_told_in_the_documented_names_units_and_order() {
    let analysis = analysed(presets::run(presets::RunForm::Good, 60.0), 8.0..8.5);
    assert_eq!(names(&analysis), ANALYSIS);
    assert_eq!(analysis["schema"], 1);
    let pods: Vec<&Value> = list(&analysis, "pods")
        .iter()
        .map(|pod| &pod["position"])
        .collect();
    assert_eq!(pods, ["chest", "pelvis"]);
    for pod in list(&analysis, "pods") {
        assert_eq!(names(pod), ["has_gyro", "position", "rate_hz", "samples"]);
        assert!((number(pod, "rate_hz") - 104.0).abs() < 0.5);
        assert!(pod["has_gyro"] == true && pod["samples"].is_u64());
    }
    let launches = list(&analysis, "launches");
    assert!(
        launches.is_empty(),
        "who walks into a run does not start from standstill: {launches:?}"
    );
    let calibration = &analysis["calibration"];
    assert_eq!(
        names(calibration),
        ["neutral_end_s", "neutral_start_s", "spread_deg"]
    );
    let lasted_s = number(calibration, "neutral_end_s") - number(calibration, "neutral_start_s");
    assert!((3.0..6.0).contains(&lasted_s) && number(calibration, "spread_deg") < 1.0);
    steps(&analysis);
    windows(&analysis);
    for gap in list(&analysis, "gaps") {
        assert_eq!(names(gap), ["end_s", "pod", "reason", "start_s"]);
        assert!(number(gap, "end_s") > number(gap, "start_s"));
    }
    let gap = &list(&analysis, "gaps")[0];
    assert_eq!(
        (&gap["pod"], &gap["reason"]),
        (&"chest".into(), &"missing".into())
    );
    summary(&analysis);
}

fn steps(analysis: &Value) {
    let steps = list(analysis, "steps");
    assert!(steps.is_sorted_by_key(|step| number(step, "initial_contact_s")));
    for step in steps {
        assert_eq!(names(step), STEP);
        assert!(["left", "right", "unknown"].contains(&step["side"].as_str().expect("a side")));
        let (contact_s, middle_s, off_s) = (
            number(step, "initial_contact_s"),
            number(step, "mid_stance_s"),
            number(step, "toe_off_s"),
        );
        assert!(contact_s <= middle_s && middle_s <= off_s, "{step}");
        if step["steady"] == true {
            assert!(step["flight_ms"].is_f64(), "{step}");
            assert!((number(step, "ground_contact_ms") - (off_s - contact_s) * 1e3).abs() < 1e-6);
            let bend = number(step, "trunk_lean_deg") - number(step, "pelvis_tilt_deg");
            assert!((number(step, "waist_bend_deg") - bend).abs() < 1e-9);
        }
    }
    let walking = steps.iter().filter(|step| step["flight_ms"].is_null());
    assert!(walking.clone().count() > 5, "the runner walks first");
    assert!(walking.into_iter().all(|step| step["steady"] == false));
}

fn windows(analysis: &Value) {
    let windows = list(analysis, "windows");
    assert!((5..=7).contains(&windows.len()));
    assert!(windows.is_sorted_by_key(|window| number(window, "start_s")));
    for window in windows {
        assert_eq!(names(window), WINDOW);
        assert!(CLASSES.contains(&window["class"].as_str().expect("a class")));
        assert_eq!(names(&window["probabilities"]), CLASSES);
        let sum: f64 = CLASSES
            .iter()
            .map(|class| number(&window["probabilities"], class))
            .sum();
        assert!((sum - 1.0).abs() < 1e-9);
        let (low, high) = (
            &window["trunk_lean_ci90_deg"][0],
            &window["trunk_lean_ci90_deg"][1],
        );
        let lean = Some(number(window, "trunk_lean_deg"));
        assert!(low.as_f64() < lean && lean < high.as_f64());
        assert!(number(window, "start_s") > 12.0, "nobody runs before");
    }
    let good = windows.iter().filter(|window| window["class"] == "good").count();
    assert!(good + 1 >= windows.len(), "{windows:?}");
}

fn summary(analysis: &Value) {
    let summary = &analysis["summary"];
    let mut expected: Vec<String> = QUANTITIES
        .iter()
        .flat_map(|(stem, unit)| [format!("{stem}{unit}"), format!("{stem}_ci90{unit}")])
        .collect();
    expected.sort_unstable();
    assert_eq!(names(summary), expected);
    let steady: Vec<&Value> = list(analysis, "steps")
        .iter()
        .filter(|step| step["steady"] == true)
        .collect();
    assert!(steady.len() > 100);
    for (stem, unit) in QUANTITIES {
        let name = format!("{stem}{unit}");
        let values: Vec<f64> = steady.iter().filter_map(|step| step[&name].as_f64()).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((number(summary, &name) - mean).abs() < 1e-9, "{name}");
        let interval = &summary[format!("{stem}_ci90{unit}")];
        assert!(
            interval[0].as_f64() < Some(mean) && Some(mean) < interval[1].as_f64(),
            "{name}"
        );
    }
}

#[test]
fn starts_from_standstill_are_told_with_both_angles() {
    let falls = |bend_deg| {
        vec![
            Act::Stand { seconds: 5.0 },
            Act::LeanAndFalls {
                count: 3,
                angle_deg: 10.0,
                bend_deg,
            },
            Act::Stand { seconds: 4.0 },
        ]
    };
    let analysis = analysed(falls(0.0), 1.0..1.0);
    let launches = list(&analysis, "launches");
    assert_eq!(launches.len(), 3);
    for launch in launches {
        let expected = [
            "angle_deg",
            "end_s",
            "expected_angle_deg",
            "start_s",
            "tipped_as_one",
        ];
        assert_eq!(names(launch), expected);
        assert_eq!(launch["tipped_as_one"], true);
        assert!((number(launch, "angle_deg") - number(launch, "expected_angle_deg")).abs() < 4.0);
        assert!(number(launch, "end_s") > number(launch, "start_s"));
    }
    let bent = analysed(falls(12.0), 1.0..1.0);
    let tipped: Vec<&Value> = list(&bent, "launches")
        .iter()
        .map(|launch| &launch["tipped_as_one"])
        .collect();
    assert_eq!(tipped, [&Value::Bool(false); 3]);
}

#[test]
fn an_empty_band_is_wrong_use_and_a_band_may_lie_below_zero() {
    let home = Home::new();
    let simulation = simulation(presets::run(presets::RunForm::Good, 30.0), 104.0);
    home.write("chest.csv", csv(samples(&simulation, Site::Chest)));
    home.write("pelvis.csv", csv(samples(&simulation, Site::Pelvis)));
    let classes = |band: &str, usual_bend: &str| -> Vec<Value> {
        let analysis = home.json(&[
            "analyze",
            "--chest",
            "chest.csv",
            "--pelvis",
            "pelvis.csv",
            band,
            usual_bend,
            "--json",
        ]);
        list(&analysis, "windows")
            .iter()
            .map(|window| window["class"].clone())
            .collect()
    };
    let is_usual = format!("--usual-bend={}", presets::USUAL_BEND_DEG);
    let all_are =
        |name: &str, classes: &[Value]| !classes.is_empty() && classes.iter().all(|class| class == name);
    assert!(all_are("over", &classes("--band=-2:4", &is_usual)));
    assert!(all_are("under", &classes("--band=14:20", &is_usual)));
    assert!(all_are(
        "waist_bend",
        &classes("--band=-2:4", "--usual-bend=-6.5")
    ));
    for band in ["--band=4:-2", "--band=4:4", "--band=NaN:4", "--band=4", "--band="] {
        assert_eq!(
            home.run(&["analyze", "--chest", "chest.csv", band]).code,
            Some(2),
            "{band}"
        );
    }
}
