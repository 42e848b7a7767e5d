//! Real running held against the synthetic runner's: does a made-up pod look like one that is worn?
//!
//! Real are four people's belts jogging slow and quick, one sacrum on a level treadmill (two axes, cut off at 0) and one
//! pelvis's mean cycle. None of it is fitted here.

use glam::{DQuat, DVec3};
use plumbline_core::{
    pod::{sample::ImuSample, site::Site},
    sim::{
        Act,
        population::{Runner, Timing},
    },
    units::GRAVITY,
};

use recordings::{
    recordings,
    waist::{self, waist_recording},
};

use crate::support::likeness::{Likeness, Signal, likeness, quantile};

/// Made-up runners that no number was chosen on.
const SEEDS: std::ops::Range<u64> = 8_000_900..8_000_916;
/// Seconds left out at either end of a recording.
const EDGE_S: f64 = 8.0;

/// A real belt: its axes are x right, y down, z forward.
fn real_waist(name: &str) -> Option<Signal> {
    let recording = waist_recording(name)?;
    let to_segment = |v: DVec3| DVec3::new(v.z, -v.y, v.x);
    let edge = (EDGE_S * waist::RATE_HZ) as usize;
    let inside = &recording.samples[edge..recording.samples.len() - edge];
    Some(signal(inside, waist::RATE_HZ, to_segment))
}

fn signal(samples: &[ImuSample], rate_hz: f64, to_segment: impl Fn(DVec3) -> DVec3) -> Signal {
    let turns = samples.iter().filter_map(|sample| sample.angular_velocity);
    let signal = Signal {
        rate_hz,
        force: samples
            .iter()
            .map(|sample| to_segment(sample.specific_force))
            .collect(),
        turn: turns.map(&to_segment).collect(),
    };
    signal.levelled()
}

/// A real sacrum, two axes of it: 500 Hz as shipped, without what lies below 0.
fn real_sacrum() -> Vec<Signal> {
    let Some(folder) = recordings("alcantara_sacrum") else {
        return Vec::new();
    };
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains("slope+0"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let mut reader = csv::Reader::from_path(path).expect("the trial");
            let rows = reader.records().map(|row| row.expect("a row"));
            let force = rows
                .map(|row| {
                    let cell = |k: usize| row[k].parse::<f64>().expect("a number") * GRAVITY;
                    DVec3::new(cell(2), cell(1), 0.0)
                })
                .collect();
            Signal {
                rate_hz: 500.0,
                force,
                turn: Vec::new(),
            }
        })
        .collect()
}

/// A real pelvis, the mean cycle of one runner, tiled.
fn real_cycle() -> Option<Signal> {
    let path = recordings("biomac_fixture")?.join("imu_running_mean_cycle_3.47mps.csv");
    let mut reader = csv::Reader::from_path(path).expect("the cycle");
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let vectors = |what: &str| -> Vec<DVec3> {
        let place = |axis: &str| {
            header
                .iter()
                .position(|name| name == format!("pelvis_{what}_{axis}"))
        };
        let [x, y, z] = ["x", "y", "z"].map(|axis| place(axis).expect("a column"));
        let cell = |row: &csv::StringRecord, k: usize| row[k].parse().expect("a number");
        let once = rows
            .iter()
            .map(|row| DVec3::new(cell(row, x), cell(row, y), cell(row, z)));
        once.collect::<Vec<_>>().repeat(24)
    };
    let signal = Signal {
        rate_hz: 100.0 / 0.7335,
        force: vectors("acc"),
        turn: vectors("gyro"),
    };
    Some(signal.levelled())
}

/// Whether the pods of this made-up runner are worn as real ones are, and do not sit as if screwed on.
fn hangs_on_a_strap(seed: u64) -> bool {
    let pods = Runner::draw(seed, Timing::SaysNothing).scenario.pods;
    pods.iter().all(|pod| !pod.strap.is_firm())
}

/// The pelvis pod of a made-up runner, while the run goes on.
fn made_up(seed: u64, site: Site) -> Signal {
    let mut runner = Runner::draw(seed, Timing::SaysNothing);
    runner.scenario.rate_hz = 208.0;
    for pod in &mut runner.scenario.pods {
        pod.has_gyro = true;
    }
    let simulation = runner.simulate();
    let runs: Vec<_> = simulation
        .truth
        .acts
        .iter()
        .filter(|act| matches!(act.act, Act::Run { .. }))
        .collect();
    let (from_s, until_s) = (runs[0].start_s + EDGE_S, runs[runs.len() - 1].end_s - EDGE_S);
    let pod = simulation.pod(site).expect("the pod");
    let inside: Vec<ImuSample> = pod
        .samples
        .iter()
        .filter(|sample| (from_s..until_s).contains(&sample.time_s))
        .copied()
        .collect();
    let mounting: DQuat = pod.setup.mounting;
    signal(&inside, 208.0, |v| mounting * v)
}

/// One number of running: the median, the lowest and the highest of the real recordings, and the same of made-up ones.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) real: [f64; 3],
    pub(crate) made_up: [f64; 3],
}

/// Real running beside made-up running, number by number; `None` without the recordings.
pub(crate) fn table() -> Option<Vec<Row>> {
    let names = ["D03", "D04"].map(|speed| (1..=4).map(move |k| format!("{speed}_SA0{k}_R01")));
    let waists: Option<Vec<Signal>> = names
        .into_iter()
        .flatten()
        .map(|name| real_waist(&name))
        .collect();
    let signals = waists?.into_iter().chain(real_sacrum()).chain(real_cycle());
    let real: Vec<Likeness> = signals.map(|signal| likeness(&signal)).collect();
    let made_up: Vec<Likeness> = SEEDS
        .filter(|seed| hangs_on_a_strap(*seed))
        .map(|seed| likeness(&made_up(seed, Site::Pelvis)))
        .collect();
    let rows = real.first()?.numbers.iter().map(|(name, _)| Row {
        name: name.clone(),
        real: median_and_range(&real, name),
        made_up: median_and_range(&made_up, name),
    });
    Some(rows.collect())
}

fn median_and_range(of: &[Likeness], name: &str) -> [f64; 3] {
    let numbers = of.iter().flat_map(|one| &one.numbers);
    let values: Vec<f64> = numbers
        .filter(|(of, value)| of == name && value.is_finite())
        .map(|(_, value)| *value)
        .collect();
    [0.5, 0.0, 1.0].map(|share| quantile(&values, share))
}

#[test]
fn most_of_what_a_made_up_pelvis_pod_feels_lies_among_what_real_ones_feel() {
    let Some(rows) = table() else {
        return;
    };
    let mut outside = Vec::new();
    for Row { name, real, made_up } in &rows {
        println!(
            "{name:27} real {:7.2} ({:7.2} to {:7.2}), made up {:7.2} ({:7.2} to {:7.2})",
            real[0], real[1], real[2], made_up[0], made_up[1], made_up[2]
        );
        if !(real[1]..=real[2]).contains(&made_up[0]) {
            outside.push(name.as_str());
        }
    }
    assert!(outside.len() * 8 <= rows.len(), "{outside:?} of {}", rows.len());
}
