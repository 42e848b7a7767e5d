//! The sections of a drill: how many as asked, and each repetition.

use maud::{Markup, html};
use plumbline_core::{drill::catalog::Drill, session::report::DrillReport};

use super::{super::story::Story, repetitions};
use crate::language::Language;

/// What stands between the sentence and the next drill.
pub(super) fn sections(drill: &DrillReport, story: &Story, language: Language) -> Markup {
    let titles = language.titles();
    let result = &drill.result;
    // Of a session that counts as one, too, so many repetitions are looked at.
    let counted = Drill::of(result.drill).asked() as usize;
    let unlocked: Vec<String> = drill.unlocked.iter().map(|id| story.drill(*id)).collect();
    html! {
        section {
            h2 { (titles.repetitions) }
            div.big {
                strong { (result.passed) " / " (result.seen) }
                span { (titles.passed) " / " (titles.seen) }
                span { "· " (result.asked) " " (titles.asked) }
                span { "· " @if result.met { (titles.met) } @else { (titles.not_met) } }
            }
            @if !unlocked.is_empty() { p { (titles.unlocked) ": " (unlocked.join(", ")) } }
            @if !drill.repetitions.is_empty() { (repetitions(&drill.repetitions, counted, language)) }
        }
    }
}
