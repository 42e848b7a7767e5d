//! What `make bench` prints of our own side, one `name value` a line: `scripts/bench.sh` sets it beside the others.
//!
//! Times are processor time, the best of several runs, milliseconds where not said otherwise; those of a frame are by
//! the clock. Needs neither database nor network. With `hour` it times the hour alone, for a profiler.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, writes a file and prints"
)]

mod timing;
mod years;

use std::{alloc::System, hint::black_box, io::Write, time::Instant};

use plumbline_core::{
    body::{
        orientation::Orientation,
        resample::{GridSample, Resampler},
    },
    lean::{band::OwnReference, rules::RuleModel},
    pod::{link::LinkEvent, sample::ImuSample, site::Site},
    session::{
        coach::Coach,
        input::{Command, Input},
        log::SessionContext,
        pipeline::{Event, Pipeline},
        plan::plan,
        stream::PodStream,
    },
    sim::{Scenario, SimulatedNotification, Simulation, notifications, presets, simulate},
    units::Timestamp,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use timing::best_mean_of;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const START: Timestamp = Timestamp(1_800_000_000_000_000);
const HOUR_S: f64 = 3600.0;
const RUNS: u32 = 5;
/// Samples are dealt out with what they allocated from this instant of the session on: by then every buffer is full.
const WARM_S: f64 = 600.0;

/// What two pods sent in a run of so many seconds.
fn sent(seconds: f64, rate_hz: f64) -> (Simulation, Vec<SimulatedNotification>) {
    let scenario = Scenario {
        rate_hz,
        ..Scenario::new(5, presets::run(presets::RunForm::Good, seconds))
    };
    let simulation = simulate(&scenario);
    let sent = notifications(&scenario, &simulation, START);
    (simulation, sent)
}

/// Bytes to classes; gives how many windows were judged.
fn classes(sent: &[SimulatedNotification]) -> u32 {
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let mut windows = 0;
    let mut take = |event: Event| windows += u32::from(matches!(event, Event::Reading(_)));
    for one in sent {
        streams[one.site.index()].accept(one.arrival, START, &one.bytes, |sample| {
            pipeline.push(one.site, sample, &RuleModel, &mut take);
        });
    }
    pipeline.finish(&RuleModel, &mut take);
    windows
}

/// Samples whose way through clock, orientation and gait allocated anything, those that completed a step apart.
fn allocations(sent: &[SimulatedNotification]) -> (u64, u64, u64) {
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let (mut samples, mut allocating, mut steps) = (0, 0, 0);
    for one in sent {
        let warm = one.arrival.seconds_since(START) > WARM_S;
        streams[one.site.index()].accept(one.arrival, START, &one.bytes, |sample: ImuSample| {
            let region = Region::new(COUNTED);
            let mut stepped = false;
            pipeline.push(one.site, sample, &RuleModel, &mut |event| {
                stepped |= matches!(event, Event::Step(_));
            });
            let change = region.change();
            if warm {
                samples += 1;
                steps += u64::from(stepped);
                let asked = change.allocations + change.reallocations;
                allocating += u64::from(asked > 0 && !stepped);
            }
        });
    }
    (samples, allocating, steps)
}

/// A live run as the bindings drive it: every frame handled, every output taken. Gives the time of each frame,
/// microseconds, ascending, and the bytes held at the end.
fn live(sent: &[SimulatedNotification]) -> (Vec<f64>, isize) {
    let region = Region::new(COUNTED);
    let context = SessionContext {
        language: "en".to_owned(),
        connected: Site::LEAN.to_vec(),
        ..SessionContext::default()
    };
    let mut coach = Coach::new(context, Box::new(RuleModel));
    coach
        .handle(START, Input::Command(Command::StartRun))
        .expect("a run");
    let mut times: Vec<f64> = Vec::with_capacity(sent.len());
    let held_by_times = sent.len() * size_of::<f64>();
    for one in sent {
        let (site, bytes) = (one.site, one.bytes.clone());
        let begin = Instant::now();
        coach
            .handle(one.arrival, Input::Link(LinkEvent::lean_pod_block(site, bytes)))
            .expect("a frame");
        while let Some(output) = coach.poll_output() {
            black_box(output);
        }
        black_box(coach.view());
        times.push(begin.elapsed().as_secs_f64() * 1e6);
    }
    let change = region.change();
    let held = change.bytes_allocated as isize - change.bytes_deallocated as isize - held_by_times as isize;
    drop(coach);
    times.sort_by(f64::total_cmp);
    (times, held)
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * sorted.len() as f64) as usize;
    sorted
        .get(place.min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

/// The grid cells of every pod, one pod after the other.
fn cells(simulation: &Simulation) -> Vec<Vec<GridSample>> {
    let of = |samples: &[ImuSample]| {
        let (mut resampler, mut cells) = (Resampler::default(), Vec::new());
        for sample in samples {
            resampler.push(*sample, |cell| cells.push(cell));
        }
        cells
    };
    simulation.pods.iter().map(|pod| of(&pod.samples)).collect()
}

fn orientation(cells: &[Vec<GridSample>]) {
    for pod in cells {
        let mut orientation = Orientation::default();
        for cell in pod {
            black_box(orientation.push(cell));
        }
    }
}

fn orientation_by_the_library(cells: &[Vec<GridSample>]) {
    for pod in cells {
        let mut filter = vqf_rs::VQF::new(0.01, None, None, None);
        for cell in pod {
            filter.update_gyr(cell.angular_velocity.unwrap_or_default().to_array());
            filter.update_acc(cell.specific_force.to_array());
            black_box(filter.quat_6d());
        }
    }
}

/// The samples as the rivals read them: six 64-bit numbers each, rotation first.
fn write_samples(path: &str, simulation: &Simulation) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for sample in simulation.pods.iter().flat_map(|pod| &pod.samples) {
        let rotation = sample.angular_velocity.unwrap_or_default().to_array();
        for value in rotation.into_iter().chain(sample.specific_force.to_array()) {
            file.write_all(&value.to_le_bytes())?;
        }
    }
    file.flush()
}

fn main() {
    if std::env::args().any(|argument| argument == "hour") {
        let (_, hour) = sent(HOUR_S, 104.0);
        println!(
            "hour {}",
            best_mean_of(RUNS, 10, || _ = black_box(classes(&hour)))
        );
        return;
    }
    for (name, seconds) in [("ten_minutes", 600.0), ("four_hours", 4.0 * HOUR_S)] {
        let (_, sent) = sent(seconds, 104.0);
        let repeats = (4.0 * HOUR_S / seconds) as u32;
        println!(
            "{name} {}",
            best_mean_of(RUNS, repeats, || _ = black_box(classes(&sent)))
        );
        if seconds > HOUR_S {
            let (_, held) = live(&sent);
            println!("held_four_hours_kb {}", held / 1024);
        }
    }
    let (simulation, hour) = sent(HOUR_S, 104.0);
    if let Ok(path) = std::env::var("PLUMBLINE_SAMPLES") {
        write_samples(&path, &simulation).expect("room for the samples");
    }
    let count: usize = simulation.pods.iter().map(|pod| pod.samples.len()).sum();
    println!("samples {count}");
    println!(
        "hour {}",
        best_mean_of(RUNS, 10, || _ = black_box(classes(&hour)))
    );
    println!(
        "hour_live {}",
        best_mean_of(RUNS, 5, || _ = black_box(live(&hour)))
    );
    let (_, held) = live(&hour);
    println!("held_hour_kb {}", held / 1024);
    let cells = cells(&simulation);
    println!("orientation {}", best_mean_of(RUNS, 20, || orientation(&cells)));
    println!(
        "orientation_library {}",
        best_mean_of(RUNS, 5, || orientation_by_the_library(&cells))
    );
    let (samples, allocating, steps) = allocations(&hour);
    println!("warm_samples {samples}");
    println!("allocating_samples {allocating}");
    println!("warm_steps {steps}");
    let (_, fast) = sent(900.0, 208.0);
    let (times, _) = live(&fast);
    println!("live_p50_us {}", percentile(&times, 0.5));
    println!("live_p99_us {}", percentile(&times, 0.99));
    println!("live_worst_us {}", percentile(&times, 1.0));
    let (course, now) = years::ten_years();
    println!(
        "plan_ten_years {}",
        best_mean_of(RUNS, 200, || _ = black_box(plan(&course, now)))
    );
}
