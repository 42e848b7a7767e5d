//! The sections of a run: minutes, course and drift, starts, causes.

use maud::{Markup, html};
use plumbline_core::{lean::reading::LeanClass, session::report::SessionReport};

use super::{
    super::{chart, shares, story::Story},
    glued, repetitions,
};
use crate::language::Language;

/// What stands between the sentence and the drill.
pub(super) fn sections(report: &SessionReport, story: &Story, language: Language) -> Markup {
    html! {
        (minutes(report, story, language))
        (course(report, story, language))
        (launches(report, story, language))
        @if !report.causes.is_empty() { (causes(report, story, language)) }
    }
}

fn minutes(report: &SessionReport, story: &Story, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        section {
            h2 { (titles.minutes) }
            @if let Some(bar) = chart::class_bar(&report.class_seconds, language) {
                (bar)
                ul.classes {
                    @for ((class, seconds), share) in
                        LeanClass::ALL.into_iter().zip(report.class_seconds).zip(shares(report))
                    {
                        li.absent[seconds <= 0.0] {
                            span.word { (chart::legend_mark(class)) (titles.class(class)) }
                            @if seconds > 0.0 {
                                strong { (language.number(seconds / 60.0, 1)) small { "\u{a0}min · " (language.number(share * 100.0, 0)) "\u{a0}%" } }
                            } @else {
                                strong { "–" }
                            }
                            @if class != LeanClass::NotSure { small.meaning { (story.meaning(class)) } }
                        }
                    }
                }
            } @else {
                p { (titles.no_running) }
            }
        }
    }
}

fn course(report: &SessionReport, story: &Story, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        @if let Some(picture) = chart::course(report, &story.course(report), language) {
            section {
                h2 { (titles.course) }
                @if let Some(sentence) = story.drift(report) {
                    p.lead { (glued(&sentence)) }
                }
                figure {
                    (picture)
                    figcaption.note {
                        (titles.course_note)
                        @if report.band_deg.is_some() { " " (titles.band_note) }
                    }
                }
            }
        }
    }
}

fn launches(report: &SessionReport, story: &Story, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        section {
            h2 { (titles.launches) }
            p.lead { (glued(&story.launches(report))) }
            @if !report.launches.is_empty() {
                (repetitions(&report.launches, report.launches.len(), language))
                p.note { (titles.launches_note) }
            }
        }
    }
}

fn causes(report: &SessionReport, story: &Story, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        section.causes {
            @for (cause, title) in report.causes.iter().zip([titles.cause, titles.runner_up]) {
                div {
                    h2 { (title) }
                    h3 { (glued(&cause.text)) }
                    // Nothing found has no likelihood and no source.
                    @if !cause.evidence.is_empty() {
                        div.probability {
                            span { i style={ "width:" (share_of_100(cause.probability)) "%" } {} }
                            small { (language.number(cause.probability * 100.0, 0)) "\u{a0}%" }
                        }
                        ul.plain { @for line in &cause.evidence { li { (glued(line)) } } }
                        p.note { (titles.provenance) ": " (story.provenance(cause)) }
                    }
                }
            }
        }
    }
}

fn share_of_100(probability: f64) -> f64 {
    (probability.clamp(0.0, 1.0) * 1000.0).round() / 10.0
}
