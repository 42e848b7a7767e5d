//! A recording judged after the fact, through the same pipeline as a live run.
//!
//! Reads no file. Invariant: the same recordings give the same numbers.

mod stretches;

use thiserror::Error;

pub use self::stretches::OwnStretch;
use self::stretches::StretchTeller;
use super::{
    joined::join,
    launches::Launches,
    pipeline::{Event, Pipeline},
    report::{Gap, GapReason, Summary},
    summary::summarize,
    withdrawn::{doubt, withdraw},
};
use crate::{
    body::sample::Neutral,
    cause::seen::{RunSeen, Stretch},
    drill::Repetition,
    gait::{side::fill_back, step::Step},
    lean::{band::OwnReference, model::LeanModel, reading::LeanReading},
    pod::{recording::Recording, site::Site},
};

/// What a pod was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PodFacts {
    /// Where it sat.
    pub site: Site,
    /// Samples a second, median.
    pub rate_hz: f64,
    /// Whether it has a gyroscope that measures.
    pub has_gyro: bool,
    /// Samples used.
    pub samples: u64,
}

/// Everything a recording tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunAnalysis {
    /// The pods, chest first.
    pub pods: Vec<PodFacts>,
    /// The standing pose; `None` without a usable stand: then no angle is absolute.
    pub calibration: Option<Neutral>,
    /// How much further forward the last minute of running was than the first, degrees; only without a stand, and
    /// `None` before two minutes.
    pub lean_change_deg: Option<f64>,
    /// Each step, in time order.
    pub steps: Vec<Step>,
    /// Each window of running.
    pub windows: Vec<LeanReading>,
    /// Starts from standstill.
    pub launches: Vec<Repetition>,
    /// Holes in the data.
    pub gaps: Vec<Gap>,
    /// Means over the steady steps.
    pub summary: Summary,
}

impl RunAnalysis {
    /// What causes look at.
    #[must_use]
    pub fn seen(&self, stretches: &[Stretch], own: OwnReference) -> RunSeen {
        RunSeen::of(&self.steps, &self.windows, &self.launches, stretches, own)
    }
}

/// So many equal samples of two recordings make them one pod's, a share. Ours: noise alone keeps two pods apart.
const SAME_POD: f64 = 0.5;

/// Two recordings that are not those of two pods of one run.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum NoPair {
    /// They hold no instant in common.
    #[error(
        "the recordings do not overlap in time: the chest pod's goes from {:.1} to {:.1} s, the pelvis pod's from {:.1} to {:.1} s",
        .chest_s[0], .chest_s[1], .pelvis_s[0], .pelvis_s[1]
    )]
    NoOverlap {
        /// First and last time of the chest pod's, seconds.
        chest_s: [f64; 2],
        /// First and last time of the pelvis pod's, seconds.
        pelvis_s: [f64; 2],
    },
    /// They hold the same samples.
    #[error("both recordings are of the same pod: give each pod's own, or this one alone")]
    SamePod,
}

/// Refuses one recording given twice, and two of which one ends before the other begins: they are two runs, or their
/// clocks have nothing to do with each other.
pub fn check_pair(chest: &Recording, pelvis: &Recording) -> Result<(), NoPair> {
    let both = chest.samples.iter().zip(&pelvis.samples);
    let same = both.clone().filter(|(one, other)| one == other).count();
    if same as f64 > SAME_POD * both.len() as f64 {
        return Err(NoPair::SamePod);
    }
    let span = |recording: &Recording| {
        let ends = recording.samples.first().zip(recording.samples.last());
        ends.map(|(first, last)| [first.time_s, last.time_s])
    };
    match span(chest).zip(span(pelvis)) {
        Some((chest_s, pelvis_s)) if chest_s[1] <= pelvis_s[0] || pelvis_s[1] <= chest_s[0] => {
            Err(NoPair::NoOverlap { chest_s, pelvis_s })
        }
        _ => Ok(()),
    }
}

/// Judges one or two recordings against `own`.
#[must_use]
pub fn analyze(
    chest: Option<&Recording>,
    pelvis: Option<&Recording>,
    own: OwnReference,
    model: &dyn LeanModel,
) -> RunAnalysis {
    let known = OwnStretch {
        stretch: Stretch {
            start_s: f64::NEG_INFINITY,
            ..Stretch::default()
        },
        own,
    };
    analyze_stretches(chest, pelvis, &[known], model)
}

