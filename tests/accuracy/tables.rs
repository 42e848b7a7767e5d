//! Tables of many runs, case by case.

use recordings::body::mean;

use crate::{
    judged::{INTERVALS, Tally},
    score::{Errors, explained, number, percent, signed},
    table::Table,
};

/// Cases and what was measured in them.
type Tallies<'a, Name> = &'a [(Name, Tally)];

fn whose(errors: &Errors, decimals: usize) -> String {
    errors.worst().map_or_else(
        || "–".to_owned(),
        |(name, error)| format!("{error:+.decimals$} {name}"),
    )
}

/// Trunk lean, pelvis tilt and waist bend: error of the mean of a run, degrees.
pub(crate) fn angles<Name: AsRef<str>>(tallies: Tallies<Name>) -> String {
    let mut table = Table::new(&[
        "pods",
        "angle",
        "told",
        "RMSE",
        "bias",
        "worst",
        "plain: RMSE",
        "bias",
        "filter: RMSE",
        "bias",
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
                name.as_ref().to_owned(),
                quantity.to_owned(),
                format!("{} of {}", angle.ours.len(), tally.runs),
                number(angle.ours.rmse(), 2),
                signed(angle.ours.bias(), 2),
                whose(&angle.ours, 1),
                number(angle.plain.rmse(), 2),
                signed(angle.plain.bias(), 2),
                number(angle.filter.rmse(), 2),
                signed(angle.filter.bias(), 2),
            ]);
        }
    }
    table.render()
}

/// Cadence in steps a minute; contacts in milliseconds.
pub(crate) fn steps<Name: AsRef<str>>(tallies: Tallies<Name>) -> String {
    let mut table = Table::new(&[
        "pods",
        "steps seen",
        "cadence RMSE",
        "contact, each step: RMSE",
        "mean of a run: RMSE",
        "bias",
        "worst",
        "initial contact: bias",
        "spread",
        "toe-off: bias",
        "spread",
    ]);
    for (name, tally) in tallies {
        table.row([
            name.as_ref().to_owned(),
            percent(tally.steps.share()),
            number(tally.cadence_spm.rmse(), 2),
            number(tally.contact_each_ms.rmse(), 1),
            number(tally.contact_ms.rmse(), 1),
            signed(tally.contact_ms.bias(), 1),
            whose(&tally.contact_ms, 0),
            signed(tally.initial_contact_ms.bias(), 1),
            number(tally.initial_contact_ms.spread(), 1),
            signed(tally.toe_off_ms.bias(), 1),
            number(tally.toe_off_ms.spread(), 1),
        ]);
    }
    table.render()
}

/// Rise and fall, mid-stance timing, side.
pub(crate) fn body<Name: AsRef<str>>(tallies: Tallies<Name>) -> String {
    let mut table = Table::new(&[
        "pods",
        "oscillation, mm: RMSE",
        "bias",
        "worst",
        "timing: mean",
        "truth",
        "RMSE",
        "variance explained",
        "side right",
        "side told",
        "right of told",
    ]);
    for (name, tally) in tallies {
        let side_told =
            (tally.sides.of > 0).then(|| f64::from(tally.sides_told.of) / f64::from(tally.sides.of));
        table.row([
            name.as_ref().to_owned(),
            number(tally.oscillation_mm.rmse(), 1),
            signed(tally.oscillation_mm.bias(), 1),
            whose(&tally.oscillation_mm, 1),
            signed(mean(tally.timing.iter().map(|(found, _)| *found)), 3),
            signed(mean(tally.timing.iter().map(|(_, truth)| *truth)), 3),
            number(root_mean_square(&tally.timing), 3),
            percent(explained(&tally.timing)),
            percent(tally.sides.share()),
            percent(side_told),
            percent(tally.sides_told.share()),
        ]);
    }
    table.render()
}

/// Of what was found less the truth.
fn root_mean_square(pairs: &[(f64, f64)]) -> Option<f64> {
    mean(pairs.iter().map(|(found, truth)| (found - truth).powi(2))).map(f64::sqrt)
}

/// What the rivals make of the steps.
pub(crate) fn rival_steps<Name: AsRef<str>>(tallies: Tallies<Name>) -> String {
    let mut table = Table::new(&[
        "pods",
        "rival",
        "cadence RMSE",
        "contact, each step: RMSE",
        "mean of a run: RMSE",
        "bias",
        "initial contact: bias",
        "oscillation, mm: RMSE",
        "bias",
    ]);
    for (name, tally) in tallies {
        for (rival, steps) in [("plain", &tally.plain_steps), ("filter", &tally.filter_steps)] {
            if steps.contact_ms.len() == 0 {
                continue;
            }
            table.row([
                name.as_ref().to_owned(),
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

/// How often the truth lies in the 90 % interval of the mean of a run.
pub(crate) fn intervals<Name: AsRef<str>>(tallies: Tallies<Name>) -> String {
    let header: Vec<&str> = std::iter::once("pods").chain(INTERVALS).collect();
    let mut table = Table::new(&header);
    for (name, tally) in tallies {
        let shares = tally.intervals.iter().map(|share| percent(share.share()));
        table.row(std::iter::once(name.as_ref().to_owned()).chain(shares));
    }
    table.render()
}

/// One column of the table by trial: its heading, its errors, its decimals.
type Column = (&'static str, fn(&Tally) -> &Errors, usize);

const COLUMNS: [Column; 7] = [
    ("lean, degrees", |tally| &tally.trunk_deg.ours, 1),
    ("tilt, degrees", |tally| &tally.pelvis_deg.ours, 1),
    ("contact, ms", |tally| &tally.contact_ms, 0),
    ("initial contact, ms", |tally| &tally.initial_contact_ms, 0),
    ("toe-off, ms", |tally| &tally.toe_off_ms, 0),
    ("oscillation, mm", |tally| &tally.oscillation_mm, 1),
    ("cadence, steps/min", |tally| &tally.cadence_spm, 2),
];

/// Mean errors trial by trial, clean and on a strap.
pub(crate) fn by_trial(clean: &Tally, strap: &Tally) -> String {
    let asked = COLUMNS.iter().filter(|(_, errors, _)| errors(clean).len() > 0);
    let columns: Vec<&Column> = asked.collect();
    let headings = columns.iter().flat_map(|(heading, ..)| [*heading, "strap"]);
    let mut table = Table::new(&std::iter::once("trial").chain(headings).collect::<Vec<_>>());
    for (name, _) in clean.cadence_spm.by_name() {
        let cells = columns.iter().flat_map(|(_, errors, decimals)| {
            [clean, strap].map(|tally| {
                let of_all = errors(tally).by_name();
                let own = of_all.iter().find(|(known, _)| *known == name);
                signed(own.map(|(_, error)| *error), *decimals)
            })
        });
        table.row(std::iter::once(name.to_owned()).chain(cells));
    }
    table.render()
}
