//! Virtual pods on the runners of hamner2013, and which of them are worn.

use plumbline_core::pod::recording::Recording;

use super::{
    contacts::contacts,
    markers::{Pose, Trial},
    recordings,
    virtual_pod::{VirtualRun, virtual_run},
};

const RUNNERS: [&str; 4] = ["H01", "H02", "H11", "H20"];
/// Runners whose standing pose can be used; the others stand upright by definition.
const WITH_STANDING: [&str; 2] = ["H01", "H02"];

/// Every trial with its name; empty without the recordings.
pub(crate) fn virtual_runs() -> Vec<(String, VirtualRun)> {
    let Some(folder) = recordings("hamner2013") else {
        return Vec::new();
    };
    let trials = RUNNERS
        .iter()
        .flat_map(|runner| (2..=5).map(move |speed| (*runner, speed)));
    trials
        .map(|(runner, speed)| {
            let name = format!("{runner}_run{speed}");
            let standing = WITH_STANDING
                .contains(&runner)
                .then(|| Pose::standing(&folder, runner));
            let trial = Trial::read(&folder, &name);
            let run = virtual_run(&trial, standing.as_ref(), &contacts(&folder, runner, speed));
            (name, run)
        })
        .collect()
}

/// Which pods are worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worn {
    Both,
    Chest,
    Pelvis,
}

impl Worn {
    /// The recordings of the pods that are worn, chest first.
    pub(crate) fn of(self, run: &VirtualRun) -> [Option<&Recording>; 2] {
        [
            (self != Self::Pelvis).then_some(&run.chest),
            (self != Self::Chest).then_some(&run.pelvis),
        ]
    }
}
