//! Virtual pods of hamner2013: every row of the table, case by case.

use std::sync::OnceLock;

use plumbline_core::lean::band::OwnReference;
use recordings::{
    body::{Body, Plan, Posture, mean},
    trials::{Named, hamner, upright},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::{Tally, analyzed},
    plot::{Axis, Mark, Plot, Series},
    score::{number, signed},
    tables,
    two_models::TwoModels,
};

struct Case {
    name: &'static str,
    kind: Kind,
    worn: Worn,
}

fn cases() -> Vec<Case> {
    let at = |rate_hz: f64, kind: Kind| Kind {
        rate_hz: Some(rate_hz),
        ..kind
    };
    let short = |kind: Kind| Kind { stand_s: 3.0, ..kind };
    let case = |name, kind, worn| Case { name, kind, worn };
    vec![
        case("clean, both", Kind::CLEAN, Worn::BOTH),
        case("clean, chest", Kind::CLEAN, Worn::CHEST),
        case("clean, pelvis", Kind::CLEAN, Worn::PELVIS),
        case("clean, no gyro", Kind::CLEAN, Worn::NO_GYRO),
        case("clean, 52 Hz", at(52.0, Kind::CLEAN), Worn::BOTH),
        case("clean, 3 s stand", short(Kind::CLEAN), Worn::BOTH),
        case("strap, both", Kind::STRAP, Worn::BOTH),
        case("strap, chest", Kind::STRAP, Worn::CHEST),
        case("strap, pelvis", Kind::STRAP, Worn::PELVIS),
        case("strap, no gyro", Kind::STRAP, Worn::NO_GYRO),
        case("strap, 52 Hz", at(52.0, Kind::STRAP), Worn::BOTH),
        case("strap, 208 Hz", at(208.0, Kind::STRAP), Worn::BOTH),
        case("strap, 3 s stand", short(Kind::STRAP), Worn::BOTH),
    ]
}

/// Straps, mountings and sensors each trial is worn with.
const SEEDS: std::ops::Range<u64> = 0..3;

fn tally(trials: &[Named], case: &Case, models: &TwoModels) -> Tally {
    let mut tally = Tally::default();
    for named in trials {
        for seed in SEEDS {
            let run = Run::record(named, case.kind, Posture::default(), Plan::default(), seed);
            let (analysis, _) = analyzed(&run, case.worn, OwnReference::default(), models);
            tally.take(&run, case.worn, &analysis);
        }
    }
    tally
}

/// Every case measured on hamner2013, once; empty without the set.
pub(crate) fn tallies() -> &'static [(&'static str, Tally)] {
    static TALLIES: OnceLock<Vec<(&'static str, Tally)>> = OnceLock::new();
    TALLIES.get_or_init(|| {
        let trials = hamner();
        if trials.is_empty() {
            return Vec::new();
        }
        measured(&trials, &cases())
    })
}

/// The tally of one case.
pub(crate) fn tally_of(name: &str) -> Option<&'static Tally> {
    tallies()
        .iter()
        .find(|(case, _)| *case == name)
        .map(|(_, tally)| tally)
}

fn measured(trials: &[Named], cases: &[Case]) -> Vec<(&'static str, Tally)> {
    let models = TwoModels::new();
    let measured = cases.iter().map(|case| (case.name, tally(trials, case, &models)));
    measured.collect()
}

/// Trunk lean, pelvis tilt and waist bend.
pub(crate) fn angles() -> String {
    [tables::angles(tallies()), ranges()].join("\n")
}

/// How far the true numbers of the trials lie apart: what the errors have to be seen beside.
fn ranges() -> String {
    let body = |named: &Named| named.source.body(Plan::default(), Posture::default());
    let bodies: Vec<Body> = hamner().iter().map(body).collect();
    let over = |decimals: usize, value: &dyn Fn(&Body) -> Option<f64>| {
        let values = bodies.iter().filter_map(value);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        format!("{low:.decimals$} to {high:.decimals$}")
    };
    let bend_deg = |body: &Body| Some(body.trunk_lean_deg()? - body.pelvis_tilt_deg());
    let timing = |body: &Body| mean(body.steps.iter().filter_map(|step| step.mid_stance_timing));
    format!(
        "By the markers the trials lie apart: trunk lean {} degrees, pelvis tilt {}, waist bend {}, mid-stance timing {}.\n",
        over(1, &Body::trunk_lean_deg),
        over(1, &|body| Some(body.pelvis_tilt_deg())),
        over(1, &bend_deg),
        over(2, &timing),
    )
}

/// Contact, cadence, rise and fall, timing and side.
pub(crate) fn steps() -> String {
    let tallies = tallies();
    let trials = tally_of("clean, both").zip(tally_of("strap, both"));
    [
        tables::steps(tallies),
        trials.map_or_else(String::new, |(clean, strap)| as_listed(clean, strap)),
        "Rise and fall of the pod, mid-stance timing, and which foot:\n".to_owned(),
        tables::body(tallies),
        "The rivals on the same samples:\n".to_owned(),
        tables::rival_steps(tallies),
        "Trial by trial with both pods, mean error over the ways each is worn:\n".to_owned(),
        trials.map_or_else(String::new, |(clean, strap)| tables::by_trial(clean, strap)),
    ]
    .join("\n")
}

/// The same estimates against the contacts that come with the set, with both pods.
fn as_listed(clean: &Tally, strap: &Tally) -> String {
    let [clean, strap] = [clean, strap].map(|tally| {
        let errors = &tally.listed_contact_ms;
        format!("{} (bias {})", number(errors.rmse(), 1), signed(errors.bias(), 1))
    });
    format!(
        "By the contacts listed with the set, 40 N of its smoothed forces, the mean of a run with both pods is off by \
         {clean}, with a strap by {strap}.\n"
    )
}

/// How often the 90 % intervals hold.
pub(crate) fn intervals() -> String {
    tables::intervals(tallies())
}

/// The upright runner: one trial of ten seconds, markers on the shoulders only.
pub(crate) fn upright_section() -> String {
    let few: Vec<Case> = cases()
        .into_iter()
        .filter(|case| !case.name.contains("Hz") && !case.name.contains("stand"))
        .collect();
    let tallies = measured(&upright(), &few);
    [
        tables::angles(&tallies),
        tables::steps(&tallies),
        tables::body(&tallies),
    ]
    .join("\n")
}

/// Contact found beside contact by the force plates.
pub(crate) fn contact_plot() -> Vec<Plot> {
    let series = ["clean, both", "strap, both", "strap, chest"].map(|name| Series {
        name: name.to_owned(),
        mark: Mark::Points,
        points: tally_of(name)
            .map(|tally| tally.contacts_ms.clone())
            .unwrap_or_default(),
    });
    let ends = [150.0, 400.0];
    vec![Plot {
        file: "contact.svg",
        title: "Ground contact of virtual pods, mean of a run, milliseconds",
        x: Axis {
            label: "by the force plates",
            ends,
            parts: 5,
            names: &[],
        },
        y: Axis {
            label: "by the pods",
            ends,
            parts: 5,
            names: &[],
        },
        series: series.into_iter().chain([diagonal(ends)]).collect(),
    }]
}

fn diagonal([low, high]: [f64; 2]) -> Series {
    Series {
        name: String::new(),
        mark: Mark::Guide,
        points: vec![(low, low), (high, high)],
    }
}
