//! What the synthetic runner really did, as JSON beside its recordings.

use plumbline_core::sim::{RepetitionTruth, StepTruth, Truth};
use serde_json::{Value, json};

/// Steps in the names of an analysis, and repetitions.
pub(crate) fn json(truth: &Truth) -> Value {
    json!({
        "schema": 1,
        "steps": truth.steps.iter().map(step).collect::<Vec<_>>(),
        "repetitions": truth.repetitions.iter().map(repetition).collect::<Vec<_>>(),
    })
}

fn step(step: &StepTruth) -> Value {
    json!({
        "initial_contact_s": step.initial_contact_s,
        "mid_stance_s": step.mid_stance_s,
        "toe_off_s": step.toe_off_s,
        "side": step.side,
        "ground_contact_ms": step.ground_contact_ms(),
        "flight_ms": step.flight_ms(),
        "cadence_spm": step.cadence_spm,
        "vertical_oscillation_mm": step.vertical_oscillation_mm,
        "trunk_lean_deg": step.trunk_lean_deg,
        "pelvis_tilt_deg": step.pelvis_tilt_deg,
        "waist_bend_deg": step.waist_bend_deg(),
        "mid_stance_timing": step.mid_stance_timing,
        "running": step.running,
    })
}

fn repetition(repetition: &RepetitionTruth) -> Value {
    json!({
        "start_s": repetition.start_s,
        "end_s": repetition.end_s,
        "angle_deg": repetition.angle_deg,
        "trunk_lean_deg": repetition.trunk_lean_deg,
        "waist_bend_deg": repetition.waist_bend_deg,
        "pelvis_forward_mm": repetition.pelvis_forward_mm,
        "expected_angle_deg": repetition.launch.map(|launch| launch.expected_angle_deg()),
    })
}
