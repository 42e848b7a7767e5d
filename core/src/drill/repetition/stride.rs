//! How far the body swings in one stride, from what repeats once a stride.
//!
//! Finds no strides. Invariant: a stride with holes, or of a pod that does not measure it, has no swing.

use std::f64::consts::TAU;

use super::trace::Trace;
use crate::body::sample::{BodySample, GRID_HZ};

/// Share of a stride's samples that must be there. Ours.
const THERE: f64 = 0.95;
/// Slower than this turns nothing, rad/s: a pod without a gyroscope shows exactly zero. Ours.
const TURNS_RADPS: f64 = 1e-6;

/// How far the chest swings to the side from end to end, mm.
pub(super) fn chest_sway_mm(trace: &Trace, stride_s: [f64; 2]) -> Option<f64> {
    let amplitude = once_a_stride(trace, stride_s, |sample| Some(sample.chest?.acceleration.z))?;
    let rate = TAU / (stride_s[1] - stride_s[0]);
    Some(2.0 * amplitude / (rate * rate) * 1000.0)
}

/// How far the pelvis turns about the vertical from end to end, degrees.
pub(super) fn pelvis_rotation_deg(trace: &Trace, stride_s: [f64; 2]) -> Option<f64> {
    let amplitude = once_a_stride(trace, stride_s, |sample| Some(sample.pelvis?.angular_velocity.y))?;
    let rate = TAU / (stride_s[1] - stride_s[0]);
    (amplitude > TURNS_RADPS).then(|| (2.0 * amplitude / rate).to_degrees())
}

/// Amplitude of what has the period of the stride.
fn once_a_stride(
    trace: &Trace,
    [start_s, end_s]: [f64; 2],
    quantity: impl Fn(&BodySample) -> Option<f64>,
) -> Option<f64> {
    let rate = TAU / (end_s - start_s);
    let series = trace.series(start_s, end_s, quantity);
    if (series.0.len() as f64) < THERE * (end_s - start_s) * GRID_HZ {
        return None;
    }
    let mean = series.mean()?;
    let (cosine, sine) = series.0.iter().fold((0.0, 0.0), |(cosine, sine), (time, value)| {
        let (s, c) = (rate * (time - start_s)).sin_cos();
        (cosine + (value - mean) * c, sine + (value - mean) * s)
    });
    Some(2.0 * cosine.hypot(sine) / series.0.len() as f64)
}
