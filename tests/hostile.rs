//! Bad bytes, bad times and vanishing pods, through the real coach: an honest gap, never a wrong number.

use plumbline_core::{
    drill::DrillId,
    pod::{
        link::LinkEvent,
        protocol::lean_pod::{decode, encode},
        site::Site,
    },
    session::{
        input::{Command, Input},
        output::{CueKind, Output},
        report::{Gap, GapReason, SessionReport},
    },
    sim::{SimulatedNotification, presets},
    units::Timestamp,
    words::Words,
};
use proptest::prelude::*;

use crate::support::runner::{Runner, air, assert_replays_bit_for_bit, report};

/// What the runs below truly lean, degrees: the middle of the band.
const TRUE_LEAN_DEG: f64 = 9.0;

/// A runner with both pods calibrated.
fn calibrated() -> Runner {
    let mut runner = Runner::new();
    runner.act(Command::StartDrill(DrillId::D0), presets::calibration());
    runner
}

/// A minute and a half of good running after a calibration, its notifications changed on the way.
fn run_with(change: impl FnOnce(Vec<SimulatedNotification>) -> Vec<SimulatedNotification>) -> Vec<Output> {
    let acts = presets::run(presets::RunForm::Good, 90.0);
    calibrated().session(Command::StartRun, |start| change(air(acts, start)))
}

fn lean_deg(report: &SessionReport) -> f64 {
    report.summary.trunk_lean_deg.expect("a lean").mean
}

fn missing(report: &SessionReport) -> Vec<&Gap> {
    let is_missing = |gap: &&Gap| gap.reason == GapReason::Missing;
    report.gaps.iter().filter(is_missing).collect()
}

fn pod_cues(outputs: &[Output]) -> usize {
    let told = |output: &&Output| matches!(output, Output::Cue(cue) if cue.kind == CueKind::Pod);
    outputs.iter().filter(told).count()
}

#[test]
fn broken_frames_count_as_lost_and_change_no_number_by_much() {
    let breaks: [fn(&mut Vec<u8>); 5] = [
        |bytes| bytes.truncate(40),
        |bytes| bytes.extend([0; 400]),
        |bytes| bytes[60] ^= 0x10,
        |bytes| bytes.clear(),
        |bytes| bytes.fill(0xff),
    ];
    let outputs = run_with(|mut sent| {
        for (k, notification) in sent.iter_mut().enumerate().filter(|(k, _)| k % 37 == 0) {
            breaks[k % breaks.len()](&mut notification.bytes);
        }
        sent
    });
    let report = report(&outputs);
    assert!(
        (lean_deg(report) - TRUE_LEAN_DEG).abs() < 1.5,
        "{}",
        lean_deg(report)
    );
    assert!(!missing(report).is_empty(), "broken frames leave gaps");
    assert_replays_bit_for_bit(&outputs);
}

#[test]
fn a_frame_that_comes_twice_counts_once() {
    let clean = run_with(|sent| sent);
    let doubled = run_with(|sent| sent.into_iter().flat_map(|one| [one.clone(), one]).collect());
    assert_eq!(report(&clean).summary, report(&doubled).summary);
    assert_eq!(report(&clean).windows, report(&doubled).windows);
}

#[test]
fn frames_out_of_order_make_gaps_and_no_wrong_lean() {
    let outputs = run_with(|mut sent| {
        for k in (40..sent.len() - 4).step_by(60) {
            let (a, b) = (sent[k].bytes.clone(), sent[k + 4].bytes.clone());
            if sent[k].site == sent[k + 4].site {
                (sent[k].bytes, sent[k + 4].bytes) = (b, a);
            }
        }
        sent
    });
    assert!((lean_deg(report(&outputs)) - TRUE_LEAN_DEG).abs() < 1.5);
}

#[test]
fn ten_seconds_without_a_pod_are_told_and_shown_as_a_gap() {
    let outputs = run_with(|sent| {
        let start = sent[0].arrival;
        let inside = |at: Timestamp| (40.0..50.0).contains(&at.seconds_since(start));
        sent.into_iter().filter(|one| !inside(one.arrival)).collect()
    });
    let report = report(&outputs);
    for site in Site::LEAN {
        let longest = missing(report)
            .into_iter()
            .filter(|gap| gap.site == Some(site))
            .map(|gap| gap.end_s - gap.start_s)
            .fold(0.0, f64::max);
        assert!((longest - 10.0).abs() < 0.5, "{site:?}: {longest} s");
    }
    assert!(pod_cues(&outputs) >= 2, "quiet, and back");
    assert!((lean_deg(report) - TRUE_LEAN_DEG).abs() < 1.5);
    for window in report.windows.iter().filter(|window| window.start_s > 50.0) {
        let lean = window.trunk_lean_deg.expect("both pods are back");
        assert!((lean - TRUE_LEAN_DEG).abs() < 1.5, "after the hole: {window:?}");
    }
    let covers_the_hole = |start_s: f64, end_s: f64| start_s < 44.0 && end_s > 46.0;
    assert!(!report.windows.iter().any(|w| covers_the_hole(w.start_s, w.end_s)));
}

