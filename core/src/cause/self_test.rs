//! Self-tests a runner does in a minute without pods: what each one asks, and which to ask next.
//!
//! Asks nobody. Invariant: the next test is the one that is expected to tell most, or none where none would.

use serde::{Deserialize, Serialize};

use super::{Cause, RankedCause};

/// A self-test. The words stand in the language files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfTest {
    /// Knee to the wall with the heel down: calves.
    KneeToWall,
    /// Breathing into the low belly: core.
    BellyBreath,
    /// Gliding the face forward: head.
    FaceGlide,
    /// Leg back, arching or tipping: the back.
    ArchOrTip,
    /// Tilting to the wall in front of a mirror or a friend: the waist.
    WallTilt,
    /// Running with hands on hips: a held head.
    HandsOnHips,
}

/// How a self-test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfTestResult {
    /// Nothing stood in the way.
    Pass,
    /// It did not go.
    Fail,
    /// The left side goes less far.
    LeftShort,
    /// The right side goes less far.
    RightShort,
}

impl SelfTestResult {
    /// Whether something stood in the way, on one side or both.
    #[must_use]
    pub const fn fails(self) -> bool {
        !matches!(self, Self::Pass)
    }
}

/// How often a test fails where its cause is there, and where it is not. Ours, untested.
const FAILS: [f64; 2] = [0.8, 0.2];
/// A test is worth its minute from this much on, in nats of uncertainty it takes. Ours.
const WORTH: f64 = 0.03;

impl SelfTest {
    /// Every self-test, in the order that breaks ties.
    pub const ALL: [Self; 6] = [
        Self::KneeToWall,
        Self::BellyBreath,
        Self::FaceGlide,
        Self::ArchOrTip,
        Self::WallTilt,
        Self::HandsOnHips,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KneeToWall => "knee_to_wall",
            Self::BellyBreath => "belly_breath",
            Self::FaceGlide => "face_glide",
            Self::ArchOrTip => "arch_or_tip",
            Self::WallTilt => "wall_tilt",
            Self::HandsOnHips => "hands_on_hips",
        }
    }

    /// What it tells of.
    #[must_use]
    pub const fn cause(self) -> Cause {
        match self {
            Self::KneeToWall => Cause::StiffCalves,
            Self::BellyBreath => Cause::StiffCore,
            Self::FaceGlide => Cause::RetractedHead,
            Self::ArchOrTip => Cause::Arching,
            Self::WallTilt => Cause::WaistBend,
            Self::HandsOnHips => Cause::HeadHeld,
        }
    }

    /// Message: what to do and what to look at.
    #[must_use]
    pub const fn instruction(self) -> &'static str {
        match self {
            Self::KneeToWall => "self-test-knee-to-wall",
            Self::BellyBreath => "self-test-belly-breath",
            Self::FaceGlide => "self-test-face-glide",
            Self::ArchOrTip => "self-test-arch-or-tip",
            Self::WallTilt => "self-test-wall-tilt",
            Self::HandsOnHips => "self-test-hands-on-hips",
        }
    }
}

/// The test that is expected to take most uncertainty from `ranked`, of those not done lately.
#[must_use]
pub fn next_self_test(ranked: &[RankedCause], done: impl Fn(SelfTest) -> bool) -> Option<SelfTest> {
    let open = SelfTest::ALL.into_iter().filter(|test| !done(*test));
    let mut best: Option<(SelfTest, f64)> = None;
    for test in open {
        let worth = worth(ranked, test);
        if worth >= WORTH && best.is_none_or(|(_, most)| worth > most) {
            best = Some((test, worth));
        }
    }
    best.map(|(test, _)| test)
}

/// Expected fall of the entropy, nats.
fn worth(ranked: &[RankedCause], test: SelfTest) -> f64 {
    let prior: Vec<f64> = ranked.iter().map(|cause| cause.probability).collect();
    let fails = |cause: Cause| FAILS[usize::from(cause != test.cause())];
    let outcome = |failed: bool| {
        let joint: Vec<f64> = ranked
            .iter()
            .map(|cause| {
                let fails = fails(cause.cause);
                cause.probability * if failed { fails } else { 1.0 - fails }
            })
            .collect();
        let total: f64 = joint.iter().sum();
        if total > 0.0 {
            total * entropy(joint.iter().map(|share| share / total))
        } else {
            0.0
        }
    };
    entropy(prior.into_iter()) - outcome(true) - outcome(false)
}

fn entropy(shares: impl Iterator<Item = f64>) -> f64 {
    shares
        .filter(|share| *share > 0.0)
        .map(|share| -share * share.ln())
        .sum()
}
