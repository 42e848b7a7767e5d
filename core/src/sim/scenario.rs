//! What to simulate: who wears which pods, and what they do one after the other.
//!
//! Holds no motion. Invariant: everything that can differ between two simulations is written in the [`Scenario`].

use glam::{DQuat, DVec3, DVec4};
use rand::RngExt;

use super::{
    random::{self, Stream},
    strap::Strap,
    style::Style,
};
use crate::pod::site::Site;

/// A made-up runner with pods, and what they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Where all chance comes from: equal seeds give equal bytes.
    pub seed: u64,
    /// Samples a second each pod takes on its own clock; 104 for a Lean Pod.
    pub rate_hz: f64,
    /// The pods worn, at most one a site.
    pub pods: Vec<PodSetup>,
    /// What the runner does, in order.
    pub acts: Vec<Act>,
    /// How the runner runs beyond what the acts ask for.
    pub style: Style,
    /// Share of notifications that never arrive, 0 to 1.
    pub frame_loss: f64,
}

impl Scenario {
    /// Both pods screwed on any way up, 104 Hz, a tidy runner, a perfect radio.
    #[must_use]
    pub fn new(seed: u64, acts: Vec<Act>) -> Self {
        Self {
            seed,
            rate_hz: 104.0,
            pods: Site::LEAN.map(|site| PodSetup::typical(site, seed)).to_vec(),
            acts,
            style: Style::tidy(),
            frame_loss: 0.0,
        }
    }
}

/// One pod: where it sits, which way up, how it is held and how wrong its sensors are.
#[derive(Clone, Debug, PartialEq)]
pub struct PodSetup {
    /// The segment that carries it.
    pub site: Site,
    /// Rotation from the pod's axes to the segment's: x forward, y up, z to the right when standing.
    pub mounting: DQuat,
    /// Standard deviation of each accelerometer sample, m/s².
    pub accelerometer_noise_mps2: f64,
    /// Standard deviation of each gyroscope sample, rad/s.
    pub gyro_noise_radps: f64,
    /// Constant error of the gyroscope, pod axes, rad/s.
    pub gyro_bias_radps: DVec3,
    /// Constant error of the accelerometer, pod axes, m/s².
    pub accelerometer_bias_mps2: DVec3,
    /// How much faster the pod's clock runs than time does, parts per million.
    pub clock_skew_ppm: f64,
    /// The pod clock when the scenario begins, microseconds since its boot.
    pub clock_offset_us: u64,
    /// Whether it has a gyroscope.
    pub has_gyro: bool,
    /// What holds it to the body.
    pub strap: Strap,
    /// How much too large the gyroscope reads, as a factor; 1 is right.
    pub gyro_scale: f64,
    /// How many looks within an interval a sample is the mean of; 1 is a look at the instant. Real sensors average,
    /// so that what is faster than they send does not come back as something slow.
    pub looks: u32,
    /// From when until when it is frozen, true seconds: it goes on sending, but always the same sample.
    pub frozen_s: Option<[f64; 2]>,
}

impl PodSetup {
    /// A consumer-grade pod stuck on any way up: the mounting is a uniformly random rotation.
    ///
    /// Noise 0.03 m/s² and 3 mrad/s, biases around 0.05 m/s² and 10 mrad/s, a crystal within 40 ppm:
    /// ours, the size data sheets of phone-grade sensors give.
    #[must_use]
    pub fn typical(site: Site, seed: u64) -> Self {
        let rng = &mut random::stream(seed, Stream::Setup(site));
        // Four normal numbers of any length point every way equally often.
        let [x, y, z, w] = [(); 4].map(|()| random::normal(rng, 1.0));
        let mounting = DQuat::from_vec4(DVec4::new(x, y, z, w).normalize_or(DVec4::W));
        Self {
            site,
            mounting,
            accelerometer_noise_mps2: 0.03,
            gyro_noise_radps: 0.003,
            gyro_bias_radps: random::normal3(rng, 0.01),
            accelerometer_bias_mps2: random::normal3(rng, 0.05),
            clock_skew_ppm: rng.random_range(-40.0..40.0),
            clock_offset_us: rng.random_range(1_000_000..600_000_000),
            has_gyro: true,
            strap: Strap::default(),
            gyro_scale: 1.0,
            looks: 1,
            frozen_s: None,
        }
    }

