//! Recordings of real sensors: what can be told without knowing the truth, and steps where a treadmill knows them.

use plumbline_core::{
    gait::step::Side,
    lean::{band::OwnReference, rules::RuleModel},
    pod::recording::Recording,
    session::analysis::{RunAnalysis, analyze},
};
use recordings::{
    biomac,
    contacts::Contact,
    sacrum::{self, SacrumTrial},
    waist::{RATE_HZ, spectral_peak_hz, waist_recording},
};

use crate::{
    score::{Errors, Share, number, percent, signed},
    table::Table,
};

/// Jogs, four people slow and quick.
const JOGS: [&str; 8] = [
    "D03_SA01_R01",
    "D03_SA02_R01",
    "D03_SA03_R01",
    "D03_SA04_R01",
    "D04_SA01_R01",
    "D04_SA02_R01",
    "D04_SA03_R01",
    "D04_SA04_R01",
];
/// Walking slow and quick, bending at the waist.
const NO_RUNNING: [&str; 3] = ["D01_SA01_R01", "D02_SA01_R01", "D16_SA01_R01"];

fn judged(recording: &Recording) -> RunAnalysis {
    analyze(None, Some(recording), OwnReference::default(), &RuleModel)
}

fn without_gyro(recording: &Recording) -> Recording {
    let mut plain = recording.clone();
    plain.has_gyro = false;
    plain
        .samples
        .iter_mut()
        .for_each(|sample| sample.angular_velocity = None);
    plain
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Real waist recordings of jogging, walking and bending.
pub(crate) fn waist() -> String {
    let mut table = Table::new(&[
        "recording",
        "gyro",
        "steps by spectrum",
        "running steps found",
        "called walking",
        "cadence",
        "spectrum",
        "contact",
        "oscillation",
        "left/right alternates",
    ]);
    for name in JOGS.into_iter().chain(NO_RUNNING) {
        let Some(with) = waist_recording(name) else {
            continue;
        };
        for (gyro, recording) in [("yes", with.clone()), ("no", without_gyro(&with))] {
            let analysis = judged(&recording);
            let running: Vec<_> = analysis.steps.iter().filter(|step| step.running).collect();
            let peak_spm = 60.0 * spectral_peak_hz(&recording);
            let of_spectrum = JOGS.contains(&name).then_some(peak_spm);
            let length_min = recording.samples.len() as f64 / RATE_HZ / 60.0;
            let told = running
                .windows(2)
                .filter(|pair| pair.iter().all(|step| step.side != Side::Unknown));
            let (mut alternating, mut pairs) = (0, 0);
            for pair in told {
                pairs += 1;
                alternating += u32::from(pair[0].side != pair[1].side);
            }
            table.row([
                name.to_owned(),
                gyro.to_owned(),
                number(of_spectrum.map(|spm| spm * length_min), 0),
                running.len().to_string(),
                (analysis.steps.len() - running.len()).to_string(),
                number(median(running.iter().map(|step| step.cadence.0).collect()), 1),
                number(of_spectrum, 1),
                number(analysis.summary.ground_contact_ms.map(|contact| contact.mean), 0),
                number(analysis.summary.vertical_oscillation_mm.map(|rise| rise.mean), 0),
                percent((pairs > 0).then(|| f64::from(alternating) / f64::from(pairs))),
            ]);
        }
    }
    table.render()
}

/// Steps of real walking and bending that are called running.
pub(crate) fn called_running() -> Share {
    let mut share = Share::default();
    for recording in NO_RUNNING.into_iter().filter_map(waist_recording) {
        for step in judged(&recording).steps {
            share.count(step.running);
        }
    }
    share
}

#[derive(Default)]
struct Timing {
    contact_each_ms: Errors,
    contact_ms: Errors,
    initial_contact_ms: Errors,
    toe_off_ms: Errors,
    cadence_spm: Errors,
    found: u32,
    of: u32,
}

impl Timing {
    fn take(&mut self, name: &str, recording: &Recording, contacts: &[Contact]) {
        let analysis = judged(recording);
        self.of += contacts.len() as u32;
        let (mut found, mut truth) = (Vec::new(), Vec::new());
        for step in analysis.steps.iter().filter(|step| step.running) {
            let off = |contact: &&Contact| (contact.initial_contact_s - step.initial_contact_s).abs();
            let near = contacts.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
            let Some(contact) = near.filter(|contact| off(contact) < 0.12) else {
                continue;
            };
            self.found += 1;
            self.initial_contact_ms
                .push(name, 1e3 * (step.initial_contact_s - contact.initial_contact_s));
            self.toe_off_ms
                .push(name, 1e3 * (step.toe_off_s - contact.toe_off_s));
            if let Some(time) = step.ground_contact_time {
                self.contact_each_ms
                    .push(name, time.0 - contact.ground_contact_ms());
                found.push(time.0);
                truth.push(contact.ground_contact_ms());
            }
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        if !found.is_empty() {
            self.contact_ms.push(name, mean(&found) - mean(&truth));
        }
        if let ([first, .., last], Some(cadence)) = (contacts, analysis.summary.cadence_spm) {
            let truth =
                60.0 * (contacts.len() - 1) as f64 / (last.initial_contact_s - first.initial_contact_s);
            self.cadence_spm.push(name, cadence.mean - truth);
        }
    }

    fn cells(&self) -> [String; 10] {
        [
            percent((self.of > 0).then(|| f64::from(self.found) / f64::from(self.of))),
            number(self.cadence_spm.rmse(), 2),
            self.cadence_spm
                .worst()
                .map_or_else(String::new, |worst| format!("{:+.1}, {}", worst.1, worst.0)),
            number(self.contact_each_ms.rmse(), 1),
            number(self.contact_ms.rmse(), 1),
            signed(self.contact_ms.bias(), 1),
            signed(self.initial_contact_ms.bias(), 1),
            number(self.initial_contact_ms.spread(), 1),
            signed(self.toe_off_ms.bias(), 1),
            number(self.toe_off_ms.spread(), 1),
        ]
    }
}

/// Which trials belong to a row.
type Pick = fn(&SacrumTrial) -> bool;

/// Steps of a real sacral accelerometer against its treadmill.
pub(crate) fn treadmill_steps() -> String {
    let mut table = Table::new(&[
        "real accelerometer",
        "trials",
        "steps seen",
        "cadence RMSE",
        "worst",
        "contact, each step: RMSE",
        "mean of a run: RMSE",
        "bias",
        "initial contact: bias",
        "spread",
        "toe-off: bias",
        "spread",
    ]);
    let trials = sacrum::trials();
    let groups: [(&str, Pick); 6] = [
        ("sacrum, all", |_| true),
        ("sacrum, level", |trial| trial.slope_deg == 0.0),
        ("sacrum, up 5 and 10 degrees", |trial| trial.slope_deg > 0.0),
        ("sacrum, down 5 and 10 degrees", |trial| trial.slope_deg < 0.0),
        ("sacrum, 2.5 m/s", |trial| trial.speed_mps < 3.0),
        ("sacrum, 4.17 m/s", |trial| trial.speed_mps > 4.0),
    ];
    for (name, pick) in groups {
        let mut timing = Timing::default();
        let picked: Vec<&SacrumTrial> = trials.iter().filter(|trial| pick(trial)).collect();
        for trial in &picked {
            timing.take(&trial.name, &trial.recording, &trial.contacts);
        }
        if !picked.is_empty() {
            table.row(
                [name.to_owned(), picked.len().to_string()]
                    .into_iter()
                    .chain(timing.cells()),
            );
        }
    }
    table.render()
}

/// The mean cycle of a real pelvis sensor against its force plate.
pub(crate) fn pelvis_cycle() -> String {
    let Some((recording, truth)) = biomac::pelvis_cycle().zip(biomac::truth()) else {
        return String::new();
    };
    let mut table = Table::new(&[
        "real pelvis sensor, mean cycle",
        "gyro",
        "cadence",
        "truth",
        "contact, right foot",
        "truth",
    ]);
    for (gyro, recording) in [("yes", recording.clone()), ("no", without_gyro(&recording))] {
        let analysis = judged(&recording);
        table.row([
            "P01, 3.47 m/s".to_owned(),
            gyro.to_owned(),
            number(analysis.summary.cadence_spm.map(|cadence| cadence.mean), 1),
            number(Some(120.0 / truth.stride_s), 1),
            number(analysis.summary.ground_contact_ms.map(|contact| contact.mean), 0),
            number(Some(truth.ground_contact_ms), 0),
        ]);
    }
    table.render()
}
