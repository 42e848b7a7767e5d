//! Which pods are known, and how one is recognised by what it advertises.
//!
//! Decodes no byte; [`capabilities`] says what each can do. Invariant: a stranger is nobody's pod.
//!
//! Names and numbers are the makers' (each protocol's header names the source); none was checked on a device of ours.

mod capabilities;

use serde::{Deserialize, Serialize};

pub use capabilities::{Backfill, Capabilities, Choice, Doubt, LOW_RANGE_G, LOW_RATE_HZ};

use super::gatt::{Advertisement, Uuid};

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
        } else if offers(advertised::POLAR) && advertisement.name.is_none() {
            // Which of Polar's it is the name tells; its features will say what it has.
            Self::PolarH10
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
        let nameless = Advertisement {
            services: vec![advertised::HEART_RATE, advertised::POLAR],
            ..Advertisement::default()
        };
        assert_eq!(PodKind::recognise(&nameless), Some(PodKind::PolarH10));
        let watch = Advertisement {
            name: Some("Polar Grit X".to_owned()),
            ..nameless
        };
        assert_eq!(PodKind::recognise(&watch), Some(PodKind::StandardSensor));
        assert_eq!(PodKind::recognise(&Advertisement::default()), None);
    }
}
