//! What the lean of one window was, and how sure that is.

use serde::{Deserialize, Serialize};

/// The classes a window of running can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeanClass {
    /// Trunk lean below the runner's own band.
    Under,
    /// In the band, without an unusual bend.
    Good,
    /// Above the band, as one piece.
    Over,
    /// Bent at the waist beyond the runner's usual.
    WaistBend,
    /// The evidence does not carry an answer.
    NotSure,
}

impl LeanClass {
    /// Every class, in the order probabilities are listed.
    pub const ALL: [Self; 5] = [
        Self::Under,
        Self::Good,
        Self::Over,
        Self::WaistBend,
        Self::NotSure,
    ];

    /// The class's name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Under => "under",
            Self::Good => "good",
            Self::Over => "over",
            Self::WaistBend => "waist_bend",
            Self::NotSure => "not_sure",
        }
    }

    /// The place of this class in [`LeanClass::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Probability of each class, ordered as [`LeanClass::ALL`], summing to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probabilities(pub [f64; 5]);

impl Probabilities {
    /// No evidence at all: *not sure* with certainty.
    pub const NOT_SURE: Self = Self([0.0, 0.0, 0.0, 0.0, 1.0]);

    /// The probability of one class.
    #[must_use]
    pub fn of(&self, class: LeanClass) -> f64 {
        self.0[class.index()]
    }
}

/// The verdict over one window of running.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeanReading {
    /// First initial contact of the window, seconds on the session's axis.
    pub start_s: f64,
    /// End of its last step, seconds.
    pub end_s: f64,
    /// The class; *not sure* unless one other class carries enough probability.
    pub class: LeanClass,
    /// How likely each class is.
    pub probabilities: Probabilities,
    /// Mean trunk lean over steady steps, degrees; `None` without a chest pod or a neutral.
    pub trunk_lean_deg: Option<f64>,
    /// 90 % interval of it, with the error of the neutral in it.
    pub trunk_lean_ci90_deg: Option<[f64; 2]>,
}

/// The likeliest class, or *not sure* when it carries less than the `needed` probability
/// ([`FeatureVector::needed`](super::features::FeatureVector::needed)).
#[must_use]
pub fn decide(probabilities: &Probabilities, needed: f64) -> LeanClass {
    let likeliest = LeanClass::ALL
        .into_iter()
        .max_by(|a, b| probabilities.of(*a).total_cmp(&probabilities.of(*b)));
    likeliest
        .filter(|class| probabilities.of(*class) >= needed)
        .unwrap_or(LeanClass::NotSure)
}

/// Windows in a row that must agree before the shown class changes. Ours: half a minute.
const WINDOWS_TO_CHANGE: u32 = 3;

/// Holds the class a runner is shown, so that it does not flicker.
#[derive(Clone, Copy, Debug)]
pub struct Hysteresis {
    shown: LeanClass,
    candidate: LeanClass,
    agreeing: u32,
}

impl Default for Hysteresis {
    fn default() -> Self {
        Self {
            shown: LeanClass::NotSure,
            candidate: LeanClass::NotSure,
            agreeing: 0,
        }
    }
}

impl Hysteresis {
    /// Takes the class of the next window; gives the class to show.
    pub fn push(&mut self, class: LeanClass) -> LeanClass {
        self.agreeing = if class == self.candidate {
            self.agreeing + 1
        } else {
            1
        };
        self.candidate = class;
        if self.agreeing >= WINDOWS_TO_CHANGE {
            self.shown = class;
        }
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_class_changes_after_three_windows_that_agree() {
        let mut hysteresis = Hysteresis::default();
        let good = LeanClass::Good;
        let shown: Vec<LeanClass> = [good, good, good, LeanClass::Under, good]
            .into_iter()
            .map(|class| hysteresis.push(class))
            .collect();
        assert_eq!(shown, [LeanClass::NotSure, LeanClass::NotSure, good, good, good]);
    }
}
