//! What goes wrong with the notifications themselves: the run's log holds them as they came, and plays them again.

use plumbline_core::{
    lean::rules::RuleModel,
    pod::{
        protocol::lean_pod::{LeanPodBlock, decode, encode},
        site::Site,
    },
    ports::HistoryStore,
    session::{
        log::LogEntry,
        replay::{replay, report_of},
    },
};

use super::{
    bed::{Fake, on_a_bus, with_bluez},
    rig::{PELVIS, blocks, notifications, paired, running},
    streams::drain,
};

/// Plays these notifications into a run; gives the log.
fn run_of(bluez: &mut Fake, sent: &[Vec<u8>]) -> (Vec<LogEntry>, f64) {
    let mut rig = running(bluez);
    bluez.send(PELVIS, sent, 40);
    drain(&mut rig, bluez);
    let view = rig.host.pairing_view();
    let health = paired(&view, PELVIS).and_then(|pod| pod.stream.clone());
    let missing = health.expect("it streams").missing;
    let log = rig.finish();
    assert_eq!(
        notifications(&log, Site::Pelvis),
        sent,
        "the log holds the bytes as they came"
    );
    let id = rig.host.last_finished().expect("an id");
    let report = rig.history.report(&id).expect("a report");
    let again = replay(&log, Box::new(RuleModel)).expect("the log plays");
    assert_eq!(report_of(&again), Some(&report));
    (log, missing)
}

with_bluez! {
    fn lost_notifications_are_counted_and_doubled_or_swapped_ones_are_not(bluez) {
        let whole = blocks(Site::Pelvis, 10.0, 104.0);
        let faulty: Vec<Vec<u8>> = whole
            .chunks(8)
            .flat_map(|eight| {
                let [first, second, third, fourth, rest @ ..] = eight else {
                    return eight.to_vec();
                };
                // The fourth is lost, the first comes twice, the second and third swap.
                let _ = fourth;
                [&[first, first, third, second].map(Clone::clone)[..], rest].concat()
            })
            .collect();
        let (_, missing) = run_of(&mut bluez, &faulty);
        let lost = whole.chunks(8).filter(|eight| eight.len() > 3).count() as f64 / whole.len() as f64;
        // A block that comes after its follower is of no use to a live reading.
        assert!(
            missing >= lost * 0.8 && missing <= lost * 3.0,
            "{missing} of {lost}"
        );
    }
}

with_bluez! {
    fn notifications_cut_by_a_small_mtu_are_kept_and_used_for_nothing(bluez) {
        let cut: Vec<Vec<u8>> = blocks(Site::Pelvis, 6.0, 104.0)
            .iter()
            .flat_map(|block| block.chunks(20).map(<[u8]>::to_vec).collect::<Vec<_>>())
            .collect();
        let (_, missing) = run_of(&mut bluez, &cut[..60]);
        assert!(missing > 0.9, "{missing}");
    }
}

with_bluez! {
    fn a_pod_that_starts_anew_or_whose_clock_leaps_goes_on(bluez) {
        let first = blocks(Site::Pelvis, 5.0, 104.0);
        // Its clock runs two hours ahead from here on, with the numbers going on.
        let leapt: Vec<Vec<u8>> = first[first.len() / 2..]
            .iter()
            .map(|block| later(block, 7_200_000_000))
            .collect();
        let anew: Vec<Vec<u8>> = first.iter().map(|block| rebooted(block)).collect();
        let sent = [&first[..first.len() / 2], &leapt, &anew].concat();
        let (_, missing) = run_of(&mut bluez, &sent);
        assert!(missing < 0.5, "{missing}");
    }
}

/// The block with its clock so many microseconds ahead.
fn later(block: &[u8], us: u64) -> Vec<u8> {
    edited(block, |block| block.first_sample_us += us)
}

/// The block as of the pod's next start.
fn rebooted(block: &[u8]) -> Vec<u8> {
    edited(block, |block| block.boot = block.boot.wrapping_add(1))
}

fn edited(block: &[u8], edit: impl FnOnce(&mut LeanPodBlock)) -> Vec<u8> {
    let mut block = decode(block).expect("a block");
    edit(&mut block);
    encode(&block)
}
