//! The talk to a device that sends sums alone: it is named and refused, kindly.
//!
//! Subscribes nothing. Invariant: such a device never counts as a pod.

use crate::{
    pod::{
        conversation::{Conversation, ConversationEvent, PodRefusal},
        gatt::{Characteristic, GattEvent},
        protocol::talk::refused,
    },
    units::Timestamp,
};

/// One connection to such a device.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StandardTalk;

impl Conversation for StandardTalk {
    fn begin(&mut self, _now: Timestamp, _offered: &[Characteristic]) -> Vec<ConversationEvent> {
        refused(PodRefusal::NoMotion)
    }

    fn handle(&mut self, _now: Timestamp, _event: GattEvent) -> Vec<ConversationEvent> {
        Vec::new()
    }
}
