//! What the titles are: one field each, so that no language can miss one.
//!
//! Holds no text.

use plumbline_core::{
    drill::{Miss, RepetitionOutcome},
    lean::reading::LeanClass,
    pod::site::Site,
    session::report::GapReason,
};

/// Titles of a report; sentences are the core's.
pub(crate) struct Titles {
    pub(crate) report: &'static str,
    pub(crate) history: &'static str,
    pub(crate) demo: &'static str,
    pub(crate) as_before: &'static str,
    pub(crate) nothing_hurts: &'static str,
    pub(crate) open_page: &'static str,
    pub(crate) drill_report: &'static str,
    pub(crate) run: &'static str,
    pub(crate) drill: &'static str,
    pub(crate) day: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) no_running: &'static str,
    pub(crate) course: &'static str,
    pub(crate) course_note: &'static str,
    pub(crate) band: &'static str,
    pub(crate) band_note: &'static str,
    pub(crate) at_first: &'static str,
    pub(crate) at_last: &'static str,
    pub(crate) minutes_axis: &'static str,
    pub(crate) degrees_axis: &'static str,
    pub(crate) launches: &'static str,
    pub(crate) launches_note: &'static str,
    pub(crate) repetitions: &'static str,
    pub(crate) number: &'static str,
    pub(crate) at: &'static str,
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
    pub(crate) no_drill: &'static str,
    pub(crate) causes: &'static str,
    pub(crate) self_test: &'static str,
    pub(crate) open: &'static str,
    pub(crate) probe_due: &'static str,
    pub(crate) untold: &'static str,
    pub(crate) give_band: &'static str,
    pub(crate) gaps: &'static str,
    pub(crate) check_in: &'static str,
    pub(crate) numbers: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) mean: &'static str,
    pub(crate) interval: &'static str,
    pub(crate) steady_steps: &'static str,
    pub(crate) not_counted: &'static str,
    pub(crate) quantities: [&'static str; 10],
    pub(crate) per_minute: &'static str,
    pub(crate) of_contact: &'static str,
    pub(crate) judged_by: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) reference_band: &'static str,
    pub(crate) synthetic: &'static str,
    pub(crate) neutral: &'static str,
    pub(crate) several_stands: &'static str,
    pub(crate) no_neutral: &'static str,
    pub(crate) with_gyro: &'static str,
    pub(crate) without_gyro: &'static str,
    pub(crate) samples: &'static str,
    pub(crate) no_session: &'static str,
    pub(crate) no_report: &'static str,
    pub(crate) place: &'static str,
    pub(crate) pod: &'static str,
    pub(crate) battery: &'static str,
    pub(crate) rate: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) delay: &'static str,
    pub(crate) signal: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) nothing_paired: &'static str,
    pub(crate) recording: &'static str,
    pub(crate) fetching: &'static str,
    pub(crate) fetching_away: &'static str,
    pub(crate) left_on_pod: &'static str,
    pub(super) places: [&'static str; Site::ALL.len()],
    pub(super) classes: [&'static str; 5],
    pub(super) gap_reasons: [&'static str; 15],
    pub(super) outcomes: [&'static str; 2],
    pub(super) misses: [&'static str; 14],
}

impl Titles {
    /// The word for a class.
    pub(crate) fn class(&self, class: LeanClass) -> &'static str {
        self.classes[class.index()]
    }

    /// The word for a place of a pod; a dash for none.
    pub(crate) fn site(&self, site: Option<Site>) -> &'static str {
        site.map_or("\u{2013}", |site| self.places[site.index()])
    }

    /// The words for a hole's reason.
    pub(crate) fn gap_reason(&self, reason: GapReason) -> &'static str {
        let [
            missing,
            clipped,
            not_steady,
            bad_value,
            moved,
            frozen,
            loose,
            others @ ..,
        ] = self.gap_reasons;
        let [swapped, turning, grade, holes, bad_time, disagree, apart, stand] = others;
        match reason {
            GapReason::Missing => missing,
            GapReason::Clipped => clipped,
            GapReason::NotSteady => not_steady,
            GapReason::BadValue => bad_value,
            GapReason::MountMoved => moved,
            GapReason::Frozen => frozen,
            GapReason::Loose => loose,
            GapReason::Swapped => swapped,
            GapReason::Turning => turning,
            GapReason::Grade => grade,
            GapReason::TooManyHoles => holes,
            GapReason::BadTime => bad_time,
            GapReason::SensorsDisagree => disagree,
            GapReason::ClocksApart => apart,
            GapReason::StandDiffers => stand,
        }
    }

    /// The words for what became of a repetition.
    pub(crate) fn outcome(&self, outcome: RepetitionOutcome) -> &'static str {
        let [passed, not_seen] = self.outcomes;
        let [
            moved,
            spread,
            little,
            much,
            bent,
            short,
            behind,
            start,
            fast,
            unchanged,
            braked,
            not_kept,
            slow,
            misjudged,
        ] = self.misses;
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
                Miss::TooFast => fast,
                Miss::NoChange => unchanged,
                Miss::Braked => braked,
                Miss::NotKept => not_kept,
                Miss::TooSlow => slow,
                Miss::Misjudged => misjudged,
            },
        }
    }
}
