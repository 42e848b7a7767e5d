//! Leads the runner through a drill's phases.
//!
//! Knows no drill by name and no language: phases and rules come from the catalogue.
//! Invariant: a repetition is counted in the phase it ended in, and each is told at most once.

mod telling;

pub use telling::Verdicts;

use super::output::CueKind;
use crate::{
    body::sample::BodySample,
    drill::{
        Answer, DrillResult, Repetition, RepetitionOutcome,
        catalog::{Drill, Phase, PhaseKind},
        message::{Argument, Message},
        repetition::RepetitionCounter,
        rule::{Bout, RepetitionRule},
    },
    gait::step::Step,
    units::Timestamp,
};
use telling::Telling;

/// A runner whose last step is younger than this runs, seconds. Ours.
const RUNS_S: f64 = 3.0;
/// How long a run waits for its first steps, seconds: the pods may not see them. Ours.
const LONGEST_WAIT_S: f64 = 30.0;

/// Something to tell the runner.
pub type Said = (CueKind, Message);

/// A drill session that is going on.
#[derive(Debug)]
pub struct Guide {
    drill: &'static Drill,
    began: Timestamp,
    phase: usize,
    phase_began: Timestamp,
    /// A run is timed from the runner's first steps on; until then it waits.
    waits_to_run: bool,
    ran_at: Option<Timestamp>,
    counter: RepetitionCounter,
    steps: Vec<Step>,
    steps_in_phase: u32,
    repetitions_in_phase: u32,
    repetitions: Vec<Repetition>,
    judged: Vec<RepetitionOutcome>,
    body: Option<BodySample>,
    telling: Telling,
}

impl Guide {
    /// Begins `drill`, telling verdicts in this way, for a runner with this band of trunk lean, degrees; gives what to
    /// say first.
    #[must_use]
    pub fn begin(
        drill: &'static Drill,
        verdicts: Verdicts,
        band_deg: Option<[f64; 2]>,
        now: Timestamp,
    ) -> (Self, Vec<Said>) {
        let mut guide = Self {
            drill,
            began: now,
            phase: 0,
            phase_began: now,
            waits_to_run: false,
            ran_at: None,
            counter: RepetitionCounter::with_band(&drill.rule, band_deg),
            steps: Vec::new(),
            steps_in_phase: 0,
            repetitions_in_phase: 0,
            repetitions: Vec::new(),
            judged: Vec::new(),
            body: None,
            telling: Telling::new(drill, verdicts),
        };
        let mut said = vec![(
            CueKind::Instruction,
            Message::plain("drill-begin").with("drill", Argument::Named(drill.title)),
        )];
        let not_with = drill
            .not_with
            .iter()
            .map(|not_with| Message::plain(not_with.message));
        said.extend(not_with.map(|message| (CueKind::Instruction, message)));
        said.push((CueKind::Image, Message::plain(drill.cue)));
        if !guide.feedback() && drill.mastery.is_some() {
            said.push((CueKind::Instruction, Message::plain("drill-without-feedback")));
        }
        guide.begin_phase(now);
        said.extend(guide.instruction());
        (guide, said)
    }

