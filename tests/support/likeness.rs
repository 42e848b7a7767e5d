//! What running looks like to a pod on the pelvis, in numbers that a real and a made-up recording can be held by.
//!
//! Finds its own steps, so that the core's faults do not enter. Invariant: a number needs no truth, only samples.

use std::f64::consts::TAU;

use glam::{DQuat, DVec3};
use plumbline_core::units::GRAVITY;

use recordings::butterworth::smooth;

/// Edges of the bands that shares of power are given of, Hz.
pub(crate) const BANDS_HZ: [[f64; 2]; 4] = [[0.6, 5.0], [5.0, 10.0], [10.0, 20.0], [20.0, 50.0]];
/// The bounce of the body without its impacts lies below this, Hz.
const BOUNCE_HZ: f64 = 6.0;
/// Steps last so long, seconds.
const STEP_S: [f64; 2] = [0.22, 0.55];
/// Points a step is drawn with when waveforms are compared.
const POINTS: usize = 50;
/// One piece of a spectrum, seconds.
const PIECE_S: f64 = 4.0;

/// Steady running as a pod feels it: x forward, y up, z right.
pub(crate) struct Signal {
    pub(crate) rate_hz: f64,
    pub(crate) force: Vec<DVec3>,
    pub(crate) turn: Vec<DVec3>,
}

/// The numbers of one recording.
#[derive(Clone, Debug, Default)]
pub(crate) struct Likeness {
    pub(crate) numbers: Vec<(String, f64)>,
}

impl Signal {
    /// The same signal turned so that its mean force points up.
    #[must_use]
    pub(crate) fn levelled(self) -> Self {
        let mean: DVec3 = self.force.iter().sum();
        let level = DQuat::from_rotation_arc(mean.normalize_or(DVec3::Y), DVec3::Y);
        Self {
            force: self.force.iter().map(|force| level * force).collect(),
            turn: self.turn.iter().map(|turn| level * turn).collect(),
            ..self
        }
    }

    fn axis(&self, axis: usize) -> Vec<f64> {
        self.force.iter().map(|force| force[axis]).collect()
    }

    /// Where steps begin: the low-passed vertical rises through its mean; samples, at least one step apart.
    fn steps(&self) -> Vec<usize> {
        let bounce = smooth(&self.axis(1), self.rate_hz, BOUNCE_HZ);
        let mean = bounce.iter().sum::<f64>() / bounce.len() as f64;
        let mut bounds: Vec<usize> = Vec::new();
        for (index, pair) in bounce.windows(2).enumerate() {
            let apart = bounds
                .last()
                .is_none_or(|last| (index - last) as f64 > STEP_S[0] * self.rate_hz);
            if pair[0] < mean && pair[1] >= mean && apart {
                bounds.push(index);
            }
        }
        bounds
    }
}

/// Measures a recording.
pub(crate) fn likeness(signal: &Signal) -> Likeness {
    let mut likeness = Likeness::default();
    let steps: Vec<[usize; 2]> = signal
        .steps()
        .windows(2)
        .map(|pair| [pair[0], pair[1]])
        .filter(|[from, to]| ((to - from) as f64) < STEP_S[1] * signal.rate_hz)
        .collect();
    likeness.of_steps(signal, &steps);
    likeness.of_spectra(signal);
    likeness
}

impl Likeness {
    fn add(&mut self, name: impl Into<String>, number: f64) {
        self.numbers.push((name.into(), number));
    }

    fn of_steps(&mut self, signal: &Signal, steps: &[[usize; 2]]) {
        let over = |of: &dyn Fn(&[DVec3]) -> f64| -> Vec<f64> {
            steps
                .iter()
                .map(|[from, to]| of(&signal.force[*from..*to]))
                .collect()
        };
        let periods: Vec<f64> = steps
            .iter()
            .map(|[from, to]| (to - from) as f64 / signal.rate_hz)
            .collect();
        let most = |of: fn(&DVec3) -> f64| {
            move |part: &[DVec3]| part.iter().map(of).fold(f64::NEG_INFINITY, f64::max) / GRAVITY
        };
        let vertical = over(&most(|force| force.y));
        let total = over(&most(|force| force.length()));
        let lightest = over(&|part| {
            part.iter()
                .map(|force| force.length())
                .fold(f64::INFINITY, f64::min)
                / GRAVITY
        });
        self.add("steps/min", 60.0 / quantile(&periods, 0.5));
        self.add("step time CV %", 100.0 * spread(&periods));
        self.add("vertical peak g", quantile(&vertical, 0.5));
        self.add("vertical peak p10 g", quantile(&vertical, 0.1));
        self.add("vertical peak p90 g", quantile(&vertical, 0.9));
        self.add("vertical peak CV %", 100.0 * spread(&vertical));
        self.add("total peak g", quantile(&total, 0.5));
        self.add("total peak p90 g", quantile(&total, 0.9));
        self.add("lightest g", quantile(&lightest, 0.5));
        self.add("left-right peak %", 100.0 * asymmetry(&vertical));
        for (name, axis) in [("fore-aft", 0), ("vertical", 1), ("lateral", 2)] {
            let waves: Vec<Vec<f64>> = steps
                .iter()
                .map(|[from, to]| drawn(signal.force[*from..*to].iter().map(|force| force[axis])))
                .collect();
            self.add(format!("{name} step to step r"), likeness_at(&waves, 1));
            self.add(format!("{name} stride to stride r"), likeness_at(&waves, 2));
        }
    }

