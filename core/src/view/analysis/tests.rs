//! What other programs read, against the core's own values.

use serde_json::{Value, json};

use super::*;
use crate::{
    drill::Miss,
    lean::reading::Probabilities,
    units::{Degrees, Milliseconds, StepsPerMinute},
};

fn step() -> Step {
    Step {
        initial_contact_s: 12.5,
        mid_stance_s: 12.62,
        toe_off_s: 12.74,
        side: Side::Left,
        running: true,
        ground_contact_time: Some(Milliseconds(240.0)),
        flight_time: Some(Milliseconds(120.0)),
        cadence: StepsPerMinute(166.7),
        vertical_oscillation: None,
        trunk_lean: Some(Degrees(8.1)),
        pelvis_tilt: Some(Degrees(f64::NAN)),
        waist_bend: None,
        mid_stance_timing: Some(0.07),
        speed_loss_mps: None,
        hip_offset_cm: None,
        steady: true,
    }
}

fn analysed(run: &RunAnalysis) -> Value {
    serde_json::to_value(Analysis::from(run)).expect("plain values become JSON")
}

#[test]
fn an_empty_recording_is_empty_lists_and_nulls() {
    let value = analysed(&RunAnalysis::default());
    assert_eq!(value["schema"], 1);
    assert_eq!(value["calibration"], Value::Null);
    for list in ["pods", "steps", "windows", "launches", "gaps"] {
        assert_eq!(value[list], json!([]), "{list}");
    }
    let summary = value["summary"].as_object().expect("an object");
    assert_eq!(summary.len(), 16);
    assert!(summary.values().all(Value::is_null));
}

#[test]
fn a_step_carries_its_units_and_null_where_unknown() {
    let value = analysed(&RunAnalysis {
        steps: vec![step()],
        ..RunAnalysis::default()
    });
    assert_eq!(
        value["steps"][0],
        json!({
            "initial_contact_s": 12.5, "mid_stance_s": 12.62, "toe_off_s": 12.74, "side": "left",
            "ground_contact_ms": 240.0, "flight_ms": 120.0, "cadence_spm": 166.7,
            "vertical_oscillation_mm": null, "trunk_lean_deg": 8.1, "pelvis_tilt_deg": null,
            "waist_bend_deg": null, "mid_stance_timing": 0.07, "steady": true,
        })
    );
}

#[test]
fn a_window_names_every_class() {
    let value = analysed(&RunAnalysis {
        windows: vec![LeanReading {
            start_s: 10.0,
            end_s: 20.0,
            class: LeanClass::WaistBend,
            probabilities: Probabilities([0.1, 0.2, 0.0, 0.6, 0.1]),
            trunk_lean_deg: Some(9.0),
            trunk_lean_ci90_deg: Some([7.5, 10.5]),
        }],
        ..RunAnalysis::default()
    });
    assert_eq!(
        value["windows"][0],
        json!({
            "start_s": 10.0, "end_s": 20.0, "class": "waist_bend",
            "probabilities": {"under": 0.1, "good": 0.2, "over": 0.0, "waist_bend": 0.6, "not_sure": 0.1},
            "trunk_lean_deg": 9.0, "trunk_lean_ci90_deg": [7.5, 10.5],
        })
    );
}

#[test]
fn a_launch_is_as_one_unless_it_bent_and_unknown_when_not_seen() {
    let launch = |outcome| Repetition {
        start_s: 1.0,
        end_s: 2.0,
        outcome,
        trunk_lean_deg: Some(10.0),
        waist_bend_deg: Some(2.0),
        pelvis_forward_mm: Some(60.0),
        expected_angle_deg: Some(9.0),
        felt: None,
    };
    let value = analysed(&RunAnalysis {
        launches: vec![
            launch(RepetitionOutcome::Passed),
            launch(RepetitionOutcome::Missed(Miss::Bent)),
            launch(RepetitionOutcome::NotSeen),
        ],
        ..RunAnalysis::default()
    });
    let told: Vec<&Value> = (0..3)
        .map(|index| &value["launches"][index]["tipped_as_one"])
        .collect();
    assert_eq!(told, [&json!(true), &json!(false), &Value::Null]);
    assert_eq!(value["launches"][0]["angle_deg"], 10.0);
}

#[test]
fn a_summary_puts_the_unit_after_the_interval() {
    let value = analysed(&RunAnalysis {
        summary: Summary {
            trunk_lean_deg: Some(Estimate {
                mean: 8.1,
                ci90: [7.2, 9.0],
            }),
            mid_stance_timing: Some(Estimate {
                mean: 0.07,
                ci90: [0.05, 0.09],
            }),
            ..Summary::default()
        },
        ..RunAnalysis::default()
    });
    assert_eq!(value["summary"]["trunk_lean_deg"], 8.1);
    assert_eq!(value["summary"]["trunk_lean_ci90_deg"], json!([7.2, 9.0]));
    assert_eq!(value["summary"]["mid_stance_timing_ci90"], json!([0.05, 0.09]));
    assert_eq!(value["summary"]["cadence_ci90_spm"], Value::Null);
}
