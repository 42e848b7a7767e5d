//! The lean models a command can ask for.

use clap::ValueEnum;
use plumbline_core::{
    io::{model::best_model, onnx::OnnxModel},
    lean::{model::LeanModel, rules::RuleModel},
};

use crate::failure::Failure;

/// A lean model by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelName {
    /// What live sessions are judged with
    #[default]
    Best,
    /// The rules of the field
    Rules,
    /// The trained network
    Onnx,
}

/// The model of this name.
pub(crate) fn load(name: ModelName) -> Result<Box<dyn LeanModel>, Failure> {
    match name {
        ModelName::Best => Ok(best()),
        ModelName::Rules => Ok(Box::new(RuleModel)),
        ModelName::Onnx => match OnnxModel::built_in() {
            Ok(model) => Ok(Box::new(model)),
            Err(error) => Err(Failure::failed("failed to load the network", &error)),
        },
    }
}

/// The model live sessions are judged with: the same one as in the apps, see [`best_model`].
pub(crate) fn best() -> Box<dyn LeanModel> {
    best_model()
}
