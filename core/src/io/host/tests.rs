//! The desk against a store that fails on demand.

mod doubles;

use super::*;
use crate::{
    io::shared::SharedHistory,
    session::{
        input::CheckIn,
        log::{LogEntry, SessionContext},
        output::{CueKind, SessionKind},
        report::SessionReport,
    },
};
use doubles::{NoModel, Scripted};

fn desk() -> (Desk, SharedHistory<Scripted>) {
    let store = SharedHistory::new(Scripted::default());
    (Desk::new(Box::new(store.clone())), store)
}

fn at(seconds: f64) -> Timestamp {
    Timestamp(0).plus_seconds(seconds)
}

fn entry(seconds: f64) -> LogEntry {
    LogEntry::Input {
        at: at(seconds),
        input: Input::Tick,
    }
}

fn begin(seconds: f64) -> Output {
    Output::Store(StoreRequest::Begin {
        at: at(seconds),
        kind: SessionKind::Run,
    })
}

fn append(seconds: f64) -> Output {
    Output::Store(StoreRequest::Append(entry(seconds)))
}

fn report(headline: &str) -> SessionReport {
    SessionReport {
        duration_s: 3.0,
        model: "rules 1".into(),
        headline: headline.into(),
        ..SessionReport::blank(at(0.0), SessionKind::Run)
    }
}

fn finish(headline: &str) -> Output {
    Output::Store(StoreRequest::Finish(Box::new(report(headline))))
}

/// What [`Host::handle`] does with the outputs of one input.
fn handle(desk: &mut Desk, seconds: f64, outputs: impl IntoIterator<Item = Output>) {
    for output in outputs {
        desk.perform(output);
    }
    desk.store_due(at(seconds));
}

fn set_failure(store: &SharedHistory<Scripted>, failure: Option<StoreError>) {
    store.with(|scripted| scripted.failure = failure);
}

fn kept_entries(store: &SharedHistory<Scripted>, session: usize) -> Vec<LogEntry> {
    store.with(|scripted| scripted.sessions[session].entries.clone())
}

#[test]
fn cues_and_changes_are_kept_until_they_are_taken() {
    let (_, store) = desk();
    let mut host = Host::new(
        Coach::new(SessionContext::default(), Box::new(NoModel)),
        Box::new(store),
    );
    let cue = Cue {
        at: at(1.0),
        kind: CueKind::Image,
        text: "A string lifts you.".into(),
    };
    host.desk.perform(Output::Cue(cue.clone()));
    host.desk.perform(Output::Changed);
    assert_eq!(host.take_cues(), [cue]);
    assert!(host.take_cues().is_empty());
    assert!(host.take_changed());
    assert!(!host.take_changed());
}

#[test]
fn a_begin_is_stored_at_once_with_its_first_entries() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0), append(0.0)]);
    assert_eq!(kept_entries(&store, 0), [entry(0.0)]);
}

#[test]
fn inputs_are_gathered_for_a_second() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    handle(&mut desk, 0.3, [append(0.3)]);
    handle(&mut desk, 0.9, [append(0.9)]);
    assert!(kept_entries(&store, 0).is_empty());
    assert_eq!(desk.next_try(), Some(at(1.0)));
    let writes = store.with(|scripted| scripted.writes);
    handle(&mut desk, 1.0, []);
    assert_eq!(kept_entries(&store, 0), [entry(0.3), entry(0.9)]);
    assert_eq!(store.with(|scripted| scripted.writes), writes + 1);
    assert_eq!(desk.next_try(), None);
}

#[test]
fn a_caller_who_stores_decides_when_and_begins_and_ends_still_go_at_once() {
    let (mut desk, store) = desk();
    desk.flush_s = None;
    handle(&mut desk, 0.0, [begin(0.0), append(0.0)]);
    for second in 1..100 {
        handle(&mut desk, f64::from(second), [append(f64::from(second))]);
    }
    assert_eq!((desk.next_try(), kept_entries(&store, 0).len()), (None, 1));
    desk.store_all(at(100.0));
    assert_eq!(kept_entries(&store, 0).len(), 100);
    handle(&mut desk, 101.0, [append(101.0), finish("Done.")]);
    assert_eq!(kept_entries(&store, 0).len(), 101);
    assert!(desk.finished.is_some());
}

#[test]
fn nothing_to_store_writes_nothing() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    let writes = store.with(|scripted| scripted.writes);
    for second in 1..100 {
        handle(&mut desk, f64::from(second), [Output::Changed]);
    }
    assert_eq!(store.with(|scripted| scripted.writes), writes);
}

#[test]
fn a_finish_is_stored_at_once_and_names_the_session() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    handle(&mut desk, 0.2, [append(0.2), finish("Good.")]);
    assert_eq!(desk.finished, Some(SessionId("0".into())));
    assert_eq!(
        store.with(|scripted| scripted.sessions[0].report.clone()),
        Some(report("Good."))
    );
    handle(&mut desk, 0.4, [begin(0.4)]);
    assert_eq!(desk.finished, None);
}

#[test]
fn a_store_that_fails_for_a_while_loses_nothing() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    set_failure(&store, Some(StoreError::Full));
    for second in 1..=20 {
        handle(&mut desk, f64::from(second), [append(f64::from(second))]);
    }
    assert_eq!(desk.trouble, Some(StoreError::Full));
    assert!(kept_entries(&store, 0).is_empty());
    set_failure(&store, None);
    handle(&mut desk, 26.0, [append(26.0)]);
    let expected: Vec<_> = (1..=20)
        .chain([26])
        .map(|second| entry(f64::from(second)))
        .collect();
    assert_eq!(kept_entries(&store, 0), expected);
    assert_eq!(desk.trouble, None);
}

