//! The network against Python's answers, against hostile files, and through the whole way of a sample.

use proptest::prelude::*;
use tract_onnx::pb::{
    ModelProto, tensor_shape_proto::dimension::Value as Dimension, type_proto::Value as Type,
};

use super::*;
use crate::lean::{band::OwnReference, reading::decide, wear::Worn};

#[derive(serde::Deserialize)]
struct Agreed {
    features: [f32; LENGTH],
    probabilities: [f64; 5],
}

/// Twenty test windows with what `core/model/train.py` answered.
fn agreed() -> Vec<Agreed> {
    serde_json::from_str(include_str!("../../../model/agreement.json")).unwrap()
}

fn window(trunk: Option<f64>, pelvis: Option<f64>, own: bool) -> FeatureVector {
    FeatureVector {
        trunk_lean_deg: trunk,
        pelvis_tilt_deg: pelvis,
        trunk_error_deg: 0.7,
        pelvis_error_deg: 0.7,
        lean_sd_deg: 1.0,
        neutral_spread_deg: 0.3,
        steady_steps: 26,
        worn: Worn::UNKNOWN.map(|worn| Worn {
            shake_mps2: Some(2.0),
            ..worn
        }),
        own: if own {
            OwnReference {
                band_deg: Some([6.0, 12.0]),
                usual_bend_deg: Some(4.0),
                ..OwnReference::default()
            }
        } else {
            OwnReference::default()
        },
    }
}

fn model() -> OnnxModel {
    OnnxModel::built_in().unwrap()
}

fn class(features: &FeatureVector) -> LeanClass {
    decide(&model().classify(features), features.needed())
}

/// The network alone says *over* to a lean of nine degrees with a band beyond fifty, and *under* inside the usual band
/// with a usual bend of sixty.
#[test]
fn no_sure_class_contradicts_the_angles_however_strange_the_references() {
    for step in -30..=28_i32 {
        let (low, usual) = (f64::from(3 * step), f64::from(2 * step));
        for (band_deg, usual_bend_deg) in [
            (Some([low, low + 6.0]), None),
            (Some([low, low + 6.0]), Some(4.0)),
            (Some([6.0, 12.0]), Some(usual)),
            (None, Some(usual)),
        ] {
            let own = OwnReference {
                band_deg,
                usual_bend_deg,
                ..OwnReference::default()
            };
            let features = FeatureVector {
                own,
                ..window(Some(9.2), Some(4.9), true)
            };
            let [low, high] = band_deg.unwrap_or(PRIOR_BAND_DEG);
            let sound = match class(&features) {
                LeanClass::Under => 9.2 < low + 3.0,
                LeanClass::Good => (low - 3.0..high + 3.0).contains(&9.2),
                LeanClass::Over => 9.2 > high - 3.0,
                LeanClass::WaistBend => usual_bend_deg.unwrap_or(PRIOR_BEND_DEG) < 4.3,
                LeanClass::NotSure => true,
            };
            assert!(sound, "{own:?}: {:?}", class(&features));
        }
    }
}

fn decoded() -> ModelProto {
    tract_onnx::onnx().proto_model_for_read(&mut &*BUILT_IN).unwrap()
}

/// The plan of a changed graph, past the decoder.
fn refusal(change: impl FnOnce(&mut ModelProto)) -> ModelError {
    let mut proto = decoded();
    change(&mut proto);
    check::check(&mut proto).map(|facts| facts.name).unwrap_err()
}

#[test]
fn tract_answers_what_python_answered() {
    let model = model();
    assert_eq!(agreed().len(), 20);
    for row in agreed() {
        let Probabilities(shares) = model.run(&row.features).unwrap();
        for (ours, theirs) in shares.iter().zip(row.probabilities) {
            assert!((ours - theirs).abs() < 1e-4, "{shares:?} {:?}", row.probabilities);
        }
    }
}

#[test]
fn the_same_window_gets_the_same_bits_from_any_copy() {
    let features = window(Some(11.3), Some(4.1), true);
    let first = model().classify(&features);
    let (again, clone) = (model(), model().clone());
    assert_eq!(again.classify(&features), first);
    assert_eq!(clone.classify(&features), first);
    assert_eq!(clone.classify(&features), first);
}

#[test]
fn two_pods_and_an_own_band_tell_all_four_classes() {
    assert_eq!(class(&window(Some(1.5), Some(-2.0), true)), LeanClass::Under);
    assert_eq!(class(&window(Some(9.0), Some(5.0), true)), LeanClass::Good);
    assert_eq!(class(&window(Some(17.0), Some(12.5), true)), LeanClass::Over);
    assert_eq!(class(&window(Some(14.0), Some(0.0), true)), LeanClass::WaistBend);
}

#[test]
fn one_pod_never_answers_waist_bend_not_even_a_little() {
    let model = model();
    for degrees in -10..40 {
        let lean = Some(f64::from(degrees));
        for own in [false, true] {
            for features in [window(lean, None, own), window(None, lean, own)] {
                assert_eq!(model.classify(&features).of(LeanClass::WaistBend).to_bits(), 0);
                // In the graph itself, not only behind it.
                let Probabilities(shares) = model.run(&features.to_array()).unwrap();
                assert_eq!(shares[LeanClass::WaistBend.index()].to_bits(), 0);
            }
        }
    }
}

