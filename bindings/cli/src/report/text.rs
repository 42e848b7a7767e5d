//! The report on the terminal: the order of the page, plain columns, colour only where it is wanted.

use std::fmt::Write;

use plumbline_core::{
    drill::Repetition,
    lean::reading::LeanClass,
    session::{
        output::SessionKind,
        report::{DrillReport, SessionReport},
    },
};

use super::{Origin, gap_lines, quantities, shares};
use crate::{
    language::{Language, clock},
    terminal::Paint,
};

/// Columns of the bar of minutes.
const BAR: usize = 60;
/// Columns of the course of the lean.
const COURSE: usize = 72;

/// The whole report.
pub(crate) fn page(report: &SessionReport, language: Language, origin: Origin, paint: Paint) -> String {
    let mut page = Page {
        text: String::new(),
        language,
        paint,
    };
    page.top(report, origin);
    match &report.drill {
        Some(drill) => page.drill(drill),
        None => page.run(report),
    }
    page.advice(report);
    page.numbers(report);
    page.text
}

/// A report being written. Writing to a string cannot fail, so its results are dropped.
struct Page {
    text: String,
    language: Language,
    paint: Paint,
}

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.paint.bold(heading);
        self.line(&format!("\n{heading}"));
    }

    fn top(&mut self, report: &SessionReport, origin: Origin) {
        let titles = self.language.titles();
        let kind = match report.kind {
            SessionKind::Run => titles.run.to_string(),
            SessionKind::Drill(drill) => format!("{} {}", titles.drill, drill.name()),
        };
        let when = format!(
            "{kind} · {} · {}",
            self.language.moment(report.started_at),
            clock(report.duration_s)
        );
        let when = self.paint.dim(&when);
        self.line(&when);
        for line in wrap(&report.headline, 76) {
            let line = self.paint.bold(&line);
            self.line(&line);
        }
        if origin == Origin::Synthetic {
            let notice = self.paint.dim(titles.synthetic);
            self.line(&notice);
        }
    }

    fn run(&mut self, report: &SessionReport) {
        self.minutes(report);
        self.course(report);
        let (titles, language) = (self.language.titles(), self.language);
        if let Some(drift) = report.drift_deg_per_10_min {
            self.heading(titles.drift);
            self.line(&format!("  {}° {}", language.signed(drift, 1), titles.drift_unit));
        }
        if !report.launches.is_empty() {
            self.heading(titles.launches);
            self.repetitions(&report.launches);
        }
        for (cause, title) in report.causes.iter().zip([titles.cause, titles.runner_up]) {
            self.heading(title);
            let share = language.number(cause.probability * 100.0, 0);
            self.line(&format!(
                "  {} ({share} %, {} {})",
                cause.text, titles.provenance, cause.provenance
            ));
            for line in &cause.evidence {
                self.line(&format!("  - {line}"));
            }
        }
    }

    fn minutes(&mut self, report: &SessionReport) {
        let (titles, language, paint) = (self.language.titles(), self.language, self.paint);
        self.heading(titles.minutes);
        if report.class_seconds.iter().sum::<f64>() <= 0.0 {
            self.line(&format!("  {}", titles.no_running));
            return;
        }
        let mut bar = String::new();
        let mut columns = 0;
        let mut upto = 0.0;
        for (class, share) in LeanClass::ALL.into_iter().zip(shares(report)) {
            upto += share;
            let end = (upto * BAR as f64).round() as usize;
            bar.push_str(&paint.class(
                class,
                &sign(class).to_string().repeat(end.saturating_sub(columns)),
            ));
            columns = end.max(columns);
        }
        self.line(&format!("  {bar}"));
        for ((class, seconds), share) in LeanClass::ALL
            .into_iter()
            .zip(report.class_seconds)
            .zip(shares(report))
        {
            let (minutes, share) = (
                language.number(seconds / 60.0, 1),
                language.number(share * 100.0, 0),
            );
            let mark = paint.class(class, &sign(class).to_string());
            self.line(&format!(
                "  {mark} {:<14} {minutes:>6} min {share:>4} %",
                titles.class(class)
            ));
        }
    }

    /// One mark a column: the class of most of its windows, at the height of their mean lean.
    fn course(&mut self, report: &SessionReport) {
        let (titles, language, paint) = (self.language.titles(), self.language, self.paint);
        let Some(course) = Course::of(report) else { return };
        self.heading(titles.course);
        for row in (course.low..=course.high).rev() {
            let in_band = report
                .band_deg
                .is_some_and(|[low, high]| (low..=high).contains(&f64::from(row)));
            let ground = if in_band { paint.dim("·") } else { " ".to_string() };
            let mut line = format!("  {:>4}° ", language.number(f64::from(row), 0));
            for column in &course.columns {
                match column {
                    Some((class, angle)) if angle.round() as i32 == row => {
                        line.push_str(&paint.class(*class, &sign(*class).to_string()));
                    }
                    _ => line.push_str(&ground),
                }
            }
            self.line(line.trim_end());
        }
        let end = language.number(course.end_s / 60.0, 0);
        self.line(&format!("        0{:>width$} min", end, width = COURSE - 1));
        if let Some(band) = report.band_deg {
            let band = format!("        · {} {}°", titles.band, language.range(band, 1));
            let band = paint.dim(&band);
            self.line(&band);
        }
    }

    fn repetitions(&mut self, repetitions: &[Repetition]) {
        let (titles, language) = (self.language.titles(), self.language);
        let degrees = |angle: Option<f64>| {
            angle.map_or("–".to_string(), |angle| {
                format!("{}°", language.number(angle, 1))
            })
        };
        let head = format!(
            "  {:>4}  {:>13}  {:>19}  {:>12}  {}",
            titles.number, titles.lean, titles.expected, titles.bend, titles.verdict
        );
        let head = self.paint.dim(&head);
        self.line(&head);
        for (index, repetition) in repetitions.iter().enumerate() {
            self.line(&format!(
                "  {:>4}  {:>13}  {:>19}  {:>12}  {}",
                index + 1,
                degrees(repetition.trunk_lean_deg),
                degrees(repetition.expected_angle_deg),
                degrees(repetition.waist_bend_deg),
                titles.outcome(repetition.outcome),
            ));
        }
    }

    fn drill(&mut self, drill: &DrillReport) {
        let titles = self.language.titles();
        let result = &drill.result;
        self.heading(titles.repetitions);
        let verdict = if result.met { titles.met } else { titles.not_met };
        self.line(&format!(
            "  {} {} / {} {} ({} {}): {verdict}",
            result.passed, titles.passed, result.seen, titles.seen, result.asked, titles.asked
        ));
        self.repetitions(&drill.repetitions);
        if !drill.unlocked.is_empty() {
            let names: Vec<&str> = drill.unlocked.iter().map(|id| id.name()).collect();
            self.line(&format!("  {}: {}", titles.unlocked, names.join(", ")));
        }
    }

    fn advice(&mut self, report: &SessionReport) {
        let titles = self.language.titles();
        if let Some(next) = &report.next_drill {
            self.heading(titles.next_drill);
            for line in wrap(&format!("{}: {}", next.drill.name(), next.why), 76) {
                self.line(&format!("  {line}"));
            }
        }
        if !report.untold.is_empty() {
            self.heading(titles.untold);
            for line in report
                .untold
                .iter()
                .cloned()
                .chain(gap_lines(&report.gaps, self.language))
            {
                self.line(&format!("  - {line}"));
            }
        }
    }

    fn numbers(&mut self, report: &SessionReport) {
        let (titles, language) = (self.language.titles(), self.language);
        if report.summary.steady_steps == 0 {
            return;
        }
        self.heading(&format!(
            "{} ({} {})",
            titles.numbers, report.summary.steady_steps, titles.steady_steps
        ));
        for quantity in quantities(&report.summary, language) {
            let (mean, range) = quantity
                .estimate
                .map_or(("–".to_string(), "–".to_string()), |known| {
                    (
                        language.number(known.mean, quantity.decimals),
                        language.range(known.ci90, quantity.decimals),
                    )
                });
            self.line(&format!(
                "  {:<24} {mean:>8} {:<10} {range:>18}",
                quantity.name, quantity.unit
            ));
        }
        let note = self.paint.dim(&format!(
            "  {:<24} {:>8} {:<10} {:>18}",
            "", titles.mean, "", titles.interval
        ));
        self.line(&note);
    }
}

