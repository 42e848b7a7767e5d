//! Wearing a pod: from a segment that moves to the samples of a sensor on it.
//!
//! Knows no runner. Invariant: without strap, noise and faults the samples are what the segment felt, exactly.

use glam::{DQuat, DVec3};
use plumbline_core::{
    pod::{recording::Recording, sample::ImuSample},
    units::GRAVITY,
};

use crate::{
    body::Segment,
    chance::Chance,
    strap::{Give, Strap},
};

/// Instants a second at which a strap is followed: whole multiples of 52, 104 and 208 Hz.
const FOLLOWED_HZ: f64 = 1248.0;

/// How one pod is worn and how wrong it is.
#[derive(Clone, Debug)]
pub struct Wear {
    /// From the segment's axes to the pod's own.
    pub mounting: DQuat,
    /// Samples a second.
    pub rate_hz: f64,
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// Noise of one accelerometer sample, m/s².
    pub force_noise_mps2: f64,
    /// Noise of one gyroscope sample, rad/s.
    pub gyro_noise_radps: f64,
    /// Constant error of the gyroscope, rad/s.
    pub gyro_bias_radps: DVec3,
    /// End of the accelerometer's range, g; `None` for a sensor without one.
    pub range_g: Option<f64>,
    /// What the strap does; `None` for a pod that is screwed to the segment.
    pub strap: Option<Strap>,
    /// Where the noise comes from.
    pub seed: u64,
}

impl Wear {
    /// A perfect sensor, screwed on at a slant.
    pub fn perfect(rate_hz: f64, seed: u64) -> Self {
        Self {
            mounting: Chance::new(seed, "mounting").rotation(),
            rate_hz,
            has_gyro: true,
            force_noise_mps2: 0.0,
            gyro_noise_radps: 0.0,
            gyro_bias_radps: DVec3::ZERO,
            range_g: None,
            strap: None,
            seed,
        }
    }

    /// A sensor as it is sold: noise, a constant error of the gyroscope, an end of range.
    #[must_use]
    pub fn with_real_sensor(self) -> Self {
        let bias = Chance::new(self.seed, "bias").normal3(0.006);
        Self {
            force_noise_mps2: 0.03,
            gyro_noise_radps: 0.003,
            gyro_bias_radps: bias,
            range_g: Some(16.0),
            ..self
        }
    }

    /// The samples of a pod on this segment; `contacts_s` is when the feet land.
    pub fn record(
        &self,
        segment: &Segment,
        segment_hz: f64,
        run_from_s: f64,
        contacts_s: &[f64],
    ) -> Recording {
        let motion = Motion {
            segment,
            rate_hz: segment_hz,
        };
        let felt = match self.strap {
            None => motion.exact(self.rate_hz),
            Some(strap) => {
                let give = strap.give(&motion.forces(FOLLOWED_HZ), FOLLOWED_HZ, run_from_s, contacts_s);
                averaged(&motion.through(&give), FOLLOWED_HZ, self.rate_hz)
            }
        };
        let mut chance = Chance::new(self.seed, "noise");
        let samples = felt.into_iter().enumerate().map(|(k, (force, rotation))| {
            let force = self.mounting * force + chance.normal3(self.force_noise_mps2);
            let rotation =
                self.mounting * rotation + self.gyro_bias_radps + chance.normal3(self.gyro_noise_radps);
            ImuSample {
                time_s: k as f64 / self.rate_hz,
                specific_force: self.range_g.map_or(force, |range_g| {
                    let end = DVec3::splat(range_g * GRAVITY);
                    force.clamp(-end, end)
                }),
                angular_velocity: self.has_gyro.then_some(rotation),
                clipped: false,
            }
        });
        Recording {
            samples: samples.collect(),
            rate_hz: self.rate_hz,
            has_gyro: self.has_gyro,
            dropped: Vec::new(),
        }
    }
}

/// What a pod feels at one instant: specific force, m/s², and rotation, rad/s.
type Felt = (DVec3, DVec3);

/// A segment's motion at any instant.
struct Motion<'a> {
    segment: &'a Segment,
    rate_hz: f64,
}

