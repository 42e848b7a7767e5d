//! The trials of the marker sets, by name.

use crate::{
    body::Source,
    contacts::{contacts, listed_contacts, treadmill_contacts},
    folder,
    markers::{Pose, Trial},
};

/// Runners of hamner2013.
const HAMNER: [&str; 4] = ["H01", "H02", "H11", "H20"];
/// Runners whose standing pose can be used; the others stand upright by definition.
const WITH_STANDING: [&str; 2] = ["H01", "H02"];
/// Runners of rbds2017 on whom numbers of the core may be fitted.
pub const FITTED: [&str; 5] = ["001", "03", "05", "09", "011"];
/// Runners of rbds2017 who judge.
pub const KEPT_BACK: [&str; 4] = ["002", "04", "08", "010"];
/// Speeds of rbds2017, decimetres a second.
const TREADMILL_SPEEDS: [u32; 3] = [25, 35, 45];

/// A trial with its name.
pub struct Named {
    /// Runner and speed, as the set calls them.
    pub name: String,
    /// The trial.
    pub source: Source,
}

/// The sixteen trials of hamner2013; empty without the recordings.
pub fn hamner() -> Vec<Named> {
    let Some(folder) = folder("hamner2013") else {
        return Vec::new();
    };
    let trials = HAMNER
        .iter()
        .flat_map(|runner| (2..=5).map(move |speed| (*runner, speed)));
    trials
        .map(|(runner, speed)| {
            let name = format!("{runner}_run{speed}");
            let standing = WITH_STANDING
                .contains(&runner)
                .then(|| Pose::standing(&folder, runner));
            let trial = Trial::read(&folder, &name);
            let source = Source::new(trial, standing, contacts(&folder, runner, speed), true);
            Named { name, source }
        })
        .collect()
}

/// Trials of these runners of rbds2017, pelvis only; empty without the recordings.
pub fn treadmill(runners: &[&str]) -> Vec<Named> {
    let Some(folder) = folder("rbds2017") else {
        return Vec::new();
    };
    let trials = runners
        .iter()
        .flat_map(|runner| TREADMILL_SPEEDS.map(|speed| (format!("RBDS{runner}"), speed)));
    trials
        .map(|(runner, speed)| {
            let name = format!("{runner}runT{speed}");
            let trial = Trial::read_pelvis(&folder, &name);
            let standing = Pose::standing_pelvis(&folder, &runner);
            let contacts = treadmill_contacts(&folder, &name);
            let source = Source::new(trial, Some(standing), contacts, false);
            Named { name, source }
        })
        .collect()
}

/// The upright runner of `jdx_treadmill_run`, who stands upright by definition; empty without the recording.
pub fn upright() -> Vec<Named> {
    let Some(folder) = folder("jdx_treadmill_run") else {
        return Vec::new();
    };
    let source = Source::new(
        Trial::read_shoulders(&folder),
        None,
        listed_contacts(&folder),
        true,
    );
    vec![Named {
        name: "JDX_S999".to_owned(),
        source,
    }]
}
