//! What one run showed, as causes look at it.
//!
//! Judges nothing. Invariant: what could not be told is `None`, and nothing here needs the recording any more.

use serde::{Deserialize, Serialize};

use super::trend::{Trend, trend};
use crate::{
    drill::{Repetition, RepetitionOutcome},
    gait::step::{Side, Step},
    lean::{
        band::{EarlierRun, OwnReference, VALID_STEPS},
        reading::{LeanClass, LeanReading},
    },
    statistics::{mean, median},
};

/// A start that tips less than this stalls, degrees (the drill of starts asks for six). Ours.
const STALLED_DEG: f64 = 4.0;
/// Speeds that differ by less than this are one speed, m/s. Ours.
const SPEEDS_APART_MPS: f64 = 0.5;
/// From this grade on the ground is a hill, as for the gate of steady running. Ours.
const HILL: f64 = 0.02;
/// Steps that make a mean on a hill or of one foot. Ours.
const FEW_STEPS: usize = 10;
/// Shortest course a drift is told from, seconds. Ours, untested.
const DRIFT_FROM_S: f64 = 600.0;

/// Seconds of running in each class, ordered as [`LeanClass::ALL`].
pub type ClassSeconds = [f64; 5];

/// A part of a run at one speed on one grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Where it begins, seconds of the recording; it ends where the next one begins.
    pub start_s: f64,
    /// Speed over ground, m/s.
    #[serde(default)]
    pub speed_mps: Option<f64>,
    /// Rise for each metre forward.
    #[serde(default)]
    pub grade: Option<f64>,
}

/// What one run showed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunSeen {
    /// Steady steps the means are taken over.
    pub steady_steps: u32,
    /// Mean speed, m/s.
    pub speed_mps: Option<f64>,
    /// What the run was judged against.
    pub own: OwnReference,
    /// Seconds of running in each class.
    pub class_seconds: ClassSeconds,
    /// The same in the first third.
    pub early: ClassSeconds,
    /// The same in the last third.
    pub late: ClassSeconds,
    /// The same in the slower and in the faster stretches; `None` at one speed.
    pub slow_and_fast: Option<[ClassSeconds; 2]>,
    /// Change of trunk lean, degrees per 10 minutes.
    pub drift_deg_per_10_min: Option<f64>,
    /// Change of trunk lean from the first to the last steady step at one speed, degrees.
    #[serde(default)]
    pub lean_over_run_deg: Option<f64>,
    /// The same of the waist bend.
    #[serde(default)]
    pub bend_over_run_deg: Option<f64>,
    /// Trunk lean for each m/s, degrees; `None` at one speed.
    #[serde(default)]
    pub lean_per_mps_deg: Option<f64>,
    /// Mean trunk lean, degrees.
    pub trunk_lean_deg: Option<f64>,
    /// Mean pelvis tilt, degrees.
    pub pelvis_tilt_deg: Option<f64>,
    /// Mean waist bend, degrees.
    pub waist_bend_deg: Option<f64>,
    /// Mean mid-stance timing, share of ground contact, + late.
    pub mid_stance_timing: Option<f64>,
    /// The same of the left and of the right foot.
    pub timing_by_side: [Option<f64>; 2],
    /// Ground contact time of the left and of the right foot, milliseconds.
    #[serde(default)]
    pub contact_by_side_ms: [Option<f64>; 2],
    /// Mean trunk lean downhill, on the flat and uphill, degrees.
    pub lean_by_grade_deg: [Option<f64>; 3],
    /// Speed lost to braking in a step, m/s.
    pub speed_loss_mps: Option<f64>,
    /// Steps a minute.
    pub cadence_spm: Option<f64>,
    /// Starts from standstill that were seen.
    pub launches_seen: u32,
    /// Of those, the ones bent at the waist or with the pelvis behind.
    pub launches_bent: u32,
    /// Of those, the ones that hardly tipped.
    pub launches_stalled: u32,
}

