//! The pictures of the report as inline SVG: minutes by class, and the course of the lean.
//!
//! Knows no sentence and computes nothing but places. Invariant: a class is told by colour, shape and word, never by
//! colour alone; each picture comes in two widths, so that its words keep their size on a phone.

mod bar;
mod course;

use maud::{Markup, html};
use plumbline_core::lean::reading::LeanClass;

pub(super) use bar::class_bar;
pub(super) use course::course;

/// How wide a picture is drawn, in its own units, which are pixels on a common screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    /// Beside a margin, on a desk or on paper.
    Wide,
    /// On a phone held upright.
    Narrow,
}

impl Width {
    const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    const fn units(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 342.0,
        }
    }

    /// The class that the style sheet shows at this width alone.
    const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// The hatch of each class, so that the bars read without colour: `None` is a plain fill.
const fn hatch(class: LeanClass) -> Option<&'static str> {
    match class {
        LeanClass::Good => None,
        LeanClass::Under => Some("M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5"),
        LeanClass::Over => Some("M-1 5 L1 7 M0 0 L6 6 M5 -1 L7 1"),
        LeanClass::WaistBend => Some("M0 3 H6 M3 0 V6"),
        LeanClass::NotSure => Some("M3 0 V6"),
    }
}

/// The hatches, once a page; every other picture refers to them.
pub(crate) fn patterns() -> Markup {
    html! {
        svg width="0" height="0" style="position:absolute" aria-hidden="true" {
            defs {
                @for class in LeanClass::ALL {
                    @if let Some(lines) = hatch(class) {
                        pattern id={ "hatch-" (class.name()) } width="6" height="6" patternUnits="userSpaceOnUse" {
                            path class="hatch" fill="none" d=(lines) {}
                        }
                    }
                }
                pattern id="hole" width="6" height="6" patternUnits="userSpaceOnUse" {
                    path class="hole" d="M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5" {}
                }
            }
        }
    }
}

/// A rectangle in a class's colour and hatch.
fn class_box(class: LeanClass, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let (x, y, width) = (tenths(x), tenths(y), tenths(width));
    html! {
        rect class={ "fill-" (class.name()) } x=(x) y=(y) width=(width) height=(height) {}
        @if hatch(class).is_some() {
            rect fill={ "url(#hatch-" (class.name()) ")" } x=(x) y=(y) width=(width) height=(height) {}
        }
    }
}

/// A mark of a class: its own shape as well as its colour.
fn mark(class: LeanClass, x: f64, y: f64, size: f64) -> Markup {
    let (a, b) = (tenths(x), tenths(y));
    let path = match class {
        LeanClass::Good => format!(
            "M{a} {b}m-{size} 0a{size} {size} 0 1 0 {d} 0a{size} {size} 0 1 0 -{d} 0z",
            d = size * 2.0
        ),
        LeanClass::Under => format!("M{a} {b}m-{size} -{h}h{d}l-{size} {d}z", h = size, d = size * 2.0),
        LeanClass::Over => format!("M{a} {b}m-{size} {size}h{d}l-{size} -{d}z", d = size * 2.0),
        LeanClass::WaistBend => format!("M{a} {b}m-{size} -{size}h{d}v{d}h-{d}z", d = size * 2.0),
        LeanClass::NotSure => format!("M{a} {b}m-{size} 0l{size} -{size}l{size} {size}l-{size} {size}z"),
    };
    html! { path class={ "fill-" (class.name()) } d=(path) {} }
}

/// The mark of a class alone, for a legend.
pub(crate) fn legend_mark(class: LeanClass) -> Markup {
    html! { svg class="marks" viewBox="0 0 14 14" aria-hidden="true" { (mark(class, 7.0, 7.0, 5.5)) } }
}

/// A place in the picture: a tenth of a unit is finer than any screen.
fn tenths(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}
