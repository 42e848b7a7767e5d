//! All pods of one runner, those nearby, and the radio they share.
//!
//! Judges no sample. Invariant: one pod a place, and a scan goes on exactly while the runner looks for pods or a paired
//! one is missing.

use std::collections::{BTreeMap, VecDeque};

use super::{
    machine::{MakeConversation, PodMachine, PodOutput},
    radio::{AdapterState, PodId, RadioEvent, RadioRequest},
    state::Belonging,
    wish::{PairRefusal, RememberedPod, Wish},
};
use crate::{
    pod::{gatt::Advertisement, kind::PodKind, link::LinkEvent, site::Site},
    units::Timestamp,
};

/// A device that was not heard of for this long is no longer nearby, seconds. Ours: pods advertise at least once in two.
const NEARBY_S: f64 = 15.0;

/// A pod nearby.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPod {
    /// What the platform calls it.
    pub id: PodId,
    /// What it is.
    pub kind: PodKind,
    /// What it calls itself.
    pub name: String,
    /// Strength of its signal, dBm.
    pub rssi_dbm: Option<i16>,
    /// Whose it is.
    pub belonging: Belonging,
}

/// What comes of an event or a wish.
#[derive(Clone, Debug, PartialEq)]
pub enum PairingOutput {
    /// Ask the radio.
    Radio(RadioRequest),
    /// Tell the coach.
    Link(LinkEvent),
    /// Keep this pod for the next start, in place of any other of its place.
    Remember(RememberedPod),
    /// Keep the pod of this place no longer.
    Forget(Site),
}

struct Nearby {
    kind: PodKind,
    name: String,
    rssi_dbm: Option<i16>,
    heard_at: Timestamp,
}

/// Owns the machines of all paired pods.
pub struct Roster {
    pods: Vec<PodMachine>,
    nearby: BTreeMap<PodId, Nearby>,
    make: MakeConversation,
    adapter: Option<AdapterState>,
    /// The runner looks for pods.
    looking: bool,
    scanning: bool,
    run_goes_on: bool,
    outputs: VecDeque<PairingOutput>,
}

impl Roster {
    /// With the pods paired earlier; nothing happens before the radio says how it is.
    #[must_use]
    pub fn new(remembered: Vec<RememberedPod>, make: MakeConversation) -> Self {
        let machine = |pod| PodMachine::again(pod, make);
        Self {
            pods: remembered.into_iter().map(machine).collect(),
            nearby: BTreeMap::new(),
            make,
            adapter: None,
            looking: false,
            scanning: false,
            run_goes_on: false,
            outputs: VecDeque::new(),
        }
    }

    /// Whether the radio can be used; `None` before it said so.
    #[must_use]
    pub const fn adapter(&self) -> Option<AdapterState> {
        self.adapter
    }

    /// Whether the runner looks for pods.
    #[must_use]
    pub const fn is_looking(&self) -> bool {
        self.looking
    }

    /// The paired pods, and one that only shows itself, in the order of [`Site::ALL`].
    pub fn pods(&self) -> impl Iterator<Item = &PodMachine> {
        self.pods.iter()
    }

    /// The pods nearby, the strongest first.
    #[must_use]
    pub fn found(&self) -> Vec<FoundPod> {
        let mut found: Vec<FoundPod> = self
            .nearby
            .iter()
            .map(|(id, pod)| FoundPod {
                id: id.clone(),
                kind: pod.kind,
                name: pod.name.clone(),
                rssi_dbm: pod.rssi_dbm,
                belonging: self.belonging(id, pod),
            })
            .collect();
        found.sort_by_key(|pod| std::cmp::Reverse(pod.rssi_dbm));
        found
    }

    fn belonging(&self, id: &PodId, pod: &Nearby) -> Belonging {
        if self
            .pods
            .iter()
            .any(|paired| paired.id() == id && paired.site().is_some())
        {
            return Belonging::Own;
        }
        let same_name = |other: (&PodId, &str)| other.0 != id && other.1 == pod.name;
        let others = self.nearby.iter().map(|(id, pod)| (id, pod.name.as_str()));
        let paired = self.pods.iter().map(|pod| (pod.id(), pod.name()));
        if others.chain(paired).any(same_name) {
            Belonging::SameName
        } else {
            Belonging::Unknown
        }
    }

    /// The next output, until `None`.
    pub fn poll_output(&mut self) -> Option<PairingOutput> {
        self.outputs.pop_front()
    }

    /// Does what the runner asks for; a refusal changes nothing.
    pub fn wish(&mut self, now: Timestamp, wish: &Wish) -> Result<(), PairRefusal> {
        match wish {
            Wish::Look => self.looking = true,
            Wish::LookNoMore => self.looking = false,
            Wish::Pair { pod, site } => self.pair(now, pod, *site)?,
            Wish::Forget { site } => self.forget(now, *site),
            Wish::Identify { pod } => self.identify(now, pod)?,
        }
        self.settle();
        Ok(())
    }

