//! What the runner told: check-ins, self-tests and the answers at the beginning.
//!
//! Judges nothing. Invariant: what was not asked or not answered counts for nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::self_test::{SelfTest, SelfTestResult};
use crate::drill::{
    check_in::{CheckIn, Felt, PainPlace},
    gate::NotNow,
};

/// How much one mention of a symptom says, 0 to 1; two say all. Ours: people forget, and mix things up.
const ONE_MENTION: f64 = 0.7;
/// Check-ins that are looked back on. Ours.
pub const LOOKED_BACK: usize = 5;

/// What the runner did before, as far as it shapes how somebody leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    /// Dance or ballet.
    Dance,
    /// Gymnastics.
    Gym,
}

/// The answers at the beginning; everything can be skipped.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Onboarding {
    /// Runs in training.
    #[serde(default)]
    pub trained: Option<bool>,
    /// Hours a day at a desk or in a car.
    #[serde(default)]
    pub desk_hours: Option<f64>,
    /// What was done before.
    #[serde(default)]
    pub background: Vec<Background>,
    /// What leaves no drill for now; `None` where nothing was said of it.
    #[serde(default)]
    pub not_now: Option<Vec<NotNow>>,
}

/// Everything that was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The last check-ins, oldest first, at most [`LOOKED_BACK`].
    pub check_ins: Vec<CheckIn>,
    /// The last result of each self-test.
    pub self_tests: BTreeMap<SelfTest, SelfTestResult>,
    /// The answers at the beginning.
    pub onboarding: Onboarding,
}

impl Told {
    /// How surely a place is sore or hurts, 0 to 1.
    #[must_use]
    pub fn sore(&self, place: PainPlace) -> f64 {
        self.mentions(|said| said.sore.contains(&place) || said.level(place) > 0)
    }

    /// How surely running feels so, 0 to 1.
    #[must_use]
    pub fn felt(&self, felt: Felt) -> f64 {
        self.mentions(|said| said.felt.contains(&felt))
    }

    fn mentions(&self, says: impl Fn(&CheckIn) -> bool) -> f64 {
        let count = self.check_ins.iter().filter(|said| says(said)).count();
        (ONE_MENTION * count as f64).min(1.0)
    }
}
