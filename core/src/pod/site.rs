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
}

impl Site {
    /// Both sites, in the order reports list them.
    pub const ALL: [Self; 2] = [Self::Chest, Self::Pelvis];

    /// The site's name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chest => "chest",
            Self::Pelvis => "pelvis",
        }
    }

    /// The place of this site in an array ordered as [`Site::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Chest => 0,
            Self::Pelvis => 1,
        }
    }
}
