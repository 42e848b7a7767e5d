//! The trained network behind [`LeanModel`], run by tract.
//!
//! Trains nothing: `core/model/` does. Invariant: probabilities are finite and sum to 1; where the network has no
//! ground to stand on, the rules answer, and where they have none, nobody does.

mod check;

use std::sync::{Arc, Mutex};

use thiserror::Error;
use tract_onnx::prelude::{
    Framework, InferenceModelExt, IntoRunnable, IntoTValue, Tensor, TractResult, TypedSimpleState, tvec,
};

use crate::lean::{
    features::{FeatureVector, LENGTH},
    model::LeanModel,
    reading::{LeanClass, Probabilities, decide},
    rules::{PRIOR_BAND_DEG, PRIOR_BEND_DEG, RuleModel, carries_a_class},
};
use check::{Facts, Reach};

/// The network this version ships with; see `core/model/README.md`.
const BUILT_IN: &[u8] = include_bytes!("../../../model/lean.onnx");
/// The largest file that is looked at, bytes; ours has about five thousand.
const LARGEST_BYTES: usize = 256 * 1024;
/// A sure class may be this far from what the trunk lean says, degrees: the half width of a
/// window's 90 % interval is 2.3. Ours.
const TRUNK_MARGIN_DEG: f64 = 2.5;
/// The same where a pelvis pod alone guesses the trunk lean, whose bend varies by 2.5 degrees (`lean::rules`). Ours.
const PELVIS_MARGIN_DEG: f64 = 6.0;
/// How far the network's probabilities may be from summing to 1.
const SUM_ERROR: f64 = 1e-3;

/// Why a file is no lean model.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Too many bytes.
    #[error("a lean model of {0} bytes is too large")]
    TooLarge(usize),
    /// No ONNX.
    #[error("the lean model is not readable as ONNX: {0}")]
    NotOnnx(String),
    /// A fact that must stand beside the graph is missing or garbled.
    #[error("the lean model does not say its `{0}`")]
    NoFact(&'static str),
    /// Trained on another order of features.
    #[error("the lean model reads features of schema {found}, this version makes schema {known}")]
    Schema {
        /// Schema of the file.
        found: String,
        /// Schema of [`FeatureVector::to_array`].
        known: u32,
    },
    /// Not one input and one output of the right shape.
    #[error("the lean model's {0}")]
    Shape(String),
    /// A graph beyond what a lean model may hold.
    #[error("the lean model's graph cannot be used: {0}")]
    Graph(String),
}

/// A network, ready to run.
#[derive(Clone, Debug)]
pub struct OnnxModel {
    name: String,
    reach: Reach,
    /// Kept from window to window: making one takes longer than a layer.
    state: Arc<Mutex<TypedSimpleState>>,
}

impl OnnxModel {
    /// The network this version ships with.
    pub fn built_in() -> Result<Self, ModelError> {
        Self::from_bytes(BUILT_IN)
    }

