//! From the bytes of one notification to a frame, and the talk that leads to such notifications: one file a maker.
//!
//! Never touches the radio. Keeps of a stream only what a frame needs that does not fit one notification; order, loss and
//! time belong to [`super::clock`]. Invariant: any bytes give frames or an error, never a panic, and memory is bounded.

mod crc;
pub mod lean_pod;
pub mod metawear;
pub mod movella_dot;
pub mod movesense;
pub mod polar;
pub mod standard;
mod talk;
pub mod witmotion;

use super::{
    conversation::{Conversation, StreamSetup},
    frame::{FrameError, PodFrame},
    gatt::Uuid,
    kind::PodKind,
};

/// Decodes what a pod sends while it streams.
#[derive(Clone, Debug)]
pub struct StreamDecoder(Language);

#[derive(Clone, Debug)]
enum Language {
    LeanPod(PodFrame),
    Polar(Box<polar::PolarStream>),
    Movesense(movesense::MovesenseStream),
    Dot(movella_dot::DotStream),
    Wit(witmotion::WitStream),
    /// Sums alone.
    Standard,
}

impl Default for StreamDecoder {
    fn default() -> Self {
        Self::new(&StreamSetup::of(PodKind::LeanPod))
    }
}

impl StreamDecoder {
    /// For a stream that was started so.
    #[must_use]
    pub fn new(setup: &StreamSetup) -> Self {
        Self(match setup.kind {
            PodKind::LeanPod | PodKind::Phone | PodKind::Earbuds => Language::LeanPod(PodFrame::default()),
            PodKind::PolarH10 | PodKind::PolarVeritySense | PodKind::PolarOh1 => {
                Language::Polar(Box::new(polar::PolarStream::new(setup)))
            }
            PodKind::Movesense => Language::Movesense(movesense::MovesenseStream::new(setup)),
            PodKind::MovellaDot => Language::Dot(movella_dot::DotStream::new(setup)),
            PodKind::WitMotion => Language::Wit(witmotion::WitStream::new(setup)),
            PodKind::StandardSensor => Language::Standard,
        })
    }

    /// Takes one notification; whole frames go to `emit`, which may be called never, once, or more often. After a
    /// start-up nothing is allocated for a frame.
    pub fn decode(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        emit: &mut dyn FnMut(&PodFrame),
    ) -> Result<(), FrameError> {
        match &mut self.0 {
            Language::LeanPod(frame) => {
                if characteristic != lean_pod::LIVE && characteristic != lean_pod::BACKFILL {
                    return Err(FrameError::Characteristic);
                }
                lean_pod::decode_into(bytes, frame)?;
                emit(frame);
                Ok(())
            }
            Language::Polar(stream) => stream.decode(characteristic, bytes, emit),
            Language::Movesense(stream) => stream.decode(characteristic, bytes, emit),
            Language::Dot(stream) => stream.decode(characteristic, bytes, emit),
            Language::Wit(stream) => stream.decode(characteristic, bytes, emit),
            Language::Standard => Err(FrameError::Characteristic),
        }
    }
}

/// The talk that leads to a stream of a pod of this kind; `None` where no radio is talked to: the phone, earbuds.
#[must_use]
pub fn conversation(kind: PodKind) -> Option<Box<dyn Conversation>> {
    Some(match kind {
        PodKind::LeanPod => Box::new(lean_pod::LeanPodTalk::default()),
        PodKind::PolarH10 | PodKind::PolarVeritySense | PodKind::PolarOh1 => {
            Box::new(polar::PolarTalk::new(kind))
        }
        PodKind::Movesense => Box::new(movesense::MovesenseTalk::default()),
        PodKind::MovellaDot => Box::new(movella_dot::DotTalk::default()),
        PodKind::WitMotion => Box::new(witmotion::WitTalk::default()),
        PodKind::StandardSensor => Box::new(standard::StandardTalk),
        PodKind::Phone | PodKind::Earbuds => return None,
    })
}

#[cfg(test)]
mod tests;
