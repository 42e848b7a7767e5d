//! What a DOT sends of a file of its recording, after [`super::message::select_motion`].
//!
//! Keeps no file together and fills no hole of a stream. Invariant: a packet of other columns than those chosen is refused.
//!
//! One fact is missing for that, which no public text or capture gives: whether a pod that streams takes up *start recording*,
//! and then goes on streaming. The maker's text allows a recording, the list of files and their export in the idle state
//! alone, and its manual calls streaming and recording two types of measurement; neither says what a pod answers to one
//! in the other. Where a file's information holds its begin is known (message 0x61), so that its file could be told apart.

use glam::DVec3;

use super::message::{Message, Topic, recording};
use crate::pod::frame::{FrameError, PodSample};

/// Bytes of a packet's data behind what it is: number, stamp, acceleration, turning rate.
const PACKET: usize = 4 + 4 + 12 + 12;

/// A message of an export.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Exported {
    /// One sample.
    Sample {
        /// Counts the packets of a file, from 0: a jump is a loss, to be asked for with [`resend_from`].
        number: u32,
        /// The pod's clock, microseconds; begins again after 71.6 minutes.
        stamp_us: u32,
        /// The sample.
        sample: PodSample,
    },
    /// The pod itself found a packet damaged in its memory.
    Damaged {
        /// Its number.
        number: u32,
    },
    /// The file is sent.
    Done,
    /// There is no such file.
    NoFile,
}

impl Exported {
    /// From a message's bytes; `None` if it tells of something else.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, FrameError> {
        let message = Message::parse(bytes)?;
        if message.topic & 0x7F != Topic::Recording as u8 {
            return Ok(None);
        }
        let Some((&what, data)) = message.data.split_first() else {
            return Ok(None);
        };
        let wrong = FrameError::Length {
            expected: 1 + PACKET,
            found: message.data.len(),
        };
        match what {
            recording::FILE_PACKET => sample(data, wrong).map(Some),
            recording::DAMAGED_PACKET => {
                let number = data.first_chunk().ok_or(wrong)?;
                Ok(Some(Self::Damaged {
                    number: u32::from_le_bytes(*number),
                }))
            }
            recording::FILE_DONE => Ok(Some(Self::Done)),
            recording::NO_FILE => Ok(Some(Self::NoFile)),
            _ => Ok(None),
        }
    }
}

fn sample(data: &[u8], wrong: FrameError) -> Result<Exported, FrameError> {
    let (words, rest) = data.as_chunks::<4>();
    let (&[number, stamp, ax, ay, az, gx, gy, gz], []) = (words.first_chunk::<8>().ok_or(wrong)?, rest)
    else {
        return Err(wrong);
    };
    if data.len() != PACKET {
        return Err(wrong);
    }
    let vector = |axes: [[u8; 4]; 3]| DVec3::from_array(axes.map(|axis| f32::from_le_bytes(axis).into()));
    let sample = PodSample {
        specific_force: vector([ax, ay, az]),
        angular_velocity: Some(vector([gx, gy, gz]) * 1_f64.to_radians()),
    };
    if !sample.specific_force.is_finite() || !sample.angular_velocity.is_none_or(DVec3::is_finite) {
        return Err(FrameError::NotFinite);
    }
    Ok(Exported::Sample {
        number: u32::from_le_bytes(number),
        stamp_us: u32::from_le_bytes(stamp),
        sample,
    })
}

/// Asks for everything from a packet on once more.
#[must_use]
pub fn resend_from(number: u32) -> Vec<u8> {
    let [a, b, c, d] = number.to_le_bytes();
    Message::bytes(Topic::Recording, &[recording::RESEND, a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(number: u32, values: [f32; 6]) -> Vec<u8> {
        let mut data = vec![recording::FILE_PACKET];
        data.extend(number.to_le_bytes());
        data.extend(1234_u32.to_le_bytes());
        data.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        Message::bytes(Topic::Recording, &data)
    }

    #[test]
    fn a_packet_is_a_sample_with_its_number_and_stamp() {
        let bytes = packet(7, [1.0, 2.0, 9.5, 180.0, 0.0, 0.0]);
        let Ok(Some(Exported::Sample {
            number,
            stamp_us,
            sample,
        })) = Exported::parse(&bytes)
        else {
            panic!("{:?}", Exported::parse(&bytes))
        };
        assert_eq!((number, stamp_us), (7, 1234));
        assert_eq!(sample.specific_force, DVec3::new(1.0, 2.0, 9.5));
        let turn = sample.angular_velocity.unwrap();
        assert!((turn - DVec3::X * std::f64::consts::PI).length() < 1e-9);
    }

    #[test]
    fn ends_damage_and_other_columns_are_told_apart() {
        let say = |data: &[u8]| Exported::parse(&Message::bytes(Topic::Recording, data));
        assert_eq!(say(&[recording::FILE_DONE]), Ok(Some(Exported::Done)));
        assert_eq!(say(&[recording::NO_FILE]), Ok(Some(Exported::NoFile)));
        assert_eq!(say(&[recording::STATE]), Ok(None));
        assert_eq!(
            say(&[recording::DAMAGED_PACKET, 9, 0, 0, 0]),
            Ok(Some(Exported::Damaged { number: 9 }))
        );
        assert!(matches!(
            say(&[recording::FILE_PACKET; 20]),
            Err(FrameError::Length { .. })
        ));
        assert_eq!(
            Exported::parse(&packet(0, [f32::NAN; 6])),
            Err(FrameError::NotFinite)
        );
        let mut damaged = packet(0, [0.0; 6]);
        damaged[9] ^= 1;
        assert_eq!(Exported::parse(&damaged), Err(FrameError::Checksum));
        assert_eq!(
            resend_from(258),
            Message::bytes(Topic::Recording, &[0x75, 2, 1, 0, 0])
        );
    }
}
