//! How a runner runs beyond what an act asks for: how the pelvis shakes and turns, how steps differ, how feet strike.
//!
//! Lays no steps; what the styles of people are like stands in [`person`], what a
//! fault does to them in [`faults`].
//! Invariant: no style changes a mean angle, and the truth counts every angle a style adds.

mod faults;
mod person;

use super::wave::{Harmonic, Wave};

/// The speed that sizes are given at, m/s.
const MEASURED_MPS: f64 = 3.5;
/// Turn of the chest about the vertical to the left: against the legs, not against the pelvis. Phase and mean size of
/// `jdx_treadmill_run` (17 degrees) and `biomac_fixture` (7 degrees).
const CHEST_TURN: Harmonic = Harmonic {
    number: 1,
    amplitude: 11.0,
    phase_deg: 191.0,
};

/// How one runner runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The pelvis against the centre of mass, m/s² at [`MEASURED_MPS`]: along the heading, up, to the right.
    pub(super) shakes: [Wave; 3],
    /// How much of that the chest shares.
    pub(super) chest_share: f64,
    /// Turns of the pelvis and the chest about their means, degrees: forward, to the right, to the left.
    pub(super) pelvis_turns: [Wave; 3],
    pub(super) chest_turns: [Wave; 3],
    /// How both grow with speed, as powers of it.
    powers: Growth,
    pub(super) impact: ImpactStyle,
    pub(super) variation: Variation,
    /// How much more the right side has of each than the mean of both, as a share.
    pub(super) right_excess: RightExcess,
    /// Braking and propulsion, mean over their phases, m/s² for each m/s of speed.
    pub(super) push_per_mps: f64,
    /// How much earlier than its middle a contact pushes hardest: share of a second sine in the push.
    pub(super) early_push: f64,
    /// Peak of the sideways push in stance, m/s², to the side of the foot that stands.
    pub(super) sideways_mps2: f64,
}

/// One number an axis, for shakes and for turns.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Growth {
    pub(super) shakes: [f64; 3],
    pub(super) turns: [f64; 3],
}

/// What a foot strike shakes the body with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ImpactStyle {
    /// First swing, m/s² for each m/s of speed.
    pub(super) per_mps: f64,
    pub(super) hertz: f64,
    pub(super) decay_s: f64,
    /// From the contact to its first trace at the pelvis.
    pub(super) delay_s: f64,
}

/// How much steps differ, standard deviations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Variation {
    /// Shares of themselves.
    pub(super) period: f64,
    pub(super) contact: f64,
    pub(super) impact: f64,
    pub(super) shakes: f64,
    pub(super) turns: f64,
    /// Hertz.
    pub(super) impact_hz: f64,
    pub(super) lean_deg: f64,
    /// Share of contact.
    pub(super) timing: f64,
}

/// What the right side has beyond the mean of both, as shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RightExcess {
    pub(super) period: f64,
    pub(super) contact: f64,
    pub(super) impact: f64,
    pub(super) shakes: f64,
    /// No share: later by this share of contact.
    pub(super) timing: f64,
}

impl Style {
    /// Even steps and no more shaking than a simple body has: what a model is checked against, not a person.
    #[must_use]
    pub fn tidy() -> Self {
        let single = |(number, amplitude, phase_deg, _): (usize, f64, f64, f64)| {
            Wave::of([Harmonic {
                number,
                amplitude,
                phase_deg,
            }])
        };
        let pelvis_turns = [
            single((2, 3.0, 108.0, 0.0)),
            single((1, 3.0, 179.0, 0.0)),
            single((1, 6.0, 132.0, 0.0)),
        ];
        let [forward, right, _] = pelvis_turns;
        Self {
            shakes: [Wave::default(); 3],
            chest_share: 1.0,
            pelvis_turns,
            chest_turns: [
                forward.times(-2.0 / 3.0),
                right.times(-0.5),
                Wave::of([CHEST_TURN]).times(0.7),
            ],
            powers: Growth::default(),
            impact: ImpactStyle {
                per_mps: 1.0,
                hertz: 20.0,
                decay_s: 0.025,
                delay_s: 0.0,
            },
            variation: Variation {
                period: 0.012,
                contact: 0.015,
                impact: 0.0,
                shakes: 0.0,
                turns: 0.0,
                impact_hz: 1.5,
                lean_deg: 0.5,
                timing: 0.01,
            },
            right_excess: RightExcess::default(),
            push_per_mps: 0.85,
            early_push: 0.0,
            sideways_mps2: 1.5,
        }
    }

    /// Both feet at once: nothing turns and nothing goes to a side. Ours, untested.
    pub(super) fn hopping() -> Self {
        let tidy = Self::tidy();
        Self {
            pelvis_turns: tidy.pelvis_turns.map(|wave| wave.times(0.2)),
            chest_turns: tidy.chest_turns.map(|wave| wave.times(0.2)),
            sideways_mps2: 0.0,
            ..tidy
        }
    }

    /// How much larger shakes and turns are than given, at this speed.
    pub(super) fn growth(&self, speed_mps: f64) -> Growth {
        let times = (speed_mps.max(0.0) / MEASURED_MPS).min(2.0);
        let of = |powers: [f64; 3]| powers.map(|power| times.powf(power));
        Growth {
            shakes: of(self.powers.shakes),
            turns: of(self.powers.turns),
        }
    }
}
