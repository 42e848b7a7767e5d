//! A run with a hole that a pod's own memory fills after the run, over links that break: a Movesense's log, and a Lean
//! Pod's blocks that come when the run has ended.

use plumbline_core::{
    pod::{link::LinkEvent, protocol::movesense, site::Site},
    session::{
        complete::{complete, is_stored_block},
        input::{Command, Input},
        log::LogEntry,
        report::SessionReport,
    },
    sim::{PodSetup, Scenario, movesense::MovesensePod, peripheral::Peripheral, presets, simulate},
};

use crate::support::away::{Field, Pod};

/// The run lasts so long, seconds.
const RUN_S: f64 = 40.0;
/// And begins when the pod streams.
const BEGIN_S: f64 = 0.5;
const PLENTY: usize = 1 << 20;

fn scenario(seed: u64) -> Scenario {
    let mut scenario = Scenario::new(seed, presets::run(presets::RunForm::Good, RUN_S));
    scenario.pods = vec![PodSetup::typical(Site::Pelvis, seed)];
    scenario
}

fn movesense_pod(seed: u64, memory: usize) -> MovesensePod {
    let scenario = scenario(seed);
    MovesensePod::new(&scenario, &simulate(&scenario).pods[0], memory)
}

fn movesense(memory: usize) -> Field {
    Field::with(Pod::Movesense(movesense_pod(8, memory)))
}

fn lean_pod(memory: u32) -> Field {
    let scenario = scenario(8);
    let pod = Peripheral::new(&scenario, &simulate(&scenario).pods[0], memory);
    Field::with(Pod::Lean(pod))
}

/// A run whose link is away between these seconds, up to its end.
fn run(field: &mut Field, away_s: Option<(f64, f64)>, end_s: f64) {
    field.until(BEGIN_S);
    field.command(Command::StartRun);
    if let Some((from_s, to_s)) = away_s {
        field.until(from_s);
        field.reach(false);
        field.until(to_s.min(end_s));
        field.reach(to_s <= end_s);
    }
    field.until(end_s);
    field.command(Command::Finish);
}

/// The report of a run in which nothing was lost.
fn whole(mut field: Field, end_s: f64) -> SessionReport {
    run(&mut field, None, end_s);
    let report = field.report();
    assert!(!field.log().iter().any(is_stored_block), "nothing was missing");
    report
}

/// The packets of motion in the completed log, or the first part of those that came in two.
fn payloads(log: &[LogEntry]) -> Vec<Vec<u8>> {
    let firsts = complete(log).into_iter().filter_map(|entry| match entry {
        LogEntry::Input {
            input: Input::Link(LinkEvent::Notification { bytes, .. }),
            ..
        } if bytes[0] == 2 => Some(bytes[2..].to_vec()),
        _ => None,
    });
    firsts.collect()
}

/// Those packets by their stamps.
fn packets(log: &[LogEntry]) -> Vec<u32> {
    let stamps = payloads(log)
        .into_iter()
        .filter_map(|bytes| movesense::stamp_ms(&bytes));
    stamps.collect()
}

/// Whether each of those packets is, byte for byte, one that the pod measured.
fn is_true(pod: &Pod, log: &[LogEntry]) -> bool {
    let Pod::Movesense(pod) = pod else {
        panic!("a Movesense")
    };
    let is_true = |found: &Vec<u8>| pod.truth().any(|truth| truth.starts_with(found));
    payloads(log).iter().all(is_true)
}

/// The stamps of the truth between the first and the last of those.
fn truth_within(pod: &Pod, found: &[u32]) -> Vec<u32> {
    let Pod::Movesense(pod) = pod else {
        panic!("a Movesense")
    };
    let stamps = pod.truth().filter_map(movesense::stamp_ms);
    stamps
        .filter(|stamp| (found[0]..=found[found.len() - 1]).contains(stamp))
        .collect()
}

fn logs(field: &Field) -> usize {
    let Pod::Movesense(pod) = &field.pod else {
        panic!("a Movesense")
    };
    pod.logs().len()
}

