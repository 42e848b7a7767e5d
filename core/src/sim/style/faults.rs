//! What a fault does to how somebody runs, beyond lean, bend and timing.
//!
//! Sizes are the caller's. Invariant: no fault changes a mean angle.

use super::Style;

impl Style {
    /// Brakes and pushes so many times as hard.
    #[must_use]
    pub fn braking(self, times: f64) -> Self {
        let push_per_mps = times * self.push_per_mps;
        Self { push_per_mps, ..self }
    }

    /// The hips pass later over the right foot and earlier over the left, by `timing` as a share of contact; contact
    /// lasts longer and shorter by `contact`, as a share of itself.
    #[must_use]
    pub fn uneven(mut self, timing: f64, contact: f64) -> Self {
        self.right_excess.timing += timing;
        self.right_excess.contact += contact;
        self
    }

    /// The pelvis turns so many times as far in every direction.
    #[must_use]
    pub fn pelvis_turning(self, times: f64) -> Self {
        let pelvis_turns = self.pelvis_turns.map(|turn| turn.times(times));
        Self { pelvis_turns, ..self }
    }

    /// The chest sways so many times as far from side to side.
    #[must_use]
    pub fn chest_swaying(mut self, times: f64) -> Self {
        self.chest_turns[1] = self.chest_turns[1].times(times);
        self
    }
}
