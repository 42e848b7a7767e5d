//! Requests to Polar's control point, their answers, and settings.
//!
//! Sends nothing. Invariant: a setting handed out stands in the bytes; a tail too short to be one is passed over.

use super::Measurement;

/// Turns settings, start, stop and the rest into the first byte of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Which settings are offered now.
    GetSettings = 1,
    /// Start a measurement.
    Start = 2,
    /// Stop it.
    Stop = 3,
    /// Which settings the SDK mode offers.
    GetSdkSettings = 4,
}

/// One setting: what it is and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Samples a second.
    RateHz,
    /// Bits of a sample.
    Resolution,
    /// End of the range, g or °/s.
    Range,
    /// End of the range in thousandths.
    RangeMilli,
    /// Channels.
    Channels,
    /// What one count means, as the bits of a 32-bit float; only in an answer to a start.
    Factor,
}

impl Setting {
    const ALL: [Self; 6] = [
        Self::RateHz,
        Self::Resolution,
        Self::Range,
        Self::RangeMilli,
        Self::Channels,
        Self::Factor,
    ];

    const fn id(self) -> u8 {
        match self {
            Self::RateHz => 0,
            Self::Resolution => 1,
            Self::Range => 2,
            Self::RangeMilli => 3,
            Self::Channels => 4,
            Self::Factor => 5,
        }
    }

    /// Bytes of one value. Channels take one: two are refused by a Verity Sense.
    const fn size(self) -> usize {
        match self {
            Self::RateHz | Self::Resolution | Self::Range => 2,
            Self::RangeMilli | Self::Factor => 4,
            Self::Channels => 1,
        }
    }
}

/// A request with no settings.
#[must_use]
pub fn request(operation: Operation, measurement: Measurement) -> Vec<u8> {
    vec![operation as u8, measurement.id()]
}

/// A request to start, with one value for each setting, in this order.
#[must_use]
pub fn start(measurement: Measurement, settings: &[(Setting, u32)]) -> Vec<u8> {
    let mut bytes = request(Operation::Start, measurement);
    for &(setting, value) in settings {
        bytes.extend([setting.id(), 1]);
        bytes.extend(value.to_le_bytes().into_iter().take(setting.size()));
    }
    bytes
}

/// Operation, measurement and settings of a request's bytes.
#[must_use]
pub fn read_request(bytes: &[u8]) -> Option<(u8, Measurement, Settings<'_>)> {
    let (&[operation, measurement], settings) = bytes.split_first_chunk::<2>()?;
    Some((operation, Measurement::from_id(measurement), Settings(settings)))
}

/// What a read of the control point tells: which measurements the pod has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features(u16);

impl Features {
    /// From the bytes read; `None` if they are something else.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        match *bytes {
            [0x0F, low, high, ..] => Some(Self(u16::from_le_bytes([low, high]))),
            _ => None,
        }
    }

    /// Whether the pod has it.
    #[must_use]
    pub const fn has(self, measurement: Measurement) -> bool {
        match measurement {
            Measurement::Other(_) => false,
            known => self.0 >> known.id() & 1 != 0,
        }
    }
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The request's operation.
    pub operation: u8,
    /// The request's measurement.
    pub measurement: Measurement,
    /// 0 is success; [`Status`] names the others.
    pub status: Status,
    /// More settings follow in the next indication.
    pub more: bool,
    /// Settings, where some were asked for.
    pub settings: Settings<'a>,
}

/// How a request fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done,
    /// The pod does not know such a thing.
    NotSupported,
    /// A setting is not offered.
    WrongSetting,
    /// It is as asked for already.
    AlreadyInState,
    /// Not in this state.
    WrongState,
    /// On its charger.
    OnCharger,
    /// The MTU is too small.
    Mtu,
    /// Any other number.
    Other(u8),
}

impl Status {
    /// From its byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Done,
            1..=3 => Self::NotSupported,
            4 | 5 | 7 | 8 | 9 | 11 => Self::WrongSetting,
            6 => Self::AlreadyInState,
            10 => Self::Mtu,
            12 => Self::WrongState,
            13 => Self::OnCharger,
            other => Self::Other(other),
        }
    }
}

impl<'a> Answer<'a> {
    /// From an indication; `None` if it is none of an answer.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[0xF0, operation, measurement, status], rest) = bytes.split_first_chunk::<4>()? else {
            return None;
        };
        let (more, settings) = rest.split_first().map_or((0, rest), |(&more, rest)| (more, rest));
        Some(Self {
            operation,
            measurement: Measurement::from_id(measurement),
            status: Status::from_byte(status),
            more: more != 0,
            settings: Settings(settings),
        })
    }
}

/// Settings as bytes: identifier, number of values, values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings<'a>(pub &'a [u8]);

impl Settings<'_> {
    /// The values of a setting, in the pod's order; empty when it is not there.
    pub fn values(&self, wanted: Setting) -> impl Iterator<Item = u32> {
        let mut rest = self.0;
        let mut found: &[u8] = &[];
        while let Some((&[id, count], behind)) = rest.split_first_chunk::<2>() {
            // Beyond an unknown one nobody knows where the next begins.
            let Some(setting) = Setting::ALL.into_iter().find(|setting| setting.id() == id) else {
                break;
            };
            let Some((values, next)) = behind.split_at_checked(usize::from(count) * setting.size()) else {
                break;
            };
            if setting == wanted {
                found = values;
            }
            rest = next;
        }
        found.chunks_exact(wanted.size()).map(|bytes| {
            bytes
                .iter()
                .rev()
                .fold(0, |value, &byte| value << 8 | u32::from(byte))
        })
    }

    /// What one count means, where an answer to a start says so.
    #[must_use]
    pub fn factor(&self) -> Option<f32> {
        self.values(Setting::Factor)
            .next()
            .map(f32::from_bits)
            .filter(|factor| factor.is_finite() && *factor > 0.0)
    }
}
