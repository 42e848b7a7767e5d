//! A session's report for people: on the terminal, and as one page that needs nothing else.
//!
//! Decides nothing: every number and sentence is in the [`SessionReport`]. Invariant: both show the same, in the same
//! order.

pub(crate) mod analysis_text;
mod chart;
pub(crate) mod html;
pub(crate) mod plan_text;
mod story;
pub(crate) mod text;

#[cfg(test)]
mod example;

use std::collections::BTreeMap;

use plumbline_core::{
    drill::Repetition,
    session::report::{Estimate, Gap, SessionReport, Summary},
};

use crate::language::{Language, Titles};

/// Where a session's data came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Pods, or a recording of them.
    Pods,
    /// The synthetic runner.
    Synthetic,
}

/// One line of the table of numbers.
struct Quantity {
    name: &'static str,
    unit: &'static str,
    decimals: usize,
    estimate: Option<Estimate>,
}

/// The summary's quantities in the order of the table.
fn quantities(summary: &Summary, language: Language) -> [Quantity; 10] {
    let titles = language.titles();
    let rows = [
        (titles.per_minute, 1, summary.cadence_spm),
        ("ms", 0, summary.ground_contact_ms),
        ("ms", 0, summary.flight_ms),
        ("mm", 0, summary.vertical_oscillation_mm),
        ("°", 1, summary.trunk_lean_deg),
        ("°", 1, summary.pelvis_tilt_deg),
        ("°", 1, summary.waist_bend_deg),
        (titles.of_contact, 2, summary.mid_stance_timing),
        ("m/s", 2, summary.speed_loss_mps),
        ("cm", 0, summary.hip_offset_cm),
    ];
    let mut names = titles.quantities.into_iter();
    rows.map(|(unit, decimals, estimate)| Quantity {
        name: names.next().unwrap_or_default(),
        unit,
        decimals,
        estimate,
    })
}

/// The share of each class of the running, 0 to 1; zeros when nothing ran.
fn shares(report: &SessionReport) -> [f64; 5] {
    let total: f64 = report.class_seconds.iter().sum();
    report
        .class_seconds
        .map(|seconds| if total > 0.0 { seconds / total } else { 0.0 })
}

/// An angle as a cell of a table.
fn degrees(angle: Option<f64>, language: Language) -> String {
    angle.map_or("–".to_string(), |angle| {
        format!("{}°", language.number(angle, 1))
    })
}

/// What became of a repetition, and whether it was only practice.
fn verdict(one: &Repetition, counts: bool, titles: &Titles) -> String {
    let outcome = titles.outcome(one.outcome);
    if counts {
        outcome.to_string()
    } else {
        format!("{outcome} ({})", titles.not_counted)
    }
}