impl RunSeen {
    /// What steps, windows and starts of a run show together.
    #[must_use]
    pub fn of(
        steps: &[Step],
        windows: &[LeanReading],
        launches: &[Repetition],
        stretches: &[Stretch],
        own: OwnReference,
    ) -> Self {
        let steady: Vec<&Step> = steps.iter().filter(|step| step.steady).collect();
        let mean_of = |quantity: fn(&Step) -> Option<f64>| {
            mean(
                &steady
                    .iter()
                    .filter_map(|step| quantity(step))
                    .collect::<Vec<_>>(),
            )
        };
        let Trend { over_run, per_mps } =
            trend(&steady, stretches, |step| step.trunk_lean.map(|lean| lean.0));
        let bend = trend(&steady, stretches, |step| step.waist_bend.map(|bend| bend.0));
        let third = windows.len() / 3;
        let counted = |counts: fn(&Repetition) -> bool| {
            let seen = launches
                .iter()
                .filter(|launch| launch.outcome != RepetitionOutcome::NotSeen);
            seen.filter(|launch| counts(launch)).count() as u32
        };
        Self {
            steady_steps: steady.len() as u32,
            speed_mps: mean_speed(steps, stretches),
            own,
            class_seconds: class_seconds(windows.iter()),
            early: class_seconds(windows.iter().take(third)),
            late: class_seconds(windows.iter().skip(windows.len() - third)),
            slow_and_fast: slow_and_fast(windows, stretches),
            drift_deg_per_10_min: drift_deg_per_10_min(windows),
            lean_over_run_deg: over_run,
            bend_over_run_deg: bend.over_run,
            lean_per_mps_deg: per_mps,
            trunk_lean_deg: mean_of(|step| step.trunk_lean.map(|lean| lean.0)),
            pelvis_tilt_deg: mean_of(|step| step.pelvis_tilt.map(|tilt| tilt.0)),
            waist_bend_deg: mean_of(|step| step.waist_bend.map(|bend| bend.0)),
            mid_stance_timing: mean_of(|step| step.mid_stance_timing),
            timing_by_side: by_side(&steady, |step| step.mid_stance_timing),
            contact_by_side_ms: by_side(&steady, |step| step.ground_contact_time.map(|time| time.0)),
            lean_by_grade_deg: lean_by_grade(steps, stretches),
            speed_loss_mps: mean_of(|step| step.speed_loss_mps),
            cadence_spm: mean_of(|step| Some(step.cadence.0)),
            launches_seen: counted(|_| true),
            launches_bent: counted(|launch| launch.outcome.is_bent()),
            launches_stalled: counted(|launch| launch.trunk_lean_deg.is_some_and(|lean| lean < STALLED_DEG)),
        }
    }

    /// Whether the run says anything of the runner's own way: a usable stand, and steady steps enough for a mean.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.steady_steps >= VALID_STEPS && self.trunk_lean_deg.is_some_and(f64::is_finite)
    }

    /// What the own curve learns from it.
    #[must_use]
    pub fn teaches(&self, symptoms: bool) -> EarlierRun {
        EarlierRun {
            steady_steps: self.steady_steps,
            speed_mps: self.speed_mps,
            trunk_lean_deg: self.trunk_lean_deg,
            waist_bend_deg: self.waist_bend_deg,
            mid_stance_timing: self.mid_stance_timing,
            symptoms,
        }
    }

    /// The class that held most of the running; `None` without any.
    #[must_use]
    pub fn main_class(&self) -> Option<LeanClass> {
        let seconds = |class: &LeanClass| self.class_seconds[class.index()];
        let most = LeanClass::ALL
            .into_iter()
            .max_by(|a, b| seconds(a).total_cmp(&seconds(b)))?;
        (seconds(&most) > 0.0).then_some(most)
    }
}

/// Seconds in each class.
fn class_seconds<'a>(windows: impl Iterator<Item = &'a LeanReading>) -> ClassSeconds {
    let mut seconds = [0.0; 5];
    for window in windows {
        seconds[window.class.index()] += window.end_s - window.start_s;
    }
    seconds
}

