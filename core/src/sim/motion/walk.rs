//! Walking: an inverted pendulum on alternating legs, never in flight.
//!
//! Invariant: the body is slowest where it is highest, the opposite of running, and never lighter than 0.6 g.

use core::f64::consts::{PI, TAU};

use glam::DVec3;
use rand::RngExt;

use super::{Angles, Pose, StepTimes, clock::StepClock};
use crate::{
    gait::step::Side,
    sim::{
        easing::Track,
        random::{self, Random},
        scenario::Act,
    },
    units::GRAVITY,
};

/// The speed at which the numbers below hold, m/s; they grow in proportion. Ours, untested.
const USUAL_MPS: f64 = 1.3;
/// Steps a minute at that speed.
const USUAL_SPM: f64 = 110.0;
/// Share of a step from a foot's contact to the lowest point, the middle of double support.
const LOWEST: f64 = 0.1;
/// Share of its stride that a foot stays down.
const STANCE: f64 = 0.62;
/// Vertical acceleration at once and twice the step frequency, m/s²: two bumps around double support.
const VERTICAL: [f64; 2] = [2.2, -0.9];
/// Beyond this share of the usual the walker would leave the ground.
const LIVELIEST: f64 = 1.2;
const FORE_AFT: f64 = 1.6;
const SIDEWAYS: f64 = 1.0;
const HEEL_STRIKE: f64 = 1.2;
const HEEL_STRIKE_RADPS: f64 = TAU * 18.0;
const HEEL_STRIKE_DECAY_S: f64 = 0.03;
const FIRST_CONTACT_S: f64 = 0.3;
const RAMP_S: f64 = 1.1;
const STEP_VARIATION: f64 = 0.015;
/// Speed along the ground on stairs, and how much harder a foot strikes up and down them. Ours, untested.
pub(super) const STAIRS_MPS: f64 = 0.6;
const STAIRS_GAIT: f64 = 0.8;
const STAIRS_STRIKE: [f64; 2] = [1.5, 6.0];

/// A piece of walking at one speed.
#[derive(Clone, Copy, Debug)]
pub(super) struct WalkingPart {
    /// How long.
    pub(super) seconds: f64,
    speed_mps: f64,
    /// How lively the gait is, and how much harder than a walker's the feet strike.
    gait: f64,
    strike: f64,
}

impl WalkingPart {
    pub(super) fn of(act: &Act) -> Option<Self> {
        match *act {
            Act::Walk { seconds, speed_mps } => Some(Self {
                seconds: seconds.max(0.0),
                speed_mps,
                gait: (speed_mps / USUAL_MPS).min(LIVELIEST),
                strike: 1.0,
            }),
            Act::Stairs { seconds, down } => Some(Self {
                seconds: seconds.max(0.0),
                speed_mps: STAIRS_MPS,
                gait: STAIRS_GAIT,
                strike: STAIRS_STRIKE[usize::from(down)],
            }),
            _ => None,
        }
    }

    /// Walking this far at the usual speed.
    pub(super) fn covering(distance_m: f64) -> Self {
        Self {
            // The two ramps together lose one ramp's worth of way.
            seconds: distance_m / USUAL_MPS + RAMP_S,
            speed_mps: USUAL_MPS,
            gait: 1.0,
            strike: 1.0,
        }
    }
}

/// One bout of walking.
#[derive(Clone, Debug)]
pub(super) struct Walking {
    duration_s: f64,
    speed: Track,
    /// How much of the gait's own motion there is; the gait builds up even when the speed is already there.
    gait: Track,
    strike: Track,
    clock: StepClock,
    bounds_s: Vec<f64>,
    right_first: bool,
}

impl Walking {
    /// Walks the parts one after the other, entering and leaving at these speeds.
    pub(super) fn new(parts: &[WalkingPart], [entry_mps, exit_mps]: [f64; 2], rng: &mut Random) -> Self {
        let duration_s: f64 = parts.iter().map(|part| part.seconds).sum();
        let ramp_s = RAMP_S.min(duration_s * 0.4);
        let mut speed = Track::new(entry_mps);
        let mut gait = Track::new(0.0);
        let mut strike = Track::new(parts.first().map_or(1.0, |part| part.strike));
        let mut start_s = 0.0;
        for part in parts {
            speed = speed.level(start_s, part.speed_mps, ramp_s);
            gait = gait.level(start_s, part.gait, ramp_s);
            strike = strike.level(start_s, part.strike, ramp_s);
            start_s += part.seconds;
        }
        let speed = speed.level(duration_s - ramp_s, exit_mps, ramp_s);
        let gait = gait.level(duration_s - ramp_s, 0.0, ramp_s);
        let bounds_s = step_bounds(duration_s, &gait, rng);
        Self {
            duration_s,
            speed,
            gait,
            strike,
            clock: StepClock::new(bounds_s.clone()),
            bounds_s,
            right_first: rng.random(),
        }
    }

