//! What the coach says after a history, in the shape other programs read: `plumbline plan --json`, schema 1.
//!
//! Decides nothing. Invariant: sentences are in the runner's language, decisions are not; what is unknown is `null`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    cause::RankedCause,
    drill::{DrillId, gate::Closed},
    lean::reading::LeanClass,
    session::plan::{Course, Plan, RunSoFar},
    units::Timestamp,
    words::Words,
};

/// Version of the shape.
pub const SCHEMA: u32 = 1;

/// Everything the coach says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanView {
    /// Version of this shape: [`SCHEMA`].
    pub schema: u32,
    /// What shuts every drill; `None` when nothing does.
    pub stop: Option<StopView>,
    /// Each run, oldest first.
    pub runs: Vec<RunView>,
    /// The runner's own band of trunk lean at the last run's speed, degrees; `None` while it is learned.
    pub band_deg: Option<[f64; 2]>,
    /// The runner's usual waist bend there, degrees.
    pub usual_bend_deg: Option<f64>,
    /// Every cause, most likely first; the probabilities sum to 1.
    pub causes: Vec<CauseView>,
    /// The self-test that would tell most.
    pub next_self_test: Option<&'static str>,
    /// The one drill to do next; `None` for rest.
    pub drill: Option<DrillId>,
    /// Why that one, or why none.
    pub why: String,
    /// Drills that are not open.
    pub locked: Vec<LockedView>,
    /// Drills that are open.
    pub unlocked: Vec<DrillId>,
    /// Drills that are mastered.
    pub mastered: Vec<DrillId>,
    /// Share of the next drill session's time with feedback, 0 to 1.
    pub feedback_share: f64,
    /// The day a run without help is due.
    pub probe_due: Option<String>,
}

/// What shuts every drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StopView {
    /// Why, kindly.
    pub reason: String,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunView {
    /// When it was, RFC 3339.
    pub at: String,
    /// The class of most of the time; *`not_sure`* when nothing was judged.
    pub class: LeanClass,
    /// Minutes in each class, by name.
    pub minutes: BTreeMap<&'static str, f64>,
    /// Mean trunk lean over steady steps, degrees.
    pub trunk_lean_deg: Option<f64>,
}

/// One cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CauseView {
    /// Its name.
    pub cause: &'static str,
    /// How likely, 0 to 1.
    pub probability: f64,
    /// What speaks for it, each a sentence.
    pub evidence: Vec<String>,
    /// Where the rule comes from: seed, study or ours.
    pub provenance: &'static str,
}

/// A drill that is not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LockedView {
    /// Which.
    pub drill: DrillId,
    /// Why, kindly.
    pub reason: String,
}

/// How a moment is written: as a moment, and as a day.
pub struct Dates<'a> {
    /// RFC 3339.
    pub moment: &'a dyn Fn(Timestamp) -> String,
    /// The day alone.
    pub day: &'a dyn Fn(Timestamp) -> String,
}

impl PlanView {
    /// `plan` after `course`, in the language of `words`.
    #[must_use]
    pub fn new(plan: &Plan, course: &Course, words: &Words, dates: &Dates<'_>) -> Self {
        Self {
            schema: SCHEMA,
            stop: plan.stop.map(|stop| StopView {
                reason: words.text(stop.message()),
            }),
            runs: course.runs.iter().map(|run| RunView::new(run, dates)).collect(),
            band_deg: plan.own.band_deg,
            usual_bend_deg: plan.own.usual_bend_deg,
            causes: plan
                .causes
                .iter()
                .map(|cause| CauseView::new(cause, words))
                .collect(),
            next_self_test: plan.next_self_test.map(crate::cause::self_test::SelfTest::name),
            drill: plan.drill,
            why: words.say(&plan.reason()),
            locked: plan
                .locked
                .iter()
                .map(|(drill, opening)| LockedView {
                    drill: *drill,
                    reason: words.say(&Closed::Locked { opening: *opening }.reason()),
                })
                .collect(),
            unlocked: plan.unlocked.clone(),
            mastered: plan.mastered.clone(),
            feedback_share: plan.feedback_share,
            probe_due: plan.probe_due.map(dates.day),
        }
    }
}

impl RunView {
    fn new(run: &RunSoFar, dates: &Dates<'_>) -> Self {
        let minutes = |class: LeanClass| (class.name(), run.seen.class_seconds[class.index()] / 60.0);
        Self {
            at: (dates.moment)(run.at),
            class: run.seen.main_class().unwrap_or(LeanClass::NotSure),
            minutes: LeanClass::ALL.into_iter().map(minutes).collect(),
            trunk_lean_deg: run.seen.trunk_lean_deg.filter(|lean| lean.is_finite()),
        }
    }
}

impl CauseView {
    fn new(cause: &RankedCause, words: &Words) -> Self {
        Self {
            cause: cause.cause.name(),
            probability: cause.probability,
            evidence: cause.evidence.iter().map(|message| words.say(message)).collect(),
            provenance: cause.provenance.name(),
        }
    }
}
