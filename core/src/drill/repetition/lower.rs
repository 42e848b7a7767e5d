//! D1's repetition: rise on the toes, and let the heels sink slowly.
//!
//! A slow way down shows in no single sample: the height is added up from one rise to the next, both of which begin
//! at rest on the same ground. Invariant: one pod is followed through a repetition; where it has holes it is *not seen*.

use super::{first_miss, series::Series, stand::is_still, trace::Trace};
use crate::{
    body::sample::{BodySample, SegmentSample},
    drill::{Miss, Repetition, RepetitionOutcome, rule::LowerRule},
};

/// Mean upward acceleration that begins a rise, m/s², over a quarter of a second ... Ours: 40 mm in 1.5 s have 0.1.
const RISE_MPS2: f64 = 0.08;
const RISE_S: f64 = 0.25;
/// ... with nothing faster than this downward before, m/s²: catching a fall looks like a rise. Ours.
const FALL_MPS2: f64 = -0.08;
const BEFORE_S: f64 = 1.5;
/// A rise shows this long after it began, seconds. Ours.
const LAG_S: f64 = 0.35;
/// From one rise to the next, seconds, at the least: a rise and its end are one movement. Ours.
const SHORTEST_S: f64 = 2.0;
/// After this without another rise the heels are down, seconds: a rise, a pause and the slowest way down. Ours.
const LONGEST_S: f64 = 9.0;
/// A quick way down is over after so long a rest; with the rest it takes less than the other, seconds. Ours.
const RESTS_S: f64 = 1.0;
const SHAKEN_S: f64 = 3.5;
/// Rest before a rise from which the pod's own offset is taken, seconds. Ours.
const REST_S: f64 = 0.5;
/// Shares of the height between which the way down is timed, and the share of its time that lies between. Ours.
const TIMED: [f64; 2] = [0.9, 0.1];
const TIMED_SHARE: f64 = 0.8;
/// The top is reached within this time, seconds; what grows for longer is an offset that drifts. Ours.
const TOP_S: f64 = 3.0;
/// A rise below this share of the least height was none. Ours.
const TRIED_SHARE: f64 = 0.4;
/// Width of the mean that takes the tremor out of an angle, seconds. Ours.
const SMOOTH_S: f64 = 0.3;

/// Counts lowerings.
#[derive(Debug)]
pub(super) struct LowerCounter {
    rule: LowerRule,
    trace: Trace,
    /// When the rise that is followed began, and whether it is the pelvis pod that follows it.
    rise: Option<(f64, bool)>,
    /// Since when, and when last, the body moved too much for a slow way down.
    hurried_s: Option<[f64; 2]>,
}

impl LowerCounter {
    pub(super) const fn new(rule: LowerRule) -> Self {
        Self {
            rule,
            trace: Trace::new(LONGEST_S + 3.0),
            rise: None,
            hurried_s: None,
        }
    }

    pub(super) fn push(&mut self, sample: BodySample) -> Option<Repetition> {
        let now_s = sample.time_s;
        self.trace.push(sample);
        let pelvis = self.rise.map_or(sample.pelvis.is_some(), |(_, pelvis)| pelvis);
        let still = is_still(self.trace.between(now_s - 0.8, now_s), self.rule.still);
        let rises = still == Some(true) && self.rises(now_s, pelvis);
        let Some((began_s, _)) = self.rise else {
            if rises {
                self.rise = Some((now_s - LAG_S, pelvis));
            }
            return None;
        };
        let lasted_s = now_s - LAG_S - began_s;
        let again = rises && lasted_s > SHORTEST_S;
        if still == Some(false) && lasted_s > SHORTEST_S {
            self.hurried_s.get_or_insert([now_s; 2])[1] = now_s;
        }
        // What hurries and rests again came down too fast; whoever goes on shaking the legs has come down before.
        let dropped = self.hurried_s.is_some_and(|[_, last_s]| now_s - last_s > RESTS_S);
        let shaken_s = self.hurried_s.map(|[since_s, _]| since_s);
        let shaken_s = shaken_s.filter(|since_s| now_s - since_s > SHAKEN_S);
        if !again && !dropped && shaken_s.is_none() && lasted_s < LONGEST_S {
            return None;
        }
        self.hurried_s = None;
        self.rise = again.then_some((now_s - LAG_S, sample.pelvis.is_some()));
        let end_s = shaken_s.map_or(now_s - LAG_S, |since_s| since_s - 1.0);
        self.judge(began_s, end_s, pelvis)
    }

