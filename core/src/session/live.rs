//! One session that is going on: a guided drill or a run.
//!
//! Opens no gate and stores nothing. Invariant: nothing is said on data older than two seconds.

use super::{
    compose::{Findings, compose},
    guide::{Guide, Said},
    launches::Launches,
    log::SessionContext,
    output::{Cue, CueKind, SessionKind},
    pipeline::{Event, Pipeline},
    report::{CalibrationReport, DrillReport, Gap, SessionReport},
    stream::PodStream,
    summary::summarize,
    untold::Facts,
};
use crate::{
    drill::{
        DrillId, DrillResult,
        catalog::{Drill, MAX_SPREAD_DEG},
        message::{Argument, Message},
        progression::progress,
        verdict,
    },
    gait::step::Step,
    lean::{
        band::OwnReference,
        features::mean,
        model::LeanModel,
        reading::{Hysteresis, LeanClass, LeanReading},
    },
    pod::{sample::ImuSample, site::Site},
    session::screen::{DrillView, LiveView, PhaseView, PodView},
    units::Timestamp,
    words::{Value, Words},
};

/// Steps the live cadence is a mean of.
const LIVE_STEPS: usize = 10;

/// A session that is going on.
pub(super) struct Session {
    started_at: Timestamp,
    kind: SessionKind,
    own: OwnReference,
    pipeline: Pipeline,
    streams: [PodStream; 2],
    guide: Option<Guide>,
    steps: Vec<Step>,
    windows: Vec<LeanReading>,
    launches: Launches,
    gaps: Vec<Gap>,
    hysteresis: Hysteresis,
    shown: LeanClass,
    said: Vec<Said>,
    now: Timestamp,
}

/// How a session ended.
pub(super) struct Ending {
    pub(super) report: SessionReport,
    pub(super) cues: Vec<Cue>,
    pub(super) result: Option<DrillResult>,
}

impl Session {
    pub(super) fn begin(now: Timestamp, kind: SessionKind, feedback: bool, context: &SessionContext) -> Self {
        let calibrating = kind == SessionKind::Drill(DrillId::D0);
        let pipeline = if calibrating {
            Pipeline::calibrating()
        } else {
            Pipeline::new(context.own, &context.mounts)
        };
        let (guide, said) = match kind {
            SessionKind::Drill(drill) => {
                let (guide, said) = Guide::begin(Drill::of(drill), feedback, now);
                (Some(guide), said)
            }
            SessionKind::Run => (None, vec![(CueKind::Instruction, Message::plain("run-begin"))]),
        };
        Self {
            started_at: now,
            kind,
            own: context.own,
            pipeline,
            streams: Default::default(),
            guide,
            steps: Vec::new(),
            windows: Vec::new(),
            launches: Launches::default(),
            gaps: Vec::new(),
            hysteresis: Hysteresis::default(),
            shown: LeanClass::NotSure,
            said,
            now,
        }
    }

    pub(super) fn notification(&mut self, now: Timestamp, site: Site, bytes: &[u8], model: &dyn LeanModel) {
        self.now = now;
        let mut samples: Vec<ImuSample> = Vec::new();
        self.streams[site.index()].accept(now, self.started_at, bytes, |sample| samples.push(sample));
        let mut events = Vec::new();
        for sample in samples {
            self.pipeline
                .push(site, sample, model, &mut |event| events.push(event));
        }
        for event in &events {
            self.event(event);
        }
    }

    pub(super) fn tick(&mut self, now: Timestamp) {
        self.now = now;
        if let Some(guide) = &mut self.guide {
            self.said.extend(guide.tick(now));
        }
        for site in Site::ALL {
            let stream = &mut self.streams[site.index()];
            let quiet = stream.last_arrival().is_some() && !stream.is_live(now);
            if quiet != stream.told_quiet {
                stream.told_quiet = quiet;
                let id = if quiet { "pod-quiet" } else { "pod-back" };
                let pod = match site {
                    Site::Chest => "pod-chest",
                    Site::Pelvis => "pod-pelvis",
                };
                self.said
                    .push((CueKind::Pod, Message::plain(id).with("pod", Argument::Named(pod))));
            }
        }
    }

