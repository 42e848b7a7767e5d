//! The network and the rules on the same windows of runners nobody trained on, and through the whole way of a sample.

use std::collections::BTreeMap;

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
        reading::{LeanClass, LeanReading, Probabilities, decide},
        rules::{RuleModel, carries_a_class},
    },
    pod::site::Site,
    session::{
        pipeline::{Event, Pipeline},
        stream::PodStream,
    },
    sim::{
        self, Act, Scenario,
        population::Runner,
        presets::{self, RunForm},
        simulate,
    },
    units::Timestamp,
};
use windows::{Window, margin_deg, runner, true_class, windows};

/// Far from the seeds `core/model/README.md` trains on.
const FIRST_SEED: u64 = 9_000_000;
const RUNNERS: u64 = 60;
/// Pods, and their cases with and without the runner's own references.
const WORN: [(&[Site], Case, Case); 3] = [
    (&Site::LEAN, Case::BothKnown, Case::BothUnknown),
    (&[Site::Chest], Case::ChestKnown, Case::ChestUnknown),
    (&[Site::Pelvis], Case::PelvisKnown, Case::PelvisUnknown),
];

fn network() -> OnnxModel {
    OnnxModel::built_in().expect("the network that ships with this version")
}

/// A window and the class a model should give it.
#[derive(Clone, Copy)]
struct Asked {
    seed: u64,
    features: FeatureVector,
    class: LeanClass,
    /// At least a degree from where the class would change, and for these pods to see.
    clear: bool,
}

impl Asked {
    /// Squared distance of a model's probabilities from the truth.
    fn distance(&self, probabilities: &Probabilities) -> f64 {
        LeanClass::ALL
            .map(|class| (probabilities.of(class) - f64::from(u8::from(class == self.class))).powi(2))
            .iter()
            .sum()
    }
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
        seed: runner.scenario.seed,
        features,
        class,
        clear: class != LeanClass::NotSure && margin_deg(window, runner) >= 1.0,
    }
}

/// How a model did on some windows, each a share but the last.
struct Score {
    /// Windows it gave a class to.
    told: f64,
    /// Of those, with the right one, and the standard error of that.
    right: f64,
    right_by_chance: f64,
    /// Clear windows told rightly.
    clear: f64,
    /// Mean squared distance of the probabilities from the truth.
    brier: f64,
}

fn score(model: &dyn LeanModel, windows: &[Asked]) -> Score {
    let (mut told, mut right, mut clear, mut clear_right, mut distance) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for asked in windows {
        let probabilities = model.classify(&asked.features);
        let class = decide(&probabilities, asked.features.needed());
        let is_right = class == asked.class && class != LeanClass::NotSure;
        told += f64::from(u8::from(class != LeanClass::NotSure));
        right += f64::from(u8::from(is_right));
        clear += f64::from(u8::from(asked.clear));
        clear_right += f64::from(u8::from(asked.clear && is_right));
        distance += asked.distance(&probabilities);
    }
    Score {
        told: told / windows.len() as f64,
        right: right / told,
        right_by_chance: (right / told * (1.0 - right / told) / told).sqrt(),
        clear: clear_right / clear,
        brier: distance / windows.len() as f64,
    }
}

/// Standard error of the difference between two models' mean distances, windows of one runner being alike.
fn brier_by_chance(models: [&dyn LeanModel; 2], windows: &[Asked]) -> f64 {
    let differences = windows.iter().map(|asked| {
        let [a, b] = models.map(|model| asked.distance(&model.classify(&asked.features)));
        (asked.seed, a - b)
    });
    let differences: Vec<(u64, f64)> = differences.collect();
    let mean = differences.iter().map(|(_, difference)| difference).sum::<f64>() / windows.len() as f64;
    let mut of_runner: BTreeMap<u64, f64> = BTreeMap::new();
    for (seed, difference) in differences {
        *of_runner.entry(seed).or_default() += difference - mean;
    }
    let squares: f64 = of_runner.values().map(|sum| sum * sum).sum();
    squares.sqrt() / windows.len() as f64
}

/// A case the two models are held against each other in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    BothKnown,
    BothUnknown,
    ChestKnown,
    ChestUnknown,
    PelvisKnown,
    PelvisUnknown,
    NoGyroscope,
    RingingStrap,
    SlowPods,
    ShortStand,
    DataMissing,
}