fn is_logging(field: &Field) -> bool {
    matches!(&field.pod, Pod::Movesense(pod) if pod.is_logging())
}

fn fetches(field: &Field) -> usize {
    field.written.iter().filter(|bytes| bytes[0] == 3).count()
}

fn same_run(report: &SessionReport, whole: &SessionReport) {
    assert_eq!(report.summary.steady_steps, whole.summary.steady_steps);
    assert_eq!(report.gaps.len(), whole.gaps.len());
    let cadence = |report: &SessionReport| report.summary.cadence_spm.expect("a cadence").mean;
    assert!((cadence(report) - cadence(whole)).abs() < 0.05);
}

#[test]
fn a_movesenses_log_fills_the_hole_after_the_run_each_packet_once() {
    let whole = whole(movesense(PLENTY), 36.0);
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    let holed = field.report();
    assert!(holed.gaps.len() > whole.gaps.len());
    assert_eq!(fetches(&field), 0, "live stands before what was stored");
    field.until(70.0);
    let found = packets(&field.log());
    assert_eq!(found, truth_within(&field.pod, &found));
    same_run(&field.report(), &whole);
    assert_eq!(
        (fetches(&field), logs(&field)),
        (1, 0),
        "and the pod is empty again"
    );
}

#[test]
fn a_run_without_a_hole_fetches_nothing_and_leaves_nothing_on_the_pod() {
    let mut field = movesense(PLENTY);
    run(&mut field, None, 20.0);
    field.until(25.0);
    assert_eq!((fetches(&field), logs(&field)), (0, 0));
}

#[test]
fn a_fetch_that_a_lost_link_interrupts_goes_on_at_the_next() {
    let whole = whole(movesense(PLENTY), 36.0);
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    field.until(36.8);
    assert_eq!(fetches(&field), 1);
    field.reach(false);
    field.until(50.0);
    field.reach(true);
    field.until(80.0);
    assert_eq!(fetches(&field), 2);
    let found = packets(&field.log());
    assert_eq!(found, truth_within(&field.pod, &found));
    same_run(&field.report(), &whole);
}

#[test]
fn a_part_of_the_log_that_is_lost_is_asked_for_again() {
    let whole = whole(movesense(PLENTY), 36.0);
    // A packet lies in two parts or three, so that one of these ends in mid-packet whatever the first is.
    for lost in 380..384 {
        let mut field = movesense(PLENTY);
        run(&mut field, Some((20.0, 26.0)), 36.0);
        let mut parts = 0;
        field.loses = Box::new(move |bytes| {
            parts += usize::from(bytes[1] == 0x24 && bytes[0] == 2);
            bytes[1] == 0x24 && parts == lost
        });
        field.until(80.0);
        assert_eq!(fetches(&field), 2);
        let found = packets(&field.log());
        assert_eq!(found, truth_within(&field.pod, &found));
        assert!(is_true(&field.pod, &field.log()), "part {lost}");
        same_run(&field.report(), &whole);
    }
}

#[test]
fn packets_that_the_radio_drops_one_by_one_come_back_too() {
    let whole = whole(movesense(PLENTY), 36.0);
    let mut field = movesense(PLENTY);
    let mut count = 0_u32;
    // Now and then the first part, now and then the second.
    field.loses = Box::new(move |bytes| {
        count += u32::from(bytes[1] == 0x11 && bytes[0] != 1);
        bytes[1] == 0x11 && bytes[0] != 1 && count.is_multiple_of(37)
    });
    run(&mut field, None, 36.0);
    let holed = packets(&field.log()).len();
    field.until(70.0);
    let mut found = packets(&field.log());
    // A first part whose second was lost stands where it came, and its packet once more as a whole.
    found.dedup();
    assert_eq!(found, truth_within(&field.pod, &found));
    assert!(holed + 10 < found.len());
    same_run(&field.report(), &whole);
}

#[test]
fn a_movesense_that_comes_back_after_the_end_brings_the_end_of_the_run() {
    let whole = whole(movesense(PLENTY), 36.0);
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, f64::INFINITY)), 36.0);
    field.until(38.0);
    field.reach(true);
    field.until(70.0);
    same_run(&field.report(), &whole);
    assert_eq!((fetches(&field), logs(&field)), (1, 0));
}

