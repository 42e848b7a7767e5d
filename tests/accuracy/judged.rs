//! One run held against its truth.

use plumbline_core::{
    gait::step::{Side, Step},
    lean::{
        band::OwnReference,
        reading::{LeanClass, LeanReading, Probabilities},
    },
    session::{
        analysis::{RunAnalysis, analyze},
        report::Estimate,
    },
};
use recordings::body::{TrueStep, mean};

use crate::{
    case::{Run, Worn},
    rival_steps::{RivalSteps, filter_force, plain_force},
    rivals::Rivals,
    score::{Errors, Share},
    two_models::TwoModels,
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

/// What both models said of one window.
pub(crate) struct Verdict {
    pub(crate) reading: LeanReading,
    /// What the rules told, and their probabilities.
    pub(crate) rules: (LeanClass, Probabilities),
}

/// Analyses a run; gives the analysis and what both models said of its windows.
pub(crate) fn analyzed(
    run: &Run,
    worn: Worn,
    own: OwnReference,
    models: &TwoModels,
) -> (RunAnalysis, Vec<Verdict>) {
    let [chest, pelvis] = run.worn(worn);
    models.take_rules();
    let analysis = analyze(chest.as_ref(), pelvis.as_ref(), own, models);
    let verdicts = analysis.windows.iter().zip(models.take_rules());
    let verdicts = verdicts.map(|(reading, rules)| Verdict {
        reading: *reading,
        rules,
    });
    let verdicts = verdicts.collect();
    (analysis, verdicts)
}

impl Tally {
    pub(crate) fn take(&mut self, run: &Run, worn: Worn, analysis: &RunAnalysis) {
        self.runs += 1;
        let body = &run.body;
        let summary = &analysis.summary;
        let trunk = body.trunk_lean_deg().filter(|_| worn.chest);
        let pelvis = Some(body.pelvis_tilt_deg()).filter(|_| worn.pelvis);
        let bend = trunk.zip(pelvis).map(|(trunk, pelvis)| trunk - pelvis);
        let name = run.name.as_str();
        for (angle, found, truth) in [
            (&mut self.trunk_deg, summary.trunk_lean_deg, trunk),
            (&mut self.pelvis_deg, summary.pelvis_tilt_deg, pelvis),
            (&mut self.bend_deg, summary.waist_bend_deg, bend),
        ] {
            note(&mut angle.ours, name, found, truth);
        }
        let site = usize::from(worn.pelvis);
        let over = |value: &dyn Fn(&TrueStep) -> Option<f64>| mean(body.steps.iter().filter_map(value));
        let contact = over(&|step| Some(step.contact.ground_contact_ms()));
        let oscillation = over(&|step| step.oscillation_mm[site]);
        let timing = over(&|step| step.mid_stance_timing);
        let cadence = Some(body.cadence_spm());
        note(&mut self.cadence_spm, name, summary.cadence_spm, cadence);
        note(&mut self.contact_ms, name, summary.ground_contact_ms, contact);
        note(
            &mut self.oscillation_mm,
            name,
            summary.vertical_oscillation_mm,
            oscillation,
        );
        if let Some((found, truth)) = summary.mid_stance_timing.zip(timing) {
            self.timing.push((found.mean, truth));
        }
        let pair = |truth: Option<f64>, found: Option<Estimate>| Some((truth?, found?.mean));
        self.leans_deg.extend(pair(trunk, summary.trunk_lean_deg));
        self.contacts_ms.extend(pair(contact, summary.ground_contact_ms));
        let held = [
            (summary.trunk_lean_deg, trunk),
            (summary.pelvis_tilt_deg, pelvis),
            (summary.waist_bend_deg, bend),
            (summary.cadence_spm, cadence),
            (summary.ground_contact_ms, contact),
            (summary.vertical_oscillation_mm, oscillation),
            (summary.mid_stance_timing, timing),
        ];
        for (share, (found, truth)) in self.intervals.iter_mut().zip(held) {
            if let Some((found, truth)) = found.zip(truth) {
                share.count((found.ci90[0]..=found.ci90[1]).contains(&truth));
            }
        }
        let windows = analysis
            .windows
            .iter()
            .filter_map(|window| window.trunk_lean_ci90_deg);
        for ([low, high], truth) in windows.filter_map(|interval| Some((interval, trunk?))) {
            self.intervals[7].count((low..=high).contains(&truth));
        }
        self.take_steps(name, &body.steps, &analysis.steps);
        self.take_rivals(run, worn, [trunk, pelvis]);
        if let Some(pod) = run.worn(worn)[site].as_ref() {
            let steps = &run.body.steps;
            self.plain_steps
                .take(name, &plain_force(pod, run.stand_s), pod.rate_hz, steps, site);
            if pod.has_gyro {
                self.filter_steps
                    .take(name, &filter_force(pod), pod.rate_hz, steps, site);
            }
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

fn note(errors: &mut Errors, name: &str, found: Option<Estimate>, truth: Option<f64>) {
    if let Some((found, truth)) = found.zip(truth) {
        errors.push(name, found.mean - truth);
    }
}
