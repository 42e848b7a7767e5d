//! The one state machine of the product.
//!
//! Takes time as data, touches nothing outside. Invariant: the same context and inputs give the same outputs, bit for bit.

use std::collections::VecDeque;

use thiserror::Error;

use super::{
    input::{CheckIn, Command, Input},
    live::{Ending, Session},
    log::{LogEntry, SessionContext},
    output::{Output, SessionKind, StoreRequest},
    report::SessionReport,
};
use crate::{
    drill::{
        DrillId, DrillResult,
        catalog::Drill,
        gate::{Closed, GateInput, LastCheckIn, PainReport, may_start},
        progression::{Progress, feedback_for_next, progress},
    },
    lean::{
        band::{EarlierRun, OwnReference},
        model::LeanModel,
    },
    pod::{link::LinkEvent, site::Site},
    session::screen::{CalibrationView, CoachView, DrillRowView, PhaseView, PodView},
    units::Timestamp,
    words::{Value, Words},
};

/// Time between two looks at a session without any input, seconds.
const TICK_S: f64 = 0.5;
/// A screen changes at most this often during a session, seconds.
const REFRESH_S: f64 = 0.1;

/// Why a command was refused; nothing changed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// No pod streams.
    #[error("no pod is connected")]
    NoPod,
    /// The drill needs a fresh neutral first.
    #[error("stand for a calibration first")]
    NotCalibrated,
    /// The drill is locked, or a gate is shut; says why, kindly.
    #[error("{drill:?} is not open now: {reason}")]
    DrillLocked {
        /// Which drill.
        drill: DrillId,
        /// Why, in the runner's language.
        reason: String,
    },
    /// Not while this is going on.
    #[error("not now: {0}")]
    NotNow(String),
}

/// Commands and pod bytes in; cues, views and records out.
pub struct Coach {
    context: SessionContext,
    model: Box<dyn LeanModel>,
    words: Words,
    session: Option<Session>,
    finished: Option<Box<SessionReport>>,
    now: Timestamp,
    refreshed_at: Timestamp,
    outputs: VecDeque<Output>,
    view: CoachView,
}

impl Coach {
    /// A coach that knows `context` of the past and judges with `model`.
    #[must_use]
    pub fn new(context: SessionContext, model: Box<dyn LeanModel>) -> Self {
        let words = Words::new(&context.language);
        let view = CoachView {
            phase: PhaseView::Idle,
            pods: Vec::new(),
            calibration: None,
            drills: Vec::new(),
            next_step: String::new(),
        };
        let mut coach = Self {
            now: context.drills.last().map_or(Timestamp(0), |result| result.at),
            context: SessionContext {
                model: model.name().to_owned(),
                ..context
            },
            model,
            words,
            session: None,
            finished: None,
            refreshed_at: Timestamp(0),
            outputs: VecDeque::new(),
            view,
        };
        coach.refresh();
        coach
    }

