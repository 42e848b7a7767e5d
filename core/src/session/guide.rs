//! Leads the runner through a drill's phases.
//!
//! Knows no drill by name and no language: phases and rules come from the catalogue.
//! Invariant: a repetition is counted in the phase it ended in, and each is told at most once.

use super::output::CueKind;
use crate::{
    body::sample::BodySample,
    drill::{
        Repetition, RepetitionOutcome,
        catalog::{Drill, PhaseKind},
        message::{Argument, Message},
        repetition::RepetitionCounter,
        verdict,
    },
    gait::step::Step,
    units::Timestamp,
};

/// Something to tell the runner.
pub type Said = (CueKind, Message);

/// A drill session that is going on.
#[derive(Debug)]
pub struct Guide {
    drill: &'static Drill,
    feedback: bool,
    phase: usize,
    phase_began: Timestamp,
    counter: RepetitionCounter,
    steps: Vec<Step>,
    steps_in_phase: u32,
    repetitions_in_phase: u32,
    repetitions: Vec<Repetition>,
    judged: Vec<RepetitionOutcome>,
    body: Option<BodySample>,
}

impl Guide {
    /// Begins `drill`, with or without a word on each repetition; gives what to say first.
    #[must_use]
    pub fn begin(drill: &'static Drill, feedback: bool, now: Timestamp) -> (Self, Vec<Said>) {
        let guide = Self {
            drill,
            feedback,
            phase: 0,
            phase_began: now,
            counter: RepetitionCounter::new(&drill.rule),
            steps: Vec::new(),
            steps_in_phase: 0,
            repetitions_in_phase: 0,
            repetitions: Vec::new(),
            judged: Vec::new(),
            body: None,
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
        if !feedback && drill.mastery.is_some() {
            said.push((CueKind::Instruction, Message::plain("drill-without-feedback")));
        }
        said.extend(guide.instruction());
        (guide, said)
    }

    /// The drill.
    #[must_use]
    pub const fn drill(&self) -> &'static Drill {
        self.drill
    }

    /// Whether the runner is told about each repetition.
    #[must_use]
    pub const fn feedback(&self) -> bool {
        self.feedback
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

    /// When a phase that lasts for a time ends; `None` in the others.
    #[must_use]
    pub fn phase_ends(&self) -> Option<Timestamp> {
        match self.drill.phases.get(self.phase)?.kind {
            PhaseKind::Rest { seconds } | PhaseKind::For { seconds } | PhaseKind::Run { seconds, .. } => {
                Some(self.phase_began.plus_seconds(seconds))
            }
            PhaseKind::Hold { .. } | PhaseKind::Steps { .. } | PhaseKind::Repetitions { .. } => None,
        }
    }

    /// Takes a step.
    pub fn step(&mut self, now: Timestamp, step: &Step) -> Vec<Said> {
        self.steps.push(*step);
        self.steps_in_phase += 1;
        match self.drill.phases.get(self.phase).map(|phase| phase.kind) {
            Some(PhaseKind::Steps { count }) if self.steps_in_phase >= count => self.advance(now),
            _ => Vec::new(),
        }
    }

    /// Takes the body at the next grid instant.
    pub fn take(&mut self, now: Timestamp, body: &BodySample) -> Vec<Said> {
        self.body = Some(*body);
        let steps = std::mem::take(&mut self.steps);
        let repetition = self.counter.push(body, &steps);
        match repetition {
            Some(repetition) => self.repetition(now, repetition),
            None if self.has_stopped_walking() => self.advance(now),
            None => Vec::new(),
        }
    }

    /// Lets time pass: a phase may end.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Said> {
        if self.phase_ends().is_some_and(|end| now >= end) {
            self.advance(now)
        } else {
            Vec::new()
        }
    }

    /// A step is certain with the contact after it, and the last one has none: standing again ends a walk, too.
    fn has_stopped_walking(&self) -> bool {
        let walks = matches!(
            self.drill.phases.get(self.phase).map(|phase| phase.kind),
            Some(PhaseKind::Steps { .. })
        );
        walks && self.may_go_on() && self.counter.held_s().is_some_and(|held_s| held_s > 0.0)
    }

    /// A rest may be cut short, and the last step of a walk may still be uncounted when the runner stands.
    fn may_go_on(&self) -> bool {
        match self.drill.phases.get(self.phase).map(|phase| phase.kind) {
            Some(PhaseKind::Rest { .. }) => true,
            Some(PhaseKind::Steps { count }) => 2 * self.steps_in_phase >= count,
            _ => false,
        }
    }

    fn repetition(&mut self, now: Timestamp, repetition: Repetition) -> Vec<Said> {
        let mut said = Vec::new();
        if self.may_go_on() {
            // The runner is ahead of the phase: what was just done belongs to the next one.
            said.extend(self.advance(now));
        }
        let Some(phase) = self.drill.phases.get(self.phase) else {
            return said;
        };
        let asked = phase.kind.repetitions();
        if asked == 0 {
            return said;
        }
        self.repetitions.push(repetition);
        if self.feedback {
            let sentence = verdict::of_repetition(self.drill.id, repetition.outcome);
            said.push((CueKind::Verdict, Message::plain(sentence)));
        }
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
            said.extend(self.advance(now));
        }
        said
    }

    fn advance(&mut self, now: Timestamp) -> Vec<Said> {
        self.phase += 1;
        self.phase_began = now;
        self.steps_in_phase = 0;
        self.repetitions_in_phase = 0;
        self.instruction().into_iter().collect()
    }

    /// What to do in the phase that is going on; `None` when all are done.
    #[must_use]
    pub fn instruction(&self) -> Option<Said> {
        let phase = self.drill.phases.get(self.phase)?;
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
