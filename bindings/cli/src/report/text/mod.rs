//! The report on the terminal: the order of the page, plain columns, colour only where it is wanted.
//!
//! Invariant: no line is wider than 80 columns.

mod course;
mod practice;

use std::fmt::Write;

use plumbline_core::{
    lean::reading::LeanClass,
    session::{output::SessionKind, report::SessionReport},
};

use self::course::{COLUMNS, Course};
use super::{Origin, gap_lines, quantities, shares, story::Story};
use crate::{
    language::{Language, clock},
    terminal::Paint,
};

/// Columns of a line of text.
const WIDTH: usize = 76;
/// Columns of the bar of minutes.
const BAR: usize = 70;

/// The whole report.
pub(crate) fn page(report: &SessionReport, language: Language, origin: Origin, paint: Paint) -> String {
    let mut page = Page {
        text: String::new(),
        story: Story::new(language),
        language,
        paint,
    };
    page.top(report, origin);
    match &report.drill {
        Some(drill) => page.drill(drill),
        None => page.run(report),
    }
    page.advice(report);
    if report.drill.is_none() {
        page.check_in();
    }
    page.numbers(report);
    page.text
}

/// A report being written. Writing to a string cannot fail, so its results are dropped.
struct Page {
    text: String,
    story: Story,
    language: Language,
    paint: Paint,
}

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    /// A sentence, indented and broken.
    fn sentence(&mut self, text: &str) {
        for line in wrap(text, WIDTH) {
            self.line(&format!("  {line}"));
        }
    }

    /// One of several sentences.
    fn point(&mut self, text: &str) {
        for (index, line) in wrap(text, WIDTH - 2).iter().enumerate() {
            let mark = if index == 0 { "-" } else { " " };
            self.line(&format!("  {mark} {line}"));
        }
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.paint.bold(heading);
        self.line(&format!("\n{heading}"));
    }

    fn top(&mut self, report: &SessionReport, origin: Origin) {
        let titles = self.language.titles();
        let kind = match report.kind {
            SessionKind::Run => titles.run.to_string(),
            SessionKind::Drill(drill) => format!("{} · {}", drill.name(), self.story.drill(drill)),
        };
        let when = format!(
            "{kind} · {} · {}",
            self.language.moment(report.started_at),
            clock(report.duration_s)
        );
        let when = self.paint.dim(&when);
        self.line(&when);
        for line in wrap(&report.headline, WIDTH) {
            let line = self.paint.bold(&line);
            self.line(&line);
        }
        if origin == Origin::Synthetic {
            for line in wrap(titles.synthetic, WIDTH) {
                let line = self.paint.dim(&line);
                self.line(&line);
            }
        }
    }

    fn run(&mut self, report: &SessionReport) {
        self.minutes(report);
        self.course(report);
        let (titles, language) = (self.language.titles(), self.language);
        self.heading(titles.launches);
        self.sentence(&self.story.launches(report));
        if !report.launches.is_empty() {
            self.repetitions(&report.launches, report.launches.len());
        }
        for (cause, title) in report.causes.iter().zip([titles.cause, titles.runner_up]) {
            self.heading(title);
            if cause.evidence.is_empty() {
                // Nothing found has no likelihood and no source.
                self.sentence(&cause.text);
                continue;
            }
            let share = language.number(cause.probability * 100.0, 0);
            self.sentence(&format!("{} ({share} %)", cause.text));
            for line in &cause.evidence {
                self.point(line);
            }
            self.sentence(&format!(
                "{}: {}",
                titles.provenance,
                self.story.provenance(cause)
            ));
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
            let meaning = match class {
                LeanClass::NotSure => String::new(),
                _ => self.story.meaning(class),
            };
            let line = format!(
                "  {mark} {:<12} {minutes:>6} min {share:>4} %   {}",
                titles.class(class),
                paint.dim(&meaning)
            );
            self.line(line.trim_end());
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
        self.line(&format!("        0{end:>width$} min", width = COLUMNS - 5));
        if let Some(band) = report.band_deg {
            let band = format!("        · {} {}°", titles.band, language.range(band, 1));
            let band = paint.dim(&band);
            self.line(&band);
        }
        if let Some(sentence) = self.story.drift(report) {
            self.sentence(&sentence);
        }
    }

    fn advice(&mut self, report: &SessionReport) {
        let titles = self.language.titles();
        if let Some(next) = &report.next_drill {
            self.heading(titles.next_drill);
            let name = format!("{} · {}", next.drill.name(), self.story.drill(next.drill));
            self.sentence(&name);
            self.sentence(&self.story.cue(next.drill));
            self.sentence(&next.why);
        }
        if !report.untold.is_empty() {
            self.heading(titles.untold);
            for line in report
                .untold
                .iter()
                .chain(&gap_lines(&report.gaps, self.language))
            {
                self.point(line);
            }
        }
    }

    fn check_in(&mut self) {
        self.heading(self.language.titles().check_in);
        let [now, tomorrow] = self.story.check_in();
        self.sentence(&format!("{now} {tomorrow}"));
    }

    fn numbers(&mut self, report: &SessionReport) {
        let (titles, language) = (self.language.titles(), self.language);
        if report.summary.steady_steps == 0 || report.drill.is_some() {
            return;
        }
        self.heading(&format!(
            "{} ({} {})",
            titles.numbers, report.summary.steady_steps, titles.steady_steps
        ));
        let head = self.paint.dim(&format!(
            "  {:<24} {:>8} {:<10} {:>18}",
            "", titles.mean, "", titles.interval
        ));
        self.line(&head);
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
    }
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