    /// Takes one input; drain [`Coach::poll_output`] afterwards. A refused command changes nothing.
    /// Time that goes back counts as standing still.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Result<(), Refusal> {
        self.now = self.now.max(now);
        if let Input::Command(command @ (Command::StartDrill(_) | Command::StartRun)) = &input {
            self.start(command)?;
        }
        if matches!(input, Input::Command(Command::Finish)) && self.session.is_none() {
            return Err(Refusal::NotNow(self.words.text("refused-nothing-to-finish")));
        }
        if self.session.is_some() {
            self.store(StoreRequest::Append(LogEntry::Input {
                at: self.now,
                input: input.clone(),
            }));
        } else if let Input::CheckIn(check_in) = &input {
            self.store(StoreRequest::CheckIn {
                at: self.now,
                check_in: check_in.clone(),
            });
        }
        match input {
            Input::Command(Command::Finish) => self.finish(),
            Input::Link(event) => self.link(&event),
            Input::CheckIn(check_in) => self.check_in(check_in),
            Input::Command(_) | Input::Tick => {}
        }
        if let Some(session) = &mut self.session {
            session.tick(self.now);
            for cue in session.take_cues(&self.words) {
                self.outputs.push_back(Output::Cue(cue));
            }
        }
        self.refresh();
        Ok(())
    }

    /// The next output, until `None`.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come back with [`Input::Tick`] at the latest; `None` when nothing is going on.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.session.as_ref().map(|_| self.now.plus_seconds(TICK_S))
    }

    /// What the screens show.
    #[must_use]
    pub fn view(&self) -> &CoachView {
        &self.view
    }

    fn store(&mut self, request: StoreRequest) {
        self.outputs.push_back(Output::Store(request));
    }

    fn progress(&self) -> Progress {
        progress(&self.context.drills, self.now)
    }

    fn start(&mut self, command: &Command) -> Result<(), Refusal> {
        if self.session.is_some() {
            return Err(Refusal::NotNow(self.words.text("refused-already-going")));
        }
        if self.context.connected.is_empty() {
            return Err(Refusal::NoPod);
        }
        let kind = match command {
            Command::StartDrill(drill) => {
                self.gate(*drill)?;
                SessionKind::Drill(*drill)
            }
            _ => SessionKind::Run,
        };
        let feedback = match kind {
            SessionKind::Drill(drill) => feedback_for_next(&self.context.drills, drill, self.now),
            SessionKind::Run => false,
        };
        self.finished = None;
        self.store(StoreRequest::Begin { at: self.now, kind });
        self.store(StoreRequest::Append(LogEntry::Context(Box::new(
            self.context.clone(),
        ))));
        self.session = Some(Session::begin(self.now, kind, feedback, &self.context));
        Ok(())
    }

    fn gate(&self, drill: DrillId) -> Result<(), Refusal> {
        let Err(closed) = may_start(drill, &self.gate_input()) else {
            return Ok(());
        };
        let Some(first) = closed.first() else {
            return Ok(());
        };
        Err(match first {
            Closed::NoPod => Refusal::NoPod,
            Closed::Calibrate => Refusal::NotCalibrated,
            other => Refusal::DrillLocked {
                drill,
                reason: format!(
                    "{} {}",
                    self.words.say(&other.reason()),
                    self.words.say(&other.still_allowed())
                ),
            },
        })
    }

    fn gate_input(&self) -> GateInput {
        let hours = |at: Timestamp| self.now.seconds_since(at) / 3600.0;
        let pain = |check_in: &CheckIn| {
            let report = |pain: &super::input::Pain| PainReport {
                level: pain.level,
                sharp: pain.sharp,
                limping: pain.limping,
                rising: pain.rising,
            };
            check_in.pain.iter().map(report).collect()
        };
        let practised = |result: &&DrillResult| Drill::of(result.drill).mastery.is_some();
        let last_drill = self
            .context
            .drills
            .iter()
            .filter(practised)
            .map(|result| result.at)
            .max();
        GateInput {
            check_in: self.context.check_in.as_ref().map(|(at, check_in)| LastCheckIn {
                age_hours: hours(*at),
                drill_since: last_drill.is_some_and(|drill| drill > *at),
                pain: pain(check_in),
            }),
            calibration_age_hours: self.context.calibrated_at.map(hours),
            unlocked: self.progress().unlocked,
            chest_live: self.context.connected.contains(&Site::Chest),
            pelvis_live: self.context.connected.contains(&Site::Pelvis),
        }
    }

    fn link(&mut self, event: &LinkEvent) {
        let connected = &mut self.context.connected;
        match event {
            LinkEvent::Connected { site } | LinkEvent::Notification { site, .. } => {
                if !connected.contains(site) {
                    connected.push(*site);
                    connected.sort_unstable();
                }
            }
            LinkEvent::Lost { site } => connected.retain(|other| other != site),
        }
        if let (Some(session), LinkEvent::Notification { site, bytes }) = (&mut self.session, event) {
            session.notification(self.now, *site, bytes, self.model.as_ref());
        }
    }

    fn check_in(&mut self, check_in: CheckIn) {
        self.context.check_in = Some((self.now, check_in));
    }

    fn finish(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        let before = self.progress().unlocked;
        let Ending {
            mut report,
            cues,
            result,
        } = session.finish(self.now, &self.context, self.model.as_ref(), &self.words);
        self.outputs.extend(cues.into_iter().map(Output::Cue));
        if let Some(result) = result {
            self.context.drills.push(result);
        }
        if let Some(calibration) = &report.calibration {
            self.context.mounts.clone_from(&calibration.mounts);
            self.context.calibrated_at = Some(self.now);
        }
        self.learn(&report);
        let after = self.progress();
        if let Some(drill) = &mut report.drill {
            drill.unlocked = after
                .unlocked
                .iter()
                .filter(|id| !before.contains(id))
                .copied()
                .collect();
        }
        self.store(StoreRequest::Finish(Box::new(report.clone())));
        self.finished = Some(Box::new(report));
    }

    /// The next run is judged against what this one taught too.
    fn learn(&mut self, report: &SessionReport) {
        if report.kind == SessionKind::Run {
            self.context.runs.push(EarlierRun::from(&report.summary));
            self.context.own = OwnReference::learned(&self.context.runs).or(self.context.own);
        }
    }

    fn refresh(&mut self) {
        let since = self.now.seconds_since(self.refreshed_at);
        if self.session.is_some() && matches!(self.view.phase, PhaseView::Drilling(_) | PhaseView::Running(_))
        {
            if since >= REFRESH_S {
                self.refresh_session();
            }
            return;
        }
        self.refreshed_at = self.now;
        let view = CoachView {
            phase: match (&self.session, &self.finished) {
                (Some(session), _) => session.phase_view(self.now, &self.words),
                (None, Some(report)) => PhaseView::Finished(report.clone()),
                (None, None) => PhaseView::Idle,
            },
            pods: self.pods(),
            calibration: self.context.calibrated_at.map(|at| CalibrationView {
                spread_deg: self
                    .context
                    .mounts
                    .iter()
                    .map(|(_, m)| m.neutral.spread_deg)
                    .fold(0.0, f64::max),
                age_s: self.now.seconds_since(at).floor(),
            }),
            drills: self.drill_rows(),
            next_step: self.next_step(),
        };
        if view != self.view {
            self.view = view;
            self.outputs.push_back(Output::Changed);
        }
    }

    /// While a session goes on only its own screen and the pods change.
    fn refresh_session(&mut self) {
        self.refreshed_at = self.now;
        let Some(session) = &self.session else { return };
        let phase = session.phase_view(self.now, &self.words);
        let pods = self.pods();
        if phase != self.view.phase || pods != self.view.pods {
            self.view.phase = phase;
            self.view.pods = pods;
            self.outputs.push_back(Output::Changed);
        }
    }

    fn pods(&self) -> Vec<PodView> {
        let connected = self.context.connected.iter();
        let idle = |site: &Site| PodView {
            site: *site,
            live: true,
            rate_hz: None,
            missing: 0.0,
        };
        connected
            .map(|site| {
                let session = self.session.as_ref();
                session.map_or_else(|| idle(site), |session| session.pod_view(*site, self.now))
            })
            .collect()
    }

    fn drill_rows(&self) -> Vec<DrillRowView> {
        let progress = self.progress();
        let row = |drill: &&'static Drill| {
            let unlocked = progress.unlocked.contains(&drill.id);
            let opener = drill.opened_by.filter(|_| !unlocked);
            DrillRowView {
                drill: drill.id,
                title: self.words.text(drill.title),
                unlocked,
                mastered: progress.mastered.contains(&drill.id),
                locked_because: opener
                    .map(|opened_by| self.words.say(&Closed::Locked { opened_by }.reason())),
            }
        };
        Drill::ALL.iter().map(row).collect()
    }

    /// What stands between the runner and the next drill, or that drill.
    fn next_step(&self) -> String {
        let next = self.progress().next;
        let closed = may_start(next, &self.gate_input()).err().unwrap_or_default();
        let step = match closed.first() {
            Some(Closed::Pain(_) | Closed::PainGrows) => "next-step-rest",
            Some(Closed::NoPod) => "next-step-connect",
            Some(Closed::AskFirst) if self.context.connected.is_empty() => "next-step-connect",
            Some(Closed::AskFirst) => "next-step-check-in",
            Some(Closed::Calibrate) => "next-step-calibrate",
            Some(Closed::Locked { .. } | Closed::SecondPod) | None => {
                let title = self.words.text(Drill::of(next).title);
                return self
                    .words
                    .format("next-step-drill", &[("drill", Value::Text(&title))]);
            }
        };
        self.words.text(step)
    }
}
