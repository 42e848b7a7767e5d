//! The pods that are paired.

use super::*;
use crate::pod::{
    kind::PodKind,
    pairing::{PodId, RememberedPod},
};

fn pod(site: Site, id: &str, kind: PodKind) -> RememberedPod {
    RememberedPod {
        site,
        id: PodId(id.to_owned()),
        kind,
        name: format!("{kind:?} {id}"),
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
