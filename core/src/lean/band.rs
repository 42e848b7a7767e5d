//! What a runner's own lean is judged against.

use serde::{Deserialize, Serialize};

/// The runner's own references; what is `None` falls back on the priors of [`super::rules`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnReference {
    /// The runner's own band of trunk lean, degrees, low and high.
    pub band_deg: Option<[f64; 2]>,
    /// The runner's own usual waist bend, degrees.
    pub usual_bend_deg: Option<f64>,
}
