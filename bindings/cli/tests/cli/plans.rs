//! What the coach would say after a diary whose runs are recordings.

use std::fs;

use serde_json::{Value, json};

use super::support::Home;

const DAY: [&str; 5] = ["02", "03", "04", "05", "06"];

/// Three runs in the own band and two as `form`, as the lines of a diary beside their recordings.
fn diary(home: &Home, form: &str) -> Vec<Value> {
    let at = |day: &str| format!("2026-03-{day}T07:00:00+01:00");
    let mut lines = vec![
        json!({"at": at("01"), "kind": "drill", "drill": "D0", "seen": 3, "passed": 3, "feedback": true}),
    ];
    for (k, day) in DAY.into_iter().enumerate() {
        let form = if k < 3 { "good" } else { form };
        let (scenario, folder) = (format!("run-{form}"), format!("{form}-{k}"));
        home.good(&[
            "simulate",
            "--scenario",
            &scenario,
            "--seed",
            &k.to_string(),
            "--csv",
            &folder,
        ]);
        lines.push(json!({
            "at": at(day), "kind": "run", "speed_mps": 3.2,
            "chest": format!("{folder}/chest.csv"), "pelvis": format!("{folder}/pelvis.csv"),
        }));
    }
    lines
}

fn plan(home: &Home, lines: &[Value], language: &str) -> Value {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let text = lines.join("\n");
    fs::write(home.path("diary.jsonl"), text).expect("the diary is written");
    home.json(&["plan", "--diary", "diary.jsonl", "--language", language, "--json"])
}

#[test]
fn runs_that_are_off_lead_to_their_cause_and_its_drill() {
    for (form, class, cause, drill) in [
        ("good", "good", "none", "D3"),
        ("under", "under", "not_leaning_enough", "D3"),
        ("over", "over", "leaning_too_far", "D7"),
        ("waist-bend", "waist_bend", "waist_bend", "D3"),
    ] {
        let home = Home::new();
        let mut lines = diary(&home, form);
        let told = plan(&home, &lines, "en");
        assert_eq!(told["schema"], 1);
        let runs = told["runs"].as_array().expect("a list");
        assert_eq!((runs.len(), &runs[4]["class"]), (5, &json!(class)), "{form}");
        assert_eq!(told["causes"][0]["cause"], cause, "{form}: {told}");
        assert_eq!(told["drill"], drill, "{form}");
        let sum: f64 = told["causes"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|cause| cause["probability"].as_f64())
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        // Words differ by language, decisions do not.
        let german = plan(&home, &lines, "de");
        assert_ne!(german["why"], told["why"]);
        for decided in [
            "runs",
            "band_deg",
            "drill",
            "unlocked",
            "mastered",
            "feedback_share",
        ] {
            assert_eq!(german[decided], told[decided], "{decided}");
        }
        // Pain shuts everything, whatever the runs say.
        lines.push(json!({
            "at": "2026-03-07T07:00:00+01:00", "kind": "check_in",
            "pain": [{"place": "knee", "level": 3, "sharp": false, "limping": false}],
        }));
        let stopped = plan(&home, &lines, "en");
        assert!(
            stopped["stop"]["reason"].is_string() && stopped["drill"].is_null(),
            "{stopped}"
        );
    }
}

#[test]
fn a_bad_line_is_named_and_nothing_is_told() {
    let home = Home::new();
    fs::write(
        home.path("diary.jsonl"),
        "{\"at\":\"2026-03-01T07:00:00Z\",\"kind\":\"dream\"}\n",
    )
    .expect("written");
    let failure = home.failure(&["plan", "--diary", "diary.jsonl", "--json"]);
    assert!(failure.contains("line 1"), "{failure}");
    assert!(
        home.failure(&["plan", "--diary", "nowhere.jsonl"])
            .contains("nowhere.jsonl")
    );
}
