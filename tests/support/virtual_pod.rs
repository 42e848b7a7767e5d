//! Virtual pods: what a chest and a pelvis pod would have felt, computed from markers.
//!
//! Before the run the runner stands. A trial of five seconds is repeated in whole strides; one of half a minute is
//! taken as it is.

use glam::{DMat3, DQuat, DVec3};
use plumbline_core::pod::{recording::Recording, sample::ImuSample};

use super::{
    contacts::Contact,
    markers::{Pose, Trial, specific_force},
};
use plumbline_core::units::GRAVITY;

/// How long the runner stands, and how long the body then takes into the first running pose, seconds.
const STAND_S: f64 = 5.0;
const TURN_S: f64 = 1.0;
/// A seam between two repeats is spread over this many frames.
const SEAM_FRAMES: usize = 6;
const REPEATS: usize = 5;
/// Frames at either end of a trial that smoothing has spoilt.
const EDGE_FRAMES: usize = 12;

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
    let last_s = trial.start_s + (trial.len() - EDGE_FRAMES) as f64 / trial.rate_hz;
    let inside: Vec<&Contact> = contacts
        .iter()
        .filter(|contact| {
            contact.initial_contact_s > trial.start_s + 0.12 && contact.initial_contact_s < last_s
        })
        .collect();
    let steps = (inside.len() - 1) / 2 * 2;
    let frame = |seconds: f64| ((seconds - trial.start_s) * trial.rate_hz).round() as usize;
    let (from, to) = (
        frame(inside[0].initial_contact_s),
        frame(inside[steps].initial_contact_s),
    );
    let poses: Vec<Pose> = (0..trial.len()).map(|k| trial.at(k)).collect();
    let upright_deg = standing.map_or(0.0, Pose::trunk_lean_deg);
    let leans = poses[from..to].iter().map(Pose::trunk_lean_deg);
    let pod = |place, axes| pod(trial.rate_hz, &poses, standing, [from, to], REPEATS, place, axes);
    let contact_s: f64 = inside[..steps]
        .iter()
        .map(|contact| contact.toe_off_s - contact.initial_contact_s)
        .sum();
    VirtualRun {
        chest: pod(Pose::sternum, Pose::trunk_axes),
        pelvis: pod(Pose::sacrum, Pose::pelvis_axes),
        trunk_lean_deg: leans.sum::<f64>() / (to - from) as f64 - upright_deg,
        // What the repeated recording holds: whole frames, not the time between two contacts.
        cadence_spm: 60.0 * steps as f64 * trial.rate_hz / (to - from) as f64,
        ground_contact_ms: 1e3 * contact_s / steps as f64,
    }
}

/// A pelvis pod's recording of a long trial, and the contacts within it on the recording's own clock.
pub(crate) fn virtual_pelvis(
    trial: &Trial,
    standing: &Pose,
    contacts: &[Contact],
) -> (Recording, Vec<Contact>) {
    let poses: Vec<Pose> = (0..trial.len()).map(|k| trial.at(k)).collect();
    let span = [EDGE_FRAMES, trial.len() - EDGE_FRAMES];
    let pelvis = pod(
        trial.rate_hz,
        &poses,
        Some(standing),
        span,
        1,
        Pose::sacrum,
        Pose::pelvis_axes,
    );
    let lead_frames = (STAND_S * trial.rate_hz) as usize + (TURN_S * trial.rate_hz) as usize;
    let shift_s = (lead_frames as f64 - EDGE_FRAMES as f64) / trial.rate_hz - trial.start_s;
    let shifted = contacts.iter().map(|contact| Contact {
        initial_contact_s: contact.initial_contact_s + shift_s,
        toe_off_s: contact.toe_off_s + shift_s,
    });
    (pelvis, shifted.collect())
}

fn pod(
    rate_hz: f64,
    poses: &[Pose],
    standing: Option<&Pose>,
    [from, to]: [usize; 2],
    repeats: usize,
    place: fn(&Pose) -> DVec3,
    axes: fn(&Pose) -> DMat3,
) -> Recording {
    let forces = specific_force(&poses.iter().map(place).collect::<Vec<_>>(), rate_hz);
    let turns: Vec<DQuat> = poses.iter().map(|pose| DQuat::from_mat3(&axes(pose))).collect();
    let neutral = standing.map_or(DQuat::IDENTITY, |pose| DQuat::from_mat3(&axes(pose)));
    let frames = sequence(&forces[from..to], &turns[from..to], neutral, rate_hz, repeats);
    recording(&frames, rate_hz)
}

/// Specific force in the world and orientation, frame by frame: stand, turn into the run, repeats.
fn sequence(
    forces: &[DVec3],
    turns: &[DQuat],
    neutral: DQuat,
    rate_hz: f64,
    repeats: usize,
) -> Vec<(DVec3, DQuat)> {
    let rest = DVec3::Y * GRAVITY;
    let mut frames = vec![(rest, neutral); (STAND_S * rate_hz) as usize];
    let turn = (TURN_S * rate_hz) as usize;
    for k in 0..turn {
        let share = (k + 1) as f64 / turn as f64;
        let eased = share * share * (3.0 - 2.0 * share);
        frames.push((rest, neutral.slerp(turns[0], eased)));
    }
    for repeat in 1..=repeats {
        for (k, (force, orientation)) in forces.iter().zip(turns).enumerate() {
            let left = turns.len() - k;
            let share = if repeat < repeats && left <= SEAM_FRAMES {
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
