//! The steps of a bout of running, laid one after the other, each with what it has of its own.
//!
//! Knows no forces: those follow from each plan in [`super::strike`].
//! Invariant: a step ends where the next one begins, and left and right take turns.

use super::{
    strike::{Impact, Strike, StrikePlan},
    tracks::Tracks,
};
use crate::sim::{
    random::{self, Random},
    style::Style,
};

const SHORTEST_FLIGHT_S: f64 = 0.02;

/// What each step has of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StepsOwn {
    /// Lean beyond the mean, degrees.
    pub(super) lean_deg: f64,
    /// How large the pelvis's shakes and the turns of the body are, along and about the three axes.
    pub(super) shakes: [f64; 3],
    pub(super) turns: [f64; 3],
}

/// The steps of a bout.
pub(super) struct Planned {
    pub(super) strikes: Vec<Strike>,
    /// Where each step begins and the last one ends.
    pub(super) bounds_s: Vec<f64>,
    /// What each step has of its own, and the landing after them.
    pub(super) own: Vec<StepsOwn>,
    /// The contact after the last step, and how long the body flew before it.
    pub(super) landing_s: f64,
    pub(super) flight_before_s: f64,
}

/// Lays one step after the other.
pub(super) struct Planner<'a> {
    tracks: &'a Tracks,
    style: &'a Style,
    start_s: f64,
    flight_before_s: f64,
    right: bool,
}

impl<'a> Planner<'a> {
    /// Begins with a flight from the first of these instants to the second.
    pub(super) fn new(
        tracks: &'a Tracks,
        style: &'a Style,
        [toe_off_s, first_contact_s]: [f64; 2],
        right: bool,
    ) -> Self {
        Self {
            tracks,
            style,
            start_s: first_contact_s,
            flight_before_s: first_contact_s - toe_off_s,
            right,
        }
    }

    /// As many steps as end before the last contact may come.
    pub(super) fn lay(mut self, last_contact_s: f64, rng: &mut Random) -> Planned {
        let mut right = self.right;
        let mut strikes = Vec::new();
        while let Some(strike) = self.next(last_contact_s, rng) {
            strikes.push(strike);
        }
        let starts_s = strikes.iter().map(|strike| strike.plan.start_s);
        let bounds_s: Vec<f64> = starts_s.chain([self.start_s]).collect();
        let own = bounds_s.iter().map(|at_s| {
            let own = StepsOwn::draw(self.style, self.tracks.speed_mps.value(*at_s), right, rng);
            right = !right;
            own
        });
        Planned {
            own: own.collect(),
            strikes,
            bounds_s,
            landing_s: self.start_s,
            flight_before_s: self.flight_before_s,
        }
    }

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
        let timing = self.tracks.timing.value(start_s)
            + side * right_excess.timing
            + random::normal(rng, variation.timing);
        let hertz = impact.hertz + random::normal(rng, variation.impact_hz);
        let strikes = (1.0 + side * right_excess.impact) * (1.0 + vary(rng, variation.impact)).max(0.1);
        let times = [0, 1].map(|one: usize| self.tracks.times[one].value(start_s));
        let plan = StrikePlan {
            start_s,
            period_s,
            contact_s,
            flight_before_s: self.flight_before_s,
            timing,
            gain_mps: self.tracks.speed_mps.value(start_s + period_s) - speed_mps,
            impact: Impact::new(impact, strikes * speed_mps, hertz),
            push_mps2: self.style.push_per_mps * speed_mps.max(0.0) * times[0],
            early_push: self.style.early_push,
            sideways_mps2: self.style.sideways_mps2 * times[1],
            right: self.right,
        };
        self.start_s += period_s;
        self.flight_before_s = plan.flight_s();
        self.right = !self.right;
        Some(Strike::new(plan))
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

    /// What lies so far between this step and the next one.
    pub(super) fn towards(self, other: Self, share: f64) -> Self {
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
