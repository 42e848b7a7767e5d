//! Between a shell's words for its radio and the core's.
//!
//! Decides nothing. Invariant: what is no UUID is refused, everything else crosses as it is.

use plumbline_core::pod::{
    gatt::{self, GattError, GattEvent, GattRequest, Uuid},
    pairing::{self, ConnectError, PodId},
};

use super::{ConnectFailure, GattFailure, PodCharacteristic, RadioEvent, RadioRequest};
use crate::error::CoachError;

impl From<gatt::Characteristic> for PodCharacteristic {
    fn from(characteristic: gatt::Characteristic) -> Self {
        Self {
            service: characteristic.service.to_string(),
            characteristic: characteristic.uuid.to_string(),
        }
    }
}

impl From<pairing::RadioRequest> for RadioRequest {
    fn from(request: pairing::RadioRequest) -> Self {
        match request {
            pairing::RadioRequest::StartScan { services } => Self::StartScan {
                services: services.iter().map(ToString::to_string).collect(),
            },
            pairing::RadioRequest::StopScan => Self::StopScan,
            pairing::RadioRequest::Connect { pod } => Self::Connect { pod: pod.0 },
            pairing::RadioRequest::Discover { pod } => Self::Discover { pod: pod.0 },
            pairing::RadioRequest::Disconnect { pod } => Self::Disconnect { pod: pod.0 },
            pairing::RadioRequest::Gatt { pod, request } => Self::gatt(pod.0, request),
        }
    }
}

impl RadioRequest {
    fn gatt(pod: String, request: GattRequest) -> Self {
        let characteristic = request.characteristic().into();
        match request {
            GattRequest::Subscribe { .. } => Self::Subscribe { pod, characteristic },
            GattRequest::Read { .. } => Self::Read { pod, characteristic },
            GattRequest::Write {
                bytes, with_response, ..
            } => Self::Write {
                pod,
                characteristic,
                bytes,
                with_response,
            },
        }
    }
}

impl TryFrom<RadioEvent> for pairing::RadioEvent {
    type Error = CoachError;

    fn try_from(event: RadioEvent) -> Result<Self, CoachError> {
        let gatt = |pod: String, event: GattEvent| Self::Gatt {
            pod: PodId(pod),
            event,
        };
        Ok(match event {
            RadioEvent::Adapter { state } => Self::Adapter(state),
            RadioEvent::Found {
                pod,
                name,
                services,
                manufacturer_data,
                rssi_dbm,
            } => Self::Found {
                pod: PodId(pod),
                advertisement: gatt::Advertisement {
                    name,
                    services: services.iter().map(|text| uuid(text)).collect::<Result<_, _>>()?,
                    manufacturer_data: manufacturer_data
                        .into_iter()
                        .map(|field| (field.company, field.bytes))
                        .collect(),
                    rssi: rssi_dbm,
                },
            },
            RadioEvent::Connected { pod } => Self::Connected { pod: PodId(pod) },
            RadioEvent::ConnectFailed { pod, failure } => Self::ConnectFailed {
                pod: PodId(pod),
                error: failure.into(),
            },
            RadioEvent::Discovered { pod, offered } => Self::Discovered {
                pod: PodId(pod),
                offered: offered.iter().map(characteristic_of).collect::<Result<_, _>>()?,
            },
            RadioEvent::Disconnected { pod } => Self::Disconnected { pod: PodId(pod) },
            RadioEvent::Subscribed { pod, characteristic } => {
                let characteristic = characteristic_of(&characteristic)?;
                gatt(pod, GattEvent::Subscribed { characteristic })
            }
            RadioEvent::Value {
                pod,
                characteristic,
                bytes,
            } => {
                let characteristic = characteristic_of(&characteristic)?;
                gatt(
                    pod,
                    GattEvent::Value {
                        characteristic,
                        bytes,
                    },
                )
            }
            RadioEvent::Wrote { pod, characteristic } => {
                let characteristic = characteristic_of(&characteristic)?;
                gatt(pod, GattEvent::Wrote { characteristic })
            }
            RadioEvent::Failed {
                pod,
                characteristic,
                failure,
            } => {
                let characteristic = characteristic_of(&characteristic)?;
                let error = failure.into();
                gatt(
                    pod,
                    GattEvent::Failed {
                        characteristic,
                        error,
                    },
                )
            }
        })
    }
}

impl From<ConnectFailure> for ConnectError {
    fn from(failure: ConnectFailure) -> Self {
        match failure {
            ConnectFailure::Pending => Self::Pending,
            ConnectFailure::Unknown => Self::Unknown,
            ConnectFailure::NeedsPairing => Self::NeedsPairing,
            ConnectFailure::Other { detail } => Self::Other(detail),
        }
    }
}

impl From<GattFailure> for GattError {
    fn from(failure: GattFailure) -> Self {
        match failure {
            GattFailure::Attribute { code } => Self::Attribute(code),
            GattFailure::Timeout => Self::Timeout,
            GattFailure::Disconnected => Self::Disconnected,
            GattFailure::NotFound => Self::NotFound,
            GattFailure::Other { detail } => Self::Other(detail),
        }
    }
}

fn characteristic_of(text: &PodCharacteristic) -> Result<gatt::Characteristic, CoachError> {
    Ok(gatt::Characteristic::new(
        uuid(&text.service)?,
        uuid(&text.characteristic)?,
    ))
}

/// A UUID as systems write it: whole, or the four digits of one that the Bluetooth SIG assigned.
fn uuid(text: &str) -> Result<Uuid, CoachError> {
    let is_short = text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let short = is_short.then(|| u16::from_str_radix(text, 16).ok()).flatten();
    let read = short.map(Uuid::short).or_else(|| text.parse().ok());
    read.ok_or_else(|| CoachError::Invalid {
        detail: format!("`{text}` is no UUID"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_read_as_apple_and_android_write_it() {
        let heart_rate = Uuid::short(0x180D);
        assert_eq!(uuid("180D"), Ok(heart_rate));
        assert_eq!(uuid("0000180d-0000-1000-8000-00805f9b34fb"), Ok(heart_rate));
        for wrong in [
            "",
            "heart",
            "180D0",
            "+80D",
            "0000180d-0000-1000-8000-00805f9b34fg",
        ] {
            assert!(uuid(wrong).is_err(), "{wrong}");
        }
    }
}
