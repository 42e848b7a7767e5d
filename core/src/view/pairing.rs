//! The pods screen: those that are paired, those nearby, and what to do about each.
//!
//! Decides nothing. Invariant: every state comes with its sentence in the runner's language.

use serde::{Deserialize, Serialize};

use crate::{
    pod::{
        kind::PodKind,
        pairing::{AdapterState, FoundPod, PodMachine, PodState, Roster},
        site::Site,
    },
    words::Words,
};

/// The pods screen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairingView {
    /// Why the radio cannot be used and what to do, a sentence; `None` while it can, and before it said so.
    pub radio_trouble: Option<String>,
    /// A look for pods goes on.
    pub looking: bool,
    /// The paired pods, in the order of [`Site::ALL`].
    pub paired: Vec<PairedPodView>,
    /// The pods nearby, the strongest first.
    pub found: Vec<FoundPodView>,
}

/// One paired pod.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedPodView {
    /// What the platform calls it.
    pub id: String,
    /// Where it is worn; `None` for one that only shows itself.
    pub site: Option<Site>,
    /// What it is.
    pub kind: PodKind,
    /// What it calls itself.
    pub name: String,
    /// How it is doing.
    pub state: PodState,
    /// How it is doing and what to do, a sentence.
    pub sentence: String,
    /// How full its battery is, %; `None` while unknown.
    pub battery_percent: Option<u8>,
    /// How its stream comes in; `None` while there is none.
    pub stream: Option<StreamHealth>,
}

/// How a pod's stream comes in since its link was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamHealth {
    /// Samples a second, measured; `None` before the first second.
    pub rate_hz: Option<f64>,
    /// Share of frames that never came, 0 to 1.
    pub missing: f64,
    /// How late samples come beyond the fastest ones, milliseconds, smoothed; `None` before the first.
    pub delay_ms: Option<f64>,
    /// What is wrong with its signal and what to do, a sentence; `None` while nothing is.
    pub trouble: Option<String>,
    /// What lowers the trust in its numbers, each a sentence, the weightiest first.
    pub doubts: Vec<String>,
}

/// One pod nearby.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundPodView {
    /// What the platform calls it.
    pub id: String,
    /// What it is.
    pub kind: PodKind,
    /// What it calls itself.
    pub name: String,
    /// Strength of its signal, dBm; `None` where it is not told.
    pub rssi_dbm: Option<i16>,
    /// Whose it is and what to do, a sentence.
    pub sentence: String,
    /// It can be made to blink.
    pub can_identify: bool,
}

impl PairingView {
    /// What `roster` knows, in `words`; `health` says how the stream from a place comes in.
    #[must_use]
    pub fn of(roster: &Roster, words: &Words, health: impl Fn(Site) -> Option<StreamHealth>) -> Self {
        let trouble = roster.adapter().and_then(AdapterState::message);
        Self {
            radio_trouble: trouble.map(|id| words.text(id)),
            looking: roster.is_looking(),
            paired: roster
                .pods()
                .map(|pod| PairedPodView::of(pod, words, pod.site().and_then(&health)))
                .collect(),
            found: roster
                .found()
                .into_iter()
                .map(|pod| FoundPodView::of(pod, words))
                .collect(),
        }
    }
}

impl PairedPodView {
    fn of(pod: &PodMachine, words: &Words, stream: Option<StreamHealth>) -> Self {
        let state = pod.state();
        Self {
            id: pod.id().0.clone(),
            site: pod.site(),
            kind: pod.kind(),
            name: pod.name().to_owned(),
            state,
            sentence: words.text(state.message()),
            battery_percent: pod.battery_percent(),
            stream,
        }
    }
}

impl FoundPodView {
    fn of(pod: FoundPod, words: &Words) -> Self {
        Self {
            id: pod.id.0,
            kind: pod.kind,
            name: pod.name,
            rssi_dbm: pod.rssi_dbm,
            sentence: words.text(pod.belonging.message()),
            can_identify: pod.kind.capabilities().identify,
        }
    }
}
