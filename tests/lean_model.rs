//! The network and the rules on the same windows of runners nobody trained on, and through the whole way of a sample.

#[path = "../core/examples/support/recorder.rs"]
mod recorder;
#[path = "../core/examples/lean_windows/windows.rs"]
mod windows;

use plumbline_core::{
    io::onnx::OnnxModel,
    lean::{
        band::OwnReference,
        features::FeatureVector,
        model::LeanModel,
        reading::{LeanClass, LeanReading, decide},
        rules::{RuleModel, carries_a_class},
    },
    pod::site::Site,
    session::{
        pipeline::{Event, Pipeline},
        stream::PodStream,
    },
    sim::{
        self, Scenario,
        population::{Runner, Timing},
        presets::{self, RunForm},
        simulate,
    },
    units::Timestamp,
};
use windows::{Window, margin_deg, true_class, windows};

/// Far from the seeds `core/model/README.md` trains on.
const FIRST_SEED: u64 = 9_000_000;
const RUNNERS: u64 = 60;
const WORN: [(&str, &[Site]); 3] = [
    ("both pods", &Site::ALL),
    ("chest alone", &[Site::Chest]),
    ("pelvis alone", &[Site::Pelvis]),
];

fn network() -> OnnxModel {
    OnnxModel::built_in().expect("the network that ships with this version")
}

/// A window and the class a model should give it.
struct Asked {
    features: FeatureVector,
    class: LeanClass,
    /// At least a degree from where the class would change, and for these pods to see.
    clear: bool,
}

fn asked(window: &Window, runner: &Runner, known: bool) -> Asked {
    let own = OwnReference {
        band_deg: Some(runner.band_deg),
        usual_bend_deg: Some(runner.usual_bend_deg),
        ..OwnReference::default()
    };
    let features = FeatureVector {
        own: if known { own } else { OwnReference::default() },
        ..window.features
    };
    let both = features.trunk_lean_deg.is_some() && features.pelvis_tilt_deg.is_some();
    let class = match true_class(window, runner) {
        LeanClass::WaistBend if !both => LeanClass::NotSure,
        class => class,
    };
    Asked {
        features,
        class,
        clear: class != LeanClass::NotSure && margin_deg(window, runner) >= 1.0,
    }
}

/// How a model did on some windows, each a share but the last.
struct Score {
    /// Windows it gave a class to.
    told: f64,
    /// Of those, with the right one.
    right: f64,
    /// Clear windows told rightly.
    clear: f64,
    /// Mean squared distance of the probabilities from the truth.
    brier: f64,
}

fn score(model: &dyn LeanModel, windows: &[Asked]) -> Score {
    let (mut told, mut right, mut clear, mut clear_right, mut distance) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for asked in windows {
        let probabilities = model.classify(&asked.features);
        let class = decide(&probabilities);
        let is_right = class == asked.class && class != LeanClass::NotSure;
        told += f64::from(u8::from(class != LeanClass::NotSure));
        right += f64::from(u8::from(is_right));
        clear += f64::from(u8::from(asked.clear));
        clear_right += f64::from(u8::from(asked.clear && is_right));
        distance += LeanClass::ALL
            .map(|class| (probabilities.of(class) - f64::from(u8::from(class == asked.class))).powi(2))
            .iter()
            .sum::<f64>();
    }
    Score {
        told: told / windows.len() as f64,
        right: right / told,
        clear: clear_right / clear,
        brier: distance / windows.len() as f64,
    }
}

