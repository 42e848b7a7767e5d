//! Steps of a pelvis pod against a force treadmill (rbds2017): nine runners, half a minute at each of three speeds.

use plumbline_core::lean::band::OwnReference;
use recordings::{
    body::{Plan, Posture},
    trials::{FITTED, KEPT_BACK, treadmill},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::{Tally, analyzed},
    score::signed,
    table::Table,
    tables,
    two_models::TwoModels,
};

/// Half a minute is long enough as it is.
const PLAN: Plan = Plan {
    stand_s: 5.0,
    repeats: 1,
};

fn tallies(runners: &[&str], worn: Worn, models: &TwoModels) -> [(Vec<(String, Tally)>, Tally); 2] {
    let trials = treadmill(runners);
    [Kind::CLEAN, Kind::STRAP].map(|kind| {
        let mut all = Tally::default();
        let each = trials.iter().map(|named| {
            let run = Run::record(named, kind, Posture::default(), PLAN, 0);
            let (analysis, _) = analyzed(&run, worn, OwnReference::default(), models);
            let mut own = Tally::default();
            own.take(&run, worn, &analysis);
            all.take(&run, worn, &analysis);
            (named.name.clone(), own)
        });
        (each.collect(), all)
    })
}

pub(crate) fn section() -> String {
    let models = TwoModels::new();
    let mut groups = Vec::new();
    let mut table = Table::new(&[
        "runner and speed",
        "who",
        "contact error",
        "strap",
        "initial contact",
        "strap",
        "toe-off",
        "strap",
        "oscillation error",
        "strap",
        "tilt error",
        "strap",
    ]);
    for (who, runners) in [("kept back", &KEPT_BACK[..]), ("fitted", &FITTED[..])] {
        let [(clean_each, clean), (strap_each, strap)] = tallies(runners, Worn::PELVIS, &models);
        for ((name, clean), (_, strap)) in clean_each.iter().zip(&strap_each) {
            let pair = |pick: &dyn Fn(&Tally) -> Option<f64>, decimals| {
                [clean, strap].map(|tally| signed(pick(tally), decimals))
            };
            let cells = [
                pair(&|tally| tally.contact_ms.bias(), 0),
                pair(&|tally| tally.initial_contact_ms.bias(), 0),
                pair(&|tally| tally.toe_off_ms.bias(), 0),
                pair(&|tally| tally.oscillation_mm.bias(), 1),
                pair(&|tally| tally.pelvis_deg.ours.bias(), 2),
            ];
            table.row(
                [name.clone(), who.to_owned()]
                    .into_iter()
                    .chain(cells.into_iter().flatten()),
            );
        }
        groups.push((format!("{who}, clean"), clean));
        groups.push((format!("{who}, strap"), strap));
    }
    let no_gyro = Worn {
        gyro: false,
        ..Worn::PELVIS
    };
    let [(_, clean), (_, strap)] = tallies(&KEPT_BACK, no_gyro, &models);
    groups.push(("kept back, clean, no gyro".to_owned(), clean));
    groups.push(("kept back, strap, no gyro".to_owned(), strap));
    [
        tables::angles(&groups),
        tables::steps(&groups),
        tables::body(&groups),
        tables::intervals(&groups),
        table.render(),
    ]
    .join("\n")
}
