//! Ways in which a sensor measures wrongly, each a row: what it does to the samples of a pod.
//!
//! Judges none. Invariant: a row changes the samples alone, and differs from runner to runner by the seed.

use glam::{DMat3, DVec3};
use plumbline_core::{pod::sample::ImuSample, units::GRAVITY};

/// What goes wrong with one pod; the number is the runner's seed, so that axes and ways differ.
pub(crate) type Change = Box<dyn Fn(&mut Vec<ImuSample>, u64)>;

/// Degrees a second by which a gyroscope is off at a time.
type Drift = fn(f64) -> f64;

/// One row.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// Both pods have it, or one of them.
    pub(crate) both: bool,
    /// What its clock makes of a true second, and by how many it is late.
    pub(crate) clock: [f64; 2],
    /// What is told of every run with both pods.
    pub(crate) told: Option<&'static str>,
    pub(crate) change: Change,
}

impl Fault {
    fn told(self, told: &'static str) -> Self {
        Self {
            told: Some(told),
            ..self
        }
    }
}

fn fault(name: &'static str, both: bool, change: impl Fn(&mut Vec<ImuSample>, u64) + 'static) -> Fault {
    Fault {
        name,
        both,
        clock: [1.0, 0.0],
        told: None,
        change: Box::new(change),
    }
}

/// A fault of each sample by itself.
fn of_each(name: &'static str, change: impl Fn(&mut ImuSample, u64) + 'static) -> Fault {
    fault(name, false, move |samples, seed| {
        for sample in samples {
            change(sample, seed);
        }
    })
}

/// A fault of the specific force alone.
fn of_force(name: &'static str, change: impl Fn(DVec3, u64) -> DVec3 + 'static) -> Fault {
    of_each(name, move |sample, seed| {
        sample.specific_force = change(sample.specific_force, seed);
    })
}

/// A fault of the angular velocity alone, which may know the time.
fn of_turn(name: &'static str, change: impl Fn(DVec3, f64, u64) -> DVec3 + 'static) -> Fault {
    of_each(name, move |sample, seed| {
        let time_s = sample.time_s;
        sample.angular_velocity = (sample.angular_velocity).map(|turn| change(turn, time_s, seed));
    })
}

/// Times that jitter to either side by a share of so many seconds.
fn jitter(name: &'static str, size_s: f64) -> Fault {
    fault(name, true, move |samples, _| {
        for (k, sample) in samples.iter_mut().enumerate() {
            sample.time_s += size_s * (2.0 * chance(k) - 1.0);
        }
    })
}

/// A clock that makes so much of a true second, and is late by so many.
fn clock(name: &'static str, both: bool, rate: f64, late_s: f64) -> Fault {
    let change = move |samples: &mut Vec<ImuSample>, _| {
        for sample in samples {
            sample.time_s = sample.time_s * rate + late_s;
        }
    };
    Fault {
        clock: [rate, late_s],
        ..fault(name, both, change)
    }
}

/// Some direction that differs from runner to runner.
fn way(seed: u64) -> DVec3 {
    let (a, z) = (seed as f64 * 2.4, ((seed as f64) * 0.618).fract() * 2.0 - 1.0);
    DVec3::new(a.cos(), a.sin(), 0.0) * (1.0 - z * z).sqrt() + DVec3::Z * z
}

fn axis(seed: u64) -> usize {
    (seed % 3) as usize
}

fn mirrored(mut value: DVec3, seed: u64) -> DVec3 {
    value[axis(seed)] *= -1.0;
    value
}

fn chance(k: usize) -> f64 {
    ((k as f64 * 12.9898).sin() * 43_758.545_3).rem_euclid(1.0)
}

/// A pod is told to have none.
pub(crate) const NO_GYROSCOPE: &str = "no gyroscope";
const DEGREE: f64 = std::f64::consts::PI / 180.0;

