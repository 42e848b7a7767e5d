//! Sensors that measure wrongly on made-up runners nobody tuned on: a fault may cost windows, and tells none wrong.
//!
//! Each fault is a row. Everything goes through the text of a recording, as `plumbline analyze` reads it. A window whose
//! truth lies within a degree of where its class changes is not judged.

use std::{collections::BTreeMap, sync::LazyLock};

use glam::{DMat3, DVec3};
use plumbline_core::{
    gait::step::Side,
    io::model::best_model,
    lean::{
        band::OwnReference,
        model::LeanModel,
        reading::{LeanClass, LeanReading},
    },
    pod::{
        recording::{Recording, read_csv, write_csv},
        sample::ImuSample,
        site::Site,
    },
    session::analysis::{RunAnalysis, analyze},
    sim::{
        Simulation, Truth,
        population::{Runner, Timing},
    },
    units::GRAVITY,
};

/// Far from the seeds anything was chosen with.
const FIRST_SEED: u64 = 31_000_000;
const RUNNERS: u64 = 6;
/// Confidently wrong windows that a fault may cause, of all.
const LARGEST_WRONG_SHARE: f64 = 0.05;
/// Those that miss it today, and what they keep: axes that make no right-handed frame are told only at the first change of
/// posture, a gyroscope of another scale and a clock that runs away from the other not at all.
const MISSED: [&str; 6] = [
    "accelerometer one axis mirrored",
    "accelerometer two axes exchanged",
    "gyroscope 20 % too small",
    "gyroscope half",
    "one axis of both mirrored",
    "one clock 5 % fast",
];
const LARGEST_MISSED_SHARE: f64 = 0.15;

/// What goes wrong with one pod; the number is the runner's seed, so that axes and ways differ.
type Change = Box<dyn Fn(&mut Vec<ImuSample>, u64)>;

/// Degrees a second by which a gyroscope is off at a time.
type Drift = fn(f64) -> f64;

