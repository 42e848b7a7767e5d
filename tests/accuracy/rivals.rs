//! What others would do with the same samples: a plain mean of the accelerometer, and a careful filter of the shelf.
//!
//! Both are told what the core has to find: how the pod is mounted, when the stand is, and which strides are whole.

use glam::{DQuat, DVec3};
use plumbline_core::pod::recording::Recording;
use vqf_rs::VQF;

/// Inclination of the run from the stand, degrees, by two rivals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rivals {
    pub(crate) plain_deg: f64,
    pub(crate) filter_deg: Option<f64>,
}

/// When the runner stands and when they run in whole strides, seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spans {
    pub(crate) stand: [f64; 2],
    pub(crate) run: [f64; 2],
}

impl Rivals {
    pub(crate) fn of(recording: &Recording, mounting: DQuat, spans: Spans) -> Self {
        let unmount = mounting.inverse();
        let forces: Vec<(f64, DVec3)> = (recording.samples.iter())
            .map(|sample| (sample.time_s, unmount * sample.specific_force))
            .collect();
        Self {
            plain_deg: inclination_deg(mean_up(&forces, spans.stand), mean_up(&forces, spans.run)),
            filter_deg: recording.has_gyro.then(|| filter_deg(recording, unmount, spans)),
        }
    }
}

fn filter_deg(recording: &Recording, unmount: DQuat, spans: Spans) -> f64 {
    let mut filter = VQF::new(1.0 / recording.rate_hz, None, None, None);
    let ups = recording.samples.iter().map(|sample| {
        filter.update_gyr(sample.angular_velocity.unwrap_or_default().to_array());
        filter.update_acc(sample.specific_force.to_array());
        let q = filter.quat_6d();
        let turn = DQuat::from_xyzw(q.1, q.2, q.3, q.0);
        (sample.time_s, unmount * (turn.inverse() * DVec3::Z))
    });
    let ups: Vec<(f64, DVec3)> = ups.collect();
    let neutral = mean_up(&ups, spans.stand);
    let run = within(&ups, spans.run);
    let sum: f64 = run.iter().map(|up| inclination_deg(neutral, *up)).sum();
    sum / run.len() as f64
}

fn within(values: &[(f64, DVec3)], [from, to]: [f64; 2]) -> Vec<DVec3> {
    let inside = values.iter().filter(|(time_s, _)| (from..to).contains(time_s));
    inside.map(|(_, value)| *value).collect()
}

fn mean_up(values: &[(f64, DVec3)], span: [f64; 2]) -> DVec3 {
    within(values, span)
        .into_iter()
        .sum::<DVec3>()
        .normalize_or(DVec3::Y)
}

/// Gravity's reaction moves to the back of a segment that leans forward.
fn inclination_deg(neutral: DVec3, up: DVec3) -> f64 {
    let angle = |up: DVec3| (-up.x).atan2(up.y).to_degrees();
    angle(up) - angle(neutral)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumbline_core::units::GRAVITY;
    use recordings::{body::Segment, wear::Wear};

    #[test]
    fn both_rivals_see_a_segment_that_tips_forward_by_ten_degrees() {
        let tip = |k: usize| {
            let share = ((k as f64 - 500.0) / 100.0).clamp(0.0, 1.0);
            DQuat::from_rotation_z(-(10.0 * share).to_radians())
        };
        let segment = Segment {
            force: vec![DVec3::Y * GRAVITY; 2000],
            turn: (0..2000).map(tip).collect(),
        };
        let wear = Wear::perfect(100.0, 3);
        let spans = Spans {
            stand: [0.5, 5.0],
            run: [8.0, 19.0],
        };
        let rivals = Rivals::of(&wear.record(&segment, 100.0, 6.0, &[]), wear.mounting, spans);
        assert!((rivals.plain_deg - 10.0).abs() < 0.01, "{rivals:?}");
        assert!(
            (rivals.filter_deg.expect("a gyroscope") - 10.0).abs() < 0.1,
            "{rivals:?}"
        );
    }
}
