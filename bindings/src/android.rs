//! The one call that Android's shell makes past UniFFI, before any coach opens the radio.
//!
//! UniFFI's Kotlin reaches the library through JNA, which hands over no Java machine; the radio needs one. Invariant:
//! what fails is an exception in Kotlin, never a crash.

use jni::{EnvUnowned, errors::ThrowRuntimeExAndDefault, objects::JClass};
use plumbline_core::io::btleplug::{StartError, start};

/// `plumbline.app.PodRadio.start()` in Kotlin; throws a `RuntimeException` that says why.
#[jni::jni_mangle("plumbline.app.PodRadio", "start")]
pub fn start_pod_radio<'local>(mut unowned: EnvUnowned<'local>, _class: JClass<'local>) {
    unowned
        .with_env(|env| -> Result<(), StartError> { start(env) })
        .resolve::<ThrowRuntimeExAndDefault>();
}
