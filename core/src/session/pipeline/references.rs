//! What the running is judged against, as the speed changes.
//!
//! Learns nothing. Invariant: a window is judged against the references of its own time, however late it is decided.

use std::collections::VecDeque;

use crate::lean::band::OwnReference;

/// The references of now and those to come.
#[derive(Clone, Debug, Default)]
pub(super) struct References {
    now: OwnReference,
    later: VecDeque<(f64, OwnReference)>,
}

impl References {
    pub(super) fn new(now: OwnReference) -> Self {
        Self {
            now,
            later: VecDeque::new(),
        }
    }

    /// What counts now.
    pub(super) const fn now(&self) -> OwnReference {
        self.now
    }

    /// From this time on something else counts; times must rise.
    pub(super) fn from(&mut self, from_s: f64, own: OwnReference) {
        if self.later.back().is_none_or(|(last_s, _)| *last_s <= from_s) {
            self.later.push_back((from_s, own));
        }
    }

    /// Whether something else counts from this time on.
    pub(super) fn change_at(&self, time_s: f64) -> bool {
        self.later.front().is_some_and(|(from_s, _)| *from_s <= time_s)
    }

    /// Takes what counts next.
    pub(super) fn change(&mut self) {
        if let Some((_, own)) = self.later.pop_front() {
            self.now = own;
        }
    }
}
