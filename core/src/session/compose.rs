//! Puts what a session found into a report.
//!
//! Measures nothing. Invariant: every sentence follows from a number in the same report.

use super::{
    output::SessionKind,
    report::{CauseLine, NextDrill, SessionReport, Summary},
};
use crate::{
    cause::{Cause, Evidence, RankedCause, rank},
    drill::{DrillId, Repetition, RepetitionOutcome, catalog::Drill, progression::Progress},
    lean::reading::{LeanClass, LeanReading},
    statistics::mean,
    units::Timestamp,
    words::{Value, Words},
};

/// Shortest course a drift is told from, seconds. Ours, untested.
const DRIFT_FROM_S: f64 = 600.0;
/// A class is the headline when it holds at least this share of the judged time. Ours.
const MAIN_SHARE: f64 = 0.6;
/// With less of the running judged the headline says so. Ours.
const JUDGED_SHARE: f64 = 0.5;
/// A cause is shown from this probability on. Ours.
const SHOWN_CAUSE: f64 = 0.15;

/// What a session found.
pub(super) struct Findings<'a> {
    pub(super) started_at: Timestamp,
    pub(super) duration_s: f64,
    pub(super) kind: SessionKind,
    pub(super) model: String,
    pub(super) summary: Summary,
    pub(super) windows: Vec<LeanReading>,
    pub(super) band_deg: Option<[f64; 2]>,
    pub(super) usual_bend_deg: Option<f64>,
    pub(super) launches: Vec<Repetition>,
    /// Valid runs before this one.
    pub(super) valid_runs: u32,
    pub(super) progress: &'a Progress,
}

/// The report of a run, and the frame of a drill's.
pub(super) fn compose(findings: Findings<'_>, words: &Words) -> SessionReport {
    let class_seconds = class_seconds(&findings.windows);
    let drift = drift_deg_per_10_min(&findings.windows);
    let evidence = evidence(&findings, class_seconds, drift);
    // No cause is likely in a run that could not be judged.
    let ranked = if is_judged(&class_seconds) {
        rank(&evidence)
    } else {
        Vec::new()
    };
    let next_drill = next_drill(&ranked, findings.progress, words);
    SessionReport {
        started_at: findings.started_at,
        duration_s: findings.duration_s,
        kind: findings.kind,
        model: findings.model,
        headline: headline(&class_seconds, &evidence, words),
        class_seconds,
        summary: findings.summary,
        windows: findings.windows,
        drift_deg_per_10_min: drift,
        band_deg: findings.band_deg,
        launches: findings.launches,
        causes: cause_lines(&ranked, words),
        next_drill: Some(next_drill),
        untold: Vec::new(),
        drill: None,
        calibration: None,
        gaps: Vec::new(),
    }
}

/// The drill for the likeliest cause that has one to begin with, where it is open; else what practice asks for.
fn next_drill(ranked: &[RankedCause], progress: &Progress, words: &Words) -> NextDrill {
    let likeliest = ranked
        .iter()
        .find_map(|ranked| Some((ranked, ranked.cause.first_drill()?)))
        .filter(|(ranked, drill)| ranked.probability >= SHOWN_CAUSE && progress.unlocked.contains(drill));
    let for_cause = likeliest.and_then(|(ranked, drill)| {
        let why = why(ranked.cause.why_first_drill()?, drill, words);
        Some(NextDrill { drill, why })
    });
    for_cause.unwrap_or_else(|| NextDrill {
        drill: progress.next,
        why: why(progress.why.message(), progress.next, words),
    })
}

fn cause_lines(ranked: &[RankedCause], words: &Words) -> Vec<CauseLine> {
    let line = |ranked: &RankedCause| CauseLine {
        text: words.text(ranked.cause.message()),
        probability: ranked.probability,
        evidence: ranked.evidence.iter().map(|message| words.say(message)).collect(),
        provenance: ranked.provenance.name().to_owned(),
    };
    // That nothing stands out is worth saying only where it is the likeliest.
    let shown = ranked.iter().enumerate().filter(|(place, ranked)| {
        ranked.probability >= SHOWN_CAUSE && (*place == 0 || ranked.cause != Cause::None)
    });
    shown.map(|(_, ranked)| line(ranked)).collect()
}

/// Why this drill, with its title in the sentence.
fn why(id: &str, drill: DrillId, words: &Words) -> String {
    let title = words.text(Drill::of(drill).title);
    words.format(id, &[("drill", Value::Text(&title))])
}

