//! Classes told on semi-synthetic postures: real runners whose trunk and pelvis are turned by known angles.
//!
//! The own band lies four degrees about the natural trial, the usual bend is that of the natural trial, so every
//! posture is at least a degree from where its class would change.

use std::sync::OnceLock;

use plumbline_core::{
    lean::{
        band::OwnReference,
        reading::{LeanClass, Probabilities, decide},
    },
    session::report::Summary,
};
use recordings::{
    body::{Body, Plan, Posture},
    trials::{Named, hamner},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::analyzed,
    plot::{Axis, Mark, Plot, Series},
    rivals::Rivals,
    score::{Errors, Share, number, percent, signed},
    table::Table,
    two_models::TwoModels,
};

/// Half of the own band, degrees.
const HALF_BAND_DEG: f64 = 4.0;

/// A bend this far beyond the usual is a waist bend, degrees.
const BEND_DEG: f64 = 5.0;

/// A posture and the class it belongs to.
pub(crate) type Asked = (&'static str, Posture, LeanClass);

const fn turned(trunk_deg: f64, pelvis_deg: f64) -> Posture {
    Posture {
        trunk_deg,
        pelvis_deg,
    }
}

pub(crate) const POSTURES: [Asked; 8] = [
    ("6 back as one", turned(-6.0, -6.0), LeanClass::Under),
    ("3 back as one", turned(-3.0, -3.0), LeanClass::Good),
    ("as they ran", turned(0.0, 0.0), LeanClass::Good),
    ("3 forward as one", turned(3.0, 3.0), LeanClass::Good),
    ("6 forward as one", turned(6.0, 6.0), LeanClass::Over),
    ("bent by 8", turned(8.0, 0.0), LeanClass::WaistBend),
    ("bent by 12", turned(12.0, 0.0), LeanClass::WaistBend),
    ("bent by 8, in the band", turned(3.0, -5.0), LeanClass::WaistBend),
];

/// The runner's own references, from the truth of the natural trial.
pub(crate) fn own_of(natural: &Body) -> OwnReference {
    let lean = natural.trunk_lean_deg().unwrap_or(f64::NAN);
    OwnReference {
        band_deg: Some([lean - HALF_BAND_DEG, lean + HALF_BAND_DEG]),
        usual_bend_deg: Some(lean - natural.pelvis_tilt_deg()),
    }
}

/// What a model said of windows whose class is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdicts {
    /// By true class, then by told class, as in `LeanClass::ALL`.
    pub(crate) confusion: [[u32; 5]; 4],
    /// Ten bins of the likeliest class's probability.
    pub(crate) calibration: [Share; 10],
    squares: f64,
    /// Who was told a wrong class.
    pub(crate) wrong: Vec<String>,
}

impl Verdicts {
    /// One window; `bends` says whether these pods can tell a bend: if not, *not sure* is the answer to one.
    pub(crate) fn take(&mut self, whose: &str, truth: LeanClass, bends: bool, said: &Probabilities) {
        let told = decide(said);
        self.confusion[truth.index()][told.index()] += 1;
        if told != LeanClass::NotSure && told != truth {
            self.wrong.push(format!("{whose} told {}", told.name()));
        }
        let asked = if truth == LeanClass::WaistBend && !bends {
            LeanClass::NotSure
        } else {
            truth
        };
        for class in LeanClass::ALL {
            let happened = class == asked;
            let probability = said.of(class);
            self.squares += (probability - f64::from(u8::from(happened))).powi(2);
            if class != LeanClass::NotSure {
                let bin = ((probability * 10.0) as usize).min(9);
                self.calibration[bin].count(happened);
            }
        }
    }

    fn sum(&self, pick: impl Fn(usize, usize) -> bool) -> u32 {
        let cells = (0..4).flat_map(|truth| (0..5).map(move |told| (truth, told)));
        cells
            .filter(|(truth, told)| pick(*truth, *told))
            .map(|(truth, told)| self.confusion[truth][told])
            .sum()
    }

    pub(crate) fn windows(&self) -> u32 {
        self.sum(|_, _| true)
    }

    pub(crate) fn brier(&self) -> Option<f64> {
        (self.windows() > 0).then(|| self.squares / f64::from(self.windows()))
    }

    /// Right among what was told; over postures without a bend when `bends` is false.
    pub(crate) fn right(&self, bends: bool) -> Share {
        let counts = |truth: usize| bends || truth != LeanClass::WaistBend.index();
        Share {
            right: self.sum(|truth, told| counts(truth) && truth == told),
            of: self.sum(|truth, told| counts(truth) && told != LeanClass::NotSure.index()),
        }
    }

    pub(crate) fn not_sure(&self) -> Share {
        Share {
            right: self.sum(|_, told| told == LeanClass::NotSure.index()),
            of: self.windows(),
        }
    }
}

struct Case {
    name: &'static str,
    kind: Kind,
    worn: &'static [(&'static str, Worn)],
}

const ALL_WORN: [(&str, Worn); 5] = [
    ("both", Worn::BOTH),
    ("chest", Worn::CHEST),
    ("pelvis", Worn::PELVIS),
    ("no gyro", Worn::NO_GYRO),
    (
        "chest, no gyro",
        Worn {
            gyro: false,
            ..Worn::CHEST
        },
    ),
];