/// The lean of a run in columns of equal time.
struct Course {
    columns: Vec<Option<(LeanClass, f64)>>,
    low: i32,
    high: i32,
    end_s: f64,
}

impl Course {
    fn of(report: &SessionReport) -> Option<Self> {
        let end_s = report.windows.last()?.end_s.max(1.0);
        let column_s = end_s / COURSE as f64;
        let columns: Vec<Option<(LeanClass, f64)>> = (0..COURSE)
            .map(|index| {
                let middle = (index as f64 + 0.5) * column_s;
                let nearest = report
                    .windows
                    .iter()
                    .filter(|window| {
                        window.start_s - column_s / 2.0 < middle && middle < window.end_s + column_s / 2.0
                    })
                    .min_by(|a, b| {
                        distance(a.start_s, a.end_s, middle).total_cmp(&distance(b.start_s, b.end_s, middle))
                    })?;
                Some((nearest.class, nearest.trunk_lean_deg?))
            })
            .collect();
        let angles = || columns.iter().flatten().map(|(_, angle)| angle.round() as i32);
        let band = report
            .band_deg
            .map(|[low, high]| [low.floor() as i32, high.ceil() as i32]);
        let (low, high) = (angles().min()?, angles().max()?);
        Some(Self {
            low: band.map_or(low, |[band_low, _]| band_low.min(low)) - 1,
            high: band.map_or(high, |[_, band_high]| band_high.max(high)) + 1,
            columns,
            end_s,
        })
    }
}

fn distance(start_s: f64, end_s: f64, at_s: f64) -> f64 {
    (f64::midpoint(start_s, end_s) - at_s).abs()
}

/// The letter-like sign of a class, so that the picture reads without colour.
const fn sign(class: LeanClass) -> char {
    match class {
        LeanClass::Under => 'v',
        LeanClass::Good => 'o',
        LeanClass::Over => '^',
        LeanClass::WaistBend => '#',
        LeanClass::NotSure => '?',
    }
}

/// Lines of at most `width` characters, broken at spaces.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