#[test]
fn a_failing_store_is_tried_every_five_seconds_only() {
    let (mut desk, store) = desk();
    set_failure(&store, Some(StoreError::Busy));
    handle(&mut desk, 0.0, [begin(0.0)]);
    for tenth in 1..=100 {
        handle(&mut desk, f64::from(tenth) * 0.1, [append(0.0)]);
    }
    assert_eq!(store.with(|scripted| scripted.writes), 3);
}

#[test]
fn a_begin_that_fails_is_made_up_for() {
    let (mut desk, store) = desk();
    set_failure(&store, Some(StoreError::Suspended));
    handle(&mut desk, 0.0, [begin(0.0), append(0.0)]);
    handle(&mut desk, 1.0, [append(1.0)]);
    set_failure(&store, None);
    handle(&mut desk, 2.0, [finish("Late.")]);
    assert_eq!(kept_entries(&store, 0), [entry(0.0), entry(1.0)]);
    assert_eq!(desk.finished, Some(SessionId("0".into())));
    assert!(!desk.waiting());
}

#[test]
fn a_finish_that_fails_waits_and_does_not_store_the_log_twice() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    store.with(|scripted| scripted.finish_failure = Some(StoreError::Full));
    handle(&mut desk, 0.5, [append(0.5), finish("Good.")]);
    assert_eq!(desk.finished, None);
    assert_eq!(desk.trouble, Some(StoreError::Full));
    store.with(|scripted| scripted.finish_failure = None);
    handle(&mut desk, 6.0, []);
    assert_eq!(kept_entries(&store, 0), [entry(0.5)]);
    assert_eq!(desk.finished, Some(SessionId("0".into())));
    assert_eq!(desk.trouble, None);
}

#[test]
fn a_report_the_store_refuses_does_not_hold_up_the_next_session() {
    let (mut desk, store) = desk();
    store.with(|scripted| scripted.finish_failure = Some(StoreError::Other("not this one".into())));
    handle(&mut desk, 0.0, [begin(0.0), finish("First.")]);
    handle(&mut desk, 1.0, [begin(1.0), append(1.0)]);
    assert_eq!(kept_entries(&store, 1), [entry(1.0)]);
    assert_eq!(desk.trouble, Some(StoreError::Other("not this one".into())));
    store.with(|scripted| scripted.finish_failure = None);
    handle(&mut desk, 7.0, [finish("Second.")]);
    let reports = store.with(|scripted| scripted.sessions.iter().map(|kept| kept.report.clone()).collect());
    let reports: Vec<Option<SessionReport>> = reports;
    assert_eq!(reports, [Some(report("First.")), Some(report("Second."))]);
    assert_eq!(desk.finished, Some(SessionId("1".into())));
}

#[test]
fn a_session_without_an_end_stays_open_and_the_next_one_begins() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0), append(0.0)]);
    handle(&mut desk, 1.0, [begin(1.0), append(1.0)]);
    handle(&mut desk, 2.0, [append(2.0), finish("Second.")]);
    assert_eq!(kept_entries(&store, 0), [entry(0.0)]);
    assert_eq!(kept_entries(&store, 1), [entry(1.0), entry(2.0)]);
    assert!(store.with(|scripted| scripted.sessions[0].report.is_none()));
    assert!(!desk.waiting());
}

#[test]
fn what_comes_outside_a_session_is_left_out() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [append(0.0), finish("Nothing.")]);
    assert_eq!(store.with(|scripted| scripted.writes), 0);
    assert!(!desk.waiting());
}

#[test]
fn a_check_in_outside_a_session_is_stored_at_once_and_again_after_trouble() {
    let (mut desk, store) = desk();
    let check_in = |seconds| {
        Output::Store(StoreRequest::CheckIn {
            at: at(seconds),
            check_in: CheckIn::default(),
        })
    };
    handle(&mut desk, 0.0, [check_in(0.0)]);
    set_failure(&store, Some(StoreError::Full));
    handle(&mut desk, 1.0, [check_in(1.0)]);
    assert_eq!(desk.trouble, Some(StoreError::Full));
    assert!(desk.waiting());
    set_failure(&store, None);
    handle(&mut desk, 7.0, []);
    assert_eq!(
        store.with(|scripted| scripted.check_ins.clone()),
        [at(0.0), at(1.0)]
    );
    assert!(!desk.waiting() && desk.trouble.is_none());
}

#[test]
fn going_away_stores_what_waits() {
    let (mut desk, store) = desk();
    handle(&mut desk, 0.0, [begin(0.0)]);
    handle(&mut desk, 0.5, [append(0.5)]);
    drop(desk);
    assert_eq!(kept_entries(&store, 0), [entry(0.5)]);
}

#[cfg(feature = "sqlite")]
#[test]
fn a_run_that_outlasts_a_suspended_history_is_stored_whole() {
    use crate::io::sqlite::SqliteHistory;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.db");
    let store = SharedHistory::new(SqliteHistory::open(&path).unwrap());
    let mut desk = Desk::new(Box::new(store.clone()));
    handle(&mut desk, 0.0, [begin(0.0), append(0.0)]);
    store.with(SqliteHistory::suspend);
    handle(&mut desk, 1.0, [append(1.0)]);
    handle(&mut desk, 2.0, [append(2.0), finish("Good.")]);
    assert_eq!(desk.trouble, Some(StoreError::Suspended));
    store.with(SqliteHistory::resume).unwrap();
    desk.store_all(at(2.5));
    let id = desk.finished.clone().unwrap();
    drop((desk, store));

    let history = SqliteHistory::open(&path).unwrap();
    assert_eq!(history.log(&id).unwrap(), [entry(0.0), entry(1.0), entry(2.0)]);
    assert_eq!(history.report(&id).unwrap(), report("Good."));
}
