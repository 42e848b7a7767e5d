//! What goes wrong with pods: is anything told that is confidently wrong?

use plumbline_core::{lean::reading::LeanClass, pod::recording::Recording};
use recordings::{
    body::{Plan, Posture},
    faults,
    trials::{Named, hamner},
};

use crate::{
    case::{Kind, Run, Worn},
    classes::{POSTURES, own_of},
    judged::analyzed,
    rivals::Rivals,
    score::{Errors, Share, number, percent, signed},
    table::Table,
    two_models::TwoModels,
};

/// Something that goes wrong with a run.
struct Fault {
    name: &'static str,
    kind: Kind,
    happens: fn(&mut Run),
}

/// When it happens in the middle of the run, seconds.
const MIDDLE_S: f64 = 18.0;
const CHEST: usize = 0;
const PELVIS: usize = 1;

fn pod(run: &mut Run, site: usize, change: impl FnOnce(&mut Recording)) {
    if let Some(recording) = &mut run.pods[site] {
        change(recording);
    }
}

fn both(run: &mut Run, change: impl Fn(&mut Recording, u64)) {
    for site in [CHEST, PELVIS] {
        pod(run, site, |recording| change(recording, site as u64));
    }
}

fn slips(run: &mut Run, site: usize, degrees: f64) {
    let mounting = run.mountings[site];
    pod(run, site, |recording| {
        faults::slip(recording, mounting, MIDDLE_S, degrees);
    });
}

fn sways(run: &mut Run, degrees: f64) {
    let (mountings, until_s) = (run.mountings, run.stand_s);
    both(run, |recording, site| {
        faults::sway(recording, mountings[site as usize], until_s, degrees, 0.4);
    });
}

fn range(kind: Kind, range_g: f64) -> Kind {
    Kind {
        range_g: Some(range_g),
        ..kind
    }
}

fn list() -> Vec<Fault> {
    let fault = |name, happens| Fault {
        name,
        kind: Kind::STRAP,
        happens,
    };
    let of = |name, kind| Fault {
        name,
        kind,
        happens: |_| {},
    };
    vec![
        fault("nothing", |_| {}),
        of(
            "a strap that gives three times as much",
            Kind {
                gives: 3.0,
                ..Kind::STRAP
            },
        ),
        of(
            "a gyroscope that is 2 degrees/s off",
            Kind {
                gyro_bias_dps: 2.0,
                ..Kind::STRAP
            },
        ),
        of("impacts clipped at 8 g", range(Kind::STRAP, 8.0)),
        of("impacts clipped at 4 g", range(Kind::STRAP, 4.0)),
        of("impacts clipped at 2 g", range(Kind::STRAP, 2.0)),
        fault("chest off for 5 s", |run| {
            pod(run, CHEST, |recording| {
                faults::cut_out(recording, MIDDLE_S, MIDDLE_S + 5.0);
            });
        }),
        fault("pelvis off for 5 s", |run| {
            pod(run, PELVIS, |recording| {
                faults::cut_out(recording, MIDDLE_S, MIDDLE_S + 5.0);
            });
        }),
        fault("3 % lost in bursts", |run| {
            both(run, |recording, site| {
                faults::lose_bursts(recording, 0.03, 13, site);
            });
        }),
        fault("clocks 40 ppm and 50 ms apart", |run| {
            pod(run, CHEST, |recording| faults::shift_clock(recording, 40.0, 0.05));
        }),
        fault("clocks 200 ms apart", |run| {
            pod(run, CHEST, |recording| faults::shift_clock(recording, 0.0, 0.2));
        }),
        of(
            "chest at 52 Hz, pelvis at 208",
            Kind {
                mixed_rates: true,
                ..Kind::STRAP
            },
        ),
        fault("chest slips 8 forward", |run| slips(run, CHEST, 8.0)),
        fault("chest slips 8 back", |run| slips(run, CHEST, -8.0)),
        fault("pelvis slips 8 forward", |run| slips(run, PELVIS, 8.0)),
        fault("pelvis slips 8 back", |run| slips(run, PELVIS, -8.0)),
        fault("a stand that sways by 1", |run| sways(run, 1.0)),
        fault("a stand that sways by 3", |run| sways(run, 3.0)),
        fault("a stand that sways by 6", |run| sways(run, 6.0)),
        fault("a start in mid-run", |run| {
            both(run, |recording, _| faults::start_at(recording, MIDDLE_S - 8.0));
        }),
        fault("chest and pelvis swapped", |run| {
            run.pods.swap(CHEST, PELVIS);
            run.mountings.swap(CHEST, PELVIS);
        }),
    ]
}

