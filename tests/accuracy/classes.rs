//! Classes told on semi-synthetic postures: real runners whose trunk and pelvis are turned by known angles.
//!
//! The own band lies four degrees about the natural trial, the usual bend is that of the natural trial, so every
//! posture is at least a degree from where its class would change. Renders nothing.

use std::sync::OnceLock;

use plumbline_core::{
    lean::{band::OwnReference, reading::LeanClass},
    session::report::Summary,
};
use recordings::{
    body::{Body, Plan, Posture},
    trials::{Named, hamner},
};

use crate::{
    case::{Kind, Run, Worn},
    judged::{Untold, analyzed},
    rivals::Rivals,
    score::{Errors, Share},
    two_models::TwoModels,
    verdicts::Verdicts,
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
        ..OwnReference::default()
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
    /// Windows the network calls *not sure*, by [`Untold::ALL`].
    pub(crate) untold: [u32; Untold::ALL.len()],
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
            untold: [0; Untold::ALL.len()],
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
                    if let Some(why) = verdict.untold {
                        judgement.untold[why as usize] += 1;
                    }
                    judgement.network.take(
                        &whose,
                        class,
                        bends,
                        (verdict.reading.class, &verdict.reading.probabilities),
                    );
                    judgement
                        .rules
                        .take(&whose, class, bends, (verdict.rules.0, &verdict.rules.1));
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
