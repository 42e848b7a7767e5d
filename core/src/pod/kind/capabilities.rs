//! What each kind of pod can and cannot do, and what is asked of it.
//!
//! Asks nothing. Invariant: what a pod cannot do is said here and nowhere guessed.

use serde::{Deserialize, Serialize};

use super::PodKind;
use crate::pod::frame::StampKind;

/// What a pod keeps of what the radio lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backfill {
    /// Nothing: what is lost stays lost.
    None,
    /// A ring of the last blocks, to be asked for while it streams.
    Ring,
    /// A log that it keeps while it streams, to be fetched when the run has ended.
    Log,
}

/// What lowers the trust in a pod's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// No gyroscope: inclination rests on the accelerometer alone.
    NoGyroscope,
    /// No stamps: time is that of arrival, and a loss shows only in the rate.
    NoStamps,
    /// No sequence numbers: a loss shows only in the stamps.
    NoSequence,
    /// Fewer than 100 samples a second: contacts are placed more coarsely.
    LowRate,
    /// Less than ±16 g: hard landings clip.
    LowRange,
    /// No checksum: a damaged frame may pass for a true one.
    NoChecksum,
    /// No motion at all.
    NoMotion,
}

impl Doubt {
    /// Every doubt, the weightiest first.
    pub const ALL: [Self; 7] = [
        Self::NoMotion,
        Self::NoGyroscope,
        Self::NoStamps,
        Self::LowRate,
        Self::LowRange,
        Self::NoSequence,
        Self::NoChecksum,
    ];

    /// The message that says so, and what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoMotion => "pod-no-motion",
            Self::NoGyroscope => "doubt-no-gyroscope",
            Self::NoStamps => "doubt-no-stamps",
            Self::LowRate => "doubt-low-rate",
            Self::LowRange => "doubt-low-range",
            Self::NoSequence => "doubt-no-sequence",
            Self::NoChecksum => "doubt-no-checksum",
        }
    }
}

/// A pod slower than this measures fewer than 100 times a second, samples a second: sensors run some per cent off.
pub const LOW_RATE_HZ: f64 = 92.0;
/// A range below this is cut off by hard landings, g.
pub const LOW_RANGE_G: f64 = 16.0;

/// What a pod offers, and what is chosen of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capabilities {
    /// It has an accelerometer whose samples can be had.
    pub motion: bool,
    /// It has a gyroscope whose samples can be had.
    pub gyroscope: bool,
    /// Which sample a frame's stamp belongs to.
    pub stamp: StampKind,
    /// Rates offered live, samples a second.
    pub rates_hz: &'static [f64],
    /// Ends of the accelerometer's ranges, g.
    pub accelerometer_ranges_g: &'static [f64],
    /// Ends of the gyroscope's ranges, °/s.
    pub gyroscope_ranges_dps: &'static [f64],
    /// What is asked for, and why; a pod that offers less gives its best.
    pub chosen: Choice,
    /// What it keeps of what the radio lost.
    pub backfill: Backfill,
    /// It can be made to show itself.
    pub identify: bool,
    /// What lowers the trust in its numbers.
    pub doubts: &'static [Doubt],
}

/// What is asked of a pod.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Samples a second.
    pub rate_hz: f64,
    /// End of the accelerometer's range, g.
    pub accelerometer_range_g: f64,
    /// End of the gyroscope's range, °/s; 0 without one.
    pub gyroscope_range_dps: f64,
    /// Why these.
    pub why: &'static str,
}

impl PodKind {
    /// What it can and cannot do.
    #[must_use]
    pub const fn capabilities(self) -> Capabilities {
        match self {
            Self::LeanPod => LEAN_POD,
            Self::PolarH10 => POLAR_H10,
            Self::PolarVeritySense => POLAR_VERITY_SENSE,
            Self::PolarOh1 => POLAR_OH1,
            Self::Movesense => MOVESENSE,
            Self::MovellaDot => MOVELLA_DOT,
            Self::WitMotion => WIT_MOTION,
            Self::StandardSensor => STANDARD_SENSOR,
            Self::Phone => PHONE,
            Self::Earbuds => EARBUDS,
        }
    }
}

const LEAN_POD: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::FirstSample,
    rates_hz: &[26.0, 52.0, 104.0, 208.0, 416.0],
    accelerometer_ranges_g: &[8.0, 16.0],
    gyroscope_ranges_dps: &[1000.0, 2000.0],
    chosen: Choice {
        rate_hz: 104.0,
        accelerometer_range_g: 16.0,
        gyroscope_range_dps: 2000.0,
        why: "100 Hz places contacts to the sample; landings pass 8 g",
    },
    backfill: Backfill::Ring,
    identify: true,
    doubts: &[],
};

