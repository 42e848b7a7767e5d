//! Which pods are known, how one is recognised, and what each can and cannot do, as data.
//!
//! Decodes no byte. Invariant: what a pod cannot do is said here and nowhere guessed.
//!
//! Names and numbers are the makers' (each protocol's header names the source); none was checked on a device of ours.

use serde::{Deserialize, Serialize};

use super::{
    frame::StampKind,
    gatt::{Advertisement, Uuid},
};

/// What a pod is, as far as its language goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PodKind {
    /// Our own open profile, `docs/lean-pod.md`.
    LeanPod,
    /// Polar H10 chest strap.
    PolarH10,
    /// Polar Verity Sense armband.
    PolarVeritySense,
    /// Polar OH1 armband.
    PolarOh1,
    /// Movesense sensors.
    Movesense,
    /// Movella (before: Xsens) DOT.
    MovellaDot,
    /// `WitMotion` WT901BLE family.
    WitMotion,
    /// Any device with the SIG's running, power or heart rate service: sums, no motion.
    StandardSensor,
    /// The phone itself, in a belt; its samples come as Lean Pod blocks.
    Phone,
    /// Earbuds that tell how the head moves; their samples come as Lean Pod blocks.
    Earbuds,
}

/// What a pod keeps of what the radio lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backfill {
    /// Nothing: what is lost stays lost.
    None,
    /// A ring of the last blocks, to be asked for while it streams.
    Ring,
    /// A log or a recording, to be fetched when the stream has ended.
    Recording,
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
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::LeanPod,
        Self::PolarH10,
        Self::PolarVeritySense,
        Self::PolarOh1,
        Self::Movesense,
        Self::MovellaDot,
        Self::WitMotion,
        Self::StandardSensor,
        Self::Phone,
        Self::Earbuds,
    ];

    /// The services that a scan should filter by, and that tell the kinds apart where names do not.
    /// A phone in a pocket finds only devices that advertise one of these.
    pub const ADVERTISED: [Uuid; 9] = [
        advertised::LEAN_POD,
        advertised::HEART_RATE,
        advertised::POLAR,
        advertised::MOVESENSE,
        advertised::MOVESENSE_OLD,
        advertised::WITMOTION,
        advertised::RUNNING,
        advertised::CYCLING_POWER,
        advertised::MOVELLA_DOT,
    ];

    /// The kind's name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeanPod => "lean_pod",
            Self::PolarH10 => "polar_h10",
            Self::PolarVeritySense => "polar_verity_sense",
            Self::PolarOh1 => "polar_oh1",
            Self::Movesense => "movesense",
            Self::MovellaDot => "movella_dot",
            Self::WitMotion => "wit_motion",
            Self::StandardSensor => "standard_sensor",
            Self::Phone => "phone",
            Self::Earbuds => "earbuds",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What an advertising device is; `None` for a stranger. A phone and earbuds do not advertise themselves as pods.
    #[must_use]
    pub fn recognise(advertisement: &Advertisement) -> Option<Self> {
        let offers = |service: Uuid| advertisement.services.contains(&service);
        let name = advertisement.name.as_deref().unwrap_or_default();
        let by_name = NAMES.iter().find(|(start, _)| name.starts_with(start));
        if let Some(&(_, kind)) = by_name {
            return kind;
        }
        let company = |number: u16| {
            advertisement
                .manufacturer_data
                .iter()
                .any(|&(company, _)| company == number)
        };
        Some(if offers(advertised::LEAN_POD) {
            Self::LeanPod
        } else if offers(advertised::MOVESENSE) || offers(advertised::MOVESENSE_OLD) || company(SUUNTO) {
            Self::Movesense
        } else if offers(advertised::MOVELLA_DOT) || company(XSENS) {
            Self::MovellaDot
        } else if offers(advertised::WITMOTION) {
            Self::WitMotion
        } else if [
            advertised::RUNNING,
            advertised::CYCLING_POWER,
            advertised::HEART_RATE,
        ]
        .into_iter()
        .any(offers)
        {
            Self::StandardSensor
        } else {
            return None;
        })
    }

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

