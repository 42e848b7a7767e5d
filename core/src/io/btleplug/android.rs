//! What Android's radio needs before it is opened: its Java classes, found by a thread that the application owns.
//!
//! Opens nothing. Invariant: started twice is started once.
//!
//! Checked by the compiler alone: no phone has run it.

use jni::Env;
use thiserror::Error;

/// Why the radio cannot be used on this phone.
#[derive(Debug, Error)]
pub enum StartError {
    /// btleplug's Java classes are not in the application, or Bluetooth is missing.
    #[error("the radio cannot start: {0}")]
    Radio(#[from] btleplug::Error),
    /// Java itself refused.
    #[error("the radio cannot start: {0}")]
    Java(#[from] jni::errors::Error),
}

/// Hands the application's Java machine to the radio. Call it from a thread whose class loader knows the application's
/// classes: any that came from Java.
pub fn start(env: &mut Env<'_>) -> Result<(), StartError> {
    Ok(btleplug::platform::init(env)?)
}
