//! Means over the steady steps of a run, each with its error.
//!
//! Finds nothing itself. Invariant: an interval holds the systematic error as well as the scatter.

use super::report::{Estimate, Summary};
use crate::{
    gait::step::Step,
    lean::{features::Circumstances, otherwise::looks_down},
    statistics::{heavy, mean, standard_deviation},
};

/// 90 % of a normal curve lies within this many standard deviations.
const CI90: f64 = 1.645;
/// Steps of one stretch, four strides, and stretches from which their scatter can be told. Ours.
const STRETCH_STEPS: usize = 8;
const FEWEST_STRETCHES: usize = 5;
/// Share of the scatter of what was seen that counts as error, squared: each step is measured a little wrongly. Ours.
const LEAST_UNSEEN: f64 = 0.1;
/// Systematic error of ground contact and flight time, ms, without and with a pelvis pod: root mean square of the errors of
/// a run's mean. Ours: pelvis pods of made-up runners are off by 17 (`core/examples/widths.rs`), those of the five runners
/// of rbds2017 they are fitted to by 6, on a strap 9; a chest pod alone by 33 on made-up runners, whose chests nobody
/// measured, and by less on the two runners it is fitted to, so in between.
const CONTACT_SYSTEMATIC_MS: [f64; 2] = [25.0, 17.0];
/// Systematic error of the cadence, steps per minute, of a pod timed by its stamps (the pod's crystal, the grid, and steps
/// that are not seen) and of one timed by arrival, whose lost samples take time away until they are noticed. Root mean
/// square over the five fitted runners of rbds2017: 0.16, on a strap 0.17, and a fifth more for other runners; 400 runs of
/// made-up runners timed by arrival with a twentieth of the notifications lost at most are off by 0.4 to 2.4, nine in ten
/// by 1.4 (`core/examples/widths.rs`).
const CADENCE_SYSTEMATIC_SPM: [f64; 2] = [0.2, 1.0];
/// Systematic error of the vertical oscillation, mm, of a firm pod and of one on a strap: pelvis pods of the five fitted
/// runners of rbds2017 are off by 0.3 and 2.6, those of made-up runners by 0.7 and 6 to 8 (`core/examples/widths.rs`).
const OSCILLATION_SYSTEMATIC_MM: [f64; 2] = [0.7, 6.0];
/// Systematic error of the mid-stance timing, share of contact, of a firm pod and of one on a strap: root mean square over
/// the five fitted runners of rbds2017, 0.041 and 0.053, and a tenth more for the runner who is left out of the mean lead
/// of five. Made-up runners, whose pelvis turns when the whole body does, tell nothing of it. Runners differ by less,
/// 0.02, so that only a runner's own change tells anything.
const TIMING_SYSTEMATIC: [f64; 2] = [0.045, 0.058];
/// Systematic error of the speed loss, m/s. Ours, untested: a fifth of the 0.25 that is lost at 3.5 m/s, since by how much
/// more a pelvis slows than the body is taken to be the same in everybody.
const SPEED_LOSS_SYSTEMATIC_MPS: f64 = 0.05;
/// Systematic error of the hip offset, cm. Ours, untested: a third of the 12.6 by which the pelvis's own push is taken off
/// the same for everybody, and 1.6 for each of the 1.5 degrees of tilt error that levelling over a stance may leave.
const HIP_OFFSET_SYSTEMATIC_CM: f64 = 5.0;

/// The means of these steps' steady ones, of pods worn as `circumstances` says. A bend is the difference of two angles,
/// whose errors do not know of each other.
#[must_use]
pub fn summarize(steps: &[Step], circumstances: &Circumstances) -> Summary {
    let turned_deg = turned_deg(steps, circumstances);
    let error_deg = |place: usize| {
        let scale_deg = circumstances.worn[place].error_deg(circumstances.neutral_spread_deg);
        (scale_deg * heavy::CI90 + turned_deg[place].abs()) / CI90
    };
    let [trunk, pelvis] = [error_deg(0), error_deg(1)];
    let strap = circumstances.timing_strap_share();
    let worn = |[firm, shaken]: [f64; 2]| firm + (shaken - firm) * strap;
    let [oscillation, timing] = [OSCILLATION_SYSTEMATIC_MM, TIMING_SYSTEMATIC].map(worn);
    let contact = CONTACT_SYSTEMATIC_MS[usize::from(circumstances.worn[1].shake_mps2.is_some())];
    let steady: Vec<&Step> = steps.iter().filter(|step| step.steady).collect();
    let cadence = CADENCE_SYSTEMATIC_SPM[usize::from(circumstances.timing().timed_by_arrival)];
    let taken = steps_taken(&steady);
    let estimate = |systematic: f64, value: fn(&Step) -> Option<f64>| {
        let values: Vec<f64> = steady.iter().filter_map(|step| value(step)).collect();
        estimate(&values, taken, systematic)
    };
    let angle = |systematic_deg: f64, value: fn(&Step) -> Option<f64>| {
        let known = !circumstances.swapped;
        known.then(|| estimate(systematic_deg, value)).flatten()
    };
    Summary {
        steady_steps: steady.len() as u32,
        cadence_spm: estimate(cadence, |step| Some(step.cadence.0)),
        ground_contact_ms: estimate(contact, |step| Some(step.ground_contact_time?.0)),
        flight_ms: estimate(contact, |step| Some(step.flight_time?.0)),
        vertical_oscillation_mm: estimate(oscillation, |step| Some(step.vertical_oscillation?.0)),
        trunk_lean_deg: angle(trunk, |step| Some(step.trunk_lean?.0)),
        pelvis_tilt_deg: angle(pelvis, |step| Some(step.pelvis_tilt?.0)),
        waist_bend_deg: angle(trunk.hypot(pelvis), |step| Some(step.waist_bend?.0)),
        mid_stance_timing: estimate(timing, |step| step.mid_stance_timing),
        speed_loss_mps: estimate(SPEED_LOSS_SYSTEMATIC_MPS, |step| step.speed_loss_mps),
        hip_offset_cm: estimate(HIP_OFFSET_SYSTEMATIC_CM, |step| step.hip_offset_cm),
    }
}

