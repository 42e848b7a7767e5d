//! One pod's link: what it is asked, in order, and what it says.
//!
//! Knows no protocol. Invariant: a pod keeps one peripheral and one stream of notifications for as long as the radio is
//! open, so that nothing it sends after a new connection is missed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use btleplug::{
    api::{Peripheral as _, WriteType},
    platform::Peripheral,
};
use futures_util::StreamExt;
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        oneshot,
    },
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use uuid::Uuid as SystemUuid;

use super::{Says, errors};
use crate::pod::{
    gatt::{Characteristic, GattError, GattEvent, GattRequest, Uuid},
    pairing::{ConnectError, PodId, RadioEvent},
};

/// What was asked before may take this long when the link is to close. Ours.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Time between two questions whether BlueZ is done connecting. Ours.
#[cfg(target_os = "linux")]
const PENDING_AGAIN: Duration = Duration::from_millis(100);

/// What is done in order.
enum Task {
    Discover,
    Ask(GattRequest),
    Mark(oneshot::Sender<()>),
}

/// A pod that the radio knows.
pub(super) struct Pod {
    line: Line,
    tasks: UnboundedSender<Task>,
    connecting: Option<JoinHandle<()>>,
}

/// What its tasks share.
#[derive(Clone)]
struct Line {
    id: PodId,
    peripheral: Peripheral,
    linked: Arc<AtomicBool>,
    says: Says,
}

impl Pod {
    pub(super) fn new(id: PodId, peripheral: Peripheral, says: Says) -> Self {
        let line = Line {
            id,
            peripheral,
            linked: Arc::default(),
            says,
        };
        let (tasks, todo) = unbounded_channel();
        tokio::spawn(work(line.clone(), todo));
        Self {
            line,
            tasks,
            connecting: None,
        }
    }

    pub(super) fn connect(&mut self) {
        self.give_up();
        let line = self.line.clone();
        self.connecting = Some(tokio::spawn(async move {
            match line.peripheral.connect().await {
                Ok(()) => line.connected(),
                Err(error) => {
                    log::info!("{}: connecting failed: {error}", line.id.0);
                    line.connect_failed(errors::of_connecting(&error));
                }
            }
        }));
    }

    pub(super) fn discover(&self) {
        self.give(Task::Discover);
    }

    pub(super) fn ask(&self, request: GattRequest) {
        self.give(Task::Ask(request));
    }

    /// Closes the link when what was asked before is done; gives the task that does so.
    pub(super) fn disconnect(&mut self) -> JoinHandle<()> {
        self.give_up();
        let (mark, reached) = oneshot::channel();
        self.give(Task::Mark(mark));
        let line = self.line.clone();
        tokio::spawn(async move {
            let _ = timeout(LAST_WORDS, reached).await;
            let was_linked = line.linked.load(Ordering::Relaxed);
            if let Err(error) = line.peripheral.disconnect().await {
                log::info!("{}: disconnecting failed: {error}", line.id.0);
            }
            // A link that was never open is told of nowhere else.
            if !was_linked {
                line.say_disconnected();
            } else if !line.peripheral.is_connected().await.unwrap_or(false) {
                line.disconnected();
            }
        })
    }

    pub(super) fn connected(&self) {
        self.line.connected();
    }

    pub(super) fn disconnected(&self) {
        self.line.disconnected();
    }

    /// The radio is off: no link is left, and nobody need be told.
    pub(super) fn reset(&mut self) {
        self.give_up();
        self.line.linked.store(false, Ordering::Relaxed);
    }

    pub(super) fn is_linked(&self) -> bool {
        self.line.linked.load(Ordering::Relaxed)
    }

    fn give_up(&mut self) {
        if let Some(connecting) = self.connecting.take() {
            connecting.abort();
        }
    }

    fn give(&self, task: Task) {
        // Its receiver lives as long as the runtime.
        let _ = self.tasks.send(task);
    }
}

impl Line {
    fn connected(&self) {
        if !self.linked.swap(true, Ordering::Relaxed) {
            let pod = self.id.clone();
            self.says.say(RadioEvent::Connected { pod });
        }
    }

    fn disconnected(&self) {
        if self.linked.swap(false, Ordering::Relaxed) {
            self.say_disconnected();
        }
    }

    fn say_disconnected(&self) {
        let pod = self.id.clone();
        self.says.say(RadioEvent::Disconnected { pod });
    }

