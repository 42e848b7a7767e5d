//! The table everything else explains: what is wanted, what is reached, what others reach.

use crate::{
    classes::judgement_of,
    judged::Tally,
    real_recordings::called_running,
    score::{Errors, Share, explained, number, percent, signed},
    table::Table,
    virtual_pods::tally_of,
};

/// RMSE and bias of one quantity.
fn both(errors: Option<&Errors>, decimals: usize) -> String {
    let Some(errors) = errors.filter(|errors| errors.len() > 0) else {
        return "–".to_owned();
    };
    format!(
        "{} / {}",
        number(errors.rmse(), decimals),
        signed(errors.bias(), decimals)
    )
}

fn rmse(errors: Option<&Errors>, decimals: usize) -> String {
    number(errors.and_then(Errors::rmse), decimals)
}

const CLEAN: &str = "clean, both";
const STRAP: &str = "strap, both";

pub(crate) fn section() -> String {
    let mut table = Table::new(&[
        "quantity",
        "clean: wanted",
        "reached",
        "strap: wanted",
        "reached",
        "plain, clean",
        "plain, strap",
        "filter, clean",
        "filter, strap",
        "best published",
    ]);
    let tallies = [tally_of(CLEAN), tally_of(STRAP)];
    let of = |pick: fn(&Tally) -> &Errors| tallies.map(|tally| tally.map(pick));
    let mut row = |name: &str, wanted: [&str; 2], cells: [[String; 2]; 3], published: &str| {
        let [ours, plain, filter] = cells;
        let [clean, strap] = ours;
        let head = [
            name.to_owned(),
            wanted[0].to_owned(),
            clean,
            wanted[1].to_owned(),
            strap,
        ];
        let rivals = plain.into_iter().chain(filter);
        table.row(head.into_iter().chain(rivals).chain([published.to_owned()]));
    };
    let none = || ["–".to_owned(), "–".to_owned()];
    let biased = |pick: fn(&Tally) -> &Errors, decimals| of(pick).map(|errors| both(errors, decimals));
    let angle = |ours, plain, filter| [biased(ours, 2), biased(plain, 2), biased(filter, 2)];
    row(
        "trunk lean, mean of a run: RMSE / bias, degrees",
        ["0.6 / 0.3", "1.3 / 0.5"],
        angle(
            |t| &t.trunk_deg.ours,
            |t| &t.trunk_deg.plain,
            |t| &t.trunk_deg.filter,
        ),
        "none",
    );
    row(
        "pelvis tilt: RMSE / bias, degrees",
        ["0.6", "1.3"],
        angle(
            |t| &t.pelvis_deg.ours,
            |t| &t.pelvis_deg.plain,
            |t| &t.pelvis_deg.filter,
        ),
        "none",
    );
    row(
        "waist bend: RMSE / bias, degrees",
        ["0.9", "1.8"],
        angle(
            |t| &t.bend_deg.ours,
            |t| &t.bend_deg.plain,
            |t| &t.bend_deg.filter,
        ),
        "none",
    );
    let single = |pick: fn(&Tally) -> &Errors, decimals| of(pick).map(|errors| rmse(errors, decimals));
    row(
        "cadence: RMSE, steps/min",
        ["0.5", "0.5"],
        [
            single(|t| &t.cadence_spm, 2),
            single(|t| &t.plain_steps.cadence_spm, 2),
            single(|t| &t.filter_steps.cadence_spm, 2),
        ],
        "r .99 (Zeng 2022)",
    );
    row(
        "ground contact, each step: RMSE, ms",
        ["15", "20"],
        [
            single(|t| &t.contact_each_ms, 0),
            single(|t| &t.plain_steps.contact_each_ms, 0),
            single(|t| &t.filter_steps.contact_each_ms, 0),
        ],
        "20 (Patoz 2022)",
    );
    row(
        "ground contact, mean of a run: RMSE, ms",
        ["10", "15"],
        [
            single(|t| &t.contact_ms, 0),
            single(|t| &t.plain_steps.contact_ms, 0),
            single(|t| &t.filter_steps.contact_ms, 0),
        ],
        "–",
    );
    let bias = |pick: fn(&Tally) -> &Errors| of(pick).map(|errors| signed(errors.and_then(Errors::bias), 0));
    row(
        "initial contact: bias, ms",
        ["10", "10"],
        [
            bias(|t| &t.initial_contact_ms),
            bias(|t| &t.plain_steps.initial_contact_ms),
            bias(|t| &t.filter_steps.initial_contact_ms),
        ],
        "−30 and +29 (Kiernan 2023)",
    );
    row(
        "toe-off: bias, ms",
        ["–", "–"],
        [bias(|t| &t.toe_off_ms), none(), none()],
        "−3 (Kiernan 2023)",
    );
    row(
        "vertical oscillation: RMSE, mm",
        ["4", "8"],
        [
            single(|t| &t.oscillation_mm, 1),
            single(|t| &t.plain_steps.oscillation_mm, 1),
            single(|t| &t.filter_steps.oscillation_mm, 1),
        ],
        "2 to 10 (Sensors 25:315)",
    );
    let timing = tallies.map(|tally| percent(tally.and_then(|tally| explained(&tally.timing))));
    row(
        "mid-stance timing: variance explained between runs",
        ["half", "–"],
        [timing, none(), none()],
        "none",
    );
    classes(&mut row);
    let sides = tallies.map(|tally| percent(tally.and_then(|tally| tally.sides.share())));
    row(
        "left or right foot right",
        ["90 %", "90 %"],
        [sides, none(), none()],
        "82 % (Kiernan 2023)",
    );
    let held = tallies.map(|tally| percent(tally.and_then(pooled)));
    row(
        "90 % intervals hold, all quantities",
        ["85 to 95 %", "85 to 95 %"],
        [held, none(), none()],
        "none",
    );
    let walking = called_running();
    let called = format!("{} of {} steps", walking.right, walking.of);
    row(
        "real walking and bending called running",
        ["–", "under 5 %"],
        [
            [
                "–".to_owned(),
                if walking.of > 0 { called } else { "–".to_owned() },
            ],
            none(),
            none(),
        ],
        "–",
    );
    table.render()
}

