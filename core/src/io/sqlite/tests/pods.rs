//! The pods that are paired.

use super::*;
use crate::pod::{
    backfill::OwnLogs,
    kind::PodKind,
    pairing::{PodId, RememberedPod},
    protocol::movesense::command::LogbookEntry,
};

fn pod(site: Site, id: &str, kind: PodKind) -> RememberedPod {
    RememberedPod {
        site,
        id: PodId(id.to_owned()),
        kind,
        name: format!("{kind:?} {id}"),
        logs: OwnLogs::default(),
    }
}

#[test]
fn paired_pods_come_back_one_a_place_and_chest_first() {
    let mut history = SqliteHistory::open_in_memory().unwrap();
    assert_eq!(history.pods(), Ok(Vec::new()));
    let pelvis = pod(Site::Pelvis, "02", PodKind::Movesense);
    let chest = pod(Site::Chest, "01", PodKind::PolarH10);
    for pod in [&pelvis, &pod(Site::Chest, "00", PodKind::LeanPod), &chest] {
        history.remember_pod(pod).unwrap();
    }
    assert_eq!(history.pods(), Ok(vec![chest.clone(), pelvis]));
    history.forget_pod(Site::Pelvis).unwrap();
    history.forget_pod(Site::Pelvis).unwrap();
    assert_eq!(history.pods(), Ok(vec![chest]));
}

#[test]
fn every_kind_of_pod_reads_as_it_was_written() {
    let mut history = SqliteHistory::open_in_memory().unwrap();
    for kind in PodKind::ALL {
        let pod = pod(Site::Chest, "01", kind);
        history.remember_pod(&pod).unwrap();
        assert_eq!(history.pods(), Ok(vec![pod]));
    }
}

#[test]
fn the_logs_of_ours_on_a_pod_are_remembered_with_it() {
    let mut history = SqliteHistory::open_in_memory().unwrap();
    let mut pod = pod(Site::Chest, "01", PodKind::Movesense);
    pod.logs = OwnLogs {
        begun: true,
        earlier: vec![3, 4],
        left: vec![LogbookEntry {
            id: 5,
            modified_s: 1_700_000_000,
            size: u64::from(u32::MAX) + 1,
        }],
    };
    history.remember_pod(&pod).unwrap();
    assert_eq!(history.pods(), Ok(vec![pod]));
}
