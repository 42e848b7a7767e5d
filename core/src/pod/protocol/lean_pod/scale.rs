//! What the counts in a Lean Pod's block mean.
//!
//! Holds no sample. Invariant: every scale has one number, and every number one scale at most.

use super::{LONGEST, OVERHEAD, SIX_AXES, THREE_AXES};
use crate::units::GRAVITY;

/// What one count means; a scale without a gyroscope makes an accelerometer-only block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Of the three accelerometer channels.
    pub accelerometer: AccelerometerScale,
    /// Of the three gyroscope channels; `None` when the pod has none.
    pub gyroscope: Option<GyroscopeScale>,
}

/// The accelerometer's count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccelerometerScale {
    /// 16/32768 g a count: ±16 g.
    G16,
    /// 8/32768 g a count: ±8 g.
    G8,
}

/// The gyroscope's count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GyroscopeScale {
    /// 2000/32768 °/s a count: ±2000 °/s.
    Dps2000,
    /// 1000/32768 °/s a count: ±1000 °/s.
    Dps1000,
    /// 0.070 °/s a count: the raw count of ST's sensors at their ±2000 °/s setting.
    Millidps70,
    /// 0.035 °/s a count: the raw count of ST's sensors at their ±1000 °/s setting.
    Millidps35,
}

impl AccelerometerScale {
    pub(super) const ALL: [Self; 2] = [Self::G16, Self::G8];

    /// Metres per second squared in one count.
    #[must_use]
    pub fn mps2_per_count(self) -> f64 {
        let full_scale_g = match self {
            Self::G16 => 16.0,
            Self::G8 => 8.0,
        };
        full_scale_g * GRAVITY / 32_768.0
    }

    const fn id(self) -> u8 {
        match self {
            Self::G16 => 0x01,
            Self::G8 => 0x02,
        }
    }
}

impl GyroscopeScale {
    pub(super) const ALL: [Self; 4] = [Self::Dps2000, Self::Dps1000, Self::Millidps70, Self::Millidps35];

    /// Radians per second in one count.
    #[must_use]
    pub fn radps_per_count(self) -> f64 {
        let dps_per_count: f64 = match self {
            Self::Dps2000 => 2000.0 / 32_768.0,
            Self::Dps1000 => 1000.0 / 32_768.0,
            Self::Millidps70 => 0.070,
            Self::Millidps35 => 0.035,
        };
        dps_per_count.to_radians()
    }

    const fn id(self) -> u8 {
        match self {
            Self::Dps2000 => 0x10,
            Self::Dps1000 => 0x20,
            Self::Millidps70 => 0x30,
            Self::Millidps35 => 0x40,
        }
    }
}

impl Scale {
    /// ±16 g and ±2000 °/s: what running needs.
    pub const G16_DPS2000: Self = Self {
        accelerometer: AccelerometerScale::G16,
        gyroscope: Some(GyroscopeScale::Dps2000),
    };
    /// ±8 g and ±1000 °/s: finer, and clips on hard landings.
    pub const G8_DPS1000: Self = Self {
        accelerometer: AccelerometerScale::G8,
        gyroscope: Some(GyroscopeScale::Dps1000),
    };
    /// ±16 g, no gyroscope.
    pub const G16: Self = Self {
        accelerometer: AccelerometerScale::G16,
        gyroscope: None,
    };
    /// ±8 g, no gyroscope.
    pub const G8: Self = Self {
        accelerometer: AccelerometerScale::G8,
        gyroscope: None,
    };

    /// The scale byte: gyroscope in the high half, accelerometer in the low half.
    #[must_use]
    pub fn id(self) -> u8 {
        self.accelerometer.id() | self.gyroscope.map_or(0, GyroscopeScale::id)
    }

    /// Bytes of one sample.
    #[must_use]
    pub fn sample_bytes(self) -> usize {
        2 * self.channels()
    }

    /// Most samples a block of `longest` bytes holds.
    #[must_use]
    pub fn samples_within(self, longest: usize) -> usize {
        longest.min(LONGEST).saturating_sub(OVERHEAD) / self.sample_bytes()
    }

    pub(super) fn from_id(id: u8) -> Option<Self> {
        let accelerometer = AccelerometerScale::ALL
            .into_iter()
            .find(|scale| scale.id() == id & 0x0F)?;
        let gyroscope = match id & 0xF0 {
            0 => None,
            high => Some(GyroscopeScale::ALL.into_iter().find(|scale| scale.id() == high)?),
        };
        Some(Self {
            accelerometer,
            gyroscope,
        })
    }

    pub(super) fn format(self) -> u8 {
        if self.gyroscope.is_some() {
            SIX_AXES
        } else {
            THREE_AXES
        }
    }

    pub(super) fn channels(self) -> usize {
        if self.gyroscope.is_some() { 6 } else { 3 }
    }
}
