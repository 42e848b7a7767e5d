//! How long one window takes: its features, the rules, the network; and how long the network takes to load.
//!
//! With `processor-time` it prints the time of one window by the network alone, measured as `scripts/rivals.py` measures
//! onnxruntime.
#![allow(missing_docs, reason = "criterion's macros write functions without any")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

mod timing;

use std::hint::black_box;

use criterion::{Criterion, criterion_group};
use plumbline_core::{
    gait::step::{Side, Step},
    io::onnx::OnnxModel,
    lean::{
        band::OwnReference,
        features::{Circumstances, FeatureVector},
        model::LeanModel,
        rules::RuleModel,
        wear::Worn,
    },
    units::{Degrees, Millimeters, Milliseconds, StepsPerMinute},
};

/// Runs, and windows in each: as many as `scripts/rivals.py` asks for.
const RUNS: u32 = 25;
const WINDOWS: u32 = 2000;

/// A window of ten seconds at 170 steps a minute.
fn steps() -> Vec<Step> {
    let step = |index: u32| {
        let initial_contact_s = f64::from(index) * 0.353;
        let lean = 9.0 + 0.5 * f64::from(index % 3);
        Step {
            initial_contact_s,
            mid_stance_s: initial_contact_s + 0.11,
            toe_off_s: initial_contact_s + 0.25,
            side: if index.is_multiple_of(2) {
                Side::Left
            } else {
                Side::Right
            },
            running: true,
            ground_contact_time: Some(Milliseconds(250.0)),
            flight_time: Some(Milliseconds(103.0)),
            cadence: StepsPerMinute(170.0),
            vertical_oscillation: Some(Millimeters(82.0)),
            trunk_lean: Some(Degrees(lean)),
            pelvis_tilt: Some(Degrees(lean - 4.0)),
            waist_bend: Some(Degrees(4.0)),
            mid_stance_timing: Some(0.07),
            speed_loss_mps: None,
            hip_offset_cm: None,
            steady: true,
        }
    };
    (0..28).map(step).collect()
}

/// A window that the network is asked about.
fn circumstances() -> Circumstances {
    Circumstances {
        neutral_spread_deg: 0.3,
        worn: Worn::UNKNOWN.map(|worn| Worn {
            shake_mps2: Some(2.0),
            ..worn
        }),
        own: OwnReference {
            band_deg: Some([6.0, 12.0]),
            usual_bend_deg: Some(4.0),
            ..OwnReference::default()
        },
        swapped: false,
        otherwise: [None, None],
    }
}

fn network() -> OnnxModel {
    OnnxModel::built_in().expect("the network that ships with this version")
}

fn inference(criterion: &mut Criterion) {
    let (steps, circumstances) = (steps(), circumstances());
    let features = FeatureVector::of(&steps, circumstances);
    let network = network();
    criterion.bench_function("features of one window", |bencher| {
        bencher.iter(|| FeatureVector::of(black_box(&steps), black_box(circumstances)));
    });
    criterion.bench_function("one window by the rules", |bencher| {
        bencher.iter(|| RuleModel.classify(black_box(&features)));
    });
    criterion.bench_function("one window by the network", |bencher| {
        bencher.iter(|| network.classify(black_box(&features)));
    });
    criterion.bench_function("loading the network", |bencher| {
        bencher.iter(self::network);
    });
}

/// Of the network alone, as onnxruntime is asked, and of one window with its features given to rules and network,
/// milliseconds.
fn processor_time() -> [f64; 2] {
    let features = FeatureVector::of(&steps(), circumstances());
    let (network, numbers) = (network(), features.to_array());
    let alone = || {
        for _ in 0..WINDOWS {
            black_box(network.run(black_box(&numbers)));
        }
    };
    let window = || {
        for _ in 0..WINDOWS {
            black_box(network.classify(black_box(&features)));
        }
    };
    [timing::best_of(RUNS, alone), timing::best_of(RUNS, window)].map(|time| time / f64::from(WINDOWS))
}

criterion_group!(benches, inference);

fn main() {
    if std::env::args().any(|argument| argument == "processor-time") {
        let [alone, window] = processor_time();
        println!("inference {alone}\nwindow {window}");
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
