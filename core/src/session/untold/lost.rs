//! What of a run was left out, added up by reason, in sentences.
//!
//! Knows no report. Invariant: each reason is told once, a pod's own for each pod, and what is short not at all.

use super::name;
use crate::{
    pod::site::Site,
    session::report::{Gap, GapReason},
    words::{Value, Words},
};

/// Shorter holes together are not worth a word, seconds. Ours.
const SHORT_GAPS_S: f64 = 1.0;
/// Shorter running that is gated is not worth a word, seconds: every start has some. Ours.
const LONG_GATED_S: f64 = 20.0;
/// Shorter disputes of a pod's sensors are not worth a word, seconds. Ours: a burst of speed may look like one.
const LONG_DISPUTED_S: f64 = 5.0;

/// Which gaps one sentence adds up.
struct Told {
    message: &'static str,
    reasons: &'static [GapReason],
    /// Told of each pod, or of both together.
    of_each_pod: bool,
    /// Less is not told, seconds.
    least_s: f64,
}

impl Told {
    const fn of_both(message: &'static str, reasons: &'static [GapReason], least_s: f64) -> Self {
        Self {
            message,
            reasons,
            of_each_pod: false,
            least_s,
        }
    }

    const fn of_each(message: &'static str, reasons: &'static [GapReason], least_s: f64) -> Self {
        Self {
            of_each_pod: true,
            ..Self::of_both(message, reasons, least_s)
        }
    }
}

/// All of them, in the order they are told.
const ALL: [Told; 11] = [
    Told::of_both(
        "untold-gaps",
        &[GapReason::Missing, GapReason::BadValue],
        SHORT_GAPS_S,
    ),
    Told::of_each("untold-frozen", &[GapReason::Frozen], SHORT_GAPS_S),
    Told::of_each("untold-bad-time", &[GapReason::BadTime], SHORT_GAPS_S),
    Told::of_each("untold-clipped", &[GapReason::Clipped], SHORT_GAPS_S),
    Told::of_each("untold-stand", &[GapReason::StandDiffers], SHORT_GAPS_S),
    Told::of_each("untold-disagree", &[GapReason::SensorsDisagree], LONG_DISPUTED_S),
    Told::of_both("untold-apart", &[GapReason::ClocksApart], SHORT_GAPS_S),
    Told::of_both("untold-holes", &[GapReason::TooManyHoles], SHORT_GAPS_S),
    Told::of_both("untold-not-steady", &[GapReason::NotSteady], LONG_GATED_S),
    Told::of_both("untold-turning", &[GapReason::Turning], LONG_GATED_S),
    Told::of_both("untold-grade", &[GapReason::Grade], LONG_GATED_S),
];

/// What is left out, added up.
pub(super) fn added_up(gaps: &[Gap], words: &Words) -> Vec<String> {
    let mut untold = Vec::new();
    for told in &ALL {
        let sites: &[Option<Site>] = if told.of_each_pod {
            &[Some(Site::Chest), Some(Site::Pelvis)]
        } else {
            &[None]
        };
        untold.extend(sites.iter().filter_map(|site| sentence(told, *site, gaps, words)));
    }
    untold
}

fn sentence(told: &Told, site: Option<Site>, gaps: &[Gap], words: &Words) -> Option<String> {
    let of = |gap: &&Gap| told.reasons.contains(&gap.reason) && (site.is_none() || gap.site == site);
    let gaps = gaps.iter().filter(of);
    let seconds: f64 = gaps.map(|gap| gap.end_s - gap.start_s).sum();
    let pod = site.map(|site| name(site, words)).unwrap_or_default();
    let told_s = Value::Count(seconds.round() as u64);
    let arguments = [("seconds", told_s), ("pod", Value::Text(&pod))];
    (seconds >= told.least_s).then(|| words.format(told.message, &arguments))
}
