//! The forces of one running step: what a foot does to the body between its contact and the next one's.
//!
//! Invariant: over a step at steady speed the mean specific force is exactly gravity, and in flight it is nothing.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2, PI, TAU};

use glam::DVec3;

use crate::{sim::style::ImpactStyle, units::GRAVITY};

/// Backward share of the impact. Ours.
const IMPACT_BACK: f64 = 0.3;

/// What a step is asked to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct StrikePlan {
    pub(super) start_s: f64,
    pub(super) period_s: f64,
    pub(super) contact_s: f64,
    /// Flight before this contact, seconds.
    pub(super) flight_before_s: f64,
    /// Mid-stance timing.
    pub(super) timing: f64,
    /// Speed gained from this contact to the next.
    pub(super) gain_mps: f64,
    pub(super) impact: Impact,
    /// Braking and propulsion, mean over their phases, m/s².
    pub(super) push_mps2: f64,
    /// Share of a second sine that makes the push come early.
    pub(super) early_push: f64,
    /// Peak of the push to the side of the standing foot, m/s².
    pub(super) sideways_mps2: f64,
    pub(super) right: bool,
}

/// A step ready to be asked for its acceleration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strike {
    pub(super) plan: StrikePlan,
    vertical_peak: f64,
    brake_peak: f64,
    propulsion_peak: f64,
    gain_peak: f64,
}

/// A damped shudder after contact.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Impact {
    pub(super) peak: f64,
    pub(super) radps: f64,
    pub(super) decay_s: f64,
    /// From the contact to its begin.
    pub(super) delay_s: f64,
}

impl Impact {
    pub(super) fn new(style: &ImpactStyle, speed_mps: f64, hertz: f64) -> Self {
        Self {
            peak: style.per_mps * speed_mps.max(0.0),
            radps: TAU * hertz,
            decay_s: style.decay_s,
            delay_s: style.delay_s,
        }
    }

    /// Acceleration this long after contact, m/s².
    pub(super) fn at(self, elapsed_s: f64) -> f64 {
        let since_s = (elapsed_s - self.delay_s).max(0.0);
        self.peak * (-since_s / self.decay_s).exp() * (self.radps * since_s).sin()
    }

    /// Its push until then, m/s.
    fn pushed(self, elapsed_s: f64) -> f64 {
        let since_s = (elapsed_s - self.delay_s).max(0.0);
        let (sine, cosine) = (self.radps * since_s).sin_cos();
        let fading = (-since_s / self.decay_s).exp();
        self.impulse() * (1.0 - fading * (cosine + sine / (self.radps * self.decay_s)))
    }

    /// Its whole push, m/s.
    pub(super) fn impulse(self) -> f64 {
        self.peak * self.radps / (self.radps * self.radps + self.decay_s.powi(-2))
    }
}

impl Strike {
    pub(super) fn new(plan: StrikePlan) -> Self {
        let contact = plan.contact_s;
        let impact = plan.impact;
        // The contact carries the weight of half the flight on either side of it.
        let carried_s = contact + 0.5 * (plan.flight_before_s + plan.flight_s());
        let half = contact * 0.5 * FRAC_2_PI;
        let push = plan.push_mps2 * half;
        let brake_share = (0.5 + plan.timing).clamp(0.1, 0.9);
        let brake_s = brake_share * contact;
        Self {
            plan,
            vertical_peak: FRAC_PI_2 * (GRAVITY * carried_s - impact.impulse()) / contact,
            brake_peak: (push - IMPACT_BACK * impact.impulse()) / (FRAC_2_PI * brake_s),
            propulsion_peak: push / (FRAC_2_PI * (contact - brake_s)),
            gain_peak: FRAC_PI_2 * plan.gain_mps / contact,
        }
    }