#[derive(Default)]
struct Outcome {
    right: Share,
    not_sure: Share,
    network_wrong: Share,
    rules_wrong: Share,
    /// Runs in which at least one gap or an absent neutral was told.
    noticed: Share,
    lean_deg: Errors,
    filter_deg: Errors,
    held: Share,
    wrong: Vec<String>,
}

fn outcome(trials: &[Named], fault: &Fault, models: &TwoModels) -> Outcome {
    let mut outcome = Outcome::default();
    for (place, named) in trials.iter().enumerate() {
        let own = own_of(&named.source.body(Plan::default(), Posture::default()));
        // Each runner in two postures, so that every posture comes four times.
        for k in [place % POSTURES.len(), (place + 2) % POSTURES.len()] {
            let (posture, turned, class) = POSTURES[k];
            let mut run = Run::record(named, fault.kind, turned, Plan::default(), 200 + k as u64);
            (fault.happens)(&mut run);
            let (analysis, verdicts) = analyzed(&run, Worn::BOTH, own, models);
            let blind = analysis.calibration.is_none() || !analysis.gaps.is_empty();
            outcome.noticed.count(blind);
            let truth = run.body.trunk_lean_deg().unwrap_or(f64::NAN);
            if let Some(found) = analysis.summary.trunk_lean_deg {
                outcome.lean_deg.push(&named.name, found.mean - truth);
                outcome
                    .held
                    .count((found.ci90[0]..=found.ci90[1]).contains(&truth));
            }
            if let Some(filter_deg) = filter_deg(&run) {
                outcome.filter_deg.push(&named.name, filter_deg - truth);
            }
            for verdict in verdicts {
                let told = verdict.reading.class;
                outcome.right.count(told == class);
                outcome.not_sure.count(told == LeanClass::NotSure);
                let is_wrong = |told: LeanClass| told != LeanClass::NotSure && told != class;
                outcome.network_wrong.count(is_wrong(told));
                outcome.rules_wrong.count(is_wrong(verdict.rules.0));
                if is_wrong(told) {
                    outcome
                        .wrong
                        .push(format!("{} {posture}: {}", named.name, told.name()));
                }
            }
        }
    }
    outcome
}

/// What the careful filter makes of the chest pod.
fn filter_deg(run: &Run) -> Option<f64> {
    Rivals::of(run.pods[CHEST].as_ref()?, run.mountings[CHEST], run.spans()?).filter_deg
}

pub(crate) fn section() -> String {
    let trials = hamner();
    let models = TwoModels::new();
    let mut table = Table::new(&[
        "what goes wrong",
        "windows",
        "right",
        "not sure",
        "wrong",
        "rules wrong",
        "runs with a gap or no neutral",
        "lean RMSE",
        "bias",
        "filter RMSE",
        "filter bias",
        "interval holds",
        "first wrong",
    ]);
    for fault in list() {
        let outcome = outcome(&trials, &fault, &models);
        table.row([
            fault.name.to_owned(),
            outcome.right.of.to_string(),
            percent(outcome.right.share()),
            percent(outcome.not_sure.share()),
            percent(outcome.network_wrong.share()),
            percent(outcome.rules_wrong.share()),
            percent(outcome.noticed.share()),
            number(outcome.lean_deg.rmse(), 2),
            signed(outcome.lean_deg.bias(), 2),
            number(outcome.filter_deg.rmse(), 2),
            signed(outcome.filter_deg.bias(), 2),
            percent(outcome.held.share()),
            outcome.wrong.first().cloned().unwrap_or_default(),
        ]);
    }
    table.render()
}
