//! The report as one HTML page: styles and pictures inline, no script, light and dark, fit to print.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use plumbline_core::{
    drill::Repetition,
    lean::reading::LeanClass,
    session::{
        output::SessionKind,
        report::{DrillReport, SessionReport},
    },
};

use super::{Origin, Quantity, chart, quantities, shares};
use crate::language::{Language, Titles, clock};

/// The whole page.
pub(crate) fn page(report: &SessionReport, language: Language, origin: Origin) -> String {
    let titles = language.titles();
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (report.headline) " – Plumbline" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                (chart::patterns())
                main {
                    (top(report, language, origin))
                    @match &report.drill {
                        Some(drill) => (drill_sections(drill, language)),
                        None => (run_sections(report, language)),
                    }
                    (next_drill(report, titles))
                    (untold(report, language))
                    @if report.summary.steady_steps > 0 { (numbers(report, language)) }
                    (bottom(report, titles, origin))
                }
            }
        }
    };
    markup.into_string()
}

/// The line above the sentence: what, when, how long.
fn top(report: &SessionReport, language: Language, origin: Origin) -> Markup {
    let titles = language.titles();
    let kind = match report.kind {
        SessionKind::Run => titles.run.to_string(),
        SessionKind::Drill(drill) => format!("{} {}", titles.drill, drill.name()),
    };
    html! {
        header {
            div.mark {
                svg viewBox="0 0 24 24" aria-hidden="true" {
                    path d="M12 1v15" stroke="currentColor" stroke-width="1.5" {}
                    path d="M12 14l3.2 4.2L12 23l-3.2-4.8z" fill="currentColor" {}
                }
                span { "Plumbline" }
                small { @if report.drill.is_some() { (titles.drill_report) } @else { (titles.report) } }
            }
            p.when { (kind) " · " (language.moment(report.started_at)) " · " (clock(report.duration_s)) }
            h1 { (report.headline) }
            @if origin == Origin::Synthetic { p.notice { (titles.synthetic) } }
        }
    }
}

fn run_sections(report: &SessionReport, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        (minutes(report, language))
        @if let Some(picture) = chart::course(report, language) {
            section {
                h2 { (titles.course) }
                figure.figure { (picture) figcaption.note { (titles.course_note) } }
            }
        }
        @if let Some(drift) = report.drift_deg_per_10_min {
            section {
                h2 { (titles.drift) }
                div.big { strong { (language.signed(drift, 1)) "°" } span { (titles.drift_unit) } }
                p.note { (titles.drift_note) }
            }
        }
        @if !report.launches.is_empty() {
            section {
                h2 { (titles.launches) }
                (repetitions(&report.launches, language))
                p.note { (titles.launches_note) }
            }
        }
        @if !report.causes.is_empty() { (causes(report, language)) }
    }
}

fn minutes(report: &SessionReport, language: Language) -> Markup {
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
                            strong { (language.number(seconds / 60.0, 1)) small { " min" } }
                            small { (language.number(share * 100.0, 0)) " %" }
                        }
                    }
                }
            } @else {
                p { (titles.no_running) }
            }
        }
    }
}

fn repetitions(repetitions: &[Repetition], language: Language) -> Markup {
    let titles = language.titles();
    let degrees = |angle: Option<f64>| {
        angle.map_or("–".to_string(), |angle| {
            format!("{}°", language.number(angle, 1))
        })
    };
    html! {
        div.scroll {
            table {
                thead {
                    tr {
                        th { (titles.number) }
                        th { (titles.lean) }
                        th { (titles.expected) }
                        th { (titles.bend) }
                        th.text { (titles.verdict) }
                    }
                }
                tbody {
                    @for (index, repetition) in repetitions.iter().enumerate() {
                        tr {
                            td { (index + 1) }
                            td { (degrees(repetition.trunk_lean_deg)) }
                            td { (degrees(repetition.expected_angle_deg)) }
                            td { (degrees(repetition.waist_bend_deg)) }
                            td.text { (titles.outcome(repetition.outcome)) }
                        }
                    }
                }
            }
        }
    }
}

fn causes(report: &SessionReport, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        section {
            div.pair {
                @for (cause, title) in report.causes.iter().zip([titles.cause, titles.runner_up]) {
                    div {
                        h2 { (title) }
                        h3 { (cause.text) }
                        div.probability { i style={ "width:" (share_of_100(cause.probability)) "%" } {} }
                        small { (language.number(cause.probability * 100.0, 0)) " % · " (titles.provenance) " " (cause.provenance) }
                        ul.plain { @for line in &cause.evidence { li { (line) } } }
                    }
                }
            }
        }
    }
}

fn drill_sections(drill: &DrillReport, language: Language) -> Markup {
    let titles = language.titles();
    let result = &drill.result;
    html! {
        section {
            h2 { (titles.repetitions) }
            div.big {
                strong { (result.passed) " / " (result.seen) }
                span { (titles.passed) " / " (titles.seen) " · " (result.asked) " " (titles.asked) }
                span { "· " @if result.met { (titles.met) } @else { (titles.not_met) } }
            }
            @if !drill.unlocked.is_empty() {
                p { (titles.unlocked) ": " @for id in &drill.unlocked { (id.name()) " " } }
            }
        }
        @if !drill.repetitions.is_empty() { section { (repetitions(&drill.repetitions, language)) } }
    }
}

fn next_drill(report: &SessionReport, titles: &Titles) -> Markup {
    html! {
        @if let Some(next) = &report.next_drill {
            section {
                h2 { (titles.next_drill) }
                div.drill { h3 { span.code { (next.drill.name()) } } p { (next.why) } }
            }
        }
    }
}

fn untold(report: &SessionReport, language: Language) -> Markup {
    let titles = language.titles();
    html! {
        @if !report.untold.is_empty() {
            section {
                h2 { (titles.untold) }
                ul.plain { @for line in &report.untold { li { (line) } } }
                @if !report.gaps.is_empty() {
                    p.note { (titles.gaps) ": " (super::gap_lines(&report.gaps, language).join("; ")) }
                }
            }
        }
    }
}

fn numbers(report: &SessionReport, language: Language) -> Markup {
    let titles = language.titles();
    let row = |quantity: &Quantity| {
        let known = quantity.estimate.map(|known| {
            (
                language.number(known.mean, quantity.decimals),
                language.range(known.ci90, quantity.decimals),
            )
        });
        html! {
            tr {
                td { (quantity.name) }
                @if let Some((mean, range)) = known {
                    td { (mean) span.unit { (quantity.unit) } }
                    td { (range) }
                } @else {
                    td { "–" span.unit {} }
                    td { "–" }
                }
            }
        }
    };
    html! {
        section {
            h2 { (titles.numbers) }
            table {
                thead { tr { th { (titles.quantity) } th { (titles.mean) span.unit {} } th { (titles.interval) } } }
                tbody { @for quantity in &quantities(&report.summary, language) { (row(quantity)) } }
            }
            p.note { (report.summary.steady_steps) " " (titles.steady_steps) }
        }
    }
}

fn bottom(report: &SessionReport, titles: &Titles, origin: Origin) -> Markup {
    html! {
        footer {
            p { (titles.reference) }
            p { (titles.judged_by) " " (report.model) " · Plumbline " (env!("CARGO_PKG_VERSION")) }
            @if origin == Origin::Synthetic { p { (titles.synthetic) } }
        }
    }
}

fn share_of_100(probability: f64) -> f64 {
    (probability.clamp(0.0, 1.0) * 1000.0).round() / 10.0
}
