//! Running: steps with flight between them, a start out of the stand before and a stop into the one after.
//!
//! Knows how steps follow each other; the forces within one are in [`super::strike`], those of the two ends in
//! [`super::lead`], what is asked for over time in [`super::tracks`].
//! Invariant: speed, height and every angle go on smoothly from the lead-in through the steps to the last landing.

use core::f64::consts::{PI, TAU};

use glam::DVec3;
use rand::RngExt;

use super::{
    Angles, Pose, StepTimes,
    clock::StepClock,
    lead::{LANDING_S, Landing, Lead, PUSH_S},
    strike::{Impact, Strike, StrikePlan},
    tracks::{RunningPart, Tracks},
};
use crate::{
    gait::step::Side,
    sim::{
        easing::ease,
        random::{self, Random},
    },
    units::GRAVITY,
};

/// Swings about the mean, degrees, and where in the step the pelvis is tipped farthest: toe-off. Ours, untested.
const PELVIS_NOD_DEG: f64 = 3.0;
const CHEST_NOD_DEG: f64 = 2.0;
const NOD_PHASE: f64 = 0.7;
const ROLL_DEG: f64 = 3.0;
const PELVIS_TURN_DEG: f64 = 6.0;
const CHEST_TURN_DEG: f64 = 8.0;
/// How much steps differ: time and contact in parts of themselves, lean in degrees, timing in parts of contact.
const PERIOD_VARIATION: f64 = 0.012;
const CONTACT_VARIATION: f64 = 0.015;
const LEAN_VARIATION_DEG: f64 = 0.5;
const TIMING_VARIATION: f64 = 0.01;
const SHORTEST_FLIGHT_S: f64 = 0.02;
/// A stopping body leans back less than the force asks for. Ours.
const STOP_SHARE: f64 = 0.5;
/// Flight before the first contact.
const FIRST_FLIGHT_S: f64 = 0.06;

/// One bout of running.
#[derive(Clone, Debug)]
pub(super) struct Running {
    duration_s: f64,
    tracks: Tracks,
    lean_follows_speed: bool,
    lead: Lead,
    strikes: Vec<Strike>,
    clock: StepClock,
    landing: Landing,
    /// What each step leans beyond the mean, degrees; one longer than the steps.
    lean_deviation_deg: Vec<f64>,
    right_first: bool,
}

impl Running {
    /// Runs the parts one after the other, entering and leaving at these speeds.
    pub(super) fn steady(parts: &[RunningPart], [entry_mps, exit_mps]: [f64; 2], rng: &mut Random) -> Self {
        let duration_s: f64 = parts.iter().map(|part| part.seconds).sum();
        let tracks = Tracks::of_parts(parts, duration_s, [entry_mps, exit_mps]);
        let first_contact_s = PUSH_S + FIRST_FLIGHT_S;
        let gained = tracks.speed_mps.value(first_contact_s) - entry_mps;
        let lead = Lead {
            toe_off_s: PUSH_S,
            first_contact_s,
            forward_mps2: 2.0 * gained / PUSH_S,
            back_m: 0.0,
        };
        Self::new(tracks, lead, duration_s, true, rng)
    }

    /// Fills the time between lead-in and last landing with steps.
    pub(super) fn new(
        tracks: Tracks,
        lead: Lead,
        duration_s: f64,
        lean_follows_speed: bool,
        rng: &mut Random,
    ) -> Self {
        let right_first = rng.random();
        let mut planner = Planner {
            tracks: &tracks,
            start_s: lead.first_contact_s,
            flight_before_s: lead.first_contact_s - lead.toe_off_s,
            right: right_first,
        };
        let mut strikes = Vec::new();
        while let Some(strike) = planner.next(duration_s - LANDING_S, rng) {
            strikes.push(strike);
        }
        let landing = Landing {
            start_s: planner.start_s,
            flight_before_s: planner.flight_before_s,
            gain_mps: tracks.speed_mps.value(duration_s) - tracks.speed_mps.value(planner.start_s),
            impact: Impact::new(tracks.speed_mps.value(planner.start_s), 20.0),
        };
        let mut bounds_s: Vec<f64> = strikes.iter().map(|strike| strike.plan.start_s).collect();
        bounds_s.push(landing.start_s);
        let lean_deviation_deg = bounds_s
            .iter()
            .map(|_| random::normal(rng, LEAN_VARIATION_DEG))
            .collect();
        Self {
            duration_s,
            tracks,
            lean_follows_speed,
            lead,
            strikes,
            clock: StepClock::new(bounds_s),
            landing,
            lean_deviation_deg,
            right_first,
        }
    }

