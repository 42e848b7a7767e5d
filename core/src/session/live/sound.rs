//! How far the lean is from the runner's own band, as something to be heard.
//!
//! Plays nothing: the shell does. Invariants: silent inside the band (Lorenzoni et al. 2018, six levels over a mean of
//! five steps: Van den Berghe et al.); nothing is heard of data older than two seconds.

use std::collections::VecDeque;

use crate::{
    body::sample::{BodySample, GRID_HZ},
    gait::step::Step,
    session::screen::{LeanSide, SoundLevel},
};

/// Steps the lean is a mean of.
const STEPS: usize = 5;
/// Data older than this is not heard, seconds.
const FRESH_S: f64 = 2.0;
/// Degrees beyond the band that one level stands for. Ours, untested: six of them are as wide as the band.
const LEVEL_DEG: f64 = 1.0;
/// Five slow steps, and how late a step may be known, seconds.
const KEPT_S: f64 = 5.0;
/// Share of the samples of five steps that must be there. Ours.
const THERE: f64 = 0.95;

/// Turns the course of the lean into a level.
///
/// A step is known only half a second after it ended, which is too late to be heard. So the steps say how long five of
/// them last, and the samples themselves how far the chest leaned in the time of the last five.
#[derive(Debug, Default)]
pub(super) struct Sound {
    /// When, and how far the chest leaned, degrees.
    leans_deg: VecDeque<(f64, f64)>,
    /// How long a step took, seconds, and by how much its lean was put right, degrees.
    steps: VecDeque<(f64, f64)>,
    /// When the last step that was taken ended, seconds on the session's axis.
    ended_s: f64,
}

impl Sound {
    /// Takes the body at the next grid instant.
    pub(super) fn body(&mut self, body: &BodySample) {
        while self
            .leans_deg
            .front()
            .is_some_and(|(time_s, _)| body.time_s - time_s > KEPT_S)
        {
            self.leans_deg.pop_front();
        }
        let lean = body.chest.and_then(|chest| chest.inclination_deg);
        self.leans_deg.extend(lean.map(|lean| (body.time_s, lean)));
    }

    /// Takes a step as soon as it is known.
    pub(super) fn step(&mut self, step: &Step) {
        let period_s = 60.0 / step.cadence.0;
        let ended_s = step.initial_contact_s + period_s;
        if !step.running || step.initial_contact_s - self.ended_s > FRESH_S {
            self.steps.clear();
        }
        let raw = self.mean_deg([step.initial_contact_s, ended_s]);
        let Some((lean, raw)) = step.trunk_lean.zip(raw).filter(|_| step.running) else {
            self.steps.clear();
            return;
        };
        self.steps.push_back((period_s, lean.0 - raw));
        if self.steps.len() > STEPS {
            self.steps.pop_front();
        }
        self.ended_s = ended_s;
    }