    /// A pod without noise, bias or skew, its axes those of the segment: what it reads is the model itself.
    #[must_use]
    pub fn ideal(site: Site) -> Self {
        Self {
            site,
            mounting: DQuat::IDENTITY,
            accelerometer_noise_mps2: 0.0,
            gyro_noise_radps: 0.0,
            gyro_bias_radps: DVec3::ZERO,
            accelerometer_bias_mps2: DVec3::ZERO,
            clock_skew_ppm: 0.0,
            clock_offset_us: 0,
            has_gyro: true,
            strap: Strap::default(),
            gyro_scale: 1.0,
            looks: 1,
            frozen_s: None,
        }
    }
}

/// One thing the runner does. Neighbouring acts blend into each other; equal kinds of gait do not stop in between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Stands still, upright: the neutral pose.
    Stand {
        /// How long.
        seconds: f64,
    },
    /// Stands, but sways about the ankles to and fro and from side to side: no good for a neutral.
    SwayingStand {
        /// How long.
        seconds: f64,
        /// How far to each side of upright.
        sway_deg: f64,
    },
    /// Hops on the spot with both feet, which flies but is no running.
    Hop {
        /// How long.
        seconds: f64,
        /// Hops a minute.
        hops_per_minute: f64,
        /// Ground contact time.
        ground_contact_ms: f64,
    },
    /// Climbs stairs, or goes down them with hard steps.
    Stairs {
        /// How long.
        seconds: f64,
        /// Whether down.
        down: bool,
    },
    /// Walks straight on.
    Walk {
        /// How long, start and stop included.
        seconds: f64,
        /// Cruising speed.
        speed_mps: f64,
    },
    /// Tilts at the wall, one second of standing before the first and one and a half after each.
    WallTilts {
        /// How many.
        count: u32,
        /// Rotation about the ankles: what the pelvis tilts by.
        angle_deg: f64,
        /// How long each is held.
        hold_s: f64,
        /// What the trunk bends beyond the pelvis; above 5 degrees the pelvis also moves back, as a hinge does.
        bend_deg: f64,
    },
    /// Lean-and-falls: stands, tips, catches with quick steps, runs about ten metres, stops, walks back.
    LeanAndFalls {
        /// How many.
        count: u32,
        /// Tilt of the pelvis at the first strike, and atan(a / g) of the first three steps.
        angle_deg: f64,
        /// What the trunk bends beyond the pelvis.
        bend_deg: f64,
    },
    /// Rises on the toes and lets the heels sink, standing before each and after the last.
    HeelLowers {
        /// How many.
        count: u32,
        /// How far up and down, mm.
        drop_mm: f64,
        /// How long the way down takes, seconds.
        down_s: f64,
        /// How far the body tips forward on the way down, degrees.
        pitch_deg: f64,
    },
    /// Breathes slowly, the pelvis rolling with each breath; standing, or lying on the back.
    Breaths {
        /// How many.
        count: u32,
        /// Breaths a minute.
        per_minute: f64,
        /// How far the pelvis rolls, from end to end, degrees.
        swing_deg: f64,
        /// On the back: lies down before and gets up after.
        lying: bool,
    },
    /// Runs straight on in a way of its own, for a comparison with another.
    Bout {
        /// How long, start and stop included.
        seconds: f64,
        /// In which way.
        way: Way,
    },
    /// Runs straight on.
    Run {
        /// How long, start and stop included.
        seconds: f64,
        /// Cruising speed.
        speed_mps: f64,
        /// Steps per minute, both feet.
        cadence_spm: f64,
        /// Trunk lean at the start and at the end, changing evenly.
        lean_deg: [f64; 2],
        /// Waist bend at the start and at the end; the pelvis tilts by lean minus bend.
        bend_deg: [f64; 2],
        /// Mid-stance timing: (fore-aft zero crossing − lowest point) / ground contact time.
        timing: f64,
        /// Ground contact time.
        ground_contact_ms: f64,
    },
}

/// A way of running, beyond what every run is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Cruising speed, m/s.
    pub speed_mps: f64,
    /// Steps per minute, both feet.
    pub cadence_spm: f64,
    /// Trunk lean, degrees.
    pub lean_deg: f64,
    /// Waist bend, degrees.
    pub bend_deg: f64,
    /// Mid-stance timing, share of ground contact.
    pub timing: f64,
    /// Braking and propulsion, sideways push and turn of the pelvis, each as a multiple of the style's own.
    pub braking: f64,
    /// See `braking`.
    pub sway: f64,
    /// See `braking`.
    pub rotation: f64,
}

impl Way {
    /// The easy way of the runner of the presets.
    pub const EASY: Self = Self {
        speed_mps: 3.0,
        cadence_spm: 170.0,
        lean_deg: 9.0,
        bend_deg: 4.0,
        timing: 0.06,
        braking: 1.0,
        sway: 1.0,
        rotation: 1.0,
    };
}