struct Fault {
    name: &'static str,
    /// Both pods have it, or one of them.
    both: bool,
    /// What its clock makes of a true second, and by how many it is late.
    clock: [f64; 2],
    /// What is told of every run with both pods.
    told: Option<&'static str>,
    /// Confidently wrong windows there may be, of all.
    bar: f64,
    change: Change,
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
        bar: if MISSED.contains(&name) {
            LARGEST_MISSED_SHARE
        } else {
            LARGEST_WRONG_SHARE
        },
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
const NO_GYROSCOPE: &str = "no gyroscope";
const DEGREE: f64 = std::f64::consts::PI / 180.0;

fn of_accelerometers() -> Vec<Fault> {
    let mut faults = vec![of_force("nothing", |force, _| force)];
    for (name, scale) in [
        ("accelerometer 5 % too large", 1.05),
        ("accelerometer 10 % too large", 1.1),
        ("accelerometer 15 % too large", 1.15),
        ("accelerometer 10 % too small", 0.9),
    ] {
        faults.push(of_force(name, move |force, _| force * scale));
    }
    faults.push(of_force(
        "accelerometer one axis 10 % too large",
        |mut force, seed| {
            force[axis(seed)] *= 1.1;
            force
        },
    ));
    for (name, size) in [
        ("accelerometer off by 0.3 m/s²", 0.3),
        ("accelerometer off by 0.5 m/s²", 0.5),
    ] {
        faults.push(of_force(name, move |force, seed| force + way(seed) * size));
    }
    for (name, range) in [
        ("accelerometer ends at 4 g", 4.0),
        ("accelerometer ends at 2 g", 2.0),
    ] {
        let end = DVec3::splat(range * GRAVITY);
        faults.push(of_force(name, move |force, _| force.clamp(-end, end)));
    }
    for (name, value) in [
        ("accelerometer one axis zero", 0.0),
        ("accelerometer one axis constant", 2.5),
    ] {
        faults.push(
            of_force(name, move |mut force, seed| {
                force[axis(seed)] = value;
                force
            })
            .told("Frozen"),
        );
    }
    faults.push(of_force(
        "accelerometer one axis nearly dead",
        |mut force, seed| {
            force[axis(seed)] *= 0.02;
            force
        },
    ));
    faults.push(of_force("accelerometer one axis mirrored", mirrored));
    faults.push(of_force("accelerometer all axes mirrored", |force, _| -force));
    faults.push(of_force("accelerometer two axes exchanged", |force, _| {
        DVec3::new(force.y, force.x, force.z)
    }));
    faults
}

fn of_gyroscopes() -> Vec<Fault> {
    let mut faults = vec![
        of_each("no gyroscope", |sample, _| sample.angular_velocity = None).told(NO_GYROSCOPE),
        of_turn("gyroscope zero", |_, _, _| DVec3::ZERO).told(NO_GYROSCOPE),
        of_turn("gyroscope constant", |_, _, seed| way(seed) * 0.03).told(NO_GYROSCOPE),
        of_turn("gyroscope one axis zero", |mut turn, _, seed| {
            turn[axis(seed)] = 0.0;
            turn
        })
        .told(NO_GYROSCOPE),
        of_turn("gyroscope in degrees/s", |turn, _, _| turn / DEGREE),
        of_turn("gyroscope 57 times too small", |turn, _, _| turn * DEGREE).told(NO_GYROSCOPE),
        of_turn("gyroscope 10 % too large", |turn, _, _| turn * 1.1),
        of_turn("gyroscope 20 % too small", |turn, _, _| turn * 0.8),
        of_turn("gyroscope half", |turn, _, _| turn * 0.5),
        of_turn("gyroscope twice", |turn, _, _| turn * 2.0),
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
    ];
    let drifts: [(&str, Drift); 6] = [
        ("gyroscope off by 3 degrees/s", |_| 3.0),
        ("gyroscope off by 8 degrees/s", |_| 8.0),
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
    for (name, drift) in drifts {
        faults.push(of_turn(name, move |turn, time_s, seed| {
            turn + way(seed) * drift(time_s) * DEGREE
        }));
    }
    faults.push(fault("gyroscope 20 ms late", false, |samples, _| {
        let rate_hz = samples.len() as f64 / samples.last().map_or(1.0, |last| last.time_s);
        let late = (0.02 * rate_hz).round() as usize;
        for k in (late..samples.len()).rev() {
            samples[k].angular_velocity = samples[k - late].angular_velocity;
        }
    }));
    faults
}

fn of_clocks() -> Vec<Fault> {
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

/// A made-up runner with gyroscopes, and what their pods took down.
struct Made {
    runner: Runner,
    simulation: Simulation,
}

fn made() -> Vec<Made> {
    let made = |seed| {
        let mut runner = Runner::draw(seed, Timing::SaysNothing);
        for pod in &mut runner.scenario.pods {
            pod.has_gyro = true;
        }
        let simulation = runner.simulate();
        Made { runner, simulation }
    };
    (FIRST_SEED..FIRST_SEED + RUNNERS).map(made).collect()
}

impl Made {
    fn recording(&self, site: Site, change: Option<&Change>) -> Result<Recording, String> {
        let mut samples = (self.simulation.pod(site)).map_or_else(Vec::new, |pod| pod.samples.clone());
        if let Some(change) = change {
            change(&mut samples, self.runner.scenario.seed);
        }
        let mut text = Vec::new();
        write_csv(&mut text, &samples).expect("memory takes every byte");
        read_csv(text.as_slice()).map_err(|error| error.to_string())
    }

    /// Whether the pod at this site, of all that are worn, has the fault.
    fn has(&self, fault: &Fault, site: Site, sites: &[Site]) -> bool {
        fault.both || site == sites[(self.runner.scenario.seed / 3) as usize % sites.len()]
    }

    /// The truth by the clock of the pod that times the steps.
    fn truth_of(&self, fault: &Fault, sites: &[Site]) -> Truth {
        let timing = sites.last().copied().unwrap_or(Site::Pelvis);
        let mut truth = self.simulation.truth.clone();
        if self.has(fault, timing, sites) {
            let [rate, late_s] = fault.clock;
            for step in &mut truth.steps {
                step.initial_contact_s = step.initial_contact_s * rate + late_s;
                step.next_contact_s = step.next_contact_s * rate + late_s;
            }
        }
        truth
    }

    /// The run with a fault, or why it was refused.
    fn judged(&self, fault: &Fault, sites: &[Site], model: &dyn LeanModel) -> Result<RunAnalysis, String> {
        let recording = |site: Site| {
            let has = self.has(fault, site, sites);
            let worn = sites.contains(&site);
            worn.then(|| self.recording(site, has.then_some(&fault.change)))
                .transpose()
        };
        let own = OwnReference {
            band_deg: Some(self.runner.band_deg),
            usual_bend_deg: Some(self.runner.usual_bend_deg),
            ..OwnReference::default()
        };
        let (chest, pelvis) = (recording(Site::Chest)?, recording(Site::Pelvis)?);
        Ok(analyze(chest.as_ref(), pelvis.as_ref(), own, model))
    }

    /// The true lean and class of a window; no class near an edge.
    fn judge(&self, truth: &Truth, window: &LeanReading) -> Option<(f64, Option<LeanClass>)> {
        let steps: Vec<_> = truth.running_steps(window.start_s, window.end_s).collect();
        let count = steps.len() as f64;
        let lean = steps.iter().map(|step| step.trunk_lean_deg).sum::<f64>() / count;
        let bend = steps.iter().map(|step| step.waist_bend_deg()).sum::<f64>() / count;
        let [low, high] = self.runner.band_deg;
        let edges = [lean - low, lean - high, bend - self.runner.usual_bend_deg - 5.0];
        let class = match edges {
            [_, _, bent] if bent > 0.0 => LeanClass::WaistBend,
            [under, _, _] if under < 0.0 => LeanClass::Under,
            [_, over, _] if over > 0.0 => LeanClass::Over,
            _ => LeanClass::Good,
        };
        let clear = edges.iter().all(|edge| edge.abs() >= 1.0);
        (count > 0.0).then_some((lean, clear.then_some(class)))
    }
}

/// What became of one fault.
#[derive(Default)]
struct Outcome {
    windows: u32,
    right: u32,
    wrong: u32,
    told: u32,
    held: u32,
    summaries: u32,
    summaries_held: u32,
    sides: [u32; 2],
    refused: Vec<String>,
    reasons: BTreeMap<String, u32>,
}

impl Outcome {
    fn of(made: &[Made], fault: &Fault, sites: &[Site], model: &dyn LeanModel) -> Self {
        let mut outcome = Self::default();
        for one in made {
            match one.judged(fault, sites, model) {
                Ok(analysis) => outcome.count(one, &one.truth_of(fault, sites), &analysis),
                Err(refused) => outcome.refused.push(refused),
            }
        }
        outcome
    }

    fn count(&mut self, made: &Made, truth: &Truth, analysis: &RunAnalysis) {
        let mut leans = Vec::new();
        for window in &analysis.windows {
            let Some((lean, class)) = made.judge(truth, window) else {
                continue;
            };
            leans.push(lean);
            if let Some([low, high]) = window.trunk_lean_ci90_deg {
                self.told += 1;
                self.held += u32::from((low..=high).contains(&lean));
            }
            let Some(class) = class else { continue };
            self.windows += 1;
            self.right += u32::from(window.class == class);
            self.wrong += u32::from(window.class != class && window.class != LeanClass::NotSure);
        }
        if let Some(lean) = analysis.summary.trunk_lean_deg {
            let true_deg = leans.iter().sum::<f64>() / leans.len() as f64;
            self.summaries += 1;
            self.summaries_held += u32::from((lean.ci90[0]..=lean.ci90[1]).contains(&true_deg));
        }
        self.count_sides(truth, analysis);
        let mut reasons: Vec<String> = (analysis.gaps.iter())
            .map(|gap| format!("{:?}", gap.reason))
            .collect();
        let lacks = analysis.pods.iter().any(|pod| !pod.has_gyro);
        reasons.extend(lacks.then(|| NO_GYROSCOPE.to_owned()));
        reasons.extend(analysis.calibration.is_none().then(|| "no neutral".to_owned()));
        reasons.sort();
        reasons.dedup();
        for reason in reasons {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }

    /// Sides told, and those of them that are right.
    fn count_sides(&mut self, truth: &Truth, analysis: &RunAnalysis) {
        for step in &analysis.steps {
            let (from_s, to_s) = (step.initial_contact_s - 0.12, step.initial_contact_s + 0.12);
            let truth = truth.running_steps(from_s, to_s).next();
            if let Some(truth) = truth.filter(|_| step.side != Side::Unknown) {
                self.sides[0] += 1;
                self.sides[1] += u32::from(truth.side == step.side);
            }
        }
    }

    fn wrong_share(&self) -> f64 {
        f64::from(self.wrong) / f64::from(self.windows.max(1))
    }

    fn line(&self, name: &str, sites: &[Site]) -> String {
        let of = |count: u32, all: u32| 100.0 * f64::from(count) / f64::from(all.max(1));
        format!(
            "{name:<40} {:<6} {:>4} windows: right {:>3.0} %, not sure {:>3.0} %, wrong {:>4.1} %; intervals hold {:>3.0} % of {}, summaries {} of {}; sides right {:.0} % of {}; refused {}; {:?}",
            if sites.len() == 2 { "both" } else { "chest" },
            self.windows,
            of(self.right, self.windows),
            of(self.windows - self.right - self.wrong, self.windows),
            of(self.wrong, self.windows),
            of(self.held, self.told),
            self.told,
            self.summaries_held,
            self.summaries,
            of(self.sides[1], self.sides[0]),
            self.sides[0],
            self.refused.len(),
            self.reasons,
        )
    }
}

/// Every fault with both pods and with the chest pod alone; gives what is amiss.
fn amiss(faults: &[Fault]) -> Vec<String> {
    static MADE: LazyLock<Vec<Made>> = LazyLock::new(made);
    let model = best_model();
    let mut amiss = Vec::new();
    for fault in faults {
        for sites in [&Site::LEAN[..], &[Site::Chest]] {
            let outcome = Outcome::of(&MADE, fault, sites, &*model);
            println!("{}", outcome.line(fault.name, sites));
            if outcome.wrong_share() > fault.bar {
                amiss.push(format!("{}: {:.3} wrong", fault.name, outcome.wrong_share()));
            }
            let told = |reason: &str| outcome.reasons.get(reason).copied().unwrap_or_default();
            let all = MADE.len() as u32;
            if sites.len() == 2 && fault.told.is_some_and(|reason| told(reason) < all) {
                amiss.push(format!(
                    "{}: not told each time: {:?}",
                    fault.name, outcome.reasons
                ));
            }
            let alarms = ["Frozen", "SensorsDisagree", "ClocksApart", NO_GYROSCOPE].map(told);
            if fault.name == "nothing" && alarms != [0; 4] {
                amiss.push(format!("false alarms: {:?}", outcome.reasons));
            }
        }
    }
    amiss
}

#[test]
fn an_accelerometer_that_measures_wrongly_makes_no_confident_wrong_class() {
    assert_eq!(amiss(&of_accelerometers()), [""; 0]);
}

#[test]
fn a_gyroscope_that_measures_wrongly_makes_no_confident_wrong_class() {
    assert_eq!(amiss(&of_gyroscopes()), [""; 0]);
}

#[test]
fn clocks_that_go_wrong_make_no_confident_wrong_class_and_are_told() {
    assert_eq!(amiss(&of_clocks()), [""; 0]);
}