/// Of the accelerometer; the first row is no fault.
pub(crate) fn of_accelerometers() -> Vec<Fault> {
    let mut faults = vec![of_force("nothing", |force, _| force)];
    faults.extend(off_and_cut());
    faults.extend(dead_axes());
    faults.extend([
        of_force("accelerometer one axis mirrored", mirrored),
        of_force("accelerometer all axes mirrored", |force, _| -force),
        of_force("accelerometer two axes exchanged", |force, _| {
            DVec3::new(force.y, force.x, force.z)
        }),
    ]);
    faults
}

/// Of another scale, off by an offset, and cut off at the end of the range.
fn off_and_cut() -> Vec<Fault> {
    let scales = [
        ("accelerometer 5 % too large", 1.05),
        ("accelerometer 10 % too large", 1.1),
        ("accelerometer 15 % too large", 1.15),
        ("accelerometer 10 % too small", 0.9),
    ];
    let scaled = scales.map(|(name, scale)| of_force(name, move |force, _| force * scale));
    let one_axis = of_force("accelerometer one axis 10 % too large", |mut force, seed| {
        force[axis(seed)] *= 1.1;
        force
    });
    let offsets = [
        ("accelerometer off by 0.3 m/s²", 0.3),
        ("accelerometer off by 0.5 m/s²", 0.5),
    ];
    let off = offsets.map(|(name, size)| of_force(name, move |force, seed| force + way(seed) * size));
    let ranges = [
        ("accelerometer ends at 4 g", 4.0),
        ("accelerometer ends at 2 g", 2.0),
    ];
    let cut = ranges.map(|(name, range)| {
        let end = DVec3::splat(range * GRAVITY);
        of_force(name, move |force, _| force.clamp(-end, end))
    });
    scaled
        .into_iter()
        .chain([one_axis])
        .chain(off)
        .chain(cut)
        .collect()
}

fn dead_axes() -> Vec<Fault> {
    let constant = |name, value| {
        let change = move |mut force: DVec3, seed| {
            force[axis(seed)] = value;
            force
        };
        of_force(name, change).told("Frozen")
    };
    vec![
        constant("accelerometer one axis zero", 0.0),
        constant("accelerometer one axis constant", 2.5),
        of_force("accelerometer one axis nearly dead", |mut force, seed| {
            force[axis(seed)] *= 0.02;
            force
        }),
    ]
}

/// Of the gyroscope.
pub(crate) fn of_gyroscopes() -> Vec<Fault> {
    let mut faults = no_gyroscopes();
    faults.extend(other_scales());
    faults.extend(other_axes());
    faults.extend(drifts());
    faults.push(fault("gyroscope 20 ms late", false, |samples, _| {
        let rate_hz = samples.len() as f64 / samples.last().map_or(1.0, |last| last.time_s);
        let late = (0.02 * rate_hz).round() as usize;
        for k in (late..samples.len()).rev() {
            samples[k].angular_velocity = samples[k - late].angular_velocity;
        }
    }));
    faults
}

fn no_gyroscopes() -> Vec<Fault> {
    vec![
        of_each("no gyroscope", |sample, _| sample.angular_velocity = None).told(NO_GYROSCOPE),
        of_turn("gyroscope zero", |_, _, _| DVec3::ZERO).told(NO_GYROSCOPE),
        of_turn("gyroscope constant", |_, _, seed| way(seed) * 0.03).told(NO_GYROSCOPE),
        of_turn("gyroscope one axis zero", |mut turn, _, seed| {
            turn[axis(seed)] = 0.0;
            turn
        })
        .told(NO_GYROSCOPE),
        of_turn("gyroscope 57 times too small", |turn, _, _| turn * DEGREE).told(NO_GYROSCOPE),
    ]
}

fn other_scales() -> Vec<Fault> {
    let scales = [
        ("gyroscope in degrees/s", 1.0 / DEGREE),
        ("gyroscope 10 % too large", 1.1),
        ("gyroscope 20 % too small", 0.8),
        ("gyroscope half", 0.5),
        ("gyroscope twice", 2.0),
    ];
    let scaled = scales.map(|(name, scale)| of_turn(name, move |turn, _, _| turn * scale));
    scaled.into_iter().collect()
}

