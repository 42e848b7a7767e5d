use plumbline_core::lean::rules::RuleModel;

use super::*;

const DAY: &str = r#"{"at":"2026-03-01T07:00:00+01:00","kind":"check_in","pain":[]}"#;

fn read_text(text: &str) -> Result<Diary, Failure> {
    read(text.as_bytes(), Path::new("."), &RuleModel)
}

fn refusal(text: &str) -> String {
    read_text(text).expect_err("must be refused").to_string()
}

#[test]
fn every_kind_is_read() {
    let text = [
        r#"{"at":"2026-03-01T07:00:00Z","kind":"onboarding","trained":true,"desk_hours":8,"background":["dance"],"not_now":[]}"#,
        r#"{"at":"2026-03-01T07:01:00Z","kind":"check_in","pain":[{"place":"low_back","level":2,"sharp":false,"limping":false}],"signs":[],"sore":["quads"],"felt":["legs_push_hard"]}"#,
        r#"{"at":"2026-03-01T07:02:00Z","kind":"self_test","name":"knee_to_wall","result":"left_short"}"#,
        r#"{"at":"2026-03-01T07:03:00Z","kind":"drill","drill":"D4","seen":12,"passed":10,"feedback":false}"#,
    ]
    .join("\n");
    let Diary { course, now, .. } = read_text(&text).unwrap();
    assert_eq!(course.onboarding.trained, Some(true));
    assert_eq!(course.check_ins.len(), 1);
    assert_eq!(
        course.self_tests[&SelfTest::KneeToWall].1,
        SelfTestResult::LeftShort
    );
    assert!(course.drills[0].met && !course.drills[0].feedback);
    assert_eq!(now, course.drills[0].at);
}

#[test]
fn lines_of_one_moment_may_come_in_any_order_and_a_duplicate_counts_once() {
    let lines = [
        r#"{"at":"2026-03-01T06:00:00Z","kind":"drill","drill":"D0","seen":3,"passed":3,"feedback":true}"#,
        DAY,
        r#"{"at":"2026-03-01T06:00:00Z","kind":"onboarding","trained":false}"#,
    ];
    let forward = read_text(&lines.join("\n")).unwrap();
    let mut turned = lines.to_vec();
    turned.reverse();
    turned.push(lines[0]);
    assert_eq!(read_text(&turned.join("\n")).unwrap(), forward);
    assert_eq!(forward.course.drills.len(), 1);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_line() {
    let bad = [
        "{",
        "[]",
        r#"{"kind":"check_in"}"#,
        r#"{"at":"yesterday","kind":"check_in"}"#,
        r#"{"at":"2026-03-01","kind":"check_in"}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"dream"}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"check_in","pain":[{"place":"knee","level":11}]}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"check_in","pain":[{"place":"moon","level":1}]}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"drill","drill":"D99","seen":1,"passed":1}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"drill","drill":"D4","seen":1,"passed":2}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"self_test","name":"knee_to_wall","result":"maybe"}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"run"}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"run","chest":"nowhere.csv"}"#,
        r#"{"at":"2026-03-02T06:00:00Z","kind":"run","chest":"c.csv","speed_mps":-3}"#,
        r#"{"at":"2026-02-28T06:00:00Z","kind":"check_in"}"#,
    ];
    for line in bad {
        let refusal = refusal(&format!("{DAY}\n{line}"));
        assert!(refusal.contains("line 2"), "{line}: {refusal}");
    }
    let not_text = read(b"{\"at\":\"\xff\"}", Path::new("."), &RuleModel).expect_err("no text");
    assert!(not_text.to_string().contains("line 1"));
}

#[test]
fn moments_are_told_as_the_diary_writes_them_and_days_are_the_runners() {
    let diary = read_text(r#"{"at":"2026-03-01T00:30:00+01:00","kind":"check_in"}"#).unwrap();
    assert_eq!(diary.moment(diary.now), "2026-03-01T00:30:00+01:00");
    assert_eq!(diary.day(diary.now), "2026-03-01");
    assert_eq!(diary.day(diary.now.plus_seconds(7.0 * 86_400.0)), "2026-03-08");
}

#[test]
fn silence_on_pain_or_on_an_operation_takes_nothing_back() {
    let text = [
        r#"{"at":"2026-03-01T07:00:00Z","kind":"onboarding","not_now":["surgery"]}"#,
        r#"{"at":"2026-03-01T07:01:00Z","kind":"check_in","pain":[{"place":"knee","level":6}]}"#,
        r#"{"at":"2026-03-02T07:00:00Z","kind":"onboarding","desk_hours":3}"#,
        r#"{"at":"2026-03-02T07:01:00Z","kind":"check_in","felt":["runs_tall"]}"#,
    ]
    .join("\n");
    let course = read_text(&text).unwrap().course;
    assert!(course.not_now().is_some());
    assert_eq!(course.said().unwrap().pain[0].level, 6);
}
