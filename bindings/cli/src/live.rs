//! A session followed live: inputs into the coach, cues out, everything kept in the history.
//!
//! Decides nothing: what to say and when is the coach's. Invariant: between two inputs the coach is woken at each
//! deadline it named, as a phone would.

use std::time::{Duration, Instant};

use plumbline_core::{
    drill::{DrillId, gate::Closed},
    io::{host::Host, sqlite::SqliteHistory},
    lean::model::LeanModel,
    ports::HistoryStore,
    session::{
        coach::{Coach, Refusal},
        input::{Command, Input},
        log::SessionContext,
        output::{Cue, CueKind},
        report::SessionReport,
    },
    units::Timestamp,
    view::PhaseView,
    words::Words,
};

use crate::{
    Common,
    failure::Failure,
    language::{Language, clock},
    model,
    report::text::wrap,
    store,
    terminal::Paint,
};

/// Why the coach did not follow, in the runner's language.
pub(crate) fn refused(refusal: &Refusal, language: Language) -> Failure {
    let words = Words::new(language.tag());
    let closed = |closed: Closed| {
        let (reason, open) = (closed.reason(), closed.still_allowed());
        format!("{} {}", words.say(&reason), words.say(&open))
    };
    Failure::Failed(match refusal {
        Refusal::NoPod => closed(Closed::NoPod),
        Refusal::NotCalibrated => closed(Closed::Calibrate),
        Refusal::DrillLocked { reason, .. } | Refusal::NotNow(reason) => reason.clone(),
    })
}

/// Most wake-ups between two inputs: a coach that names one moment for ever would never let go.
const MOST_TICKS: usize = 100_000;

/// What a crash may cost, on the clock of whoever waits for the program: a script may play faster than time.
const FLUSH_EVERY: Duration = Duration::from_secs(1);
/// Time between two tries while the history fails: a locked file blocks for 2 s at each.
const RETRY_EVERY: Duration = Duration::from_secs(10);

/// A coach with its history, fed by a script.
pub(crate) struct Player {
    host: Host,
    language: Language,
    flushed: Instant,
    began_at: Option<Timestamp>,
    last_at: Timestamp,
}

impl Player {
    /// A coach that knows what the history holds.
    pub(crate) fn open(common: &Common) -> Result<Self, Failure> {
        let history = store::open(common)?;
        let model = model::best();
        let mut context = history
            .context()
            .map_err(|error| Failure::failed("failed to read the history", &error))?;
        context.model = model.name().to_string();
        Ok(Self::of(common, context, model, Box::new(history)))
    }

    /// A coach that knows this, and whose history lasts as long as the command.
    pub(crate) fn rehearsing(common: &Common, context: SessionContext) -> Result<Self, Failure> {
        let history = SqliteHistory::open_in_memory()
            .map_err(|error| Failure::failed("failed to open a history in memory", &error))?;
        Ok(Self::of(common, context, model::best(), Box::new(history)))
    }

    fn of(
        common: &Common,
        context: SessionContext,
        model: Box<dyn LeanModel>,
        history: Box<dyn HistoryStore + Send>,
    ) -> Self {
        let context = SessionContext {
            language: common.language.tag().to_string(),
            ..context
        };
        Self {
            host: Host::new(Coach::new(context, model), history).stored_by_caller(),
            language: common.language,
            flushed: Instant::now(),
            began_at: None,
            last_at: Timestamp(i64::MIN),
        }
    }

    /// The drill whose question waits for an answer, and its phase.
    pub(crate) fn question(&self) -> Option<(DrillId, u32)> {
        match &self.host.view().phase {
            PhaseView::Drilling(view) if view.question.is_some() => Some((view.drill, view.phase)),
            _ => None,
        }
    }

    /// Whether the last check-in named a pain; a history that does not answer has named none.
    pub(crate) fn hurt_last(&self) -> bool {
        let context = self.host.history().context();
        let check_in = context
            .ok()
            .and_then(|context| context.course.check_ins.last().cloned());
        check_in.is_some_and(|(_, check_in)| !check_in.pain.is_empty())
    }

