//! The command line's own titles and its way of writing numbers, in each language.
//!
//! Sentences about running come from the core. Invariant: every language has every title (the compiler checks).

use clap::ValueEnum;
use plumbline_core::{
    drill::{Miss, RepetitionOutcome},
    lean::reading::LeanClass,
    session::report::GapReason,
    units::Timestamp,
};

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// Titles of a report; sentences are the core's.
pub(crate) struct Titles {
    pub(crate) report: &'static str,
    pub(crate) drill_report: &'static str,
    pub(crate) run: &'static str,
    pub(crate) drill: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) no_running: &'static str,
    pub(crate) course: &'static str,
    pub(crate) course_note: &'static str,
    pub(crate) band: &'static str,
    pub(crate) minutes_axis: &'static str,
    pub(crate) degrees_axis: &'static str,
    pub(crate) drift: &'static str,
    pub(crate) drift_unit: &'static str,
    pub(crate) drift_note: &'static str,
    pub(crate) launches: &'static str,
    pub(crate) launches_note: &'static str,
    pub(crate) repetitions: &'static str,
    pub(crate) number: &'static str,
    pub(crate) lean: &'static str,
    pub(crate) bend: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) passed: &'static str,
    pub(crate) met: &'static str,
    pub(crate) not_met: &'static str,
    pub(crate) unlocked: &'static str,
    pub(crate) mastered: &'static str,
    pub(crate) cause: &'static str,
    pub(crate) runner_up: &'static str,
    pub(crate) provenance: &'static str,
    pub(crate) next_drill: &'static str,
    pub(crate) untold: &'static str,
    pub(crate) gaps: &'static str,
    pub(crate) numbers: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) mean: &'static str,
    pub(crate) interval: &'static str,
    pub(crate) steady_steps: &'static str,
    pub(crate) quantities: [&'static str; 8],
    pub(crate) per_minute: &'static str,
    pub(crate) of_contact: &'static str,
    pub(crate) judged_by: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) synthetic: &'static str,
    pub(crate) neutral: &'static str,
    pub(crate) no_neutral: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) with_gyro: &'static str,
    pub(crate) without_gyro: &'static str,
    pub(crate) samples: &'static str,
    pub(crate) no_session: &'static str,
    pub(crate) no_report: &'static str,
    classes: [&'static str; 5],
    gap_reasons: [&'static str; 4],
    outcomes: [&'static str; 2],
    misses: [&'static str; 8],
}

const ENGLISH: Titles = Titles {
    report: "Post-run lean report",
    drill_report: "Drill result",
    run: "Run",
    drill: "Drill",
    minutes: "Minutes by class",
    no_running: "No running was seen.",
    course: "The course of your lean",
    course_note: "Each mark is one stretch of about ten seconds; the ribbon is its 90 % interval.",
    band: "your band",
    minutes_axis: "minutes",
    degrees_axis: "trunk lean, degrees forward of your own standing",
    drift: "Drift",
    drift_unit: "in ten minutes",
    drift_note: "How the trunk lean changed with time, over the whole run.",
    launches: "Starts from standstill",
    launches_note: "The angle you reached beside the angle your speeding up asks for.",
    repetitions: "Repetitions",
    number: "No.",
    lean: "trunk lean",
    bend: "waist bend",
    expected: "asked by the start",
    verdict: "seen as",
    asked: "asked for",
    seen: "seen",
    passed: "as asked",
    met: "goal met",
    not_met: "goal not met yet",
    unlocked: "now open",
    mastered: "mastered",
    cause: "Likely cause",
    runner_up: "Runner-up",
    provenance: "rule from",
    next_drill: "One drill",
    untold: "What the data could not tell",
    gaps: "Holes in the data",
    numbers: "Numbers",
    quantity: "means over steady steps",
    mean: "mean",
    interval: "90 % interval",
    steady_steps: "steady steps",
    quantities: [
        "cadence",
        "ground contact time",
        "flight time",
        "vertical oscillation",
        "trunk lean",
        "pelvis tilt",
        "waist bend",
        "mid-stance timing",
    ],
    per_minute: "/min",
    of_contact: "of contact",
    judged_by: "Judged by",
    reference: "Angles are measured from your own standing pose and held against your own band; nobody else's.",
    synthetic: "Synthetic runner: these numbers describe a made-up body, not a person.",
    neutral: "standing pose",
    no_neutral: "No usable stand at the start: no angle is known.",
    steps: "steps, of them steady",
    with_gyro: "with gyroscope",
    without_gyro: "without gyroscope",
    samples: "samples",
    no_session: "No session yet.",
    no_report: "no report: cut off, or still going on",
    classes: ["under", "good", "over", "waist bend", "not sure"],
    gap_reasons: [
        "samples never came",
        "out of range",
        "not steady",
        "implausible values",
    ],
    outcomes: ["as asked", "not seen"],
    misses: [
        "moved in the hold",
        "stands differ",
        "too small",
        "too far",
        "bent at the waist",
        "hold too short",
        "pelvis behind",
        "angle and start differ",
    ],
};

const GERMAN: Titles = Titles {
    report: "Bericht zur Neigung nach dem Lauf",
    drill_report: "Ergebnis der Übung",
    run: "Lauf",
    drill: "Übung",
    minutes: "Minuten je Klasse",
    no_running: "Es war kein Laufen zu sehen.",
    course: "Verlauf deiner Neigung",
    course_note: "Jede Marke steht für etwa zehn Sekunden; das Band ist ihr 90-%-Bereich.",
    band: "dein Bereich",
    minutes_axis: "Minuten",
    degrees_axis: "Rumpfneigung, Grad vor deinem eigenen Stand",
    drift: "Drift",
    drift_unit: "in zehn Minuten",
    drift_note: "Wie sich die Rumpfneigung über den ganzen Lauf mit der Zeit geändert hat.",
    launches: "Starts aus dem Stand",
    launches_note: "Der erreichte Winkel neben dem, den dein Beschleunigen verlangt.",
    repetitions: "Wiederholungen",
    number: "Nr.",
    lean: "Rumpfneigung",
    bend: "Hüftknick",
    expected: "vom Start verlangt",
    verdict: "gesehen als",
    asked: "verlangt",
    seen: "gesehen",
    passed: "wie verlangt",
    met: "Ziel erreicht",
    not_met: "Ziel noch nicht erreicht",
    unlocked: "jetzt offen",
    mastered: "gemeistert",
    cause: "Wahrscheinliche Ursache",
    runner_up: "An zweiter Stelle",
    provenance: "Regel aus",
    next_drill: "Eine Übung",
    untold: "Was die Daten nicht sagen konnten",
    gaps: "Lücken in den Daten",
    numbers: "Zahlen",
    quantity: "Mittel über stetige Schritte",
    mean: "Mittel",
    interval: "90-%-Bereich",
    steady_steps: "stetige Schritte",
    quantities: [
        "Schrittfrequenz",
        "Bodenkontaktzeit",
        "Flugzeit",
        "vertikale Bewegung",
        "Rumpfneigung",
        "Beckenneigung",
        "Hüftknick",
        "Zeitpunkt der Standmitte",
    ],
    per_minute: "/min",
    of_contact: "des Kontakts",
    judged_by: "Beurteilt von",
    reference: "Winkel gelten von deinem eigenen Stand aus und werden an deinem eigenen Bereich gemessen.",
    synthetic: "Künstlicher Läufer: Diese Zahlen beschreiben einen erfundenen Körper, keinen Menschen.",
    neutral: "Stand",
    no_neutral: "Kein brauchbarer Stand am Anfang: kein Winkel ist bekannt.",
    steps: "Schritte, davon stetig",
    with_gyro: "mit Gyroskop",
    without_gyro: "ohne Gyroskop",
    samples: "Messwerte",
    no_session: "Noch keine Sitzung.",
    no_report: "kein Bericht: abgebrochen oder noch im Gang",
    classes: ["zu wenig", "gut", "zu weit", "Hüftknick", "unsicher"],
    gap_reasons: [
        "Daten kamen nie an",
        "außerhalb des Messbereichs",
        "nicht stetig",
        "unglaubhafte Werte",
    ],
    outcomes: ["wie verlangt", "nicht gesehen"],
    misses: [
        "im Halten bewegt",
        "Stände verschieden",
        "zu wenig",
        "zu weit",
        "in der Hüfte geknickt",
        "zu kurz gehalten",
        "Becken hinten",
        "Winkel und Start verschieden",
    ],
};

impl Titles {
    /// The word for a class.
    pub(crate) fn class(&self, class: LeanClass) -> &'static str {
        self.classes[class.index()]
    }

    /// The words for a hole's reason.
    pub(crate) fn gap_reason(&self, reason: GapReason) -> &'static str {
        let [missing, clipped, not_steady, bad_value] = self.gap_reasons;
        match reason {
            GapReason::Missing => missing,
            GapReason::Clipped => clipped,
            GapReason::NotSteady => not_steady,
            GapReason::BadValue => bad_value,
        }
    }

    /// The words for what became of a repetition.
    pub(crate) fn outcome(&self, outcome: RepetitionOutcome) -> &'static str {
        let [passed, not_seen] = self.outcomes;
        let [moved, spread, little, much, bent, short, behind, start] = self.misses;
        match outcome {
            RepetitionOutcome::Passed => passed,
            RepetitionOutcome::NotSeen => not_seen,
            RepetitionOutcome::Missed(miss) => match miss {
                Miss::Moved => moved,
                Miss::Spread => spread,
                Miss::TooLittle => little,
                Miss::TooMuch => much,
                Miss::Bent => bent,
                Miss::TooShort => short,
                Miss::PelvisBehind => behind,
                Miss::AngleAndStart => start,
            },
        }
    }
}

