//! Network and rules asked the same questions in one pass.

use std::cell::RefCell;

use plumbline_core::{
    io::onnx::OnnxModel,
    lean::{
        features::FeatureVector,
        model::LeanModel,
        reading::{LeanClass, Probabilities, decide},
        rules::{RuleModel, carries_a_class},
    },
};

/// What both models make of one window.
pub(crate) struct Asked {
    /// What the rules told, and their probabilities.
    pub(crate) rules: (LeanClass, Probabilities),
    /// Whether each pod had an angle to tell, chest first.
    pub(crate) angles: [bool; 2],
    /// Whether there was enough evidence for any class.
    pub(crate) carried: bool,
}

/// Answers as the network and remembers what the rules would have said.
pub(crate) struct TwoModels {
    network: OnnxModel,
    asked: RefCell<Vec<Asked>>,
}

impl TwoModels {
    pub(crate) fn new() -> Self {
        Self {
            network: OnnxModel::built_in().expect("the network that ships with this version"),
            asked: RefCell::default(),
        }
    }

    /// What was asked since the last call, window by window.
    pub(crate) fn take_asked(&self) -> Vec<Asked> {
        self.asked.take()
    }
}

impl LeanModel for TwoModels {
    fn name(&self) -> &str {
        self.network.name()
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        let ruled = RuleModel.classify(features);
        self.asked.borrow_mut().push(Asked {
            rules: (decide(&ruled, features.needed()), ruled),
            angles: [features.trunk_lean_deg, features.pelvis_tilt_deg].map(|angle| angle.is_some()),
            carried: carries_a_class(features),
        });
        self.network.classify(features)
    }
}
