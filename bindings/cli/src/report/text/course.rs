//! The lean of a run in columns of equal time.
//!
//! Draws nothing. Invariant: a column without a window stays empty.

use plumbline_core::{lean::reading::LeanClass, session::report::SessionReport};

/// Columns.
pub(super) const COLUMNS: usize = 70;

/// Class and lean of each column, and what frames them.
pub(super) struct Course {
    pub(super) columns: Vec<Option<(LeanClass, f64)>>,
    pub(super) low: i32,
    pub(super) high: i32,
    pub(super) end_s: f64,
}

impl Course {
    pub(super) fn of(report: &SessionReport) -> Option<Self> {
        let end_s = report.windows.last()?.end_s.max(1.0);
        let column_s = end_s / COLUMNS as f64;
        let columns: Vec<Option<(LeanClass, f64)>> = (0..COLUMNS)
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
