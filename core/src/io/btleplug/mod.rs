//! The radio of this machine by way of btleplug: Linux, macOS, Windows, iOS and Android behind one link.
//!
//! Holds no policy: it does what it is asked and says what it hears. Invariant: whatever a pod sends is queued with the
//! moment it came by a task that does nothing else, however busy the program is; dropping the link closes it and joins
//! its one thread.
//!
//! Its panics must unwind: `bluez-async` 0.9.0 panics now and then in a task of its own when a stream of events is
//! dropped, and the text on standard error is all that comes of it. Streams are dropped once a pod, not once a link.

#[cfg(target_os = "android")]
mod android;
mod errors;
mod pod;
mod worker;

#[cfg(target_os = "android")]
pub use android::{StartError, start};

use std::{
    io,
    sync::{
        Arc,
        mpsc::{self, Receiver, SyncSender, TrySendError},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use tokio::{runtime, sync::mpsc::UnboundedSender};

use crate::{
    pod::pairing::{RadioEvent, RadioRequest},
    ports::{Clock, PodLink},
    units::Timestamp,
};

/// What waits at most: a quarter of an hour of two pods at 208 Hz that nobody takes. Ours.
const LONGEST_QUEUE: usize = 32_768;

/// The radio of this machine.
pub struct BtleplugLink {
    /// `None` once it closes.
    requests: Option<UnboundedSender<RadioRequest>>,
    events: Receiver<(Timestamp, RadioEvent)>,
    worker: Option<JoinHandle<()>>,
}

impl BtleplugLink {
    /// Opens the radio; what it says is stamped by `clock` as it comes.
    ///
    /// On Android the application must have called `start` before.
    pub fn open(clock: Arc<dyn Clock>) -> io::Result<Self> {
        let (requests, asked) = tokio::sync::mpsc::unbounded_channel();
        let (sender, events) = mpsc::sync_channel(LONGEST_QUEUE);
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let says = Says { clock, sender };
        let worker = thread::Builder::new()
            .name("plumbline-radio".to_owned())
            .spawn(move || {
                runtime.block_on(worker::work(asked, says));
                // A call into the system that never returns must not keep the program.
                runtime.shutdown_timeout(Duration::from_millis(100));
            })?;
        Ok(Self {
            requests: Some(requests),
            events,
            worker: Some(worker),
        })
    }
}

impl PodLink for BtleplugLink {
    fn submit(&mut self, request: RadioRequest) {
        // The worker ends only when this end is dropped.
        let sent = self.requests.as_ref().map(|requests| requests.send(request));
        if !matches!(sent, Some(Ok(()))) {
            log::error!("the radio has ended");
        }
    }

    fn next_event(&mut self, wait: Duration) -> Option<(Timestamp, RadioEvent)> {
        self.events.recv_timeout(wait).ok()
    }
}

impl Drop for BtleplugLink {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(worker) = self.worker.take()
            && worker.join().is_err()
        {
            log::error!("the radio's thread ended in a panic");
        }
    }
}

/// Where events go.
#[derive(Clone)]
struct Says {
    clock: Arc<dyn Clock>,
    sender: SyncSender<(Timestamp, RadioEvent)>,
}

impl Says {
    fn say(&self, event: RadioEvent) {
        if let Err(TrySendError::Full(_)) = self.sender.try_send((self.clock.now(), event)) {
            log::error!("nobody takes what the radio says: an event is lost");
        }
    }
}
