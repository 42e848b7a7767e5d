//! Compares what the history kept with what the pods measured.
//!
//! Listens to nobody. Invariant: a block counts as kept only if every byte is the pod's own.

use std::collections::BTreeMap;

use plumbline_core::{
    pod::{
        link::LinkEvent,
        protocol::lean_pod::{BACKFILL, LIVE, decode},
        site::Site,
    },
    session::{complete::complete, input::Input, log::LogEntry, report::GapReason},
    sim::peripheral::Peripheral,
};

use crate::phone::{Plan, Sessions, say};

/// The pod was away for six seconds at 16 blocks a second; half of that shows that it really was.
const LEAST_STORED: usize = 48;

/// Fails with the first thing that is not as it should be.
pub(crate) fn judge(plan: &Plan, sessions: &Sessions) -> Result<(), String> {
    let calibration = sessions.drill.report.calibration.as_ref();
    let calibration = calibration.ok_or_else(|| {
        format!(
            "the calibration was not met: {:?}",
            sessions.drill.report.headline
        )
    })?;
    ensure(
        calibration.mounts.len() == Site::LEAN.len(),
        "both pods are calibrated",
    )?;
    let mut stored = 0;
    for (name, kept) in [("drill", &sessions.drill), ("run", &sessions.run)] {
        for (site, pod) in Site::LEAN.into_iter().zip(&plan.pods) {
            stored += compare(name, site, pod, &kept.log)?;
        }
    }
    ensure(stored >= LEAST_STORED, "the pod that left brought its blocks")?;
    let run = &sessions.run.report;
    say(&format!("the report: {}", run.headline));
    let missing = run.gaps.iter().filter(|gap| gap.reason == GapReason::Missing);
    ensure(
        missing.count() == 0,
        &format!("no hole is left in {:?}", run.gaps),
    )?;
    let lean_deg = run.summary.trunk_lean_deg.map(|lean| lean.mean);
    say(&format!("trunk lean {lean_deg:?}, truth 9.0"));
    ensure(
        lean_deg.is_some_and(|lean_deg| (lean_deg - 9.0).abs() < 1.0),
        "the lean is the runner's",
    )
}

/// One pod in one session: every block from the first to the last that came, byte for byte; how many came late.
fn compare(name: &str, site: Site, pod: &Peripheral, log: &[LogEntry]) -> Result<usize, String> {
    let mut came: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    let (mut live, mut stored, mut twice) = (0, 0, 0);
    for (late, bytes) in blocks(site, log) {
        let block = decode(bytes).map_err(|error| error.to_string())?;
        if came.insert(block.sequence, bytes.to_vec()).is_some() {
            twice += 1;
        } else if late {
            stored += 1;
        } else {
            live += 1;
        }
    }
    let (Some(&first), Some(&last)) = (came.keys().next(), came.keys().next_back()) else {
        return Err(format!("{name}, {}: nothing came", site.name()));
    };
    let truth = &pod.truth()[first as usize..=last as usize];
    let samples: usize = truth
        .iter()
        .map(|block| decode(&block.bytes).map_or(0, |block| block.samples.len()))
        .sum();
    say(&format!(
        "{name}, {}: {live} blocks live, {stored} stored, {twice} twice; {} of {} measured, {samples} samples",
        site.name(),
        came.len(),
        truth.len(),
    ));
    let equal =
        came.len() == truth.len() && came.values().zip(truth).all(|(came, truth)| *came == truth.bytes);
    ensure(
        equal,
        &format!("{name}, {}: what came is what was measured", site.name()),
    )?;
    let completed = complete(log);
    let in_order = blocks(site, &completed).map(|(_, bytes)| bytes);
    ensure(
        in_order.eq(truth.iter().map(|block| &block.bytes[..])),
        &format!(
            "{name}, {}: the completed log has each block once, in order",
            site.name()
        ),
    )?;
    Ok(stored)
}

/// Blocks of a pod in a log, and whether they came late.
fn blocks(of: Site, log: &[LogEntry]) -> impl Iterator<Item = (bool, &[u8])> {
    log.iter().filter_map(move |entry| match entry {
        LogEntry::Input {
            input:
                Input::Link(LinkEvent::Notification {
                    site,
                    characteristic,
                    bytes,
                }),
            ..
        } if *site == of && [LIVE, BACKFILL].contains(characteristic) => {
            Some((*characteristic == BACKFILL, &bytes[..]))
        }
        _ => None,
    })
}

fn ensure(is_so: bool, what: &str) -> Result<(), String> {
    if is_so {
        Ok(())
    } else {
        Err(format!("not so: {what}"))
    }
}
