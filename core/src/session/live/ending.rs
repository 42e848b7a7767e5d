//! The end of a session: what waits is taken, the report is composed, the last words are said.
//!
//! Stores nothing. Invariant: a calibration is met only when it can be used.

use super::Session;
use crate::{
    cause::seen::RunSeen,
    drill::{
        DrillId, DrillResult,
        catalog::MAX_SPREAD_DEG,
        message::{Argument, Message},
        verdict,
    },
    lean::model::LeanModel,
    pod::site::Site,
    session::{
        compose::{Findings, compose},
        guide::Guide,
        joined::join,
        log::SessionContext,
        output::{Cue, CueKind, SessionKind},
        plan::{Entry, Event, plan},
        report::{CalibrationReport, DrillReport, SessionReport},
        summary::summarize,
        untold::Facts,
        withdrawn::{doubt, withdraw},
    },
    units::Timestamp,
    words::{Value, Words},
};

/// How a session ended.
pub(in crate::session) struct Ending {
    pub(in crate::session) report: SessionReport,
    pub(in crate::session) cues: Vec<Cue>,
    /// The drill's result; `None` after a run.
    pub(in crate::session) result: Option<DrillResult>,
}

impl Session {
    pub(in crate::session) fn finish(
        mut self,
        now: Timestamp,
        context: &SessionContext,
        model: &dyn LeanModel,
        words: &Words,
    ) -> Ending {
        self.now = now;
        let mut events = Vec::new();
        self.pipeline.finish(model, &mut |event| events.push(event));
        for event in &events {
            self.event(event);
        }
        if let Some(guide) = &mut self.guide {
            self.said.extend(guide.finish(now));
        }
        withdraw(&self.gaps, &mut self.steps, &mut self.windows);
        let circumstances = self.pipeline.circumstances_of_run();
        self.gaps
            .extend(doubt(&circumstances, &self.steps, &mut self.windows, model));
        self.explain_gaps();
        let calibration = self.calibration(context);
        let result = self.result(calibration.as_ref());
        self.say_ending(result.as_ref(), calibration.as_ref());
        let mut report = self.report(context, result.as_ref(), model, words);
        if self.guide.is_none() {
            report.untold = self.facts().untold(&report, words);
        }
        if let Some((result, guide)) = result.clone().zip(self.guide.as_ref()) {
            report.headline = headline(&result, calibration.as_ref(), words);
            report.drill = Some(DrillReport {
                result,
                repetitions: guide.repetitions().to_vec(),
                unlocked: Vec::new(),
            });
        }
        report.calibration = calibration;
        report.gaps = join(std::mem::take(&mut self.gaps));
        let cues = self.take_cues(words);
        Ending { report, cues, result }
    }

    /// Holes have a reason that only the streams know.
    fn explain_gaps(&mut self) {
        for site in Site::LEAN {
            self.streams[site.index()].explain_gaps(site, &mut self.gaps);
        }
        self.gaps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    }

    /// The report of a run, and the frame of a drill's.
    fn report(
        &mut self,
        context: &SessionContext,
        result: Option<&DrillResult>,
        model: &dyn LeanModel,
        words: &Words,
    ) -> SessionReport {
        let windows = std::mem::take(&mut self.windows);
        let launches = std::mem::take(&mut self.launches).found();
        let seen = RunSeen::of(&self.steps, &windows, &launches, &self.stretches, self.own);
        let mut course = context.course.clone();
        if self.kind == SessionKind::Run {
            course.take(Entry {
                at: self.started_at,
                event: Event::Run(Box::new(seen.clone())),
            });
        }
        course.drills.extend(result.cloned());
        let findings = Findings {
            started_at: self.started_at,
            duration_s: self.now.seconds_since(self.started_at),
            kind: self.kind,
            model: model.name().to_owned(),
            summary: summarize(&self.steps, &self.pipeline.circumstances_of_run()),
            windows,
            own: self.own,
            launches,
            seen,
            plan: plan(&course, self.now),
        };
        compose(findings, words)
    }

    fn result(&self, calibration: Option<&CalibrationReport>) -> Option<DrillResult> {
        let guide = self.guide.as_ref()?;
        let mut result = guide.result(self.now);
        // A calibration that found no mounting, or too wide a spread, is not met however still the stands were.
        result.met &= !self.is_calibration() || calibration.is_some();
        Some(result)
    }

    fn is_calibration(&self) -> bool {
        self.kind == SessionKind::Drill(DrillId::D0)
    }

    fn calibration(&self, context: &SessionContext) -> Option<CalibrationReport> {
        if !self.is_calibration() {
            return None;
        }
        let mounts = self.pipeline.mounts();
        let spread_deg = self.pipeline.neutral()?.spread_deg;
        let complete = !mounts.is_empty() && mounts.len() >= context.lean_pods();
        (complete && spread_deg <= MAX_SPREAD_DEG).then_some(CalibrationReport { mounts, spread_deg })
    }

    fn say_ending(&mut self, result: Option<&DrillResult>, calibration: Option<&CalibrationReport>) {
        let message = match (result, calibration) {
            (_, Some(calibration)) => with_spread("calibration-done", calibration.spread_deg),
            (Some(_), None) if self.is_calibration() => self.why_not_calibrated(),
            (Some(result), None) => verdict::of_session(result),
            (None, None) => Message::plain("run-finished"),
        };
        self.said.push((CueKind::Verdict, message));
        let practised = |guide: &Guide| guide.drill().mastery.is_some();
        if self.guide.as_ref().is_none_or(practised) {
            self.said
                .push((CueKind::Question, Message::plain("how-do-you-feel")));
        }
    }

    fn why_not_calibrated(&self) -> Message {
        let neutral = self.pipeline.neutral();
        let wide = neutral.filter(|neutral| neutral.spread_deg > MAX_SPREAD_DEG);
        wide.map_or_else(
            || Message::plain("calibration-forward-unknown"),
            |neutral| with_spread("calibration-wide", neutral.spread_deg),
        )
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            neutral: self.pipeline.neutral(),
            lean_change_deg: self.pipeline.lean_change_deg(),
            streamed: Site::LEAN.map(|site| self.streams[site.index()].last_arrival().is_some()),
            doubts: Site::LEAN.map(|site| self.streams[site.index()].doubts().collect()),
            unreadable: Site::LEAN.map(|site| self.streams[site.index()].was_unreadable()),
            gaps: &self.gaps,
            knows_terrain: self.pipeline.knows_terrain(),
        }
    }
}

/// The one sentence of a drill.
fn headline(result: &DrillResult, calibration: Option<&CalibrationReport>, words: &Words) -> String {
    match (calibration, result.drill) {
        (Some(calibration), _) => {
            let spread = Value::Decimal(calibration.spread_deg, 1);
            words.format("headline-calibration", &[("spread", spread)])
        }
        (None, DrillId::D0) => words.text("headline-calibration-failed"),
        (None, _) => words.say(&verdict::of_session(result)),
    }
}

fn with_spread(id: &'static str, degrees: f64) -> Message {
    Message::plain(id).with(
        "spread",
        Argument::Decimal {
            value: degrees,
            digits: 1,
        },
    )
}
