//! The coach's pods without a radio: the phone in a belt, and earbuds.
//!
//! Decides nothing. Invariant: as in [`super`].

use plumbline_core::pod::{kind::PodKind, site::Site};

use super::Coach;
use crate::{
    error::CoachError,
    motion::{MotionSample, MotionSource},
};

#[uniffi::export]
impl Coach {
    /// A batch of samples of the phone itself, worn at this place; the first one begins the stream. At most ten a second.
    pub fn phone_motion(
        &self,
        site: Site,
        source: MotionSource,
        samples: Vec<MotionSample>,
    ) -> Result<(), CoachError> {
        let batch: Vec<_> = samples.into_iter().map(Into::into).collect();
        self.with(|host, now| {
            host.motion(now, site, PodKind::Phone, source.into(), &batch);
            Ok(())
        })
    }

    /// A batch of samples of earbuds' head motion, where the phone offers it; the first one begins the stream. At most
    /// ten a second. No lean is told from it.
    pub fn head_motion(&self, source: MotionSource, samples: Vec<MotionSample>) -> Result<(), CoachError> {
        let batch: Vec<_> = samples.into_iter().map(Into::into).collect();
        self.with(|host, now| {
            host.motion(now, Site::Head, PodKind::Earbuds, source.into(), &batch);
            Ok(())
        })
    }

    /// The earbuds are not worn any more.
    pub fn end_head_motion(&self) -> Result<(), CoachError> {
        self.with(|host, now| {
            host.end_motion(now, Site::Head);
            Ok(())
        })
    }

    /// The phone is not worn any more.
    pub fn end_phone_motion(&self, site: Site) -> Result<(), CoachError> {
        self.with(|host, now| {
            host.end_motion(now, site);
            Ok(())
        })
    }
}
