//! Steps: each from one foot's contact to the other's, with its numbers.
//!
//! Judges nothing. Where contact and toe-off lie is decided in [`super::stance`].
//! Invariant: steps come in time order and never overlap; a hole ends a step without a number.

use super::{
    mid_stance,
    oscillation::VerticalMotion,
    stance::{self, Beats, Stance},
    steady::SteadyGate,
    step::{Side, Step},
    trace::{Trace, first_cell},
};
use crate::{
    body::{
        rhythm::{Beat, Rhythm},
        sample::BodySample,
    },
    units::{Degrees, Millimeters, Milliseconds, StepsPerMinute},
};

/// Shortest and longest step, seconds: 250 to 50 steps a minute. Ours.
const STEP_S: [f64; 2] = [0.24, 1.2];
/// Shortest and longest ground contact, seconds. Ours.
const CONTACT_S: [f64; 2] = [0.08, 0.6];
/// A flight that the force shows lasts at least one cell, seconds.
const SHORTEST_FLIGHT_S: f64 = 0.01;
/// Share of a step that may be missing before its angle is unknown (`domain.md`, data gate).
const MISSING_SHARE: f64 = 0.05;

/// Finds steps in the samples of the body, one grid cell at a time.
#[derive(Debug, Default)]
pub struct StepDetector {
    rhythm: Rhythm,
    trace: Trace,
    /// The last beat and the one before it.
    last_beats: [Option<Beat>; 2],
    stance: Option<Stance>,
    gate: SteadyGate,
}

impl StepDetector {
    /// Takes the body at grid cell `index`; gives the step that became certain, about half a second late.
    pub fn push(&mut self, index: i64, body: &BodySample) -> Option<Step> {
        if !self.trace.push(index, body) {
            self.last_beats = [None, None];
            self.stance = None;
            self.gate.reset();
        }
        let beat = self.rhythm.push(index, body.primary()?.acceleration.y)?;
        self.beat(beat)
    }

    fn beat(&mut self, beat: Beat) -> Option<Step> {
        let [last, last_but_one] = self.last_beats;
        self.last_beats = [Some(beat), last];
        let beats = Beats {
            beat,
            last,
            last_but_one,
        };
        let stance = stance::around(&self.trace, beats);
        let previous = self.stance.replace(stance)?;
        let duration_s = stance.contact_s - previous.contact_s;
        if !(STEP_S[0]..=STEP_S[1]).contains(&duration_s) {
            self.gate.reset();
            return None;
        }
        let mut step = self.close(previous, stance);
        step.steady = self
            .gate
            .admit(&step, self.yaw_radps(previous.contact_s, stance.contact_s));
        Some(step)
    }

    fn close(&self, stance: Stance, next: Stance) -> Step {
        let contact_s = stance.contact_s;
        let last_s = next.contact_s - SHORTEST_FLIGHT_S;
        let flight = stance.toe_off_s.map(|toe_off_s| toe_off_s.min(last_s));
        let flight = flight.filter(|toe_off_s| {
            let contact_time = toe_off_s - contact_s;
            stance.flew_before && next.flew_before && (CONTACT_S[0]..=CONTACT_S[1]).contains(&contact_time)
        });
        let motion = VerticalMotion::over(&self.trace, contact_s, next.contact_s);
        let stance_end_s = flight.unwrap_or(next.contact_s);
        let mid_stance_s = motion
            .as_ref()
            .and_then(|motion| motion.lowest_s(contact_s, stance_end_s))
            .unwrap_or(0.5 * (contact_s + stance_end_s));
        let trunk_lean = self.mean_angle(contact_s, next.contact_s, |body| body.chest?.inclination_deg);
        let pelvis_tilt = self.mean_angle(contact_s, next.contact_s, |body| body.pelvis?.inclination_deg);
        let milliseconds = |from: f64, to: f64| Milliseconds((to - from) * 1e3);
        Step {
            initial_contact_s: contact_s,
            mid_stance_s,
            toe_off_s: stance_end_s,
            side: Side::Unknown,
            running: flight.is_some(),
            ground_contact_time: flight.map(|toe_off_s| milliseconds(contact_s, toe_off_s)),
            flight_time: flight.map(|toe_off_s| milliseconds(toe_off_s, next.contact_s)),
            cadence: StepsPerMinute(60.0 / (next.contact_s - contact_s)),
            vertical_oscillation: motion.map(|motion| Millimeters(motion.range_m() * 1e3)),
            trunk_lean,
            pelvis_tilt,
            waist_bend: trunk_lean.zip(pelvis_tilt).map(|(trunk, pelvis)| trunk - pelvis),
            mid_stance_timing: flight
                .and_then(|toe_off_s| mid_stance::timing(&self.trace, contact_s, mid_stance_s, toe_off_s)),
            steady: false,
        }
    }

    fn mean_angle(
        &self,
        from_s: f64,
        to_s: f64,
        angle: impl Fn(&BodySample) -> Option<f64>,
    ) -> Option<Degrees> {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let (mut sum, mut count) = (0.0, 0_u32);
        for value in (from..to).filter_map(|k| angle(self.trace.body(k)?)) {
            sum += value;
            count += 1;
        }
        let wanted = (to - from) as f64;
        let known = f64::from(count) >= wanted * (1.0 - MISSING_SHARE);
        (count > 0 && known).then(|| Degrees(sum / f64::from(count)))
    }

    fn yaw_radps(&self, from_s: f64, to_s: f64) -> f64 {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let yaws = (from..to).filter_map(|k| Some(self.trace.body(k)?.primary()?.angular_velocity.y));
        yaws.sum::<f64>() / (to - from).max(1) as f64
    }
}
