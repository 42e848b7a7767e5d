//! The twenty bytes of a `WitMotion` frame.
//!
//! Finds no frame in a stream. Invariant: every twenty bytes that begin as they must are a frame: there is no checksum.

/// Bytes of a frame of either kind.
pub const LENGTH: usize = 20;
/// What every frame begins with.
pub const HEAD: u8 = 0x55;
/// A frame of motion.
pub const MOTION: u8 = 0x61;
/// The answer to a read of registers.
pub const REGISTERS: u8 = 0x71;

/// g in one count of the accelerometer.
pub const G_PER_COUNT: f64 = 16.0 / 32_768.0;
/// °/s in one count of the gyroscope.
pub const DPS_PER_COUNT: f64 = 2000.0 / 32_768.0;
/// Degrees in one count of an angle.
pub const DEG_PER_COUNT: f64 = 180.0 / 32_768.0;

/// What a frame tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Counts of accelerometer, gyroscope and roll, pitch, yaw.
    Motion([i16; 9]),
    /// Eight registers from one on.
    Registers {
        /// The first one.
        register: u8,
        /// Their values.
        values: [i16; 8],
    },
}

impl Frame {
    /// From its bytes; `None` if they begin otherwise.
    #[must_use]
    pub fn parse(bytes: &[u8; LENGTH]) -> Option<Self> {
        let (head, body) = bytes.split_first_chunk::<2>()?;
        match *head {
            [HEAD, MOTION] => Some(Self::Motion(counts(body))),
            [HEAD, REGISTERS] => {
                let (&[register, _], values) = body.split_first_chunk::<2>()?;
                Some(Self::Registers {
                    register,
                    values: counts(values),
                })
            }
            _ => None,
        }
    }
}

fn counts<const N: usize>(bytes: &[u8]) -> [i16; N] {
    let mut counts = [0; N];
    for (count, &bytes) in counts.iter_mut().zip(bytes.as_chunks().0) {
        *count = i16::from_le_bytes(bytes);
    }
    counts
}
