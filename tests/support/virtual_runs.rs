//! Virtual pods on the runners of hamner2013, and which of them are worn.

use plumbline_core::pod::recording::Recording;
use recordings::{
    body::{Body, Plan, Posture, mean},
    strap::Strap,
    trials::hamner,
    wear::Wear,
};

/// How the pods hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Screwed to the segment, without noise, at the rate of the markers.
    Firm,
    /// On a strap, with the noise of a real sensor, at 104 Hz.
    Strap,
}

/// A run with pods on both segments, and its truth.
pub(crate) struct VirtualRun {
    pub(crate) chest: Recording,
    pub(crate) pelvis: Recording,
    pub(crate) body: Body,
}

impl VirtualRun {
    pub(crate) fn trunk_lean_deg(&self) -> f64 {
        self.body.trunk_lean_deg().expect("trunk markers")
    }

    pub(crate) fn waist_bend_deg(&self) -> f64 {
        self.trunk_lean_deg() - self.body.pelvis_tilt_deg()
    }

    /// Rise and fall of the pelvis pod's place.
    pub(crate) fn vertical_oscillation_mm(&self) -> f64 {
        let steps = self.body.steps.iter();
        mean(steps.filter_map(|step| step.oscillation_mm[1])).expect("steps")
    }

    pub(crate) fn ground_contact_ms(&self) -> f64 {
        let steps = self.body.steps.iter();
        mean(steps.map(|step| step.contact.ground_contact_ms())).expect("steps")
    }
}

/// Every trial with its name; empty, having said so, without the recordings.
pub(crate) fn virtual_runs(hold: Hold) -> Vec<(String, VirtualRun)> {
    if recordings::recordings("hamner2013").is_none() {
        return Vec::new();
    }
    let trials = hamner().into_iter().enumerate();
    trials
        .map(|(k, named)| {
            let body = named.source.body(Plan::default(), Posture::default());
            let contacts_s: Vec<f64> = (body.steps.iter())
                .map(|step| step.contact.initial_contact_s)
                .collect();
            let pod = |segment, seed| {
                let wear = match hold {
                    Hold::Firm => Wear::perfect(body.rate_hz, seed),
                    Hold::Strap => Wear {
                        strap: Some(Strap::draw(seed)),
                        ..Wear::perfect(104.0, seed).with_real_sensor()
                    },
                };
                wear.record(segment, body.rate_hz, body.run_from_s, &contacts_s)
            };
            let chest = pod(body.chest.as_ref().expect("trunk markers"), 2 * k as u64);
            let pelvis = pod(&body.pelvis, 2 * k as u64 + 1);
            (named.name, VirtualRun { chest, pelvis, body })
        })
        .collect()
}

/// Which pods are worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worn {
    Both,
    Chest,
    Pelvis,
}

impl Worn {
    /// The recordings of the pods that are worn, chest first.
    pub(crate) fn of(self, run: &VirtualRun) -> [Option<&Recording>; 2] {
        [
            (self != Self::Pelvis).then_some(&run.chest),
            (self != Self::Chest).then_some(&run.pelvis),
        ]
    }
}