fn other_axes() -> Vec<Fault> {
    vec![
        of_turn("gyroscope one axis mirrored", |turn, _, seed| {
            mirrored(turn, seed)
        }),
        of_turn("gyroscope all axes mirrored", |turn, _, _| -turn),
        of_turn("gyroscope axes in a circle", |turn, _, _| {
            DVec3::new(turn.y, turn.z, turn.x)
        }),
        of_turn("gyroscope turned by 10 degrees", |turn, _, seed| {
            DMat3::from_axis_angle(way(seed), 10.0 * DEGREE) * turn
        }),
        of_each("one axis of both mirrored", |sample, seed| {
            sample.specific_force = mirrored(sample.specific_force, seed);
            sample.angular_velocity = sample.angular_velocity.map(|turn| mirrored(turn, seed));
        }),
    ]
}

/// What is added to a gyroscope, steadily or not.
fn drifts() -> Vec<Fault> {
    let drifts: [(&str, Drift); 7] = [
        ("gyroscope off by 3 degrees/s", |_| 3.0),
        ("gyroscope off by 8 degrees/s", |_| 8.0),
        ("gyroscope off by 20 degrees/s", |_| 20.0),
        ("gyroscope drifts to 5 degrees/s", |time_s| 5.0 * (time_s / 170.0)),
        ("gyroscope drifts by 3 degrees/s in 20 s", |time_s| {
            3.0 * (time_s / 40.0 * std::f64::consts::TAU).sin()
        }),
        ("gyroscope leaps by 4 degrees/s", |time_s| {
            if time_s > 80.0 { 4.0 } else { 0.0 }
        }),
        ("gyroscope leaps every 20 s", |time_s| {
            if (time_s / 20.0) as i64 % 2 == 0 {
                2.0
            } else {
                -2.0
            }
        }),
    ];
    let added = drifts.map(|(name, drift)| {
        of_turn(name, move |turn, time_s, seed| {
            turn + way(seed) * drift(time_s) * DEGREE
        })
    });
    added.into_iter().collect()
}

/// Of clocks, and of the recorder that writes times down.
pub(crate) fn of_clocks() -> Vec<Fault> {
    let mut faults = vec![
        clock("both clocks 5 % fast", true, 1.05, 0.0),
        clock("both clocks 5 % slow", true, 0.95, 0.0),
        clock("one clock 5 % fast", false, 1.05, 0.0),
        clock("one clock 1 % fast", false, 1.01, 0.0),
        clock("one pod 50 ms late", false, 1.0, 0.05).told("ClocksApart"),
        clock("one pod 100 ms late", false, 1.0, 0.1).told("ClocksApart"),
        clock("one pod 200 ms late", false, 1.0, 0.2).told("ClocksApart"),
        clock("one pod 500 ms late", false, 1.0, 0.5).told("ClocksApart"),
        jitter("times jitter by 2 ms", 0.002),
        jitter("times jitter by 10 ms", 0.01),
    ];
    faults.extend(of_recorders());
    faults
}

fn of_recorders() -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.push(fault("times come twice", true, |samples, _| {
        for k in (20..samples.len()).step_by(20) {
            samples[k].time_s = samples[k - 1].time_s;
        }
    }));
    faults.push(fault("rows out of order", true, |samples, _| {
        for k in (20..samples.len()).step_by(20) {
            samples.swap(k, k - 1);
        }
    }));
    faults.push(fault(
        "an axis without numbers now and then",
        true,
        |samples, _| {
            for (k, sample) in samples.iter_mut().enumerate().filter(|(k, _)| chance(*k) < 0.02) {
                sample.specific_force[k % 3] = f64::NAN;
            }
        },
    ));
    faults.push(fault(
        "an axis without numbers for 5 s",
        false,
        |samples, seed| {
            for sample in samples
                .iter_mut()
                .filter(|sample| (60.0..65.0).contains(&sample.time_s))
            {
                sample.specific_force[axis(seed)] = f64::NAN;
            }
        },
    ));
    faults
}
