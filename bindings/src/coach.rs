//! The object a shell drives: commands and pod bytes in, news out.
//!
//! Decides nothing. Invariant: each method reads the clock, locks, hands on and unlocks, and only then tells.

#[cfg(test)]
mod tests;

mod motion;
mod pods;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool};

use plumbline_core::{
    drill::DrillId,
    io::{clock::SystemClock, host::Host, model::best_model, shared::SharedHistory, sqlite::SqliteHistory},
    pod::{link::LinkEvent, site::Site},
    ports::{Clock, HistoryStore},
    session::{
        coach,
        input::{Answer, CheckIn, Command, Input},
        log::SessionContext,
    },
    units::Timestamp,
};

use crate::{
    error::CoachError,
    history::History,
    observer::{CoachObserver, HostClock, Item, News},
    views::CoachView,
};

/// The end of the scale pain is told on.
const WORST_PAIN: u8 = 10;

/// What a coach needs to begin.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CoachConfig {
    /// The history file, made when missing; absent keeps the history in memory only.
    pub history_path: Option<String>,
    /// The runner's language, a BCP 47 tag; an unknown one gives English.
    pub language: String,
}

/// One runner's coach. Calls may come from any thread and answers arrive at the observer; about once a second a
/// call writes to the history, so call off the main thread.
#[derive(uniffi::Object)]
pub struct Coach {
    host: Mutex<Host>,
    history: SharedHistory<SqliteHistory>,
    clock: Time,
    news: News,
    /// The core's own radio was opened, and is to be again after a sleep.
    #[cfg_attr(not(feature = "btleplug"), allow(dead_code, reason = "there is no own radio"))]
    radio_wanted: AtomicBool,
}

#[uniffi::export]
impl Coach {
    /// A coach on the machine's own clock. Opens the history and waits for it.
    #[uniffi::constructor]
    pub fn new(
        config: CoachConfig,
        observer: Option<Arc<dyn CoachObserver>>,
    ) -> Result<Arc<Self>, CoachError> {
        Self::open(config, observer, Time::Machine(Arc::new(SystemClock::new())))
    }

    /// A coach on the host's clock, for replay and for tests. Opens the history and waits for it.
    #[uniffi::constructor]
    pub fn with_clock(
        config: CoachConfig,
        observer: Option<Arc<dyn CoachObserver>>,
        clock: Arc<dyn HostClock>,
    ) -> Result<Arc<Self>, CoachError> {
        Self::open(config, observer, Time::Host(clock))
    }

    /// A pod began to stream.
    pub fn connected(&self, site: Site) -> Result<(), CoachError> {
        self.handle(Input::Link(LinkEvent::lean_pod_connected(site)))
    }

    /// The bytes of one notification, as they came. Bytes that are no frame are never refused: the log keeps them
    /// and the view counts them as `missing`.
    pub fn notification(&self, site: Site, bytes: Vec<u8>) -> Result<(), CoachError> {
        self.handle(Input::Link(LinkEvent::lean_pod_block(site, bytes)))
    }

    /// The link to a pod is gone.
    pub fn lost(&self, site: Site) -> Result<(), CoachError> {
        self.handle(Input::Link(LinkEvent::Lost { site }))
    }

    /// How the runner feels, before or after practice; a level of pain beyond 10 means nothing.
    pub fn check_in(&self, check_in: CheckIn) -> Result<(), CoachError> {
        if let Some(pain) = check_in.pain.iter().find(|pain| pain.level > WORST_PAIN) {
            return Err(CoachError::Invalid {
                detail: format!("a pain of {} is beyond {WORST_PAIN}", pain.level),
            });
        }
        self.handle(Input::CheckIn(check_in))
    }

    /// Begins a drill; D0 is the calibration.
    pub fn start_drill(&self, drill: DrillId) -> Result<(), CoachError> {
        self.handle(Input::Command(Command::StartDrill(drill)))
    }

    /// Begins a run.
    pub fn start_run(&self) -> Result<(), CoachError> {
        self.handle(Input::Command(Command::StartRun))
    }

    /// What the runner says of what was just done, when the drill asks; changes nothing otherwise.
    pub fn answer(&self, answer: Answer) -> Result<(), CoachError> {
        self.handle(Input::Answer(answer))
    }

    /// Has the coach say how it goes, in a session that is otherwise quiet too.
    pub fn ask(&self) -> Result<(), CoachError> {
        self.handle(Input::Command(Command::Ask))
    }