    fn pair(&mut self, now: Timestamp, id: &PodId, site: Site) -> Result<(), PairRefusal> {
        let known = self.pods.iter().position(|pod| pod.id() == id);
        let (kind, name) = match (self.nearby.get(id), known.and_then(|index| self.pods.get(index))) {
            (Some(pod), _) => (pod.kind, pod.name.clone()),
            (None, Some(pod)) => (pod.kind(), pod.name().to_owned()),
            (None, None) => return Err(PairRefusal::NotNearby),
        };
        if !kind.capabilities().motion {
            return Err(PairRefusal::NoMotion);
        }
        if self
            .pods
            .iter()
            .any(|pod| pod.site() == Some(site) && pod.id() != id)
        {
            return Err(PairRefusal::PlaceTaken);
        }
        if let Some(pod) = known.and_then(|index| self.pods.get_mut(index)) {
            let before = pod.site().filter(|before| *before != site);
            self.outputs.extend(before.map(PairingOutput::Forget));
            pod.assign(now, site);
        } else {
            let mut pod = PodMachine::new(id.clone(), kind, name, Some(site), self.make);
            pod.seen(now);
            self.add(now, pod);
        }
        self.pods.sort_by_key(PodMachine::site);
        let paired = self.pods.iter().find(|pod| pod.id() == id);
        let remembered = paired.and_then(PodMachine::remembered);
        self.outputs.extend(remembered.map(PairingOutput::Remember));
        Ok(())
    }

    fn forget(&mut self, now: Timestamp, site: Site) {
        if let Some(pod) = self.pods.iter_mut().find(|pod| pod.site() == Some(site)) {
            self.outputs.push_back(PairingOutput::Forget(site));
            pod.leave(now);
        }
    }

    fn identify(&mut self, now: Timestamp, id: &PodId) -> Result<(), PairRefusal> {
        if let Some(pod) = self.pods.iter_mut().find(|pod| pod.id() == id) {
            pod.identify(now);
        } else {
            let found = self.nearby.get(id).ok_or(PairRefusal::NotNearby)?;
            let mut pod = PodMachine::new(id.clone(), found.kind, found.name.clone(), None, self.make);
            pod.seen(now);
            self.add(now, pod);
        }
        Ok(())
    }

    /// A run began or ended: pods that keep a log begin or end it.
    pub fn run(&mut self, now: Timestamp, goes_on: bool) {
        self.run_goes_on = goes_on;
        for pod in &mut self.pods {
            pod.run(now, goes_on);
        }
        self.settle();
    }

    /// Lets every pod go without forgetting it: before the program sleeps or ends.
    pub fn rest(&mut self, now: Timestamp) {
        for pod in &mut self.pods {
            pod.rest(now);
        }
        self.looking = false;
        self.settle();
    }

    /// Takes what the radio said.
    pub fn handle(&mut self, now: Timestamp, event: &RadioEvent) {
        match event {
            RadioEvent::Adapter(state) => self.switched(now, *state),
            RadioEvent::Found { pod, advertisement } => self.heard(now, pod, advertisement),
            _ => {}
        }
        if let Some(pod) = self.pods.iter_mut().find(|pod| Some(pod.id()) == event.pod()) {
            pod.handle(now, event);
        }
        self.settle();
    }

    /// When to come back with [`Roster::tick`] at the latest.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let nearby = self
            .nearby
            .values()
            .map(|pod| pod.heard_at.plus_seconds(NEARBY_S));
        let pods = self.pods.iter().filter_map(PodMachine::next_deadline);
        nearby.chain(pods).min()
    }

    /// Time passed.
    pub fn tick(&mut self, now: Timestamp) {
        self.nearby
            .retain(|_, pod| pod.heard_at.plus_seconds(NEARBY_S) > now);
        for pod in &mut self.pods {
            pod.tick(now);
        }
        self.settle();
    }

    fn add(&mut self, now: Timestamp, mut pod: PodMachine) {
        pod.run(now, self.run_goes_on);
        if self.adapter == Some(AdapterState::On) {
            pod.radio_on(now);
        }
        self.pods.push(pod);
    }

    fn switched(&mut self, now: Timestamp, state: AdapterState) {
        self.adapter = Some(state);
        for pod in &mut self.pods {
            if state == AdapterState::On {
                pod.radio_on(now);
            } else {
                pod.radio_off();
            }
        }
        if state != AdapterState::On {
            self.nearby.clear();
            // A radio that was off has forgotten the scan.
            self.scanning = false;
        }
    }

    fn heard(&mut self, now: Timestamp, id: &PodId, advertisement: &Advertisement) {
        let Some(kind) = PodKind::recognise(advertisement) else {
            return;
        };
        let before = self.nearby.get(id).map(|pod| pod.name.clone());
        let name = advertisement
            .name
            .clone()
            .or(before)
            .unwrap_or_else(|| id.0.clone());
        let pod = Nearby {
            kind,
            name,
            rssi_dbm: advertisement.rssi,
            heard_at: now,
        };
        self.nearby.insert(id.clone(), pod);
    }

    /// Gathers what the pods want, and scans as long as there is a reason to.
    fn settle(&mut self) {
        for pod in &mut self.pods {
            while let Some(output) = pod.poll_output() {
                match output {
                    PodOutput::Radio(request) => self.outputs.push_back(PairingOutput::Radio(request)),
                    PodOutput::Link(event) => self.outputs.push_back(PairingOutput::Link(event)),
                    PodOutput::Remember => {
                        self.outputs.extend(pod.remembered().map(PairingOutput::Remember));
                    }
                }
            }
        }
        self.pods.retain(|pod| !pod.has_left());
        let on = self.adapter == Some(AdapterState::On);
        let wanted = on && (self.looking || self.pods.iter().any(PodMachine::wants_scan));
        if wanted != self.scanning {
            self.scanning = wanted;
            let request = if wanted {
                let services = PodKind::ADVERTISED.to_vec();
                RadioRequest::StartScan { services }
            } else {
                RadioRequest::StopScan
            };
            self.outputs.push_back(PairingOutput::Radio(request));
        }
    }
}
