//! What a pipeline tells of the pods: neutral, mountings, and what the angles depend on.
//!
//! Changes nothing. Invariant: what is not known of a pod is `None` or left out.

use super::Pipeline;
use crate::{
    body::{mount::Mounting, sample::Neutral},
    lean::{features::Circumstances, wear::Worn},
    pod::site::Site,
};

impl Pipeline {
    /// Whether speed and hills are known.
    #[must_use]
    pub fn knows_terrain(&self) -> bool {
        self.detector.gate().knows_terrain()
    }

    /// The neutral all angles are measured from: the pelvis pod's, else the chest pod's, with the wider spread.
    #[must_use]
    pub fn neutral(&self) -> Option<Neutral> {
        let neutrals: Vec<Neutral> = self
            .tracks
            .iter()
            .flatten()
            .filter_map(|track| track.tracker.neutral())
            .collect();
        let spread_deg = neutrals
            .iter()
            .map(|neutral| neutral.spread_deg)
            .fold(0.0, f64::max);
        neutrals.last().map(|neutral| Neutral {
            spread_deg,
            ..*neutral
        })
    }

    /// How much further forward the last minute of running was than the first; only without a neutral.
    #[must_use]
    pub fn lean_change_deg(&self) -> Option<f64> {
        let known = self.neutral().is_some() || self.places.in_doubt();
        self.from_start.change_deg().filter(|_| !known)
    }

    /// Mountings found or given, by site.
    #[must_use]
    pub fn mounts(&self) -> Vec<(Site, Mounting)> {
        let mounting = |site: Site| Some((site, *self.tracks[site.index()].as_ref()?.tracker.mounting()?));
        Site::ALL.into_iter().filter_map(mounting).collect()
    }

    /// Samples taken from a pod.
    #[must_use]
    pub fn samples(&self, site: Site) -> u64 {
        self.tracks[site.index()]
            .as_ref()
            .map_or(0, |track| track.samples)
    }

    /// Whether a pod has a gyroscope; `None` before its first sample.
    #[must_use]
    pub fn has_gyro(&self, site: Site) -> Option<bool> {
        self.tracks[site.index()].as_ref().map(|track| track.has_gyro)
    }

    /// Whether a pod sits otherwise than in its neutral now, which a stand would mend.
    #[must_use]
    pub fn moved_now(&self, site: Site) -> bool {
        self.tracks[site.index()]
            .as_ref()
            .is_some_and(|track| track.tracker.has_moved())
    }

    pub(super) fn circumstances(&self) -> Circumstances {
        Circumstances {
            neutral_spread_deg: self.neutral().map_or(0.0, |neutral| neutral.spread_deg),
            worn: self.as_timed(self.wear.of_window(self.gyros())),
            own: self.own.now(),
            swapped: self.places.in_doubt(),
        }
    }

    /// What the angles of the whole run so far depend on besides its steps.
    #[must_use]
    pub fn circumstances_of_run(&self) -> Circumstances {
        Circumstances {
            worn: self.as_timed(self.wear.of_run(self.gyros())),
            ..self.circumstances()
        }
    }

    /// A pod's times rest on arrival, or on its stamps, from now on.
    pub fn set_timed_by_arrival(&mut self, site: Site, timed_by_arrival: bool) {
        self.timed_by_arrival[site.index()] = timed_by_arrival;
    }

    fn as_timed(&self, worn: [Worn; 2]) -> [Worn; 2] {
        worn.map(|worn| Worn {
            timed_by_arrival: self.timed_by_arrival[worn.site.index()],
            ..worn
        })
    }

    pub(super) fn gyros(&self) -> [bool; 2] {
        Site::ALL.map(|site| self.has_gyro(site).unwrap_or(true))
    }
}
