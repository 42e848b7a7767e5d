//! What was told of semi-synthetic postures, as tables and plots.

use plumbline_core::lean::reading::LeanClass;

use crate::{
    classes::{Judgement, judgement_of, judgements},
    plot::{Axis, Mark, Plot, Series},
    score::{number, percent, signed},
    table::Table,
    verdicts::Verdicts,
};

/// Cases whose confusion is shown.
const CONFUSED: [&str; 5] = [
    "clean, both",
    "strap, both",
    "strap, chest",
    "strap, pelvis",
    "strap, no gyro",
];

pub(crate) fn section() -> String {
    let confusions = CONFUSED.into_iter().filter_map(judgement_of).map(|judgement| {
        let table = confusion(&judgement.network);
        format!("The network, {}:\n\n{table}", judgement.name)
    });
    let wrong = judgements()
        .iter()
        .filter(|judgement| judgement.name.ends_with("both"));
    let wrong = wrong.map(|judgement| {
        let mut wrong = judgement.network.wrong.clone();
        wrong.dedup();
        let wrong = if wrong.is_empty() {
            "nothing".to_owned()
        } else {
            wrong.join("; ")
        };
        format!("* {}: {wrong}\n", judgement.name)
    });
    let parts = [
        shares(judgements()),
        "Why windows are *not sure* by the network, share of all:\n".to_owned(),
        untold(judgements()),
        "Angles in these postures, mean of a run, degrees:\n".to_owned(),
        angles(judgements()),
    ];
    let last = [
        "Of what was given so much probability, so much was so:\n".to_owned(),
        calibration(judgements()),
        "Told wrongly by the network with both pods:\n".to_owned(),
        wrong.collect::<String>(),
    ];
    let parts = parts.into_iter().chain(confusions).chain(last);
    parts.collect::<Vec<String>>().join("\n")
}

/// Lean found beside lean by the markers, run by run and posture by posture.
pub(crate) fn lean_plot() -> Plot {
    let series = ["strap, no gyro", "strap, both", "clean, both"].map(|name| Series {
        name: name.to_owned(),
        mark: Mark::Points,
        points: judgement_of(name)
            .map(|judgement| judgement.leans_deg.clone())
            .unwrap_or_default(),
    });
    let ends = [0.0, 32.0];
    let guide = Series {
        name: String::new(),
        mark: Mark::Guide,
        points: vec![(0.0, 0.0), (32.0, 32.0)],
    };
    Plot {
        file: "lean.svg",
        title: "Trunk lean of virtual pods in all postures, mean of a run, degrees",
        x: Axis {
            label: "by the markers",
            ends,
            parts: 8,
            names: &[],
        },
        y: Axis {
            label: "by the pods",
            ends,
            parts: 8,
            names: &[],
        },
        series: series.into_iter().chain([guide]).collect(),
    }
}

/// What was said beside what was so.
pub(crate) fn plots() -> Vec<Plot> {
    let of = |name: &str| {
        let bins = judgement_of(name)?.network.calibration.iter().enumerate();
        let enough = bins.filter(|(_, share)| share.of >= 10);
        let points =
            enough.map(|(bin, share)| (10.0 * bin as f64 + 5.0, 100.0 * share.share().unwrap_or(0.0)));
        Some(Series {
            name: name.to_owned(),
            mark: Mark::Line,
            points: points.collect(),
        })
    };
    let ends = [0.0, 100.0];
    let axis = |label| Axis {
        label,
        ends,
        parts: 5,
        names: &[],
    };
    let guide = Series {
        name: String::new(),
        mark: Mark::Guide,
        points: vec![(0.0, 0.0), (100.0, 100.0)],
    };
    let calibration = Plot {
        file: "calibration.svg",
        title: "How often a class was so that the network gave so much probability, %",
        x: axis("said"),
        y: axis("was so"),
        series: CONFUSED.into_iter().filter_map(of).chain([guide]).collect(),
    };
    vec![lean_plot(), calibration]
}

fn shares(judgements: &[Judgement]) -> String {
    let mut table = Table::new(&[
        "pods",
        "windows",
        "network: right of told",
        "without bends",
        "not sure",
        "Brier",
        "rules: right of told",
        "without bends",
        "not sure",
        "Brier",
        "plain: runs right",
        "filter: runs right",
    ]);
    for judgement in judgements {
        let cells = |verdicts: &Verdicts| {
            [
                percent(verdicts.right(true).share()),
                percent(verdicts.right(false).share()),
                percent(verdicts.not_sure().share()),
                number(verdicts.brier(), 3),
            ]
        };
        let head = [judgement.name.clone(), judgement.network.windows().to_string()];
        let rivals = judgement.rivals.map(|share| percent(share.share()));
        let models = cells(&judgement.network)
            .into_iter()
            .chain(cells(&judgement.rules));
        table.row(head.into_iter().chain(models).chain(rivals));
    }
    table.render()
}

fn untold(judgements: &[Judgement]) -> String {
    let mut table = Table::new(&[
        "pods",
        "a worn pod has no angle",
        "too few steps or too many holes",
        "no class is likely enough",
    ]);
    for judgement in judgements {
        let windows = f64::from(judgement.network.windows());
        let shares = judgement
            .untold
            .map(|count| percent(Some(f64::from(count) / windows)));
        table.row(std::iter::once(judgement.name.clone()).chain(shares));
    }
    table.render()
}

fn angles(judgements: &[Judgement]) -> String {
    let mut table = Table::new(&[
        "pods",
        "trunk lean: RMSE",
        "bias",
        "pelvis tilt: RMSE",
        "bias",
        "waist bend: RMSE",
        "bias",
    ]);
    for judgement in judgements {
        let cells = judgement
            .angles_deg
            .iter()
            .flat_map(|errors| [number(errors.rmse(), 2), signed(errors.bias(), 2)]);
        table.row(std::iter::once(judgement.name.clone()).chain(cells));
    }
    table.render()
}

fn confusion(verdicts: &Verdicts) -> String {
    let mut table = Table::new(&["truly", "told under", "good", "over", "waist bend", "not sure"]);
    for class in &LeanClass::ALL[..4] {
        let told = verdicts.confusion[class.index()];
        table.row(std::iter::once(class.name().replace('_', " ")).chain(told.map(|count| count.to_string())));
    }
    table.render()
}

fn calibration(judgements: &[Judgement]) -> String {
    let bins: Vec<String> = (0..10)
        .map(|bin| format!("{}-{} %", 10 * bin, 10 * bin + 10))
        .collect();
    let header = std::iter::once("said").chain(bins.iter().map(String::as_str));
    let mut table = Table::new(&header.collect::<Vec<_>>());
    for judgement in judgements {
        for (model, verdicts) in [("network", &judgement.network), ("rules", &judgement.rules)] {
            let shares = verdicts.calibration.iter().map(|share| percent(share.share()));
            table.row(std::iter::once(format!("{}, {model}", judgement.name)).chain(shares));
        }
    }
    table.render()
}
