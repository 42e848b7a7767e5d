//! Each command as it should go: help, exit codes, what is printed where.

use std::fs;

use serde_json::Value;

use crate::support::Home;

const COMMANDS: [&str; 13] = [
    "demo", "analyze", "scan", "pair", "stream", "record", "drill", "run", "report", "history", "export",
    "doctor", "simulate",
];

#[test]
fn every_command_explains_itself_with_examples() {
    let home = Home::new();
    for command in COMMANDS {
        assert!(home.good(&[command, "--help"]).contains("Examples:"), "{command}");
    }
    assert!(
        home.good(&["--help"])
            .contains("Exit codes: 0 done, 1 failed, 2 wrong use.")
    );
    assert!(home.good(&["--version"]).starts_with("plumbline "));
}

#[test]
fn wrong_use_ends_with_two_and_explains_itself() {
    let home = Home::new();
    let cases: [&[&str]; 17] = [
        &[],
        &["analyze"],
        &["analyze", "--json"],
        &["analyze", "--pelvis", "x.csv", "--band", "9:3"],
        &["analyze", "--pelvis", "x.csv", "--usual-bend", "much"],
        &["drill", "D99", "--frames", "-"],
        &["drill", "D3", "--frames", "-", "--pain", "knee:eleven"],
        &["simulate", "--scenario", "sleep", "--output", "-"],
        &["report", "--language", "xx"],
        &["report", ""],
        &["export", "", "--output", "-"],
        &["history", "delete", ""],
        &["history", "--limit", "0"],
        &["history", "--limit", "0", "--json"],
        &["demo", "--history", "week.sqlite"],
        &["drill", "D3", "--frames", "-", "--pain", "elbow:1"],
        &["run", "--frames", "-", "--at", "soon"],
    ];
    for arguments in cases {
        let done = home.run(arguments);
        assert_eq!(done.code, Some(2), "{arguments:?}");
        assert!(done.stderr.contains("--help"), "{arguments:?}: {}", done.stderr);
        assert!(done.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_may_be_named_is_listed_in_the_help_and_in_the_refusal() {
    let home = Home::new();
    let place = home.run(&["run", "--frames", "-", "--pain", "elbow:1"]).stderr;
    let help = home.good(&["run", "--help"]);
    for told in [&place, &help] {
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("foot, achilles, calf"), "{told}");
    }
    assert!(help.contains("nothing hurts"), "{help}");
    let drill = home.run(&["drill", "D99", "--frames", "-"]).stderr;
    for name in ["D0", "D3", "D4"] {
        assert!(drill.contains(name), "{drill}");
    }
}

#[test]
fn analyze_without_a_file_says_what_a_recording_is() {
    let done = Home::new().run(&["analyze"]);
    for word in ["time_s,acc_x_mps2", "Stand still for 3 s", "--band=-2:4"] {
        assert!(done.stderr.contains(word), "{word}");
    }
}

#[test]
fn what_cannot_be_done_ends_with_one_and_one_line() {
    let home = Home::new();
    home.write("empty.frames", "# nothing\n");
    home.write("garbled.frames", "0 chest 00\nnonsense\n");
    home.write("slip.frames", "0 chest 00\n9223372036854775807 chest 00\n");
    let cases: [(&[&str], &str); 8] = [
        (&["report"], "no history at"),
        (&["history", "delete", "abc"], "no history at"),
        (&["export", "latest", "--output", "-"], "no history at"),
        (&["drill", "D0", "--frames", "absent.frames"], "No such file"),
        (&["drill", "D0", "--frames", "empty.frames"], "holds no frame"),
        (&["drill", "D0", "--frames", "garbled.frames"], "line 2"),
        (&["drill", "D0", "--frames", "slip.frames"], "line 2"),
        (
            &[
                "simulate",
                "--scenario",
                "calibration",
                "--output",
                "absent/x.frames",
            ],
            "absent",
        ),
    ];
    for (arguments, why) in cases {
        let line = home.failure(arguments);
        assert!(line.contains(why), "{arguments:?}: {line}");
    }
}

#[test]
fn lines_that_no_pod_wrote_are_refused_by_their_number_and_obeyed_by_no_terminal() {
    let home = Home::new();
    home.write(
        "endless.frames",
        "0 chest 00\n".to_string() + &"7".repeat(1_000_000),
    );
    home.write("codes.frames", "0 chest 00\n\u{1b}[2Jnow chest 00\n");
    home.write("garbled\u{1b}]0;x\u{7}.frames", "0 chest zz\n");
    home.write(
        "backwards.frames",
        "9000000 chest 00\n8000000 chest 00\n7000000 chest 00\n",
    );
    let cases = [
        ("endless.frames", "line 2: longer than 4096 bytes"),
        ("codes.frames", "line 2: `\\u{1b}[2Jnow` is not a time"),
        (
            "garbled\u{1b}]0;x\u{7}.frames",
            "garbled\\u{1b}]0;x\\u{7}.frames, line 1",
        ),
        ("backwards.frames", "line 3: this came before the lines above it"),
        ("absent\u{1b}c", "absent\\u{1b}c"),
    ];
    for (name, why) in cases {
        let line = home.failure(&["run", "--frames", name]);
        assert!(line.contains(why), "{name:?}: {line}");
        assert!(line.chars().all(|one| !one.is_control()), "{line:?}");
        assert!(line.len() < 300, "{line}");
    }
}

#[test]
fn a_run_of_which_nothing_can_be_analysed_is_told_and_a_failure() {
    let home = Home::new();
    home.write("last.frames", "9223372036854775807 chest 00\n");
    home.write(
        "noise.frames",
        "0 chest 0011\n1000000 pelvis ffff\n2000000 chest 0011\n",
    );
    for name in ["last.frames", "noise.frames"] {
        let done = home.run(&["run", "--frames", name, "--json"]);
        assert!(done.stdout.starts_with('{'), "{}", done.stdout);
        let line = done.one_line(1);
        assert!(line.contains("no pod sent data that can be analysed"), "{line}");
    }
}

#[test]
fn a_time_in_the_far_future_does_not_carry_the_next_session_there() {
    let home = Home::new();
    home.write("slip.frames", "0 chest 00\n9000000000000000000 chest 00\n");
    home.failure(&["run", "--frames", "slip.frames"]);
    let simulated = [
        "simulate",
        "--scenario",
        "calibration",
        "--output",
        "short.frames",
    ];
    home.good(&simulated);
    let at = |text: &str| {
        let report: serde_json::Value = serde_json::from_str(text).unwrap();
        report["started_at"].as_i64().unwrap()
    };
    let report = home.good(&["run", "--frames", "short.frames", "--json"]);
    assert!(at(&report) < 4_102_444_800_000_000, "{report}");
}

#[test]
fn a_pod_is_forgotten_without_a_radio() {
    let home = Home::new();
    home.good(&["pair", "--forget", "chest"]);
}

#[test]
fn looking_at_a_history_that_is_not_there_makes_none() {
    let home = Home::new();
    assert_eq!(home.good(&["history"]), "No session yet.\n");
    assert_eq!(
        home.good(&["history", "--json"]),
        "{\"schema\":1,\"sessions\":[]}\n"
    );
    assert!(home.is_empty());
}

#[test]
fn the_simulated_frames_are_the_same_each_time() {
    let home = Home::new();
    let arguments = ["simulate", "--scenario", "calibration", "--output", "-"];
    let text = home.good(&arguments);
    assert_eq!(text, home.good(&arguments));
    assert!(text.lines().any(|line| line.ends_with("command start_drill D0")));
    assert!(text.lines().filter(|line| line.contains(" pelvis ")).count() > 100);
}

#[test]
fn a_session_goes_from_frames_to_report_page_and_export() {
    let home = Home::new();
    home.good(&["simulate", "--scenario", "calibration", "--output", "d0.frames"]);
    let cues = home.good(&[
        "drill",
        "D0",
        "--frames",
        "d0.frames",
        "--at",
        "2026-05-04T07:00Z",
    ]);
    assert!(cues.contains("Got it. Your stands agree"), "{cues}");
    assert!(!cues.contains('\u{1b}'));
    let report = home.json(&["report", "--json"]);
    assert_eq!(report["drill"]["result"]["passed"], 3);
    let page = home.good(&["report", "latest", "--html", "d0.html", "--language", "de"]);
    assert_eq!(page, "d0.html\n");
    let page = home.read("d0.html");
    assert!(page.contains("<html lang=\"de\">") && page.contains("Lot gefunden"));
    let list = home.json(&["history", "--json"]);
    let id = list["sessions"][0]["id"].as_str().expect("an id");
    home.good(&["export", &id[..6], "--output", "d0.json"]);
    let export: Value = serde_json::from_str(&home.read("d0.json")).expect("the export is JSON");
    assert_eq!(export["report"], report);
    let log: Vec<&str> = export["log"]
        .as_array()
        .expect("a log")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(log.last().is_some_and(|line| line.ends_with("command finish")));

    home.good(&["history", "delete", &id[..6]]);
    assert_eq!(home.good(&["history"]), "No session yet.\n");
    let short = home.failure(&["history", "restore", &id[..6]]);
    assert!(short.contains("needs the whole id"), "{short}");
    home.good(&["history", "restore", id]);
    assert!(home.good(&["history"]).contains("D0"));
}

#[test]
fn a_drill_that_is_not_open_is_refused_in_the_runner_s_language() {
    let home = Home::new();
    home.good(&["simulate", "--scenario", "calibration", "--output", "d0.frames"]);
    let d4 = ["drill", "D4", "--frames", "d0.frames", "--language"];
    let english = home.failure(&[&d4[..], &["en"]].concat());
    let german = home.failure(&[&d4[..], &["de"]].concat());
    assert!(english.contains("This one opens after"), "{english}");
    assert!(german.contains("Diese Übung öffnet sich"), "{german}");
    let sore = home.failure(&["drill", "D0", "--frames", "d0.frames", "--pain", "knee:5"]);
    assert!(sore.contains("pain of three or more"), "{sore}");
}

#[test]
fn pain_is_remembered_until_the_runner_says_that_it_has_gone() {
    let home = Home::new();
    home.good(&["simulate", "--scenario", "calibration", "--output", "d0.frames"]);
    let drill = ["drill", "D0", "--frames", "d0.frames"];
    home.failure(&[&drill[..], &["--pain", "calf:9"]].concat());
    let silent = home.failure(&drill);
    assert!(silent.contains("pain of three or more"), "{silent}");
    home.good(&[&drill[..], &["--no-pain"]].concat());
    home.good(&drill);
}

#[test]
fn a_session_that_was_cut_off_is_listed_exported_and_told_from_what_was_kept() {
    let home = Home::new();
    home.good(&["simulate", "--scenario", "calibration", "--output", "d0.frames"]);
    let frames = home.read("d0.frames");
    let begin: Vec<&str> = frames.lines().take(400).collect();
    home.write("cut.frames", begin.join("\n") + "\nnonsense\n");
    assert!(
        home.failure(&["run", "--frames", "cut.frames"])
            .contains("line 401")
    );
    assert!(home.good(&["history"]).contains("no report: cut off"));
    let list = home.json(&["history", "--json"]);
    let id = list["sessions"][0]["id"].as_str().expect("an id");
    let export = home.json(&["export", id, "--output", "-"]);
    assert_eq!(export["report"], Value::Null);
    assert!(export["log"].as_array().is_some_and(|log| log.len() > 300));
    assert!(home.failure(&["report"]).contains("no finished session"));
    let told = home.run(&["report", id, "--json"]);
    assert!(told.stderr.contains("cut off"), "{}", told.stderr);
    let told: Value = serde_json::from_str(&told.stdout).expect("the report is JSON");
    assert!(
        told["duration_s"].as_f64().is_some_and(|seconds| seconds > 20.0),
        "{told}"
    );
}

#[test]
fn simulated_recordings_can_be_analysed() {
    let home = Home::new();
    home.good(&["simulate", "--scenario", "run-good", "--csv", "recordings"]);
    let truth = fs::read(home.path("recordings/truth.json")).expect("the truth is written");
    let truth: Value = serde_json::from_slice(&truth).expect("the truth is JSON");
    assert!(truth["steps"].as_array().is_some_and(|steps| steps.len() > 300));
    let summary = home.good(&[
        "analyze",
        "--chest",
        "recordings/chest.csv",
        "--pelvis",
        "recordings/pelvis.csv",
        "--band=6:12",
    ]);
    assert!(!summary.contains('\u{1b}') && summary.contains("cadence"));
    assert!(!summary.contains("--usual-bend"), "{summary}");
    let mut shown = summary;
    for (language, hint, steps) in [
        (
            "en",
            "give --band LOW:HIGH and --usual-bend DEG",
            "of them steady",
        ),
        ("de", "--band UNTEN:OBEN und --usual-bend GRAD", "Schritte, davon"),
    ] {
        let one_pod = [
            "analyze",
            "--pelvis",
            "recordings/pelvis.csv",
            "--language",
            language,
        ];
        let told = home.good(&one_pod);
        let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = if language == "en" {
            "Without the chest pod"
        } else {
            "Ohne den Brust-Pod"
        };
        for part in [hint, steps, why] {
            assert!(words.contains(part), "{part}: {told}");
        }
        shown += &told;
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
}

#[test]
fn doctor_says_what_is_ready() {
    let found = Home::new().json(&["doctor", "--json"]);
    assert_eq!(found["ready"], true);
    let checks = found["checks"].as_array().expect("a list");
    let names: Vec<_> = checks.iter().map(|check| &check["name"]).collect();
    assert_eq!(names, ["rules", "network", "history", "radio"]);
}

#[test]
fn the_demo_tells_a_week_that_ends_in_a_fading_run() {
    let home = Home::new();
    let shown = home.good(&["demo", "--keep", "week.sqlite"]);
    for told in [
        "Got it. Your stands agree",
        "mastered: Whole-body tilt at the wall",
        "Lean-and-fall: 12 of 12 as asked",
        "then came upright",
        "You may be coming upright because you get tired",
        "week.html (open it in a browser)",
        "above\n         all.\n         > Nothing hurts.",
        "as before",
    ] {
        assert!(shown.contains(told), "{told}");
    }
    assert_eq!(shown.matches("Walk five easy steps").count(), 2, "{shown}");
    let (headline, question) = (shown.find("I am still learning"), shown.rfind("How do you feel?"));
    assert!(headline.is_some() && headline < question, "{shown}");
    assert!(!shown.contains('\u{1b}'));
    assert!(
        shown
            .lines()
            .all(|line| line.chars().count() <= 80 || line.contains('/')),
        "{shown}"
    );
    let report = home.json(&["report", "--history", "week.sqlite", "--json"]);
    let seconds: Vec<f64> = (0..5)
        .map(|class| report["class_seconds"][class].as_f64().expect("a time"))
        .collect();
    let (under, good, not_sure) = (seconds[0], seconds[1], seconds[4]);
    assert!(good > 600.0 && under > 120.0 && not_sure < 300.0, "{seconds:?}");
    let week = home.json(&["history", "--history", "week.sqlite", "--json"]);
    assert_eq!(week["sessions"].as_array().map(Vec::len), Some(11));
    let again = home.failure(&["demo", "--keep", "week.sqlite"]);
    assert!(again.contains("exists already"), "{again}");
}

#[test]
fn a_german_demo_leaves_no_english_behind() {
    let home = Home::new();
    let shown = home.good(&["demo", "--keep", "woche.sqlite", "--language", "de"]);
    let page = home.read("woche.html");
    let body = &page[page.find("</style>").expect("a style")..];
    let words = |text: &str| -> Vec<String> {
        let letters = |one: char| !one.is_alphabetic();
        text.split(letters).map(str::to_lowercase).collect()
    };
    let english = [
        "the", "your", "you", "and", "lean", "run", "drill", "of", "is", "from", "steps", "report",
        "history", "good", "under", "over", "mean",
    ];
    // Names in markup are English; the text between the tags is not.
    let text: String = body
        .split('<')
        .map(|part| part.split_once('>').map_or("", |(_, text)| text))
        .collect();
    // The last lines name files.
    let shown: Vec<&str> = shown.lines().filter(|line| !line.contains('/')).collect();
    for told in [shown.join(" "), text] {
        let found: Vec<String> = words(&told)
            .into_iter()
            .filter(|word| english.contains(&word.as_str()))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
