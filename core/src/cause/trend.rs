//! How a quantity of the steps changes through a run and with speed, both at once.
//!
//! Needs no own band, so it shows what was there from the first day. Invariant: what the run's speeds or length cannot
//! tell is `None`.

use super::seen::{Stretch, stretch_at};
use crate::gait::step::Step;

/// Steps below this count say nothing. Ours.
const FEWEST_STEPS: usize = 60;
/// Nor does less running than this, seconds. Ours.
const SHORTEST_S: f64 = 60.0;
/// Speeds whose spread is less than this are one speed, m/s. Ours.
const LEAST_SPREAD_MPS: f64 = 0.2;

/// The changes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Trend {
    /// From the first to the last step, at one speed.
    pub(super) over_run: Option<f64>,
    /// For each m/s, at one moment.
    pub(super) per_mps: Option<f64>,
}

/// Sums of products about the means.
#[derive(Default)]
struct Moments {
    time: f64,
    speed: f64,
    both: f64,
    time_value: f64,
    speed_value: f64,
}

/// Least squares of `quantity` over time and speed, over steady steps.
pub(super) fn trend(steady: &[&Step], stretches: &[Stretch], quantity: fn(&Step) -> Option<f64>) -> Trend {
    let points: Vec<[f64; 3]> = steady
        .iter()
        .filter_map(|step| {
            let at_s = step.initial_contact_s;
            let speed = stretch_at(stretches, at_s).and_then(|stretch| stretch.speed_mps);
            Some([at_s, speed.unwrap_or(0.0), quantity(step)?])
        })
        .filter(|point| point.iter().all(|value| value.is_finite()))
        .collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Trend::default();
    };
    let lasts_s = last[0] - first[0];
    if points.len() < FEWEST_STEPS || lasts_s < SHORTEST_S {
        return Trend::default();
    }
    let count = points.len() as f64;
    let about = moments(&points);
    let one_speed = about.speed / count < LEAST_SPREAD_MPS * LEAST_SPREAD_MPS;
    let free = about.time * about.speed - about.both * about.both;
    // Speed that rises with time alone tells neither from the other.
    if one_speed || free < 0.1 * about.time * about.speed {
        let alone = one_speed && about.time > 0.0;
        return Trend {
            over_run: alone.then(|| lasts_s * about.time_value / about.time),
            per_mps: None,
        };
    }
    let per_s = (about.time_value * about.speed - about.speed_value * about.both) / free;
    let per_mps = (about.speed_value * about.time - about.time_value * about.both) / free;
    Trend {
        over_run: Some(lasts_s * per_s),
        per_mps: Some(per_mps),
    }
}

fn moments(points: &[[f64; 3]]) -> Moments {
    let count = points.len() as f64;
    let mean = [0, 1, 2].map(|k| points.iter().map(|point| point[k]).sum::<f64>() / count);
    let mut sums = Moments::default();
    for point in points {
        let [time, speed, value] = [0, 1, 2].map(|k| point[k] - mean[k]);
        sums.time += time * time;
        sums.speed += speed * speed;
        sums.both += time * speed;
        sums.time_value += time * value;
        sums.speed_value += speed * value;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gait::step::Side,
        units::{Degrees, StepsPerMinute},
    };

    fn step(at_s: f64, lean_deg: f64) -> Step {
        Step {
            initial_contact_s: at_s,
            mid_stance_s: at_s,
            toe_off_s: at_s,
            side: Side::Left,
            running: true,
            ground_contact_time: None,
            flight_time: None,
            cadence: StepsPerMinute(170.0),
            vertical_oscillation: None,
            trunk_lean: Some(Degrees(lean_deg)),
            pelvis_tilt: None,
            waist_bend: None,
            mid_stance_timing: None,
            speed_loss_mps: None,
            hip_offset_cm: None,
            steady: true,
        }
    }

    fn of(seconds: u32, speed_at: fn(u32) -> f64) -> Trend {
        let stretches: Vec<Stretch> = (0..seconds)
            .map(|second| Stretch {
                start_s: f64::from(second),
                speed_mps: Some(speed_at(second)),
                grade: None,
            })
            .collect();
        // Two degrees for each m/s, and three less at the end than at the begin.
        let steps: Vec<Step> = (0..seconds)
            .map(|at| {
                let through = f64::from(at) / f64::from(seconds - 1);
                step(f64::from(at), 9.0 + 2.0 * speed_at(at) - 3.0 * through)
            })
            .collect();
        let steady: Vec<&Step> = steps.iter().collect();
        trend(&steady, &stretches, |step| step.trunk_lean.map(|lean| lean.0))
    }

    #[test]
    fn a_fall_through_the_run_and_a_rise_with_speed_are_told_apart() {
        let both = of(100, |second| 2.8 + f64::from(second / 20 % 2));
        assert!((both.over_run.unwrap() + 3.0).abs() < 1e-9, "{both:?}");
        assert!((both.per_mps.unwrap() - 2.0).abs() < 1e-9, "{both:?}");
    }

    #[test]
    fn one_speed_tells_of_time_alone_and_a_short_run_of_nothing() {
        let steady = of(100, |_| 3.0);
        assert!((steady.over_run.unwrap() + 3.0).abs() < 1e-9 && steady.per_mps.is_none());
        assert_eq!(of(50, |_| 3.0), Trend::default());
        assert_eq!(of(100, |second| 2.0 + 0.02 * f64::from(second)), Trend::default());
    }
}