    /// The drill.
    #[must_use]
    pub const fn drill(&self) -> &'static Drill {
        self.drill
    }

    /// Whether the runner is told how it goes without asking.
    #[must_use]
    pub fn feedback(&self) -> bool {
        self.telling.verdicts() != Verdicts::OnRequest
    }

    /// Phase from 0, and repetitions done in it.
    #[must_use]
    pub const fn progress(&self) -> (usize, u32) {
        (self.phase, self.repetitions_in_phase)
    }

    /// Every repetition so far.
    #[must_use]
    pub fn repetitions(&self) -> &[Repetition] {
        &self.repetitions
    }

    /// Outcomes of the repetitions that count for the pass rule.
    #[must_use]
    pub fn judged(&self) -> &[RepetitionOutcome] {
        &self.judged
    }

    /// The newest body sample.
    #[must_use]
    pub const fn body(&self) -> Option<&BodySample> {
        self.body.as_ref()
    }

    /// The question that waits for an answer.
    #[must_use]
    pub fn question(&self) -> Option<Message> {
        self.telling.question()
    }

    /// Whether the lean is to be heard now: while the drill's own way is practised, and told of.
    #[must_use]
    pub fn sounds(&self) -> bool {
        let asked = matches!(
            self.current().map(|phase| phase.kind),
            Some(PhaseKind::Run {
                bout: Some(Bout::Asked),
                ..
            })
        );
        // An experiment that asks for nothing is heard of when it is over.
        let free = matches!(self.drill.rule, RepetitionRule::Bouts(rule) if rule.conditions.is_empty());
        asked && !free && self.feedback()
    }

    /// When a phase that lasts for a time ends; `None` in the others.
    #[must_use]
    pub fn phase_ends(&self) -> Option<Timestamp> {
        match self.current()?.kind {
            PhaseKind::Run { .. } if self.waits_to_run => None,
            PhaseKind::Rest { seconds } | PhaseKind::For { seconds } | PhaseKind::Run { seconds, .. } => {
                Some(self.phase_began.plus_seconds(seconds))
            }
            PhaseKind::Hold { .. } | PhaseKind::Steps { .. } | PhaseKind::Repetitions { .. } => None,
        }
    }

    /// What the session comes to so far.
    #[must_use]
    pub fn result(&self, now: Timestamp) -> DrillResult {
        let mut result = self.drill.result(now, self.feedback(), &self.judged);
        match self.counter.whole() {
            Some(RepetitionOutcome::Missed(_)) => (result.passed, result.met) = (0, false),
            Some(RepetitionOutcome::NotSeen) => (result.seen, result.passed, result.met) = (0, 0, false),
            Some(RepetitionOutcome::Passed) | None => {}
        }
        result
    }

    /// Takes a step.
    pub fn step(&mut self, now: Timestamp, step: &Step) -> Vec<Said> {
        self.steps.push(*step);
        self.steps_in_phase += 1;
        if step.running {
            self.ran_at = Some(now);
            self.run_begins(now);
        }
        match self.current().map(|phase| phase.kind) {
            Some(PhaseKind::Steps { count }) if self.steps_in_phase >= count => self.advance(now),
            _ => Vec::new(),
        }
    }

    /// Takes the body at the next grid instant.
    pub fn take(&mut self, now: Timestamp, body: &BodySample) -> Vec<Said> {
        self.body = Some(*body);
        self.telling.heard_of(now);
        let steps = std::mem::take(&mut self.steps);
        let repetition = self.counter.push(body, &steps);
        match repetition {
            Some(repetition) => self.repetition(now, repetition),
            None if self.has_stopped_walking() => self.advance(now),
            None => {
                let wanted = self.current().is_some_and(|phase| phase.kind.repetitions() > 0);
                self.telling.ask_which_way(now, wanted && self.counter.asks())
            }
        }
    }

    /// Takes the speed over ground.
    pub fn speed(&mut self, now: Timestamp, speed_mps: f64) {
        self.counter.speed(now.seconds_since(self.began), speed_mps);
    }

    /// Lets time pass: a phase may end, and a verdict that waited for an answer is told.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Said> {
        let mut said = self.telling.tick(now);
        if self.waits_to_run && now.seconds_since(self.phase_began) > LONGEST_WAIT_S {
            self.run_begins(now);
        }
        if self.phase_ends().is_some_and(|end| now >= end) {
            said.extend(self.advance(now));
        }
        if let Some(repetition) = self.counter.pass_time(now.seconds_since(self.began)) {
            said.extend(self.repetition(now, repetition));
        }
        said
    }

    /// Takes what the runner says of what was just done.
    pub fn answer(&mut self, now: Timestamp, answer: Answer) -> Vec<Said> {
        if let Some(repetition) = self.counter.answer(answer) {
            self.telling.answered();
            return self.repetition(now, repetition);
        }
        let asked = self.telling.asks_how_it_felt();
        let feels = matches!(answer, Answer::Under | Answer::Right | Answer::Over);
        match self.repetitions.last_mut() {
            Some(last) if asked && feels => {
                last.felt = Some(answer);
                self.telling.tell(now)
            }
            _ => Vec::new(),
        }
    }

    /// The last verdict again, or for the first time, because the runner asks.
    #[must_use]
    pub fn told_on_request(&self) -> Said {
        self.telling.on_request()
    }

    /// Ends the session: what still waits is judged and told.
    pub fn finish(&mut self, now: Timestamp) -> Vec<Said> {
        let mut said = Vec::new();
        if let Some(repetition) = self.counter.pass_time(f64::INFINITY) {
            said.extend(self.repetition(now, repetition));
        }
        said.extend(self.telling.tell(now));
        said
    }

    fn current(&self) -> Option<&'static Phase> {
        self.drill.phases.get(self.phase)
    }

    /// A step is certain with the contact after it, and the last one has none: standing again ends a walk, too.
    fn has_stopped_walking(&self) -> bool {
        let walks = matches!(
            self.current().map(|phase| phase.kind),
            Some(PhaseKind::Steps { .. })
        );
        walks && self.may_go_on() && self.counter.held_s().is_some_and(|held_s| held_s > 0.0)
    }

    /// A rest may be cut short, and the last step of a walk may still be uncounted when the runner stands.
    fn may_go_on(&self) -> bool {
        match self.current().map(|phase| phase.kind) {
            Some(PhaseKind::Rest { .. }) => !matches!(self.drill.rule, RepetitionRule::Bouts(_)),
            Some(PhaseKind::Steps { count }) => 2 * self.steps_in_phase >= count,
            _ => false,
        }
    }

    fn repetition(&mut self, now: Timestamp, repetition: Repetition) -> Vec<Said> {
        if matches!(self.drill.rule, RepetitionRule::Bouts(_)) {
            // Its bouts are over by now, whatever goes on.
            self.repetitions.push(repetition);
            self.judged.push(repetition.outcome);
            return self.telling.comparison(now, repetition.outcome);
        }
        let mut said = Vec::new();
        let rests = matches!(
            self.current().map(|phase| phase.kind),
            Some(PhaseKind::Rest { .. })
        );
        if rests && repetition.outcome == RepetitionOutcome::NotSeen {
            return said;
        }
        if self.may_go_on() {
            // The runner is ahead of the phase: what was just done belongs to the next one.
            said.extend(self.advance(now));
        }
        let Some(phase) = self.current() else {
            return said;
        };
        let asked = phase.kind.repetitions();
        if asked == 0 {
            return said;
        }
        self.repetitions.push(repetition);
        said.extend(self.telling.repetition(repetition.outcome));
        let broken_hold =
            matches!(phase.kind, PhaseKind::Hold { .. }) && repetition.outcome != RepetitionOutcome::Passed;
        if broken_hold {
            return said;
        }
        if phase.judged {
            self.judged.push(repetition.outcome);
        }
        self.repetitions_in_phase += 1;
        if self.repetitions_in_phase >= asked {
            said.extend(self.telling.set_is_over(now));
            said.extend(self.advance(now));
        }
        said
    }

    fn advance(&mut self, now: Timestamp) -> Vec<Said> {
        // A phase that lasts for a time ended when it was to end, not when somebody looked.
        let began = self.phase_ends().map_or(now, |end| end.min(now));
        self.phase += 1;
        self.begin_phase(began);
        self.instruction().into_iter().collect()
    }

    fn begin_phase(&mut self, began: Timestamp) {
        self.phase_began = began;
        self.steps_in_phase = 0;
        self.repetitions_in_phase = 0;
        let at_s = began.seconds_since(self.began);
        let running = self.ran_at.is_some_and(|at| began.seconds_since(at) < RUNS_S);
        self.waits_to_run = !running
            && matches!(
                self.current().map(|phase| phase.kind),
                Some(PhaseKind::Run { .. })
            );
        if self.waits_to_run {
            // The bout before is over all the same.
            self.counter.end_phases(at_s);
            return;
        }
        match self.current() {
            Some(phase) => self.counter.begin_phase(phase.kind, at_s),
            None => self.counter.end_phases(at_s),
        }
    }

    /// The run that was waited for begins.
    fn run_begins(&mut self, now: Timestamp) {
        if !std::mem::take(&mut self.waits_to_run) {
            return;
        }
        self.phase_began = now;
        if let Some(phase) = self.current() {
            self.counter
                .begin_phase(phase.kind, now.seconds_since(self.began));
        }
    }

    /// What to do in the phase that is going on; `None` when all are done.
    #[must_use]
    pub fn instruction(&self) -> Option<Said> {
        let phase = self.current()?;
        let message = Message::plain(phase.instruction);
        Some((
            CueKind::Instruction,
            match phase.kind {
                PhaseKind::Hold { seconds }
                | PhaseKind::Rest { seconds }
                | PhaseKind::For { seconds }
                | PhaseKind::Run { seconds, .. } => message.with("seconds", Argument::Count(seconds as u32)),
                PhaseKind::Steps { count } | PhaseKind::Repetitions { count } => {
                    message.with("count", Argument::Count(count))
                }
            },
        ))
    }
}
