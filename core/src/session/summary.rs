//! Means over the steady steps of a run, each with its error.
//!
//! Finds nothing itself. Invariant: an interval holds the systematic error as well as the scatter.

use super::report::{Estimate, Summary};
use crate::{
    gait::step::Step,
    lean::features::Circumstances,
    statistics::{heavy, mean, standard_deviation},
};

/// 90 % of a normal curve lies within this many standard deviations.
const CI90: f64 = 1.645;
/// Systematic error of ground contact and flight time, in ms: root mean square of the trial means' errors against
/// force plates on eight runners kept out of the fit of `gait::stance` (virtual pods). Pelvis pods: 17 ms over 28
/// trials; a chest pod alone: 24 ms over 16 trials.
const CONTACT_SYSTEMATIC_MS: f64 = 20.0;
/// Systematic error of the cadence, steps per minute: the pod's crystal and the grid. Ours.
const CADENCE_SYSTEMATIC_SPM: f64 = 0.2;
/// Systematic error of the vertical oscillation, mm. Ours, untested.
const OSCILLATION_SYSTEMATIC_MM: f64 = 5.0;
/// Systematic error of the mid-stance timing, share of contact. Ours, untested.
const TIMING_SYSTEMATIC: f64 = 0.03;

/// The means of these steps' steady ones, of pods worn as `circumstances` says. A bend is the difference of two angles,
/// whose errors do not know of each other.
#[must_use]
pub fn summarize(steps: &[Step], circumstances: &Circumstances) -> Summary {
    let error_deg = |place: usize| {
        let scale_deg = circumstances.worn[place].error_deg(circumstances.neutral_spread_deg);
        scale_deg * heavy::CI90 / CI90
    };
    let [trunk, pelvis] = [error_deg(0), error_deg(1)];
    let steady: Vec<&Step> = steps.iter().filter(|step| step.steady).collect();
    let estimate = |systematic: f64, value: fn(&Step) -> Option<f64>| {
        let values: Vec<f64> = steady.iter().filter_map(|step| value(step)).collect();
        estimate(&values, systematic)
    };
    Summary {
        steady_steps: steady.len() as u32,
        cadence_spm: estimate(CADENCE_SYSTEMATIC_SPM, |step| Some(step.cadence.0)),
        ground_contact_ms: estimate(CONTACT_SYSTEMATIC_MS, |step| Some(step.ground_contact_time?.0)),
        flight_ms: estimate(CONTACT_SYSTEMATIC_MS, |step| Some(step.flight_time?.0)),
        vertical_oscillation_mm: estimate(OSCILLATION_SYSTEMATIC_MM, |step| {
            Some(step.vertical_oscillation?.0)
        }),
        trunk_lean_deg: estimate(trunk, |step| Some(step.trunk_lean?.0)),
        pelvis_tilt_deg: estimate(pelvis, |step| Some(step.pelvis_tilt?.0)),
        waist_bend_deg: estimate(trunk.hypot(pelvis), |step| Some(step.waist_bend?.0)),
        mid_stance_timing: estimate(TIMING_SYSTEMATIC, |step| step.mid_stance_timing),
    }
}

fn estimate(values: &[f64], systematic: f64) -> Option<Estimate> {
    let mean = mean(values)?;
    let sampling = standard_deviation(values) / (values.len() as f64).sqrt();
    let half = CI90 * systematic.hypot(sampling);
    Some(Estimate {
        mean,
        ci90: [mean - half, mean + half],
    })
}
