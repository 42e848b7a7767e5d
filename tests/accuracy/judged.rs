//! One run held against its truth.

use plumbline_core::{
    gait::step::{Side, Step},
    lean::{
        band::OwnReference,
        reading::{LeanClass, LeanReading, Probabilities},
    },
    session::{
        analysis::{RunAnalysis, analyze},
        report::Summary,
    },
};
use recordings::body::{Body, TrueStep, mean};

use crate::{
    case::{Run, Worn},
    rival_steps::{RivalSteps, filter_force, plain_force},
    rivals::Rivals,
    score::{Errors, Share},
    two_models::{Asked, TwoModels},
};

/// A contact found further than this from every true one is no match, seconds.
const FAR_S: f64 = 0.12;

/// Everything measured over some runs in one case.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) runs: u32,
    pub(crate) trunk_deg: Angle,
    pub(crate) pelvis_deg: Angle,
    pub(crate) bend_deg: Angle,
    pub(crate) cadence_spm: Errors,
    pub(crate) contact_each_ms: Errors,
    pub(crate) contact_ms: Errors,
    /// Mean of a run against the list that comes with the set.
    pub(crate) listed_contact_ms: Errors,
    pub(crate) initial_contact_ms: Errors,
    pub(crate) toe_off_ms: Errors,
    pub(crate) oscillation_mm: Errors,
    pub(crate) timing: Vec<(f64, f64)>,
    pub(crate) sides: Share,
    pub(crate) sides_told: Share,
    pub(crate) steps: Share,
    pub(crate) intervals: [Share; 8],
    /// Truth and what was found, run by run.
    pub(crate) leans_deg: Vec<(f64, f64)>,
    pub(crate) contacts_ms: Vec<(f64, f64)>,
    pub(crate) plain_steps: RivalSteps,
    pub(crate) filter_steps: RivalSteps,
}

/// An angle by the core and by its rivals.
#[derive(Default)]
pub(crate) struct Angle {
    pub(crate) ours: Errors,
    pub(crate) plain: Errors,
    pub(crate) filter: Errors,
}

/// Names of the intervals counted in [`Tally::intervals`].
pub(crate) const INTERVALS: [&str; 8] = [
    "trunk lean",
    "pelvis tilt",
    "waist bend",
    "cadence",
    "contact",
    "oscillation",
    "timing",
    "lean of a window",
];

/// Places of the ground contact and of the lean of a window in [`INTERVALS`].
pub(crate) const CONTACT: usize = 4;
const WINDOW: usize = 7;

/// What is true of a whole run, as far as these pods can see it.
struct Truths {
    trunk_deg: Option<f64>,
    pelvis_deg: Option<f64>,
    bend_deg: Option<f64>,
    cadence_spm: Option<f64>,
    contact_ms: Option<f64>,
    listed_contact_ms: Option<f64>,
    oscillation_mm: Option<f64>,
    timing: Option<f64>,
}

impl Truths {
    fn of(body: &Body, worn: Worn) -> Self {
        let trunk_deg = body.trunk_lean_deg().filter(|_| worn.chest);
        let pelvis_deg = Some(body.pelvis_tilt_deg()).filter(|_| worn.pelvis);
        let site = usize::from(worn.pelvis);
        let over = |value: &dyn Fn(&TrueStep) -> Option<f64>| mean(body.steps.iter().filter_map(value));
        Self {
            trunk_deg,
            pelvis_deg,
            bend_deg: trunk_deg.zip(pelvis_deg).map(|(trunk, pelvis)| trunk - pelvis),
            cadence_spm: Some(body.cadence_spm()),
            contact_ms: over(&|step| Some(step.contact.ground_contact_ms())),
            listed_contact_ms: over(&|step| step.contact.listed_ms),
            oscillation_mm: over(&|step| step.oscillation_mm[site]),
            timing: over(&|step| step.mid_stance_timing),
        }
    }
}

