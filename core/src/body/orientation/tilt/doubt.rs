//! Whether gyroscope and accelerometer disagree: by how much more speeds surprise than all errors together explain.
//!
//! Corrects nothing. The gyroscope carries the level frame; a bias that drifts, an axis that is mirrored or of another
//! scale tilts it, and a tilted frame gains speed again and again. A runner who speeds up surprises once.
//! Invariant: doubt comes within seconds and goes over a quarter of a minute, so that a fault that swings is one.

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
}

impl Doubt {
    /// Takes the surprise of the next block.
    pub(super) fn push(&mut self, strangeness: f64) {
        self.mean += (strangeness - self.mean) / SMOOTH_BLOCKS;
        self.peak = (self.peak * FADES).max(self.mean);
    }

    pub(super) fn is_large(self) -> bool {
        self.peak > LARGEST
    }
}