    /// What is to be heard at `now_s` on the session's axis; `None` without a band, before five steps, or without
    /// fresh ones.
    pub(super) fn level(&self, band_deg: Option<[f64; 2]>, now_s: f64) -> Option<SoundLevel> {
        let [low, high] = band_deg?;
        let (newest_s, _) = *self.leans_deg.back()?;
        if self.steps.len() < STEPS || now_s - newest_s.min(self.ended_s) > FRESH_S {
            return None;
        }
        let (periods_s, put_right) = self
            .steps
            .iter()
            .fold((0.0, 0.0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
        let lean = self.mean_deg([newest_s - periods_s, newest_s])? + put_right / STEPS as f64;
        let side = if lean < low {
            LeanSide::Under
        } else if lean > high {
            LeanSide::Over
        } else {
            LeanSide::Inside
        };
        let beyond = (low - lean).max(lean - high).max(0.0);
        Some(SoundLevel {
            level: (beyond / LEVEL_DEG).ceil().min(f64::from(SoundLevel::LOUDEST)) as u8,
            side,
        })
    }

    /// Mean lean of the samples in this time, degrees; `None` where there are holes.
    fn mean_deg(&self, [from_s, to_s]: [f64; 2]) -> Option<f64> {
        let first = self.leans_deg.partition_point(|(time_s, _)| *time_s <= from_s);
        let last = self
            .leans_deg
            .partition_point(|(time_s, _)| *time_s <= to_s)
            .max(first);
        let count = (last - first) as f64;
        let enough = count > 0.0 && count >= THERE * (to_s - from_s) * GRID_HZ - 1.0;
        enough.then(|| {
            self.leans_deg
                .range(first..last)
                .map(|(_, lean)| lean)
                .sum::<f64>()
                / count
        })
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::{
        body::sample::SegmentSample,
        gait::step::Side,
        lean::{band::OwnReference, rules::RuleModel},
        session::pipeline::{Event, Pipeline},
        sim::{Scenario, Truth, presets, simulate},
        units::{Degrees, StepsPerMinute},
    };

    const BAND: Option<[f64; 2]> = Some([6.0, 12.0]);
    const PERIOD_S: f64 = 0.35;

    /// Each event with the time at which the sample came that brought it.
    fn events() -> (Vec<(f64, Event)>, Truth) {
        let acts = [presets::calibration(), presets::run(presets::RunForm::Over, 30.0)].concat();
        let simulation = simulate(&Scenario::new(4, acts));
        let mut samples: Vec<_> = simulation
            .pods
            .iter()
            .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
            .collect();
        samples.sort_by(|a, b| a.1.time_s.total_cmp(&b.1.time_s));
        let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
        let mut events = Vec::new();
        for (site, sample) in samples {
            pipeline.push(site, sample, &RuleModel, &mut |event| {
                events.push((sample.time_s, event));
            });
        }
        (events, simulation.truth)
    }

    #[test]
    fn a_stride_is_heard_within_one_step_of_its_end() {
        let (events, truth) = events();
        let mut sound = Sound::default();
        let mut strides = truth
            .running_steps(0.0, f64::INFINITY)
            .skip(12)
            .step_by(2)
            .peekable();
        let mut heard = 0;
        for (at_s, event) in &events {
            match event {
                Event::Body(body) => sound.body(body),
                Event::Step(step) => sound.step(step),
                Event::Reading(_) | Event::Gap(_) => {}
            }
            let Some(stride) = strides.peek() else { break };
            let newest_s = sound.leans_deg.back().map_or(0.0, |(time_s, _)| *time_s);
            if newest_s < stride.next_contact_s {
                continue;
            }
            let period_s = stride.next_contact_s - stride.initial_contact_s;
            let late_s = at_s - stride.next_contact_s;
            assert!(
                late_s <= period_s,
                "{late_s:.3} s after a step of {period_s:.3} s"
            );
            let level = sound.level(BAND, *at_s).expect("six steps were run");
            assert_eq!(level.side, LeanSide::Over);
            heard += 1;
            strides.next();
        }
        assert!(heard > 30, "{heard}");
    }

    /// Steps with this lean, and their samples.
    fn ran(steps: usize, lean_deg: f64) -> (Sound, f64) {
        let mut sound = Sound::default();
        let end_s = steps as f64 * PERIOD_S;
        for index in 0..(end_s * GRID_HZ).round() as u32 {
            sound.body(&BodySample {
                time_s: f64::from(index) / GRID_HZ,
                chest: Some(SegmentSample {
                    inclination_deg: Some(lean_deg),
                    acceleration: DVec3::ZERO,
                    angular_velocity: DVec3::ZERO,
                }),
                pelvis: None,
            });
        }
        for index in 0..steps {
            let contact_s = index as f64 * PERIOD_S;
            sound.step(&Step {
                initial_contact_s: contact_s,
                mid_stance_s: contact_s + 0.12,
                toe_off_s: contact_s + 0.25,
                side: Side::Unknown,
                running: true,
                ground_contact_time: None,
                flight_time: None,
                cadence: StepsPerMinute(60.0 / PERIOD_S),
                vertical_oscillation: None,
                trunk_lean: Some(Degrees(lean_deg)),
                pelvis_tilt: None,
                waist_bend: None,
                mid_stance_timing: None,
                speed_loss_mps: None,
                hip_offset_cm: None,
                steady: true,
            });
        }
        (sound, end_s)
    }

    #[test]
    fn the_level_grows_with_the_distance_from_the_band_and_names_the_side() {
        let level = |lean: f64| {
            let (sound, end_s) = ran(6, lean);
            let heard = sound.level(BAND, end_s).expect("five steps");
            (heard.level, heard.side)
        };
        assert_eq!(level(9.0), (0, LeanSide::Inside));
        assert_eq!(level(5.5), (1, LeanSide::Under));
        assert_eq!(level(14.5), (3, LeanSide::Over));
        assert_eq!(level(-20.0), (6, LeanSide::Under));
    }

    #[test]
    fn nothing_is_heard_of_old_data_without_a_band_or_before_five_steps() {
        let (four, end_s) = ran(4, 9.0);
        assert_eq!(four.level(BAND, end_s), None);
        let (five, end_s) = ran(5, 9.0);
        assert!(five.level(BAND, end_s + 1.9).is_some());
        assert_eq!(five.level(BAND, end_s + 2.1), None);
        assert_eq!(five.level(None, end_s), None);
    }
}
