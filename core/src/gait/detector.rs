//! Steps: each from one foot's contact to the other's, with its numbers.
//!
//! Judges nothing. Where contact and toe-off lie is decided in [`super::contact`].
//! Invariant: steps come in time order and never overlap; a hole ends a step without a number.

use super::{
    contact::{self, Beats, Stance},
    mid_stance,
    oscillation::VerticalMotion,
    side::SideTracker,
    steady::SteadyGate,
    step::{Side, Step},
    terrain::Fix,
    trace::{Trace, first_cell},
};
use crate::{
    body::{
        rhythm::{Beat, Rhythm},
        sample::{BodySample, GRID_HZ},
        stillness::SHORT_HOLE_S,
    },
    units::{Degrees, Millimeters, Milliseconds, StepsPerMinute},
};

/// Shortest and longest step, seconds: 250 to 50 steps a minute. Ours.
const STEP_S: [f64; 2] = [0.24, 1.2];
/// Shortest and longest ground contact, seconds. Ours.
const CONTACT_S: [f64; 2] = [0.08, 0.6];
/// A flight that the force shows lasts at least one cell, seconds.
const SHORTEST_FLIGHT_S: f64 = 0.01;
/// Share of a step that may be missing before its angle is unknown (ours).
const MISSING_SHARE: f64 = 0.05;

/// Finds steps in the samples of the body, one grid cell at a time.
#[derive(Debug, Default)]
pub struct StepDetector {
    rhythm: Rhythm,
    trace: Trace,
    /// The last beat and the one before it.
    last_beats: [Option<Beat>; 2],
    stance: Option<Stance>,
    side: SideTracker,
    gate: SteadyGate,
    /// The last cell with a pod to time the steps.
    last_seen: Option<i64>,
}

impl StepDetector {
    /// Takes the body at grid cell `index`; gives the step that became certain, about half a second late.
    pub fn push(&mut self, index: i64, body: &BodySample) -> Option<Step> {
        let goes_on = self.trace.push(index, body);
        let missing = index - self.last_seen.unwrap_or(index) - 1;
        if !goes_on {
            self.last_beats = [None, None];
            self.stance = None;
            self.side.reset();
            if missing as f64 > SHORT_HOLE_S * GRID_HZ {
                self.gate.reset();
            } else {
                self.gate.pause();
            }
        }
        if body.primary().is_some() {
            self.last_seen = Some(index);
        }
        let beat = self.rhythm.push(index, body.primary()?.acceleration.y)?;
        self.beat(beat)
    }

    /// The gate for steady running, as the last step left it.
    #[must_use]
    pub fn gate(&self) -> &SteadyGate {
        &self.gate
    }

    /// Whether the clocks of both pods are apart: then the pod that times the steps tells sides and contacts alone.
    pub fn keep_apart(&mut self, apart: bool) {
        self.side.keep_apart(apart);
        self.trace.keep_apart(apart);
    }

    /// Takes a fix of position for that gate.
    pub fn fix(&mut self, fix: Fix) {
        self.gate.fix(fix);
    }

    fn beat(&mut self, beat: Beat) -> Option<Step> {
        let [last, last_but_one] = self.last_beats;
        self.last_beats = [Some(beat), last];
        let beats = Beats {
            beat,
            last,
            last_but_one,
        };
        let stance = contact::around(&self.trace, beats);
        let side = self.side.push(&self.trace, last, beat);
        let previous = self.stance.replace(stance)?;
        let duration_s = stance.contact_s - previous.contact_s;
        if !(STEP_S[0]..=STEP_S[1]).contains(&duration_s) {
            self.gate.reset();
            return None;
        }
        let mut step = self.close(previous, stance);
        step.side = side;
        let yaw_radps = self.yaw_radps(previous.contact_s, stance.contact_s);
        step.steady = self.gate.admit(&step, yaw_radps) && !self.side.hops();
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
        let passage =
            flight.and_then(|toe_off_s| mid_stance::passage(&self.trace, contact_s, mid_stance_s, toe_off_s));
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
            mid_stance_timing: passage.map(|passage| passage.timing),
            speed_loss_mps: passage.map(|passage| passage.speed_loss_mps),
            hip_offset_cm: passage.and_then(|passage| passage.hip_offset_cm),
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
        self.trace.bodies(from..to).filter_map(angle).for_each(|value| {
            sum += value;
            count += 1;
        });
        let wanted = (to - from) as f64;
        let known = f64::from(count) >= wanted * (1.0 - MISSING_SHARE);
        (count > 0 && known).then(|| Degrees(sum / f64::from(count)))
    }