const POLAR_H10: Capabilities = Capabilities {
    motion: true,
    gyroscope: false,
    stamp: StampKind::LastSample,
    rates_hz: &[25.0, 50.0, 100.0, 200.0],
    accelerometer_ranges_g: &[2.0, 4.0, 8.0],
    gyroscope_ranges_dps: &[],
    chosen: Choice {
        rate_hz: 200.0,
        accelerometer_range_g: 8.0,
        gyroscope_range_dps: 0.0,
        why: "a frame always holds 36 samples: at 200 Hz it comes every 0.18 s, at 50 Hz every 0.72 s; 8 g is its widest",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[
        Doubt::NoGyroscope,
        Doubt::LowRange,
        Doubt::NoSequence,
        Doubt::NoChecksum,
    ],
};

const POLAR_VERITY_SENSE: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::LastSample,
    rates_hz: &[26.0, 52.0, 104.0, 208.0, 416.0],
    accelerometer_ranges_g: &[2.0, 4.0, 8.0, 16.0],
    gyroscope_ranges_dps: &[250.0, 500.0, 1000.0, 2000.0],
    chosen: Choice {
        rate_hz: 104.0,
        accelerometer_range_g: 16.0,
        gyroscope_range_dps: 2000.0,
        why: "its SDK mode: without it 52 Hz and 8 g; the price is the heart rate, which is off meanwhile",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[Doubt::NoSequence, Doubt::NoChecksum],
};

const POLAR_OH1: Capabilities = Capabilities {
    motion: true,
    gyroscope: false,
    stamp: StampKind::LastSample,
    rates_hz: &[50.0],
    accelerometer_ranges_g: &[8.0],
    gyroscope_ranges_dps: &[],
    chosen: Choice {
        rate_hz: 50.0,
        accelerometer_range_g: 8.0,
        gyroscope_range_dps: 0.0,
        why: "the only ones it offers",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[
        Doubt::NoGyroscope,
        Doubt::LowRate,
        Doubt::LowRange,
        Doubt::NoSequence,
        Doubt::NoChecksum,
    ],
};

const MOVESENSE: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::FirstSample,
    rates_hz: &[13.0, 26.0, 52.0, 104.0, 208.0],
    accelerometer_ranges_g: &[2.0, 4.0, 8.0, 16.0],
    gyroscope_ranges_dps: &[245.0, 500.0, 1000.0, 2000.0],
    chosen: Choice {
        rate_hz: 104.0,
        accelerometer_range_g: 8.0,
        gyroscope_range_dps: 2000.0,
        why: "208 Hz of 32-bit numbers fill the radio; its open protocol cannot set the ranges, so they stay as they are",
    },
    backfill: Backfill::Log,
    identify: false,
    doubts: &[Doubt::LowRange, Doubt::NoSequence, Doubt::NoChecksum],
};

const MOVELLA_DOT: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::FirstSample,
    rates_hz: &[1.0, 4.0, 10.0, 12.0, 15.0, 20.0, 30.0, 60.0],
    accelerometer_ranges_g: &[16.0],
    gyroscope_ranges_dps: &[2000.0],
    chosen: Choice {
        rate_hz: 60.0,
        accelerometer_range_g: 16.0,
        gyroscope_range_dps: 2000.0,
        why: "the fastest it sends live; 120 Hz only in its own recording",
    },
    // It records, and sends a recording, only while it is idle: what streams is not recorded.
    backfill: Backfill::None,
    identify: true,
    doubts: &[Doubt::LowRate, Doubt::NoSequence, Doubt::NoChecksum],
};

const WIT_MOTION: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::None,
    rates_hz: &[10.0, 20.0, 50.0, 100.0, 200.0],
    accelerometer_ranges_g: &[16.0],
    gyroscope_ranges_dps: &[2000.0],
    chosen: Choice {
        rate_hz: 100.0,
        accelerometer_range_g: 16.0,
        gyroscope_range_dps: 2000.0,
        why: "at 200 Hz frames get lost, and nothing in them tells",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[Doubt::NoStamps, Doubt::NoSequence, Doubt::NoChecksum],
};

const STANDARD_SENSOR: Capabilities = Capabilities {
    motion: false,
    gyroscope: false,
    stamp: StampKind::None,
    rates_hz: &[],
    accelerometer_ranges_g: &[],
    gyroscope_ranges_dps: &[],
    chosen: Choice {
        rate_hz: 0.0,
        accelerometer_range_g: 0.0,
        gyroscope_range_dps: 0.0,
        why: "it sends sums once a second, no motion",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[
        Doubt::NoMotion,
        Doubt::NoGyroscope,
        Doubt::NoStamps,
        Doubt::NoSequence,
    ],
};

const PHONE: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::FirstSample,
    rates_hz: &[50.0, 100.0],
    accelerometer_ranges_g: &[8.0],
    gyroscope_ranges_dps: &[2000.0],
    chosen: Choice {
        rate_hz: 100.0,
        accelerometer_range_g: 8.0,
        gyroscope_range_dps: 2000.0,
        why: "the fastest that every phone gives; its range is the system's and mostly 8 g",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[Doubt::LowRange],
};

const EARBUDS: Capabilities = Capabilities {
    motion: true,
    gyroscope: true,
    stamp: StampKind::FirstSample,
    rates_hz: &[25.0],
    accelerometer_ranges_g: &[8.0],
    gyroscope_ranges_dps: &[2000.0],
    chosen: Choice {
        rate_hz: 25.0,
        accelerometer_range_g: 8.0,
        gyroscope_range_dps: 2000.0,
        why: "what the phone passes on",
    },
    backfill: Backfill::None,
    identify: false,
    doubts: &[Doubt::LowRate, Doubt::LowRange],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_offered_and_what_is_missing_is_a_doubt() {
        for kind in PodKind::ALL {
            let can = kind.capabilities();
            let doubts = |doubt| can.doubts.contains(&doubt);
            assert_eq!(can.gyroscope, !doubts(Doubt::NoGyroscope), "{kind:?}");
            assert_eq!(can.motion, !doubts(Doubt::NoMotion), "{kind:?}");
            assert_eq!(can.stamp == StampKind::None, doubts(Doubt::NoStamps), "{kind:?}");
            if can.motion {
                assert!(can.rates_hz.contains(&can.chosen.rate_hz), "{kind:?}");
                assert!(
                    can.accelerometer_ranges_g
                        .contains(&can.chosen.accelerometer_range_g),
                    "{kind:?}"
                );
                assert_eq!(can.chosen.rate_hz < 100.0, doubts(Doubt::LowRate), "{kind:?}");
                assert_eq!(
                    can.chosen.accelerometer_range_g < 16.0,
                    doubts(Doubt::LowRange),
                    "{kind:?}"
                );
            }
        }
    }
}
