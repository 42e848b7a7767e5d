//! Running: steps with flight between them, a start out of the stand before and a stop into the one after.
//!
//! Knows how steps follow each other; the forces within one are in [`super::strike`], those of the two ends in
//! [`super::lead`], what is asked for over time in [`super::tracks`].
//! Invariant: speed, height and every angle go on smoothly from the lead-in through the steps to the last landing.

use core::f64::consts::PI;

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
        style::Style,
        wave::{self, Wave},
    },
    units::GRAVITY,
};

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
    style: Style,
    /// One longer than the steps.
    own: Vec<StepsOwn>,
    right_first: bool,
    /// Whether these are steps of running and not hops.
    runs: bool,
}

/// What each step has of its own.
#[derive(Clone, Copy, Debug, Default)]
struct StepsOwn {
    /// Lean beyond the mean, degrees.
    lean_deg: f64,
    /// How large the pelvis's shakes and the turns of the body are, along and about the three axes.
    shakes: [f64; 3],
    turns: [f64; 3],
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
        let mut planner = Planner {
            tracks: &tracks,
            style,
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
            impact: Impact::new(
                &style.impact,
                tracks.speed_mps.value(planner.start_s),
                style.impact.hertz,
            ),
        };
        let mut bounds_s: Vec<f64> = strikes.iter().map(|strike| strike.plan.start_s).collect();
        bounds_s.push(landing.start_s);
        let mut right = right_first;
        let own = bounds_s
            .iter()
            .map(|at_s| {
                let own = StepsOwn::draw(style, tracks.speed_mps.value(*at_s), right, rng);
                right = !right;
                own
            })
            .collect();
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
        let turned = |forward_deg: f64, turns: &[Wave; 3]| {
            let turn = |axis: usize| swing * own.turns[axis] * turns[axis].at(&at);
            Angles {
                forward: (forward_deg + turn(0)).to_radians(),
                right: turn(1).to_radians(),
                left_turn: turn(2).to_radians(),
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

impl StepsOwn {
    fn draw(style: &Style, speed_mps: f64, right: bool, rng: &mut Random) -> Self {
        let variation = &style.variation;
        let lean_deg = random::normal(rng, variation.lean_deg);
        let excess = side(right) * style.right_excess.shakes;
        let growth = style.growth(speed_mps);
        let turn = vary(rng, variation.turns);
        Self {
            lean_deg,
            shakes: growth
                .shakes
                .map(|times| times * (1.0 + excess) * (1.0 + vary(rng, variation.shakes))),
            turns: growth.turns.map(|times| times * (1.0 + turn)),
        }
    }

    fn towards(self, other: Self, share: f64) -> Self {
        let between = |from: f64, to: f64| from + (to - from) * share;
        let each = |from: [f64; 3], to: [f64; 3]| [0, 1, 2].map(|axis| between(from[axis], to[axis]));
        Self {
            lean_deg: between(self.lean_deg, other.lean_deg),
            shakes: each(self.shakes, other.shakes),
            turns: each(self.turns, other.turns),
        }
    }
}

/// + for the right foot, − for the left.
const fn side(right: bool) -> f64 {
    if right { 1.0 } else { -1.0 }
}

/// A normal draw; nothing is drawn where nothing varies.
fn vary(rng: &mut Random, deviation: f64) -> f64 {
    if deviation > 0.0 {
        random::normal(rng, deviation)
    } else {
        0.0
    }
}

/// Lays one step after the other.
struct Planner<'a> {
    tracks: &'a Tracks,
    style: &'a Style,
    start_s: f64,
    flight_before_s: f64,
    right: bool,
}

impl Planner<'_> {
    fn next(&mut self, last_contact_s: f64, rng: &mut Random) -> Option<Strike> {
        let start_s = self.start_s;
        let Style {
            variation,
            right_excess,
            impact,
            ..
        } = self.style;
        let side = side(self.right);
        let cadence = self.tracks.cadence_spm.value(start_s);
        let period_s = 60.0 / cadence
            * (1.0 + random::normal(rng, variation.period))
            * (1.0 + side * right_excess.period);
        if start_s + period_s > last_contact_s {
            return None;
        }
        let contact = self.tracks.contact_s.value(start_s)
            * (1.0 + random::normal(rng, variation.contact))
            * (1.0 + side * right_excess.contact);
        let contact_s = contact.clamp(0.08, (period_s - SHORTEST_FLIGHT_S).max(0.08));
        let speed_mps = self.tracks.speed_mps.value(start_s);
        let timing = self.tracks.timing.value(start_s) + random::normal(rng, variation.timing);
        let hertz = impact.hertz + random::normal(rng, variation.impact_hz);
        let strikes = (1.0 + side * right_excess.impact) * (1.0 + vary(rng, variation.impact)).max(0.1);
        let plan = StrikePlan {
            start_s,
            period_s,
            contact_s,
            flight_before_s: self.flight_before_s,
            timing,
            gain_mps: self.tracks.speed_mps.value(start_s + period_s) - speed_mps,
            impact: Impact::new(impact, strikes * speed_mps, hertz),
            push_mps2: self.style.push_per_mps * speed_mps.max(0.0),
            early_push: self.style.early_push,
            sideways_mps2: self.style.sideways_mps2,
            right: self.right,
        };
        self.start_s += period_s;
        self.flight_before_s = plan.flight_s();
        self.right = !self.right;
        Some(Strike::new(plan))
    }
}