fn cases() -> [Case; 5] {
    let at_52 = |kind: Kind| Kind {
        rate_hz: Some(52.0),
        ..kind
    };
    let case = |name, kind, worn| Case { name, kind, worn };
    [
        case("clean", Kind::CLEAN, &ALL_WORN),
        case("clean, 52 Hz", at_52(Kind::CLEAN), &ALL_WORN[..1]),
        case("strap", Kind::STRAP, &ALL_WORN),
        case("strap, 52 Hz", at_52(Kind::STRAP), &ALL_WORN[..1]),
        case(
            "strap, 3 s stand",
            Kind {
                stand_s: 3.0,
                ..Kind::STRAP
            },
            &ALL_WORN[..1],
        ),
    ]
}

/// One way of wearing pods, with what network and rules said.
pub(crate) struct Judgement {
    pub(crate) name: String,
    pub(crate) network: Verdicts,
    pub(crate) rules: Verdicts,
    /// Runs the plain rival and the careful filter class rightly; with both pods only.
    pub(crate) rivals: [Share; 2],
    /// Trunk lean, pelvis tilt and waist bend against the turned segments.
    pub(crate) angles_deg: [Errors; 3],
    /// True lean and what was found, run by run.
    pub(crate) leans_deg: Vec<(f64, f64)>,
}

impl Judgement {
    fn new(name: String) -> Self {
        Self {
            name,
            network: Verdicts::default(),
            rules: Verdicts::default(),
            rivals: [Share::default(); 2],
            angles_deg: [(); 3].map(|()| Errors::default()),
            leans_deg: Vec::new(),
        }
    }

    fn take_angles(&mut self, whose: &str, body: &Body, summary: &Summary) {
        let lean = body.trunk_lean_deg().unwrap_or(f64::NAN);
        let tilt = body.pelvis_tilt_deg();
        let found = [
            summary.trunk_lean_deg,
            summary.pelvis_tilt_deg,
            summary.waist_bend_deg,
        ];
        for ((errors, found), truth) in self
            .angles_deg
            .iter_mut()
            .zip(found)
            .zip([lean, tilt, lean - tilt])
        {
            if let Some(found) = found {
                errors.push(whose, found.mean - truth);
            }
        }
        self.leans_deg
            .extend(summary.trunk_lean_deg.map(|found| (lean, found.mean)));
    }
}

/// The class of a run by its angles alone.
fn class_of(trunk_deg: f64, pelvis_deg: f64, own: OwnReference) -> Option<LeanClass> {
    let [low, high] = own.band_deg?;
    Some(match trunk_deg {
        _ if trunk_deg - pelvis_deg > own.usual_bend_deg? + BEND_DEG => LeanClass::WaistBend,
        lean if lean < low => LeanClass::Under,
        lean if lean > high => LeanClass::Over,
        _ => LeanClass::Good,
    })
}

fn count_rivals(shares: &mut [Share; 2], run: &Run, worn: Worn, own: OwnReference, class: LeanClass) {
    let pods = run.worn(worn);
    let rivals = [0, 1].map(|k| Some(Rivals::of(pods[k].as_ref()?, run.mountings[k], run.spans()?)));
    let [Some(chest), Some(pelvis)] = rivals else {
        return;
    };
    shares[0].count(class_of(chest.plain_deg, pelvis.plain_deg, own) == Some(class));
    if let Some((chest, pelvis)) = chest.filter_deg.zip(pelvis.filter_deg) {
        shares[1].count(class_of(chest, pelvis, own) == Some(class));
    }
}

fn judge(trials: &[Named], case: &Case, models: &TwoModels) -> Vec<Judgement> {
    let mut judgements: Vec<Judgement> = (case.worn.iter())
        .map(|(worn, _)| Judgement::new(format!("{}, {worn}", case.name)))
        .collect();
    for named in trials {
        let own = own_of(&named.source.body(Plan::default(), Posture::default()));
        for (k, (posture, turned, class)) in POSTURES.into_iter().enumerate() {
            let run = Run::record(named, case.kind, turned, Plan::default(), 100 + k as u64);
            let whose = format!("{}, {posture}:", named.name);
            for (judgement, (_, worn)) in judgements.iter_mut().zip(case.worn) {
                count_rivals(&mut judgement.rivals, &run, *worn, own, class);
                let (analysis, verdicts) = analyzed(&run, *worn, own, models);
                judgement.take_angles(&whose, &run.body, &analysis.summary);
                let bends = worn.chest && worn.pelvis;
                for verdict in verdicts {
                    judgement
                        .network
                        .take(&whose, class, bends, &verdict.reading.probabilities);
                    judgement.rules.take(&whose, class, bends, &verdict.rules);
                }
            }
        }
    }
    judgements
}

/// Network and rules in every case, once; empty without hamner2013.
pub(crate) fn judgements() -> &'static [Judgement] {
    static JUDGEMENTS: OnceLock<Vec<Judgement>> = OnceLock::new();
    JUDGEMENTS.get_or_init(|| {
        let trials = hamner();
        let models = TwoModels::new();
        let judged = cases().map(|case| judge(&trials, &case, &models));
        judged.into_iter().flatten().collect()
    })
}

/// The judgement of one case.
pub(crate) fn judgement_of(name: &str) -> Option<&'static Judgement> {
    judgements().iter().find(|judgement| judgement.name == name)
}

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
