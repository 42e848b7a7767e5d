//! What a paired pod's link said, as a session hears it and the run's log keeps it.
//!
//! Never touches a radio and never decodes. Invariant: logs of every version read back; a Lean Pod's events are written
//! as they were when it was the only kind.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    conversation::StreamSetup,
    gatt::Uuid,
    kind::PodKind,
    protocol::{lean_pod, movesense},
    site::Site,
};

/// Something the link to a paired pod said.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkEvent {
    /// The pod began to stream, or streams in another way from now on.
    Connected {
        /// Which pod.
        site: Site,
        /// How it streams.
        setup: StreamSetup,
    },
    /// Bytes of a characteristic that belongs to the stream.
    Notification {
        /// Which pod.
        site: Site,
        /// Which characteristic.
        characteristic: Uuid,
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
    /// A Lean Pod began to stream.
    #[must_use]
    pub const fn lean_pod_connected(site: Site) -> Self {
        Self::Connected {
            site,
            setup: StreamSetup::of(PodKind::LeanPod),
        }
    }

    /// One notification of a Lean Pod's Live characteristic.
    #[must_use]
    pub const fn lean_pod_block(site: Site, bytes: Vec<u8>) -> Self {
        Self::Notification {
            site,
            characteristic: lean_pod::LIVE,
            bytes,
        }
    }

    /// Whether it is of what the pod had stored, fetched afterwards: its arrival says nothing of when it was measured.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        match self {
            Self::Notification {
                characteristic,
                bytes,
                ..
            } => {
                *characteristic == lean_pod::BACKFILL
                    || (*characteristic == movesense::DATA.uuid && movesense::stored(bytes).is_some())
            }
            Self::Connected { .. } | Self::Lost { .. } => false,
        }
    }

    /// Which pod it is about.
    #[must_use]
    pub const fn site(&self) -> Site {
        match self {
            Self::Connected { site, .. } | Self::Notification { site, .. } | Self::Lost { site } => *site,
        }
    }
}

/// As it is written. The first three are all that version 0.1 knew; new ones go to the end.
#[derive(Serialize, Deserialize)]
#[serde(rename = "LinkEvent")]
enum Stored<'a> {
    Connected {
        site: Site,
    },
    Notification {
        site: Site,
        bytes: Cow<'a, [u8]>,
    },
    Lost {
        site: Site,
    },
    ConnectedAs {
        site: Site,
        setup: Cow<'a, StreamSetup>,
    },
    NotificationOf {
        site: Site,
        characteristic: Uuid,
        bytes: Cow<'a, [u8]>,
    },
}

impl Serialize for LinkEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = match self {
            Self::Connected { site, setup } if *setup == StreamSetup::of(PodKind::LeanPod) => {
                Stored::Connected { site: *site }
            }
            Self::Connected { site, setup } => Stored::ConnectedAs {
                site: *site,
                setup: Cow::Borrowed(setup),
            },
            Self::Notification {
                site,
                characteristic,
                bytes,
            } if *characteristic == lean_pod::LIVE => Stored::Notification {
                site: *site,
                bytes: Cow::Borrowed(bytes),
            },
            Self::Notification {
                site,
                characteristic,
                bytes,
            } => Stored::NotificationOf {
                site: *site,
                characteristic: *characteristic,
                bytes: Cow::Borrowed(bytes),
            },
            Self::Lost { site } => Stored::Lost { site: *site },
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LinkEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Connected { site } => Self::lean_pod_connected(site),
            Stored::Notification { site, bytes } => Self::lean_pod_block(site, bytes.into_owned()),
            Stored::Lost { site } => Self::Lost { site },
            Stored::ConnectedAs { site, setup } => Self::Connected {
                site,
                setup: setup.into_owned(),
            },
            Stored::NotificationOf {
                site,
                characteristic,
                bytes,
            } => Self::Notification {
                site,
                characteristic,
                bytes: bytes.into_owned(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As version 0.1 declared it.
    #[derive(Serialize, Deserialize)]
    enum Before {
        Connected { site: Site },
        Notification { site: Site, bytes: Vec<u8> },
        Lost { site: Site },
    }

    #[test]
    fn a_log_of_the_first_version_reads_as_one_of_a_lean_pod() {
        let (site, bytes) = (Site::Pelvis, vec![1, 2, 3]);
        let before = [
            Before::Connected { site },
            Before::Notification {
                site,
                bytes: bytes.clone(),
            },
            Before::Lost { site },
        ];
        let now = [
            LinkEvent::lean_pod_connected(site),
            LinkEvent::lean_pod_block(site, bytes),
            LinkEvent::Lost { site },
        ];
        for (before, now) in before.iter().zip(now) {
            let stored = postcard::to_stdvec(before).unwrap();
            assert_eq!(postcard::from_bytes::<LinkEvent>(&stored).unwrap(), now);
            assert_eq!(
                postcard::to_stdvec(&now).unwrap(),
                stored,
                "and is written as it was"
            );
        }
    }

    #[test]
    fn another_makers_pod_keeps_its_kind_its_setup_and_the_characteristic() {
        let setup = StreamSetup {
            rate_hz: Some(200.0),
            accelerometer_range_g: Some(8.0),
            ..StreamSetup::of(PodKind::PolarH10)
        };
        for event in [
            LinkEvent::Connected {
                site: Site::Chest,
                setup,
            },
            LinkEvent::Notification {
                site: Site::Chest,
                characteristic: Uuid::short(0x2A53),
                bytes: vec![9; 200],
            },
        ] {
            let stored = postcard::to_stdvec(&event).unwrap();
            assert_eq!(postcard::from_bytes::<LinkEvent>(&stored).unwrap(), event);
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<LinkEvent>(&json).unwrap(), event);
        }
    }
}