/// Whether enough of the running got a class to speak of the run as a whole.
fn is_judged(class_seconds: &[f64; 5]) -> bool {
    let total: f64 = class_seconds.iter().sum();
    total > 0.0 && class_seconds[LeanClass::NotSure.index()] <= (1.0 - JUDGED_SHARE) * total
}

fn class_seconds(windows: &[LeanReading]) -> [f64; 5] {
    let mut seconds = [0.0; 5];
    for window in windows {
        seconds[window.class.index()] += window.end_s - window.start_s;
    }
    seconds
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
    let count = points.len() as f64;
    let (time, lean) = points
        .iter()
        .fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let (time, lean) = (time / count, lean / count);
    let (product, square) = points.iter().fold((0.0, 0.0), |sum, point| {
        let from = point.0 - time;
        (sum.0 + from * (point.1 - lean), sum.1 + from * from)
    });
    (square > 0.0).then(|| 600.0 * product / square)
}

fn evidence(findings: &Findings<'_>, class_seconds: [f64; 5], drift: Option<f64>) -> Evidence {
    let third = findings.windows.len() / 3;
    let share = |windows: &[LeanReading], class: LeanClass| {
        let judged: Vec<f64> = windows
            .iter()
            .filter(|window| window.class != LeanClass::NotSure)
            .map(|window| f64::from(u8::from(window.class == class)))
            .collect();
        mean(&judged)
    };
    let early = findings.windows.get(..third).unwrap_or_default();
    let late = findings
        .windows
        .get(findings.windows.len() - third..)
        .unwrap_or_default();
    let count = |counts: fn(RepetitionOutcome) -> bool| {
        findings
            .launches
            .iter()
            .filter(|launch| counts(launch.outcome))
            .count() as u32
    };
    Evidence {
        class_seconds,
        early_good_share: share(early, LeanClass::Good),
        late_under_share: share(late, LeanClass::Under),
        drift_deg_per_10_min: drift,
        trunk_lean_deg: findings.summary.trunk_lean_deg.map(|estimate| estimate.mean),
        band_deg: findings.band_deg,
        mid_stance_timing: findings.summary.mid_stance_timing.map(|estimate| estimate.mean),
        waist_bend_deg: findings.summary.waist_bend_deg.map(|estimate| estimate.mean),
        usual_bend_deg: findings.usual_bend_deg,
        launches_seen: count(|outcome| outcome != RepetitionOutcome::NotSeen),
        launches_bent: count(RepetitionOutcome::is_bent),
        valid_runs: findings.valid_runs,
        ..Evidence::default()
    }
}

fn headline(class_seconds: &[f64; 5], evidence: &Evidence, words: &Words) -> String {
    let total: f64 = class_seconds.iter().sum();
    let of = |class: LeanClass| class_seconds[class.index()];
    let judged = total - of(LeanClass::NotSure);
    let fades = evidence.early_good_share.is_some_and(|share| share > MAIN_SHARE)
        && evidence.late_under_share.is_some_and(|share| share > MAIN_SHARE);
    let main = [
        LeanClass::Good,
        LeanClass::Under,
        LeanClass::Over,
        LeanClass::WaistBend,
    ]
    .into_iter()
    .find(|class| of(*class) >= MAIN_SHARE * judged);
    let (id, class) = match (fades, main) {
        _ if total <= 0.0 => return words.text("headline-no-running"),
        _ if !is_judged(class_seconds) => return unsure(evidence, words),
        (true, _) => ("headline-fades", LeanClass::Good),
        (_, Some(LeanClass::Good)) => ("headline-good", LeanClass::Good),
        (_, Some(LeanClass::Under)) => ("headline-under", LeanClass::Under),
        (_, Some(LeanClass::Over)) => ("headline-over", LeanClass::Over),
        (_, Some(LeanClass::WaistBend)) => ("headline-waist-bend", LeanClass::WaistBend),
        _ => ("headline-mixed", LeanClass::Good),
    };
    let minutes = |seconds: f64| Value::Count((seconds / 60.0).round() as u64);
    words.format(id, &[("minutes", minutes(of(class))), ("total", minutes(total))])
}

/// Most of the run has no class: while the own band is not known that is as it should be.
fn unsure(evidence: &Evidence, words: &Words) -> String {
    match (evidence.band_deg, evidence.trunk_lean_deg) {
        (None, Some(lean)) => words.format("headline-learning", &[("degrees", Value::Decimal(lean, 1))]),
        _ => words.text("headline-not-sure"),
    }
}