#[test]
fn without_evidence_nothing_is_told() {
    let sound = window(Some(9.0), Some(5.0), true);
    let without = [
        window(None, None, true),
        FeatureVector {
            steady_steps: 3,
            ..sound
        },
        FeatureVector {
            neutral_spread_deg: 2.0,
            ..sound
        },
        FeatureVector {
            trunk_lean_deg: Some(f64::NAN),
            ..sound
        },
        FeatureVector {
            pelvis_tilt_deg: Some(f64::INFINITY),
            ..sound
        },
    ];
    for features in without {
        assert_eq!(model().classify(&features), Probabilities::NOT_SURE);
    }
}

#[test]
fn beyond_what_it_was_trained_on_the_rules_answer() {
    let strange = FeatureVector {
        lean_sd_deg: 30.0,
        ..window(Some(9.0), Some(5.0), true)
    };
    assert_eq!(model().classify(&strange), RuleModel.classify(&strange));
    let usual = window(Some(9.0), Some(5.0), true);
    assert_ne!(model().classify(&usual), RuleModel.classify(&usual));
}

#[test]
fn every_cut_of_the_file_is_an_error() {
    for length in 0..BUILT_IN.len() {
        assert!(OnnxModel::from_bytes(&BUILT_IN[..length]).is_err(), "{length}");
    }
    let large = vec![0; LARGEST_BYTES + 1];
    assert_eq!(
        OnnxModel::from_bytes(&large).unwrap_err(),
        ModelError::TooLarge(large.len())
    );
}

#[test]
fn another_shape_another_schema_and_missing_facts_are_refused() {
    let width = |proto: &mut ModelProto, input: bool, size: i64| {
        let graph = proto.graph.as_mut().unwrap();
        let value = if input {
            &mut graph.input[0]
        } else {
            &mut graph.output[0]
        };
        let Some(Type::TensorType(tensor)) = value.r#type.as_mut().unwrap().value.as_mut() else {
            panic!("a tensor");
        };
        tensor.shape.as_mut().unwrap().dim[1].value = Some(Dimension::DimValue(size));
    };
    assert!(matches!(
        refusal(|proto| width(proto, true, 13)),
        ModelError::Shape(_)
    ));
    assert!(matches!(
        refusal(|proto| width(proto, false, 4)),
        ModelError::Shape(_)
    ));
    let schema = |proto: &mut ModelProto| {
        let entry = proto
            .metadata_props
            .iter_mut()
            .find(|entry| entry.key == "schema");
        entry.unwrap().value = "1".to_owned();
    };
    assert!(matches!(refusal(schema), ModelError::Schema { .. }));
    assert!(matches!(
        refusal(|proto| proto.metadata_props.clear()),
        ModelError::NoFact(_)
    ));
}

#[test]
fn a_graph_that_could_trip_the_runtime_is_refused() {
    type Change = fn(&mut tract_onnx::pb::GraphProto);
    let changes: [Change; 8] = [
        |graph| graph.node[0].op_type = "Loop".to_owned(),
        |graph| graph.node[0].input[0] = "nowhere".to_owned(),
        |graph| graph.node.reverse(),
        |graph| graph.output[0].name = "nowhere".to_owned(),
        |graph| graph.initializer[0].data_location = Some(1),
        |graph| graph.initializer[0].dims = vec![i64::MAX, i64::MAX],
        |graph| graph.initializer[0].raw_data.truncate(3),
        |graph| graph.node.push(graph.node[0].clone()),
    ];
    for change in changes {
        let refused = refusal(|proto| change(proto.graph.as_mut().unwrap()));
        assert!(
            matches!(refused, ModelError::Graph(_) | ModelError::Shape(_)),
            "{refused}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(OnnxModel::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_file_with_flipped_bits_is_refused_or_still_answers_with_probabilities(
        flips in prop::collection::vec((0..BUILT_IN.len(), 0..8_u8), 1..6),
        lean in -10.0..40.0_f64,
    ) {
        let mut bytes = BUILT_IN.to_vec();
        for (place, bit) in flips {
            bytes[place] ^= 1 << bit;
        }
        if let Ok(model) = OnnxModel::from_bytes(&bytes) {
            let shares = model.classify(&window(Some(lean), Some(2.0), true));
            prop_assert!((shares.0.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn any_window_gets_probabilities_that_sum_to_one(
        trunk in prop::option::of(-40.0..60.0_f64),
        pelvis in prop::option::of(-40.0..60.0_f64),
        error_deg in 0.0..9.0_f64,
        steady_steps in 0..60_u32,
        has_gyro: bool,
        own: bool,
    ) {
        let worn = Worn::UNKNOWN.map(|worn| Worn { has_gyro, ..worn });
        let features = FeatureVector { trunk_error_deg: error_deg, steady_steps, worn, ..window(trunk, pelvis, own) };
        let Probabilities(shares) = model().classify(&features);
        prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
    }
}
