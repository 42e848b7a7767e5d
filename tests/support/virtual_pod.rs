//! Virtual pods: what a chest and a pelvis pod would have felt, computed from markers.
//!
//! A trial lasts five seconds, so whole strides of it are repeated; before them the runner stands.

use glam::{DMat3, DQuat, DVec3};
use plumbline_core::pod::{recording::Recording, sample::ImuSample};

use super::markers::{Contact, Pose, Trial, specific_force};
use plumbline_core::units::GRAVITY;

/// How long the runner stands, and how long the body then takes into the first running pose, seconds.
const STAND_S: f64 = 5.0;
const TURN_S: f64 = 1.0;
/// A seam between two repeats is spread over this many frames.
const SEAM_FRAMES: usize = 6;
const REPEATS: usize = 5;

/// A run made of one trial, and what the markers and force plates say of it.
pub(crate) struct VirtualRun {
    pub(crate) chest: Recording,
    pub(crate) pelvis: Recording,
    /// Mean trunk lean from the standing pose, degrees.
    pub(crate) trunk_lean_deg: f64,
    pub(crate) cadence_spm: f64,
    pub(crate) ground_contact_ms: f64,
}

/// Makes a run of `trial`; without a standing pose the runner stands with upright segments.
pub(crate) fn virtual_run(trial: &Trial, standing: Option<&Pose>, contacts: &[Contact]) -> VirtualRun {
    let last_s = trial.start_s + (trial.len() - 12) as f64 / trial.rate_hz;
    let inside: Vec<&Contact> = contacts
        .iter()
        .filter(|contact| {
            contact.initial_contact_s > trial.start_s + 0.12 && contact.initial_contact_s < last_s
        })
        .collect();
    let steps = (inside.len() - 1) / 2 * 2;
    let frame = |seconds: f64| ((seconds - trial.start_s) * trial.rate_hz).round() as usize;
    let (first, last) = (inside[0].initial_contact_s, inside[steps].initial_contact_s);
    let (from, to) = (frame(first), frame(last));
    let poses: Vec<Pose> = (0..trial.len()).map(|k| trial.at(k)).collect();
    let upright_deg = standing.map_or(0.0, Pose::trunk_lean_deg);
    let leans = poses[from..to].iter().map(Pose::trunk_lean_deg);
    let pod = |place: fn(&Pose) -> DVec3, axes: fn(&Pose) -> DMat3| {
        let forces = specific_force(&poses.iter().map(place).collect::<Vec<_>>(), trial.rate_hz);
        let turns: Vec<DQuat> = poses.iter().map(|pose| DQuat::from_mat3(&axes(pose))).collect();
        let neutral = standing.map_or(DQuat::IDENTITY, |pose| DQuat::from_mat3(&axes(pose)));
        recording(
            &sequence(&forces[from..to], &turns[from..to], neutral, trial.rate_hz),
            trial.rate_hz,
        )
    };
    let contact_s: f64 = inside[..steps]
        .iter()
        .map(|contact| contact.toe_off_s - contact.initial_contact_s)
        .sum();
    VirtualRun {
        chest: pod(Pose::sternum, Pose::trunk_axes),
        pelvis: pod(Pose::sacrum, Pose::pelvis_axes),
        trunk_lean_deg: leans.sum::<f64>() / (to - from) as f64 - upright_deg,
        cadence_spm: 60.0 * steps as f64 / (last - first),
        ground_contact_ms: 1e3 * contact_s / steps as f64,
    }
}

/// Specific force in the world and orientation, frame by frame: stand, turn into the run, repeats.
fn sequence(forces: &[DVec3], turns: &[DQuat], neutral: DQuat, rate_hz: f64) -> Vec<(DVec3, DQuat)> {
    let rest = DVec3::Y * GRAVITY;
    let mut frames = vec![(rest, neutral); (STAND_S * rate_hz) as usize];
    let turn = (TURN_S * rate_hz) as usize;
    for k in 0..turn {
        let share = (k + 1) as f64 / turn as f64;
        let eased = share * share * (3.0 - 2.0 * share);
        frames.push((rest, neutral.slerp(turns[0], eased)));
    }
    for _ in 0..REPEATS {
        for (k, (force, orientation)) in forces.iter().zip(turns).enumerate() {
            let left = turns.len() - k;
            let share = if left <= SEAM_FRAMES {
                1.0 - left as f64 / (SEAM_FRAMES + 1) as f64
            } else {
                0.0
            };
            frames.push((*force, orientation.slerp(turns[0], share)));
        }
    }
    frames
}

/// The pod is worn at a slant that nobody told the core.
fn recording(frames: &[(DVec3, DQuat)], rate_hz: f64) -> Recording {
    let mounting = DQuat::from_euler(glam::EulerRot::XYZ, 1.9, -0.4, 2.6);
    let samples: Vec<ImuSample> = frames
        .windows(2)
        .enumerate()
        .map(|(k, pair)| {
            let (force, turn) = pair[0];
            let next = pair[1].1;
            let rotation = (turn.inverse() * next).normalize().to_scaled_axis() * rate_hz;
            ImuSample {
                time_s: k as f64 / rate_hz,
                specific_force: mounting * (turn.inverse() * force),
                angular_velocity: Some(mounting * rotation),
                clipped: false,
            }
        })
        .collect();
    Recording {
        samples,
        rate_hz,
        has_gyro: true,
        dropped: Vec::new(),
    }
}
