//! How the lean changes in a run without a stand: its last valid minute against its first.
//!
//! Gives no absolute angle. Invariant: what is not running, or from a pod that has moved, counts for no minute.

use crate::{
    body::sample::GRID_HZ,
    words::{Value, Words},
};

/// A minute of running. Ours: some ninety strides, so that it does not matter where in a stride it ends.
const MINUTE_CELLS: u32 = 60 * GRID_HZ as u32;
/// Smaller changes are none, degrees: a strap alone makes as much of one. Ours.
const LEAST_CHANGE_DEG: f64 = 1.0;

/// Collects the lean of a pod that has no neutral.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FromStart {
    sum_deg: f64,
    cells: u32,
    first_deg: Option<f64>,
    last_deg: Option<f64>,
}

impl FromStart {
    /// Takes the inclination in one cell of running, from any reference that stays.
    pub(super) fn push(&mut self, inclination_deg: f64) {
        self.sum_deg += inclination_deg;
        self.cells += 1;
        if self.cells == MINUTE_CELLS {
            let mean_deg = self.sum_deg / f64::from(MINUTE_CELLS);
            if self.first_deg.is_none() {
                self.first_deg = Some(mean_deg);
            } else {
                self.last_deg = Some(mean_deg);
            }
            (self.sum_deg, self.cells) = (0.0, 0);
        }
    }

    /// How much further forward the last whole minute was than the first, degrees; `None` before the second one.
    pub(super) fn change_deg(&self) -> Option<f64> {
        Some(self.last_deg? - self.first_deg?)
    }
}

/// The sentence of a run without a stand: no angle, and the change if it is known.
#[must_use]
pub fn without_neutral(change_deg: Option<f64>, words: &Words) -> String {
    let lack = words.text("untold-no-neutral");
    let Some(change_deg) = change_deg.filter(|change| change.is_finite()) else {
        return lack;
    };
    let id = match change_deg {
        _ if change_deg.abs() < LEAST_CHANGE_DEG => "change-none",
        _ if change_deg > 0.0 => "change-forward",
        _ => "change-back",
    };
    let degrees = Value::Decimal(change_deg.abs(), 1);
    format!("{lack} {}", words.format(id, &[("degrees", degrees)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(leans_deg: &[f64]) -> FromStart {
        let mut from_start = FromStart::default();
        for lean_deg in leans_deg {
            for cell in 0..MINUTE_CELLS {
                from_start.push(lean_deg + f64::from(cell % 2) - 0.5);
            }
        }
        from_start
    }

    #[test]
    fn the_last_minute_is_held_against_the_first_whatever_the_reference() {
        assert_eq!(minutes(&[-40.0]).change_deg(), None);
        let change_deg = minutes(&[-40.0, -39.0, -37.5])
            .change_deg()
            .expect("three minutes");
        assert!((change_deg - 2.5).abs() < 1e-9);
    }

    #[test]
    fn the_sentence_names_way_and_size_in_both_languages() {
        for (language, change_deg, part) in [
            ("en", Some(2.5), "2.5 degrees further forward"),
            ("en", Some(-1.2), "1.2 degrees more upright"),
            ("en", Some(0.4), "did not change"),
            ("de", Some(2.5), "2,5 Grad weiter nach vorn"),
            ("de", Some(-1.2), "1,2 Grad aufrechter"),
            ("de", Some(0.4), "kaum verändert"),
        ] {
            let sentence = without_neutral(change_deg, &Words::new(language));
            assert!(sentence.contains(part), "{sentence}");
        }
        let words = Words::new("en");
        assert_eq!(without_neutral(None, &words), words.text("untold-no-neutral"));
        assert_eq!(
            without_neutral(Some(f64::NAN), &words),
            words.text("untold-no-neutral")
        );
    }
}
