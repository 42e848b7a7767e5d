//! Chance from a seed and a purpose, and nothing else.

use glam::DVec3;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

/// A seeded source of chance.
#[derive(Clone, Debug)]
pub struct Chance(Pcg64Mcg);

impl Chance {
    /// The source of this seed for this purpose.
    pub fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a: any change of the purpose is another stream.
        let tag = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(Pcg64Mcg::seed_from_u64(
            seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ tag,
        ))
    }

    /// A normal draw around zero.
    pub fn normal(&mut self, deviation: f64) -> f64 {
        let unit: f64 = StandardNormal.sample(&mut self.0);
        unit * deviation
    }

    /// Three independent normal draws.
    pub fn normal3(&mut self, deviation: f64) -> DVec3 {
        DVec3::new(
            self.normal(deviation),
            self.normal(deviation),
            self.normal(deviation),
        )
    }

    /// Evenly between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0.random_range(low..high)
    }

    /// Any rotation, all equally likely.
    pub fn rotation(&mut self) -> glam::DQuat {
        let [x, y, z, w] = [(); 4].map(|()| self.normal(1.0));
        glam::DQuat::from_xyzw(x, y, z, w).normalize()
    }
}
