//! How a segment's tracker finds its mounting: a neutral from the stands, the way forward from the steps.
//!
//! Gives no cell. Invariant: a mounting without a stand is for directions, never for angles.

use glam::DVec3;

use super::SegmentTracker;
use crate::body::{
    forward::{
        CLEAR_VOTES, ENOUGH_VOTES, FEWEST_CONTACTS, Hints, Horizontal, forward_on_ground, ground_axes,
        horizontal,
    },
    mount::{Mounting, merge},
    sample::{GRID_HZ, Neutral, time_s},
};
use crate::pod::site::Site;

/// Where the evidence is weak, it is weighed again after so many more steps: two strides. Ours.
const MORE_CONTACTS: usize = 4;
/// After so many running steps nothing better will come. Ours: a quarter of a minute.
const MANY_CONTACTS: usize = 40;
/// Setting off is noticed this late, seconds: most of the window of stillness. Ours.
const NOTICED_S: f64 = 0.4;
/// Running steps without a stand before them after which no stand is waited for. Ours.
const RUNNING_CONTACTS: usize = 16;

impl SegmentTracker {
    /// With a stand, ten steps of any kind; without one, only running tells that no stand will come.
    pub(super) fn has_enough_beats(&self) -> bool {
        let strong = self.beats.iter().filter(|beat| beat.is_strong()).count();
        if self.stands().is_empty() {
            strong >= RUNNING_CONTACTS
        } else {
            self.beats.len() > FEWEST_CONTACTS && self.beats.len() >= self.wanted_beats
        }
    }

    /// A calibration ends after a few walking steps; otherwise the clearer evidence of running is waited for.
    pub(super) fn wanted_votes(&self) -> f64 {
        let strong = self.beats.iter().filter(|beat| beat.is_strong()).count();
        if self.eager || strong >= MANY_CONTACTS {
            ENOUGH_VOTES
        } else {
            CLEAR_VOTES
        }
    }

    /// Finds the way forward over the waiting cells; tells whether it was found. With a neutral, where a wrong sign
    /// would turn every lean round, it must be clear by so many votes.
    pub(super) fn mount(&mut self, votes: f64) -> bool {
        self.wanted_beats = self.beats.len() + MORE_CONTACTS;
        let neutral = merge(self.stands());
        let Some(reference) = neutral.or_else(|| self.moving_reference()) else {
            return false;
        };
        let from_s = neutral.map_or(f64::NEG_INFINITY, |neutral| neutral.end_s);
        let cells: Vec<Horizontal> = self
            .waiting
            .iter()
            .map(|cell| (time_s(cell.grid.index), cell))
            .filter(|(time_s, _)| *time_s >= from_s)
            .map(|(time_s, cell)| horizontal(reference.up, time_s, cell.upright.up, cell.grid.specific_force))
            .collect();
        let newest = self.waiting.back();
        let has_gyro = newest.is_some_and(|cell| cell.grid.angular_velocity.is_some());
        let hints = Hints {
            set_off_s: (has_gyro && neutral.is_some()).then(|| from_s.max(self.rested_s - NOTICED_S)),
            has_neutral: neutral.is_some(),
            is_chest: self.site == Some(Site::Chest),
            has_gyro,
        };
        let found = forward_on_ground(&cells, &self.beats, hints);
        let Some(forward) = found.filter(|found| neutral.is_none() || found.votes >= votes) else {
            return false;
        };
        let axes = ground_axes(reference.up);
        self.absolute = neutral.is_some();
        if let Some(neutral) = neutral {
            self.later.renew((neutral.end_s * GRID_HZ) as i64);
            self.finder.hurry();
        }
        self.mounting = Some(Mounting {
            neutral: reference,
            forward: axes[0] * forward.way.x + axes[1] * forward.way.y,
        });
        true
    }

    /// Mean up of what waits: a reference for directions, never for angles.
    fn moving_reference(&self) -> Option<Neutral> {
        let up = self
            .waiting
            .iter()
            .map(|cell| cell.upright.up)
            .sum::<DVec3>()
            .try_normalize()?;
        Some(Neutral {
            start_s: 0.0,
            end_s: 0.0,
            spread_deg: 0.0,
            up,
        })
    }
}
