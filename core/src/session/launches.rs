//! Starts from standstill in any running, seen as the drill of starts sees them.
//!
//! Gives no verdict to the runner. Invariant: the same events give the same starts.

use super::pipeline::Event;
use crate::{
    drill::{
        DrillId, Repetition,
        catalog::Drill,
        repetition::RepetitionCounter,
        rule::{LaunchRule, RepetitionRule},
    },
    gait::step::Step,
};

/// A pelvis that came less forward than this went back before the first step, millimetres: zero, less the error of
/// adding up a second of acceleration. The drill asks for more, because there the runner means to fall. Ours.
const NO_WAY_BACK_MM: f64 = -10.0;

/// Finds starts in what the pipeline gives.
#[derive(Debug)]
pub(super) struct Launches {
    counter: RepetitionCounter,
    steps: Vec<Step>,
    found: Vec<Repetition>,
}

impl Default for Launches {
    fn default() -> Self {
        let rule = match Drill::of(DrillId::D4).rule {
            RepetitionRule::Launch(rule) => RepetitionRule::Launch(LaunchRule {
                pelvis_forward_mm: NO_WAY_BACK_MM,
                ..rule
            }),
            other => other,
        };
        Self {
            counter: RepetitionCounter::new(&rule),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lean::{band::OwnReference, rules::RuleModel},
        session::pipeline::Pipeline,
        sim::{Act, Scenario, Truth, simulate},
    };

    fn starts(seed: u64, acts: Vec<Act>) -> (Vec<Repetition>, Truth) {
        let simulation = simulate(&Scenario::new(seed, acts));
        let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
        let mut launches = Launches::default();
        let mut samples: Vec<_> = simulation
            .pods
            .iter()
            .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
            .collect();
        samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
        for (site, sample) in samples {
            pipeline.push(site, sample, &RuleModel, &mut |event| launches.take(&event));
        }
        pipeline.finish(&RuleModel, &mut |event| launches.take(&event));
        (launches.found(), simulation.truth)
    }

    fn run(seconds: f64, speed_mps: f64) -> Act {
        Act::Run {
            seconds,
            speed_mps,
            cadence_spm: 170.0,
            lean_deg: [8.0; 2],
            bend_deg: [3.0; 2],
            timing: 0.05,
            ground_contact_ms: 250.0,
        }
    }

    const STAND: Act = Act::Stand { seconds: 5.0 };

    #[test]
    fn every_start_from_a_stand_is_seen_and_walking_off_is_none() {
        for seed in [3, 4] {
            let acts = vec![STAND, run(20.0, 3.0), STAND, run(20.0, 4.5), STAND];
            let (found, truth) = starts(seed, acts);
            let begun: Vec<f64> = [1, 3].iter().map(|act| truth.acts[*act].start_s).collect();
            assert_eq!(found.len(), begun.len(), "{found:#?}");
            for (start, begun) in found.iter().zip(begun) {
                assert!((start.start_s - begun).abs() < 0.5, "{start:?}");
                assert!(!start.outcome.is_bent(), "{start:?}");
            }
            let walk = Act::Walk {
                seconds: 10.0,
                speed_mps: 1.5,
            };
            let (found, _) = starts(seed, vec![STAND, walk, run(20.0, 3.0), STAND, walk, STAND]);
            assert!(found.is_empty(), "{found:#?}");
        }
    }

    #[test]
    fn a_fall_into_a_run_shows_its_angle_its_bend_and_the_way_of_the_pelvis() {
        let falls = |bend_deg| Act::LeanAndFalls {
            count: 3,
            angle_deg: 10.0,
            bend_deg,
        };
        let (found, truth) = starts(5, vec![STAND, run(20.0, 3.0), falls(1.0), falls(9.0)]);
        let found = &found[1..];
        assert_eq!(found.len(), truth.repetitions.len(), "{found:#?}");
        for (start, truth) in found.iter().zip(&truth.repetitions) {
            let near = |found: Option<f64>, truth: f64, bound: f64| {
                let error = (found.unwrap_or(f64::NAN) - truth).abs();
                assert!(error < bound, "{found:?} is not {truth:.1}: {start:?}");
            };
            near(start.trunk_lean_deg, truth.trunk_lean_deg, 1.0);
            near(start.waist_bend_deg, truth.waist_bend_deg, 1.0);
            near(start.pelvis_forward_mm, truth.pelvis_forward_mm, 25.0);
            let expected_deg = truth
                .launch
                .map_or(f64::NAN, |launch| launch.expected_angle_deg());
            near(start.expected_angle_deg, expected_deg, 1.0);
            assert_eq!(start.outcome.is_bent(), truth.waist_bend_deg > 5.0, "{start:?}");
        }
    }
}