/// Network and rules for each set of pods, with and without the runner's own references.
fn compare() -> Vec<(&'static str, bool, Score, Score)> {
    let mut windows_of: Vec<Vec<Asked>> = (0..2 * WORN.len()).map(|_| Vec::new()).collect();
    for seed in FIRST_SEED..FIRST_SEED + RUNNERS {
        let runner = Runner::draw(seed, Timing::FollowsTheForm);
        let simulation = runner.simulate();
        for (place, (_, sites)) in WORN.iter().enumerate() {
            let seen = windows(&runner, &simulation, sites);
            for window in seen.iter().filter(|window| carries_a_class(&window.features)) {
                windows_of[2 * place].push(asked(window, &runner, true));
                windows_of[2 * place + 1].push(asked(window, &runner, false));
            }
        }
    }
    let network = network();
    println!(
        "{RUNNERS} runners, network:              told   right  clear  Brier  | rules: told   right  clear  Brier"
    );
    let kinds = WORN.iter().flat_map(|(pods, _)| [(*pods, true), (*pods, false)]);
    kinds
        .zip(&windows_of)
        .map(|((pods, known), asked)| {
            let (ours, rules) = (score(&network, asked), score(&RuleModel, asked));
            let line = |score: &Score| {
                format!(
                    "{:.3}  {:.3}  {:.3}  {:.4}",
                    score.told, score.right, score.clear, score.brier
                )
            };
            let own = if known { "own band" } else { "no band " };
            println!(
                "{pods:<13} {own} {:>5} windows  {} |        {}",
                asked.len(),
                line(&ours),
                line(&rules)
            );
            (pods, known, ours, rules)
        })
        .collect()
}

/// What a model said to one run of the made-up runner of the presets, from the bytes of the pods.
fn readings(model: &dyn LeanModel, form: RunForm, sites: &[Site]) -> Vec<LeanReading> {
    let mut scenario = Scenario {
        frame_loss: 0.01,
        ..Scenario::new(77, presets::run(form, 60.0))
    };
    scenario.pods.retain(|pod| sites.contains(&pod.site));
    let own = OwnReference {
        band_deg: Some(presets::OWN_BAND_DEG),
        usual_bend_deg: Some(presets::USUAL_BEND_DEG),
        ..OwnReference::default()
    };
    let mut pipeline = Pipeline::new(own, &[]);
    let mut streams = [PodStream::default(), PodStream::default()];
    let mut readings = Vec::new();
    let mut take = |event: Event| {
        if let Event::Reading(reading) = event {
            readings.push(reading);
        }
    };
    let start = Timestamp(1_700_000_000_000_000);
    for notification in sim::notifications(&scenario, &simulate(&scenario), start) {
        let mut samples = Vec::new();
        let stream = &mut streams[notification.site.index()];
        stream.accept(notification.arrival, start, &notification.bytes, |sample| {
            samples.push(sample);
        });
        for sample in samples {
            pipeline.push(notification.site, sample, model, &mut take);
        }
    }
    pipeline.finish(model, &mut take);
    readings
}

#[test]
fn the_bytes_of_a_run_become_the_class_the_runner_ran_in() {
    let network = network();
    for form in RunForm::ALL {
        for (pods, sites) in WORN {
            let readings = readings(&network, form, sites);
            let classes: Vec<&str> = readings.iter().map(|reading| reading.class.name()).collect();
            println!("{} with {pods}: {classes:?}", form.name());
            let told: Vec<_> = classes.iter().filter(|class| **class != "not_sure").collect();
            if sites.len() == 2 {
                assert!(told.len() >= 4, "{} with {pods}: {classes:?}", form.name());
                assert!(
                    told.iter().all(|class| **class == form.name()),
                    "{} with {pods}: {classes:?}",
                    form.name()
                );
            } else {
                assert!(
                    told.iter().all(|class| **class != "waist_bend"),
                    "{pods}: {classes:?}"
                );
            }
        }
    }
}

/// The network must not be the worse guess anywhere, and with one pod, where the rules are weak, the better one.
/// When it names a class it must be right as often; it may name one less often.
#[test]
fn accuracy_of_the_network_ties_the_rules_with_two_pods_and_wins_with_one() {
    for (pods, known, ours, rules) in compare() {
        let slack = if pods == "both pods" { 0.002 } else { 0.0 };
        assert!(ours.brier <= rules.brier + slack, "{pods}, own band {known}");
        assert!(ours.right >= rules.right - 0.01, "{pods}, own band {known}");
        if pods == "both pods" && known {
            assert!(ours.clear >= rules.clear - 0.01 && ours.told >= rules.told - 0.01);
        }
    }
}