    /// The end of the newest session of the history, so that the next one comes after it.
    pub(crate) fn newest_end(&self) -> Option<Timestamp> {
        let newest = self.host.history().sessions(None, 1).ok()?.into_iter().next()?;
        Some(newest.started_at.plus_seconds(newest.duration_s.unwrap_or(0.0)))
    }

    /// Takes one input and gives what the coach says to it; a refusal changes nothing.
    pub(crate) fn take(&mut self, at: Timestamp, input: Input) -> (Vec<Cue>, Option<Refusal>) {
        // Deadlines before the first input belong to no session of this player.
        if self.last_at.0 != i64::MIN {
            self.wake_until(at);
        }
        self.last_at = self.last_at.max(at);
        if matches!(input, Input::Command(Command::StartDrill(_) | Command::StartRun)) {
            self.began_at = Some(at);
        }
        let refusal = self.host.handle(at, input).err();
        let pause = match self.host.storage_trouble() {
            Some(_) => RETRY_EVERY,
            None => FLUSH_EVERY,
        };
        if self.flushed.elapsed() >= pause {
            self.host.flush(self.last_at);
            self.flushed = Instant::now();
        }
        (self.host.take_cues(), refusal)
    }

    fn wake_until(&mut self, at: Timestamp) {
        for _ in 0..MOST_TICKS {
            match self.host.next_deadline() {
                Some(deadline) if deadline < at => {
                    // Time alone is never refused.
                    let _ = self.host.handle(deadline.max(self.last_at), Input::Tick);
                }
                _ => return,
            }
        }
    }

    /// Whether a drill or a run is going on.
    pub(crate) fn is_going_on(&self) -> bool {
        matches!(
            self.host.view().phase,
            PhaseView::Drilling(_) | PhaseView::Running(_)
        )
    }

    /// Whether a pod has sent samples for long enough to know its rate.
    pub(crate) fn streams(&self) -> bool {
        self.host.view().pods.iter().any(|pod| pod.rate_hz.is_some())
    }

    /// Stores what waits and gives the report of the session that just ended.
    pub(crate) fn finished(&mut self) -> Result<SessionReport, Failure> {
        self.host.flush(self.last_at);
        if let Some(trouble) = self.host.storage_trouble() {
            return Err(Failure::failed("failed to keep the session", trouble));
        }
        let Some(id) = self.host.last_finished() else {
            return Err(Failure::Failed("no session was finished".to_string()));
        };
        self.host
            .history()
            .report(&id)
            .map_err(|error| Failure::failed("failed to read the report", &error))
    }

    /// The report of the session that just ended, stored or not.
    pub(crate) fn last_report(&self) -> Option<SessionReport> {
        match &self.host.view().phase {
            PhaseView::Finished(report) => Some((**report).clone()),
            _ => None,
        }
    }

    /// The drills that are mastered.
    pub(crate) fn mastered(&self) -> Vec<DrillId> {
        self.host
            .view()
            .drills
            .iter()
            .filter(|row| row.mastered)
            .map(|row| row.drill)
            .collect()
    }

    /// A cue as one line, with the time since the session began.
    pub(crate) fn line(&self, cue: &Cue, paint: Paint) -> String {
        let began_at = self.began_at.unwrap_or(cue.at);
        let time = paint.dim(&format!("{:>7}", clock(cue.at.seconds_since(began_at))));
        let text = match cue.kind {
            CueKind::Image => self.language.quoted(&cue.text),
            CueKind::Instruction | CueKind::Verdict | CueKind::Pod | CueKind::Question => cue.text.clone(),
        };
        let painted = wrap(&text, 70).into_iter().map(|line| match cue.kind {
            CueKind::Instruction => paint.bold(&line),
            CueKind::Image | CueKind::Verdict | CueKind::Question => line,
            CueKind::Pod => paint.dim(&line),
        });
        format!("{time}  {}", painted.collect::<Vec<_>>().join("\n         "))
    }
}