/// Judges one or two recordings, each stretch against its own references; stretches in the order of their times.
#[must_use]
pub fn analyze_stretches(
    chest: Option<&Recording>,
    pelvis: Option<&Recording>,
    known: &[OwnStretch],
    model: &dyn LeanModel,
) -> RunAnalysis {
    let recordings: Vec<(Site, &Recording)> = Site::LEAN
        .into_iter()
        .zip([chest, pelvis])
        .filter_map(|(site, recording)| Some((site, recording?)))
        .collect();
    let mut collector = Collector::default();
    let own = known.first().map(|first| first.own).unwrap_or_default();
    let mut pipeline = Pipeline::new(own, &[]);
    let mut terrain = StretchTeller::new(known);
    for (site, sample) in merged(&recordings) {
        terrain.tell(sample.time_s, &mut pipeline);
        pipeline.push(site, sample, model, &mut |event| collector.take(&event));
    }
    pipeline.finish(model, &mut |event| collector.take(&event));
    let mut gaps = with_dropped_rows(std::mem::take(&mut collector.gaps), &recordings);
    let facts = |(site, recording): &(Site, &Recording)| PodFacts {
        site: *site,
        rate_hz: recording.rate_hz,
        has_gyro: recording.has_gyro && pipeline.has_gyro(*site).unwrap_or(true),
        samples: pipeline.samples(*site),
    };
    fill_back(&mut collector.steps);
    withdraw(&gaps, &mut collector.steps, &mut collector.windows);
    let circumstances = pipeline.circumstances_of_run();
    gaps.extend(doubt(
        &circumstances,
        &collector.steps,
        &mut collector.windows,
        model,
    ));
    gaps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    if circumstances.swapped {
        forget_angles(&mut collector.steps);
    }
    RunAnalysis {
        pods: recordings.iter().map(facts).collect(),
        calibration: pipeline.neutral(),
        lean_change_deg: pipeline.lean_change_deg(),
        summary: summarize(&collector.steps, &circumstances),
        steps: collector.steps,
        windows: collector.windows,
        launches: collector.launches.found(),
        gaps: join(gaps),
    }
}

/// The holes in time order, those left by rows that could not be read among them.
fn with_dropped_rows(mut gaps: Vec<Gap>, recordings: &[(Site, &Recording)]) -> Vec<Gap> {
    for (site, recording) in recordings {
        gaps.extend(recording.dropped.iter().map(|rows| Gap {
            start_s: rows.start_s,
            end_s: rows.end_s,
            site: Some(*site),
            reason: GapReason::BadValue,
        }));
    }
    gaps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    gaps
}

#[derive(Default)]
struct Collector {
    steps: Vec<Step>,
    windows: Vec<LeanReading>,
    launches: Launches,
    gaps: Vec<Gap>,
}

impl Collector {
    fn take(&mut self, event: &Event) {
        self.launches.take(event);
        match event {
            Event::Body(_) => {}
            Event::Step(step) => self.steps.push(*step),
            Event::Reading(reading) => self.windows.push(*reading),
            Event::Gap(gap) => self.gaps.push(*gap),
        }
    }
}

/// Which pod was the trunk's is not known, of the steps before that was noticed neither.
fn forget_angles(steps: &mut [Step]) {
    for step in steps {
        (step.trunk_lean, step.pelvis_tilt, step.waist_bend) = (None, None, None);
    }
}

/// Samples of all recordings in one order of time.
fn merged<'a>(
    recordings: &'a [(Site, &'a Recording)],
) -> impl Iterator<Item = (Site, crate::pod::sample::ImuSample)> + 'a {
    let mut places = vec![0_usize; recordings.len()];
    std::iter::from_fn(move || {
        let next = |k: usize| recordings.get(k)?.1.samples.get(*places.get(k)?).copied();
        let earliest = (0..recordings.len())
            .filter_map(|k| Some((k, next(k)?)))
            .min_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
        let (k, sample) = earliest?;
        places[k] += 1;
        Some((recordings.get(k)?.0, sample))
    })
}
