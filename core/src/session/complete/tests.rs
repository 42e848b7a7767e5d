use super::*;
use crate::{
    lean::rules::RuleModel,
    pod::{
        link::LinkEvent,
        protocol::lean_pod::{self, BACKFILL, LIVE},
        site::Site,
    },
    session::{
        coach::Coach,
        input::Command,
        log::SessionContext,
        output::{Output, StoreRequest},
        replay::{replay, report_of},
        report::SessionReport,
    },
    sim::{PodSetup, Scenario, notifications, peripheral::Peripheral, presets, simulate},
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);
/// From the first sample of a block to its arrival, microseconds.
const DELAY_US: i64 = 130_000;
/// Where the chest pod is away, seconds.
const AWAY_S: (f64, f64) = (30.0, 36.0);

/// Every block of a run of forty seconds, each after the same delay by its own stamp, in order of arrival.
fn blocks() -> Vec<(Timestamp, Site, Vec<u8>)> {
    let mut scenario = Scenario::new(4, presets::run(presets::RunForm::Good, 40.0));
    for pod in &mut scenario.pods {
        pod.clock_skew_ppm = 0.0;
        pod.clock_offset_us = 5_000_000;
    }
    let simulation = simulate(&scenario);
    let mut all = Vec::new();
    for pod in &simulation.pods {
        for block in Peripheral::new(&scenario, pod, 0).truth() {
            let stamp_us = lean_pod::decode(&block.bytes).unwrap().first_sample_us;
            let arrival = Timestamp(START.0 + stamp_us as i64 - 5_000_000 + DELAY_US);
            all.push((arrival, pod.site, block.bytes.clone()));
        }
    }
    all.sort_by_key(|(arrival, site, _)| (*arrival, *site));
    all
}

fn is_away(at: Timestamp, site: Site) -> bool {
    let at_s = at.seconds_since(START);
    site == Site::Chest && (AWAY_S.0..AWAY_S.1).contains(&at_s)
}

/// Plays a run and gives its log as the history keeps it, and its report.
fn played(inputs: Vec<(Timestamp, Input)>) -> (Vec<LogEntry>, SessionReport) {
    let mut coach = Coach::new(SessionContext::default(), Box::new(RuleModel));
    for site in Site::ALL {
        coach
            .handle(START, Input::Link(LinkEvent::lean_pod_connected(site)))
            .unwrap();
    }
    let end = inputs.last().map_or(START, |(at, _)| *at);
    coach.handle(START, Input::Command(Command::StartRun)).unwrap();
    for (at, input) in inputs {
        coach.handle(at, input).unwrap();
    }
    coach.handle(end, Input::Command(Command::Finish)).unwrap();
    let outputs: Vec<Output> = std::iter::from_fn(|| coach.poll_output()).collect();
    let log = outputs.iter().filter_map(|output| match output {
        Output::Store(StoreRequest::Append(entry)) => Some(entry.clone()),
        _ => None,
    });
    (log.collect(), report_of(&outputs).unwrap().clone())
}

fn live_input(site: Site, bytes: &[u8]) -> Input {
    Input::Link(LinkEvent::lean_pod_block(site, bytes.to_vec()))
}

fn stored_input(site: Site, bytes: &[u8]) -> Input {
    Input::Link(LinkEvent::Notification {
        site,
        characteristic: BACKFILL,
        bytes: bytes.to_vec(),
    })
}

/// What comes live where `lost` says no, and the lost blocks as stored ones: from the middle to both ends, some twice.
fn with_a_hole(
    blocks: &[(Timestamp, Site, Vec<u8>)],
    lost: impl Fn(Timestamp, Site) -> bool,
) -> Vec<(Timestamp, Input)> {
    let (late, in_time): (Vec<_>, Vec<_>) = blocks.iter().partition(|(at, site, _)| lost(*at, *site));
    let back = in_time
        .iter()
        .find(|(at, ..)| at.seconds_since(START) > AWAY_S.1 + 1.0)
        .unwrap()
        .0;
    let mut inputs: Vec<_> = in_time
        .iter()
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (first, second) = late.split_at(late.len() / 2);
    for (_, site, bytes) in second.iter().chain(first).chain(&late[..5]) {
        inputs.push((back, stored_input(*site, bytes)));
    }
    inputs.sort_by_key(|(at, _)| *at);
    inputs
}

#[test]
fn a_log_with_stored_blocks_is_the_log_of_a_run_without_loss_bit_for_bit() {
    let blocks = blocks();
    let whole = blocks
        .iter()
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (whole_log, whole_report) = played(whole);
    let (log, report) = played(with_a_hole(&blocks, is_away));
    assert!(report != whole_report, "live the hole is there");
    assert!(!report.gaps.is_empty());
    let completed = complete(&log);
    assert_eq!(completed.len(), whole_log.len());
    let differs = completed
        .iter()
        .zip(&whole_log)
        .position(|(one, other)| one != other);
    assert_eq!(differs, None, "every entry at its place and moment");
    let outputs = replay(&completed, Box::new(RuleModel)).unwrap();
    assert_eq!(report_of(&outputs), Some(&whole_report));
}