/// By how much the mean of these steps would be off if what later stands show were so, chest first, degrees. A look
/// at a watch after a run in the band is none of it.
fn turned_deg(steps: &[Step], circumstances: &Circumstances) -> [f64; 2] {
    let newest_s = steps.last().map_or(0.0, |step| step.initial_contact_s);
    let leans: Vec<f64> = steps.iter().filter_map(|step| Some(step.trunk_lean?.0)).collect();
    let in_band = mean(&leans)
        .zip(circumstances.own.band_deg)
        .is_none_or(|(lean, [low, high])| (low..=high).contains(&lean));
    if in_band && looks_down(circumstances.turned_deg(newest_s)) {
        return [0.0; 2];
    }
    circumstances.otherwise.map(|otherwise| {
        otherwise.map_or(0.0, |stand| {
            let before = steps.partition_point(|step| step.initial_contact_s < stand.since_s);
            stand.turned_deg * (steps.len() - before) as f64 / steps.len().max(1) as f64
        })
    })
}

/// How many steps there were from the first of these to the last, those in between that are not among them included.
fn steps_taken(steps: &[&Step]) -> f64 {
    let cadences: Vec<f64> = steps.iter().map(|step| step.cadence.0).collect();
    let taken = || {
        let (first, last) = (steps.first()?, steps.last()?);
        Some((last.initial_contact_s - first.initial_contact_s) * mean(&cadences)? / 60.0 + 1.0)
    };
    taken().unwrap_or(0.0)
}

/// The mean of these values, of which there were as many as steps `taken`: of those that were seen nothing is left to
/// chance but the error of each.
fn estimate(values: &[f64], taken: f64, systematic: f64) -> Option<Estimate> {
    let mean = mean(values)?;
    let unseen = 1.0 - values.len() as f64 / taken.max(1.0);
    let half = CI90 * systematic.hypot(standard_error(values) * unseen.max(LEAST_UNSEEN).sqrt());
    Some(Estimate {
        mean,
        ci90: [mean - half, mean + half],
    })
}

/// Standard error of the mean of values in the order in which they were taken: by how much stretches of them differ.
/// Left and right differ, and what one step has too much the next one lacks, so single steps scatter by far more than
/// what is left in their mean.
fn standard_error(values: &[f64]) -> f64 {
    let stretches: Vec<f64> = values.chunks_exact(STRETCH_STEPS).filter_map(mean).collect();
    let parts = if stretches.len() < FEWEST_STRETCHES {
        values
    } else {
        &stretches
    };
    standard_deviation(parts) / (parts.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_alternates_from_step_to_step_is_no_error_of_the_mean_and_what_drifts_is() {
        let limping: Vec<f64> = (0..64).map(|k| if k % 2 == 0 { 170.0 } else { 176.0 }).collect();
        assert!(standard_error(&limping) < 1e-9);
        let drifting: Vec<f64> = (0..64).map(|k| 170.0 + 0.1 * f64::from(k)).collect();
        let each = standard_deviation(&drifting) / 8.0;
        assert!(standard_error(&drifting) > 2.0 * each);
    }

    #[test]
    fn what_was_not_seen_widens_the_interval() {
        let cadences: Vec<f64> = (0..64).map(|k| 170.0 + f64::from(k % 16)).collect();
        let half = |taken| {
            let [low, high] = estimate(&cadences, taken, 0.17).map_or([0.0; 2], |found| found.ci90);
            0.5 * (high - low)
        };
        assert!(half(64.0) < half(80.0) && half(80.0) < half(640.0));
    }

    #[test]
    fn few_steps_are_taken_one_by_one() {
        let few = [170.0, 176.0, 170.0, 176.0];
        assert!((standard_error(&few) - 0.5 * standard_deviation(&few)).abs() < 1e-12);
    }
}