impl Motion<'_> {
    fn length_s(&self) -> f64 {
        (self.segment.force.len() - 1) as f64 / self.rate_hz
    }

    /// Four frames about an instant and how far it lies between the middle two.
    fn about(&self, seconds: f64) -> ([usize; 4], f64) {
        let last = self.segment.force.len() as i64 - 1;
        let place = (seconds * self.rate_hz).clamp(0.0, last as f64);
        let below = place.floor() as i64;
        let frames = [-1, 0, 1, 2].map(|k| (below + k).clamp(0, last) as usize);
        (frames, place - below as f64)
    }

    /// Specific force in the world: a cubic through the frames.
    fn force(&self, seconds: f64) -> DVec3 {
        let (frames, share) = self.about(seconds);
        let weights = cubic(share);
        (0..4).map(|k| self.segment.force[frames[k]] * weights[k]).sum()
    }

    /// Orientation: the same cubic through the quaternions.
    fn turn(&self, seconds: f64) -> DQuat {
        let (frames, share) = self.about(seconds);
        let weights = cubic(share);
        let near = self.segment.turn[frames[1]];
        let sum = (0..4).fold(glam::DVec4::ZERO, |sum, k| {
            let turn = self.segment.turn[frames[k]];
            let sign = if turn.dot(near) < 0.0 { -1.0 } else { 1.0 };
            sum + glam::DVec4::from(turn) * (sign * weights[k])
        });
        DQuat::from_vec4(sum).normalize()
    }

    /// Instants at which a pod of this rate samples.
    fn times(&self, rate_hz: f64) -> impl Iterator<Item = f64> + use<> {
        let count = (self.length_s() * rate_hz) as usize;
        (0..count).map(move |k| k as f64 / rate_hz)
    }

    fn exact(&self, rate_hz: f64) -> Vec<Felt> {
        let rotated = |seconds: f64| {
            let (now, next) = (self.turn(seconds), self.turn(seconds + 1.0 / rate_hz));
            (
                now.inverse() * self.force(seconds),
                rotation_between(now, next) * rate_hz,
            )
        };
        self.times(rate_hz).map(rotated).collect()
    }

    /// Specific force in the segment's axes.
    fn forces(&self, rate_hz: f64) -> Vec<DVec3> {
        self.times(rate_hz)
            .map(|seconds| self.turn(seconds).inverse() * self.force(seconds))
            .collect()
    }

    /// What a pod feels that moves on the segment as `give` says.
    fn through(&self, give: &[Give]) -> Vec<Felt> {
        let turns: Vec<DQuat> = (self.times(FOLLOWED_HZ).zip(give))
            .map(|(seconds, give)| self.turn(seconds) * give.turn)
            .collect();
        let rotation = |k: usize| match turns.get(k + 1) {
            Some(next) => rotation_between(turns[k], *next) * FOLLOWED_HZ,
            None => DVec3::ZERO,
        };
        (give.iter().zip(0..turns.len()))
            .map(|(give, k)| (give.turn.inverse() * give.force, rotation(k)))
            .collect()
    }
}

/// Rotation from one orientation to the next, in the axes of the first.
fn rotation_between(now: DQuat, next: DQuat) -> DVec3 {
    let step = now.inverse() * next;
    let step = if step.w < 0.0 { -step } else { step };
    step.normalize().to_scaled_axis()
}

/// Weights of four points about a place between the middle two (Catmull-Rom).
fn cubic(t: f64) -> [f64; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        0.5 * (-t3 + 2.0 * t2 - t),
        0.5 * (3.0 * t3 - 5.0 * t2 + 2.0),
        0.5 * (-3.0 * t3 + 4.0 * t2 + t),
        0.5 * (t3 - t2),
    ]
}

/// A sensor's own filter: the mean over one sample, so that what it cannot follow does not fold back.
fn averaged(felt: &[Felt], from_hz: f64, to_hz: f64) -> Vec<Felt> {
    let width = (from_hz / to_hz).round().max(1.0) as usize;
    let middle = |k: usize| (k * width).saturating_sub(width / 2);
    (0..felt.len() / width)
        .map(|k| {
            let part = &felt[middle(k)..(middle(k) + width).min(felt.len())];
            let sum = part.iter().fold((DVec3::ZERO, DVec3::ZERO), |sum, felt| {
                (sum.0 + felt.0, sum.1 + felt.1)
            });
            (sum.0 / part.len() as f64, sum.1 / part.len() as f64)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment that nods by ten degrees, once a second, without going anywhere.
    fn nodding() -> Segment {
        let turn = |k: usize| {
            let angle = 0.17 * (std::f64::consts::TAU * k as f64 / 100.0).sin();
            DQuat::from_rotation_z(angle)
        };
        Segment {
            force: vec![DVec3::Y * GRAVITY; 500],
            turn: (0..500).map(turn).collect(),
        }
    }

    #[test]
    fn a_perfect_pod_turns_as_its_segment_and_feels_gravity_in_its_own_axes() {
        for rate_hz in [52.0, 100.0, 208.0] {
            let wear = Wear::perfect(rate_hz, 5);
            let recording = wear.record(&nodding(), 100.0, 0.0, &[]);
            // What the gyroscope says of the pod, followed from its first pose, must lead to the up it feels.
            let first = recording.samples[0].specific_force;
            let mut turn = DQuat::IDENTITY;
            for sample in &recording.samples {
                let up = turn.inverse() * first;
                let apart = sample.specific_force.angle_between(up).to_degrees();
                assert!(apart < 0.1, "{apart} degrees at {} s", sample.time_s);
                let rotation = sample.angular_velocity.expect("a gyroscope") / rate_hz;
                turn *= DQuat::from_scaled_axis(rotation);
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_recording_and_another_seed_another_mounting() {
        let record = |seed| {
            let wear = Wear {
                strap: Some(Strap::draw(seed)),
                ..Wear::perfect(104.0, seed).with_real_sensor()
            };
            wear.record(&nodding(), 100.0, 1.0, &[2.0, 2.4])
        };
        assert_eq!(record(1), record(1));
        assert_ne!(record(1).samples[0], record(2).samples[0]);
    }

    #[test]
    fn a_range_ends_what_is_felt() {
        let wear = Wear {
            range_g: Some(0.5),
            ..Wear::perfect(100.0, 2)
        };
        let end = 0.5 * GRAVITY + 1e-9;
        let recording = wear.record(&nodding(), 100.0, 0.0, &[]);
        let ended = |sample: &ImuSample| sample.specific_force.abs().max_element() <= end;
        assert!(recording.samples.iter().all(ended));
    }
}
