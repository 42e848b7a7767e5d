//! Whether the runner stands still, and what the pods show while standing.
//!
//! Judges no repetition. Invariant: a stand spans a second with at least half of its data.

use super::trace::{Trace, any_lean, pelvis_push, pelvis_tilt, trunk_lean};
use crate::{
    body::sample::{BodySample, GRID_HZ, SegmentSample},
    drill::rule::StillRule,
};

/// Seconds a stand is looked for in. Ours: shorter and a slow tilt looks still, longer and a short stand is lost.
pub(super) const WINDOW_S: f64 = 1.0;

/// Largest change of the lean between the two halves of a stand, degrees: a slow tilt stays below 3°/s too. Ours.
const CREEP_DEG: f64 = 0.4;

/// The last still moment upright: what the repetition that follows is measured against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// When it was last still, seconds.
    pub(super) end_s: f64,
    /// Lean of whichever segment is there, degrees; `None` without a neutral.
    pub(super) lean_deg: Option<f64>,
    /// Trunk lean minus pelvis tilt, degrees.
    pub(super) bend_deg: Option<f64>,
    /// What the pelvis pod shows as forward acceleration while it rests, m/s².
    pub(super) pelvis_offset_mps2: f64,
}

impl Stand {
    /// The stand of the last second of `trace`, when the runner was still and within `upright_deg` of the neutral.
    pub(super) fn find(trace: &Trace, now_s: f64, rule: StillRule, upright_deg: f64) -> Option<Self> {
        let start_s = now_s - WINDOW_S;
        if is_still(trace.between(start_s, now_s), rule) != Some(true) {
            return None;
        }
        let middle_s = now_s - WINDOW_S / 2.0;
        let lean = trace.series(start_s, middle_s, any_lean).mean();
        let later = trace.series(middle_s, now_s, any_lean).mean();
        let creeps = lean
            .zip(later)
            .is_some_and(|(lean, later)| (lean - later).abs() > CREEP_DEG);
        let tilted = lean.is_some_and(|lean| lean.abs() >= upright_deg);
        if creeps || tilted {
            return None;
        }
        // Only the first half counts: in the second a movement may have begun that does not show yet.
        let trunk = trace.series(start_s, middle_s, trunk_lean).mean();
        let pelvis = trace.series(start_s, middle_s, pelvis_tilt).mean();
        Some(Self {
            end_s: middle_s,
            lean_deg: lean,
            bend_deg: trunk.zip(pelvis).map(|(trunk, pelvis)| trunk - pelvis),
            pelvis_offset_mps2: trace.series(start_s, middle_s, pelvis_push).mean().unwrap_or(0.0),
        })
    }
}

/// Whether this one sample turns so fast that no second around it can be still: a mean square is at least the share
/// of its largest part.
pub(super) fn rules_out_stand(sample: &BodySample, rule: StillRule) -> bool {
    let most = (WINDOW_S * GRID_HZ + 1.0).sqrt() * rule.rotation_deg_per_s.to_radians();
    let mut segments = sample.chest.iter().chain(&sample.pelvis);
    segments.any(|one| one.angular_velocity.length() > most)
}

/// Whether every pod that can be judged over these samples was still; `None` when none can.
pub(super) fn is_still<'a>(
    samples: impl Iterator<Item = &'a BodySample> + Clone,
    rule: StillRule,
) -> Option<bool> {
    let chest = quiet(samples.clone().filter_map(|sample| sample.chest.as_ref()), rule);
    let pelvis = quiet(samples.filter_map(|sample| sample.pelvis.as_ref()), rule);
    match (chest, pelvis) {
        (None, None) => None,
        (chest, pelvis) => Some(chest.unwrap_or(true) && pelvis.unwrap_or(true)),
    }
}

/// Whether one segment was still over these samples; `None` with less than half of [`WINDOW_S`].
fn quiet<'a>(samples: impl Iterator<Item = &'a SegmentSample> + Clone, rule: StillRule) -> Option<bool> {
    let count = samples.clone().count() as f64;
    if count < 0.5 * WINDOW_S * GRID_HZ {
        return None;
    }
    let rotation = (samples
        .clone()
        .map(|one| one.angular_velocity.length_squared())
        .sum::<f64>()
        / count)
        .sqrt();
    let mean = samples.clone().map(|one| one.acceleration).sum::<glam::DVec3>() / count;
    let shake = (samples
        .map(|one| (one.acceleration - mean).length_squared())
        .sum::<f64>()
        / count)
        .sqrt();
    Some(rotation.to_degrees() < rule.rotation_deg_per_s && shake < rule.shake_mps2)
}