/// What names begin with. `None` is a device known to send no motion of use.
const NAMES: [(&str, Option<PodKind>); 14] = [
    ("LeanPod-", Some(PodKind::LeanPod)),
    ("Polar H10 ", Some(PodKind::PolarH10)),
    ("Polar Sense ", Some(PodKind::PolarVeritySense)),
    ("Polar Verity", Some(PodKind::PolarVeritySense)),
    ("Polar OH1", Some(PodKind::PolarOh1)),
    // Heart rate alone: no measurement service.
    ("Polar H9 ", Some(PodKind::StandardSensor)),
    ("Movesense ", Some(PodKind::Movesense)),
    ("Xsens DOT", Some(PodKind::MovellaDot)),
    ("Movella DOT", Some(PodKind::MovellaDot)),
    // Vibration sensors: the same two bytes begin frames of another layout.
    ("WTVB", None),
    ("WT901", Some(PodKind::WitMotion)),
    ("WitMotion", Some(PodKind::WitMotion)),
    ("Stryd", Some(PodKind::StandardSensor)),
    ("TICKR", Some(PodKind::StandardSensor)),
];

/// Company number of Movesense's maker.
const SUUNTO: u16 = 0x009F;
/// Company number of Xsens, now Movella.
const XSENS: u16 = 0x0886;

/// Services as they stand in advertisements; not always those that stream.
mod advertised {
    use super::Uuid;

    pub(super) const LEAN_POD: Uuid = Uuid::new(0x4359_0100_5f8b_463e_8d5c_dc22_cafd_3ef7);
    pub(super) const HEART_RATE: Uuid = Uuid::short(0x180D);
    pub(super) const POLAR: Uuid = Uuid::short(0xFEEE);
    pub(super) const MOVESENSE: Uuid = Uuid::short(0xFDF3);
    pub(super) const MOVESENSE_OLD: Uuid = Uuid::short(0xFE06);
    /// Not on the SIG's base: `9a34fb`, not `9b34fb`.
    pub(super) const WITMOTION: Uuid = Uuid::new(0x0000_ffe5_0000_1000_8000_0080_5f9a_34fb);
    pub(super) const RUNNING: Uuid = Uuid::short(0x1814);
    pub(super) const CYCLING_POWER: Uuid = Uuid::short(0x1818);
    pub(super) const MOVELLA_DOT: Uuid = Uuid::new(0x1517_1000_4947_11e9_8646_d663_bd87_3d93);
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
    backfill: Backfill::Recording,
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
    backfill: Backfill::Recording,
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

    fn named(name: &str) -> Advertisement {
        Advertisement {
            name: Some(name.to_owned()),
            ..Advertisement::default()
        }
    }

    fn offering(service: Uuid) -> Advertisement {
        Advertisement {
            services: vec![service],
            ..Advertisement::default()
        }
    }

    #[test]
    fn pods_are_recognised_by_name_before_service() {
        for (name, kind) in [
            ("Polar H10 12345678", Some(PodKind::PolarH10)),
            ("Polar Sense 0A1B2C3D", Some(PodKind::PolarVeritySense)),
            ("Polar H9 12345678", Some(PodKind::StandardSensor)),
            ("Movesense 214230000123", Some(PodKind::Movesense)),
            ("Xsens DOT", Some(PodKind::MovellaDot)),
            ("WT901BLE68", Some(PodKind::WitMotion)),
            ("WTVB01-BT50", None),
            ("LeanPod-00AF", Some(PodKind::LeanPod)),
            ("Fridge", None),
        ] {
            let with_heart_rate = Advertisement {
                services: vec![advertised::HEART_RATE],
                ..named(name)
            };
            assert_eq!(PodKind::recognise(&named(name)), kind, "{name}");
            if name != "Fridge" {
                assert_eq!(
                    PodKind::recognise(&with_heart_rate),
                    kind,
                    "{name} with a heart rate"
                );
            }
        }
    }

    #[test]
    fn a_pod_without_a_name_is_known_by_its_service_or_its_maker() {
        assert_eq!(
            PodKind::recognise(&offering(advertised::LEAN_POD)),
            Some(PodKind::LeanPod)
        );
        assert_eq!(
            PodKind::recognise(&offering(advertised::WITMOTION)),
            Some(PodKind::WitMotion)
        );
        assert_eq!(
            PodKind::recognise(&offering(Uuid::short(0xFFE5))),
            None,
            "the SIG's base is another"
        );
        assert_eq!(
            PodKind::recognise(&offering(advertised::RUNNING)),
            Some(PodKind::StandardSensor)
        );
        let by_maker = Advertisement {
            manufacturer_data: vec![(XSENS, Vec::new())],
            ..Advertisement::default()
        };
        assert_eq!(PodKind::recognise(&by_maker), Some(PodKind::MovellaDot));
        assert_eq!(PodKind::recognise(&Advertisement::default()), None);
    }

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
