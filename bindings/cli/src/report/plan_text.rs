//! A plan for the terminal.
//!
//! Decides nothing; the JSON has everything. Invariant: a percentage never stands without what it is.

use plumbline_core::{
    drill::{DrillId, catalog::Drill},
    view::plan::{CauseView, PlanView},
    words::Words,
};

use super::text::wrap;
use crate::{language::Language, terminal::Paint};

/// Columns of a sentence.
const WIDTH: usize = 74;
/// A cause below this is not worth a line.
const SHOWN: f64 = 0.1;
/// Reasons shown for a cause.
const REASONS: usize = 3;

/// The plan as a page.
pub(crate) fn page(plan: &PlanView, words: &Words, language: Language, paint: Paint) -> String {
    let titles = language.titles();
    let mut lines = Vec::new();
    match plan.drill {
        Some(drill) => lines.push(format!(
            "{}: {}",
            titles.next_drill,
            paint.bold(&named(drill, words))
        )),
        None => lines.push(paint.bold(titles.no_drill)),
    }
    lines.extend(indented(&plan.why, "  "));
    if let Some(band) = plan.band_deg {
        let [low, high] = band.map(|edge| language.number(edge, 1));
        lines.push(format!("{}: {low} – {high}°", titles.band));
    }
    lines.push(String::new());
    lines.push(paint.bold(titles.causes));
    for cause in plan.causes.iter().filter(|cause| cause.probability >= SHOWN) {
        lines.extend(cause_lines(cause, words, paint));
    }
    lines.extend(
        indented(&words.text("cause-share"), "  ")
            .iter()
            .map(|line| paint.dim(line)),
    );
    if let Some(test) = plan.next_self_test {
        lines.push(String::new());
        lines.push(paint.bold(titles.self_test));
        let message = format!("self-test-{}", test.replace('_', "-"));
        lines.extend(indented(&words.text(&message), "  "));
    }
    lines.push(String::new());
    lines.push(drills(titles.mastered, &plan.mastered, words));
    lines.push(drills(titles.open, &plan.unlocked, words));
    if let Some(day) = &plan.probe_due {
        lines.push(format!("{}: {day}", titles.probe_due));
    }
    lines.join("\n")
}

fn cause_lines(cause: &CauseView, words: &Words, paint: Paint) -> Vec<String> {
    let sentence = words.text(&format!("cause-{}", cause.cause.replace('_', "-")));
    let share = format!("{:3.0} % ", 100.0 * cause.probability);
    let mut lines = indented(&format!("{share}{sentence}"), "  ");
    for reason in cause.evidence.iter().take(REASONS) {
        lines.extend(indented(reason, "        ").iter().map(|line| paint.dim(line)));
    }
    lines
}

fn indented(sentence: &str, by: &str) -> Vec<String> {
    let lines = wrap(sentence, WIDTH - by.len());
    lines.into_iter().map(|line| format!("{by}{line}")).collect()
}

fn named(drill: DrillId, words: &Words) -> String {
    format!("{} {}", drill.name(), words.text(Drill::of(drill).title))
}

fn drills(title: &str, drills: &[DrillId], words: &Words) -> String {
    let names: Vec<String> = drills.iter().map(|drill| named(*drill, words)).collect();
    let listed = if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    };
    wrap(&format!("{title}: {listed}"), WIDTH).join("\n  ")
}
