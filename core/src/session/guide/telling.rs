//! When a verdict is told: at once, after the set, or when the runner asks.
//!
//! Judges nothing. Invariants: the runner is asked before a verdict that waits is told; none is told of data that
//! stopped coming.

use super::Said;
use crate::{
    drill::{
        Miss, RepetitionOutcome,
        catalog::Drill,
        message::{Argument, Message},
        verdict,
    },
    session::output::CueKind,
    units::Timestamp,
};

/// How long an answer is waited for before the verdict is told all the same, seconds. Ours.
const ANSWER_S: f64 = 6.0;
/// No verdict while the newest data is older than this, seconds.
const FRESH_S: f64 = 2.0;
/// Sessions of a drill in which each repetition is told: from the third one on the verdict comes after the set, since
/// feedback right before the next try harms what is kept. The number is ours.
const TOLD_EACH: usize = 2;

/// When verdicts are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdicts {
    /// After each repetition.
    Each,
    /// After each set.
    AfterSet,
    /// Only when the runner asks.
    OnRequest,
}

impl Verdicts {
    /// For the next session of `drill`, after so many of it.
    #[must_use]
    pub const fn after(drill: &Drill, sessions: usize, feedback: bool) -> Self {
        match (feedback, drill.mastery) {
            (false, _) => Self::OnRequest,
            (true, Some(_)) if sessions >= TOLD_EACH => Self::AfterSet,
            (true, _) => Self::Each,
        }
    }
}

/// What there is to tell.
#[derive(Debug)]
pub(super) struct Telling {
    drill: &'static Drill,
    verdicts: Verdicts,
    /// Outcomes of the set that goes on.
    set: Vec<RepetitionOutcome>,
    question: Option<Question>,
    /// A verdict that waits for an answer.
    waiting: Option<(Message, bool)>,
    last: Option<Message>,
    heard_of: Option<Timestamp>,
}

/// A question that waits.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Question {
    /// Asked then.
    HowItFelt(Timestamp),
    WhichWay,
}

impl Telling {
    pub(super) const fn new(drill: &'static Drill, verdicts: Verdicts) -> Self {
        Self {
            drill,
            verdicts,
            set: Vec::new(),
            question: None,
            waiting: None,
            last: None,
            heard_of: None,
        }
    }

    pub(super) const fn verdicts(&self) -> Verdicts {
        self.verdicts
    }

    pub(super) const fn heard_of(&mut self, now: Timestamp) {
        self.heard_of = Some(now);
    }

    pub(super) fn question(&self) -> Option<Message> {
        Some(Message::plain(match self.question? {
            Question::HowItFelt(_) => "question-how-it-felt",
            Question::WhichWay => "question-which-way",
        }))
    }

    pub(super) const fn asks_how_it_felt(&self) -> bool {
        matches!(self.question, Some(Question::HowItFelt(_)))
    }

    pub(super) const fn answered(&mut self) {
        self.question = None;
    }

    /// Asks once which way a repetition was, when it waits to be told apart.
    pub(super) fn ask_which_way(&mut self, now: Timestamp, waits: bool) -> Vec<Said> {
        match (self.question, waits) {
            (Some(Question::WhichWay), false) => self.question = None,
            (None | Some(Question::HowItFelt(_)), true) => {
                let mut said = self.tell(now);
                self.question = Some(Question::WhichWay);
                said.extend(self.asked());
                return said;
            }
            _ => {}
        }
        Vec::new()
    }

    /// One repetition is over.
    pub(super) fn repetition(&mut self, outcome: RepetitionOutcome) -> Vec<Said> {
        let verdict = Message::plain(verdict::of_repetition(self.drill.id, outcome));
        self.last = Some(verdict.clone());
        self.set.push(outcome);
        if self.question == Some(Question::WhichWay) {
            self.question = None;
        }
        match self.verdicts {
            Verdicts::Each => vec![(CueKind::Verdict, verdict)],
            Verdicts::AfterSet | Verdicts::OnRequest => Vec::new(),
        }
    }

    /// A set is over: how did it feel? Then its verdict.
    pub(super) fn set_is_over(&mut self, now: Timestamp) -> Vec<Said> {
        let set = std::mem::take(&mut self.set);
        if self.verdicts == Verdicts::Each {
            return Vec::new();
        }
        let seen = set.iter().any(|outcome| *outcome != RepetitionOutcome::NotSeen);
        let verdict = of_set(self.drill, &set);
        self.last = Some(verdict.clone());
        self.wait_for_answer(now, verdict, seen)
    }

    /// A comparison is over.
    pub(super) fn comparison(&mut self, now: Timestamp, outcome: RepetitionOutcome) -> Vec<Said> {
        let verdict = Message::plain(verdict::of_repetition(self.drill.id, outcome));
        self.last = Some(verdict.clone());
        self.wait_for_answer(now, verdict, outcome != RepetitionOutcome::NotSeen)
    }

    /// Asks before telling; what was not seen needs no guess.
    fn wait_for_answer(&mut self, now: Timestamp, verdict: Message, seen: bool) -> Vec<Said> {
        let mut said = self.tell(now);
        if self.verdicts == Verdicts::OnRequest {
            return said;
        }
        self.waiting = Some((verdict, seen));
        if seen {
            self.question = Some(Question::HowItFelt(now));
            said.extend(self.asked());
        } else {
            said.extend(self.tell(now));
        }
        said
    }

    fn asked(&self) -> Option<Said> {
        Some((CueKind::Question, self.question()?))
    }

    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<Said> {
        match self.question {
            Some(Question::HowItFelt(at)) if now.seconds_since(at) >= ANSWER_S => self.tell(now),
            _ => Vec::new(),
        }
    }

    /// Tells the verdict that waits.
    pub(super) fn tell(&mut self, now: Timestamp) -> Vec<Said> {
        if self.asks_how_it_felt() {
            self.question = None;
        }
        let fresh = self.heard_of.is_some_and(|at| now.seconds_since(at) <= FRESH_S);
        let waiting = self.waiting.take();
        let told = waiting.filter(|(_, seen)| fresh || !seen);
        told.map(|(verdict, _)| (CueKind::Verdict, verdict))
            .into_iter()
            .collect()
    }

    pub(super) fn on_request(&self) -> Said {
        let nothing = || Message::plain("nothing-to-tell-yet");
        // What still waits for a guess stays untold until then.
        let last = self.last.clone().filter(|_| self.waiting.is_none());
        (CueKind::Verdict, last.unwrap_or_else(nothing))
    }
}

/// How many of a set were as asked, and the one thing that was missing most often.
fn of_set(drill: &'static Drill, set: &[RepetitionOutcome]) -> Message {
    let count = |wanted: RepetitionOutcome| set.iter().filter(|one| **one == wanted).count() as u32;
    let seen = set.len() as u32 - count(RepetitionOutcome::NotSeen);
    if seen == 0 {
        return Message::plain(verdict::of_repetition(drill.id, RepetitionOutcome::NotSeen));
    }
    let missed = |miss: &Miss| count(RepetitionOutcome::Missed(*miss));
    // The first of equals, in the order of the list.
    let worst = Miss::ALL
        .into_iter()
        .rev()
        .max_by_key(missed)
        .filter(|miss| missed(miss) > 0);
    let message = match worst {
        Some(miss) => Message::plain("set-verdict").with(
            "why",
            Argument::Named(verdict::of_repetition(drill.id, RepetitionOutcome::Missed(miss))),
        ),
        None => Message::plain("set-verdict-all"),
    };
    message
        .with("passed", Argument::Count(count(RepetitionOutcome::Passed)))
        .with("seen", Argument::Count(seen))
}
