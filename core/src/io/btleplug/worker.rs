//! The radio's thread: opens the adapter, does what is asked, says what it hears.
//!
//! Decides nothing about pods. Invariant: however often the system's radio goes and comes, requests are taken until the
//! link is dropped.

use std::{collections::BTreeMap, pin::Pin, time::Duration};

use btleplug::{
    api::{Central, CentralEvent, CentralState, Manager as _, Peripheral as _, ScanFilter},
    platform::{Adapter, Manager, Peripheral, PeripheralId},
};
use futures_util::{Stream, StreamExt};
use tokio::{
    sync::mpsc::UnboundedReceiver,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};
use uuid::Uuid as SystemUuid;

use super::{Says, errors, pod::Pod};
use crate::pod::{
    gatt::{Advertisement, Uuid},
    pairing::{AdapterState, ConnectError, PodId, RadioEvent, RadioRequest},
};

/// Time between two looks for a radio while there is none, and at the state of the one there is. Ours.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A system that forbids a scan is asked again after this time: nothing tells of a permission given later. Ours.
const FORBIDDEN_FOR: Duration = Duration::from_secs(10);
/// Time for links to close at the end; BlueZ takes 2.0 to 2.7 s. Ours.
const FAREWELL: Duration = Duration::from_secs(4);

type Events = Pin<Box<dyn Stream<Item = CentralEvent> + Send>>;

/// Why a radio is served no longer.
#[derive(PartialEq)]
enum End {
    /// The link was dropped.
    Dropped,
    /// The radio or the service that drives it is gone.
    Gone,
}

/// Serves requests until the link is dropped.
pub(super) async fn work(mut asked: UnboundedReceiver<RadioRequest>, says: Says) {
    let mut told = None;
    loop {
        let state = match open().await {
            Ok((manager, adapter, events)) => {
                let mut radio = Radio::new(manager, adapter, says.clone());
                if radio.serve(&mut asked, events).await == End::Dropped {
                    return;
                }
                told = None;
                AdapterState::Absent
            }
            Err(state) => state,
        };
        if told != Some(state) {
            told = Some(state);
            says.say(RadioEvent::Adapter(state));
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            // Without a radio nothing can be done; who asks will hear when there is one.
            request = asked.recv() => if request.is_none() { return },
        }
    }
}

async fn open() -> Result<(Manager, Adapter, Events), AdapterState> {
    let why = |error: btleplug::Error| {
        log::info!("no radio: {error}");
        if errors::is_forbidden(&error) {
            AdapterState::NotPermitted
        } else {
            AdapterState::Absent
        }
    };
    let manager = Manager::new().await.map_err(why)?;
    let adapters = manager.adapters().await.map_err(why)?;
    let adapter = adapters.into_iter().next().ok_or(AdapterState::Absent)?;
    let events = adapter.events().await.map_err(why)?;
    Ok((manager, adapter, events))
}

struct Radio {
    manager: Manager,
    adapter: Adapter,
    says: Says,
    state: Option<AdapterState>,
    /// When the system said that this program may not use it.
    forbidden_at: Option<Instant>,
    pods: BTreeMap<PodId, Pod>,
    ids: BTreeMap<PeripheralId, PodId>,
}

impl Radio {
    fn new(manager: Manager, adapter: Adapter, says: Says) -> Self {
        Self {
            manager,
            adapter,
            says,
            state: None,
            forbidden_at: None,
            pods: BTreeMap::new(),
            ids: BTreeMap::new(),
        }
    }

