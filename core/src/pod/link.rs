//! The radio as data: what a pod's link said.
//!
//! Never touches a radio. Issue of connections is left to a later stage; here a paired pod is named by its site.

use serde::{Deserialize, Serialize};

use super::site::Site;

/// Something the link to a paired pod said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkEvent {
    /// The pod began to stream.
    Connected {
        /// Which pod.
        site: Site,
    },
    /// The bytes of one notification of the live characteristic.
    Notification {
        /// Which pod.
        site: Site,
        /// The bytes as received, decoded or not.
        bytes: Vec<u8>,
    },
    /// The link is gone.
    Lost {
        /// Which pod.
        site: Site,
    },
}

impl LinkEvent {
    /// Which pod it is about.
    #[must_use]
    pub const fn site(&self) -> Site {
        match self {
            Self::Connected { site } | Self::Notification { site, .. } | Self::Lost { site } => *site,
        }
    }
}
