//! Joins a coach with its pods and with the history that keeps its sessions.
//!
//! Decides nothing: it hands outputs to whoever they are for. Invariant: a session's begin, inputs and report
//! reach the store in the order the coach gave them; what cannot be stored stays here and is tried again.

mod completion;
mod motion;
mod radio;
mod unstored;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

pub use self::completion::Awaited;
use self::{completion::Completion, motion::Motions, radio::Radio, unstored::Unstored};
use crate::{
    pod::{pairing::RememberedPod, site::Site},
    ports::{HistoryStore, SessionId, StoreError},
    session::{
        coach::{Coach, Refusal},
        complete::is_stored_block,
        input::{CheckIn, Command, Input},
        output::{Cue, Output, StoreRequest},
    },
    units::Timestamp,
    view::CoachView,
    words::Words,
};

/// Longest time an input waits in memory, seconds: what a crash may cost. Ours.
const FLUSH_S: f64 = 1.0;

/// Time between two tries while the store fails, seconds: a locked file blocks for 2 s at each. Ours.
const RETRY_S: f64 = 5.0;

/// A coach that hears pods and whose sessions are kept.
pub struct Host {
    coach: Coach,
    radio: Radio,
    motions: Motions,
    desk: Desk,
    completion: Completion,
}

impl Host {
    /// Joins `coach` with `store`.
    #[must_use]
    pub fn new(coach: Coach, store: Box<dyn HistoryStore>) -> Self {
        Self {
            coach,
            radio: Radio::new(&*store),
            motions: Motions::new(),
            desk: Desk::new(store),
            completion: Completion::default(),
        }
    }

    /// Leaves it to the caller when inputs are stored, by [`Host::flush`]: for one who plays faster than time, where
    /// a second of the session is no measure of what a crash may cost. Begins and ends are still stored at once.
    #[must_use]
    pub fn stored_by_caller(mut self) -> Self {
        self.desk.flush_s = None;
        self
    }

    /// Takes one input, as [`Coach::handle`] does, and stores what is due.
    ///
    /// A store that fails is no refusal: see [`Host::storage_trouble`].
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Result<(), Refusal> {
        let is_tick = matches!(input, Input::Tick);
        if matches!(input, Input::Command(Command::StartDrill(_) | Command::StartRun)) {
            // The next session begins with what the last one taught.
            self.complete_run(now);
        }
        let answer = self.coach.handle(now, input);
        while let Some(output) = self.coach.poll_output() {
            self.desk.perform(output);
        }
        self.desk.store_due(now);
        self.follow_run(now);
        if is_tick {
            self.tick_pods(now);
        }
        answer
    }

    /// When to come back with [`Input::Tick`] at the latest: for the coach, for its pods, or to store what waits.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let coach = self.coach.next_deadline();
        let others = [
            self.radio.next_deadline(),
            self.desk.next_try(),
            self.completion.next_look(),
        ];
        coach.into_iter().chain(others.into_iter().flatten()).min()
    }

    /// Stores everything that waits, now: before the history is suspended or the app goes.
    pub fn flush(&mut self, now: Timestamp) {
        self.complete_run(now);
        self.desk.store_all(now);
    }

    /// What the screens show.
    #[must_use]
    pub fn view(&self) -> &CoachView {
        self.coach.view()
    }

    /// The sentences in the runner's language.
    #[must_use]
    pub const fn words(&self) -> &Words {
        self.coach.words()
    }

    /// Cues since the last call, in order.
    pub fn take_cues(&mut self) -> Vec<Cue> {
        std::mem::take(&mut self.desk.cues)
    }

    /// Whether the view changed since the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.desk.changed)
    }

    /// The last session that is stored with its report; `None` from a begin until its finish is stored.
    #[must_use]
    pub fn last_finished(&self) -> Option<SessionId> {
        self.desk.finished.clone()
    }

    /// Why the last try to store failed; `None` once everything is stored again.
    #[must_use]
    pub fn storage_trouble(&self) -> Option<&StoreError> {
        self.desk.trouble.as_ref()
    }

    /// The history, to read from.
    #[must_use]
    pub fn history(&self) -> &dyn HistoryStore {
        &*self.desk.store
    }
}

/// What changes in the pods the store remembers.
enum PodChange {
    Remember(RememberedPod),
    Forget(Site),
}

/// Where outputs go.
struct Desk {
    store: Box<dyn HistoryStore>,
    /// Sessions with something to store, oldest first; the last one may still be going on.
    unstored: VecDeque<Unstored>,
    /// Check-ins outside any session, oldest first.
    check_ins: Vec<(Timestamp, CheckIn)>,
    /// Pods that were paired or forgotten, oldest first.
    pods: Vec<PodChange>,
    /// A session began or ended, or the runner checked in: do not wait for the second to pass.
    urgent: bool,
    /// Longest time an input waits, seconds; `None` when the caller flushes.
    flush_s: Option<f64>,
    /// Something that a pod had stored came since the run was judged last.
    filled: bool,
    /// When the store was last written to, successfully or not.
    tried_at: Option<Timestamp>,
    trouble: Option<StoreError>,
    finished: Option<SessionId>,
    cues: Vec<Cue>,
    changed: bool,
}