    /// Acceleration without gravity at this time: along the heading, up, to the right.
    pub(super) fn acceleration(&self, time_s: f64) -> DVec3 {
        let elapsed = time_s - self.plan.start_s;
        let contact = self.plan.contact_s;
        if elapsed >= contact {
            return DVec3::new(0.0, -GRAVITY, 0.0);
        }
        let stance = (PI * elapsed / contact).sin();
        let early = 0.5 * self.plan.early_push * (TAU * elapsed / contact).sin();
        let impact = self.plan.impact.at(elapsed);
        let to_the_right = if self.plan.right { 1.0 } else { -1.0 };
        DVec3::new(
            self.fore_aft(elapsed) + self.gain_peak * stance - IMPACT_BACK * impact,
            self.vertical_peak * (stance + early) + impact - GRAVITY,
            to_the_right * self.plan.sideways_mps2 * stance,
        )
    }

    fn fore_aft(&self, elapsed: f64) -> f64 {
        let crossing = self.zero_crossing();
        if elapsed < crossing {
            -self.brake_peak * (PI * elapsed / crossing).sin()
        } else {
            self.propulsion_peak * (PI * (elapsed - crossing) / (self.plan.contact_s - crossing)).sin()
        }
    }

    /// When braking turns into propulsion, seconds after contact, at steady speed.
    fn zero_crossing(&self) -> f64 {
        (0.5 + self.plan.timing).clamp(0.1, 0.9) * self.plan.contact_s
    }

    /// How fast the body rises so long after contact, m/s.
    pub(super) fn rising_mps(&self, elapsed: f64) -> f64 {
        let sinking = -0.5 * GRAVITY * self.plan.flight_before_s;
        let angle = PI * elapsed / self.plan.contact_s;
        let pushed = (1.0 - angle.cos()) + 0.25 * self.plan.early_push * (1.0 - (2.0 * angle).cos());
        sinking + self.vertical_peak * pushed * self.plan.contact_s / PI + self.plan.impact.pushed(elapsed)
            - GRAVITY * elapsed
    }

    /// When something that sinks at contact and rises at toe-off is lowest, seconds after contact.
    pub(super) fn lowest(&self, rising_mps: impl Fn(f64) -> f64) -> f64 {
        let (mut low, mut high) = (0.15 * self.plan.contact_s, 0.85 * self.plan.contact_s);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if rising_mps(middle) < 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Mid-stance timing of a body that is lowest then.
    pub(super) fn timing(&self, lowest: f64) -> f64 {
        (self.zero_crossing() - lowest) / self.plan.contact_s
    }
}

impl StrikePlan {
    pub(super) fn flight_s(&self) -> f64 {
        self.period_s - self.contact_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Style;

    fn easy() -> Strike {
        Strike::new(StrikePlan {
            start_s: 2.0,
            period_s: 0.36,
            contact_s: 0.25,
            flight_before_s: 0.11,
            timing: 0.06,
            gain_mps: 0.0,
            impact: Impact::new(&Style::tidy().impact, 3.0, 20.0),
            push_mps2: 2.55,
            early_push: 0.3,
            sideways_mps2: 1.5,
            right: true,
        })
    }

    fn integral(strike: &Strike, until_s: f64) -> DVec3 {
        let count = 20_000;
        let step = until_s / f64::from(count);
        (0..count)
            .map(|index| strike.acceleration(2.0 + (f64::from(index) + 0.5) * step) * step)
            .sum()
    }

    #[test]
    fn a_steady_step_leaves_the_speed_as_it_was() {
        let change = integral(&easy(), 0.36);
        assert!(change.x.abs() < 1e-3 && change.y.abs() < 1e-3, "{change}");
    }

    #[test]
    fn the_lowest_point_is_where_sinking_turns_into_rising() {
        let strike = easy();
        let sinking = -0.5 * GRAVITY * 0.11;
        let lowest = strike.lowest(|elapsed| strike.rising_mps(elapsed));
        let speed = sinking + integral(&strike, lowest).y;
        assert!(speed.abs() < 1e-3, "{speed} m/s");
    }

    #[test]
    fn flight_is_weightless() {
        assert_eq!(easy().acceleration(2.3), DVec3::new(0.0, -GRAVITY, 0.0));
    }
}
