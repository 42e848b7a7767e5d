//! The styles of made-up people, drawn about what real ones were measured to have.
//!
//! Applies no style. Invariant: a person is a function of the seed.
//!
//! Sizes, phases and spreads are those of the pelvis markers and forces of five treadmill runners (`rbds2017` 001, 03,
//! 05, 09 and 011 at 2.5, 3.5 and 4.5 m/s, 15 trials; fore-aft and vertical are the pelvis less the ground's push) where
//! nothing else is said; the impact's are those of one sacral accelerometer (`alcantara_sacrum`).

use rand::RngExt;

use super::{CHEST_TURN, Growth, ImpactStyle, RightExcess, Style, Variation};
use crate::sim::{
    random::{self, Random, Stream},
    wave::{Harmonic, Wave},
};

/// Harmonic of the stride, size, phase in degrees and its spread between runners, from the length of the mean of unit
/// vectors.
type Part = (usize, f64, f64, f64);

/// How sizes grow with speed, as a power of it: shakes along the heading, up, to the right; turns as below.
const GROWTH: Growth = Growth {
    shakes: [1.0, 0.3, 0.8],
    turns: [0.0, 0.7, 1.0],
};
/// The pelvis against the ground's push on the whole body, m/s². What repeats with the other parity than the axis's own
/// is the difference between left and right.
const FORE_AFT: &[Part] = &[
    (3, 0.5, -119.0, 150.0),
    (5, 0.5, 71.0, 150.0),
    (7, 0.5, 124.0, 150.0),
    (2, 5.4, -96.0, 8.0),
    (4, 3.2, 147.0, 18.0),
    (6, 2.2, 96.0, 26.0),
    (8, 2.3, 36.0, 18.0),
    (10, 1.9, 7.0, 23.0),
    (12, 1.4, -45.0, 18.0),
];
const UP: &[Part] = &[
    (1, 0.4, 62.0, 150.0),
    (3, 0.7, -70.0, 150.0),
    (5, 0.6, -164.0, 150.0),
    (7, 0.7, 159.0, 150.0),
    (2, 2.4, -135.0, 10.0),
    (4, 2.3, -51.0, 60.0),
    (6, 2.1, 109.0, 47.0),
    (8, 1.9, 32.0, 47.0),
    (10, 1.0, 23.0, 66.0),
    (12, 0.8, -39.0, 57.0),
];
const TO_THE_RIGHT: &[Part] = &[
    (2, 0.6, -22.0, 150.0),
    (4, 0.5, 38.0, 150.0),
    (6, 0.8, 2.0, 150.0),
    (8, 0.8, -1.0, 150.0),
    (1, 1.0, -73.0, 92.0),
    (3, 1.4, -113.0, 90.0),
    (5, 1.7, -142.0, 64.0),
    // Markers on skin have 2.5 and 2.0 of the last two, a sensor (`biomac_fixture`) 2.0 and 1.4; less is ours.
    (7, 1.8, -9.0, 37.0),
    (9, 1.3, -89.0, 48.0),
    (11, 0.8, -154.0, 49.0),
];
/// Turns of the pelvis, degrees: forward, to the right, about the vertical to the left.
const PELVIS_TURNS: [&[Part]; 3] = [
    &[(1, 0.5, 156.0, 83.0), (2, 3.3, 86.0, 16.0), (4, 0.8, 135.0, 57.0)],
    &[
        (1, 4.1, 179.0, 16.0),
        (2, 0.5, 69.0, 99.0),
        (3, 2.1, 22.0, 18.0),
        (5, 0.27, 177.0, 60.0),
    ],
    &[
        // Markers 5.1 and 0.36, the one gyroscope (`biomac_fixture`) 10 and 1.7: in between.
        (1, 6.0, 132.0, 34.0),
        (2, 0.6, -155.0, 86.0),
        (3, 0.7, 82.0, 95.0),
        (5, 0.6, 48.0, 73.0),
    ],
];
/// Spread of a size between runners at one speed, as a share of it: the first where runners agree on the phase.
const SIZE_SPREAD: [f64; 2] = [0.15, 0.4];
const AGREED_DEG: f64 = 30.0;
/// Turns of the chest forward and to the right: against the pelvis's, and smaller. Ours, untested.
const CHEST_AGAINST_PELVIS: [f64; 2] = [-0.6, -0.5];
/// How much of the pelvis's shaking reaches the chest. Ours, untested.
const CHEST_SHARE: [f64; 2] = [0.2, 0.6];

