//! Faults of worn pods on virtual pods of people: what is not there is not named, and what is there is.
//!
//! Only judges: no number of the core was fitted on these runners (hamner2013).

use glam::{DQuat, DVec3};
use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    pod::{recording::Recording, sample::ImuSample, site::Site},
    session::{
        analysis::{RunAnalysis, analyze},
        report::{Gap, GapReason},
    },
};
use recordings::faults;

use crate::support::virtual_runs::{Hold, virtual_runs};

/// In the middle of a virtual run.
const AT_S: f64 = 19.0;

fn judge(chest: &Recording, pelvis: &Recording) -> RunAnalysis {
    analyze(Some(chest), Some(pelvis), OwnReference::default(), &RuleModel)
}

fn of(analysis: &RunAnalysis, reason: GapReason) -> Vec<Gap> {
    let gaps = analysis.gaps.iter().copied();
    gaps.filter(|gap| gap.reason == reason).collect()
}

/// The run once more: it is a loop of whole strides after six seconds of standing and setting off.
fn longer(recording: &Recording) -> Recording {
    let mut longer = recording.clone();
    let end_s = recording.samples.last().map_or(0.0, |last| last.time_s) + 1.0 / recording.rate_hz;
    let run = recording.samples.iter().filter(|sample| sample.time_s >= 6.0);
    longer.samples.extend(run.map(|sample| ImuSample {
        time_s: sample.time_s + end_s - 6.0,
        ..*sample
    }));
    longer
}

/// The pod turned on its strap by eight degrees at [`AT_S`], about an axis of its own, and its gyroscope felt it.
fn slipped(recording: &Recording, axis: DVec3) -> Recording {
    let mut slipped = recording.clone();
    let mounting = DQuat::from_rotation_arc(DVec3::Z, axis);
    faults::slip(&mut slipped, mounting, AT_S, 8.0);
    slipped
}

/// Two axes square to the way the pod's up points while standing.
fn along_the_ground(recording: &Recording) -> [DVec3; 2] {
    let up = recording.samples[100].specific_force.normalize();
    [up.any_orthonormal_vector(), up.cross(up.any_orthonormal_vector())]
}

#[test]
fn accuracy_of_naming_swapped_and_moved_pods_on_virtual_pods() {
    let runs = virtual_runs(Hold::Firm);
    if runs.is_empty() {
        return;
    }
    let (mut swapped, mut moved, mut turned) = (0, 0, 0);
    for (name, run) in &runs {
        let plain = judge(&run.chest, &run.pelvis);
        for reason in [
            GapReason::Swapped,
            GapReason::MountMoved,
            GapReason::Loose,
            GapReason::Frozen,
            GapReason::Clipped,
            GapReason::SensorsDisagree,
            GapReason::ClocksApart,
        ] {
            assert!(of(&plain, reason).is_empty(), "{name}: {:?}", of(&plain, reason));
        }
        assert!(plain.pods.iter().all(|pod| pod.has_gyro), "{name}");
        let swap = judge(&run.pelvis, &run.chest);
        let named = !of(&swap, GapReason::Swapped).is_empty();
        swapped += usize::from(named);
        assert!(named || swap.summary.waist_bend_deg.is_none(), "{name}");
        for axis in along_the_ground(&run.chest) {
            turned += 1;
            let (chest, pelvis) = (slipped(&longer(&run.chest), axis), longer(&run.pelvis));
            let found = of(&judge(&chest, &pelvis), GapReason::MountMoved);
            let right = |gap: &Gap| gap.site == Some(Site::Chest) && (gap.start_s - AT_S).abs() < 4.0;
            moved += usize::from(found.iter().any(right));
            assert!(found.iter().all(right), "{name}: {found:?}");
        }
    }
    println!(
        "virtual pods: {swapped} of {} swaps and {moved} of {turned} slips named",
        runs.len()
    );
    assert!(swapped * 10 >= runs.len() * 8, "{swapped}");
    // What is felt is harder to tell from a bend than a jump of the axes, of which nine in ten are named.
    assert!(moved * 4 >= turned * 3, "{moved} of {turned}");
}

/// Two thirds are named today, more are wanted: strides that differ hide the rest.
#[test]
fn accuracy_of_naming_a_strapped_pod_that_feels_its_slip() {
    let runs = virtual_runs(Hold::Strap);
    if runs.is_empty() {
        return;
    }
    let (mut named, mut turned) = (0, 0);
    for (name, run) in &runs {
        let plain = judge(&run.chest, &run.pelvis);
        assert!(of(&plain, GapReason::MountMoved).is_empty(), "{name}");
        for (site, pod) in [(Site::Chest, &run.chest), (Site::Pelvis, &run.pelvis)] {
            for axis in along_the_ground(pod) {
                turned += 1;
                let pod = slipped(pod, axis);
                let judged = match site {
                    Site::Chest => judge(&pod, &run.pelvis),
                    Site::Pelvis | Site::Head => judge(&run.chest, &pod),
                };
                let found = of(&judged, GapReason::MountMoved);
                let right = |gap: &Gap| gap.site == Some(site) && (gap.start_s - AT_S).abs() < 2.0;
                named += usize::from(found.iter().any(right));
                assert!(found.iter().all(right), "{name}: {found:?}");
            }
        }
    }
    println!("virtual pods on straps: {named} of {turned} felt slips named");
    assert!(named * 20 >= turned * 13, "{named} of {turned}");
}
