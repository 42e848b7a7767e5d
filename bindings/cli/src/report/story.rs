//! The core's sentences that both reports show beside the numbers.
//!
//! Decides nothing: it picks the sentence for what the report holds. Invariant: the same report and language give the
//! same sentences on the terminal and on the page.

use plumbline_core::{
    drill::{DrillId, RepetitionOutcome, catalog::Drill},
    lean::reading::LeanClass,
    session::report::{CauseLine, SessionReport},
    statistics::mean,
    words::{Value, Words},
};

use crate::language::Language;

/// A slope that rounds to less is told as none, degrees in ten minutes. Ours: half the error of a window.
const LEAST_DRIFT_DEG: f64 = 0.5;

/// Finds sentences.
pub(super) struct Story {
    words: Words,
    language: Language,
}

impl Story {
    pub(super) fn new(language: Language) -> Self {
        Self {
            words: Words::new(language.tag()),
            language,
        }
    }

    /// How the lean changed; `None` where the run was too short to tell.
    pub(super) fn drift(&self, report: &SessionReport) -> Option<String> {
        let drift = report.drift_deg_per_10_min?;
        let id = match drift {
            small if small.abs() < LEAST_DRIFT_DEG => return Some(self.words.text("drift-none")),
            falls if falls < 0.0 => "drift-upright",
            _ => "drift-forward",
        };
        Some(
            self.words
                .format(id, &[("degrees", Value::Decimal(drift.abs(), 1))]),
        )
    }

    /// The starts from standstill, in a sentence.
    pub(super) fn launches(&self, report: &SessionReport) -> String {
        let seen = report.launches.iter().map(|launch| launch.outcome);
        let seen: Vec<_> = seen
            .filter(|outcome| *outcome != RepetitionOutcome::NotSeen)
            .collect();
        if seen.is_empty() {
            return self.words.text("launches-none");
        }
        let tipped = seen.iter().filter(|outcome| !outcome.is_bent()).count();
        let counts = [
            ("tipped", Value::Count(tipped as u64)),
            ("seen", Value::Count(seen.len() as u64)),
        ];
        self.words.format("launches-seen", &counts)
    }

    /// Where the rule behind a cause comes from, and that its share is a guess.
    pub(super) fn provenance(&self, cause: &CauseLine) -> String {
        let source = self.words.text(&format!("provenance-{}", cause.provenance));
        format!("{source} {}", self.words.text("cause-share"))
    }

    /// A drill's name.
    pub(super) fn drill(&self, drill: DrillId) -> String {
        self.words.text(Drill::of(drill).title)
    }

    /// A drill's image, in quotation marks.
    pub(super) fn cue(&self, drill: DrillId) -> String {
        self.language.quoted(&self.words.text(Drill::of(drill).cue))
    }

    /// What a class means.
    pub(super) fn meaning(&self, class: LeanClass) -> String {
        self.words.text(match class {
            LeanClass::Under => "class-under",
            LeanClass::Good => "class-good",
            LeanClass::Over => "class-over",
            LeanClass::WaistBend => "class-waist-bend",
            LeanClass::NotSure => "class-not-sure",
        })
    }

    /// What the runner is asked after a run and the day after.
    pub(super) fn check_in(&self) -> [String; 2] {
        ["check-in-after", "check-in-tomorrow"].map(|id| self.words.text(id))
    }

    /// The course of the lean for whoever cannot see it: the mean of its first and of its last part.
    pub(super) fn course(&self, report: &SessionReport) -> String {
        let titles = self.language.titles();
        let angles: Vec<f64> = report
            .windows
            .iter()
            .filter_map(|window| window.trunk_lean_deg)
            .collect();
        let part = (angles.len() / 5).max(1);
        let of = |part: Option<&[f64]>| part.and_then(mean).map(|angle| self.language.number(angle, 1));
        let early = of(angles.get(..part.min(angles.len())));
        let late = of(angles.get(angles.len().saturating_sub(part)..));
        let (Some(early), Some(late)) = (early, late) else {
            return titles.no_running.to_string();
        };
        let band = report.band_deg.map_or_else(String::new, |band| {
            format!("; {} {}°", titles.band, self.language.range(band, 1))
        });
        format!("{} {early}°, {} {late}°{band}", titles.at_first, titles.at_last)
    }
}
