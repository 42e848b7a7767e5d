//! How pods are worn: the cases every quantity is measured in.

use glam::{DQuat, DVec3};
use plumbline_core::pod::recording::Recording;
use recordings::{
    body::{Body, Plan, Posture},
    strap::Strap,
    trials::Named,
    wear::Wear,
};

use crate::rivals::Spans;

/// What the pods themselves are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// Samples a second; `None` for the rate of the markers.
    pub(crate) rate_hz: Option<f64>,
    pub(crate) strap: bool,
    /// Noise, bias and range of a sensor that is sold.
    pub(crate) real_sensor: bool,
    pub(crate) stand_s: f64,
    /// End of the accelerometer's range, g; `None` for that of the sensor.
    pub(crate) range_g: Option<f64>,
    /// The chest pod at 52 Hz and the pelvis pod at 208.
    pub(crate) mixed_rates: bool,
    /// How many times as much as usual the strap wobbles and is struck; the slip stays.
    pub(crate) gives: f64,
    /// Added constant error of the gyroscope about each axis, degrees a second.
    pub(crate) gyro_bias_dps: f64,
}

impl Kind {
    /// As the markers give them.
    pub(crate) const CLEAN: Self = Self {
        rate_hz: None,
        strap: false,
        real_sensor: false,
        stand_s: 5.0,
        range_g: None,
        mixed_rates: false,
        gives: 1.0,
        gyro_bias_dps: 0.0,
    };
    /// On a strap, with a real sensor.
    pub(crate) const STRAP: Self = Self {
        rate_hz: Some(104.0),
        strap: true,
        real_sensor: true,
        stand_s: 5.0,
        range_g: None,
        mixed_rates: false,
        gives: 1.0,
        gyro_bias_dps: 0.0,
    };
}

/// Which pods are worn, and whether they have gyroscopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Worn {
    pub(crate) chest: bool,
    pub(crate) pelvis: bool,
    pub(crate) gyro: bool,
}

impl Worn {
    pub(crate) const BOTH: Self = Self {
        chest: true,
        pelvis: true,
        gyro: true,
    };
    pub(crate) const CHEST: Self = Self {
        pelvis: false,
        ..Self::BOTH
    };
    pub(crate) const PELVIS: Self = Self {
        chest: false,
        ..Self::BOTH
    };
    pub(crate) const NO_GYRO: Self = Self {
        gyro: false,
        ..Self::BOTH
    };
}

/// A run as its pods took it down.
pub(crate) struct Run {
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) stand_s: f64,
    /// Chest first.
    pub(crate) pods: [Option<Recording>; 2],
    pub(crate) mountings: [DQuat; 2],
}

impl Run {
    pub(crate) fn record(named: &Named, kind: Kind, posture: Posture, plan: Plan, seed: u64) -> Self {
        let plan = Plan {
            stand_s: kind.stand_s,
            ..plan
        };
        let body = named.source.body(plan, posture);
        let contacts_s: Vec<f64> = (body.steps.iter())
            .map(|step| step.contact.initial_contact_s)
            .collect();
        let wears = ["chest", "pelvis"].map(|pod| {
            let kind = Kind {
                rate_hz: if kind.mixed_rates {
                    Some(if pod == "chest" { 52.0 } else { 208.0 })
                } else {
                    kind.rate_hz
                },
                ..kind
            };
            wear(kind, body.rate_hz, seed_of(&named.name, pod, seed))
        });
        let segments = [body.chest.as_ref(), Some(&body.pelvis)];
        let pods =
            [0, 1].map(|k| Some(wears[k].record(segments[k]?, body.rate_hz, body.run_from_s, &contacts_s)));
        Self {
            name: named.name.clone(),
            stand_s: kind.stand_s,
            pods,
            mountings: wears.map(|wear| wear.mounting),
            body,
        }
    }

    /// When the runner stands, the first half second left out, and when they run in whole strides.
    pub(crate) fn spans(&self) -> Option<Spans> {
        let (first, last) = (self.body.steps.first()?, self.body.steps.last()?);
        Some(Spans {
            stand: [0.5, self.stand_s],
            run: [first.contact.initial_contact_s, last.next_contact_s],
        })
    }

    /// The recordings of the pods that are worn, chest first.
    pub(crate) fn worn(&self, worn: Worn) -> [Option<Recording>; 2] {
        let wear = |on: bool, pod: &Option<Recording>| {
            let mut pod = pod.clone().filter(|_| on)?;
            if !worn.gyro {
                pod.has_gyro = false;
                pod.samples
                    .iter_mut()
                    .for_each(|sample| sample.angular_velocity = None);
            }
            Some(pod)
        };
        [wear(worn.chest, &self.pods[0]), wear(worn.pelvis, &self.pods[1])]
    }
}

fn wear(kind: Kind, marker_hz: f64, seed: u64) -> Wear {
    let perfect = Wear::perfect(kind.rate_hz.unwrap_or(marker_hz), seed);
    let sensor = if kind.real_sensor {
        perfect.with_real_sensor()
    } else {
        perfect
    };
    Wear {
        strap: kind.strap.then(|| Strap::draw(seed).giving(kind.gives)),
        gyro_bias_radps: sensor.gyro_bias_radps + DVec3::splat(kind.gyro_bias_dps.to_radians()),
        range_g: kind.range_g.or(sensor.range_g),
        ..sensor
    }
}

fn seed_of(name: &str, pod: &str, seed: u64) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes()
        .chain(pod.bytes())
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, hash)
}