#[test]
fn ten_seconds_of_times_that_cannot_be_true_are_a_gap_with_that_reason() {
    let outputs = run_with(|mut sent| {
        let start = sent[0].arrival;
        let inside = |at: Timestamp| (40.0..50.0).contains(&at.seconds_since(start));
        let chest = sent
            .iter_mut()
            .filter(|one| one.site == Site::Chest && inside(one.arrival));
        for (k, one) in chest.enumerate() {
            let mut block = decode(&one.bytes).expect("a block");
            // Hours ahead, and never twice as many: neither a leap that lasts nor another start.
            block.first_sample_us += [7_200_000_000, 14_400_000_000][k % 2];
            one.bytes = encode(&block);
        }
        sent
    });
    let report = report(&outputs);
    let lied: Vec<&Gap> = report
        .gaps
        .iter()
        .filter(|gap| gap.reason == GapReason::BadTime)
        .collect();
    let seconds: f64 = lied.iter().map(|gap| gap.end_s - gap.start_s).sum();
    assert!((seconds - 10.0).abs() < 0.5, "{lied:?}");
    assert!(lied.iter().all(|gap| gap.site == Some(Site::Chest)), "{lied:?}");
    assert!(
        report.untold.iter().any(|line| line.contains("cannot be true")),
        "{:?}",
        report.untold
    );
    assert!((lean_deg(report) - TRUE_LEAN_DEG).abs() < 1.5);
    assert_replays_bit_for_bit(&outputs);
}

#[test]
fn a_pod_that_vanishes_for_good_leaves_the_other_ones_run() {
    let outputs = run_with(|sent| {
        let start = sent[0].arrival;
        let stays =
            |one: &SimulatedNotification| one.site == Site::Pelvis || one.arrival.seconds_since(start) < 45.0;
        sent.into_iter().filter(stays).collect()
    });
    let report = report(&outputs);
    assert!((lean_deg(report) - TRUE_LEAN_DEG).abs() < 1.5);
    let last = report.windows.last().expect("windows to the end");
    assert!(last.end_s > 85.0, "the pelvis pod's windows go on: {last:?}");
    assert_eq!(last.trunk_lean_deg, None, "nobody sees the chest any more");
}

#[test]
fn a_chest_pod_alone_gives_lean_and_no_bend() {
    let outputs = run_with(|sent| sent.into_iter().filter(|one| one.site == Site::Chest).collect());
    let summary = report(&outputs).summary;
    assert!((lean_deg(report(&outputs)) - TRUE_LEAN_DEG).abs() < 1.5);
    assert_eq!(summary.pelvis_tilt_deg, None);
    assert_eq!(summary.waist_bend_deg, None);
    assert!(!report(&outputs).untold.is_empty());
}

#[test]
fn without_a_stand_no_angle_is_absolute_and_the_report_says_so() {
    let acts = presets::run(presets::RunForm::Good, 60.0)[2..3].to_vec();
    let outputs = Runner::new().act(Command::StartRun, acts);
    let report = report(&outputs);
    assert_eq!(report.summary.trunk_lean_deg, None);
    assert_eq!(report.summary.pelvis_tilt_deg, None);
    assert!(
        report.summary.cadence_spm.is_some(),
        "steps are seen all the same"
    );
    assert!(
        report
            .windows
            .iter()
            .all(|window| window.trunk_lean_deg.is_none())
    );
    let no_neutral = Words::new("en").text("untold-no-neutral");
    assert!(report.untold.contains(&no_neutral), "{:?}", report.untold);
}

#[test]
fn pods_put_on_in_mid_run_give_an_angle_within_the_first_window_and_a_right_one() {
    let outputs = run_with(|sent| {
        let start = sent[0].arrival;
        sent.into_iter()
            .filter(|one| one.arrival.seconds_since(start) > 30.0)
            .collect()
    });
    let report = report(&outputs);
    assert!(report.summary.steady_steps > 100, "steps are seen all the same");
    let leans: Vec<f64> = report
        .windows
        .iter()
        .filter_map(|window| window.trunk_lean_deg)
        .collect();
    assert!(
        !leans.is_empty() && leans.len() == report.windows.len(),
        "{leans:?}"
    );
    assert!(
        leans.iter().all(|lean| (lean - TRUE_LEAN_DEG).abs() < 1.5),
        "{leans:?}"
    );
}

#[test]
fn a_host_clock_that_goes_back_stands_still_or_leaps_spoils_nothing_before_it() {
    let goes_back = |later_s: f64| later_s - 3600.0;
    let stands_still = |_: f64| 0.0;
    let leaps = |later_s: f64| later_s + 86_400.0;
    let clocks: [fn(f64) -> f64; 3] = [goes_back, stands_still, leaps];
    for clock in clocks {
        let outputs = run_with(|mut sent| {
            let half = sent.len() / 2;
            let at = sent[half].arrival;
            for one in &mut sent[half..] {
                one.arrival = at.plus_seconds(clock(one.arrival.seconds_since(at)));
            }
            sent
        });
        let lean = lean_deg(report(&outputs));
        assert!((lean - TRUE_LEAN_DEG).abs() < 1.5, "{lean}");
        assert_replays_bit_for_bit(&outputs);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_at_any_time_give_a_report_without_a_step(
        sent in prop::collection::vec(
            (any::<i32>(), any::<bool>(), prop::collection::vec(any::<u8>(), 0..600)),
            0..60,
        ),
    ) {
        let mut runner = Runner::new();
        runner.command(Command::StartRun).expect("the session starts");
        let start = runner.now;
        for (milliseconds, chest, bytes) in sent {
            runner.now = start.plus_seconds(f64::from(milliseconds) * 1e-3);
            let site = if chest { Site::Chest } else { Site::Pelvis };
            let event = LinkEvent::lean_pod_block(site, bytes);
            prop_assert!(runner.give(Input::Link(event)).is_ok());
        }
        let outputs = runner.finish();
        prop_assert_eq!(report(&outputs).summary.steady_steps, 0);
    }
}