    /// Ends what is going on; the id finds its report in the history, absent when nothing was kept.
    pub fn finish(&self) -> Result<Option<String>, CoachError> {
        self.handle_then(Input::Command(Command::Finish), Host::last_finished)
            .map(|id| id.map(|id| id.0))
    }

    /// Lets time pass, and hears the core's own radio where it is open; call it by `next_deadline_us`.
    pub fn tick(&self) -> Result<(), CoachError> {
        self.listen()?;
        self.handle(Input::Tick)
    }

    /// When `tick` is due at the latest, on the coach's clock; absent when nothing is going on and no pod is near.
    #[must_use]
    pub fn next_deadline_us(&self) -> Option<i64> {
        self.host().next_deadline().map(|at| at.0)
    }

    /// What the screens show now.
    #[must_use]
    pub fn view(&self) -> CoachView {
        self.host().view().clone().into()
    }

    /// Why the history could not be written lately, a sentence; absent once everything is kept.
    #[must_use]
    pub fn storage_trouble(&self) -> Option<String> {
        self.host().storage_trouble().map(ToString::to_string)
    }

    /// The sessions so far.
    #[must_use]
    pub fn history(&self) -> Arc<History> {
        Arc::new(History::new(self.history.clone()))
    }

    /// Writes what is left and lets go of the history file and of the core's own radio, before the system stops the app.
    pub fn suspend(&self) -> Result<(), CoachError> {
        let mut host = self.host();
        let now = self.clock.now()?;
        host.close_radio(now);
        host.flush(now);
        self.history.with(SqliteHistory::suspend);
        Ok(())
    }

    /// Takes the history file and the radio back, and writes what waited for it; can be tried again when it fails.
    pub fn resume(&self) -> Result<(), CoachError> {
        let mut host = self.host();
        if host.next_deadline().is_none() {
            self.clock.catch_up();
        }
        let now = self.clock.now()?;
        self.history.with(SqliteHistory::resume)?;
        host.flush(now);
        drop(host);
        self.reopen_radio()
    }
}

impl Coach {
    fn open(
        config: CoachConfig,
        observer: Option<Arc<dyn CoachObserver>>,
        clock: Time,
    ) -> Result<Arc<Self>, CoachError> {
        let history = SharedHistory::new(match config.history_path {
            Some(path) => SqliteHistory::open(path)?,
            None => SqliteHistory::open_in_memory()?,
        });
        let context = SessionContext {
            language: config.language,
            ..history.context()?
        };
        let coach = coach::Coach::new(context, best_model());
        let host = Mutex::new(Host::new(coach, Box::new(history.clone())));
        Ok(Arc::new(Self {
            host,
            history,
            clock,
            news: News::new(observer),
            radio_wanted: AtomicBool::new(false),
        }))
    }

    fn handle(&self, input: Input) -> Result<(), CoachError> {
        self.handle_then(input, |_| ())
    }

    /// Hands the input on and asks `then` before another thread can change the answer.
    fn handle_then<Answer>(
        &self,
        input: Input,
        then: impl FnOnce(&Host) -> Answer,
    ) -> Result<Answer, CoachError> {
        self.with(|host, now| {
            host.handle(now, input)?;
            Ok(then(host))
        })
    }

    /// Does `work` under the lock, and then tells what came of it.
    fn with<Answer>(
        &self,
        work: impl FnOnce(&mut Host, Timestamp) -> Result<Answer, CoachError>,
    ) -> Result<Answer, CoachError> {
        let answer = {
            let mut host = self.host();
            // Read under the lock, so that times come in the order of the inputs.
            let answer = work(&mut host, self.clock.now()?);
            let view = host
                .take_changed()
                .then(|| Item::View(Box::new(host.view().clone().into())));
            let cues = host.take_cues().into_iter().map(|cue| Item::Cue(cue.into()));
            let requests = host.take_radio_requests().into_iter();
            let requests = requests.map(|request| Item::Radio(request.into()));
            self.news.add(view.into_iter().chain(cues).chain(requests));
            answer
        };
        self.news.tell();
        answer
    }

    fn host(&self) -> MutexGuard<'_, Host> {
        self.host.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the time comes from.
enum Time {
    Machine(Arc<SystemClock>),
    Host(Arc<dyn HostClock>),
}

impl Time {
    fn now(&self) -> Result<Timestamp, CoachError> {
        match self {
            Self::Machine(clock) => Ok(clock.now()),
            Self::Host(clock) => Ok(Timestamp(clock.now_us()?)),
        }
    }

    /// Makes up for the time the machine slept; a host's own clock does so itself.
    fn catch_up(&self) {
        if let Self::Machine(clock) = self {
            clock.catch_up();
        }
    }
}
