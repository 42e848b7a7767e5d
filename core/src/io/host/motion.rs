//! Pods without a radio: the phone's own motion sensors, and those of earbuds.
//!
//! Reads no sensor. Invariant: their samples reach the coach as every pod's do, through a link that is said to be there.

use std::collections::BTreeMap;

use super::Host;
use crate::{
    pod::{
        conversation::StreamSetup,
        kind::PodKind,
        link::LinkEvent,
        phone::{MotionBlocks, MotionSample, MotionSource},
        site::Site,
    },
    session::input::Input,
    units::Timestamp,
};

/// The streams that go on.
pub(super) type Motions = BTreeMap<Site, MotionBlocks>;

impl Host {
    /// Takes a batch of samples of the phone, or of earbuds; the first one begins the stream. At most ten a second.
    pub fn motion(
        &mut self,
        now: Timestamp,
        site: Site,
        kind: PodKind,
        source: MotionSource,
        batch: &[MotionSample],
    ) {
        let begins = !self.motions.contains_key(&site);
        let motion = self.motions.entry(site).or_insert_with(|| {
            // Streams that begin within a second of each other are not told apart: nobody puts a phone away so fast.
            MotionBlocks::new(source, (now.0 / 1_000_000) as u16)
        });
        let blocks = motion.blocks(batch);
        if begins {
            let setup = StreamSetup::of(kind);
            self.say(now, LinkEvent::Connected { site, setup });
        }
        for bytes in blocks {
            self.say(now, LinkEvent::lean_pod_block(site, bytes));
        }
    }

    /// No samples come from this place any more.
    pub fn end_motion(&mut self, now: Timestamp, site: Site) {
        if self.motions.remove(&site).is_some() {
            self.say(now, LinkEvent::Lost { site });
        }
    }

    fn say(&mut self, now: Timestamp, event: LinkEvent) {
        // What a link says is never refused.
        let _ = self.handle(now, Input::Link(event));
    }
}