    /// Whether a rise shows now.
    fn rises(&self, now_s: f64, pelvis: bool) -> bool {
        let up = |from_s: f64, to_s: f64| {
            self.trace
                .series(from_s, to_s, |sample| Some(of(sample, pelvis)?.acceleration.y))
        };
        let offset = up(now_s - RISE_S - BEFORE_S, now_s - RISE_S).median();
        let Some((offset, push)) = offset.zip(up(now_s - RISE_S, now_s).mean()) else {
            return false;
        };
        if push - offset < RISE_MPS2 {
            return false;
        }
        let before = up(now_s - RISE_S - BEFORE_S, now_s - RISE_S).smooth(RISE_S);
        before
            .smallest()
            .is_some_and(|lowest| lowest - offset > FALL_MPS2)
    }

    fn judge(&self, start_s: f64, end_s: f64, pelvis: bool) -> Option<Repetition> {
        let rule = &self.rule;
        let height = self.height_mm(start_s, end_s, pelvis);
        let highest = height.largest();
        if highest.is_none_or(|highest| highest < TRIED_SHARE * rule.drop_mm[0]) {
            return None;
        }
        let top_s = highest.and_then(|highest| height.last_time(|height| height >= highest));
        if top_s.is_none_or(|top_s| top_s - start_s > TOP_S) {
            return None;
        }
        let missing = self.missing(start_s, end_s);
        let pitch = self.pitch_deg(start_s, end_s, pelvis);
        let outcome = match highest.zip(down_s(&height)) {
            Some((highest, down_s)) if missing <= rule.missing => first_miss(&[
                (
                    pitch.is_some_and(|pitch| pitch.abs() > rule.pitch_deg),
                    Miss::Bent,
                ),
                (highest < rule.drop_mm[0], Miss::TooLittle),
                (highest > rule.drop_mm[1], Miss::TooMuch),
                (down_s < rule.down_s[0], Miss::TooFast),
                (down_s > rule.down_s[1], Miss::TooSlow),
            ]),
            _ => RepetitionOutcome::NotSeen,
        };
        Some(Repetition::of(start_s, end_s, outcome))
    }

    /// Share of the samples that are missing of any pod that was there before: where one is lost the other jumps.
    fn missing(&self, start_s: f64, end_s: f64) -> f64 {
        let lost = [false, true].map(|pelvis| {
            let there = |sample: &BodySample| of(sample, pelvis).map(|_| 0.0);
            let before = self.trace.missing(start_s - REST_S, start_s, there);
            if before < 0.5 {
                self.trace.missing(start_s, end_s, there)
            } else {
                0.0
            }
        });
        lost[0].max(lost[1])
    }

    /// The height above the ground at each instant, mm: at rest, and at the same height, at both ends.
    fn height_mm(&self, start_s: f64, end_s: f64, pelvis: bool) -> Series {
        let up = |sample: &BodySample| Some(of(sample, pelvis)?.acceleration.y);
        let rest = self
            .trace
            .series(start_s - REST_S, start_s, up)
            .mean()
            .unwrap_or(0.0);
        let push = self.trace.series(start_s, end_s, up);
        let raw = push.map(|_, push| push - rest).integral().integral();
        let velocity = push.map(|_, push| push - rest).integral();
        let Some(((from, to), (left_mps, left_m))) = push.span().zip(velocity.last().zip(raw.last())) else {
            return Series::default();
        };
        // An offset that changes evenly adds a square and a cube: both ends of the way and of its speed give them.
        let long = to - from;
        let cube = (left_mps * long - 2.0 * left_m) / long.powi(3);
        let square = (3.0 * left_m - left_mps * long) / (long * long);
        raw.map(|time, height| {
            let since = time - from;
            (height - square * since * since - cube * since.powi(3)) * 1000.0
        })
    }

    /// The largest change of inclination against the rest before.
    fn pitch_deg(&self, start_s: f64, end_s: f64, pelvis: bool) -> Option<f64> {
        let inclination = |sample: &BodySample| of(sample, pelvis)?.inclination_deg;
        let rest = self.trace.series(start_s - REST_S, start_s, inclination).mean()?;
        let pitch = self.trace.series(start_s, end_s, inclination);
        pitch
            .map(|_, pitch| pitch - rest)
            .smooth(SMOOTH_S)
            .farthest_from_zero()
    }
}

const fn of(sample: &BodySample, pelvis: bool) -> Option<SegmentSample> {
    if pelvis { sample.pelvis } else { sample.chest }
}

/// How long the way down from the top takes, seconds.
fn down_s(height: &Series) -> Option<f64> {
    let highest = height.largest()?;
    let left_s = height.last_time(|height| height >= TIMED[0] * highest)?;
    let mut after = height.0.iter().filter(|(time, _)| *time > left_s);
    let (down_s, _) = after.find(|(_, height)| *height <= TIMED[1] * highest)?;
    Some((down_s - left_s) / TIMED_SHARE)
}