    fn yaw_radps(&self, from_s: f64, to_s: f64) -> f64 {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let bodies = self.trace.bodies(from..to);
        let yaws = bodies.filter_map(|body| Some(body.primary()?.angular_velocity.y));
        yaws.sum::<f64>() / (to - from).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::{
        body::sample::{GRID_HZ, SegmentSample, time_s},
        units::GRAVITY,
    };

    const PERIOD_S: f64 = 0.38;
    const CONTACT_S: f64 = 0.28;

    /// Seconds since the last contact.
    fn elapsed_s(index: i64) -> f64 {
        time_s(index) % PERIOD_S
    }

    /// Force per weight of a foot that fades slowly: the square of a sine.
    fn fading(elapsed_s: f64) -> f64 {
        let stance = (std::f64::consts::PI * (elapsed_s / CONTACT_S).min(1.0)).sin();
        2.0 * PERIOD_S / CONTACT_S * stance * stance
    }

    /// Fore-aft acceleration, m/s², a sketch of the mean step in rbds2017: braking peaks 30 ms after contact, and
    /// propulsion is over 18 ms before toe-off.
    fn fore_aft(elapsed_s: f64) -> f64 {
        let knots = [
            (0.0, -1.5),
            (0.03, -8.0),
            (0.07, 0.0),
            (0.16, 5.0),
            (CONTACT_S - 0.018, 0.0),
            (CONTACT_S + 0.014, -3.5),
            (PERIOD_S, -1.5),
        ];
        let next = knots
            .iter()
            .position(|knot| knot.0 > elapsed_s)
            .unwrap_or(6)
            .max(1);
        let ((from_s, from), (to_s, to)) = (knots[next - 1], knots[next]);
        from + (to - from) * (elapsed_s - from_s) / (to_s - from_s)
    }

    fn steps(body: impl Fn(f64) -> BodySample) -> Vec<Step> {
        let mut detector = StepDetector::default();
        (1..=(20.0 * GRID_HZ) as i64)
            .filter_map(|k| detector.push(k, &body(elapsed_s(k))))
            .skip(4)
            .collect()
    }

    fn segment(fore_aft: f64, force: f64) -> SegmentSample {
        SegmentSample {
            inclination_deg: None,
            acceleration: DVec3::new(fore_aft, (force - 1.0) * GRAVITY, 0.0),
            angular_velocity: DVec3::ZERO,
        }
    }

    fn pelvis(segment: SegmentSample) -> BodySample {
        BodySample {
            time_s: 0.0,
            chest: None,
            pelvis: Some(segment),
        }
    }

    fn mean_contact_ms(steps: &[Step]) -> f64 {
        let contacts: Vec<f64> = steps
            .iter()
            .filter_map(|step| Some(step.ground_contact_time?.0))
            .collect();
        assert!(
            contacts.len() > 40,
            "{} of {} steps fly",
            contacts.len(),
            steps.len()
        );
        contacts.iter().sum::<f64>() / contacts.len() as f64
    }

    #[test]
    fn the_push_times_a_contact_whose_force_fades_slowly() {
        let alone = mean_contact_ms(&steps(|t| pelvis(segment(0.0, fading(t)))));
        let pushed = mean_contact_ms(&steps(|t| pelvis(segment(fore_aft(t), fading(t)))));
        assert!(alone < 1e3 * CONTACT_S - 20.0, "{alone} ms by the force alone");
        assert!((pushed - 1e3 * CONTACT_S).abs() < 20.0, "{pushed} ms by the push");
    }

    #[test]
    fn a_tilt_error_moves_no_contact() {
        let level = mean_contact_ms(&steps(|t| pelvis(segment(fore_aft(t), fading(t)))));
        let tilted = mean_contact_ms(&steps(|t| {
            let tilt = 3_f64.to_radians();
            pelvis(segment(fore_aft(t) - GRAVITY * tilt * fading(t), fading(t)))
        }));
        assert!((tilted - level).abs() < 5.0, "{tilted} against {level} ms");
    }

    #[test]
    fn a_pod_turned_back_to_front_falls_back_on_the_force() {
        let alone = mean_contact_ms(&steps(|t| pelvis(segment(0.0, fading(t)))));
        let reversed = mean_contact_ms(&steps(|t| pelvis(segment(-fore_aft(t), fading(t)))));
        assert!((reversed - alone).abs() < 15.0, "{reversed} against {alone} ms");
    }

    #[test]
    fn a_body_that_is_never_light_walks() {
        let steps = steps(|t| {
            let bounce = (std::f64::consts::TAU * t / PERIOD_S).cos();
            pelvis(segment(fore_aft(t), 1.0 + 0.4 * bounce))
        });
        assert!(steps.len() > 40);
        assert!(
            steps
                .iter()
                .all(|step| !step.running && step.flight_time.is_none())
        );
    }
}
