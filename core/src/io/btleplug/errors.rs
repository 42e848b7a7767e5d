//! What the systems' errors mean, read from their words: btleplug hands most of them on as text.
//!
//! Decides nothing. Invariant: words that are not known are handed on.

use btleplug::Error;

use crate::pod::{gatt::GattError, pairing::ConnectError};

/// The text of an error with the name of its kind.
fn text(error: &Error) -> String {
    format!("{error:?} {error}").to_lowercase()
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Pairing is wanted: BlueZ's words for ATT 0x05, 0x0C and 0x0F, Apple's, and the numbers of Windows.
const WANTS_PAIRING: [&str; 8] = [
    "not paired",
    "notauthorized",
    "authenticationfailed",
    "authentication is insufficient",
    "encryption is insufficient",
    "att error: 0x05",
    "att error: 0x0f",
    "0x80650005",
];
/// BlueZ goes on trying by itself.
const PENDING: [&str; 4] = [
    "inprogress",
    "already in progress",
    "noreply",
    "timeout waiting for reply",
];
const UNKNOWN: [&str; 3] = ["unknownobject", "unknownmethod", "devicenotfound"];

/// Why a link was not opened.
pub(super) fn of_connecting(error: &Error) -> ConnectError {
    let text = text(error);
    if has(&text, &WANTS_PAIRING) {
        ConnectError::NeedsPairing
    } else if has(&text, &PENDING) {
        ConnectError::Pending
    } else if has(&text, &UNKNOWN) {
        ConnectError::Unknown
    } else {
        ConnectError::Other(error.to_string())
    }
}

/// Why a pod did not do what it was asked.
pub(super) fn of_asking(error: &Error) -> GattError {
    let text = text(error);
    if let Some(code) = attribute_code(&text) {
        return GattError::Attribute(code);
    }
    if has(&text, &WANTS_PAIRING) {
        return GattError::AUTHENTICATION;
    }
    if has(&text, &["notconnected", "not connected"]) {
        return GattError::Disconnected;
    }
    if has(&text, &["timedout", "timed out", "noreply"]) {
        return GattError::Timeout;
    }
    if has(
        &text,
        &[
            "not found",
            "nosuchcharacteristic",
            "unknownobject",
            "notsupported",
        ],
    ) {
        return GattError::NotFound;
    }
    GattError::Other(error.to_string())
}

/// The code of the attribute protocol, as BlueZ and Windows write it.
fn attribute_code(text: &str) -> Option<u8> {
    ["att error: 0x", "0x806500"].iter().find_map(|before| {
        let (_, after) = text.split_once(before)?;
        u8::from_str_radix(after.get(..2)?, 16).ok()
    })
}

/// Whether the system does not let this program use the radio.
pub(super) fn is_forbidden(error: &Error) -> bool {
    has(
        &text(error),
        &["permissiondenied", "accessdenied", "notpermitted"],
    )
}

/// Whether the radio is switched off.
pub(super) fn is_off(error: &Error) -> bool {
    has(&text(error), &["notready", "blocked", "not powered"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Error {
        Error::Other(text.to_owned().into())
    }

    #[test]
    fn what_bluez_says_of_connecting_is_understood() {
        for (words, meaning) in [
            (
                "org.bluez.Error.InProgress: Operation already in progress",
                ConnectError::Pending,
            ),
            (
                "org.freedesktop.DBus.Error.NoReply: Timeout waiting for reply",
                ConnectError::Pending,
            ),
            (
                "org.freedesktop.DBus.Error.UnknownObject: no such",
                ConnectError::Unknown,
            ),
            ("org.bluez.Error.AuthenticationFailed", ConnectError::NeedsPairing),
        ] {
            assert_eq!(of_connecting(&said(words)), meaning, "{words}");
        }
        let other = "le-connection-abort-by-local";
        assert_eq!(of_connecting(&said(other)), ConnectError::Other(other.to_owned()));
    }

    #[test]
    fn what_the_systems_say_of_asking_is_understood() {
        for (words, meaning) in [
            (
                "Operation failed with ATT error: 0x0e",
                GattError::Attribute(0x0e),
            ),
            (
                "org.bluez.Error.NotPermitted: Not paired",
                GattError::AUTHENTICATION,
            ),
            ("Encryption is insufficient.", GattError::AUTHENTICATION),
            ("HRESULT(0x8065000F)", GattError::ENCRYPTION),
            (
                "org.bluez.Error.NotConnected: Not Connected",
                GattError::Disconnected,
            ),
            ("Characteristic with UUID 1 not found.", GattError::NotFound),
        ] {
            assert_eq!(of_asking(&said(words)), meaning, "{words}");
        }
        assert_eq!(
            of_asking(&Error::TimedOut(std::time::Duration::ZERO)),
            GattError::Timeout
        );
    }
}
