//! Network and rules asked the same questions in one pass.

use std::cell::RefCell;

use plumbline_core::{
    io::onnx::OnnxModel,
    lean::{
        features::FeatureVector,
        model::LeanModel,
        reading::{LeanClass, Probabilities, decide},
        rules::RuleModel,
    },
};

/// Answers as the network and remembers what the rules would have said.
pub(crate) struct TwoModels {
    network: OnnxModel,
    rules: RefCell<Vec<(LeanClass, Probabilities)>>,
}

impl TwoModels {
    pub(crate) fn new() -> Self {
        Self {
            network: OnnxModel::built_in().expect("the network that ships with this version"),
            rules: RefCell::default(),
        }
    }

    /// What the rules said since the last call, window by window.
    pub(crate) fn take_rules(&self) -> Vec<(LeanClass, Probabilities)> {
        self.rules.take()
    }
}

impl LeanModel for TwoModels {
    fn name(&self) -> &str {
        self.network.name()
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        let ruled = RuleModel.classify(features);
        self.rules
            .borrow_mut()
            .push((decide(&ruled, features.needed()), ruled));
        self.network.classify(features)
    }
}
