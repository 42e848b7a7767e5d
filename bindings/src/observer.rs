//! What a host implements, and the queue that tells it.
//!
//! Chooses nothing to tell. Invariant: news arrives one at a time, in the order it happened, and never under the
//! coach's lock, so an observer may call the coach back.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use crate::{
    error::CallbackError,
    radio::{NativeRadio, RadioRequest},
    views::{CoachView, Cue},
};

/// Told what changed. Hop to the main thread yourself, and hold your owner weakly.
#[uniffi::export(foreign)]
pub trait CoachObserver: Send + Sync {
    /// The screens show something else now.
    fn view_changed(&self, view: CoachView) -> Result<(), CallbackError>;
    /// Something to say to the runner, now.
    fn cue(&self, cue: Cue) -> Result<(), CallbackError>;
}

/// A host's own clock, for replay and for tests. Read under the coach's lock: answer at once, and do not call the
/// coach.
#[uniffi::export(foreign)]
pub trait HostClock: Send + Sync {
    /// Microseconds since the Unix epoch, never going back.
    fn now_us(&self) -> Result<i64, CallbackError>;
}

/// One thing to tell.
pub(crate) enum Item {
    View(Box<CoachView>),
    Cue(Cue),
    Radio(RadioRequest),
}

/// Passes news on in order, whichever thread brought it.
pub(crate) struct News {
    observer: Option<Arc<dyn CoachObserver>>,
    radio: OnceLock<Arc<dyn NativeRadio>>,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    items: VecDeque<Item>,
    // A second thread, or the observer calling back, leaves its news to the one already telling.
    telling: bool,
}

impl News {
    pub(crate) fn new(observer: Option<Arc<dyn CoachObserver>>) -> Self {
        Self {
            observer,
            radio: OnceLock::new(),
            waiting: Mutex::default(),
        }
    }

    /// From now on requests go to this radio; false when there is one already.
    pub(crate) fn set_radio(&self, radio: Arc<dyn NativeRadio>) -> bool {
        self.radio.set(radio).is_ok()
    }

    /// Queues news; call it under the coach's lock, which gives the order.
    pub(crate) fn add(&self, items: impl IntoIterator<Item = Item>) {
        if self.observer.is_some() || self.radio.get().is_some() {
            self.waiting().items.extend(items);
        }
    }

    /// Tells the observer and the radio all that waits; call it without the coach's lock.
    pub(crate) fn tell(&self) {
        let mut begun = false;
        while let Some(item) = self.next(&mut begun) {
            let told = match (item, &self.observer, self.radio.get()) {
                (Item::View(view), Some(observer), _) => observer.view_changed(*view),
                (Item::Cue(cue), Some(observer), _) => observer.cue(cue),
                (Item::Radio(request), _, Some(radio)) => radio.perform(request),
                _ => Ok(()),
            };
            if let Err(error) = told {
                log::warn!("failed to tell the host: {error}");
            }
        }
    }

    fn next(&self, begun: &mut bool) -> Option<Item> {
        let mut waiting = self.waiting();
        if waiting.telling && !*begun {
            return None;
        }
        let item = waiting.items.pop_front();
        waiting.telling = item.is_some();
        *begun = true;
        item
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use plumbline_core::session::output::CueKind;

    use super::*;

    #[derive(Default)]
    struct Recorder {
        heard: Mutex<Vec<String>>,
        news: OnceLock<Arc<News>>,
    }

    impl CoachObserver for Recorder {
        fn view_changed(&self, _view: CoachView) -> Result<(), CallbackError> {
            Ok(())
        }

        fn cue(&self, cue: Cue) -> Result<(), CallbackError> {
            self.heard.lock().unwrap().push(cue.text.clone());
            if let Some(news) = self.news.get().filter(|_| cue.text == "first") {
                news.add([said("answer")]);
                news.tell();
                self.heard.lock().unwrap().push("end of first".into());
            }
            if cue.text == "broken" {
                return Err(CallbackError::Failed {
                    detail: "no voice".into(),
                });
            }
            Ok(())
        }
    }

    fn said(text: &str) -> Item {
        Item::Cue(Cue {
            at_us: 0,
            kind: CueKind::Instruction,
            text: text.into(),
        })
    }

    #[test]
    fn an_observer_that_calls_back_hears_its_answer_afterwards_and_in_order() {
        let recorder = Arc::new(Recorder::default());
        let news = Arc::new(News::new(Some(Arc::clone(&recorder) as Arc<dyn CoachObserver>)));
        assert!(recorder.news.set(Arc::clone(&news)).is_ok());
        news.add([said("first"), said("second")]);
        news.tell();
        news.add([said("third")]);
        news.tell();
        assert_eq!(
            *recorder.heard.lock().unwrap(),
            ["first", "end of first", "second", "answer", "third"]
        );
    }

    #[test]
    fn an_observer_that_throws_still_hears_the_rest() {
        let recorder = Arc::new(Recorder::default());
        let news = News::new(Some(Arc::clone(&recorder) as Arc<dyn CoachObserver>));
        news.add([said("broken"), said("whole")]);
        news.tell();
        assert_eq!(*recorder.heard.lock().unwrap(), ["broken", "whole"]);
    }
}
