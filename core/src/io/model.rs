//! Which lean model judges: one choice for the terminal and for both shells.
//!
//! Judges nothing itself. Invariant: a name stored with a session finds the model that judged it, or nothing.

use crate::lean::{model::LeanModel, rules::RuleModel};

/// The model that live sessions are judged with: the network, whose probabilities beat those of the rules with two pods
/// and with one, and whose answers are right more often (`core/model/README.md`, measured on made-up runners only and
/// held by `accuracy_of_the_network_…` in `tests/lean_model.rs`); the rules in a build without it.
#[must_use]
pub fn best_model() -> Box<dyn LeanModel> {
    network().unwrap_or_else(|| Box::new(RuleModel))
}

/// The model of this name, as `SessionContext::model` keeps it; `None` for one this version does not have.
#[must_use]
pub fn model_named(name: &str) -> Option<Box<dyn LeanModel>> {
    let rules: Option<Box<dyn LeanModel>> = Some(Box::new(RuleModel));
    [rules, network()]
        .into_iter()
        .flatten()
        .find(|model| model.name() == name)
}

#[cfg(feature = "onnx")]
fn network() -> Option<Box<dyn LeanModel>> {
    match super::onnx::OnnxModel::built_in() {
        Ok(model) => Some(Box::new(model)),
        Err(error) => {
            log::error!("{error}; the rules judge instead");
            None
        }
    }
}

#[cfg(not(feature = "onnx"))]
fn network() -> Option<Box<dyn LeanModel>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_found_by_the_name_it_leaves_in_a_log() {
        for model in [best_model(), Box::new(RuleModel)] {
            let again = model_named(model.name()).unwrap();
            assert_eq!(again.name(), model.name());
        }
        assert!(model_named("rules-0").is_none());
    }
}
