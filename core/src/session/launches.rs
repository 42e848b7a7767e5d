//! Starts from standstill in any running, seen as the drill of starts sees them.
//!
//! Gives no verdict to the runner. Invariant: the same events give the same starts.

use super::pipeline::Event;
use crate::{
    drill::{DrillId, Repetition, catalog::Drill, repetition::RepetitionCounter},
    gait::step::Step,
};

/// Finds starts in what the pipeline gives.
#[derive(Debug)]
pub(super) struct Launches {
    counter: RepetitionCounter,
    steps: Vec<Step>,
    found: Vec<Repetition>,
}

impl Default for Launches {
    fn default() -> Self {
        Self {
            counter: RepetitionCounter::new(&Drill::of(DrillId::D4).rule),
            steps: Vec::new(),
            found: Vec::new(),
        }
    }
}

impl Launches {
    /// Takes the next event.
    pub(super) fn take(&mut self, event: &Event) {
        match event {
            Event::Step(step) => self.steps.push(*step),
            Event::Body(body) => {
                let found = self.counter.push(body, &self.steps);
                self.steps.clear();
                self.found.extend(found);
            }
            Event::Reading(_) | Event::Gap(_) => {}
        }
    }

    /// Every start so far, in time order.
    pub(super) fn found(self) -> Vec<Repetition> {
        self.found
    }
}
