//! What the stands of a session say of a neutral that is already used.
//!
//! Finds no first neutral. Invariant: a pod is taken to have moved only by a stand that confirms it: one stand that is
//! otherwise may be a runner who looks at a watch, and is told as [`Otherwise`].

use crate::body::{
    mount::Mounting,
    sample::{Neutral, time_s},
};

/// A stand this far from the neutral it is held against is another one, degrees: half as much again as a stand repeats
/// (`docs/numbers.md`).
const SHIFTED_DEG: f64 = 3.0;
/// A stand farther than this from the neutral is another pose, not a pod that has moved, degrees. Ours.
const SAME_POSE_DEG: f64 = 20.0;
/// Two stands this near to each other are the same pose, degrees: as far as a stand repeats (`docs/numbers.md`).
const AGREE_DEG: f64 = 2.0;
/// Running that lies between two stands which confirm each other, seconds without a pause. Ours: longer than any drill
/// runs between two tilts.
const LONG_RUN_S: f64 = 20.0;

/// The stands since the neutral was last right.
#[derive(Default)]
pub(super) struct LaterStands {
    of_earlier: bool,
    /// An earlier session's neutral that no stand of this session has confirmed.
    awaits_first: bool,
    /// From here on the pod may have moved: the first cell, or the end of the last stand that fits the neutral.
    fitted: Option<i64>,
    /// The newest stand that does not fit.
    odd: Option<Neutral>,
    /// The runner has run for long since then.
    ran: bool,
}

/// A later stand that differs from the neutral, and nothing has shown yet whether the pod had moved or the runner stood
/// otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Otherwise {
    /// From here on the pod may sit otherwise: the end of the last stand that fits, seconds.
    pub since_s: f64,
    /// When the stand that shows it ended, seconds.
    pub shown_s: f64,
    /// How much further forward the body stood in it than in the neutral, degrees.
    pub turned_deg: f64,
}

/// What a stand says of a pod that is not known to have moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing new.
    Fits,
    /// The pod sits otherwise since this cell, and as this stand shows.
    Moved(i64, Neutral),
}

impl LaterStands {
    /// Of a pod whose neutral an earlier session found.
    pub(super) fn of_earlier() -> Self {
        Self {
            of_earlier: true,
            awaits_first: true,
            ..Self::default()
        }
    }

    /// Whether the neutral is from an earlier session.
    pub(super) fn is_of_earlier(&self) -> bool {
        self.of_earlier
    }

    /// Notes a cell and for how long the body has run in it, seconds.
    pub(super) fn note(&mut self, index: i64, ran_s: f64) {
        self.fitted.get_or_insert(index);
        self.awaits_first &= ran_s == 0.0;
        self.ran |= ran_s > LONG_RUN_S;
    }

    /// Takes a stand that ended at a cell, held against the neutral in use.
    pub(super) fn take(&mut self, index: i64, stand: Neutral, mounting: &Mounting) -> Said {
        let turned_deg = degrees_between(&mounting.neutral, &stand);
        let first = std::mem::take(&mut self.awaits_first);
        if turned_deg >= SAME_POSE_DEG {
            return Said::Fits;
        }
        let ran = std::mem::take(&mut self.ran);
        if turned_deg <= SHIFTED_DEG {
            self.renew(index);
            return Said::Fits;
        }
        let again = |odd: Neutral| ran && degrees_between(&odd, &stand) < AGREE_DEG;
        if !(first || self.odd.is_some_and(again)) {
            self.odd = Some(stand);
            return Said::Fits;
        }
        let since = self.fitted.unwrap_or(index);
        self.renew(index);
        Said::Moved(since, stand)
    }

    /// What the newest stand that does not fit the neutral says of it.
    pub(super) fn otherwise(&self, mounting: &Mounting) -> Option<Otherwise> {
        self.odd.map(|odd| Otherwise {
            since_s: self.fitted.map_or(0.0, time_s),
            shown_s: odd.end_s,
            turned_deg: mounting.inclination_deg(odd.up),
        })
    }

    /// The neutral is right again from a cell on.
    pub(super) fn renew(&mut self, index: i64) {
        self.fitted = Some(index);
        (self.odd, self.ran) = (None, false);
    }
}

/// Whether a stand may be the neutral pose of a pod that has moved.
pub(super) fn is_same_pose(mounting: &Mounting, stand: &Neutral) -> bool {
    degrees_between(&mounting.neutral, stand) < SAME_POSE_DEG
}

fn degrees_between(one: &Neutral, other: &Neutral) -> f64 {
    one.up.angle_between(other.up).to_degrees()
}
