//! From a pose to what a segment turns and feels, in the segment's own axes.
//!
//! Knows no sensors. Invariant: rotation and specific force come from one and the same motion, so they agree.

use glam::{DQuat, DVec3};

use super::motion::{Angles, Pose, Timeline};
use crate::{pod::site::Site, units::GRAVITY};

/// The chest pod sits 0.45 m above the pelvis pod: so much along the pelvis, so much along the chest, metres.
const PELVIS_LENGTH_M: f64 = 0.15;
const CHEST_LENGTH_M: f64 = 0.30;
/// A pod on the head sits so far above the chest pod, metres: the head is held as the chest is.
const NECK_LENGTH_M: f64 = 0.30;
/// Half the span the derivatives are taken over; short against every motion of a body.
const HALF_SPAN_S: f64 = 1.2e-3;

/// What a segment does at one instant, in its own axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SegmentMotion {
    pub(super) specific_force: DVec3,
    pub(super) angular_velocity: DVec3,
}

/// Rotation from the segment's axes to the world's: x where the runner faced at first, y up.
pub(super) fn orientation(pose: &Pose, site: Site) -> DQuat {
    let Angles {
        forward,
        right,
        left_turn,
    } = match site {
        Site::Chest | Site::Head => pose.chest,
        Site::Pelvis => pose.pelvis,
    };
    DQuat::from_rotation_y(pose.heading + left_turn)
        * DQuat::from_rotation_z(-forward)
        * DQuat::from_rotation_x(right)
}

/// The segment at this time.
pub(super) fn segment_motion(timeline: &Timeline, site: Site, time_s: f64) -> SegmentMotion {
    let [before, here, after] =
        [time_s - HALF_SPAN_S, time_s, time_s + HALF_SPAN_S].map(|time_s| timeline.pose(time_s));
    motion_between([&before, &here, &after], HALF_SPAN_S, site)
}

/// The segment in the middle of three poses that are `span_s` apart.
pub(super) fn motion_between([before, here, after]: [&Pose; 3], span_s: f64, site: Site) -> SegmentMotion {
    let to_world = orientation(here, site);
    let turned = orientation(before, site).inverse() * orientation(after, site);
    let share = match site {
        Site::Chest | Site::Head => here.chest_share,
        Site::Pelvis => 1.0,
    };
    let along = here.acceleration + share * here.shake;
    let mut acceleration = DQuat::from_rotation_y(here.heading) * along;
    if let Some(above_m) = above_waist_m(site) {
        let [before, here, after] = [before, here, after].map(|pose| above_pelvis(pose, above_m));
        acceleration += (before - 2.0 * here + after) / (span_s * span_s);
    }
    SegmentMotion {
        specific_force: to_world.inverse() * (acceleration + DVec3::Y * GRAVITY),
        angular_velocity: scaled_axis(turned) / (2.0 * span_s),
    }
}

/// How far along the chest a pod sits, metres; `None` for one on the pelvis.
const fn above_waist_m(site: Site) -> Option<f64> {
    match site {
        Site::Chest => Some(CHEST_LENGTH_M),
        Site::Head => Some(CHEST_LENGTH_M + NECK_LENGTH_M),
        Site::Pelvis => None,
    }
}

fn above_pelvis(pose: &Pose, above_m: f64) -> DVec3 {
    orientation(pose, Site::Pelvis) * (DVec3::Y * PELVIS_LENGTH_M)
        + orientation(pose, Site::Chest) * (DVec3::Y * above_m)
}

/// The rotation vector of the short way round.
fn scaled_axis(rotation: DQuat) -> DVec3 {
    if rotation.w < 0.0 {
        (-rotation).to_scaled_axis()
    } else {
        rotation.to_scaled_axis()
    }
}