    pub(super) fn take_cues(&mut self, words: &Words) -> Vec<Cue> {
        let at = self.now;
        let cue = |(kind, message): Said| Cue {
            at,
            kind,
            text: words.say(&message),
        };
        std::mem::take(&mut self.said).into_iter().map(cue).collect()
    }

    fn event(&mut self, event: &Event) {
        if self.guide.is_none() {
            self.launches.take(event);
        }
        match event {
            Event::Body(body) => {
                if let Some(guide) = &mut self.guide {
                    self.said.extend(guide.take(self.now, body));
                }
            }
            Event::Step(step) => {
                self.steps.push(*step);
                if let Some(guide) = &mut self.guide {
                    self.said.extend(guide.step(self.now, step));
                }
            }
            Event::Reading(reading) => self.reading(reading),
            Event::Gap(gap) => self.gaps.push(*gap),
        }
    }

    /// One image when the shown class leaves the band, one word when it comes back; silence in between.
    fn reading(&mut self, reading: &LeanReading) {
        self.windows.push(*reading);
        let shown = self.hysteresis.push(reading.class);
        let before = std::mem::replace(&mut self.shown, shown);
        if before == shown || self.guide.is_some() {
            return;
        }
        let cue = match shown {
            LeanClass::Under => Some((CueKind::Image, "run-cue-under")),
            LeanClass::Over => Some((CueKind::Image, "run-cue-over")),
            LeanClass::WaistBend => Some((CueKind::Image, "run-cue-waist-bend")),
            LeanClass::Good if before != LeanClass::NotSure => Some((CueKind::Verdict, "run-cue-back")),
            LeanClass::Good | LeanClass::NotSure => None,
        };
        self.said.extend(cue.map(|(kind, id)| (kind, Message::plain(id))));
    }

    pub(super) fn pod_view(&self, site: Site, now: Timestamp) -> PodView {
        let stream = &self.streams[site.index()];
        PodView {
            site,
            live: stream.is_live(now),
            rate_hz: stream.rate_hz(),
            missing: stream.missing(),
        }
    }

    pub(super) fn phase_view(&self, now: Timestamp, words: &Words) -> PhaseView {
        match &self.guide {
            Some(guide) => PhaseView::Drilling(self.drill_view(guide, now, words)),
            None => PhaseView::Running(self.live_view(now)),
        }
    }

    fn drill_view(&self, guide: &Guide, now: Timestamp, words: &Words) -> DrillView {
        let drill = guide.drill();
        let (phase, repetitions_done) = guide.progress();
        let current = drill.phases.get(phase);
        let fresh = self.streams.iter().any(|stream| stream.is_live(now));
        let body = guide.body().filter(|_| fresh);
        let title = words.text(drill.title);
        DrillView {
            drill: drill.id,
            instruction: guide.instruction().map_or_else(
                || words.format("drill-finished", &[("drill", Value::Text(&title))]),
                |(_, message)| words.say(&message),
            ),
            title,
            phase: (phase as u32 + 1).min(drill.phases.len() as u32),
            phases: drill.phases.len() as u32,
            repetitions_done,
            repetitions_asked: current.map_or(0, |phase| phase.kind.repetitions()),
            passed: guide
                .feedback()
                .then(|| drill.result(now, true, guide.judged()).passed),
            trunk_lean_deg: body.and_then(|body| body.chest?.inclination_deg),
            waist_bend_deg: body.and_then(crate::body::sample::BodySample::waist_bend_deg),
        }
    }

    fn live_view(&self, now: Timestamp) -> LiveView {
        let elapsed_s = now.seconds_since(self.started_at);
        let recent = |step: &&Step| elapsed_s - step.initial_contact_s < 5.0 && step.running;
        let cadences: Vec<f64> = self
            .steps
            .iter()
            .rev()
            .take(LIVE_STEPS)
            .filter(recent)
            .map(|step| step.cadence.0)
            .collect();
        let fresh = !cadences.is_empty();
        LiveView {
            elapsed_s: elapsed_s.floor(),
            cadence_spm: mean(&cadences),
            trunk_lean_deg: self
                .windows
                .last()
                .filter(|_| fresh)
                .and_then(|window| window.trunk_lean_deg),
            band_deg: self.own.band_deg,
            class: if fresh { self.shown } else { LeanClass::NotSure },
        }
    }

