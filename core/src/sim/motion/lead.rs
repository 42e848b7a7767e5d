//! The two ends of a bout of running: the push out of a stand and the landing into one.
//!
//! Knows no steps. Invariant: both carry the body's weight but for what the neighbouring flight asks.

use core::f64::consts::{FRAC_2_PI, PI};

use glam::DVec3;

use super::strike::Impact;
use crate::{
    sim::easing::{ease, ease_over},
    units::GRAVITY,
};

/// From the first push to the first toe-off, and from the last contact to standing.
pub(super) const PUSH_S: f64 = 0.45;
pub(super) const LANDING_S: f64 = 0.45;

/// From standing to the first contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// When the push ends, seconds from the bout's begin.
    pub(super) toe_off_s: f64,
    pub(super) first_contact_s: f64,
    /// Largest forward acceleration before the first contact, m/s².
    pub(super) forward_mps2: f64,
    /// How far the pelvis first goes back while the chest bends, metres.
    pub(super) back_m: f64,
}

/// Seconds over which the forward push ends before toe-off.
const PUSH_END_S: f64 = 0.12;

impl Lead {
    /// Speed at toe-off for this peak of acceleration: the shape of the push has half the area of its box.
    pub(super) fn speed_mps(&self) -> f64 {
        0.5 * self.forward_mps2 * self.toe_off_s
    }

    pub(super) fn acceleration(&self, time_s: f64) -> DVec3 {
        if time_s >= self.toe_off_s {
            return DVec3::new(0.0, -GRAVITY, 0.0);
        }
        let rise_s = self.toe_off_s - PUSH_END_S;
        let push = ease(time_s / rise_s) - ease((time_s - rise_s) / PUSH_END_S);
        let back = self.back_m * ease_over(time_s, 0.6 * self.toe_off_s).acceleration;
        DVec3::new(self.forward_mps2 * push - back, self.vertical(time_s), 0.0)
    }

    /// From standing weight to none, with the push that lifts the body into its first flight.
    fn vertical(&self, time_s: f64) -> f64 {
        let share = ((time_s - self.toe_off_s) / PUSH_S + 1.0).max(0.0);
        let lift_mps = 0.5 * GRAVITY * (self.first_contact_s - self.toe_off_s);
        let peak = (lift_mps + 0.5 * GRAVITY * PUSH_S) / (FRAC_2_PI * PUSH_S);
        peak * (PI * share).sin() - GRAVITY * ease(share)
    }
}

/// The last contact: out of flight into standing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Landing {
    pub(super) start_s: f64,
    pub(super) flight_before_s: f64,
    pub(super) gain_mps: f64,
    pub(super) impact: Impact,
}

impl Landing {
    pub(super) fn acceleration(&self, time_s: f64) -> DVec3 {
        let elapsed = time_s - self.start_s;
        let share = (elapsed / LANDING_S).min(1.0);
        let push = (PI * share).sin() / (FRAC_2_PI * LANDING_S);
        let caught_mps = 0.5 * GRAVITY * (self.flight_before_s + LANDING_S) - self.impact.impulse();
        DVec3::new(
            self.gain_mps * push,
            caught_mps * push + GRAVITY * (ease(share) - 1.0) + self.impact.at(elapsed),
            0.0,
        )
    }
}
