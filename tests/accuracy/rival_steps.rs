//! Steps as others would find them: a foot is down while the force at the pod is above a share of gravity.
//!
//! The plain rival takes the specific force along the up of the stand, the careful one along the filter's up. Both are
//! told when the runner stands and when the run begins.

use glam::DVec3;
use plumbline_core::{pod::recording::Recording, units::GRAVITY};
use recordings::{
    body::{TrueStep, mean},
    butterworth::smooth,
};
use vqf_rs::VQF;

use crate::score::Errors;

/// Below this the force is smoothed, Hz.
const CUTOFF_HZ: f64 = 15.0;
/// A foot is down above this force, m/s²: a fifth of gravity.
const DOWN_MPS2: f64 = 0.2 * GRAVITY;
/// No flight is shorter, seconds.
const SHORTEST_FLIGHT_S: f64 = 0.03;
/// A contact of a rival further than this from every true one is none, seconds.
const FAR_S: f64 = 0.12;

/// Errors of one rival's steps.
#[derive(Default)]
pub(crate) struct RivalSteps {
    pub(crate) cadence_spm: Errors,
    pub(crate) contact_each_ms: Errors,
    pub(crate) contact_ms: Errors,
    pub(crate) initial_contact_ms: Errors,
    pub(crate) oscillation_mm: Errors,
}

/// Vertical force by the plain rival: along the mean of the stand.
pub(crate) fn plain_force(recording: &Recording, stand_s: f64) -> Vec<f64> {
    let stand = recording.samples.iter().filter(|sample| sample.time_s < stand_s);
    let up = stand
        .map(|sample| sample.specific_force)
        .sum::<DVec3>()
        .normalize_or(DVec3::Y);
    recording
        .samples
        .iter()
        .map(|sample| sample.specific_force.dot(up))
        .collect()
}

/// Vertical force by the careful rival: along the up of its filter.
pub(crate) fn filter_force(recording: &Recording) -> Vec<f64> {
    let mut filter = VQF::new(1.0 / recording.rate_hz, None, None, None);
    let vertical = recording.samples.iter().map(|sample| {
        filter.update_gyr(sample.angular_velocity.unwrap_or(DVec3::ZERO).to_array());
        filter.update_acc(sample.specific_force.to_array());
        filter.quat_6d().rotate(sample.specific_force.to_array())[2]
    });
    vertical.collect()
}

impl RivalSteps {
    /// Takes one run's force at the pod, sampled at `rate_hz` from zero on; `site` is whose rise and fall is asked.
    pub(crate) fn take(&mut self, name: &str, force: &[f64], rate_hz: f64, truth: &[TrueStep], site: usize) {
        let (Some(first), Some(last)) = (truth.first(), truth.last()) else {
            return;
        };
        let force = smooth(force, rate_hz, CUTOFF_HZ);
        let found = contacts(
            &force,
            rate_hz,
            first.contact.initial_contact_s - FAR_S,
            last.next_contact_s,
        );
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for [from_s, to_s] in &found {
            let off = |step: &&TrueStep| (step.contact.initial_contact_s - from_s).abs();
            let near = truth.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
            let Some(step) = near.filter(|step| off(step) < FAR_S) else {
                continue;
            };
            let contact_ms = 1e3 * (to_s - from_s);
            self.initial_contact_ms
                .push(name, 1e3 * (from_s - step.contact.initial_contact_s));
            self.contact_each_ms
                .push(name, contact_ms - step.contact.ground_contact_ms());
            ours.push(contact_ms);
            theirs.push(step.contact.ground_contact_ms());
        }
        if let Some((ours, theirs)) = mean(ours).zip(mean(theirs)) {
            self.contact_ms.push(name, ours - theirs);
        }
        if let [begin, .., end] = found.as_slice() {
            let cadence_spm = 60.0 * (found.len() - 1) as f64 / (end[0] - begin[0]);
            let true_spm =
                60.0 * truth.len() as f64 / (last.next_contact_s - first.contact.initial_contact_s);
            self.cadence_spm.push(name, cadence_spm - true_spm);
        }
        let rises = found
            .windows(2)
            .map(|pair| rise_mm(&force, rate_hz, pair[0][0], pair[1][0]));
        let truth = mean(truth.iter().filter_map(|step| step.oscillation_mm[site]));
        if let Some((rise, truth)) = mean(rises).zip(truth) {
            self.oscillation_mm.push(name, rise - truth);
        }
    }
}

/// Spans above the threshold; a hole shorter than any flight is none, nor is a span shorter than any contact.
fn contacts(force: &[f64], rate_hz: f64, from_s: f64, to_s: f64) -> Vec<[f64; 2]> {
    let mut contacts: Vec<[f64; 2]> = Vec::new();
    let mut since = None;
    for (k, pair) in force.windows(2).enumerate() {
        let at_s = (k as f64 + (DOWN_MPS2 - pair[0]) / (pair[1] - pair[0])) / rate_hz;
        if pair[0] < DOWN_MPS2 && pair[1] >= DOWN_MPS2 {
            since = Some(at_s);
        } else if pair[0] >= DOWN_MPS2 && pair[1] < DOWN_MPS2 {
            let Some(since_s) = since.take() else { continue };
            match contacts
                .last_mut()
                .filter(|last| since_s - last[1] < SHORTEST_FLIGHT_S)
            {
                Some(last) => last[1] = at_s,
                None => contacts.push([since_s, at_s]),
            }
        }
    }
    contacts.retain(|[since_s, until_s]| until_s - since_s > 0.1 && (from_s..to_s).contains(since_s));
    contacts
}

/// Rise and fall between two contacts: the force without its mean, integrated twice, closed.
fn rise_mm(force: &[f64], rate_hz: f64, from_s: f64, to_s: f64) -> f64 {
    let span = &force[(from_s * rate_hz) as usize..((to_s * rate_hz) as usize).min(force.len())];
    let height = closed(&closed(span, rate_hz), rate_hz);
    let bounds = height.iter().fold((f64::MAX, f64::MIN), |(low, high), at| {
        (low.min(*at), high.max(*at))
    });
    1e3 * (bounds.1 - bounds.0)
}

fn closed(values: &[f64], rate_hz: f64) -> Vec<f64> {
    let level = mean(values.iter().copied()).unwrap_or(0.0);
    let mut sum = 0.0;
    let integral = values.iter().map(|value| {
        sum += (value - level) / rate_hz;
        sum
    });
    integral.collect()
}