    pub(super) fn finish(
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
        let calibration = self.calibration(context);
        let result = self.guide.as_ref().map(|guide| {
            let mut result = guide.drill().result(now, guide.feedback(), guide.judged());
            // A calibration that found no mounting, or too wide a spread, is not met however still the stands were.
            result.met &= self.kind != SessionKind::Drill(DrillId::D0) || calibration.is_some();
            result
        });
        self.say_ending(result.as_ref(), calibration.as_ref());
        let mut drills = context.drills.clone();
        drills.extend(result.clone());
        let progress = progress(&drills, now);
        let mut report = compose(
            Findings {
                started_at: self.started_at,
                duration_s: now.seconds_since(self.started_at),
                kind: self.kind,
                model: model.name().to_owned(),
                summary: summarize(&self.steps, Site::ALL.map(|site| self.pipeline.has_gyro(site))),
                windows: std::mem::take(&mut self.windows),
                band_deg: self.own.band_deg,
                usual_bend_deg: self.own.usual_bend_deg,
                launches: std::mem::take(&mut self.launches).found(),
                valid_runs: context.runs.iter().filter(|run| run.is_valid()).count() as u32,
                progress: &progress,
            },
            words,
        );
        if self.guide.is_none() {
            report.untold = self.facts().untold(&report, words);
        }
        report.calibration = calibration;
        report.drill = result.clone().zip(self.guide.as_ref()).map(|(result, guide)| {
            report.headline = match (&report.calibration, result.drill) {
                (Some(calibration), _) => {
                    let spread = Value::Decimal(calibration.spread_deg, 1);
                    words.format("headline-calibration", &[("spread", spread)])
                }
                (None, DrillId::D0) => words.text("headline-calibration-failed"),
                (None, _) => words.say(&verdict::of_session(&result)),
            };
            DrillReport {
                result,
                repetitions: guide.repetitions().to_vec(),
                unlocked: Vec::new(),
            }
        });
        report.gaps = std::mem::take(&mut self.gaps);
        let cues = self.take_cues(words);
        Ending { report, cues, result }
    }

    fn calibration(&self, context: &SessionContext) -> Option<CalibrationReport> {
        if self.kind != SessionKind::Drill(DrillId::D0) {
            return None;
        }
        let mounts = self.pipeline.mounts();
        let spread_deg = self.pipeline.neutral()?.spread_deg;
        let complete = !mounts.is_empty() && mounts.len() >= context.connected.len();
        (complete && spread_deg <= MAX_SPREAD_DEG).then_some(CalibrationReport { mounts, spread_deg })
    }

    fn say_ending(&mut self, result: Option<&DrillResult>, calibration: Option<&CalibrationReport>) {
        let spread = |degrees: f64| Argument::Decimal {
            value: degrees,
            digits: 1,
        };
        let message = match (result, calibration) {
            (_, Some(calibration)) => {
                Message::plain("calibration-done").with("spread", spread(calibration.spread_deg))
            }
            (Some(result), None) if result.drill == DrillId::D0 => {
                match self
                    .pipeline
                    .neutral()
                    .filter(|neutral| neutral.spread_deg > MAX_SPREAD_DEG)
                {
                    Some(neutral) => {
                        Message::plain("calibration-wide").with("spread", spread(neutral.spread_deg))
                    }
                    None => Message::plain("calibration-forward-unknown"),
                }
            }
            (Some(result), None) => verdict::of_session(result),
            (None, None) => Message::plain("run-finished"),
        };
        self.said.push((CueKind::Verdict, message));
        if self
            .guide
            .as_ref()
            .is_none_or(|guide| guide.drill().mastery.is_some())
        {
            self.said
                .push((CueKind::Question, Message::plain("how-do-you-feel")));
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            neutral: self.pipeline.neutral(),
            streamed: Site::ALL.map(|site| self.streams[site.index()].last_arrival().is_some()),
            has_gyro: Site::ALL.map(|site| self.pipeline.has_gyro(site)),
            gaps: &self.gaps,
        }
    }
}