    fn of_spectra(&mut self, signal: &Signal) {
        let step_hz = self.numbers[0].1 / 60.0;
        for (name, axis) in [("fore-aft", 0), ("vertical", 1), ("lateral", 2)] {
            let power = spectrum(&signal.axis(axis), signal.rate_hz);
            self.of_spectrum(name, &power, step_hz, 1.0 / GRAVITY, "g");
        }
        if signal.turn.is_empty() {
            return;
        }
        for (name, axis) in [("roll", 0), ("yaw", 1), ("pitch", 2)] {
            let turn: Vec<f64> = signal.turn.iter().map(|turn| turn[axis].to_degrees()).collect();
            let power = spectrum(&turn, signal.rate_hz);
            self.of_spectrum(name, &power, step_hz, 1.0, "deg/s");
            let sizes: Vec<f64> = turn.iter().map(|turn| turn.abs()).collect();
            self.add(format!("{name} p99 deg/s"), quantile(&sizes, 0.99));
        }
    }

    /// Root mean square, shares of the bands, and how much lies at stride frequency.
    fn of_spectrum(&mut self, name: &str, power: &[(f64, f64)], step_hz: f64, unit: f64, unit_name: &str) {
        let within = |low: f64, high: f64| -> f64 {
            let inside = power.iter().filter(|(hz, _)| (low..high).contains(hz));
            inside.map(|(_, power)| power).sum()
        };
        let whole = within(BANDS_HZ[0][0], BANDS_HZ[3][1]);
        self.add(format!("{name} rms {unit_name}"), whole.sqrt() * unit);
        for [low, high] in BANDS_HZ {
            self.add(
                format!("{name} {low:.0}-{high:.0} Hz %"),
                100.0 * within(low, high) / whole,
            );
        }
        let stride = within(0.4 * step_hz, 0.6 * step_hz);
        self.add(format!("{name} at stride %"), 100.0 * stride / whole);
    }
}

/// The value below which this share lies.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted
        .get((share * last as f64).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Coefficient of variation between neighbours: slow change of speed is no variability.
fn spread(values: &[f64]) -> f64 {
    // Steps two apart are of the same foot.
    let squares: Vec<f64> = values
        .windows(3)
        .map(|three| (three[2] - three[0]).powi(2))
        .collect();
    let variance = 0.5 * squares.iter().sum::<f64>() / squares.len() as f64;
    variance.sqrt() / quantile(values, 0.5)
}

/// How far every other value lies above the rest, as a share of their mean.
fn asymmetry(values: &[f64]) -> f64 {
    let mean = |from: usize| {
        let every_other: Vec<f64> = values.iter().skip(from).step_by(2).copied().collect();
        quantile(&every_other, 0.5)
    };
    ((mean(0) - mean(1)) / (0.5 * (mean(0) + mean(1)))).abs()
}

fn drawn(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let values: Vec<f64> = values.collect();
    let last = values.len() - 1;
    (0..POINTS)
        .map(|point| {
            let place = point as f64 * last as f64 / (POINTS - 1) as f64;
            let index = (place as usize).min(last.saturating_sub(1));
            values[index] + (values[index + 1] - values[index]) * (place - index as f64)
        })
        .collect()
}

/// Median correlation of waveforms so many steps apart.
fn likeness_at(waves: &[Vec<f64>], apart: usize) -> f64 {
    let pairs = waves.iter().zip(waves.iter().skip(apart));
    let all: Vec<f64> = pairs.map(|(a, b)| correlation(a, b)).collect();
    quantile(&all, 0.5)
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum()
    };
    product(&|a, b| a * b) / (product(&|a, _| a * a) * product(&|_, b| b * b)).sqrt()
}

/// Power by frequency, mean of Hann-windowed pieces: the powers add up to the variance.
fn spectrum(values: &[f64], rate_hz: f64) -> Vec<(f64, f64)> {
    let length = ((PIECE_S * rate_hz) as usize).min(values.len());
    let window: Vec<f64> = (0..length)
        .map(|k| 0.5 - 0.5 * (TAU * k as f64 / length as f64).cos())
        .collect();
    let gain: f64 = window.iter().map(|weight| weight * weight).sum::<f64>() * length as f64;
    let turns: Vec<(f64, f64)> = (0..length)
        .map(|k| (TAU * k as f64 / length as f64).sin_cos())
        .collect();
    let pieces: Vec<&[f64]> = values.chunks_exact(length.max(1)).collect();
    let highest = ((BANDS_HZ[3][1] * length as f64 / rate_hz) as usize).min(length / 2);
    (1..=highest)
        .map(|bin| {
            let of_piece = |piece: &&[f64]| {
                let mean = piece.iter().sum::<f64>() / length as f64;
                let (mut real, mut imaginary) = (0.0, 0.0);
                for (k, value) in piece.iter().enumerate() {
                    let (sine, cosine) = turns[k * bin % length];
                    real += (value - mean) * window[k] * cosine;
                    imaginary += (value - mean) * window[k] * sine;
                }
                2.0 * (real * real + imaginary * imaginary) / gain
            };
            let power = pieces.iter().map(of_piece).sum::<f64>() / pieces.len() as f64;
            (bin as f64 * rate_hz / length as f64, power)
        })
        .collect()
}