#[test]
fn over_a_radio_with_delays_the_completed_run_has_every_block_and_the_same_numbers() {
    let scenario = Scenario::new(6, presets::run(presets::RunForm::Good, 40.0));
    assert!(
        scenario
            .pods
            .iter()
            .any(|pod: &PodSetup| pod.clock_skew_ppm != 0.0)
    );
    let sent = notifications(&scenario, &simulate(&scenario), START);
    let blocks: Vec<_> = sent
        .into_iter()
        .map(|sent| (sent.arrival, sent.site, sent.bytes))
        .collect();
    let whole = blocks
        .iter()
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (_, whole) = played(whole);
    let (log, holed) = played(with_a_hole(&blocks, is_away));
    let completed = complete(&log);
    for site in Site::ALL {
        let of = |site| move |(_, one, _): &&(Timestamp, Site, Vec<u8>)| *one == site;
        let sent: Vec<&[u8]> = blocks
            .iter()
            .filter(of(site))
            .map(|(.., bytes)| &bytes[..])
            .collect();
        let kept: Vec<&[u8]> = completed
            .iter()
            .filter_map(|entry| match entry {
                LogEntry::Input {
                    input:
                        Input::Link(LinkEvent::Notification {
                            site: one,
                            characteristic: LIVE,
                            bytes,
                        }),
                    ..
                } if *one == site => Some(&bytes[..]),
                _ => None,
            })
            .collect();
        assert!(sent == kept, "{site:?}: every block once, in order");
    }
    let outputs = replay(&completed, Box::new(RuleModel)).unwrap();
    let report = report_of(&outputs).unwrap();
    assert_eq!(report.gaps, whole.gaps);
    assert_ne!(holed.gaps, whole.gaps);
    assert_eq!(report.summary.steady_steps, whole.summary.steady_steps);
    let lean = |report: &SessionReport| report.summary.trunk_lean_deg.unwrap().mean;
    assert!((lean(report) - lean(&whole)).abs() < 0.05);
}

#[test]
fn a_log_without_stored_blocks_stays_as_it_is() {
    let blocks = blocks();
    let lost: Vec<_> = blocks
        .iter()
        .filter(|(at, site, _)| !is_away(*at, *site))
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (log, _) = played(lost);
    assert!(!log.iter().any(is_stored_block));
    assert!(complete(&log) == log);
}

#[test]
fn stored_bytes_that_are_no_block_or_belong_nowhere_are_left_out() {
    let blocks = blocks();
    let (at, site, bytes) = blocks.last().unwrap().clone();
    let mut inputs: Vec<_> = blocks[..200]
        .iter()
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (whole, _) = played(inputs.clone());
    // Beyond the last block that came in time nobody knows when it would have come.
    inputs.push((blocks[199].0, stored_input(site, &bytes)));
    inputs.push((blocks[199].0, stored_input(site, &bytes[..40])));
    inputs.push((blocks[199].0, stored_input(site, &[])));
    assert!(at > blocks[199].0);
    let (log, _) = played(inputs);
    assert!(complete(&log) == whole);
}

#[test]
fn the_coach_judges_the_ended_run_again_and_learns_from_it_once() {
    let blocks = blocks();
    let whole = blocks
        .iter()
        .map(|(at, site, bytes)| (*at, live_input(*site, bytes)))
        .collect();
    let (_, whole_report) = played(whole);
    let mut coach = Coach::new(SessionContext::default(), Box::new(RuleModel));
    coach
        .handle(START, Input::Link(LinkEvent::lean_pod_connected(Site::Chest)))
        .unwrap();
    coach
        .handle(START, Input::Link(LinkEvent::lean_pod_connected(Site::Pelvis)))
        .unwrap();
    assert!(!coach.complete_run(&[]), "nothing ended");
    coach.handle(START, Input::Command(Command::StartRun)).unwrap();
    let inputs = with_a_hole(&blocks, is_away);
    let end = inputs.last().unwrap().0;
    for (at, input) in inputs {
        coach.handle(at, input).unwrap();
    }
    coach.handle(end, Input::Command(Command::Finish)).unwrap();
    let outputs: Vec<Output> = std::iter::from_fn(|| coach.poll_output()).collect();
    let log: Vec<LogEntry> = outputs
        .iter()
        .filter_map(|output| match output {
            Output::Store(StoreRequest::Append(entry)) => Some(entry.clone()),
            _ => None,
        })
        .collect();
    assert!(coach.complete_run(&log));
    let outputs: Vec<Output> = std::iter::from_fn(|| coach.poll_output()).collect();
    assert_eq!(report_of(&outputs), Some(&whole_report));
    // The next session's context tells what was learned.
    coach.handle(end, Input::Command(Command::StartRun)).unwrap();
    let context = std::iter::from_fn(|| coach.poll_output()).find_map(|output| match output {
        Output::Store(StoreRequest::Append(LogEntry::Context(context))) => Some(context),
        _ => None,
    });
    let learned = context.unwrap().course.runs;
    let seen: Vec<_> = learned.into_iter().map(|run| Some(run.seen)).collect();
    assert_eq!(seen, [whole_report.seen]);
}