/// Seconds that got a class.
pub(super) fn judged(seconds: &ClassSeconds) -> f64 {
    let classes = LeanClass::ALL
        .into_iter()
        .filter(|class| *class != LeanClass::NotSure);
    classes.map(|class| seconds[class.index()].max(0.0)).sum()
}

/// Share of a class in the judged time; `None` where nothing was judged.
pub(crate) fn share_of(seconds: &ClassSeconds, class: LeanClass) -> Option<f64> {
    let total = judged(seconds);
    (total > 0.0).then(|| seconds[class.index()].max(0.0) / total)
}

/// Slope of trunk lean over the run by least squares.
fn drift_deg_per_10_min(windows: &[LeanReading]) -> Option<f64> {
    let points: Vec<(f64, f64)> = windows
        .iter()
        .filter_map(|window| Some((window.start_s, window.trunk_lean_deg?)))
        .collect();
    let (first, last) = (points.first()?, points.last()?);
    if last.0 - first.0 < DRIFT_FROM_S {
        return None;
    }
    let centre = |value: fn(&(f64, f64)) -> f64| mean(&points.iter().map(value).collect::<Vec<_>>());
    let (time, lean) = (centre(|point| point.0)?, centre(|point| point.1)?);
    let (product, square) = points.iter().fold((0.0, 0.0), |sum, point| {
        let from = point.0 - time;
        (sum.0 + from * (point.1 - lean), sum.1 + from * from)
    });
    (square > 0.0).then(|| 600.0 * product / square)
}

/// The stretch a moment lies in.
pub(super) fn stretch_at(stretches: &[Stretch], time_s: f64) -> Option<&Stretch> {
    let begun = stretches.partition_point(|stretch| stretch.start_s <= time_s);
    stretches.get(begun.checked_sub(1)?)
}

fn mean_speed(steps: &[Step], stretches: &[Stretch]) -> Option<f64> {
    let running = steps.iter().filter(|step| step.running);
    let speeds: Vec<f64> = running
        .filter_map(|step| stretch_at(stretches, step.initial_contact_s)?.speed_mps)
        .collect();
    mean(&speeds)
}

/// Median of each foot.
fn by_side(steady: &[&Step], quantity: fn(&Step) -> Option<f64>) -> [Option<f64>; 2] {
    [Side::Left, Side::Right].map(|side| {
        let of_side = steady.iter().filter(|step| step.side == side);
        let values: Vec<f64> = of_side.filter_map(|step| quantity(step)).collect();
        (values.len() >= FEW_STEPS).then(|| median(values))?
    })
}

/// Classes below and above the middle of the speeds.
fn slow_and_fast(windows: &[LeanReading], stretches: &[Stretch]) -> Option<[ClassSeconds; 2]> {
    let speed =
        |window: &LeanReading| stretch_at(stretches, f64::midpoint(window.start_s, window.end_s))?.speed_mps;
    let speeds: Vec<f64> = windows.iter().filter_map(speed).collect();
    let low = speeds.iter().copied().fold(f64::INFINITY, f64::min);
    let high = speeds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high - low < SPEEDS_APART_MPS {
        return None;
    }
    let middle = f64::midpoint(low, high);
    let of = |fast: bool| {
        let there = |window: &&LeanReading| speed(window).is_some_and(|speed| (speed > middle) == fast);
        class_seconds(windows.iter().filter(there))
    };
    Some([of(false), of(true)])
}

/// Mean lean of the running steps downhill, on the flat and uphill.
fn lean_by_grade(steps: &[Step], stretches: &[Stretch]) -> [Option<f64>; 3] {
    let mut leans: [Vec<f64>; 3] = Default::default();
    for step in steps.iter().filter(|step| step.running) {
        let grade = stretch_at(stretches, step.initial_contact_s).and_then(|stretch| stretch.grade);
        if let Some((grade, lean)) = grade.zip(step.trunk_lean) {
            let which = usize::from(grade > -HILL) + usize::from(grade >= HILL);
            leans[which].push(lean.0);
        }
    }
    leans.map(|leans| (leans.len() >= FEW_STEPS).then(|| mean(&leans))?)
}
