//! How far the mean inclination of a pod may be from the truth, by what is known of how it is worn.
//!
//! Measures no inclination. Invariant: what is not known never makes an error smaller.

use super::{no_gyro, wear::Worn};
use crate::pod::site::Site;

/// Error of a pod that does not shake, as if screwed to the body: what the orientation leaves, degrees. Every error
/// here is a scale of [`heavy`](crate::statistics::heavy): 90 % of errors lie within 2.13 of them. Ours:
/// clean virtual pelvis pods of the five runners of rbds2017 that may fit ask for 0.21, made-up pods that are screwed on for
/// 0.08, at 52 samples a second more.
const FIRM_DEG: f64 = 0.25;
/// Error of a pod on a strap: how far it settles, creeps and on average tips as it is shaken, degrees. No signal shows
/// it. Ours, from made-up straps whose pods are off by 0.9 degrees.
const STRAP_DEG: f64 = 0.9;
/// Error of an accelerometer alone once [put right](super::no_gyro::put_right) while its wearer bounces as usual, chest pod
/// and pelvis pod, firm and on a strap, degrees; it grows as what is put right does. Runners swing differently, and what a
/// strap adds is felt as tilt: a chest strap that hardly shakes may wobble as much as one that does. Ours, from windows of
/// 260 made-up runners without gyroscopes whose chest straps wobble as much as their pelvis straps: nine in ten lie within
/// 2.13 times 1.6 (all that do not shake), 2.0 (straps of those) and 2.1 (all that shake) at the chest, 1.4, 1.6 and 1.3
/// at the pelvis; there more, for one pelvis pod in twenty takes forward for back.
const NO_GYRO_DEG: [[f64; 2]; 2] = [[1.8, 2.4], [1.7, 2.0]];
/// Error of a pod that has data for none of the time, degrees; for a share of it so much times its square root, since
/// each hole turns the orientation by chance. Ours, from made-up runners whose notifications get lost.
const MISSING_DEG: f64 = 7.0;
/// Error of a pod that stands at the end of its range all of the time, degrees; for a share of it so much times the
/// share, since what is cut off is cut off on one side. Ours, chosen on virtual pods (hamner2013) cut at 2 g.
const CLIPPED_DEG: f64 = 10.0;
/// Error of a pod whose times rest on arrival, degrees: what turned is summed over wrong times, and a loss shows late.
/// Ours, from 200 made-up runners whose notifications come late and get lost: nine in ten lie within 2.13 times 0.25 where
/// they lay within 0.1 by stamps (firm), at the pelvis on a strap within 1.15 instead of 0.8 (`core/examples/widths.rs`).
const BY_ARRIVAL_DEG: f64 = 0.5;
/// A strap that gives more than so many times what [`Worn::strap_share`] counts as one hangs loose: its error grows by
/// so much with each, up to so many times [`STRAP_DEG`]. Ours, wide: virtual pods on usual straps (hamner2013, which
/// chose the first) give up to 5 times, those on straps three times as loose 10 to 40, and are off by up to 15 degrees.
const USUAL_GIVE: f64 = 5.0;
const LOOSE_SHARE: f64 = 0.4;
const LOOSEST: f64 = 5.0;
/// Share of the stand's spread that may be left in the neutral. Ours.
const SPREAD_SHARE: f64 = 0.4;
/// A pod that shakes less is firm, one that shakes more hangs on a strap, chest pod and pelvis pod, m/s². Ours: markers
/// on skin, smoothed, give about the first, real belts the second and more.
const SHAKES_MPS2: [[f64; 2]; 2] = [[1.0, 2.0], [1.5, 3.0]];
/// The same for how it wobbles, rad/s.
const WOBBLES_RADPS: [[f64; 2]; 2] = [[0.05, 0.13], [0.11, 0.25]];

impl Worn {
    /// Error of a mean inclination, degrees, given the spread of the stand it is measured from.
    #[must_use]
    pub fn error_deg(self, neutral_spread_deg: f64) -> f64 {
        let strap = self.strap_share();
        let loose = LOOSE_SHARE * (self.give().unwrap_or(1.0) - USUAL_GIVE);
        let strap_deg = STRAP_DEG * (strap + loose.clamp(0.0, LOOSEST));
        let [firm, shaken] = NO_GYRO_DEG[self.row()];
        let no_gyro_deg = if self.has_gyro {
            0.0
        } else {
            (firm + (shaken - firm) * strap) * no_gyro::share(self.bounce_mps2)
        };
        let missing_deg = MISSING_DEG * self.missing_share.clamp(0.0, 1.0).sqrt();
        let by_arrival_deg = if self.timed_by_arrival {
            BY_ARRIVAL_DEG
        } else {
            0.0
        };
        FIRM_DEG
            .hypot(strap_deg)
            .hypot(by_arrival_deg)
            .hypot(no_gyro_deg)
            .hypot(missing_deg)
            .hypot(CLIPPED_DEG * self.clipped_share)
            .hypot(SPREAD_SHARE * neutral_spread_deg)
    }

    /// How much of a strap there is: 0 for a firm pod, 1 for one that hangs loose, and where nothing is known. The
    /// root, so that a little is taken seriously.
    #[must_use]
    pub fn strap_share(self) -> f64 {
        self.give().unwrap_or(1.0).clamp(0.0, 1.0).sqrt()
    }

    /// Where this pod stands in the tables: one that tells no lean as the pelvis pod does.
    fn row(self) -> usize {
        self.site.index().min(Site::LEAN.len() - 1)
    }

    /// How much the strap gives: 0 for a firm pod, 1 for a usual strap, more for a looser one; `None` while unknown.
    fn give(self) -> Option<f64> {
        let place = self.row();
        let share = |value: Option<f64>, limits: [[f64; 2]; 2]| {
            let [firm, loose] = limits[place];
            Some((value? - firm) / (loose - firm))
        };
        let shares = [
            share(self.shake_mps2, SHAKES_MPS2),
            share(self.wobble_radps, WOBBLES_RADPS),
        ];
        shares.into_iter().flatten().reduce(f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Worn = Worn {
        shake_mps2: Some(0.5),
        wobble_radps: Some(0.02),
        ..Worn::at(Site::Chest)
    };

    #[test]
    fn whatever_is_worse_or_unknown_widens_the_error() {
        let calm = CALM.error_deg(0.2);
        let worse = [
            Worn {
                shake_mps2: Some(3.0),
                ..CALM
            },
            Worn {
                wobble_radps: Some(0.2),
                ..CALM
            },
            Worn {
                wobble_radps: Some(1.0),
                ..CALM
            },
            Worn {
                has_gyro: false,
                ..CALM
            },
            Worn {
                timed_by_arrival: true,
                ..CALM
            },
            Worn {
                missing_share: 0.05,
                ..CALM
            },
            Worn {
                clipped_share: 0.05,
                ..CALM
            },
            Worn::at(Site::Chest),
        ];
        for worn in worse {
            assert!(worn.error_deg(0.2) > calm, "{worn:?}");
        }
        assert!(CALM.error_deg(1.0) > calm);
    }
}
