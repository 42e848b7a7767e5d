//! Whether the clocks of both pods agree: chest and pelvis are lifted by the same steps at the same time.
//!
//! Shifts no sample. Steps are alike, so an offset of whole steps shows nothing, and of any other only what is left
//! beyond them. Invariant: nothing is said before both pods have run for some seconds.

use super::sample::{GRID_HZ, SegmentSample};

/// Cells that are summed: 25 sums a second show a step well.
const SUMMED: u32 = 4;
/// Sums that are looked ahead and back: 0.48 s, more than a step.
const REACH: usize = 12;
const LAGS: usize = 2 * REACH + 1;
/// Sums of running that tell, and after which the older half fades: 4 and 20 s. Ours.
const ENOUGH: u32 = 100;
const FADES: u32 = 500;
/// Pods further apart than this do not keep the same time, seconds. Ours: straps shift what pods of made-up runners and
/// virtual pods (hamner2013) feel by up to 0.01.
const APART_S: f64 = 0.03;
/// A lag counts where the pods are as alike as this share of where they are most alike. Ours.
const ALIKE: f64 = 0.7;

/// Holds the bounce of both pods against each other.
#[derive(Clone, Debug, Default)]
pub struct Abreast {
    cells: u32,
    sums: [f64; 2],
    /// The newest sums of the chest and of the pelvis, in rings.
    chest: [f64; LAGS],
    pelvis: [f64; LAGS],
    place: usize,
    filled: usize,
    counted: u32,
    /// How alike the pods are at each lag of the pelvis behind the chest.
    alike: [f64; LAGS],
    apart_s: Option<f64>,
}

impl Abreast {
    /// Takes both pods at one grid cell of running.
    #[inline]
    pub fn push(&mut self, chest: &SegmentSample, pelvis: &SegmentSample) {
        self.sums[0] += chest.acceleration.y;
        self.sums[1] += pelvis.acceleration.y;
        self.cells += 1;
        if self.cells == SUMMED {
            self.cells = 0;
            let [chest, pelvis] = std::mem::take(&mut self.sums);
            self.take(chest, pelvis);
        }
    }

    /// One of the pods was missing or at rest: what comes next is no neighbour of what was.
    pub fn pause(&mut self) {
        (self.cells, self.filled) = (0, 0);
        self.sums = [0.0; 2];
    }

    /// Whether the clocks of the pods are clearly apart.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        self.apart_s.is_some_and(|apart_s| apart_s.abs() > APART_S)
    }

    fn take(&mut self, chest: f64, pelvis: f64) {
        self.chest[self.place] = chest;
        self.pelvis[self.place] = pelvis;
        self.place = (self.place + 1) % LAGS;
        self.filled = LAGS.min(self.filled + 1);
        if self.filled < LAGS {
            return;
        }
        // The oldest sum lies where the next one will.
        let middle = self.chest[(self.place + REACH) % LAGS];
        let (newer, older) = self.pelvis.split_at(self.place);
        for (alike, pelvis) in self.alike.iter_mut().zip(older.iter().chain(newer)) {
            *alike += middle * pelvis;
        }
        self.counted += 1;
        if self.counted >= ENOUGH && self.counted.is_multiple_of(GRID_HZ as u32 / SUMMED) {
            self.apart_s = self.nearest_lag_s();
        }
        if self.counted >= FADES {
            self.counted /= 2;
            self.alike = self.alike.map(|alike| 0.5 * alike);
        }
    }

    /// The lag nearest to none at which the pods are alike, between the sums by a parabola.
    fn nearest_lag_s(&self) -> Option<f64> {
        let most = self.alike.iter().copied().fold(0.0, f64::max);
        let peaks = self.alike.windows(3).zip(1..).filter_map(|(around, lag)| {
            let &[before, here, after] = around else {
                return None;
            };
            let is_peak = here >= before && here > after && here > ALIKE * most;
            let bend = before - 2.0 * here + after;
            is_peak.then(|| f64::from(lag) - REACH as f64 + 0.5 * (before - after) / bend)
        });
        let nearest = peaks.min_by(|a, b| a.abs().total_cmp(&b.abs()))?;
        Some(nearest * f64::from(SUMMED) / GRID_HZ)
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn ran(seconds: f64, late_s: f64) -> Abreast {
        let mut abreast = Abreast::default();
        let segment = |time_s: f64| SegmentSample {
            inclination_deg: None,
            acceleration: DVec3::Y * (time_s * std::f64::consts::TAU * 2.8).sin(),
            angular_velocity: DVec3::ZERO,
        };
        for cell in 0..(seconds * GRID_HZ) as u32 {
            let time_s = f64::from(cell) / GRID_HZ;
            abreast.push(&segment(time_s), &segment(time_s - late_s));
        }
        abreast
    }

    #[test]
    fn what_one_pod_is_late_by_is_found_to_within_milliseconds() {
        for late_s in [-0.15, -0.06, 0.0, 0.02, 0.09, 0.16] {
            let found_s = ran(10.0, late_s).apart_s;
            let off_s = found_s.map_or(f64::NAN, |found_s| found_s - late_s);
            assert!(off_s.abs() < 0.004, "{late_s}: {found_s:?}");
        }
    }

    #[test]
    fn only_what_is_clearly_late_and_lasts_is_apart() {
        assert!(!ran(60.0, 0.02).is_apart());
        assert!(ran(60.0, 0.04).is_apart());
        assert!(!ran(3.0, 0.1).is_apart());
    }
}
