//! The pictures of the report as inline SVG: minutes by class, and the course of the lean.
//!
//! Knows no sentence and computes nothing but places. Invariant: a class is told by colour, shape and word, never by
//! colour alone.

use maud::{Markup, html};
use plumbline_core::{
    lean::reading::{LeanClass, LeanReading},
    session::report::{Gap, SessionReport},
};

use crate::language::Language;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 330.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 710.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 262.0;
/// Windows further apart than this are not joined by a line, seconds.
const JOIN_WITHIN_S: f64 = 15.0;

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

/// One bar, as long as the running, split by class; `None` when nothing ran.
pub(crate) fn class_bar(class_seconds: &[f64; 5], language: Language) -> Option<Markup> {
    let total: f64 = class_seconds.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let titles = language.titles();
    let mut x = 0.0;
    let parts: Vec<(LeanClass, f64, f64)> = LeanClass::ALL
        .into_iter()
        .zip(class_seconds)
        .filter(|(_, seconds)| **seconds > 0.0)
        .map(|(class, seconds)| {
            let start = x;
            x += seconds / total * WIDTH;
            (class, start, x - start)
        })
        .collect();
    Some(html! {
        svg viewBox={ "0 0 " (WIDTH) " 44" } role="img" aria-label=(titles.minutes) {
            clipPath id="rounded" { rect width=(WIDTH) height="44" rx="6" {} }
            g clip-path="url(#rounded)" {
                @for (class, start, width) in parts {
                    (class_box(class, start, 0.0, (width - 1.5).max(0.5), 44.0))
                    @if width > 90.0 {
                        text class="on-fill" x=(tenths(start + 12.0)) y="27" { (titles.class(class)) }
                    }
                }
            }
        }
    })
}

/// Where minutes and degrees lie in the picture.
struct Axes {
    end_s: f64,
    low_deg: f64,
    high_deg: f64,
}

impl Axes {
    fn around(report: &SessionReport) -> Self {
        let angles = report
            .windows
            .iter()
            .flat_map(|window| {
                window
                    .trunk_lean_ci90_deg
                    .into_iter()
                    .flatten()
                    .chain(window.trunk_lean_deg)
            })
            .chain(report.band_deg.into_iter().flatten());
        let (low, high) = angles.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), angle| {
            (low.min(angle), high.max(angle))
        });
        let (low, high) = if low <= high { (low, high) } else { (0.0, 12.0) };
        Self {
            end_s: report
                .windows
                .last()
                .map_or(60.0, |window| window.end_s)
                .max(report.duration_s)
                .max(60.0),
            low_deg: (low / 2.0 - 0.25).floor() * 2.0,
            high_deg: (high / 2.0 + 0.25).ceil() * 2.0,
        }
    }

    fn x(&self, time_s: f64) -> f64 {
        LEFT + (time_s / self.end_s).clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    fn y(&self, angle_deg: f64) -> f64 {
        BOTTOM - (angle_deg - self.low_deg) / (self.high_deg - self.low_deg) * (BOTTOM - TOP)
    }

    fn degree_ticks(&self) -> Vec<f64> {
        let step = if self.high_deg - self.low_deg > 14.0 {
            4.0
        } else {
            2.0
        };
        ticks(self.low_deg, self.high_deg, step)
    }

    fn minute_ticks(&self) -> Vec<f64> {
        let minutes = self.end_s / 60.0;
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0]
            .into_iter()
            .find(|step| minutes / step <= 10.0)
            .unwrap_or(60.0);
        ticks(0.0, minutes, step)
    }
}

fn ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    let count = ((high - low) / step + 1e-9).floor() as u32;
    (0..=count).map(|index| low + f64::from(index) * step).collect()
}

/// The lean over time: band, interval, mean, and each window's class.
pub(crate) fn course(report: &SessionReport, language: Language) -> Option<Markup> {
    report.windows.iter().any(|window| window.trunk_lean_deg.is_some()).then(|| {
        let axes = Axes::around(report);
        let titles = language.titles();
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(titles.course) {
                text x="0" y="12" { (titles.degrees_axis) }
                (grid(&axes, language))
                (band(&axes, report.band_deg, language))
                (holes(&axes, &report.gaps, language))
                @for stretch in joined(&report.windows) { (line(&axes, &stretch)) }
                g class="marks" {
                    @for window in &report.windows { (window_mark(&axes, window, report.windows.len(), language)) }
                }
                (strip(&axes, &report.windows))
            }
        }
    })
}

