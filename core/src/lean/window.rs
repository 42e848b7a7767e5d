//! Cuts a run into windows of about ten seconds and has each one judged.
//!
//! Finds no steps. Invariant: a window holds running steps only, without a pause between them.

use super::{
    features::{Circumstances, FeatureVector},
    model::LeanModel,
    otherwise::weigh,
    reading::{LeanReading, decide},
};
use crate::{gait::step::Step, statistics::heavy};

/// Length of a window, seconds. Ours: some 25 steps, so that their scatter averages out.
const WINDOW_S: f64 = 10.0;
/// A shorter rest is kept as a window of its own from this length on, seconds. Ours.
const SHORTEST_S: f64 = 5.0;
/// A pause between running steps that ends a window, seconds. Ours.
const PAUSE_S: f64 = 1.5;

/// Collects running steps and judges them window by window.
#[derive(Debug, Default)]
pub struct Windows {
    steps: Vec<Step>,
    /// The last reading got no class for what a later stand shows.
    withheld: bool,
}

impl Windows {
    /// Takes the next step; gives the reading of the window it completes or breaks off.
    pub fn push(
        &mut self,
        step: &Step,
        circumstances: Circumstances,
        model: &dyn LeanModel,
    ) -> Option<LeanReading> {
        let pause = self.steps.last().is_some_and(|last| {
            step.initial_contact_s - (last.initial_contact_s + 60.0 / last.cadence.0) > PAUSE_S
        });
        let reading = if pause {
            self.finish(circumstances, model)
        } else {
            None
        };
        if !step.running {
            return reading;
        }
        let full = self
            .steps
            .first()
            .is_some_and(|first| step.initial_contact_s - first.initial_contact_s >= WINDOW_S);
        let reading = if full {
            self.finish(circumstances, model)
        } else {
            reading
        };
        self.steps.push(*step);
        reading
    }

    /// Whether no step but the last one is in a window.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.steps.len() <= 1
    }

    /// Whether the last reading got no class because of what a later stand shows.
    #[must_use]
    pub fn withheld(&self) -> bool {
        self.withheld
    }

    /// Ends the window that is going on.
    pub fn finish(&mut self, circumstances: Circumstances, model: &dyn LeanModel) -> Option<LeanReading> {
        let steps = std::mem::take(&mut self.steps);
        let (first, last) = (steps.first()?, steps.last()?);
        let (start_s, end_s) = (
            first.initial_contact_s,
            last.initial_contact_s + 60.0 / last.cadence.0,
        );
        (end_s - start_s >= SHORTEST_S).then(|| {
            let features = FeatureVector::of(&steps, circumstances);
            let probabilities = model.classify(&features);
            let half = heavy::CI90 * features.trunk_error_deg;
            let trunk_lean_deg = features.trunk_lean_deg;
            let mut reading = LeanReading {
                start_s,
                end_s,
                class: decide(&probabilities, features.needed()),
                probabilities,
                trunk_lean_deg,
                trunk_lean_ci90_deg: trunk_lean_deg.map(|lean| [lean - half, lean + half]),
            };
            self.withheld = weigh(&mut reading, &features, circumstances.turned_deg(start_s), model);
            reading
        })
    }
}
