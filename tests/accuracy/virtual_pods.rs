//! Virtual pods of hamner2013: every row of the table, case by case.

use plumbline_core::lean::band::OwnReference;
use recordings::{
    body::{Plan, Posture, mean},
    trials::{Named, hamner, upright},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::{INTERVALS, Tally, analyzed},
    score::{explained, number, percent, signed},
    table::Table,
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

pub(crate) fn section() -> String {
    let trials = hamner();
    if trials.is_empty() {
        return "hamner2013 is absent.\n".to_owned();
    }
    let models = TwoModels::new();
    let tallies: Vec<(&str, Tally)> = cases()
        .iter()
        .map(|case| (case.name, tally(&trials, case, &models)))
        .collect();
    let named: Vec<(&str, &Tally)> = tallies.iter().map(|(name, tally)| (*name, tally)).collect();
    [
        angles(&named),
        steps(&named),
        rival_steps(&named),
        intervals(&named),
    ]
    .join("\n")
}

/// The upright runner: one trial of ten seconds, markers on the shoulders only.
pub(crate) fn upright_section() -> String {
    let trials = upright();
    if trials.is_empty() {
        return "jdx_treadmill_run is absent.\n".to_owned();
    }
    let models = TwoModels::new();
    let tallies: Vec<(&str, Tally)> = cases()
        .iter()
        .filter(|case| !case.name.contains("Hz") && !case.name.contains("stand"))
        .map(|case| (case.name, tally(&trials, case, &models)))
        .collect();
    let named: Vec<(&str, &Tally)> = tallies.iter().map(|(name, tally)| (*name, tally)).collect();
    [angles(&named), steps(&named)].join("\n")
}

pub(crate) fn angles(tallies: &[(&str, &Tally)]) -> String {
    let mut table = Table::new(&[
        "case",
        "quantity",
        "runs",
        "RMSE",
        "bias",
        "worst",
        "whose",
        "plain RMSE",
        "plain bias",
        "filter RMSE",
        "filter bias",
    ]);
    for (name, tally) in tallies {
        for (quantity, angle) in [
            ("trunk lean", &tally.trunk_deg),
            ("pelvis tilt", &tally.pelvis_deg),
            ("waist bend", &tally.bend_deg),
        ] {
            if angle.plain.len() == 0 {
                continue;
            }
            table.row([
                (*name).to_owned(),
                quantity.to_owned(),
                format!("{}/{}", angle.ours.len(), tally.runs),
                number(angle.ours.rmse(), 2),
                signed(angle.ours.bias(), 2),
                signed(angle.ours.worst().map(|worst| worst.1), 1),
                angle
                    .ours
                    .worst()
                    .map_or_else(String::new, |worst| worst.0.clone()),
                number(angle.plain.rmse(), 2),
                signed(angle.plain.bias(), 2),
                number(angle.filter.rmse(), 2),
                signed(angle.filter.bias(), 2),
            ]);
        }
    }
    table.render()
}

pub(crate) fn steps(tallies: &[(&str, &Tally)]) -> String {
    let mut table = Table::new(&[
        "case",
        "seen",
        "cadence",
        "contact each",
        "mean",
        "bias",
        "worst",
        "whose",
        "IC bias",
        "IC sd",
        "TO bias",
        "TO sd",
        "oscillation",
        "bias",
        "whose",
        "timing",
        "truth",
        "r²",
        "side right",
        "of told",
    ]);
    for (name, tally) in tallies {
        let worst =
            |errors: &crate::score::Errors| errors.worst().map_or_else(String::new, |worst| worst.0.clone());
        let sd = |errors: &crate::score::Errors| {
            let (rmse, bias) = (errors.rmse()?, errors.bias()?);
            Some((rmse * rmse - bias * bias).max(0.0).sqrt())
        };
        table.row([
            (*name).to_owned(),
            percent(tally.steps.share()),
            number(tally.cadence_spm.rmse(), 2),
            number(tally.contact_each_ms.rmse(), 1),
            number(tally.contact_ms.rmse(), 1),
            signed(tally.contact_ms.bias(), 1),
            signed(tally.contact_ms.worst().map(|worst| worst.1), 0),
            worst(&tally.contact_ms),
            signed(tally.initial_contact_ms.bias(), 1),
            number(sd(&tally.initial_contact_ms), 1),
            signed(tally.toe_off_ms.bias(), 1),
            number(sd(&tally.toe_off_ms), 1),
            number(tally.oscillation_mm.rmse(), 1),
            signed(tally.oscillation_mm.bias(), 1),
            worst(&tally.oscillation_mm),
            signed(mean(tally.timing.iter().map(|(found, _)| *found)), 3),
            signed(mean(tally.timing.iter().map(|(_, truth)| *truth)), 3),
            number(explained(&tally.timing), 2),
            percent(tally.sides.share()),
            percent(tally.sides_told.share()),
        ]);
    }
    table.render()
}

/// What the rivals make of the steps.
pub(crate) fn rival_steps(tallies: &[(&str, &Tally)]) -> String {
    let mut table = Table::new(&[
        "case",
        "rival",
        "cadence",
        "contact each",
        "mean",
        "bias",
        "IC bias",
        "oscillation",
        "bias",
    ]);
    for (name, tally) in tallies {
        for (rival, steps) in [("plain", &tally.plain_steps), ("filter", &tally.filter_steps)] {
            if steps.contact_ms.len() == 0 {
                continue;
            }
            table.row([
                (*name).to_owned(),
                rival.to_owned(),
                number(steps.cadence_spm.rmse(), 2),
                number(steps.contact_each_ms.rmse(), 1),
                number(steps.contact_ms.rmse(), 1),
                signed(steps.contact_ms.bias(), 1),
                signed(steps.initial_contact_ms.bias(), 1),
                number(steps.oscillation_mm.rmse(), 1),
                signed(steps.oscillation_mm.bias(), 1),
            ]);
        }
    }
    table.render()
}

pub(crate) fn intervals(tallies: &[(&str, &Tally)]) -> String {
    let mut header = vec!["90 % intervals hold"];
    header.extend(INTERVALS);
    let mut table = Table::new(&header);
    for (name, tally) in tallies {
        let shares = tally.intervals.iter().map(|share| percent(share.share()));
        table.row(std::iter::once((*name).to_owned()).chain(shares));
    }
    table.render()
}
