//! A lean model that judges nothing and keeps what it is asked about.

use std::cell::RefCell;

use plumbline_core::lean::{features::FeatureVector, model::LeanModel, reading::Probabilities};

/// Keeps the features of the last window.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) seen: RefCell<Option<FeatureVector>>,
}

impl LeanModel for Recorder {
    fn name(&self) -> &'static str {
        "recorder"
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        self.seen.replace(Some(*features));
        Probabilities::NOT_SURE
    }
}
