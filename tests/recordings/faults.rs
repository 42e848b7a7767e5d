//! What goes wrong with a recording: lost samples, a pod that stops, clocks that disagree, a mount that slips.

use glam::{DQuat, DVec3};
use plumbline_core::pod::recording::Recording;

use crate::chance::Chance;

/// Loses this share of the samples, so many in a row.
pub fn lose_bursts(recording: &mut Recording, share: f64, burst: usize, seed: u64) {
    let mut chance = Chance::new(seed, "loss");
    let lost: Vec<bool> = (0..recording.samples.len().div_ceil(burst))
        .map(|_| chance.between(0.0, 1.0) < share)
        .collect();
    let mut place = 0;
    recording.samples.retain(|_| {
        place += 1;
        !lost[(place - 1) / burst]
    });
}

/// Takes out the samples between two instants, seconds.
pub fn cut_out(recording: &mut Recording, from_s: f64, to_s: f64) {
    recording
        .samples
        .retain(|sample| sample.time_s < from_s || sample.time_s >= to_s);
}

/// Leaves only what comes after an instant; the time starts there anew.
pub fn start_at(recording: &mut Recording, from_s: f64) {
    recording.samples.retain(|sample| sample.time_s >= from_s);
    for sample in &mut recording.samples {
        sample.time_s -= from_s;
    }
}

/// A clock that runs fast by parts in a million and begins late.
pub fn shift_clock(recording: &mut Recording, parts_per_million: f64, offset_s: f64) {
    for sample in &mut recording.samples {
        sample.time_s = sample.time_s * (1.0 + parts_per_million * 1e-6) + offset_s;
    }
}

/// The pod tips forward on its segment at an instant and stays so.
pub fn slip(recording: &mut Recording, mounting: DQuat, at_s: f64, forward_deg: f64) {
    // Over a quarter of a second, as a buckle gives.
    const SLIPS_S: f64 = 0.25;
    let axis = mounting * DVec3::Z;
    for sample in recording
        .samples
        .iter_mut()
        .filter(|sample| sample.time_s >= at_s)
    {
        let share = ((sample.time_s - at_s) / SLIPS_S).min(1.0);
        let turn = DQuat::from_axis_angle(axis, (share * forward_deg).to_radians());
        sample.specific_force = turn * sample.specific_force;
        let slipping = if share < 1.0 {
            -forward_deg.to_radians() / SLIPS_S
        } else {
            0.0
        };
        sample.angular_velocity = (sample.angular_velocity).map(|rotation| turn * rotation + axis * slipping);
    }
}

/// A stand that sways forward and back, degrees and Hz, before the run.
pub fn sway(recording: &mut Recording, mounting: DQuat, until_s: f64, sway_deg: f64, sway_hz: f64) {
    /// Over which the rotation of the sway is taken, seconds.
    const SHORT_S: f64 = 1e-4;
    let axis = mounting * DVec3::Z;
    let omega = std::f64::consts::TAU * sway_hz;
    // The sway dies towards the run, so that nothing leaps.
    let angle = |time_s: f64| {
        let size = ((until_s - time_s) / 0.5).clamp(0.0, 1.0);
        sway_deg.to_radians() * size * (omega * time_s).sin()
    };
    let swaying = |time_s: f64| time_s < until_s;
    for sample in recording
        .samples
        .iter_mut()
        .filter(|sample| swaying(sample.time_s))
    {
        let turn = DQuat::from_axis_angle(axis, angle(sample.time_s));
        sample.specific_force = turn * sample.specific_force;
        let speed = (angle(sample.time_s + SHORT_S) - angle(sample.time_s)) / SHORT_S;
        sample.angular_velocity = (sample.angular_velocity).map(|rotation| turn * rotation - axis * speed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{body::Segment, wear::Wear};
    use plumbline_core::units::GRAVITY;

    fn still(wear: &Wear) -> Recording {
        let segment = Segment {
            force: vec![DVec3::Y * GRAVITY; 1000],
            turn: vec![DQuat::IDENTITY; 1000],
        };
        wear.record(&segment, 100.0, 5.0, &[])
    }

    /// Largest angle between the up that is felt and the up that the gyroscope leads to, degrees.
    fn apart_deg(recording: &Recording) -> f64 {
        let first = recording.samples[0].specific_force;
        let mut turn = DQuat::IDENTITY;
        let apart = recording.samples.iter().map(|sample| {
            let up = turn.inverse() * first;
            turn *= DQuat::from_scaled_axis(sample.angular_velocity.expect("a gyroscope") / 100.0);
            sample.specific_force.angle_between(up).to_degrees()
        });
        apart.fold(0.0, f64::max)
    }

    #[test]
    fn gyroscope_and_accelerometer_agree_about_a_sway_and_a_slip() {
        let wear = Wear::perfect(100.0, 9);
        let mut swaying = still(&wear);
        sway(&mut swaying, wear.mounting, 5.0, 3.0, 0.4);
        assert!(apart_deg(&swaying) < 0.2, "{}", apart_deg(&swaying));
        let mut slipped = still(&wear);
        slip(&mut slipped, wear.mounting, 4.0, 8.0);
        assert!(apart_deg(&slipped) < 0.6, "{}", apart_deg(&slipped));
        let last = slipped.samples[900].specific_force;
        let turned = last.angle_between(slipped.samples[0].specific_force).to_degrees();
        assert!((turned - 8.0).abs() < 1e-6, "{turned}");
    }

    #[test]
    fn bursts_lose_about_their_share() {
        let lost = (0..40).map(|seed| {
            let mut recording = still(&Wear::perfect(100.0, seed));
            let before = recording.samples.len() as f64;
            lose_bursts(&mut recording, 0.2, 10, seed);
            1.0 - recording.samples.len() as f64 / before
        });
        let lost = lost.sum::<f64>() / 40.0;
        assert!((0.17..0.23).contains(&lost), "{lost}");
    }
}