    /// A network from the bytes of an ONNX file, whoever wrote them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        if bytes.len() > LARGEST_BYTES {
            return Err(ModelError::TooLarge(bytes.len()));
        }
        let onnx = tract_onnx::Onnx {
            ignore_value_info: true,
            ..tract_onnx::onnx()
        };
        let mut proto = onnx
            .proto_model_for_read(&mut &*bytes)
            .map_err(|error| ModelError::NotOnnx(error.to_string()))?;
        let Facts { name, reach } = check::check(&mut proto)?;
        let state = || {
            onnx.model_for_proto_model(&proto)?
                .into_optimized()?
                .into_runnable()?
                .spawn()
        };
        let state =
            state().map_err(|error: tract_onnx::prelude::TractError| ModelError::Graph(error.to_string()))?;
        let model = Self {
            name,
            reach,
            state: Arc::new(Mutex::new(state)),
        };
        match model.run(&[0.0; LENGTH]) {
            Some(_) => Ok(model),
            None => Err(ModelError::Graph("it gives no probabilities".to_owned())),
        }
    }

    /// The network's own answer to features in the order of [`FeatureVector::to_array`], whatever the rules say; `None`
    /// when it is none.
    #[must_use]
    pub fn run(&self, features: &[f32; LENGTH]) -> Option<Probabilities> {
        let shares = self.outputs(features).ok()??;
        let sum: f64 = shares.iter().sum();
        let sound = shares.iter().all(|share| *share >= 0.0) && (sum - 1.0).abs() < SUM_ERROR;
        sound.then(|| Probabilities(shares.map(|share| share / sum)))
    }

    /// `None` when another run failed badly, or the numbers are not as many as there are classes.
    fn outputs(&self, features: &[f32; LENGTH]) -> TractResult<Option<[f64; 5]>> {
        let input = Tensor::from_shape(&[1, LENGTH], features)?;
        let Ok(mut state) = self.state.lock() else {
            return Ok(None);
        };
        let outputs = state.run(tvec!(input.into_tvalue()));
        if outputs.is_err() {
            state.reset_turn()?;
        }
        let outputs = outputs?;
        let Some(output) = outputs.first() else {
            return Ok(None);
        };
        let numbers = output.to_plain_array_view::<f32>()?;
        let shares = numbers.as_slice().and_then(|shares| shares.try_into().ok());
        Ok(shares.map(|shares: [f32; 5]| shares.map(f64::from)))
    }
}

impl LeanModel for OnnxModel {
    fn name(&self) -> &str {
        &self.name
    }

    fn classify(&self, features: &FeatureVector) -> Probabilities {
        let numbers = features.to_array();
        if !carries_a_class(features) || !numbers.iter().all(|number| number.is_finite()) {
            return Probabilities::NOT_SURE;
        }
        let known = self.reach.holds(&numbers).then(|| self.run(&numbers)).flatten();
        known
            .map(|answer| without_unseen_bend(answer, features))
            .filter(|answer| !contradicts(decide(answer, features.needed()), features))
            .unwrap_or_else(|| RuleModel.classify(features))
    }
}

/// Whether the measured angles lie clearly on another side of their references than the class says. Far from what it
/// was trained on a network may answer anything: each feature can be within its reach where all of them together are
/// not, as with a band that nobody runs in.
fn contradicts(class: LeanClass, features: &FeatureVector) -> bool {
    let own = features.own;
    let [low, high] = own.band_deg.unwrap_or(PRIOR_BAND_DEG);
    let usual_bend_deg = own.usual_bend_deg.unwrap_or(PRIOR_BEND_DEG);
    let bend_deg = features
        .trunk_lean_deg
        .zip(features.pelvis_tilt_deg)
        .map(|(trunk, pelvis)| trunk - pelvis);
    let (lean_deg, margin_deg) = match (features.trunk_lean_deg, features.pelvis_tilt_deg) {
        (Some(trunk), _) => (trunk, TRUNK_MARGIN_DEG),
        (None, Some(pelvis)) => (pelvis + usual_bend_deg, PELVIS_MARGIN_DEG),
        (None, None) => return false,
    };
    match class {
        LeanClass::Under => lean_deg > low + margin_deg,
        LeanClass::Good => lean_deg < low - margin_deg || lean_deg > high + margin_deg,
        LeanClass::Over => lean_deg < high - margin_deg,
        LeanClass::WaistBend => bend_deg.is_some_and(|bend_deg| bend_deg < usual_bend_deg),
        LeanClass::NotSure => false,
    }
}

/// A bend takes two pods to see: with one of them its probability is *not sure*. The shipped graph does the same;
/// this holds for any file.
fn without_unseen_bend(Probabilities(mut shares): Probabilities, features: &FeatureVector) -> Probabilities {
    let [bend, not_sure] = [LeanClass::WaistBend, LeanClass::NotSure].map(LeanClass::index);
    if features.trunk_lean_deg.is_none() || features.pelvis_tilt_deg.is_none() {
        shares[not_sure] += shares[bend];
        shares[bend] = 0.0;
    }
    Probabilities(shares)
}

#[cfg(test)]
mod tests;
