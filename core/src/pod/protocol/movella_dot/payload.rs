//! One live payload of a DOT: a stamp and whatever its mode sends.
//!
//! Knows no stream. Invariant: a payload of another length than its mode's is refused.

use crate::pod::frame::FrameError;

/// Which payload is asked for: the number in the start command. Those left out only the maker's SDK unpacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the maker's")]
pub enum Mode {
    ExtendedQuaternion = 2,
    CompleteQuaternion = 3,
    OrientationEuler = 4,
    OrientationQuaternion = 5,
    FreeAcceleration = 6,
    CompleteEuler = 16,
    DeltaQuantitiesWithMagnetometer = 18,
    DeltaQuantities = 19,
    RateQuantitiesWithMagnetometer = 20,
    RateQuantities = 21,
    Custom1 = 22,
    Custom3 = 24,
    Custom5 = 26,
}

/// What stands in a payload, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Quaternion,
    Euler,
    FreeAcceleration,
    Acceleration,
    AngularVelocity,
    DeltaQuaternion,
    DeltaVelocity,
    Magnetometer,
    StatusAndClips,
}

impl Field {
    const fn bytes(self) -> usize {
        match self {
            Self::Quaternion | Self::DeltaQuaternion => 16,
            Self::Magnetometer => 6,
            Self::StatusAndClips => 4,
            _ => 12,
        }
    }
}

impl Mode {
    const fn fields(self) -> &'static [Field] {
        use Field::{
            Acceleration, AngularVelocity, DeltaQuaternion, DeltaVelocity, Euler, Magnetometer, Quaternion,
            StatusAndClips,
        };
        match self {
            Self::ExtendedQuaternion => &[Quaternion, Field::FreeAcceleration, StatusAndClips],
            Self::CompleteQuaternion => &[Quaternion, Field::FreeAcceleration],
            Self::OrientationEuler => &[Euler],
            Self::OrientationQuaternion => &[Quaternion],
            Self::FreeAcceleration => &[Field::FreeAcceleration],
            Self::CompleteEuler => &[Euler, Field::FreeAcceleration],
            Self::DeltaQuantitiesWithMagnetometer => &[DeltaQuaternion, DeltaVelocity, Magnetometer],
            Self::DeltaQuantities => &[DeltaQuaternion, DeltaVelocity],
            Self::RateQuantitiesWithMagnetometer => &[Acceleration, AngularVelocity, Magnetometer],
            Self::RateQuantities => &[Acceleration, AngularVelocity],
            Self::Custom1 => &[Euler, Field::FreeAcceleration, AngularVelocity],
            Self::Custom3 => &[Quaternion, AngularVelocity],
            Self::Custom5 => &[Quaternion, Acceleration, AngularVelocity],
        }
    }

    /// Bytes of a payload, its stamp included.
    #[must_use]
    pub fn bytes(self) -> usize {
        4 + self.fields().iter().map(|field| field.bytes()).sum::<usize>()
    }
}

/// A payload's values; what its mode does not send is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Payload {
    /// The pod's clock, microseconds; begins again after 71.6 minutes.
    pub stamp_us: u32,
    /// Orientation w, x, y, z.
    pub quaternion: Option<[f32; 4]>,
    /// Roll, pitch, yaw, degrees.
    pub euler_deg: Option<[f32; 3]>,
    /// Acceleration without gravity, in the world's axes, m/s².
    pub free_acceleration: Option<[f32; 3]>,
    /// Specific force, m/s².
    pub acceleration: Option<[f32; 3]>,
    /// Turning rate, °/s.
    pub angular_velocity_dps: Option<[f32; 3]>,
    /// Turn since the payload before, w, x, y, z.
    pub delta_quaternion: Option<[f32; 4]>,
    /// Change of velocity since the payload before, m/s.
    pub delta_velocity: Option<[f32; 3]>,
    /// Magnetic field, arbitrary units.
    pub magnetometer: Option<[f32; 3]>,
    /// Status bits, and how often accelerometer and gyroscope were clipped.
    pub status: Option<(u16, u8, u8)>,
}

impl Payload {
    /// From the bytes of one notification.
    pub fn parse(bytes: &[u8], mode: Mode) -> Result<Self, FrameError> {
        let wrong = FrameError::Length {
            expected: mode.bytes(),
            found: bytes.len(),
        };
        if bytes.len() != mode.bytes() {
            return Err(wrong);
        }
        let (&stamp, mut rest) = bytes.split_first_chunk::<4>().ok_or(wrong)?;
        let mut payload = Self {
            stamp_us: u32::from_le_bytes(stamp),
            ..Self::default()
        };
        for &field in mode.fields() {
            let (bytes, behind) = rest.split_at_checked(field.bytes()).ok_or(wrong)?;
            payload.take(field, bytes);
            rest = behind;
        }
        Ok(payload)
    }

    fn take(&mut self, field: Field, bytes: &[u8]) {
        match field {
            Field::Quaternion => self.quaternion = Some(floats(bytes)),
            Field::DeltaQuaternion => self.delta_quaternion = Some(floats(bytes)),
            Field::Euler => self.euler_deg = Some(floats(bytes)),
            Field::FreeAcceleration => self.free_acceleration = Some(floats(bytes)),
            Field::Acceleration => self.acceleration = Some(floats(bytes)),
            Field::AngularVelocity => self.angular_velocity_dps = Some(floats(bytes)),
            Field::DeltaVelocity => self.delta_velocity = Some(floats(bytes)),
            Field::Magnetometer => {
                let mut field = [0.0; 3];
                for (axis, &bytes) in field.iter_mut().zip(bytes.as_chunks().0) {
                    *axis = f32::from(i16::from_le_bytes(bytes)) / 4096.0;
                }
                self.magnetometer = Some(field);
            }
            Field::StatusAndClips => {
                if let &[low, high, accelerometer, gyroscope] = bytes {
                    self.status = Some((u16::from_le_bytes([low, high]), accelerometer, gyroscope));
                }
            }
        }
    }
}

fn floats<const N: usize>(bytes: &[u8]) -> [f32; N] {
    let mut values = [0.0; N];
    for (value, &bytes) in values.iter_mut().zip(bytes.as_chunks().0) {
        *value = f32::from_le_bytes(bytes);
    }
    values
}