/// The holes by reason: how many, how long together.
fn gap_lines(gaps: &[Gap], language: Language) -> Vec<String> {
    let titles = language.titles();
    let mut seconds: BTreeMap<&'static str, (usize, f64)> = BTreeMap::new();
    for gap in gaps {
        let entry = seconds.entry(titles.gap_reason(gap.reason)).or_default();
        entry.0 += 1;
        entry.1 += gap.end_s - gap.start_s;
    }
    let line = |(reason, (count, total)): (&str, (usize, f64))| {
        format!("{count} × {reason}, {}\u{a0}s", language.number(total, 1))
    };
    seconds.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use plumbline_core::{
        lean::reading::LeanClass,
        words::{Value, Words},
    };

    use super::{Origin, example::fading_run, html, text};
    use crate::{language::Language, terminal::Paint};

    /// Keeps a page in the folder `PLUMBLINE_PAGES`, for a look at it.
    fn keep(name: &str, page: &str) {
        if let Some(folder) = env::var_os("PLUMBLINE_PAGES") {
            fs::write(Path::new(&folder).join(name), page).expect("the folder for pages is writable");
        }
    }

    #[test]
    fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
        let page = html::page(&fading_run(), Language::En, Origin::Pods);
        keep("report.html", &page);
        for outside in ["http:", "https:", "<script", "src=", "@import", "<link"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("prefers-color-scheme: dark"));
    }

    #[test]
    fn both_reports_keep_the_order_of_the_questions() {
        let report = fading_run();
        let titles = Language::En.titles();
        let order = [
            report.headline.as_str(),
            titles.minutes,
            titles.course,
            titles.launches,
            titles.cause,
            titles.next_drill,
            titles.untold,
            titles.check_in,
            titles.numbers,
        ];
        let page = html::page(&report, Language::En, Origin::Pods);
        let body = &page[page.find("<main>").expect("the page has a body")..];
        let terminal = text::page(&report, Language::En, Origin::Pods, Paint::off()).replace('\n', " ");
        for shown in [body, &terminal] {
            let places: Vec<usize> = order
                .iter()
                .map(|title| shown.find(title).expect(title))
                .collect();
            assert!(places.is_sorted(), "{places:?}");
        }
    }

    #[test]
    fn what_a_sentence_says_cannot_become_markup() {
        let mut report = fading_run();
        report.headline = "<img src=x onerror=alert(1)> & more".to_string();
        let page = html::page(&report, Language::De, Origin::Pods);
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt; &amp; more"));
        assert!(!page.contains("<img"));
    }

    #[test]
    fn a_synthetic_runner_is_called_so_in_every_language() {
        for language in [Language::En, Language::De] {
            let notice = language.titles().synthetic;
            let report = fading_run();
            assert!(html::page(&report, language, Origin::Synthetic).contains(notice));
            let terminal = text::page(&report, language, Origin::Synthetic, Paint::off());
            assert!(terminal.replace('\n', " ").contains(notice));
            assert!(!html::page(&report, language, Origin::Pods).contains(notice));
        }
    }

    #[test]
    fn an_empty_run_has_no_picture_and_no_made_up_number() {
        let mut report = fading_run();
        report.windows.clear();
        report.class_seconds = [0.0; 5];
        report.summary = plumbline_core::session::report::Summary::default();
        let page = html::page(&report, Language::En, Origin::Pods);
        assert!(page.contains(Language::En.titles().no_running));
        assert!(!page.contains("NaN") && !page.contains("polyline"));
        let terminal = text::page(&report, Language::En, Origin::Pods, Paint::off());
        assert!(terminal.contains(Language::En.titles().no_running) && !terminal.contains("NaN"));
    }

    #[test]
    fn the_footer_names_a_band_only_where_there_is_one() {
        let mut report = fading_run();
        for language in [Language::En, Language::De] {
            let sentence = language.titles().reference_band;
            report.band_deg = Some([6.0, 12.0]);
            assert!(html::page(&report, language, Origin::Pods).contains(sentence));
            report.band_deg = None;
            assert!(!html::page(&report, language, Origin::Pods).contains(sentence));
        }
    }

    #[test]
    fn the_head_of_the_numbers_stands_above_them() {
        let terminal = text::page(&fading_run(), Language::En, Origin::Pods, Paint::off());
        let titles = Language::En.titles();
        let (head, first) = (
            terminal.find(titles.interval),
            terminal.find(titles.quantities[0]),
        );
        assert!(head.is_some() && head < first, "{terminal}");
    }

    #[test]
    fn practice_beyond_what_was_asked_is_marked_as_not_counted() {
        let one = fading_run().launches[0];
        let titles = Language::En.titles();
        assert_eq!(super::verdict(&one, true, titles), "as asked");
        assert_eq!(super::verdict(&one, false, titles), "as asked (not counted)");
    }

    #[test]
    fn one_minute_is_not_told_as_many() {
        for (tag, one, more) in [
            ("en", "1.0 minute got", "1.1 minutes got"),
            ("de", "1,0 Minute blieb ", "1,1 Minuten blieben "),
        ] {
            let told = |minutes| {
                let minutes = [("minutes", Value::Decimal(minutes, 1))];
                Words::new(tag).format("untold-not-sure", &minutes)
            };
            assert!(told(0.98).starts_with(one), "{}", told(0.98));
            assert!(told(1.1).starts_with(more), "{}", told(1.1));
        }
    }

    #[test]
    fn the_terminal_report_reads_without_colour() {
        let terminal = text::page(&fading_run(), Language::En, Origin::Pods, Paint::off());
        keep("report.txt", &terminal);
        assert!(!terminal.contains('\u{1b}'));
        for class in LeanClass::ALL {
            assert!(terminal.contains(Language::En.titles().class(class)));
        }
        for language in [Language::En, Language::De] {
            let terminal = text::page(&fading_run(), language, Origin::Synthetic, Paint::off());
            for line in terminal.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
}