impl Style {
    /// The style of the person of this seed.
    #[must_use]
    pub fn of_person(seed: u64) -> Self {
        let rng = &mut random::stream(seed, Stream::Style);
        let pelvis_turns = PELVIS_TURNS.map(|parts| wave(rng, parts));
        let [forward, right, left_turn] = [0, 1, 2].map(|axis| {
            let own = random::normal(rng, SIZE_SPREAD[1]);
            let size = (1.0 + own).max(0.1);
            match CHEST_AGAINST_PELVIS.get(axis) {
                Some(against) => pelvis_turns[axis].times(against * size),
                None => Wave::of([CHEST_TURN]).times(size),
            }
        });
        Self {
            shakes: [FORE_AFT, UP, TO_THE_RIGHT].map(|parts| wave(rng, parts)),
            chest_share: rng.random_range(CHEST_SHARE[0]..CHEST_SHARE[1]),
            pelvis_turns,
            chest_turns: [forward, right, left_turn],
            powers: GROWTH,
            impact: ImpactStyle::of_person(rng),
            variation: Variation::of_person(rng),
            right_excess: RightExcess {
                // Left and right differ by 0.5 to 3.6 % in time and by 0.2 to 5 % in contact.
                period: random::normal(rng, 0.008),
                contact: random::normal(rng, 0.014),
                impact: random::normal(rng, 0.15),
                shakes: random::normal(rng, 0.1),
                timing: 0.0,
            },
            // The first harmonic of the force is 3.7 m/s² at 3.5 m/s, a tenth more than a push of 0.85 has.
            push_per_mps: 0.95 * (1.0 + random::normal(rng, 0.08)),
            early_push: rng.random_range(0.05..0.35),
            sideways_mps2: rng.random_range(0.2..1.5),
        }
    }
}

impl ImpactStyle {
    /// Three in four land on the heel, the rest on the middle or the front of the foot, which strikes softer.
    fn of_person(rng: &mut Random) -> Self {
        // The measured runner's sacrum holds 3.6 % of its vertical power above 20 Hz: 15 m/s² at 3.3 m/s. Shares ours.
        let per_mps = if rng.random::<f64>() < 0.75 {
            rng.random_range(2.5..5.5)
        } else {
            rng.random_range(0.5..3.0)
        };
        Self {
            per_mps,
            hertz: rng.random_range(14.0..28.0),
            decay_s: rng.random_range(0.015..0.03),
            // The trace comes 20 ms after the ground's push has begun at 3.3 m/s, and is highest after 31 to 45 ms.
            delay_s: rng.random_range(0.008..0.022),
        }
    }
}

impl Variation {
    fn of_person(rng: &mut Random) -> Self {
        Self {
            // 1.1 to 3.1 % of the time, 1.5 to 3.1 % of contact.
            period: rng.random_range(0.010..0.026),
            contact: rng.random_range(0.015..0.03),
            impact: rng.random_range(0.15..0.4),
            // A tenth to a quarter of each harmonic on a treadmill.
            shakes: rng.random_range(0.10..0.30),
            turns: rng.random_range(0.05..0.15),
            impact_hz: 1.5,
            lean_deg: rng.random_range(0.4..0.9),
            timing: 0.015,
        }
    }
}

fn wave(rng: &mut Random, parts: &[Part]) -> Wave {
    Wave::of(parts.iter().map(|(number, amplitude, phase_deg, spread_deg)| {
        let spread = SIZE_SPREAD[usize::from(*spread_deg > AGREED_DEG)];
        Harmonic {
            number: *number,
            amplitude: amplitude * (1.0 + random::normal(rng, spread)).max(0.1),
            phase_deg: phase_deg + random::normal(rng, *spread_deg),
        }
    }))
}