    fn connect_failed(&self, error: ConnectError) {
        let pod = self.id.clone();
        self.says.say(RadioEvent::ConnectFailed { pod, error });
    }

    fn gatt(&self, event: GattEvent) {
        let pod = self.id.clone();
        self.says.say(RadioEvent::Gatt { pod, event });
    }

    async fn discover(&self) -> btleplug::Result<Vec<Characteristic>> {
        self.services_known().await?;
        self.peripheral.discover_services().await?;
        let offered = self.peripheral.characteristics();
        Ok(offered
            .iter()
            .map(|one| Characteristic::new(ours(one.service_uuid), ours(one.uuid)))
            .collect())
    }

    /// BlueZ says that a pod is connected before it knows its services; connecting again waits for them.
    #[cfg(target_os = "linux")]
    async fn services_known(&self) -> btleplug::Result<()> {
        // Never to open a link that was closed meanwhile.
        while self.linked.load(Ordering::Relaxed) {
            match self.peripheral.connect().await {
                Err(error) if errors::of_connecting(&error) == ConnectError::Pending => {
                    tokio::time::sleep(PENDING_AGAIN).await;
                }
                answer => return answer,
            }
        }
        Err(btleplug::Error::NotConnected)
    }

    #[cfg(not(target_os = "linux"))]
    async fn services_known(&self) -> btleplug::Result<()> {
        Ok(())
    }

    async fn ask(&self, request: &GattRequest) -> Result<GattEvent, GattError> {
        let characteristic = request.characteristic();
        let offered = self.peripheral.characteristics();
        let target = offered
            .iter()
            .find(|one| {
                ours(one.service_uuid) == characteristic.service && ours(one.uuid) == characteristic.uuid
            })
            .ok_or(GattError::NotFound)?;
        let answer = match request {
            GattRequest::Subscribe { .. } => self
                .peripheral
                .subscribe(target)
                .await
                .map(|()| GattEvent::Subscribed { characteristic }),
            GattRequest::Read { .. } => self.peripheral.read(target).await.map(|bytes| GattEvent::Value {
                characteristic,
                bytes,
            }),
            GattRequest::Write {
                bytes, with_response, ..
            } => {
                let kind = if *with_response {
                    WriteType::WithResponse
                } else {
                    WriteType::WithoutResponse
                };
                let written = self.peripheral.write(target, bytes, kind).await;
                written.map(|()| GattEvent::Wrote { characteristic })
            }
        };
        answer.map_err(|error| errors::of_asking(&error))
    }
}

/// Does what the pod is asked, in order.
async fn work(line: Line, mut todo: UnboundedReceiver<Task>) {
    // Ends with this task.
    let mut listening = JoinSet::new();
    while let Some(task) = todo.recv().await {
        match task {
            Task::Discover => {
                // Before anything is subscribed to, so that the first notification is heard.
                if listening.is_empty() {
                    listen(&line, &mut listening).await;
                }
                match line.discover().await {
                    Ok(offered) => {
                        let pod = line.id.clone();
                        line.says.say(RadioEvent::Discovered { pod, offered });
                    }
                    Err(error) => {
                        log::info!("{}: discovery failed: {error}", line.id.0);
                        line.connect_failed(errors::of_connecting(&error));
                    }
                }
            }
            Task::Ask(request) => {
                let characteristic = request.characteristic();
                let answer = line.ask(&request).await;
                line.gatt(answer.unwrap_or_else(|error| GattEvent::Failed {
                    characteristic,
                    error,
                }));
            }
            Task::Mark(mark) => {
                let _ = mark.send(());
            }
        }
    }
}

/// Queues what the pod sends, on a task that does nothing else.
async fn listen(line: &Line, listening: &mut JoinSet<()>) {
    let mut stream = match line.peripheral.notifications().await {
        Ok(stream) => stream,
        Err(error) => {
            log::warn!("{}: listening failed: {error}", line.id.0);
            return;
        }
    };
    let line = line.clone();
    listening.spawn(async move {
        while let Some(said) = stream.next().await {
            let characteristic = Characteristic::new(ours(said.service_uuid), ours(said.uuid));
            let bytes = said.value;
            line.gatt(GattEvent::Value {
                characteristic,
                bytes,
            });
        }
    });
}

fn ours(uuid: SystemUuid) -> Uuid {
    Uuid::new(uuid.as_u128())
}
