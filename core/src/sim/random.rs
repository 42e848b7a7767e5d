//! Chance, drawn from the scenario's seed and nothing else.
//!
//! Invariant: each stream is independent, so a change of one pod leaves the body's motion as it was.

use glam::DVec3;
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use crate::pod::site::Site;

/// The generator all of `sim` draws from.
pub(super) type Random = Pcg64Mcg;

/// What a stream of chance is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    /// The body's motion.
    Motion,
    /// How a pod is made and mounted.
    Setup(Site),
    /// A pod's sensor noise.
    Sensor(Site),
    /// A pod's radio.
    Radio(Site),
    /// Who the runner is.
    Runner,
    /// How the runner runs.
    Style,
    /// How a strap rubs.
    Strap(Site),
}

/// The stream of this seed for this purpose.
pub(super) fn stream(seed: u64, stream: Stream) -> Random {
    let tag = match stream {
        Stream::Motion => 0,
        Stream::Setup(site) => 1 + site.index() as u64,
        Stream::Sensor(site) => 3 + site.index() as u64,
        Stream::Radio(site) => 5 + site.index() as u64,
        Stream::Runner => 7,
        Stream::Style => 8,
        Stream::Strap(site) => 9 + site.index() as u64,
    };
    // An odd multiplier spreads neighbouring seeds and tags over the whole state.
    Random::seed_from_u64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(tag))
}

/// One draw from a distribution.
pub(super) fn draw<T>(rng: &mut Random, distribution: &impl Distribution<T>) -> T {
    distribution.sample(rng)
}

/// A normal draw with this standard deviation, cut at three of them: a made-up step is never absurd.
pub(super) fn normal(rng: &mut Random, deviation: f64) -> f64 {
    let unit: f64 = StandardNormal.sample(rng);
    unit.clamp(-3.0, 3.0) * deviation
}

/// Three independent normal draws.
pub(super) fn normal3(rng: &mut Random, deviation: f64) -> DVec3 {
    DVec3::new(
        normal(rng, deviation),
        normal(rng, deviation),
        normal(rng, deviation),
    )
}
