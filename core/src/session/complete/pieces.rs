//! The pieces of pods' streams in a log: which came live and when, and which had been stored.
//!
//! Places none. Invariant: a piece of two notifications counts only when both came.

use std::collections::BTreeMap;

use crate::{
    pod::{
        backfill::BACK_US,
        gatt::Uuid,
        kind::PodKind,
        link::LinkEvent,
        protocol::{
            lean_pod::{self, BACKFILL, LIVE},
            movesense::{
                self,
                command::Notification,
                parts::{MOTION, Packets},
            },
        },
        site::Site,
    },
    session::{input::Input, log::LogEntry},
    units::Timestamp,
};

/// A piece by pod, start of its clock in order of appearance, and number: the pod's own, or its stamp where it has none.
pub(super) type Key = (Site, usize, u64);

/// A piece that came live.
#[derive(Clone, Copy)]
pub(super) struct InTime {
    /// When its first and its last notification came; mostly they are one.
    pub(super) began: Timestamp,
    pub(super) arrival: Timestamp,
    /// Where the last one stands in the log.
    pub(super) index: usize,
    pub(super) stamp_us: u64,
}

/// A piece that the pod had stored.
pub(super) struct Stored {
    pub(super) key: Key,
    pub(super) stamp_us: u64,
    /// As it would have come live.
    pub(super) event: LinkEvent,
}

/// What a log holds of every pod.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) in_time: BTreeMap<Key, InTime>,
    pub(super) stored: Vec<Stored>,
    /// The boots of Lean Pods, in order of appearance: their numbers may wrap.
    boots: Vec<(Site, u16)>,
    movesenses: BTreeMap<Site, Movesense>,
}

/// One Movesense's stream so far.
struct Movesense {
    packets: Packets,
    began: Timestamp,
    newest_ms: u32,
    /// How often its clock began.
    starts: usize,
}

impl Pieces {
    pub(super) fn of(log: &[LogEntry]) -> Self {
        let mut pieces = Self::default();
        for (index, entry) in log.iter().enumerate() {
            if let LogEntry::Input {
                at,
                input: Input::Link(event),
            } = entry
            {
                pieces.take(*at, index, event);
            }
        }
        pieces
    }

    fn take(&mut self, at: Timestamp, index: usize, event: &LinkEvent) {
        match event {
            LinkEvent::Connected { site, setup } if setup.kind == PodKind::Movesense => {
                self.movesense(*site).packets = Packets::of(setup.rate_hz);
            }
            LinkEvent::Notification {
                site,
                characteristic,
                bytes,
            } => self.notification(at, index, *site, *characteristic, bytes),
            LinkEvent::Connected { .. } | LinkEvent::Lost { .. } => {}
        }
    }

    fn notification(&mut self, at: Timestamp, index: usize, site: Site, characteristic: Uuid, bytes: &[u8]) {
        if [LIVE, BACKFILL].contains(&characteristic) {
            if let Ok(block) = lean_pod::decode(bytes) {
                let key = (site, self.boot(site, block.boot), u64::from(block.sequence));
                if characteristic == LIVE {
                    self.came(key, at, at, index, block.first_sample_us);
                } else {
                    let event = LinkEvent::lean_pod_block(site, bytes.to_vec());
                    self.had_stored(key, block.first_sample_us, event);
                }
            }
        } else if characteristic == movesense::DATA.uuid {
            match movesense::stored(bytes) {
                Some(packet) => self.stored_packet(site, packet),
                None => self.part(at, index, site, bytes),
            }
        }
    }

    fn came(&mut self, key: Key, began: Timestamp, arrival: Timestamp, index: usize, stamp_us: u64) {
        self.in_time.entry(key).or_insert(InTime {
            began,
            arrival,
            index,
            stamp_us,
        });
    }

    fn had_stored(&mut self, key: Key, stamp_us: u64, event: LinkEvent) {
        self.stored.push(Stored { key, stamp_us, event });
    }

    fn boot(&mut self, site: Site, boot: u16) -> usize {
        let known = self.boots.iter().position(|one| *one == (site, boot));
        known.unwrap_or_else(|| {
            self.boots.push((site, boot));
            self.boots.len() - 1
        })
    }

    fn movesense(&mut self, site: Site) -> &mut Movesense {
        self.movesenses.entry(site).or_insert_with(|| Movesense {
            packets: Packets::of(None),
            began: Timestamp::default(),
            newest_ms: 0,
            starts: 0,
        })
    }

    fn part(&mut self, at: Timestamp, index: usize, site: Site, bytes: &[u8]) {
        let Some(notification) = Notification::parse(bytes) else {
            return;
        };
        let pod = self.movesense(site);
        let begins = matches!(
            notification,
            Notification::Packet {
                reference: MOTION,
                ..
            }
        );
        let mut whole = None;
        // What is damaged is the decoder's to tell.
        let _ = pod.packets.take(notification, &mut |packet| {
            whole = Some((packet.len(), movesense::stamp_ms(packet)));
            Ok(())
        });
        if begins {
            pod.began = at;
        }
        let Some((length, Some(stamp_ms))) = whole else {
            return;
        };
        if !pod.packets.is_whole_length(length) {
            return;
        }
        let back_ms = pod.newest_ms.saturating_sub(stamp_ms);
        if u64::from(back_ms) * 1000 > BACK_US {
            pod.starts += 1;
            pod.newest_ms = stamp_ms;
        }
        pod.newest_ms = pod.newest_ms.max(stamp_ms);
        let (began, starts) = (pod.began, pod.starts);
        let key = (site, starts, u64::from(stamp_ms));
        self.came(key, began, at, index, u64::from(stamp_ms) * 1000);
    }

    fn stored_packet(&mut self, site: Site, packet: &[u8]) {
        let Some(stamp_ms) = movesense::stamp_ms(packet) else {
            return;
        };
        // Another start's log is not fetched.
        let key = (site, self.movesense(site).starts, u64::from(stamp_ms));
        let event = LinkEvent::Notification {
            site,
            characteristic: movesense::DATA.uuid,
            bytes: [&[2, MOTION], packet].concat(),
        };
        self.had_stored(key, u64::from(stamp_ms) * 1000, event);
    }
}
