//! Puts what a session found into a report.
//!
//! Measures nothing. Invariant: every sentence follows from a number in the same report.

use super::{
    output::SessionKind,
    plan::Plan,
    report::{CauseLine, NextDrill, SessionReport, Summary},
};
use crate::{
    cause::{
        Cause, RankedCause,
        seen::{ClassSeconds, RunSeen, share_of},
    },
    drill::{Repetition, catalog::Drill},
    lean::{
        band::OwnReference,
        reading::{LeanClass, LeanReading},
    },
    units::Timestamp,
    words::{Value, Words},
};

/// A class is the headline when it holds at least this share of the judged time. Ours.
const MAIN_SHARE: f64 = 0.6;
/// With less of the running judged the headline says so. Ours.
const JUDGED_SHARE: f64 = 0.5;
/// A cause is shown from this probability on. Ours.
const SHOWN_CAUSE: f64 = 0.15;

/// What a session found.
pub(super) struct Findings {
    pub(super) started_at: Timestamp,
    pub(super) duration_s: f64,
    pub(super) kind: SessionKind,
    pub(super) model: String,
    pub(super) summary: Summary,
    pub(super) windows: Vec<LeanReading>,
    pub(super) own: OwnReference,
    pub(super) launches: Vec<Repetition>,
    pub(super) seen: RunSeen,
    /// What the coach says with this session in the course.
    pub(super) plan: Plan,
}

/// The report of a run, and the frame of a drill's.
pub(super) fn compose(findings: Findings, words: &Words) -> SessionReport {
    let seen = findings.seen;
    // No cause is likely in a run that could not be judged.
    let causes = if is_judged(&seen.class_seconds) {
        cause_lines(&findings.plan.causes, words)
    } else {
        Vec::new()
    };
    SessionReport {
        started_at: findings.started_at,
        duration_s: findings.duration_s,
        kind: findings.kind,
        model: findings.model,
        headline: headline(&seen, words),
        class_seconds: seen.class_seconds,
        summary: findings.summary,
        windows: findings.windows,
        drift_deg_per_10_min: seen.drift_deg_per_10_min,
        band_deg: findings.own.band_deg,
        launches: findings.launches,
        causes,
        next_drill: next_drill(&findings.plan, words),
        untold: Vec::new(),
        drill: None,
        calibration: None,
        gaps: Vec::new(),
        seen: (findings.kind == SessionKind::Run).then_some(seen),
    }
}

/// The one drill, and why.
fn next_drill(plan: &Plan, words: &Words) -> Option<NextDrill> {
    let drill = plan.drill?;
    let title = words.text(Drill::of(drill).title);
    let why = words.format(plan.why.message(), &[("drill", Value::Text(&title))]);
    Some(NextDrill { drill, why })
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

/// Whether enough of the running got a class to speak of the run as a whole.
fn is_judged(class_seconds: &[f64; 5]) -> bool {
    let total: f64 = class_seconds.iter().sum();
    total > 0.0 && class_seconds[LeanClass::NotSure.index()] <= (1.0 - JUDGED_SHARE) * total
}

fn headline(seen: &RunSeen, words: &Words) -> String {
    let total: f64 = seen.class_seconds.iter().sum();
    let of = |class: LeanClass| seen.class_seconds[class.index()];
    let judged = total - of(LeanClass::NotSure);
    let mostly = |part: &ClassSeconds, class| share_of(part, class).is_some_and(|share| share > MAIN_SHARE);
    let fades = mostly(&seen.early, LeanClass::Good) && mostly(&seen.late, LeanClass::Under);
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
        _ if !is_judged(&seen.class_seconds) => return unsure(seen, words),
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
fn unsure(seen: &RunSeen, words: &Words) -> String {
    match (seen.own.band_deg, seen.trunk_lean_deg) {
        (None, Some(lean)) => words.format("headline-learning", &[("degrees", Value::Decimal(lean, 1))]),
        _ => words.text("headline-not-sure"),
    }
}
