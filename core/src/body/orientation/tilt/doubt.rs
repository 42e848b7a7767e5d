//! Whether gyroscope and accelerometer disagree: by how much more speeds surprise than all errors together explain.
//!
//! Corrects nothing. The gyroscope carries the level frame; a bias that drifts, an axis that is mirrored or of another
//! scale tilts it, and a tilted frame gains speed again and again. A runner who speeds up surprises once.
//! A left-handed frame shows when its body goes from standing to running: the gyroscope then turns up the other way.
//! Invariant: doubt comes within seconds and goes over a quarter of a minute, so that a fault that swings is one.

use glam::DVec2;

/// Share of what was taken for tilt that is left a block later: it fades within a quarter of a minute. Ours.
const TAKEN_FADES: f64 = 0.993;
/// So long after a stand, blocks, what the accelerometer had to correct tells whether the gyroscope felt how the body went
/// from standing to running: the first steps gain speed, and later a pod may turn on its strap. Ours.
const AFTER_A_STAND: std::ops::RangeInclusive<u32> = 80..=200;
/// Corrected by more, radians, the gyroscope felt something else: 4 degrees. Ours: made-up runners' pods (seeds from
/// 40000000) show up to 2.9 degrees; with all axes mirrored nine of ten show 5 to 49, with one mirrored two of three.
const LARGEST_TAKEN_RAD: f64 = 0.07;

/// Surprises are averaged over so many blocks: three seconds, some eight steps. Ours.
const SMOOTH_BLOCKS: f64 = 30.0;
/// Share of a doubt left a block later: it halves within eight seconds. Ours.
const FADES: f64 = 0.992;
/// Above this mean square of standard deviations both sensors cannot be right. Ours: of made-up runners' pods, whose
/// swings are counted in the errors, five seconds show up to 1.3; an accelerometer 15 % too large 1.7; a gyroscope whose
/// bias leaps by four degrees a second 9 to 13.
const LARGEST: f64 = 2.0;

/// The mean surprise and its recent peak.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Doubt {
    mean: f64,
    peak: f64,
    /// Tilt that was corrected since the last stand, older corrections fading, radians in the level frame.
    taken: DVec2,
    /// Blocks since that stand; `None` without one.
    since_stand: Option<u32>,
    contradicted: bool,
}

impl Doubt {
    /// Takes the surprise of the next block.
    pub(super) fn push(&mut self, strangeness: f64) {
        self.mean += (strangeness - self.mean) / SMOOTH_BLOCKS;
        self.peak = (self.peak * FADES).max(self.mean);
    }

    /// A block of rest: gravity alone was seen.
    pub(super) fn stand(&mut self) {
        (self.taken, self.since_stand) = (DVec2::ZERO, Some(0));
    }

    /// So much tilt was corrected.
    pub(super) fn take(&mut self, tilt: DVec2) {
        self.taken += tilt;
    }

    /// A block without rest ends; the level frame turns by an angle.
    pub(super) fn go_on(&mut self, angle: f64) {
        self.taken = DVec2::from_angle(angle).rotate(self.taken * TAKEN_FADES);
        self.since_stand = self.since_stand.map(|blocks| blocks.saturating_add(1));
        let asked = self
            .since_stand
            .is_some_and(|blocks| AFTER_A_STAND.contains(&blocks));
        self.contradicted = asked && self.taken.length() > LARGEST_TAKEN_RAD;
    }

    /// Whether the gyroscope of a body that set off felt another movement than gravity shows.
    pub(super) fn contradicts(self) -> bool {
        self.contradicted
    }

    pub(super) fn is_large(self) -> bool {
        self.peak > LARGEST
    }
}