impl Desk {
    fn new(store: Box<dyn HistoryStore>) -> Self {
        Self {
            store,
            unstored: VecDeque::new(),
            check_ins: Vec::new(),
            pods: Vec::new(),
            urgent: false,
            filled: false,
            flush_s: Some(FLUSH_S),
            tried_at: None,
            trouble: None,
            finished: None,
            cues: Vec::new(),
            changed: false,
        }
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Cue(cue) => self.cues.push(cue),
            Output::Changed => self.changed = true,
            Output::Store(StoreRequest::Begin { at, kind }) => {
                self.unstored.push_back(Unstored::new(at, kind));
                self.finished = None;
                self.filled = false;
                self.urgent = true;
            }
            Output::Store(StoreRequest::Append(entry)) => {
                self.filled |= is_stored_block(&entry);
                match (self.unstored.back_mut(), self.finished.clone()) {
                    (Some(session), _) => session.entries.push(entry),
                    (None, Some(id)) => self.unstored.push_back(Unstored::late(id, entry)),
                    (None, None) => log::error!("an input outside any session is not kept"),
                }
            }
            Output::Store(StoreRequest::CheckIn { at, check_in }) => {
                self.check_ins.push((at, check_in));
                self.urgent = true;
            }
            Output::Store(StoreRequest::Finish(report)) => match self.going_on() {
                Some(session) => {
                    session.report = Some(report);
                    self.urgent = true;
                }
                None => match self.finished.clone() {
                    Some(id) => {
                        self.unstored.push_back(Unstored::again(id, report));
                        self.urgent = true;
                    }
                    None => log::error!("a report outside any session is not kept"),
                },
            },
        }
    }

    /// The session that began last, until its report comes.
    fn going_on(&mut self) -> Option<&mut Unstored> {
        self.unstored
            .back_mut()
            .filter(|session| session.report.is_none())
    }

    /// The session that ended last with its report stored, if something came for it that its pods had stored.
    fn completable(&mut self) -> Option<SessionId> {
        let id = self.finished.clone().filter(|_| self.filled)?;
        self.filled = false;
        Some(id)
    }

    fn waiting(&self) -> bool {
        !self.check_ins.is_empty() || !self.pods.is_empty() || self.unstored.iter().any(Unstored::waiting)
    }

    fn next_try(&self) -> Option<Timestamp> {
        let flush_s = self.flush_s?;
        let pause_s = if self.trouble.is_some() { RETRY_S } else { flush_s };
        let tried_at = self.tried_at.filter(|_| self.waiting())?;
        Some(tried_at.plus_seconds(pause_s))
    }

    fn store_due(&mut self, now: Timestamp) {
        let due = match self.next_try() {
            Some(at) => at <= now,
            None => self.flush_s.is_some(),
        };
        if self.waiting() && (self.urgent || due) {
            self.store_all(now);
        }
    }

    fn keep_pod(&mut self, change: PodChange) {
        self.pods.push(change);
        self.urgent = true;
    }

    fn store_pods(&mut self) -> Result<(), StoreError> {
        while let Some(change) = self.pods.first() {
            match change {
                PodChange::Remember(pod) => self.store.remember_pod(pod)?,
                PodChange::Forget(site) => self.store.forget_pod(*site)?,
            }
            self.pods.remove(0);
        }
        Ok(())
    }

    fn store_check_ins(&mut self) -> Result<(), StoreError> {
        while let Some((at, check_in)) = self.check_ins.first() {
            self.store.check_in(*at, check_in)?;
            self.check_ins.remove(0);
        }
        Ok(())
    }

    /// Tries each session, so that one the store refuses does not hold up the next.
    fn store_all(&mut self, now: Timestamp) {
        self.tried_at = Some(now);
        self.urgent = false;
        self.trouble = self.store_check_ins().and_then(|()| self.store_pods()).err();
        let sessions = std::mem::take(&mut self.unstored);
        let last = sessions.len().saturating_sub(1);
        for (index, mut session) in sessions.into_iter().enumerate() {
            match session.store(&mut *self.store) {
                Ok(Some(id)) => self.finished = Some(id),
                Ok(None) if index == last => self.unstored.push_back(session),
                // Another session began without this one's end; the store lists it as open.
                Ok(None) => {}
                Err(error) => {
                    log::warn!("{error}; trying again later");
                    self.trouble.get_or_insert(error);
                    self.unstored.push_back(session);
                }
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if self.waiting() {
            self.store_all(self.tried_at.unwrap_or_default());
        }
    }
}
