//! The course of the lean over a run.

use maud::{Markup, html};
use plumbline_core::{
    lean::reading::LeanReading,
    session::report::{Gap, SessionReport},
};

use super::{Width, class_box, mark, tenths};
use crate::language::{Language, clock};

const HEIGHT: f64 = 332.0;
const LEFT: f64 = 34.0;
/// Room at the right for half a label.
const MARGIN: f64 = 10.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 262.0;
/// Half the size of a mark, and the least room between two.
const MARK: f64 = 3.6;
const MARKS_APART: f64 = 11.0;
/// Windows further apart than this are not joined by a line, seconds.
const JOIN_WITHIN_S: f64 = 15.0;

/// Where minutes and degrees lie in the picture.
struct Axes {
    right: f64,
    narrow: bool,
    end_s: f64,
    low_deg: f64,
    high_deg: f64,
}

impl Axes {
    fn around(report: &SessionReport, width: Width) -> Self {
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
            right: width.units() - MARGIN,
            narrow: width == Width::Narrow,
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
        LEFT + (time_s / self.end_s).clamp(0.0, 1.0) * (self.right - LEFT)
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
        ticks((self.low_deg / step).ceil() * step, self.high_deg, step)
    }

    fn minute_ticks(&self) -> Vec<f64> {
        let minutes = self.end_s / 60.0;
        let most = if self.narrow { 5.0 } else { 10.0 };
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0]
            .into_iter()
            .find(|step| minutes / step <= most)
            .unwrap_or(60.0);
        ticks(0.0, minutes, step)
    }
}

fn ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    let count = ((high - low) / step + 1e-9).floor() as u32;
    (0..=count).map(|index| low + f64::from(index) * step).collect()
}

/// The lean over time in both widths: band, interval, mean, and each window's class. `None` without any angle.
pub(crate) fn course(report: &SessionReport, told: &str, language: Language) -> Option<Markup> {
    let known = report
        .windows
        .iter()
        .any(|window| window.trunk_lean_deg.is_some());
    known.then(|| {
        html! { @for width in Width::ALL { (picture(report, width, told, language)) } }
    })
}

fn picture(report: &SessionReport, width: Width, told: &str, language: Language) -> Markup {
    let axes = Axes::around(report, width);
    let titles = language.titles();
    html! {
        svg class=(width.name()) viewBox={ "0 0 " (width.units()) " " (HEIGHT) } role="img" aria-label={ (titles.course) ": " (told) } {
            text x="0" y="12" { (titles.degrees_axis) }
            (grid(&axes, language))
            (band(&axes, report.band_deg, language))
            (holes(&axes, &report.gaps, language))
            @for stretch in joined(&report.windows) { (line(&axes, &stretch)) }
            g class="marks" {
                @for window in spaced(&axes, &report.windows) { (window_mark(&axes, window, language)) }
            }
            (strip(&axes, &report.windows))
        }
    }
}

fn grid(axes: &Axes, language: Language) -> Markup {
    html! {
        @for angle in axes.degree_ticks() {
            line class="grid" x1=(LEFT) x2=(axes.right) y1=(tenths(axes.y(angle))) y2=(tenths(axes.y(angle))) {}
            text x=(LEFT - 8.0) y=(tenths(axes.y(angle) + 4.0)) text-anchor="end" { (language.number(angle, 0)) "°" }
        }
        @for minute in axes.minute_ticks() {
            text x=(tenths(axes.x(minute * 60.0))) y=(BOTTOM + 50.0) text-anchor="middle" { (language.number(minute, 0)) }
        }
        text x=(axes.right) y=(BOTTOM + 66.0) text-anchor="end" { (language.titles().minutes_axis) }
    }
}

fn band(axes: &Axes, band_deg: Option<[f64; 2]>, language: Language) -> Markup {
    html! {
        @if let Some([low, high]) = band_deg {
            rect class="band" x=(LEFT) width=(axes.right - LEFT) y=(tenths(axes.y(high))) height=(tenths(axes.y(low) - axes.y(high))) {}
            @for edge in [low, high] {
                line class="band-edge" x1=(LEFT) x2=(axes.right) y1=(tenths(axes.y(edge))) y2=(tenths(axes.y(edge))) {}
            }
            text class="band-name" x=(axes.right) y=(tenths(axes.y(high) - 6.0)) text-anchor="end" {
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

/// Windows far enough apart for their marks to be told from each other; a change of class always has its mark.
fn spaced<'a>(axes: &Axes, windows: &'a [LeanReading]) -> Vec<&'a LeanReading> {
    let mut kept: Vec<&LeanReading> = Vec::new();
    for window in windows.iter().filter(|window| window.trunk_lean_deg.is_some()) {
        let far = kept.last().is_none_or(|last| {
            let apart = axes.x(middle(window)) - axes.x(middle(last));
            apart >= MARKS_APART || (last.class != window.class && apart >= MARKS_APART / 2.0)
        });
        if far {
            kept.push(window);
        }
    }
    kept
}

fn window_mark(axes: &Axes, window: &LeanReading, language: Language) -> Markup {
    html! {
        @if let Some(angle) = window.trunk_lean_deg {
            g {
                title {
                    (clock(middle(window))) ", " (language.titles().class(window.class)) ", " (language.number(angle, 1)) "°"
                }
                (mark(window.class, axes.x(middle(window)), axes.y(angle), MARK))
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
