//! Steps of a pelvis pod against a force treadmill (rbds2017): nine runners, half a minute at each of three speeds.

use plumbline_core::lean::band::OwnReference;
use recordings::{
    body::{Plan, Posture},
    trials::{FITTED, KEPT_BACK, treadmill},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::{Tally, analyzed},
    tables,
    two_models::TwoModels,
};

/// Half a minute is long enough as it is.
const PLAN: Plan = Plan {
    stand_s: 5.0,
    repeats: 1,
};

/// Clean, then on a strap.
fn tallies(runners: &[&str], worn: Worn, models: &TwoModels) -> [Tally; 2] {
    let trials = treadmill(runners);
    [Kind::CLEAN, Kind::STRAP].map(|kind| {
        let mut tally = Tally::default();
        for named in &trials {
            let run = Run::record(named, kind, Posture::default(), PLAN, 0);
            let (analysis, _) = analyzed(&run, worn, OwnReference::default(), models);
            tally.take(&run, worn, &analysis);
        }
        tally
    })
}

pub(crate) fn section() -> String {
    let models = TwoModels::new();
    let no_gyro = Worn {
        gyro: false,
        ..Worn::PELVIS
    };
    let [kept, kept_strap] = tallies(&KEPT_BACK, Worn::PELVIS, &models);
    let [fitted, fitted_strap] = tallies(&FITTED, Worn::PELVIS, &models);
    let [bare, bare_strap] = tallies(&KEPT_BACK, no_gyro, &models);
    let trials = [
        ("kept back", tables::by_trial(&kept, &kept_strap)),
        ("fitted", tables::by_trial(&fitted, &fitted_strap)),
    ];
    let trials = trials.map(|(who, table)| format!("Trial by trial, runners {who}:\n\n{table}"));
    let groups = [
        ("kept back, clean", kept),
        ("kept back, strap", kept_strap),
        ("fitted, clean", fitted),
        ("fitted, strap", fitted_strap),
        ("kept back, clean, no gyro", bare),
        ("kept back, strap, no gyro", bare_strap),
    ];
    let tables = [
        tables::angles(&groups),
        tables::steps(&groups),
        tables::body(&groups),
        tables::intervals(&groups),
    ];
    tables
        .into_iter()
        .chain(trials)
        .collect::<Vec<String>>()
        .join("\n")
}
