//! One bar, as long as the running, split by class.

use maud::{Markup, html};
use plumbline_core::lean::reading::LeanClass;

use super::{Width, class_box, tenths};
use crate::language::Language;

const HEIGHT: f64 = 44.0;
/// Room a letter takes at most, in a bold label of 13 units.
const LETTER: f64 = 8.5;

/// One part of the bar.
struct Part {
    class: LeanClass,
    x: f64,
    width: f64,
    /// The longest of the labels that fit.
    label: Option<String>,
}

/// The bar in both widths; `None` when nothing ran.
pub(crate) fn class_bar(class_seconds: &[f64; 5], language: Language) -> Option<Markup> {
    let total: f64 = class_seconds.iter().sum();
    (total > 0.0).then(|| {
        html! {
            @for width in Width::ALL {
                (bar(width, &parts(class_seconds, total, width.units(), language), language))
            }
        }
    })
}

fn bar(width: Width, parts: &[Part], language: Language) -> Markup {
    let (name, units) = (width.name(), width.units());
    html! {
        svg class=(name) viewBox={ "0 0 " (units) " " (HEIGHT) } role="img" aria-label=(language.titles().minutes) {
            clipPath id={ "rounded-" (name) } { rect width=(units) height=(HEIGHT) rx="6" {} }
            g clip-path={ "url(#rounded-" (name) ")" } {
                @for part in parts {
                    (class_box(part.class, part.x, 0.0, (part.width - 1.5).max(0.5), HEIGHT))
                    @if let Some(label) = &part.label {
                        @let back = label.chars().count() as f64 * LETTER * 0.82 + 8.0;
                        rect class={ "fill-" (part.class.name()) } x=(tenths(part.x + 6.0)) y="12" width=(tenths(back)) height="20" rx="3" {}
                        text class="on-fill" x=(tenths(part.x + 10.0)) y="26.5" { (label) }
                    }
                }
            }
        }
    }
}

fn parts(class_seconds: &[f64; 5], total: f64, units: f64, language: Language) -> Vec<Part> {
    let titles = language.titles();
    let mut x = 0.0;
    LeanClass::ALL
        .into_iter()
        .zip(class_seconds)
        .filter(|(_, seconds)| **seconds > 0.0)
        .map(|(class, seconds)| {
            let width = seconds / total * units;
            let (word, minutes) = (titles.class(class), language.number(seconds / 60.0, 1));
            let fits = |label: &String| label.chars().count() as f64 * LETTER + 20.0 < width;
            let labels = [format!("{word} {minutes} min"), word.to_string()];
            let part = Part {
                class,
                x,
                width,
                label: labels.into_iter().find(fits),
            };
            x += width;
            part
        })
        .collect()
}
