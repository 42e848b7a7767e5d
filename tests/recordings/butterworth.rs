//! A second-order low-pass run forward and backward, for marker positions.

/// Smooths `values`, sampled at `rate_hz`, below `cutoff_hz`, without a phase.
pub fn smooth(values: &[f64], rate_hz: f64, cutoff_hz: f64) -> Vec<f64> {
    let forward = once(values, rate_hz, cutoff_hz);
    let mut backward: Vec<f64> = forward.into_iter().rev().collect();
    backward = once(&backward, rate_hz, cutoff_hz);
    backward.reverse();
    backward
}

fn once(values: &[f64], rate_hz: f64, cutoff_hz: f64) -> Vec<f64> {
    let w = (std::f64::consts::PI * cutoff_hz / rate_hz).tan();
    let norm = 1.0 / (1.0 + std::f64::consts::SQRT_2 * w + w * w);
    let b = w * w * norm;
    let a = [
        2.0 * (w * w - 1.0) * norm,
        (1.0 - std::f64::consts::SQRT_2 * w + w * w) * norm,
    ];
    let first = values.first().copied().unwrap_or(0.0);
    let (mut x, mut y) = ([first; 2], [first; 2]);
    let step = |value: &f64| {
        let out = b * (value + 2.0 * x[0] + x[1]) - a[0] * y[0] - a[1] * y[1];
        x = [*value, x[0]];
        y = [out, y[0]];
        out
    };
    values.iter().map(step).collect()
}
