//! The trait every lean model fills.
//!
//! Loads nothing: a model that needs a file is built in `io`. Invariant: probabilities sum to 1.

use super::{features::FeatureVector, reading::Probabilities};

/// Judges one window of steps.
pub trait LeanModel: Send {
    /// The model's name and version, stored with every report.
    fn name(&self) -> &str;

    /// How likely each class is.
    fn classify(&self, features: &FeatureVector) -> Probabilities;
}
