//! What a runner asks for about pods, why not, and what is kept of it.
//!
//! Does nothing itself. Invariant: every refusal has a sentence.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::radio::PodId;
use crate::pod::{backfill::OwnLogs, kind::PodKind, site::Site};

/// A pod that is paired, as it is kept between two starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedPod {
    /// Where it is worn.
    pub site: Site,
    /// What the platform calls it.
    pub id: PodId,
    /// What it is.
    pub kind: PodKind,
    /// What it called itself when it was paired.
    pub name: String,
    /// Which logs on it are ours.
    pub logs: OwnLogs,
}

/// What a runner can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// Look for pods.
    Look,
    /// Look no more.
    LookNoMore,
    /// Wear this pod there; from now on it connects by itself.
    Pair {
        /// Which.
        pod: PodId,
        /// Where.
        site: Site,
    },
    /// The pod of this place is the runner's no more.
    Forget {
        /// Which place.
        site: Site,
    },
    /// Let this pod show itself, as by blinking; one that is not paired is connected for a minute for it.
    Identify {
        /// Which.
        pod: PodId,
    },
}

/// Why a pod was not paired; nothing changed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PairRefusal {
    /// No such pod was seen lately.
    #[error("this pod is not nearby: switch it on and look again")]
    NotNearby,
    /// Another pod has the place.
    #[error("another pod has this place: forget that one first, or choose another place")]
    PlaceTaken,
    /// It sends no motion.
    #[error("this device sends no motion, only sums: it can be worn beside a pod, not instead of one")]
    NoMotion,
}

impl PairRefusal {
    /// The message that says so, and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotNearby => "pair-not-nearby",
            Self::PlaceTaken => "pair-place-taken",
            Self::NoMotion => "pod-no-motion",
        }
    }
}
