//! The one state machine of the product.
//!
//! Takes time as data, touches nothing outside. Invariant: the same context and inputs give the same outputs, bit for bit.

mod completed;
mod display;
mod gates;

use std::collections::VecDeque;

use thiserror::Error;

use super::{
    input::{CheckIn, Command, Input},
    live::{Ending, Session},
    log::{LogEntry, SessionContext},
    output::{Output, SessionKind, StoreRequest},
    plan::{Entry, Event, known},
    report::SessionReport,
};
use crate::{
    cause::rank,
    drill::{
        DrillId,
        progression::{Known, Progress, feedback_for_next, progress},
    },
    lean::model::LeanModel,
    pod::{conversation::StreamSetup, kind::PodKind, link::LinkEvent, site::Site},
    session::screen::{CoachView, PhaseView},
    units::Timestamp,
    words::Words,
};

/// Time between two looks at a session without any input, seconds. Ours.
const TICK_S: f64 = 0.5;

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
    /// How the connected pods stream, where that is not a Lean Pod's way.
    setups: [Option<StreamSetup>; Site::ALL.len()],
    finished: Option<Box<SessionReport>>,
    /// What pods had stored of the run that ended last still belongs to it.
    run_open: bool,
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
            now: context
                .course
                .drills
                .last()
                .map_or(Timestamp(0), |result| result.at),
            context: SessionContext {
                model: model.name().to_owned(),
                ..context
            },
            model,
            words,
            session: None,
            setups: Default::default(),
            finished: None,
            run_open: false,
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
        let mut began = false;
        if let Input::Command(command @ (Command::StartDrill(_) | Command::StartRun)) = &input {
            self.start(command)?;
            began = true;
        }
        if matches!(input, Input::Command(Command::Finish)) && self.session.is_none() {
            return Err(Refusal::NotNow(self.words.text("refused-nothing-to-finish")));
        }
        if matches!(input, Input::Command(Command::Ask)) && self.session.is_none() {
            return Err(Refusal::NotNow(self.words.text("refused-nothing-to-ask")));
        }
        if self.session.is_some() || self.completes_run(&input) {
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
        self.take(input);
        if let Some(session) = &mut self.session {
            session.tick(self.now);
            for cue in session.take_cues(&self.words) {
                self.outputs.push_back(Output::Cue(cue));
            }
        }
        self.refresh();
        if began {
            self.repeat_setups(now)?;
        }
        Ok(())
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Command(Command::Finish) => self.finish(),
            Input::Link(event) => self.link(&event),
            Input::CheckIn(check_in) => self.check_in(check_in),
            Input::Location(location) => {
                if let Some(session) = &mut self.session {
                    session.location(self.now, location);
                }
            }
            Input::Command(Command::Ask) => {
                if let Some(session) = &mut self.session {
                    session.ask();
                }
            }
            Input::Answer(answer) => {
                if let Some(session) = &mut self.session {
                    session.answer(self.now, answer);
                }
            }
            Input::Command(Command::StartDrill(_) | Command::StartRun) | Input::Tick => {}
        }
    }

    /// A session's log must say how the pods stream that were connected before it began.
    fn repeat_setups(&mut self, now: Timestamp) -> Result<(), Refusal> {
        for (site, setup) in Site::ALL.into_iter().zip(self.setups.clone()) {
            if let Some(setup) = setup {
                self.handle(now, Input::Link(LinkEvent::Connected { site, setup }))?;
            }
        }
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

    /// The sentences in the runner's language.
    #[must_use]
    pub const fn words(&self) -> &Words {
        &self.words
    }

    /// The model back, of a coach that is no longer needed.
    pub(super) fn into_model(self) -> Box<dyn LeanModel> {
        self.model
    }

    fn store(&mut self, request: StoreRequest) {
        self.outputs.push_back(Output::Store(request));
    }

    /// What the runs so far ask for, open and keep away.
    fn known(&self) -> Known {
        let course = &self.context.course;
        known(&rank(&course.evidence()), course)
    }

    fn progress(&self) -> Progress {
        progress(&self.context.course.drills, &self.known(), self.now)
    }

    fn start(&mut self, command: &Command) -> Result<(), Refusal> {
        if self.session.is_some() {
            return Err(Refusal::NotNow(self.words.text("refused-already-going")));
        }
        if self.context.lean_pods() == 0 {
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
            SessionKind::Drill(drill) => feedback_for_next(&self.context.course.drills, drill, self.now),
            SessionKind::Run => false,
        };
        (self.finished, self.run_open) = (None, false);
        self.store(StoreRequest::Begin { at: self.now, kind });
        self.store(StoreRequest::Append(LogEntry::Context(Box::new(
            self.context.clone(),
        ))));
        self.session = Some(Session::begin(self.now, kind, feedback, &self.context));
        Ok(())
    }

    fn link(&mut self, event: &LinkEvent) {
        let connected = &mut self.context.connected;
        match event {
            LinkEvent::Connected { site, .. } | LinkEvent::Notification { site, .. } => {
                if !connected.contains(site) {
                    connected.push(*site);
                    connected.sort_unstable();
                }
            }
            LinkEvent::Lost { site } => connected.retain(|other| other != site),
        }
        if let Some(kept) = self.setups.get_mut(event.site().index()) {
            match event {
                LinkEvent::Connected { setup, .. } => {
                    *kept = Some(setup.clone()).filter(|setup| setup.kind != PodKind::LeanPod);
                }
                LinkEvent::Lost { .. } => *kept = None,
                LinkEvent::Notification { .. } => {}
            }
        }
        match (&mut self.session, event) {
            (Some(session), LinkEvent::Connected { site, setup }) => session.connected(*site, setup),
            // What came late cannot be told live any more; the log keeps it for the end.
            (Some(session), LinkEvent::Notification { site, bytes, .. }) if event.is_stored() => {
                session.stored(*site, bytes);
            }
            (
                Some(session),
                LinkEvent::Notification {
                    site,
                    characteristic,
                    bytes,
                },
            ) => session.notification(self.now, *site, *characteristic, bytes, self.model.as_ref()),
            _ => {}
        }
    }

    fn check_in(&mut self, check_in: CheckIn) {
        self.context.course.take(Entry {
            at: self.now,
            event: Event::CheckIn(check_in),
        });
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
            self.context.course.drills.push(result);
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
        self.run_open = report.kind == SessionKind::Run;
        self.finished = Some(Box::new(report));
    }

    /// The next run is judged against what this one taught too.
    fn learn(&mut self, report: &SessionReport) {
        if let Some(seen) = &report.seen {
            self.context.course.take(Entry {
                at: report.started_at,
                event: Event::Run(Box::new(seen.clone())),
            });
            self.context.own = self.context.course.own().or(self.context.own);
        }
    }
}
