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

/// Words for units that belong to the number before them.
const UNITS: [&str; 9] = [
    "degrees", "Grad", "minute", "minutes", "Minute", "Minuten", "seconds", "Sekunden", "%",
];

/// A sentence whose numbers stay on the line of their unit.
fn glued(sentence: &str) -> String {
    let mut glued = String::with_capacity(sentence.len());
    for (index, word) in sentence.split(' ').enumerate() {
        let unit = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let after_number = glued.ends_with(|last: char| last.is_ascii_digit());
        match (index, after_number && UNITS.contains(&unit)) {
            (0, _) => {}
            (_, true) => glued.push('\u{a0}'),
            (_, false) => glued.push(' '),
        }
        glued.push_str(word);
    }
    glued
}

/// A title for a narrow column: German joins words that a phone has to break.
fn breakable(title: &str) -> String {
    ["neigung", "knick"]
        .into_iter()
        .fold(title.to_string(), |title, end| {
            title.replace(end, &format!("\u{ad}{end}"))
        })
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
                        @if angles { th scope="col" { (breakable(titles.lean)) } }
                        @if expected { th scope="col" { (titles.expected) } }
                        @if angles { th scope="col" { (breakable(titles.bend)) } }
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
                    h3 { span.code { (next.drill.name()) } " " (breakable(&story.drill(next.drill))) }
                    p.cue { (story.cue(next.drill)) }
                    p { (glued(&next.why)) }
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
                ul.plain { @for line in &report.untold { li { (glued(line)) } } }
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

#[cfg(test)]
mod tests {
    use super::{breakable, glued};

    #[test]
    fn a_number_stays_with_its_unit_and_with_nothing_else() {
        assert_eq!(
            glued("Um 2,8 Grad in 10 Minuten, 3 von 4 Starts."),
            "Um 2,8\u{a0}Grad in 10\u{a0}Minuten, 3 von 4 Starts."
        );
        assert_eq!(glued("many degrees  apart"), "many degrees  apart");
    }

    #[test]
    fn a_long_german_title_may_break_between_its_parts() {
        assert_eq!(breakable("Rumpfneigung"), "Rumpf\u{ad}neigung");
        assert_eq!(breakable("Neigung"), "Neigung");
    }
}
