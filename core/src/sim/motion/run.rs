//! Running: steps with flight between them, a start out of the stand before and a stop into the one after.
//!
//! Joins the parts: steps are laid in [`super::plan`], the forces within one are in [`super::strike`], those of the two
//! ends in [`super::lead`], what is asked for over time in [`super::tracks`].
//! Invariant: speed, height and every angle go on smoothly from the lead-in through the steps to the last landing.

use core::f64::consts::PI;

use glam::DVec3;
use rand::RngExt;

use super::{
    Angles, Pose, StepTimes,
    clock::StepClock,
    lead::{LANDING_S, Landing, Lead, PUSH_S},
    plan::{Planned, Planner, StepsOwn},
    strike::{Impact, Strike},
    tracks::{RunningPart, Tracks},
};
use crate::{
    gait::step::Side,
    sim::{
        easing::ease,
        random::Random,
        style::Style,
        wave::{self, Wave},
    },
    units::GRAVITY,
};

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
    style: Style,
    /// One longer than the steps.
    own: Vec<StepsOwn>,
    right_first: bool,
    /// Whether these are steps of running and not hops.
    runs: bool,
}

impl Running {
    /// Runs the parts one after the other, entering and leaving at these speeds.
    pub(super) fn steady(
        parts: &[RunningPart],
        [entry_mps, exit_mps]: [f64; 2],
        style: &Style,
        rng: &mut Random,
    ) -> Self {
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
        Self::new(tracks, lead, duration_s, true, style, rng)
    }

    /// Hops on the spot, both feet at once.
    pub(super) fn hopping(parts: &[RunningPart], rng: &mut Random) -> Self {
        Self {
            runs: false,
            ..Self::steady(parts, [0.0, 0.0], &Style::hopping(), rng)
        }
    }

    /// Fills the time between lead-in and last landing with steps.
    pub(super) fn new(
        tracks: Tracks,
        lead: Lead,
        duration_s: f64,
        lean_follows_speed: bool,
        style: &Style,
        rng: &mut Random,
    ) -> Self {
        let right_first = rng.random();
        let flight_s = [lead.toe_off_s, lead.first_contact_s];
        let planner = Planner::new(&tracks, style, flight_s, right_first);
        let Planned {
            strikes,
            bounds_s,
            landing_s,
            flight_before_s,
            own,
        } = planner.lay(duration_s - LANDING_S, rng);
        let landing_mps = tracks.speed_mps.value(landing_s);
        let landing = Landing {
            start_s: landing_s,
            flight_before_s,
            gain_mps: tracks.speed_mps.value(duration_s) - landing_mps,
            impact: Impact::new(&style.impact, landing_mps, style.impact.hertz),
        };
        Self {
            duration_s,
            tracks,
            lean_follows_speed,
            lead,
            strikes,
            clock: StepClock::new(bounds_s),
            landing,
            style: style.clone(),
            own,
            right_first,
            runs: true,
        }
    }

    pub(super) fn duration_s(&self) -> f64 {
        self.duration_s
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let swing = self.tracks.swing.value(time_s);
        let phase = self.clock.phase(time_s);
        let at = wave::multiples(PI * phase + if self.right_first { 0.0 } else { PI });
        let own = self.own(phase);
        let base_deg = self.tracks.pelvis_deg.value(time_s) + self.lean_of_speed_deg(time_s);
        let pelvis_deg = base_deg + swing * own.lean_deg;
        let chest_deg = pelvis_deg + self.tracks.bend_deg.value(time_s);
        let rotation = self.tracks.times[2].value(time_s);
        let turned = |forward_deg: f64, turns: &[Wave; 3]| {
            let turn = |axis: usize| swing * own.turns[axis] * turns[axis].at(&at);
            Angles {
                forward: (forward_deg + turn(0)).to_radians(),
                right: turn(1).to_radians(),
                left_turn: rotation * turn(2).to_radians(),
            }
        };
        Pose {
            pelvis: turned(pelvis_deg, &self.style.pelvis_turns),
            chest: turned(chest_deg, &self.style.chest_turns),
            acceleration: self.acceleration(time_s),
            shake: DVec3::from_array(
                [0, 1, 2].map(|axis| swing * own.shakes[axis] * self.style.shakes[axis].at(&at)),
            ),
            chest_share: self.style.chest_share,
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

    /// What the step under way has of its own, going over into the next one's.
    fn own(&self, phase: f64) -> StepsOwn {
        let phase = phase.max(0.0);
        let index = phase as usize;
        let of = |index: usize| self.own.get(index).copied().unwrap_or_default();
        of(index).towards(of(index + 1), ease(phase - index as f64))
    }

    /// How fast the pelvis rises by its own shaking, m/s.
    fn shaken_mps(&self, time_s: f64, period_s: f64) -> f64 {
        let phase = self.clock.phase(time_s);
        let at = wave::multiples(PI * phase + if self.right_first { 0.0 } else { PI });
        let share = self.tracks.swing.value(time_s) * self.own(phase).shakes[1];
        share * self.style.shakes[1].integral_at(&at) * period_s / PI
    }

    pub(super) fn steps(&self) -> Vec<StepTimes> {
        let steady = |time_s: f64| self.tracks.speed_mps.at(time_s).rate.abs() < 0.01;
        self.strikes
            .iter()
            .map(|strike| {
                let plan = strike.plan;
                let lowest = strike.lowest(|elapsed| {
                    strike.rising_mps(elapsed) + self.shaken_mps(plan.start_s + elapsed, plan.period_s)
                });
                StepTimes {
                    initial_contact_s: plan.start_s,
                    mid_stance_s: plan.start_s + lowest,
                    toe_off_s: plan.start_s + plan.contact_s,
                    next_contact_s: plan.start_s + plan.period_s,
                    side: if plan.right { Side::Right } else { Side::Left },
                    timing: steady(plan.start_s).then(|| strike.timing(lowest)),
                    running: self.runs,
                }
            })
            .collect()
    }

    /// The steps themselves.
    pub(super) fn strikes(&self) -> &[Strike] {
        &self.strikes
    }
}