    async fn serve(&mut self, asked: &mut UnboundedReceiver<RadioRequest>, mut events: Events) -> End {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                request = asked.recv() => match request {
                    Some(request) => self.perform(request).await,
                    None => break,
                },
                event = events.next() => match event {
                    Some(event) => self.hear(event),
                    None => return End::Gone,
                },
                _ = look.tick() => if !self.look().await { return End::Gone },
            }
        }
        let closing = self
            .pods
            .values_mut()
            .filter(|pod| pod.is_linked())
            .map(Pod::disconnect);
        let closing: Vec<_> = closing.collect();
        let _ = timeout(FAREWELL, futures_util::future::join_all(closing)).await;
        End::Dropped
    }

    /// Says how the radio is when that changed; false when it is gone.
    async fn look(&mut self) -> bool {
        let state = self
            .adapter
            .adapter_state()
            .await
            .unwrap_or(CentralState::PoweredOff);
        // BlueZ's adapter that is gone looks like one that is off.
        let is_there = state == CentralState::PoweredOn
            || self
                .manager
                .adapters()
                .await
                .is_ok_and(|adapters| !adapters.is_empty());
        let is_forbidden = self.forbidden_at.is_some_and(|at| at.elapsed() < FORBIDDEN_FOR);
        if is_there && !is_forbidden {
            self.turned(&state);
        }
        is_there
    }

    fn turned(&mut self, state: &CentralState) {
        match state {
            CentralState::PoweredOn => self.set(AdapterState::On),
            CentralState::PoweredOff => self.set(AdapterState::Off),
            CentralState::Unknown => {}
        }
    }

    fn set(&mut self, state: AdapterState) {
        if self.state == Some(state) {
            return;
        }
        self.state = Some(state);
        if state != AdapterState::On {
            self.pods.values_mut().for_each(Pod::reset);
        }
        self.says.say(RadioEvent::Adapter(state));
    }

    async fn perform(&mut self, request: RadioRequest) {
        match request {
            RadioRequest::StartScan { services } => self.start_scan(&services).await,
            RadioRequest::StopScan => {
                if let Err(error) = self.adapter.stop_scan().await {
                    log::info!("the scan did not stop: {error}");
                }
            }
            RadioRequest::Connect { pod } => match self.pod(&pod).await {
                Some(known) => known.connect(),
                None => self.says.say(RadioEvent::ConnectFailed {
                    pod,
                    error: ConnectError::Unknown,
                }),
            },
            RadioRequest::Discover { pod } => {
                if let Some(pod) = self.pods.get(&pod) {
                    pod.discover();
                }
            }
            RadioRequest::Disconnect { pod } => match self.pods.get_mut(&pod) {
                // It ends by itself.
                Some(pod) => drop(pod.disconnect()),
                None => self.says.say(RadioEvent::Disconnected { pod }),
            },
            RadioRequest::Gatt { pod, request } => {
                if let Some(pod) = self.pods.get(&pod) {
                    pod.ask(request);
                }
            }
        }
    }

    async fn start_scan(&mut self, services: &[Uuid]) {
        let services = services
            .iter()
            .map(|uuid| SystemUuid::from_u128(uuid.bits()))
            .collect();
        let Err(error) = self.adapter.start_scan(ScanFilter { services }).await else {
            return;
        };
        log::info!("the scan did not start: {error}");
        if errors::is_forbidden(&error) {
            self.forbidden_at = Some(Instant::now());
            self.set(AdapterState::NotPermitted);
        } else if errors::is_off(&error) {
            self.set(AdapterState::Off);
        }
    }

    fn hear(&mut self, event: CentralEvent) {
        match event {
            CentralEvent::StateUpdate(state) => self.turned(&state),
            CentralEvent::DeviceConnected(id) => {
                if let Some(pod) = self.known(&id) {
                    pod.connected();
                }
            }
            CentralEvent::DeviceDisconnected(id) => {
                if let Some(pod) = self.known(&id) {
                    pod.disconnected();
                }
            }
            CentralEvent::DeviceDiscovered(id)
            | CentralEvent::DeviceUpdated(id)
            | CentralEvent::RssiUpdate { id, .. }
            | CentralEvent::ServicesAdvertisement { id, .. }
            | CentralEvent::ManufacturerDataAdvertisement { id, .. } => {
                // On a task of its own: a system that answers late must not keep requests waiting.
                tokio::spawn(found(self.adapter.clone(), id, self.says.clone()));
            }
            _ => {}
        }
    }

    fn known(&self, id: &PeripheralId) -> Option<&Pod> {
        self.pods.get(self.ids.get(id)?)
    }

    /// A pod by our name for it, among those the system knows; kept from then on.
    async fn pod(&mut self, id: &PodId) -> Option<&mut Pod> {
        if !self.pods.contains_key(id) {
            let known = self.adapter.peripherals().await.ok()?;
            let peripheral = known.into_iter().find(|known| pod_id(known) == *id)?;
            self.ids.insert(peripheral.id(), id.clone());
            let pod = Pod::new(id.clone(), peripheral, self.says.clone());
            self.pods.insert(id.clone(), pod);
        }
        self.pods.get_mut(id)
    }
}

async fn found(adapter: Adapter, id: PeripheralId, says: Says) {
    let Ok(peripheral) = adapter.peripheral(&id).await else {
        return;
    };
    let Ok(Some(properties)) = peripheral.properties().await else {
        return;
    };
    // A device that was heard of in an earlier scan, and is not heard now, has no strength on BlueZ.
    if cfg!(target_os = "linux") && properties.rssi.is_none() {
        return;
    }
    let advertisement = Advertisement {
        name: properties.advertisement_name.or(properties.local_name),
        services: properties
            .services
            .iter()
            .map(|uuid| Uuid::new(uuid.as_u128()))
            .collect(),
        manufacturer_data: properties.manufacturer_data.into_iter().collect(),
        rssi: properties.rssi,
    };
    let pod = pod_id(&peripheral);
    says.say(RadioEvent::Found { pod, advertisement });
}

/// An address where the system tells it, else the system's own number.
fn pod_id(peripheral: &Peripheral) -> PodId {
    let address = peripheral.address();
    PodId(if address == btleplug::api::BDAddr::default() {
        peripheral.id().to_string()
    } else {
        address.to_string()
    })
}
