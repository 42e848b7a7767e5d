//! The lean models a command can ask for.

use clap::ValueEnum;
use plumbline_core::lean::{model::LeanModel, rules::RuleModel};

use crate::failure::Failure;

/// A lean model by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelName {
    /// The rules of the field
    #[default]
    Rules,
    /// The trained network
    Onnx,
}

/// The model of this name.
pub(crate) fn load(name: ModelName) -> Result<Box<dyn LeanModel>, Failure> {
    match name {
        ModelName::Rules => Ok(Box::new(RuleModel)),
        ModelName::Onnx => Err(Failure::Failed(
            "the network is not part of this build".to_string(),
        )),
    }
}

/// The model live sessions are judged with.
pub(crate) fn best() -> Box<dyn LeanModel> {
    Box::new(RuleModel)
}