fn grid(axes: &Axes, language: Language) -> Markup {
    html! {
        @for angle in axes.degree_ticks() {
            line class="grid" x1=(LEFT) x2=(RIGHT) y1=(tenths(axes.y(angle))) y2=(tenths(axes.y(angle))) {}
            text x=(LEFT - 8.0) y=(tenths(axes.y(angle) + 4.0)) text-anchor="end" { (language.number(angle, 0)) "°" }
        }
        @for minute in axes.minute_ticks() {
            text x=(tenths(axes.x(minute * 60.0))) y=(BOTTOM + 50.0) text-anchor="middle" { (language.number(minute, 0)) }
        }
        text x=(RIGHT) y=(BOTTOM + 66.0) text-anchor="end" { (language.titles().minutes_axis) }
    }
}

fn band(axes: &Axes, band_deg: Option<[f64; 2]>, language: Language) -> Markup {
    html! {
        @if let Some([low, high]) = band_deg {
            rect class="band" x=(LEFT) width=(RIGHT - LEFT) y=(tenths(axes.y(high))) height=(tenths(axes.y(low) - axes.y(high))) {}
            @for edge in [low, high] {
                line class="band-edge" x1=(LEFT) x2=(RIGHT) y1=(tenths(axes.y(edge))) y2=(tenths(axes.y(edge))) {}
            }
            text class="band-name" x=(RIGHT) y=(tenths(axes.y(high) - 6.0)) text-anchor="end" {
                (language.titles().band) " " (language.range([low, high], 1)) "°"
            }
        }
    }
}

fn holes(axes: &Axes, gaps: &[Gap], language: Language) -> Markup {
    html! {
        @for gap in gaps.iter().filter(|gap| gap.end_s - gap.start_s > 1.0) {
            rect fill="url(#hole)" x=(tenths(axes.x(gap.start_s))) y=(TOP) height=(BOTTOM - TOP)
                width=(tenths(axes.x(gap.end_s) - axes.x(gap.start_s))) {
                title { (language.titles().gap_reason(gap.reason)) }
            }
        }
    }
}

/// Windows with an angle, cut where time is missing between them.
fn joined(windows: &[LeanReading]) -> Vec<Vec<&LeanReading>> {
    let mut stretches: Vec<Vec<&LeanReading>> = Vec::new();
    for window in windows.iter().filter(|window| window.trunk_lean_deg.is_some()) {
        match stretches.last_mut() {
            Some(stretch)
                if stretch
                    .last()
                    .is_some_and(|last| window.start_s - last.end_s < JOIN_WITHIN_S) =>
            {
                stretch.push(window);
            }
            _ => stretches.push(vec![window]),
        }
    }
    stretches
}

/// The interval as a ribbon and the mean as a line.
fn line(axes: &Axes, stretch: &[&LeanReading]) -> Markup {
    let point = |window: &LeanReading, angle: f64| {
        format!("{},{}", tenths(axes.x(middle(window))), tenths(axes.y(angle)))
    };
    let mean: Vec<String> = stretch
        .iter()
        .filter_map(|window| Some(point(window, window.trunk_lean_deg?)))
        .collect();
    let edge = |side: usize| {
        stretch
            .iter()
            .filter_map(move |window| Some(point(window, *window.trunk_lean_ci90_deg?.get(side)?)))
    };
    let ribbon: Vec<String> = edge(1)
        .chain(edge(0).collect::<Vec<_>>().into_iter().rev())
        .collect();
    html! {
        polygon class="ribbon" points=(ribbon.join(" ")) {}
        polyline class="course" points=(mean.join(" ")) {}
    }
}

fn window_mark(axes: &Axes, window: &LeanReading, count: usize, language: Language) -> Markup {
    // An hour has 360 windows: the marks shrink so that the course stays readable.
    let size = (330.0 / count.max(1) as f64).clamp(1.8, 4.0);
    html! {
        @if let Some(angle) = window.trunk_lean_deg {
            g {
                title {
                    (crate::language::clock(middle(window))) ", " (language.titles().class(window.class)) ", " (language.number(angle, 1)) "°"
                }
                (mark(window.class, axes.x(middle(window)), axes.y(angle), tenths(size)))
            }
        }
    }
}

/// The class of every window, the ones without an angle too.
fn strip(axes: &Axes, windows: &[LeanReading]) -> Markup {
    html! {
        @for window in windows {
            (class_box(window.class, axes.x(window.start_s), BOTTOM + 14.0, axes.x(window.end_s) - axes.x(window.start_s) + 0.3, 14.0))
        }
    }
}

fn middle(window: &LeanReading) -> f64 {
    f64::midpoint(window.start_s, window.end_s)
}

/// A place in the picture: a tenth of a unit is finer than any screen.
fn tenths(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}
