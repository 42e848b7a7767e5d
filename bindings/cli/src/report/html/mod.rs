//! The report as one HTML page: styles and pictures inline, no script, light and dark, fit to print.

mod drill;
mod run;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use plumbline_core::{
    drill::Repetition,
    session::{output::SessionKind, report::SessionReport},
};

use super::{Origin, Quantity, chart, degrees, quantities, story::Story, verdict};
use crate::language::{Language, Titles, clock};

/// The whole page.
pub(crate) fn page(report: &SessionReport, language: Language, origin: Origin) -> String {
    let titles = language.titles();
    let story = Story::new(language);
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (report.headline) " – Plumbline" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                (chart::patterns())
                main {
                    (top(report, &story, language, origin))
                    @match &report.drill {
                        Some(drill) => (drill::sections(drill, &story, language)),
                        None => (run::sections(report, &story, language)),
                    }
                    (next_drill(report, &story, titles))
                    (untold(report, language))
                    @if report.drill.is_none() { (check_in(&story, titles)) }
                    @if report.drill.is_none() && report.summary.steady_steps > 0 { (numbers(report, language)) }
                    (bottom(report, titles, origin))
                }
            }
        }
    };
    markup.into_string()
}

/// The line above the sentence: what, when, how long.
fn top(report: &SessionReport, story: &Story, language: Language, origin: Origin) -> Markup {
    let titles = language.titles();
    let kind = match report.kind {
        SessionKind::Run => titles.run.to_string(),
        SessionKind::Drill(drill) => format!("{} · {}", drill.name(), story.drill(drill)),
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

/// One row a repetition; a column that no repetition fills is left out, those beyond the first `counted` were practice.
fn repetitions(repetitions: &[Repetition], counted: usize, language: Language) -> Markup {
    let titles = language.titles();
    let expected = repetitions.iter().any(|one| one.expected_angle_deg.is_some());
    let angles = repetitions.iter().any(|one| one.trunk_lean_deg.is_some());
    html! {
        div.scroll {
            table.repetitions {
                thead {
                    tr {
                        th scope="col" { (titles.number) }
                        th scope="col" { (titles.at) }
                        @if angles { th scope="col" { (titles.lean) } }
                        @if expected { th scope="col" { (titles.expected) } }
                        @if angles { th scope="col" { (titles.bend) } }
                        th.text scope="col" { (titles.verdict) }
                    }
                }
                tbody {
                    @for (index, one) in repetitions.iter().enumerate() {
                        tr.practice[index >= counted] {
                            td { (index + 1) }
                            td { (clock(one.start_s)) }
                            @if angles { td { (degrees(one.trunk_lean_deg, language)) } }
                            @if expected { td { (degrees(one.expected_angle_deg, language)) } }
                            @if angles { td { (degrees(one.waist_bend_deg, language)) } }
                            td.text { (verdict(one, index < counted, titles)) }
                        }
                    }
                }
            }
        }
    }
}

fn next_drill(report: &SessionReport, story: &Story, titles: &Titles) -> Markup {
    html! {
        @if let Some(next) = &report.next_drill {
            section {
                h2 { (titles.next_drill) }
                div.drill {
                    h3 { span.code { (next.drill.name()) } " " (story.drill(next.drill)) }
                    p.cue { (story.cue(next.drill)) }
                    p { (next.why) }
                }
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

fn check_in(story: &Story, titles: &Titles) -> Markup {
    let [now, tomorrow] = story.check_in();
    html! {
        section {
            h2 { (titles.check_in) }
            p { (now) " " (tomorrow) }
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
                th scope="row" { (quantity.name) }
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
            table.numbers {
                thead {
                    tr {
                        th scope="col" { (titles.quantity) }
                        th scope="col" { (titles.mean) span.unit {} }
                        th scope="col" { (titles.interval) }
                    }
                }
                tbody { @for quantity in &quantities(&report.summary, language) { (row(quantity)) } }
            }
            p.note { (report.summary.steady_steps) " " (titles.steady_steps) }
        }
    }
}

fn bottom(report: &SessionReport, titles: &Titles, origin: Origin) -> Markup {
    html! {
        footer {
            p { (titles.reference) @if report.band_deg.is_some() { " " (titles.reference_band) } }
            p { (titles.judged_by) " " (report.model) " · Plumbline " (env!("CARGO_PKG_VERSION")) }
            @if origin == Origin::Synthetic { p { (titles.synthetic) } }
        }
    }
}