/// Stands below this are short, seconds.
const SHORT_STAND_S: f64 = 4.0;

/// The cases of this runner with these pods beside the plain ones: all of them with the runner's own references.
fn hard_cases(runner: &Runner, sites: &[Site]) -> Vec<Case> {
    let pods = &runner.scenario.pods;
    let stands_s = match runner.scenario.acts.first() {
        Some(Act::Stand { seconds }) => *seconds,
        _ => f64::INFINITY,
    };
    let holds = [
        (Case::NoGyroscope, pods.iter().any(|pod| !pod.has_gyro)),
        (Case::RingingStrap, sites.iter().any(|site| runner.rings(*site))),
        (Case::SlowPods, runner.scenario.rate_hz < 60.0),
        (Case::ShortStand, stands_s < SHORT_STAND_S),
        (Case::DataMissing, runner.scenario.frame_loss > 0.01),
    ];
    let held = holds.into_iter().filter(|(_, holds)| *holds);
    held.map(|(case, _)| case).collect()
}

/// Network and rules in one case, and by how much their Brier scores differ by chance.
struct Compared {
    case: Case,
    windows: usize,
    ours: Score,
    rules: Score,
    by_chance: f64,
}

/// Network and rules in each case.
fn compare() -> Vec<Compared> {
    let mut windows_of: BTreeMap<Case, Vec<Asked>> = BTreeMap::new();
    for seed in FIRST_SEED..FIRST_SEED + RUNNERS {
        let runner = runner(seed);
        let simulation = runner.simulate();
        for (sites, known, unknown) in WORN {
            let hard = hard_cases(&runner, sites);
            let seen = windows(&runner, &simulation, sites);
            for window in &seen {
                let cases = hard.iter().chain([&known]).map(|case| (*case, true));
                for (case, knows) in cases.chain([(unknown, false)]) {
                    let asked = asked(window, &runner, knows);
                    if carries_a_class(&asked.features) {
                        windows_of.entry(case).or_default().push(asked);
                    }
                }
            }
        }
    }
    let network = network();
    println!("{RUNNERS} runners, network: told  right  clear   Brier | rules: told  right  clear   Brier");
    let line = |score: &Score| {
        format!(
            "{:.3}  {:.3}  {:.3}  {:.4}",
            score.told, score.right, score.clear, score.brier
        )
    };
    let scored = windows_of.into_iter().map(|(case, asked)| {
        let (ours, rules) = (score(&network, &asked), score(&RuleModel, &asked));
        let name = format!("{case:?}");
        println!(
            "{name:<14}{:>6} windows  {} |        {}",
            asked.len(),
            line(&ours),
            line(&rules)
        );
        Compared {
            case,
            windows: asked.len(),
            by_chance: brier_by_chance([&network, &RuleModel], &asked),
            ours,
            rules,
        }
    });
    scored.collect()
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
        for (sites, ..) in WORN {
            let pods = format!("{sites:?}");
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

/// With two pods and the runner's own references the network is as good as the rules; where they are weak it is the better
/// guess over all, and in no case worse than chance lets it seem: two standard errors.
#[test]
fn accuracy_of_the_network_ties_the_rules_with_two_pods_and_wins_where_they_are_weak() {
    let compared = compare();
    let (mut gained, mut windows) = (0.0, 0);
    for Compared {
        case,
        windows: count,
        ours,
        rules,
        by_chance,
    } in &compared
    {
        let better = rules.brier - ours.brier;
        assert!(better > -2.0 * by_chance, "{case:?}: {better} by {by_chance}");
        let by_chance = ours.right_by_chance.hypot(rules.right_by_chance);
        assert!(ours.right >= rules.right - 2.0 * by_chance, "{case:?}");
        if *case == Case::BothKnown {
            assert!(better > -0.01 && ours.clear >= rules.clear - 0.03 && ours.told >= rules.told - 0.03);
        } else {
            gained += better * *count as f64;
            windows += count;
        }
    }
    let gained = gained / windows as f64;
    println!("where the rules are weak the network's Brier score is better by {gained:.4}");
    assert!(gained > 0.0, "{gained}");
}
