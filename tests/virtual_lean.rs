//! Both lean models on virtual pods, with a band laid about the lean the markers show.
//!
//! Not a clean judge of the network: an early one failed here and was trained anew (`core/model/README.md`).

use plumbline_core::{
    io::onnx::OnnxModel,
    lean::{band::OwnReference, model::LeanModel, reading::LeanClass, rules::RuleModel},
    session::analysis::analyze,
};

use crate::support::virtual_runs::{Hold, VirtualRun, Worn, virtual_runs};

/// Half of the band, degrees (`docs/numbers.md`).
const HALF_BAND_DEG: f64 = 3.0;

/// A class, and how far band and usual bend are moved so that the same trial belongs to it, degrees.
type Case = (LeanClass, f64, f64);
const CASES: [Case; 4] = [
    (LeanClass::Good, 0.0, 0.0),
    (LeanClass::Under, 7.0, 0.0),
    (LeanClass::Over, -7.0, 0.0),
    (LeanClass::WaistBend, 0.0, -10.0),
];

/// Windows of one case, by what a model said of them.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    windows: u32,
    right: u32,
    wrong: u32,
}

/// The bend of the trial itself stands for the runner's usual one.
fn own_reference(run: &VirtualRun, (_, band_shift_deg, bend_shift_deg): Case) -> Option<OwnReference> {
    let measured = analyze(
        Some(&run.chest),
        Some(&run.pelvis),
        OwnReference::default(),
        &RuleModel,
    );
    let centre = run.trunk_lean_deg() + band_shift_deg;
    Some(OwnReference {
        band_deg: Some([centre - HALF_BAND_DEG, centre + HALF_BAND_DEG]),
        usual_bend_deg: Some(measured.summary.waist_bend_deg?.mean + bend_shift_deg),
        ..OwnReference::default()
    })
}

fn count(runs: &[(String, VirtualRun)], case: Case, worn: Worn, model: &dyn LeanModel) -> Count {
    let mut count = Count::default();
    for (name, run) in runs {
        let Some(own) = own_reference(run, case) else {
            continue;
        };
        let [chest, pelvis] = worn.of(run);
        for window in analyze(chest, pelvis, own, model).windows {
            count.windows += 1;
            if window.class == case.0 {
                count.right += 1;
            } else if window.class != LeanClass::NotSure {
                count.wrong += 1;
                println!(
                    "{name}, {worn:?}: {} is told {}",
                    case.0.name(),
                    window.class.name()
                );
            }
        }
    }
    count
}

#[test]
fn accuracy_of_both_models_on_virtual_pods_with_a_band_laid_about_the_markers_lean() {
    let runs = virtual_runs(Hold::Firm);
    if runs.is_empty() {
        return;
    }
    let network = OnnxModel::built_in().expect("the network that ships with this version");
    let models: [&dyn LeanModel; 2] = [&network, &RuleModel];
    for worn in [Worn::Both, Worn::Chest, Worn::Pelvis] {
        for case in CASES {
            for model in models {
                let count = count(&runs, case, worn, model);
                println!("{worn:?} {} {}: {count:?}", case.0.name(), model.name());
                // A bend is out of one pod's sight; what the other classes look like then is not asked here.
                if worn == Worn::Both || case.0 != LeanClass::WaistBend {
                    assert!(
                        count.windows >= 10 && count.wrong <= count.windows / 40,
                        "{worn:?} {count:?}"
                    );
                } else {
                    assert_eq!(count.right, 0, "a bend told by one pod");
                }
                if worn == Worn::Both {
                    assert!(count.right >= count.windows * 9 / 10, "{worn:?} {count:?}");
                }
            }
        }
    }
}
