//! What a runner says about how the body feels, in plain words.
//!
//! Judges nothing: gates and causes do. Invariant: silence is not an answer; no pain is an empty list.

use serde::{Deserialize, Serialize};

/// Where it hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the places")]
pub enum PainPlace {
    Foot,
    Achilles,
    Calf,
    Shin,
    Knee,
    Quads,
    HipFlexors,
    Hip,
    LowBack,
    Neck,
    Chest,
    Other,
}

impl PainPlace {
    /// Every place.
    pub const ALL: [Self; 12] = [
        Self::Foot,
        Self::Achilles,
        Self::Calf,
        Self::Shin,
        Self::Knee,
        Self::Quads,
        Self::HipFlexors,
        Self::Hip,
        Self::LowBack,
        Self::Neck,
        Self::Chest,
        Self::Other,
    ];
}

/// Pain at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pain {
    /// Where.
    pub place: PainPlace,
    /// How strong, 0 to 10.
    pub level: u8,
    /// Sharp rather than dull.
    #[serde(default)]
    pub sharp: bool,
    /// It changes the way of walking.
    #[serde(default)]
    pub limping: bool,
    /// It grows.
    #[serde(default)]
    pub rising: bool,
}

/// A sign that is no question of technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the signs")]
pub enum BodySign {
    Numbness,
    Swelling,
    Dizziness,
    ChestTightness,
}

/// How running felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Felt {
    /// The legs push hard to move the body.
    LegsPushHard,
    /// The legs drag behind.
    LegsDrag,
    /// The chin is pulled in.
    ChinPulledIn,
    /// Tries to run tall.
    RunsTall,
    /// Braces the belly.
    BracesAbs,
    /// The seat sticks out.
    SeatSticksOut,
    /// The calves feel stiff.
    CalvesStiff,
}

impl Felt {
    /// Every feeling.
    pub const ALL: [Self; 7] = [
        Self::LegsPushHard,
        Self::LegsDrag,
        Self::ChinPulledIn,
        Self::RunsTall,
        Self::BracesAbs,
        Self::SeatSticksOut,
        Self::CalvesStiff,
    ];
}

/// What the runner says before or after practice, or the next morning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Each place that hurts.
    #[serde(default)]
    pub pain: Vec<Pain>,
    /// Signs that shut every drill.
    #[serde(default)]
    pub signs: Vec<BodySign>,
    /// Places that are sore, without being painful.
    #[serde(default)]
    pub sore: Vec<PainPlace>,
    /// How running felt.
    #[serde(default)]
    pub felt: Vec<Felt>,
}

impl CheckIn {
    /// Strength of the pain at a place, 0 when nothing was said of it.
    #[must_use]
    pub fn level(&self, place: PainPlace) -> u8 {
        let there = self.pain.iter().filter(|pain| pain.place == place);
        there.map(|pain| pain.level).max().unwrap_or(0)
    }

    /// Whether pain here is stronger than at the check-in before, or said to grow.
    #[must_use]
    pub fn rises_from(&self, before: Option<&Self>) -> bool {
        self.pain
            .iter()
            .any(|pain| pain.rising || before.is_some_and(|before| pain.level > before.level(pain.place)))
    }

    /// Adds what was said at the same moment.
    pub fn add(&mut self, other: Self) {
        for pain in other.pain {
            if !self.pain.contains(&pain) {
                self.pain.push(pain);
            }
        }
        add_new(&mut self.signs, other.signs);
        add_new(&mut self.sore, other.sore);
        add_new(&mut self.felt, other.felt);
    }

    /// Whether the runner told of anything that hurts or is sore.
    #[must_use]
    pub fn has_symptoms(&self) -> bool {
        self.pain.iter().any(|pain| pain.level > 0) || !self.sore.is_empty() || !self.signs.is_empty()
    }
}

/// Adds what is not there yet; in order, so that it does not matter which came first.
fn add_new<Item: Ord>(to: &mut Vec<Item>, from: Vec<Item>) {
    to.extend(from);
    to.sort_unstable();
    to.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calf(level: u8) -> CheckIn {
        let pain = Pain {
            place: PainPlace::Calf,
            level,
            sharp: false,
            limping: false,
            rising: false,
        };
        CheckIn {
            pain: vec![pain],
            ..CheckIn::default()
        }
    }

    #[test]
    fn pain_rises_against_the_check_in_before_or_when_the_runner_says_so() {
        assert!(calf(2).rises_from(Some(&calf(1))));
        assert!(!calf(2).rises_from(Some(&calf(2))));
        assert!(!calf(2).rises_from(None));
        assert!(calf(1).rises_from(Some(&CheckIn::default())));
        let mut said = calf(1);
        said.pain[0].rising = true;
        assert!(said.rises_from(None));
    }

    #[test]
    fn an_old_check_in_with_pain_alone_is_still_read() {
        let old = r#"{"pain":[{"place":"knee","level":2,"sharp":false,"limping":false,"rising":false}]}"#;
        let read: CheckIn = serde_json::from_str(old).unwrap();
        assert_eq!((read.level(PainPlace::Knee), read.felt.len()), (2, 0));
    }
}