    pub(super) fn duration_s(&self) -> f64 {
        self.duration_s
    }

    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let gait = self.gait.value(time_s);
        let speeding = self.speed.at(time_s).rate;
        let phase = self.clock.phase(time_s);
        let stride = PI * phase + if self.right_first { 0.0 } else { PI };
        // The trunk takes less than half of the lean that the change of speed asks of the whole body.
        let forward = gait * 1.0_f64.to_radians() + 0.4 * (speeding / GRAVITY).atan();
        let bob = gait * (TAU * (phase - 0.6)).cos();
        let roll = -gait * 3.0_f64.to_radians() * stride.sin();
        let turn = gait * stride.cos();
        Pose {
            pelvis: Angles {
                forward: forward + bob * 1.5_f64.to_radians(),
                right: roll,
                left_turn: turn * 4.0_f64.to_radians(),
            },
            chest: Angles {
                forward: forward - bob * 1.0_f64.to_radians(),
                right: -0.5 * roll,
                left_turn: -turn * 4.0_f64.to_radians(),
            },
            acceleration: self.acceleration(time_s, gait, phase, stride) + DVec3::X * speeding,
            ..Pose::default()
        }
    }

    fn acceleration(&self, time_s: f64, gait: f64, phase: f64, stride: f64) -> DVec3 {
        let cycle = TAU * (phase - LOWEST);
        let vertical = VERTICAL[0] * cycle.cos() + VERTICAL[1] * (2.0 * cycle).cos();
        gait * DVec3::new(
            -FORE_AFT * cycle.sin(),
            vertical + self.strike.value(time_s) * self.heel_strike(time_s),
            -SIDEWAYS * stride.sin(),
        )
    }

    /// A short shudder after each contact, less its own mean so that the body neither rises nor sinks by it.
    fn heel_strike(&self, time_s: f64) -> f64 {
        let Some(step) = self.clock.step(time_s) else {
            return 0.0;
        };
        let (Some(start), Some(end)) = (self.bounds_s.get(step), self.bounds_s.get(step + 1)) else {
            return 0.0;
        };
        let elapsed = time_s - start;
        let damping = 1.0 / HEEL_STRIKE_DECAY_S;
        let impulse = HEEL_STRIKE * HEEL_STRIKE_RADPS / (HEEL_STRIKE_RADPS.powi(2) + damping * damping);
        HEEL_STRIKE * (-elapsed * damping).exp() * (HEEL_STRIKE_RADPS * elapsed).sin()
            - impulse / (end - start)
    }

    pub(super) fn steps(&self) -> Vec<StepTimes> {
        self.bounds_s
            .windows(2)
            .enumerate()
            .filter_map(|(index, pair)| {
                let [start, end] = pair else { return None };
                let right = (index % 2 == 0) == self.right_first;
                Some(StepTimes {
                    initial_contact_s: *start,
                    mid_stance_s: self.clock.when(index as f64 + LOWEST),
                    toe_off_s: start + STANCE * 2.0 * (end - start),
                    next_contact_s: *end,
                    side: if right { Side::Right } else { Side::Left },
                    timing: None,
                    running: false,
                })
            })
            .collect()
    }
}

/// Contacts from the first step to the last, the walker standing again a moment after.
fn step_bounds(duration_s: f64, gait: &Track, rng: &mut Random) -> Vec<f64> {
    let mut bounds_s = vec![FIRST_CONTACT_S.min(duration_s * 0.3)];
    let mut contact_s = FIRST_CONTACT_S;
    // Slow walkers step less often, but the first and last steps are not drawn out for ever.
    loop {
        let cadence = USUAL_SPM * gait.value(contact_s + 0.3).max(0.8).sqrt();
        contact_s += 60.0 / cadence * (1.0 + random::normal(rng, STEP_VARIATION));
        if contact_s > duration_s - FIRST_CONTACT_S {
            return bounds_s;
        }
        bounds_s.push(contact_s);
    }
}