/// What both models said of one window.
pub(crate) struct Verdict {
    pub(crate) reading: LeanReading,
    /// What the rules told, and their probabilities; nothing where what was told was taken back.
    pub(crate) rules: (LeanClass, Probabilities),
    /// Why the network told none.
    pub(crate) untold: Option<Untold>,
}

/// Why a window is *not sure*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untold {
    /// A pod that is worn has no angle: it moved, or is in doubt, or a later stand showed that it was.
    Withheld,
    /// Too few steady steps, or too many holes.
    TooLittle,
    /// No class is likely enough.
    Close,
}

impl Untold {
    pub(crate) const ALL: [Self; 3] = [Self::Withheld, Self::TooLittle, Self::Close];

    fn of(class: LeanClass, asked: &Asked, worn: Worn, taken_back: bool) -> Option<Self> {
        let withheld = [worn.chest, worn.pelvis].into_iter().zip(asked.angles);
        (class == LeanClass::NotSure).then(|| {
            if taken_back || withheld.into_iter().any(|(worn, told)| worn && !told) {
                Self::Withheld
            } else if asked.carried {
                Self::Close
            } else {
                Self::TooLittle
            }
        })
    }
}

/// Analyses a run; gives the analysis and what both models said of its windows.
pub(crate) fn analyzed(
    run: &Run,
    worn: Worn,
    own: OwnReference,
    models: &TwoModels,
) -> (RunAnalysis, Vec<Verdict>) {
    let [chest, pelvis] = run.worn(worn);
    models.take_asked();
    let analysis = analyze(chest.as_ref(), pelvis.as_ref(), own, models);
    let verdicts = analysis.windows.iter().zip(models.take_asked());
    let verdicts = verdicts.map(|(reading, asked)| {
        let taken_back = reading.probabilities == Probabilities::NOT_SURE && asked.carried;
        Verdict {
            reading: *reading,
            rules: if taken_back {
                (LeanClass::NotSure, Probabilities::NOT_SURE)
            } else {
                asked.rules
            },
            untold: Untold::of(reading.class, &asked, worn, taken_back),
        }
    });
    let verdicts = verdicts.collect();
    (analysis, verdicts)
}

impl Tally {
    /// Adds one run.
    pub(crate) fn take(&mut self, run: &Run, worn: Worn, analysis: &RunAnalysis) {
        self.runs += 1;
        let truths = Truths::of(&run.body, worn);
        self.take_means(&run.name, &analysis.summary, &truths);
        self.take_windows(analysis, truths.trunk_deg);
        self.take_steps(&run.name, &run.body.steps, &analysis.steps);
        self.take_rivals(run, worn, [truths.trunk_deg, truths.pelvis_deg]);
        self.take_rival_steps(run, worn);
    }

    fn take_means(&mut self, name: &str, summary: &Summary, truths: &Truths) {
        let told = [
            (summary.trunk_lean_deg, truths.trunk_deg),
            (summary.pelvis_tilt_deg, truths.pelvis_deg),
            (summary.waist_bend_deg, truths.bend_deg),
            (summary.cadence_spm, truths.cadence_spm),
            (summary.ground_contact_ms, truths.contact_ms),
            (summary.vertical_oscillation_mm, truths.oscillation_mm),
            (summary.mid_stance_timing, truths.timing),
        ]
        .map(|(found, truth)| found.zip(truth));
        for (share, told) in self.intervals.iter_mut().zip(told) {
            if let Some((found, truth)) = told {
                share.count((found.ci90[0]..=found.ci90[1]).contains(&truth));
            }
        }
        let means = told.map(|told| told.map(|(found, truth)| (truth, found.mean)));
        let errors = [
            &mut self.trunk_deg.ours,
            &mut self.pelvis_deg.ours,
            &mut self.bend_deg.ours,
            &mut self.cadence_spm,
            &mut self.contact_ms,
            &mut self.oscillation_mm,
        ];
        for (errors, mean) in errors.into_iter().zip(means) {
            if let Some((truth, found)) = mean {
                errors.push(name, found - truth);
            }
        }
        if let Some((found, listed)) = summary.ground_contact_ms.zip(truths.listed_contact_ms) {
            self.listed_contact_ms.push(name, found.mean - listed);
        }
        let [trunk, _, _, _, contact, _, timing] = means;
        self.leans_deg.extend(trunk);
        self.contacts_ms.extend(contact);
        self.timing.extend(timing.map(|(truth, found)| (found, truth)));
    }

