//! The coach's pods: looking for them, wearing them, and the radio they are reached by.
//!
//! Decides nothing. Invariant: as in [`super`].

use std::{sync::Arc, time::Duration};

use plumbline_core::{
    pod::{
        pairing::{PodId, Wish},
        site::Site,
    },
    view::PairingView,
};

use super::Coach;
use crate::{
    error::CoachError,
    radio::{NativeRadio, RadioEvent},
};

#[uniffi::export]
impl Coach {
    /// Reaches pods by the shell's own radio from now on; once a coach.
    pub fn use_radio(&self, radio: Arc<dyn NativeRadio>) -> Result<(), CoachError> {
        if self.news.set_radio(radio) {
            return Ok(());
        }
        Err(CoachError::Invalid {
            detail: "the coach has a radio already".to_owned(),
        })
    }

    /// What the shell's own radio says.
    pub fn radio_event(&self, event: RadioEvent) -> Result<(), CoachError> {
        let event = event.try_into()?;
        self.with(|host, now| {
            host.radio_event(now, &event);
            Ok(())
        })
    }

    /// Looks for pods nearby, until `stop_scan`; `pods` shows them.
    pub fn scan(&self) -> Result<(), CoachError> {
        self.wish(&Wish::Look)
    }

    /// Looks for pods no more. Paired ones are still found.
    pub fn stop_scan(&self) -> Result<(), CoachError> {
        self.wish(&Wish::LookNoMore)
    }

    /// The runner wears this pod there; from now on it connects by itself.
    pub fn pair(&self, pod: String, site: Site) -> Result<(), CoachError> {
        self.wish(&Wish::Pair {
            pod: PodId(pod),
            site,
        })
    }

    /// The pod of this place is the runner's no more.
    pub fn forget(&self, site: Site) -> Result<(), CoachError> {
        self.wish(&Wish::Forget { site })
    }

    /// Lets a pod show itself, as by blinking, where it can.
    pub fn identify(&self, pod: String) -> Result<(), CoachError> {
        self.wish(&Wish::Identify { pod: PodId(pod) })
    }

    /// What the pods screen shows now; ask again a few times a second while it is open.
    #[must_use]
    pub fn pods(&self) -> PairingView {
        self.host().pairing_view()
    }
}

impl Coach {
    fn wish(&self, wish: &Wish) -> Result<(), CoachError> {
        self.with(|host, now| {
            let answer = host.wish(now, wish);
            answer.map_err(|refusal| CoachError::of_pairing(refusal, host.words()))
        })
    }

    /// Hears the core's own radio; does nothing where there is none.
    pub(super) fn listen(&self) -> Result<(), CoachError> {
        self.with(|host, now| {
            host.listen(now, Duration::ZERO);
            Ok(())
        })
    }
}

#[cfg(feature = "btleplug")]
mod own {
    use std::sync::atomic::Ordering;

    use plumbline_core::io::btleplug::BtleplugLink;

    use super::{
        super::{Coach, Time},
        Arc, CoachError,
    };

    #[uniffi::export]
    impl Coach {
        /// Opens the core's own radio, where the shell brings none; from then on call `tick` by `next_deadline_us`.
        pub fn open_radio(&self) -> Result<(), CoachError> {
            let Time::Machine(clock) = &self.clock else {
                return Err(CoachError::Invalid {
                    detail: "a radio needs the machine's own clock".to_owned(),
                });
            };
            let link = BtleplugLink::open(Arc::clone(clock) as _).map_err(|error| CoachError::NotNow {
                detail: format!("the radio does not open: {error}"),
            })?;
            self.host().open_radio(Box::new(link));
            self.radio_wanted.store(true, Ordering::SeqCst);
            Ok(())
        }
    }

    impl Coach {
        pub(in crate::coach) fn reopen_radio(&self) -> Result<(), CoachError> {
            if self.radio_wanted.load(Ordering::SeqCst) {
                self.open_radio()?;
            }
            Ok(())
        }
    }
}

#[cfg(not(feature = "btleplug"))]
impl Coach {
    #[allow(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "as with the core's own radio"
    )]
    pub(super) fn reopen_radio(&self) -> Result<(), CoachError> {
        Ok(())
    }
}
