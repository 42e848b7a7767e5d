//! Everything a recording tells, as plain values.

use crate::{
    body::sample::Neutral,
    drill::Repetition,
    gait::step::Step,
    lean::reading::LeanReading,
    pod::site::Site,
    session::report::{Gap, Summary},
};

/// What one pod delivered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PodFacts {
    /// Where it sat.
    pub site: Site,
    /// Samples a second, measured.
    pub rate_hz: f64,
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// Samples it delivered.
    pub samples: usize,
}

/// Everything a recording tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunAnalysis {
    /// The pods, chest first.
    pub pods: Vec<PodFacts>,
    /// The neutral stand; `None` without a usable one.
    pub calibration: Option<Neutral>,
    /// Every step, in time order.
    pub steps: Vec<Step>,
    /// Every window of running, in time order.
    pub windows: Vec<LeanReading>,
    /// Starts from standstill.
    pub launches: Vec<Repetition>,
    /// Holes in the data.
    pub gaps: Vec<Gap>,
    /// Means over steady steps.
    pub summary: Summary,
}