    pub(super) fn duration_s(&self) -> f64 {
        self.duration_s
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let swing = self.tracks.swing.value(time_s);
        let phase = self.clock.phase(time_s);
        let stride = PI * phase + if self.right_first { 0.0 } else { PI };
        let base_deg = self.tracks.pelvis_deg.value(time_s) + self.lean_of_speed_deg(time_s);
        let pelvis_deg = base_deg + swing * self.deviation_deg(time_s);
        let chest_deg = pelvis_deg + self.tracks.bend_deg.value(time_s);
        let nod = swing * (TAU * (phase - NOD_PHASE)).cos();
        let roll = -swing * ROLL_DEG.to_radians() * stride.sin();
        let turn = swing * stride.cos();
        Pose {
            pelvis: Angles {
                forward: (pelvis_deg + PELVIS_NOD_DEG * nod).to_radians(),
                right: roll,
                left_turn: turn * PELVIS_TURN_DEG.to_radians(),
            },
            chest: Angles {
                forward: (chest_deg - CHEST_NOD_DEG * nod).to_radians(),
                right: -0.5 * roll,
                left_turn: -turn * CHEST_TURN_DEG.to_radians(),
            },
            acceleration: self.acceleration(time_s),
            ..Pose::default()
        }
    }

    /// Acceleration of the pelvis without gravity: along the heading, up, to the right.
    pub(super) fn acceleration(&self, time_s: f64) -> DVec3 {
        match self.clock.step(time_s) {
            None => self.lead.acceleration(time_s),
            Some(index) => self.strikes.get(index).map_or_else(
                || self.landing.acceleration(time_s),
                |strike| strike.acceleration(time_s),
            ),
        }
    }

    fn lean_of_speed_deg(&self, time_s: f64) -> f64 {
        if !self.lean_follows_speed {
            return 0.0;
        }
        let lean = (self.tracks.speed_mps.at(time_s).rate / GRAVITY)
            .atan()
            .to_degrees();
        if lean < 0.0 { lean * STOP_SHARE } else { lean }
    }

    fn deviation_deg(&self, time_s: f64) -> f64 {
        let phase = self.clock.phase(time_s).max(0.0);
        let index = phase as usize;
        let of = |index: usize| self.lean_deviation_deg.get(index).copied().unwrap_or_default();
        let (from, to) = (of(index), of(index + 1));
        from + (to - from) * ease(phase - index as f64)
    }

    pub(super) fn steps(&self) -> Vec<StepTimes> {
        let steady = |time_s: f64| self.tracks.speed_mps.at(time_s).rate.abs() < 0.01;
        self.strikes
            .iter()
            .map(|strike| {
                let plan = strike.plan;
                StepTimes {
                    initial_contact_s: plan.start_s,
                    mid_stance_s: plan.start_s + strike.lowest(),
                    toe_off_s: plan.start_s + plan.contact_s,
                    next_contact_s: plan.start_s + plan.period_s,
                    side: if plan.right { Side::Right } else { Side::Left },
                    timing: steady(plan.start_s).then(|| strike.timing()),
                    running: true,
                }
            })
            .collect()
    }

    /// The steps themselves.
    pub(super) fn strikes(&self) -> &[Strike] {
        &self.strikes
    }
}

/// Lays one step after the other.
struct Planner<'a> {
    tracks: &'a Tracks,
    start_s: f64,
    flight_before_s: f64,
    right: bool,
}

impl Planner<'_> {
    fn next(&mut self, last_contact_s: f64, rng: &mut Random) -> Option<Strike> {
        let start_s = self.start_s;
        let cadence = self.tracks.cadence_spm.value(start_s);
        let period_s = 60.0 / cadence * (1.0 + random::normal(rng, PERIOD_VARIATION));
        if start_s + period_s > last_contact_s {
            return None;
        }
        let contact = self.tracks.contact_s.value(start_s) * (1.0 + random::normal(rng, CONTACT_VARIATION));
        let contact_s = contact.clamp(0.08, (period_s - SHORTEST_FLIGHT_S).max(0.08));
        let speed_mps = self.tracks.speed_mps.value(start_s);
        let plan = StrikePlan {
            start_s,
            period_s,
            contact_s,
            flight_before_s: self.flight_before_s,
            timing: self.tracks.timing.value(start_s) + random::normal(rng, TIMING_VARIATION),
            speed_mps,
            gain_mps: self.tracks.speed_mps.value(start_s + period_s) - speed_mps,
            impact_hz: 20.0 + random::normal(rng, 1.5),
            right: self.right,
        };
        self.start_s += period_s;
        self.flight_before_s = plan.flight_s();
        self.right = !self.right;
        Some(Strike::new(plan))
    }
}
