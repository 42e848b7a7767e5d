//! What the data of a run could not tell, in sentences.
//!
//! Measures nothing. Invariant: a reason is given for every number of the report that is missing.

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
/// Shorter holes together are not worth a word, seconds. Ours.
const SHORT_GAPS_S: f64 = 1.0;
/// Shorter running that is gated is not worth a word, seconds: every start has some. Ours.
const LONG_GATED_S: f64 = 20.0;
/// Shorter disputes of a pod's sensors are not worth a word, seconds. Ours: a burst of speed may look like one.
const LONG_DISPUTED_S: f64 = 5.0;
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
        untold.extend(self.of_gaps(words));
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

    /// What is left out, added up.
    fn of_gaps(&self, words: &Words) -> Vec<String> {
        let mut untold = Vec::new();
        let seconds = |site: Option<Site>, reasons: &[GapReason]| -> f64 {
            let of = |gap: &&Gap| reasons.contains(&gap.reason) && (site.is_none() || gap.site == site);
            self.gaps
                .iter()
                .filter(of)
                .map(|gap| gap.end_s - gap.start_s)
                .sum()
        };
        let mut say = |id: &str, site: Option<Site>, seconds: f64, least: f64| {
            if seconds >= least {
                let pod = site.map(|site| name(site, words)).unwrap_or_default();
                let seconds = Value::Count(seconds.round() as u64);
                untold.push(words.format(id, &[("seconds", seconds), ("pod", Value::Text(&pod))]));
            }
        };
        let missing_s = seconds(None, &[GapReason::Missing, GapReason::BadValue]);
        say("untold-gaps", None, missing_s, SHORT_GAPS_S);
        for site in Site::LEAN.map(Some) {
            say(
                "untold-frozen",
                site,
                seconds(site, &[GapReason::Frozen]),
                SHORT_GAPS_S,
            );
            say(
                "untold-bad-time",
                site,
                seconds(site, &[GapReason::BadTime]),
                SHORT_GAPS_S,
            );
            say(
                "untold-clipped",
                site,
                seconds(site, &[GapReason::Clipped]),
                SHORT_GAPS_S,
            );
        }
        for site in Site::LEAN.map(Some) {
            let disagree_s = seconds(site, &[GapReason::SensorsDisagree]);
            say("untold-disagree", site, disagree_s, LONG_DISPUTED_S);
        }
        let apart_s = seconds(None, &[GapReason::ClocksApart]);
        say("untold-apart", None, apart_s, SHORT_GAPS_S);
        let holes_s = seconds(None, &[GapReason::TooManyHoles]);
        say("untold-holes", None, holes_s, SHORT_GAPS_S);
        let of_runner = [
            ("untold-not-steady", GapReason::NotSteady),
            ("untold-turning", GapReason::Turning),
            ("untold-grade", GapReason::Grade),
        ];
        for (id, reason) in of_runner {
            say(id, None, seconds(None, &[reason]), LONG_GATED_S);
        }
        untold
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
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::{
        session::{
            output::SessionKind,
            report::{GapReason, Summary},
        },
        units::Timestamp,
    };

    fn report() -> SessionReport {
        SessionReport {
            duration_s: 1_200.0,
            class_seconds: [0.0, 1_200.0, 0.0, 0.0, 0.0],
            summary: Summary {
                steady_steps: 3_000,
                ..Summary::default()
            },
            drift_deg_per_10_min: Some(0.1),
            band_deg: Some([6.0, 12.0]),
            ..SessionReport::blank(Timestamp(0), SessionKind::Run)
        }
    }

    fn facts(gaps: &[Gap]) -> Facts<'_> {
        Facts {
            neutral: Some(Neutral {
                start_s: 0.0,
                end_s: 5.0,
                spread_deg: 0.4,
                up: DVec3::Y,
            }),
            lean_change_deg: None,
            streamed: [true; 2],
            doubts: Default::default(),
            unreadable: [false; 2],
            gaps,
            knows_terrain: false,
        }
    }

    #[test]
    fn of_a_clean_run_only_speed_and_hills_are_unknown() {
        let words = Words::new("en");
        let untold = facts(&[]).untold(&report(), &words);
        assert_eq!(untold, [words.text("untold-no-speed")]);
    }

    #[test]
    fn every_lack_is_named_once() {
        let gap = Gap {
            start_s: 10.0,
            end_s: 13.0,
            site: None,
            reason: GapReason::Missing,
        };
        let gaps = [gap];
        let lacking = Facts {
            neutral: None,
            lean_change_deg: Some(2.0),
            streamed: [false, true],
            doubts: [
                vec![],
                vec![
                    Doubt::NoGyroscope,
                    Doubt::NoStamps,
                    Doubt::LowRate,
                    Doubt::NoChecksum,
                ],
            ],
            unreadable: [true, false],
            ..facts(&gaps)
        };
        let words = Words::new("en");
        let poor = SessionReport {
            band_deg: None,
            drift_deg_per_10_min: None,
            summary: Summary {
                steady_steps: 12,
                ..Summary::default()
            },
            ..report()
        };
        let untold = lacking.untold(&poor, &words);
        let starts = [
            "There was no still stand at the start, so I cannot say how far you leaned. From your first minute",
            "Without the chest pod",
            "The chest pod sent data that I could not read",
            "The pelvis pod has no gyroscope",
            "The pelvis pod does not stamp",
            "The pelvis pod measures fewer than 100 times",
            "I do not know your own band yet",
            "Only 12 steady steps",
            "3 seconds of data",
            "The run was too short",
            "No positions",
        ];
        assert_eq!(untold.len(), starts.len(), "{untold:#?}");
        for (line, start) in untold.iter().zip(starts) {
            assert!(line.starts_with(start), "{line}");
        }
    }

    #[test]
    fn each_fault_and_each_gate_has_its_sentence_in_both_languages() {
        let gap = |reason, site| Gap {
            start_s: 754.0,
            end_s: 790.0,
            site,
            reason,
        };
        let gaps = [
            gap(GapReason::MountMoved, Some(Site::Chest)),
            gap(GapReason::Loose, Some(Site::Pelvis)),
            gap(GapReason::Swapped, None),
            gap(GapReason::Frozen, Some(Site::Pelvis)),
            gap(GapReason::Clipped, Some(Site::Chest)),
            gap(GapReason::BadTime, Some(Site::Chest)),
            gap(GapReason::ClocksApart, None),
            gap(GapReason::TooManyHoles, None),
            gap(GapReason::SensorsDisagree, Some(Site::Chest)),
            gap(GapReason::NotSteady, None),
            gap(GapReason::Turning, None),
            gap(GapReason::Grade, None),
        ];
        let facts = Facts {
            knows_terrain: true,
            ..facts(&gaps)
        };
        for (language, moved) in [
            ("en", "The chest pod turned on its strap at 12:34."),
            ("de", "Der Brust-Pod hat sich bei 12:34 an seinem Gurt verdreht."),
        ] {
            let untold = facts.untold(&report(), &Words::new(language));
            assert_eq!(untold.len(), gaps.len(), "{untold:#?}");
            assert!(untold.iter().any(|line| line.starts_with(moved)), "{untold:#?}");
            assert!(
                untold
                    .iter()
                    .all(|line| !line.contains('{') && !line.contains('$')),
                "{untold:#?}"
            );
            assert_eq!(
                untold.iter().filter(|line| line.contains("36")).count(),
                8,
                "{untold:#?}"
            );
        }
    }

    #[test]
    fn minutes_without_a_class_and_a_wide_stand_are_told() {
        let words = Words::new("en");
        let mut facts = facts(&[]);
        facts.neutral = facts.neutral.map(|neutral| Neutral {
            spread_deg: 1.2,
            ..neutral
        });
        let report = SessionReport {
            class_seconds: [0.0, 1_000.0, 0.0, 0.0, 150.0],
            ..report()
        };
        let untold = facts.untold(&report, &words);
        assert!(
            untold.iter().any(|line| line.contains("2.5 minutes")),
            "{untold:#?}"
        );
        assert!(
            untold.iter().any(|line| line.contains("1.2 degrees")),
            "{untold:#?}"
        );
    }
}
