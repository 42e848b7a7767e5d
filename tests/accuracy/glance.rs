//! The table everything else explains: what is wanted, what is reached, what others reach.

use crate::{
    classes::judgement_of,
    judged::{CONTACT, Tally},
    real_recordings::called_running,
    score::{Errors, Share, explained, number, percent, signed},
    table::Table,
    virtual_pods::tally_of,
};

/// One number of a case, as text.
type Cell = fn(&Tally) -> String;

/// One quantity: what is wanted clean and on a strap, what the core and its rivals reach, and the best published.
struct Row {
    name: &'static str,
    wanted: [&'static str; 2],
    ours: Cell,
    plain: Cell,
    filter: Cell,
    published: &'static str,
}

const NONE: Cell = |_| "–".to_owned();

fn angle(errors: &Errors) -> String {
    format!("{} / {}", number(errors.rmse(), 2), signed(errors.bias(), 2))
}

const ROWS: [Row; 13] = [
    Row {
        name: "trunk lean, mean of a run: RMSE / bias, degrees",
        wanted: ["0.6 / 0.3", "1.3 / 0.5"],
        ours: |t| angle(&t.trunk_deg.ours),
        plain: |t| angle(&t.trunk_deg.plain),
        filter: |t| angle(&t.trunk_deg.filter),
        published: "none",
    },
    Row {
        name: "pelvis tilt: RMSE / bias, degrees",
        wanted: ["0.6", "1.3"],
        ours: |t| angle(&t.pelvis_deg.ours),
        plain: |t| angle(&t.pelvis_deg.plain),
        filter: |t| angle(&t.pelvis_deg.filter),
        published: "none",
    },
    Row {
        name: "waist bend: RMSE / bias, degrees",
        wanted: ["0.9", "1.8"],
        ours: |t| angle(&t.bend_deg.ours),
        plain: |t| angle(&t.bend_deg.plain),
        filter: |t| angle(&t.bend_deg.filter),
        published: "none",
    },
    Row {
        name: "cadence: RMSE, steps/min",
        wanted: ["0.5", "0.5"],
        ours: |t| number(t.cadence_spm.rmse(), 2),
        plain: |t| number(t.plain_steps.cadence_spm.rmse(), 2),
        filter: |t| number(t.filter_steps.cadence_spm.rmse(), 2),
        published: "r .99 (Zeng 2022)",
    },
    Row {
        name: "ground contact, each step: RMSE, ms",
        wanted: ["15", "20"],
        ours: |t| number(t.contact_each_ms.rmse(), 0),
        plain: |t| number(t.plain_steps.contact_each_ms.rmse(), 0),
        filter: |t| number(t.filter_steps.contact_each_ms.rmse(), 0),
        published: "20 (Patoz 2022)",
    },
    Row {
        name: "ground contact, mean of a run: RMSE, ms",
        wanted: ["10", "15"],
        ours: |t| number(t.contact_ms.rmse(), 0),
        plain: |t| number(t.plain_steps.contact_ms.rmse(), 0),
        filter: |t| number(t.filter_steps.contact_ms.rmse(), 0),
        published: "–",
    },
    Row {
        name: "initial contact: bias, ms",
        wanted: ["10", "10"],
        ours: |t| signed(t.initial_contact_ms.bias(), 0),
        plain: |t| signed(t.plain_steps.initial_contact_ms.bias(), 0),
        filter: |t| signed(t.filter_steps.initial_contact_ms.bias(), 0),
        published: "-30 and +29 (Kiernan 2023)",
    },
    Row {
        name: "toe-off: bias, ms",
        wanted: ["–", "–"],
        ours: |t| signed(t.toe_off_ms.bias(), 0),
        plain: NONE,
        filter: NONE,
        published: "-3 (Kiernan 2023)",
    },
    Row {
        name: "vertical oscillation: RMSE, mm",
        wanted: ["4", "8"],
        ours: |t| number(t.oscillation_mm.rmse(), 1),
        plain: |t| number(t.plain_steps.oscillation_mm.rmse(), 1),
        filter: |t| number(t.filter_steps.oscillation_mm.rmse(), 1),
        published: "2 to 10 (Sensors 25:315)",
    },
    Row {
        name: "mid-stance timing: variance explained between runs",
        wanted: ["half", "–"],
        ours: |t| percent(explained(&t.timing)),
        plain: NONE,
        filter: NONE,
        published: "none",
    },
    Row {
        name: "left or right foot right",
        wanted: ["90 %", "90 %"],
        ours: |t| percent(t.sides.share()),
        plain: NONE,
        filter: NONE,
        published: "82 % (Kiernan 2023)",
    },
    Row {
        name: "90 % intervals hold, all quantities",
        wanted: ["85 to 95 %", "85 to 95 %"],
        ours: |t| percent(pooled(t)),
        plain: NONE,
        filter: NONE,
        published: "none",
    },
    Row {
        name: "the same, of ground contact alone",
        wanted: ["85 to 95 %", "85 to 95 %"],
        ours: |t| percent(t.intervals[CONTACT].share()),
        plain: NONE,
        filter: NONE,
        published: "none",
    },
];

/// All intervals of a case together.
fn pooled(tally: &Tally) -> Option<f64> {
    let sum = tally.intervals.iter().fold(Share::default(), |sum, share| Share {
        right: sum.right + share.right,
        of: sum.of + share.of,
    });
    sum.share()
}

/// Name, clean and strap of the core, of the plain rival, of the filter; published.
type Line = (String, [&'static str; 2], [[String; 2]; 3], &'static str);

fn none() -> [String; 2] {
    [(); 2].map(|()| "–".to_owned())
}

fn quantity(row: &Row) -> Line {
    let tallies = ["clean, both", "strap, both"].map(tally_of);
    let cells = [row.ours, row.plain, row.filter]
        .map(|cell| tallies.map(|tally| tally.map_or_else(String::new, cell)));
    (row.name.to_owned(), row.wanted, cells, row.published)
}

/// Right among those told, and how many are not sure.
fn classes() -> Vec<Line> {
    let told = |name: &str, bends: bool| {
        judgement_of(name).map_or_else(String::new, |judgement| {
            let verdicts = &judgement.network;
            let right = percent(verdicts.right(bends).share());
            format!("{right} ({})", percent(verdicts.not_sure().share()))
        })
    };
    let both = ["clean, both", "strap, both"];
    let rival = |k: usize| {
        both.map(|name| percent(judgement_of(name).and_then(|judgement| judgement.rivals[k].share())))
    };
    let name = "classes right of those told, two pods (not sure)".to_owned();
    let ours = both.map(|name| told(name, true));
    let mut lines: Vec<Line> = vec![(
        name,
        ["97 % (10 %)", "95 % (15 %)"],
        [ours, rival(0), rival(1)],
        "none",
    )];
    for (name, pods) in [
        ("chest alone", "chest"),
        ("pelvis alone", "pelvis"),
        ("no gyroscope", "no gyro"),
        ("chest alone, no gyroscope", "chest, no gyro"),
    ] {
        for (what, bends) in [("all postures", true), ("nobody bent", false)] {
            let ours = ["clean", "strap"].map(|kind| told(&format!("{kind}, {pods}"), bends));
            let name = format!("the same, {name}, {what}");
            lines.push((name, ["90 %", "85 %"], [ours, none(), none()], "none"));
        }
    }
    lines
}

fn walking() -> Option<Line> {
    let share = called_running();
    let called = format!("{} of {} steps", share.right, share.of);
    let ours = ["–".to_owned(), called];
    let name = "real walking and bending called running".to_owned();
    (share.of > 0).then_some((name, ["–", "under 5 %"], [ours, none(), none()], "–"))
}

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
    let lines = ROWS.iter().map(quantity).chain(classes()).chain(walking());
    for (name, [clean_wanted, strap_wanted], [[clean, strap], plain, filter], published) in lines {
        let ours = [
            name,
            clean_wanted.to_owned(),
            clean,
            strap_wanted.to_owned(),
            strap,
        ];
        table.row(
            ours.into_iter()
                .chain(plain)
                .chain(filter)
                .chain([published.to_owned()]),
        );
    }
    table.render()
}
