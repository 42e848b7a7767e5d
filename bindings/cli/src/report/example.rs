//! A plausible report to look at: made-up values, for tests of the pages alone.

use plumbline_core::{
    drill::{DrillId, Miss, Repetition, RepetitionOutcome},
    lean::reading::{LeanClass, LeanReading, Probabilities},
    session::{
        output::SessionKind,
        report::{CauseLine, Estimate, Gap, GapReason, NextDrill, SessionReport, Summary},
    },
    units::Timestamp,
};

/// A 20-minute run that fades from good to under, with a hole and two starts.
pub(super) fn fading_run() -> SessionReport {
    let windows: Vec<LeanReading> = (0..118)
        .filter(|index| !(57..61).contains(index))
        .map(window)
        .collect();
    let mut class_seconds = [0.0; 5];
    for window in &windows {
        class_seconds[window.class.index()] += window.end_s - window.start_s;
    }
    SessionReport {
        started_at: Timestamp(1_760_000_000_000_000),
        duration_s: 1_208.0,
        kind: SessionKind::Run,
        model: "rules 1".to_string(),
        headline: "You kept your own target lean for the first 11 minutes, then came up by about 4 degrees."
            .to_string(),
        class_seconds,
        summary: summary(),
        windows,
        drift_deg_per_10_min: Some(-2.63),
        band_deg: Some([6.0, 12.0]),
        launches: vec![
            launch(11.2, RepetitionOutcome::Passed),
            launch(13.9, RepetitionOutcome::Missed(Miss::Bent)),
        ],
        causes: causes(),
        next_drill: Some(NextDrill {
            drill: DrillId::D4,
            why: "Lean-and-fall lets the tilt start the run; your starts show that you can.".to_string(),
        }),
        untold: vec![
            "Without a phone position the speed is unknown, so hills are not told apart.".to_string(),
            "Forty seconds of the chest pod never came.".to_string(),
        ],
        drill: None,
        calibration: None,
        seen: None,
        gaps: vec![Gap {
            start_s: 586.0,
            end_s: 626.0,
            site: None,
            reason: GapReason::Missing,
        }],
    }
}

fn window(index: u32) -> LeanReading {
    let start_s = 16.0 + f64::from(index) * 10.0;
    let wave = (f64::from(index) * 0.7).sin() * 0.5 + (f64::from(index) * 0.23).cos() * 0.4;
    let lean = 9.2 - (start_s - 560.0).max(0.0) / 640.0 * 4.6 + wave;
    let class = match lean {
        lean if lean < 5.4 => LeanClass::Under,
        lean if lean < 6.6 => LeanClass::NotSure,
        _ if (30..33).contains(&index) => LeanClass::Over,
        _ if (44..47).contains(&index) => LeanClass::WaistBend,
        _ => LeanClass::Good,
    };
    LeanReading {
        start_s,
        end_s: start_s + 10.0,
        class,
        probabilities: Probabilities([0.1, 0.7, 0.1, 0.05, 0.05]),
        trunk_lean_deg: Some(lean),
        trunk_lean_ci90_deg: Some([lean - 1.3, lean + 1.3]),
    }
}

fn summary() -> Summary {
    let around = |mean: f64, half: f64| {
        Some(Estimate {
            mean,
            ci90: [mean - half, mean + half],
        })
    };
    Summary {
        steady_steps: 3_124,
        cadence_spm: around(168.4, 0.3),
        ground_contact_ms: around(247.0, 20.0),
        flight_ms: around(109.0, 20.0),
        vertical_oscillation_mm: around(82.0, 3.0),
        trunk_lean_deg: around(7.4, 1.2),
        pelvis_tilt_deg: around(2.6, 1.2),
        waist_bend_deg: around(4.8, 1.7),
        mid_stance_timing: None,
        speed_loss_mps: around(0.17, 0.07),
        hip_offset_cm: around(4.0, 8.0),
    }
}

fn launch(angle: f64, outcome: RepetitionOutcome) -> Repetition {
    Repetition {
        start_s: 12.0,
        end_s: 14.0,
        outcome,
        trunk_lean_deg: Some(angle),
        waist_bend_deg: Some(angle - 9.0),
        pelvis_forward_mm: Some(74.0),
        expected_angle_deg: Some(10.4),
        felt: None,
    }
}

fn causes() -> Vec<CauseLine> {
    vec![
        CauseLine {
            text: "Tiring: the lean held, then faded.".to_string(),
            probability: 0.58,
            evidence: vec![
                "Good for the first 11 minutes, under after minute 14.".to_string(),
                "Ground contact grew by 9 ms over the run.".to_string(),
            ],
            provenance: "seed".to_string(),
        },
        CauseLine {
            text: "Not leaning enough.".to_string(),
            probability: 0.24,
            evidence: vec!["Six minutes below your own band.".to_string()],
            provenance: "study".to_string(),
        },
    ]
}
