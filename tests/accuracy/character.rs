//! What a running pod's signal is like, without its meaning: peaks, spectrum, turning, and how steps differ.
//!
//! Knows no truth. Invariant: nothing here depends on how the pod is mounted.

use glam::DVec3;
use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    pod::{recording::Recording, site::Site},
    session::analysis::analyze,
    units::GRAVITY,
};
use recordings::{body::mean, butterworth::smooth};

/// Bounds of the bands, Hz; the last is below half of 104.
const BOUNDS_HZ: [f64; 5] = [1.0, 5.0, 10.0, 20.0, 40.0];
/// Points at which steps are laid over each other.
const POINTS: usize = 50;

/// One recording's running in numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Character {
    /// Size of the specific force at its largest in a step, g: median over the steps.
    pub(crate) peak_g: f64,
    /// Spread of those peaks over the steps, share of the median.
    pub(crate) peak_spread: f64,
    /// Root mean square of the specific force, band by band, m/s².
    pub(crate) force: [f64; 4],
    /// Root mean square of the angular velocity, band by band, rad/s.
    pub(crate) turning: Option<[f64; 4]>,
    /// Root mean square of the angular velocity, rad/s.
    pub(crate) turning_rms: Option<f64>,
    /// How far a step's specific force lies from the mean step, root mean square, m/s².
    pub(crate) unlike_mean_step: f64,
}

impl Character {
    /// Of the running in a recording; `None` where the core finds hardly a step.
    pub(crate) fn of(recording: &Recording, site: Site) -> Option<Self> {
        let worn = |at: Site| Some(recording).filter(|_| at == site);
        let own = OwnReference::default();
        let analysis = analyze(worn(Site::Chest), worn(Site::Pelvis), own, &RuleModel);
        let steps = analysis.steps.iter().filter(|step| step.running);
        let starts: Vec<f64> = steps.map(|step| step.initial_contact_s).collect();
        let (first, last) = (*starts.first()?, *starts.last()?);
        if starts.len() < 12 {
            return None;
        }
        let inside = recording
            .samples
            .iter()
            .filter(|sample| (first..last).contains(&sample.time_s));
        let times: Vec<f64> = inside.clone().map(|sample| sample.time_s).collect();
        let forces: Vec<DVec3> = inside.clone().map(|sample| sample.specific_force).collect();
        let turning: Option<Vec<DVec3>> = inside.map(|sample| sample.angular_velocity).collect();
        let sizes: Vec<f64> = forces.iter().map(|force| force.length()).collect();
        let steps = Steps {
            times: &times,
            starts: &starts,
        };
        let mut peaks = steps.peaks(&sizes);
        peaks.sort_by(f64::total_cmp);
        let peak = *peaks.get(peaks.len() / 2)?;
        let rate_hz = recording.rate_hz;
        Some(Self {
            peak_g: peak / GRAVITY,
            peak_spread: deviation(&peaks) / peak,
            force: bands(&forces, rate_hz),
            turning_rms: turning.as_ref().map(|turning| rms(turning)),
            turning: turning.map(|turning| bands(&turning, rate_hz)),
            unlike_mean_step: steps.unlike_mean(&sizes),
        })
    }
}

struct Steps<'a> {
    times: &'a [f64],
    starts: &'a [f64],
}

impl Steps<'_> {
    /// Samples of each step that is as long as a step.
    fn spans(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let at = |seconds: f64| self.times.partition_point(|time| *time < seconds);
        let pairs = self
            .starts
            .windows(2)
            .filter(|pair| (0.2..0.5).contains(&(pair[1] - pair[0])));
        pairs
            .map(move |pair| at(pair[0])..at(pair[1]))
            .filter(|span| span.len() > 8)
    }

    fn peaks(&self, sizes: &[f64]) -> Vec<f64> {
        let peak = |span: std::ops::Range<usize>| sizes[span].iter().copied().fold(0.0, f64::max);
        self.spans().map(peak).collect()
    }

    fn unlike_mean(&self, sizes: &[f64]) -> f64 {
        let laid = |span: std::ops::Range<usize>| -> Vec<f64> {
            let point = |k: usize| {
                let place = k as f64 / POINTS as f64 * (span.len() - 1) as f64;
                let below = span.start + place as usize;
                sizes[below] + (sizes[below + 1] - sizes[below]) * place.fract()
            };
            (0..POINTS).map(point).collect()
        };
        let steps: Vec<Vec<f64>> = self.spans().map(laid).collect();
        let variances = (0..POINTS).filter_map(|k| {
            let level = mean(steps.iter().map(|step| step[k]))?;
            mean(steps.iter().map(|step| (step[k] - level).powi(2)))
        });
        mean(variances).unwrap_or(f64::NAN).sqrt()
    }
}

fn deviation(values: &[f64]) -> f64 {
    let level = mean(values.iter().copied()).unwrap_or(f64::NAN);
    let variance = mean(values.iter().map(|value| (value - level).powi(2)));
    variance.unwrap_or(f64::NAN).sqrt()
}

fn rms(values: &[DVec3]) -> f64 {
    mean(values.iter().map(|value| value.length_squared()))
        .unwrap_or(f64::NAN)
        .sqrt()
}

/// Root mean square between neighbouring bounds, all axes together.
fn bands(values: &[DVec3], rate_hz: f64) -> [f64; 4] {
    let below = BOUNDS_HZ.map(|hz| {
        let axes = [0, 1, 2].map(|axis| {
            let axis: Vec<f64> = values.iter().map(|value| value[axis]).collect();
            smooth(&axis, rate_hz, hz.min(0.45 * rate_hz))
        });
        let at = |k: usize| DVec3::new(axes[0][k], axes[1][k], axes[2][k]);
        (0..values.len()).map(at).collect::<Vec<DVec3>>()
    });
    [0, 1, 2, 3].map(|band: usize| {
        let between = below[band + 1]
            .iter()
            .zip(&below[band])
            .map(|(high, low)| *high - *low);
        rms(&between.collect::<Vec<_>>())
    })
}
