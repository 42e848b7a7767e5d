//! The list: order, pages, deleted and open sessions.

use super::*;

fn headlines(rows: &[SessionRow]) -> Vec<&str> {
    rows.iter().filter_map(|row| row.headline.as_deref()).collect()
}

#[test]
fn a_row_says_what_the_list_needs() {
    let mut history = memory();
    let run = keep(&mut history, &run_report(at(0), "Good."));
    let drill = keep(&mut history, &drill_report(DrillId::D3, at(60)));
    let rows = history.sessions(None, 10).unwrap();
    let expected = [
        SessionRow {
            id: drill,
            started_at: at(60),
            duration_s: Some(1_200.0),
            kind: SessionKind::Drill(DrillId::D3),
            headline: Some("Nine seen, eight as one piece.".into()),
            trunk_lean_deg: None,
        },
        SessionRow {
            id: run,
            started_at: at(0),
            duration_s: Some(1_200.0),
            kind: RUN,
            headline: Some("Good.".into()),
            trunk_lean_deg: Some(7.3),
        },
    ];
    assert_eq!(rows, expected);
}

#[test]
fn names_are_32_hexadecimal_digits_and_differ() {
    let mut history = memory();
    let first = history.begin(at(0), RUN).unwrap();
    let second = history.begin(at(0), RUN).unwrap();
    assert_ne!(first, second);
    assert!(
        first.0.len() == 32
            && first
                .0
                .chars()
                .all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
    );
}

#[test]
fn the_newest_comes_first_whatever_the_order_of_writing() {
    let mut history = memory();
    for second in [20, 0, 30, 10] {
        keep(&mut history, &run_report(at(second), &second.to_string()));
    }
    assert_eq!(
        headlines(&history.sessions(None, 10).unwrap()),
        ["30", "20", "10", "0"]
    );
}

#[test]
fn pages_follow_on_each_other_without_a_hole() {
    let mut history = memory();
    for second in 0..25 {
        keep(&mut history, &run_report(at(second), &second.to_string()));
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = history.sessions(before, 10).unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.started_at);
        seen.extend(page.into_iter().filter_map(|row| row.headline));
    }
    let expected: Vec<_> = (0..25).rev().map(|second| second.to_string()).collect();
    assert_eq!(seen, expected);
}

#[test]
fn the_lists_walk_an_index_and_sort_nothing() {
    let history = memory();
    for (sql, index) in [
        (read::SESSIONS, "session_listed"),
        (read::OPEN_SESSIONS, "session_open"),
    ] {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = history.connection().unwrap().prepare(&explain).unwrap();
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
        let plan = rows.map(Result::unwrap).collect::<Vec<_>>().join("\n");
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn a_deleted_session_is_hidden_until_it_is_restored() {
    let mut history = memory();
    let kept = keep(&mut history, &run_report(at(0), "Kept."));
    let hidden = keep(&mut history, &run_report(at(1), "Hidden."));
    history.delete(&hidden).unwrap();
    history.delete(&hidden).unwrap();
    assert_eq!(headlines(&history.sessions(None, 10).unwrap()), ["Kept."]);
    history.restore(&hidden).unwrap();
    history.restore(&kept).unwrap();
    assert_eq!(
        headlines(&history.sessions(None, 10).unwrap()),
        ["Hidden.", "Kept."]
    );
    assert_eq!(history.log(&hidden).unwrap(), ticks(1));
}

#[test]
fn deleting_notes_when_by_the_wall_clock() {
    let mut history = memory();
    let id = keep(&mut history, &run_report(at(0), "Good."));
    history.delete(&id).unwrap();
    let age_s: f64 = history
        .connection()
        .unwrap()
        .query_row(
            "SELECT unixepoch('subsec') - deleted_at_us / 1e6 FROM session",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!((0.0..60.0).contains(&age_s), "{age_s}");
}

#[test]
fn a_session_that_was_cut_off_stays_listed_and_can_be_finished_from_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let mut history = SqliteHistory::open(&path).unwrap();
    keep(&mut history, &run_report(at(0), "Whole."));
    let cut_off = history.begin(at(1), SessionKind::Drill(DrillId::D4)).unwrap();
    history.append(&cut_off, &ticks(3)).unwrap();
    let deleted = history.begin(at(2), RUN).unwrap();
    history.delete(&deleted).unwrap();
    drop(history);

    let mut history = SqliteHistory::open(&path).unwrap();
    let open = history.open_sessions().unwrap();
    assert_eq!(open.iter().map(|row| &row.id).collect::<Vec<_>>(), [&cut_off]);
    assert_eq!((open[0].duration_s, open[0].headline.as_deref()), (None, None));
    assert_eq!(history.sessions(None, 10).unwrap()[0], open[0]);
    assert_eq!(history.log(&cut_off).unwrap(), ticks(3));
    history
        .finish(&cut_off, &drill_report(DrillId::D4, at(1)))
        .unwrap();
    assert_eq!(history.open_sessions().unwrap(), []);
}

#[test]
fn an_unknown_name_is_not_found_by_any_call() {
    let mut history = memory();
    let nobody = SessionId("0".repeat(32));
    let not_found = StoreError::NotFound(nobody.0.clone());
    assert_eq!(history.append(&nobody, &ticks(1)), Err(not_found.clone()));
    assert_eq!(
        history.finish(&nobody, &run_report(at(0), "Good.")),
        Err(not_found.clone())
    );
    assert_eq!(history.report(&nobody), Err(not_found.clone()));
    assert_eq!(history.log(&nobody), Err(not_found.clone()));
    assert_eq!(history.delete(&nobody), Err(not_found.clone()));
    assert_eq!(history.restore(&nobody), Err(not_found));
}