    fn take_windows(&mut self, analysis: &RunAnalysis, trunk_deg: Option<f64>) {
        let Some(truth) = trunk_deg else { return };
        let windows = analysis.windows.iter();
        for [low, high] in windows.filter_map(|window| window.trunk_lean_ci90_deg) {
            self.intervals[WINDOW].count((low..=high).contains(&truth));
        }
    }

    fn take_rival_steps(&mut self, run: &Run, worn: Worn) {
        let site = usize::from(worn.pelvis);
        let Some(pod) = &run.worn(worn)[site] else { return };
        let (name, steps) = (run.name.as_str(), &run.body.steps);
        let plain = plain_force(pod, run.stand_s);
        self.plain_steps.take(name, &plain, pod.rate_hz, steps, site);
        if pod.has_gyro {
            let filter = filter_force(pod);
            self.filter_steps.take(name, &filter, pod.rate_hz, steps, site);
        }
    }

    fn take_steps(&mut self, name: &str, truth: &[TrueStep], found: &[Step]) {
        for step in truth {
            let at = step.contact.initial_contact_s;
            let near = found.iter().map(|found| (found.initial_contact_s - at).abs());
            self.steps.count(near.fold(f64::MAX, f64::min) < FAR_S);
        }
        for step in found.iter().filter(|step| step.running) {
            let off = |truth: &&TrueStep| (step.initial_contact_s - truth.contact.initial_contact_s).abs();
            let Some(truth) = truth.iter().min_by(|a, b| off(a).total_cmp(&off(b))) else {
                continue;
            };
            if off(&truth) > FAR_S {
                continue;
            }
            let contact = truth.contact;
            self.initial_contact_ms
                .push(name, 1e3 * (step.initial_contact_s - contact.initial_contact_s));
            self.toe_off_ms
                .push(name, 1e3 * (step.toe_off_s - contact.toe_off_s));
            if let Some(found) = step.ground_contact_time {
                self.contact_each_ms
                    .push(name, found.0 - contact.ground_contact_ms());
            }
            if contact.side != Side::Unknown {
                self.sides.count(step.side == contact.side);
                if step.side != Side::Unknown {
                    self.sides_told.count(step.side == contact.side);
                }
            }
        }
    }

    fn take_rivals(&mut self, run: &Run, worn: Worn, truths: [Option<f64>; 2]) {
        let Some(spans) = run.spans() else { return };
        let pods = run.worn(worn);
        let rivals = [0, 1].map(|k| Some(Rivals::of(pods[k].as_ref()?, run.mountings[k], spans)));
        let angles = [&mut self.trunk_deg, &mut self.pelvis_deg];
        for ((angle, rival), truth) in angles.into_iter().zip(rivals).zip(truths) {
            let Some((rival, truth)) = rival.zip(truth) else {
                continue;
            };
            angle.plain.push(&run.name, rival.plain_deg - truth);
            if let Some(filter_deg) = rival.filter_deg {
                angle.filter.push(&run.name, filter_deg - truth);
            }
        }
        if let ([Some(chest), Some(pelvis)], [Some(trunk), Some(tilt)]) = (rivals, truths) {
            let bend = trunk - tilt;
            self.bend_deg
                .plain
                .push(&run.name, chest.plain_deg - pelvis.plain_deg - bend);
            if let Some((chest, pelvis)) = chest.filter_deg.zip(pelvis.filter_deg) {
                self.bend_deg.filter.push(&run.name, chest - pelvis - bend);
            }
        }
    }
}