impl Language {
    /// The tag the core knows the language by (BCP 47).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The titles in this language.
    pub(crate) const fn titles(self) -> &'static Titles {
        match self {
            Self::En => &ENGLISH,
            Self::De => &GERMAN,
        }
    }

    /// A number as people of this language write it, with a true minus sign.
    pub(crate) fn number(self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let text = match self {
            Self::En => text,
            Self::De => text.replace('.', ","),
        };
        let is_zero = text.chars().all(|digit| "0.,".contains(digit));
        if value < 0.0 && !is_zero {
            format!("\u{2212}{text}")
        } else {
            text
        }
    }

    /// A number that always carries its sign.
    pub(crate) fn signed(self, value: f64, decimals: usize) -> String {
        let text = self.number(value, decimals);
        if text.starts_with('\u{2212}') {
            text
        } else {
            format!("+{text}")
        }
    }

    /// Low to high, with a word that cannot be taken for a minus sign.
    pub(crate) fn range(self, bounds: [f64; 2], decimals: usize) -> String {
        let word = match self {
            Self::En => "to",
            Self::De => "bis",
        };
        format!(
            "{} {word} {}",
            self.number(bounds[0], decimals),
            self.number(bounds[1], decimals)
        )
    }

    /// Day and time of a moment, in UTC: the core keeps no place.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        let Ok(moment) = jiff::Timestamp::from_microsecond(at.0) else {
            return "?".to_string();
        };
        let pattern = match self {
            Self::En => "%-d %B %Y, %H:%M UTC",
            Self::De => "%-d.%-m.%Y, %H:%M UTC",
        };
        moment.strftime(pattern).to_string()
    }
}

/// Minutes and seconds, or hours too when there are any: `20:05`, `1:02:09`.
pub(crate) fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, clock};
    use plumbline_core::units::Timestamp;

    #[test]
    fn numbers_carry_a_true_minus_and_the_language_s_decimal_sign() {
        assert_eq!(Language::En.number(-2.14, 1), "\u{2212}2.1");
        assert_eq!(Language::De.number(8.05, 2), "8,05");
        assert_eq!(Language::En.number(-0.04, 1), "0.0");
        assert_eq!(Language::En.signed(0.5, 1), "+0.5");
        assert_eq!(Language::De.range([-2.0, 4.0], 0), "\u{2212}2 bis 4");
    }

    #[test]
    fn time_reads_as_on_a_watch() {
        assert_eq!(clock(1_205.2), "20:05");
        assert_eq!(clock(3_729.0), "1:02:09");
        assert_eq!(
            Language::En.moment(Timestamp(1_760_000_000_000_000)),
            "9 October 2025, 08:53 UTC"
        );
    }
}