fn classes(row: &mut impl FnMut(&str, [&str; 2], [[String; 2]; 3], &str)) {
    let told = |name: &str, bends: bool| {
        judgement_of(name).map_or_else(
            || "–".to_owned(),
            |judgement| {
                let verdicts = &judgement.network;
                format!(
                    "{} ({})",
                    percent(verdicts.right(bends).share()),
                    percent(verdicts.not_sure().share())
                )
            },
        )
    };
    let rival = |k: usize| {
        ["clean, both", "strap, both"]
            .map(|name| percent(judgement_of(name).and_then(|judgement| judgement.rivals[k].share())))
    };
    let none = || ["–".to_owned(), "–".to_owned()];
    row(
        "classes right of those told, two pods (not sure)",
        ["97 % (10 %)", "95 % (15 %)"],
        [
            ["clean, both", "strap, both"].map(|name| told(name, true)),
            rival(0),
            rival(1),
        ],
        "none",
    );
    for (name, pods) in [
        ("chest alone", "chest"),
        ("pelvis alone", "pelvis"),
        ("no gyroscope", "no gyro"),
    ] {
        for (what, bends) in [("all postures", true), ("nobody bent", false)] {
            let cells = ["clean", "strap"].map(|kind| told(&format!("{kind}, {pods}"), bends));
            row(
                &format!("the same, {name}, {what}"),
                ["90 %", "85 %"],
                [cells, none(), none()],
                "none",
            );
        }
    }
}

/// All intervals of a case together.
fn pooled(tally: &Tally) -> Option<f64> {
    let sum = tally.intervals.iter().fold(Share::default(), |sum, share| Share {
        right: sum.right + share.right,
        of: sum.of + share.of,
    });
    sum.share()
}