#[test]
fn a_log_that_ended_with_the_pods_memory_fills_what_it_holds() {
    let mut field = movesense(58_000);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    let holed = packets(&field.log());
    field.until(70.0);
    let filled = packets(&field.log());
    let whole = truth_within(&field.pod, &filled);
    assert!(
        holed.len() + 20 < filled.len() && filled.len() + 20 < whole.len(),
        "{} {} {}",
        holed.len(),
        filled.len(),
        whole.len()
    );
    assert!(filled.is_sorted_by(|one, next| one < next), "each once, in order");
}

#[test]
fn a_log_of_another_session_is_refused() {
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    let holed = field.report();
    let mut foreign = b"SBEM0103".to_vec();
    for packet in movesense_pod(9, PLENTY).truth() {
        // The very stamps of this session, as after a start at the same moment.
        foreign.extend([5, packet.len() as u8]);
        foreign.extend_from_slice(packet);
    }
    if let Pod::Movesense(pod) = &mut field.pod {
        pod.replace_last_log(foreign);
    }
    field.until(70.0);
    assert_eq!(fetches(&field), 1);
    assert!(!field.log().iter().any(is_stored_block));
    assert_eq!(field.report(), holed);
    assert_eq!(logs(&field), 1, "whose it is may still want it");
}

#[test]
fn what_somebody_else_left_on_the_pod_is_neither_fetched_nor_erased() {
    let pod = movesense_pod(8, PLENTY).with_log(b"SBEM0103".to_vec());
    let mut field = Field::with(Pod::Movesense(pod));
    run(&mut field, Some((20.0, 26.0)), 36.0);
    field.until(70.0);
    let found = packets(&field.log());
    assert_eq!(found, truth_within(&field.pod, &found));
    assert_eq!(logs(&field), 2);
    let fetched: Vec<u8> = field
        .written
        .iter()
        .filter(|bytes| bytes[0] == 3)
        .map(|bytes| bytes[2])
        .collect();
    assert_eq!(fetched, [2]);
}

#[test]
fn a_program_that_is_killed_in_mid_run_ends_its_log_at_the_next_connection_and_makes_room() {
    let mut field = movesense(PLENTY);
    field.until(BEGIN_S);
    field.command(Command::StartRun);
    field.until(10.0);
    assert!(is_logging(&field));
    field.restart();
    field.until(13.0);
    assert_eq!((is_logging(&field), logs(&field)), (false, 0));
    // And the next run has a log of its own.
    field.command(Command::StartRun);
    field.until(20.0);
    field.reach(false);
    field.until(24.0);
    field.reach(true);
    field.until(30.0);
    field.command(Command::Finish);
    field.until(40.0);
    assert_eq!((fetches(&field), logs(&field)), (1, 0));
    let found = packets(&field.log());
    assert_eq!(found, truth_within(&field.pod, &found));
}

#[test]
fn a_run_that_begins_before_the_killed_ones_log_is_ended_keeps_one_of_its_own() {
    let mut field = movesense(PLENTY);
    field.until(BEGIN_S);
    field.command(Command::StartRun);
    field.until(5.0);
    field.restart();
    field.until(5.1);
    field.command(Command::StartRun);
    field.until(12.0);
    field.reach(false);
    field.until(16.0);
    field.reach(true);
    field.until(20.0);
    field.command(Command::Finish);
    field.until(30.0);
    assert_eq!((fetches(&field), logs(&field)), (1, 0));
    let found = packets(&field.log());
    assert_eq!(found, truth_within(&field.pod, &found));
}

#[test]
fn what_somebody_else_logged_since_a_kill_is_not_erased() {
    for foreign in [1, 2] {
        let mut field = movesense(PLENTY);
        field.until(BEGIN_S);
        field.command(Command::StartRun);
        field.until(5.0);
        field.restart();
        if let Pod::Movesense(pod) = &mut field.pod {
            for _ in 0..foreign {
                *pod = pod.clone().with_log(b"SBEM0103".to_vec());
            }
        }
        field.until(8.0);
        assert!(!is_logging(&field));
        assert_eq!(logs(&field), 1 + foreign);
    }
}

