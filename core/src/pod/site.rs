//! Where on the body a pod sits.

use serde::{Deserialize, Serialize};

/// The body segment that carries a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Sternum: its inclination is the trunk lean.
    Chest,
    /// Sacrum or belt: its inclination is the pelvis tilt.
    Pelvis,
    /// Earbuds or a band: how the head is held. No part of the lean, its classes or its steps.
    Head,
}

impl Site {
    /// Every site, in the order reports list them.
    pub const ALL: [Self; 3] = [Self::Chest, Self::Pelvis, Self::Head];

    /// The sites that lean is told from, first in [`Site::ALL`] and in its order.
    pub const LEAN: [Self; 2] = [Self::Chest, Self::Pelvis];

    /// Whether lean is told from it.
    #[must_use]
    pub const fn tells_lean(self) -> bool {
        self.index() < Self::LEAN.len()
    }

    /// The site's name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chest => "chest",
            Self::Pelvis => "pelvis",
            Self::Head => "head",
        }
    }

    /// The site of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|site| site.name() == name)
    }

    /// The message that names the pod there.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Chest => "pod-chest",
            Self::Pelvis => "pod-pelvis",
            Self::Head => "pod-head",
        }
    }

    /// The place of this site in an array ordered as [`Site::ALL`]; of those that tell the lean also as [`Site::LEAN`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Chest => 0,
            Self::Pelvis => 1,
            Self::Head => 2,
        }
    }
}
