//! What the data of a run could not tell, in sentences.
//!
//! Measures nothing. Invariant: a reason is given for every number of the report that is missing.

mod lost;

use super::{
    from_start::without_neutral,
    report::{Gap, GapReason, SessionReport},
};
use crate::{
    body::sample::Neutral,
    lean::{band::VALID_STEPS, reading::LeanClass},
    pod::{kind::Doubt, site::Site},
    words::{Value, Words},
};

/// Stands that agree to within this are not worth a word, degrees: half of what still carries a class. Ours.
const SMALL_SPREAD_DEG: f64 = 0.75;
/// From this on the minutes without a class are told, seconds. Ours.
const LONG_NOT_SURE_S: f64 = 30.0;

/// What is known of the data besides the report.
pub(super) struct Facts<'a> {
    pub(super) neutral: Option<Neutral>,
    /// How much further forward the last minute was than the first; only without a neutral.
    pub(super) lean_change_deg: Option<f64>,
    /// Whether each site's pod sent anything.
    pub(super) streamed: [bool; 2],
    /// What lowers the trust in each site's pod.
    pub(super) doubts: [Vec<Doubt>; 2],
    /// Whether the bytes of each site's pod could not be read for a while.
    pub(super) unreadable: [bool; 2],
    pub(super) gaps: &'a [Gap],
    /// Whether positions told speed and hills.
    pub(super) knows_terrain: bool,
}

impl Facts<'_> {
    /// Each thing that could not be told, the weightiest first.
    pub(super) fn untold(&self, report: &SessionReport, words: &Words) -> Vec<String> {
        let mut untold: Vec<String> = self.of_pods(words);
        if report.band_deg.is_none() {
            untold.push(words.text("untold-no-own-band"));
        }
        let steps = report.summary.steady_steps;
        if steps > 0 && steps < VALID_STEPS {
            untold.push(words.format("untold-few-steps", &[("steps", Value::Count(u64::from(steps)))]));
        }
        let not_sure_s = report.class_seconds[LeanClass::NotSure.index()];
        if report.band_deg.is_some() && not_sure_s >= LONG_NOT_SURE_S {
            let minutes = Value::Decimal(not_sure_s / 60.0, 1);
            untold.push(words.format("untold-not-sure", &[("minutes", minutes)]));
        }
        untold.extend(lost::added_up(self.gaps, words));
        if report.drift_deg_per_10_min.is_none() && steps > 0 {
            untold.push(words.text("untold-drift"));
        }
        if steps > 0 && !self.knows_terrain {
            untold.push(words.text("untold-no-speed"));
        }
        untold
    }

    fn of_pods(&self, words: &Words) -> Vec<String> {
        let mut untold = Vec::new();
        match self.neutral {
            None => untold.push(without_neutral(self.lean_change_deg, words)),
            Some(neutral) if neutral.spread_deg > SMALL_SPREAD_DEG => {
                let spread = Value::Decimal(neutral.spread_deg, 1);
                untold.push(words.format("untold-spread", &[("spread", spread)]));
            }
            Some(_) => {}
        }
        let absent = ["untold-no-chest", "untold-no-pelvis"];
        let absent = absent
            .into_iter()
            .zip(self.streamed)
            .filter(|(_, streamed)| !streamed);
        untold.extend(absent.map(|(id, _)| words.text(id)));
        for site in Site::LEAN {
            let lacks = self.lacks(site);
            let pod = name(site, words);
            untold.extend(lacks.map(|id| words.format(id, &[("pod", Value::Text(&pod))])));
        }
        untold.extend(self.of_mounts(words));
        untold
    }

    /// What a pod cannot do that a report needs.
    fn lacks(&self, site: Site) -> impl Iterator<Item = &'static str> {
        let unreadable = self.unreadable[site.index()].then_some("untold-unreadable");
        let streamed = self.streamed[site.index()];
        let doubts = self.doubts[site.index()].iter().filter(move |_| streamed);
        unreadable
            .into_iter()
            .chain(doubts.filter_map(|doubt| match doubt {
                Doubt::NoGyroscope => Some("untold-no-gyro"),
                Doubt::NoStamps => Some("untold-by-arrival"),
                Doubt::LowRate => Some("untold-low-rate"),
                // What it cost is told by the holes.
                Doubt::LowRange | Doubt::NoSequence | Doubt::NoChecksum | Doubt::NoMotion => None,
            }))
    }

    /// How the pods sat, each moment once.
    fn of_mounts(&self, words: &Words) -> Vec<String> {
        let sentence = |gap: &Gap| {
            let id = match gap.reason {
                GapReason::MountMoved => "untold-moved",
                GapReason::Loose => "untold-loose",
                GapReason::Swapped => return Some(words.text("untold-swapped")),
                _ => return None,
            };
            let (pod, at) = (name(gap.site?, words), clock(gap.start_s));
            Some(words.format(id, &[("pod", Value::Text(&pod)), ("at", Value::Text(&at))]))
        };
        self.gaps.iter().filter_map(sentence).collect()
    }
}

/// The pod's name in a sentence.
fn name(site: Site, words: &Words) -> String {
    words.text(site.message())
}

/// Minutes and seconds since the session began.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests;