#[test]
fn a_log_that_could_not_be_fetched_makes_room_for_the_next_runs() {
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    // Some of what is missing comes each time, the rest never.
    field.loses = Box::new(|bytes| bytes[..2] == [2, 0x24] && bytes[2..6] == (146_u32 * 395).to_le_bytes());
    field.until(60.0);
    assert!(!field.host.waits_for_stored());
    assert_eq!(fetches(&field), 3);
    assert_eq!(logs(&field), 1, "it lies there still");
    field.loses = Box::new(|_| false);
    field.command(Command::StartRun);
    field.until(65.0);
    assert_eq!(logs(&field), 1, "the new one alone");
    assert!(is_logging(&field));
    let cleared = field.written.iter().filter(|bytes| bytes[0] == 5).count();
    assert_eq!(cleared, 1);
}

#[test]
fn while_a_log_is_fetched_the_host_says_so_and_how_far_it_is() {
    let mut field = movesense(PLENTY);
    run(&mut field, Some((20.0, 26.0)), 36.0);
    assert!(field.host.waits_for_stored());
    let mut shares = Vec::new();
    for tenth in 361..700 {
        field.until(f64::from(tenth) / 10.0);
        shares.extend(field.host.awaited().filter_map(|pod| pod.share));
    }
    assert!(!field.host.waits_for_stored());
    assert_eq!(field.host.awaited().count(), 0);
    assert!(shares.len() > 3, "{shares:?}");
    assert!(shares.is_sorted() && shares.iter().all(|share| (0.0..=1.0).contains(share)));
}

#[test]
fn the_share_that_is_missing_falls_as_a_hole_is_filled() {
    let mut field = lean_pod(2000);
    field.until(BEGIN_S);
    field.command(Command::StartRun);
    field.until(10.0);
    field.reach(false);
    field.until(14.0);
    field.reach(true);
    let mut shares = Vec::new();
    for tenth in 140..200 {
        field.until(f64::from(tenth) / 10.0);
        shares.extend(field.host.view().pods.first().map(|pod| pod.missing));
    }
    let most = shares.iter().copied().fold(0.0, f64::max);
    assert!((0.15..0.35).contains(&most), "{shares:?}");
    assert_eq!(shares.last(), Some(&0.0), "{shares:?}");
}

#[test]
fn blocks_that_come_after_the_end_still_fill_the_run() {
    let whole = whole(lean_pod(2000), 36.0);
    let mut field = lean_pod(2000);
    run(&mut field, Some((20.0, 35.9)), 36.0);
    let holed = field.report();
    assert!(holed.summary.steady_steps < whole.summary.steady_steps);
    field.until(45.0);
    same_run(&field.report(), &whole);
}

#[test]
fn a_pod_that_comes_back_after_the_end_brings_the_end_of_the_run() {
    let whole = whole(lean_pod(2000), 36.0);
    let mut field = lean_pod(2000);
    run(&mut field, Some((20.0, f64::INFINITY)), 36.0);
    field.until(38.0);
    field.reach(true);
    field.until(50.0);
    let report = field.report();
    assert_eq!(report.summary.steady_steps, whole.summary.steady_steps);
    assert_eq!(report.gaps.len(), whole.gaps.len());
}

#[test]
fn what_comes_after_the_wait_belongs_to_no_run_and_the_next_begins_with_what_came() {
    let mut field = lean_pod(2000);
    run(&mut field, Some((20.0, 30.0)), 36.0);
    field.until(37.0);
    let entries = field.log().len();
    // Nothing is missing: the run is closed, and a later hole is no part of it.
    field.reach(false);
    field.until(38.0);
    field.reach(true);
    field.until(40.0);
    assert_eq!(field.log().len(), entries);
    let first = field.report();
    run(&mut field, None, 45.0);
    assert!(field.report().started_at > first.started_at);
}
