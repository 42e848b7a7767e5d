//! How far the horizon of made-up pods is off in running, by circumstance; and what a kept library makes of the same.
//!
//! `orientation FIRST COUNT`: runners with the seeds FIRST to FIRST + COUNT - 1, their pods screwed on: what a strap
//! does is no fault of an orientation.
#![allow(clippy::print_stdout, reason = "a program")]

use std::{collections::BTreeMap, error::Error};

use glam::{DQuat, DVec3};
use plumbline_core::{
    body::{orientation::Orientation, resample::Resampler, sample::time_s},
    pod::{sample::ImuSample, site::Site},
    sim::{
        self, SimulatedPod, Truth,
        population::{Runner, Timing},
    },
};

/// What is done to a pod's samples before they are followed.
struct Case {
    name: &'static str,
    change: fn(usize, &mut Vec<ImuSample>),
    /// The error is counted from so many seconds after the begin of what is left, for so long.
    span_s: [f64; 2],
    /// Angles count from the stand.
    from_stand: bool,
    /// The pod turns by 6 degrees within so many seconds.
    slips_within_s: Option<f64>,
}

const CASES: [Case; 12] = [
    Case {
        name: "as it is",
        change: |_, _| {},
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "first 10 s of the run",
        change: |_, _| {},
        span_s: [13.0, 23.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "bias grows by 1.5 deg/s in 2 min",
        change: |seed, samples| {
            let way = [DVec3::X, DVec3::Y, DVec3::Z][seed % 3];
            bias(samples, move |time_s| {
                way * (0.0125 * (time_s - 13.0).max(0.0)).min(1.5)
            });
        },
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "bias of 3 deg/s",
        change: |seed, samples| {
            let way = [DVec3::X, DVec3::Y, DVec3::Z][seed % 3];
            bias(samples, move |_| way * 3.0);
        },
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "frames of 0.125 s lost, 2 %",
        change: |_, samples| samples.retain(|sample| sample.time_s % 6.3 > 0.125),
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "bursts of 0.25 s lost, 3 %",
        change: |_, samples| samples.retain(|sample| sample.time_s % 8.3 > 0.25),
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "holes of 2 s, every 20 s, next 10 s",
        change: |_, samples| samples.retain(|sample| sample.time_s % 20.0 > 2.0 && sample.time_s < 152.0),
        span_s: [22.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
    Case {
        name: "start in mid-run, 5 to 10 s",
        change: |_, samples| samples.retain(|sample| sample.time_s > 22.0),
        span_s: [5.0, 10.0],
        from_stand: false,
        slips_within_s: None,
    },
    Case {
        name: "start in mid-run, 10 to 20 s",
        change: |_, samples| samples.retain(|sample| sample.time_s > 22.0),
        span_s: [10.0, 20.0],
        from_stand: false,
        slips_within_s: None,
    },
    Case {
        name: "slips 6 degrees in a blink, 10 to 25 s later",
        change: |_, samples| slip(samples, 0.02),
        span_s: [70.0, 85.0],
        from_stand: true,
        slips_within_s: Some(0.02),
    },
    Case {
        name: "slips 6 degrees within 2 s, unseen by the gyroscope",
        change: |_, samples| slip(samples, 2.0),
        span_s: [70.0, 85.0],
        from_stand: true,
        slips_within_s: Some(2.0),
    },
    Case {
        name: "no gyroscope",
        change: |_, samples| {
            for sample in samples {
                sample.angular_velocity = None;
            }
        },
        span_s: [20.0, 300.0],
        from_stand: true,
        slips_within_s: None,
    },
];

fn bias(samples: &mut [ImuSample], dps: impl Fn(f64) -> DVec3) {
    for sample in samples {
        let time_s = sample.time_s;
        sample.angular_velocity = sample
            .angular_velocity
            .map(|turn| turn + dps(time_s) * 1_f64.to_radians());
    }
}

/// How far a pod that slips at 60 s has turned about its own x.
fn slipped(time_s: f64, within_s: f64) -> DQuat {
    let share = ((time_s - 60.0) / within_s).clamp(0.0, 1.0);
    DQuat::from_rotation_x(share * 6_f64.to_radians())
}

fn slip(samples: &mut [ImuSample], within_s: f64) {
    for sample in samples {
        let turned = slipped(sample.time_s, within_s);
        sample.specific_force = turned * sample.specific_force;
        sample.angular_velocity = sample.angular_velocity.map(|turn| turned * turn);
    }
}

/// One instant: seconds, inclination forward, whether it is believed.
type Inclination = (f64, f64, bool);

fn ours(samples: &[ImuSample], mounting: &dyn Fn(f64) -> DQuat) -> Vec<Inclination> {
    let (mut resampler, mut orientation) = (Resampler::default(), Orientation::default());
    let mut seen = Vec::new();
    for sample in samples {
        resampler.push(*sample, |cell| {
            let upright = orientation.push(&cell);
            seen.push((
                time_s(cell.index),
                forward_deg(mounting(time_s(cell.index)) * upright.up),
                upright.settled,
            ));
        });
    }
    seen
}

fn library(samples: &[ImuSample], mounting: &dyn Fn(f64) -> DQuat) -> Vec<Inclination> {
    let mut resampler = Resampler::default();
    let mut filter = vqf_rs::VQF::new(0.01, None, None, None);
    let mut seen = Vec::new();
    for sample in samples {
        resampler.push(*sample, |cell| {
            filter.update_gyr(cell.angular_velocity.unwrap_or(DVec3::ZERO).to_array());
            filter.update_acc(cell.specific_force.to_array());
            let q = filter.quat_6d();
            let up = DQuat::from_xyzw(q.1, q.2, q.3, q.0).inverse() * DVec3::Z;
            seen.push((
                time_s(cell.index),
                forward_deg(mounting(time_s(cell.index)) * up),
                true,
            ));
        });
    }
    seen
}

fn forward_deg(up: DVec3) -> f64 {
    (-up.x).atan2(up.y).to_degrees()
}

/// Errors of the mean of each ten steps, and the share of steps that are believed.
fn errors(seen: &[Inclination], truth: &Truth, site: Site, case: &Case) -> Tally {
    let Some(begin_s) = seen.first().map(|first| first.0) else {
        return (Vec::new(), [0; 2]);
    };
    let mean = |from_s: f64, to_s: f64| {
        let from = seen.partition_point(|one| one.0 < from_s);
        let to = seen.partition_point(|one| one.0 < to_s);
        let cells = &seen[from..to];
        let whole = (cells.len() as f64) > 0.9 * (to_s - from_s) * 100.0;
        whole.then(|| {
            (
                cells.iter().map(|one| one.1).sum::<f64>() / cells.len() as f64,
                cells.iter().all(|one| one.2),
            )
        })
    };
    let level = if case.from_stand {
        mean(2.5, 4.5).map_or(0.0, |stand| stand.0)
    } else {
        0.0
    };
    let mut tenth: Vec<f64> = Vec::new();
    let (mut found, mut shares) = (Vec::new(), [0; 2]);
    for step in truth.running_steps(begin_s + case.span_s[0], begin_s + case.span_s[1]) {
        let Some((measured, settled)) = mean(step.initial_contact_s, step.next_contact_s) else {
            continue;
        };
        shares[0] += 1;
        if !settled {
            continue;
        }
        shares[1] += 1;
        let truth = if site == Site::Chest {
            step.trunk_lean_deg
        } else {
            step.pelvis_tilt_deg
        };
        tenth.push(measured - level - truth);
        if tenth.len() == 10 {
            found.push(tenth.iter().sum::<f64>() / 10.0);
            tenth.clear();
        }
    }
    (found, shares)
}

/// Errors in degrees; steps, and those whose angle is believed.
type Tally = (Vec<f64>, [u32; 2]);
type Filter = fn(&[ImuSample], &dyn Fn(f64) -> DQuat) -> Vec<Inclination>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<u64> = std::env::args()
        .skip(1)
        .map(|one| one.parse())
        .collect::<Result<_, _>>()?;
    let [first, count] = arguments[..] else {
        return Err("usage: orientation FIRST COUNT".into());
    };
    let mut tallies: BTreeMap<(usize, &str, Site), Tally> = BTreeMap::new();
    let filters: [(&str, Filter); 2] = [("ours", ours), ("vqf-rs alone", library)];
    for seed in first..first + count {
        let runner = Runner::draw(seed, Timing::FollowsTheForm);
        let simulation = sim::simulate(&runner.scenario);
        for pod in simulation
            .pods
            .iter()
            .filter(|pod: &&SimulatedPod| pod.setup.has_gyro)
        {
            for (index, case) in CASES.iter().enumerate() {
                let mut samples = pod.samples.clone();
                (case.change)(seed as usize, &mut samples);
                let mounting = |time_s: f64| {
                    let turned = case.slips_within_s.map(|within_s| slipped(time_s, within_s));
                    pod.setup.mounting * turned.unwrap_or(DQuat::IDENTITY).inverse()
                };
                for (name, filter) in filters {
                    let (found, shares) =
                        errors(&filter(&samples, &mounting), &simulation.truth, pod.site, case);
                    let tally = tallies.entry((index, name, pod.site)).or_default();
                    tally.0.extend(found);
                    tally.1[0] += shares[0];
                    tally.1[1] += shares[1];
                }
            }
        }
    }
    for ((case, name, site), (mut errors, [steps, believed])) in tallies {
        let count = errors.len().max(1) as f64;
        let mean = errors.iter().sum::<f64>() / count;
        let rms = (errors.iter().map(|error| error * error).sum::<f64>() / count).sqrt();
        errors.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let worst = errors
            .get((count * 0.95) as usize)
            .map_or(0.0, |error| error.abs());
        println!(
            "{:36} {name:13} {site:?}: rms {rms:.2}, mean {mean:+.2}, 95 % {worst:.2}, believed {believed}/{steps}",
            CASES[case].name
        );
    }
    Ok(())
}
