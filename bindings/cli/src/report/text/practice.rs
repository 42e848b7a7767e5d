//! Repetitions and what became of a drill, on the terminal.

use std::fmt::Write;

use plumbline_core::{
    drill::{Repetition, catalog::Drill},
    session::report::DrillReport,
};

use super::{
    super::{degrees, verdict},
    Page,
};
use crate::language::clock;

impl Page {
    /// One line a repetition; a column that no repetition fills is left out.
    ///
    /// Those beyond the first `counted` were practice.
    pub(super) fn repetitions(&mut self, repetitions: &[Repetition], counted: usize) {
        let (titles, language) = (self.language.titles(), self.language);
        let angles = repetitions.iter().any(|one| one.trunk_lean_deg.is_some());
        let expected = repetitions.iter().any(|one| one.expected_angle_deg.is_some());
        let row = |number: &str, at: &str, cells: [&str; 3], verdict: &str| {
            let mut row = format!("  {number:>3} {at:>6}");
            let widths = [12, 14, 12].into_iter().zip([angles, expected, angles]);
            for (cell, (width, shown)) in cells.into_iter().zip(widths) {
                if shown {
                    let _ = write!(row, "  {cell:>width$}");
                }
            }
            format!("{row}  {verdict}")
        };
        let head = row(
            titles.number,
            titles.at,
            [titles.lean, titles.expected, titles.bend],
            titles.verdict,
        );
        let head = self.paint.dim(&head);
        self.line(&head);
        for (index, one) in repetitions.iter().enumerate() {
            let cells = [one.trunk_lean_deg, one.expected_angle_deg, one.waist_bend_deg];
            let [lean, asked, bend] = cells.map(|angle| degrees(angle, language));
            self.line(&row(
                &(index + 1).to_string(),
                &clock(one.start_s),
                [&lean, &asked, &bend],
                &verdict(one, index < counted, titles),
            ));
        }
    }

    pub(super) fn drill(&mut self, drill: &DrillReport) {
        let titles = self.language.titles();
        let result = &drill.result;
        self.heading(titles.repetitions);
        let verdict = if result.met { titles.met } else { titles.not_met };
        self.line(&format!(
            "  {} {} / {} {} ({} {}): {verdict}",
            result.passed, titles.passed, result.seen, titles.seen, result.asked, titles.asked
        ));
        // Of a session that counts as one, too, so many repetitions are looked at.
        let counted = Drill::of(result.drill).asked() as usize;
        self.repetitions(&drill.repetitions, counted);
        if !drill.unlocked.is_empty() {
            let names: Vec<String> = drill.unlocked.iter().map(|id| self.story.drill(*id)).collect();
            self.line(&format!("  {}: {}", titles.unlocked, names.join(", ")));
        }
    }
}
