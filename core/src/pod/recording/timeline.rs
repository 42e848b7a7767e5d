//! The rows of a recording put in the order of time, and the account of those that do not fit.
//!
//! Reads no text. Invariant: the samples kept rise strictly in time, and all of them have a gyroscope or none.

use super::{
    BAD_TIME_SHARE, DropReason, DroppedRows, RATE_TOLERANCE, RATES_HZ, Recording, RecordingError, clipping,
    row::Row, unit,
};
use crate::pod::sample::ImuSample;

/// A longer leap between rows is a broken time, seconds: as for a pod's clock.
const LONGEST_LEAP_S: f64 = 3600.0;
/// A row that leapt further than this and is contradicted by the next one was itself the wrong one, seconds. Ours.
const DOUBTFUL_LEAP_S: f64 = 1.0;

/// Collects rows.
#[derive(Default)]
pub(super) struct Timeline {
    samples: Vec<ImuSample>,
    dropped: Vec<Hole>,
    has_gyro: bool,
    rows: u64,
    /// Line of the first row.
    first_line: Option<u64>,
    /// Line of the newest sample kept.
    newest_line: u64,
    bad_times: u64,
    /// Line of the first row with a bad time.
    first_bad_time: Option<u64>,
}

/// Rows left out between the samples `after - 1` and `after`.
struct Hole {
    after: usize,
    first_line: u64,
    rows: u64,
    reason: DropReason,
}

impl Timeline {
    /// Takes the next row of the file.
    pub(super) fn push(&mut self, row: Row) {
        self.rows += 1;
        self.first_line.get_or_insert(row.line);
        let Some(sample) = row.sample else {
            return self.drop_row(row.line, DropReason::BadValue);
        };
        if sample.angular_velocity.is_none() && self.has_gyro {
            return self.drop_row(row.line, DropReason::BadValue);
        }
        if sample.angular_velocity.is_some() && !self.has_gyro {
            self.has_gyro = true;
            self.drop_all_so_far();
        }
        if self.newest_was_the_wrong_one(sample.time_s) {
            self.samples.pop();
            self.drop_row(self.newest_line, DropReason::BadTime);
        }
        match self.samples.last() {
            Some(newest) if !follows(newest.time_s, sample.time_s) => {
                self.drop_row(row.line, DropReason::BadTime);
            }
            _ => {
                self.samples.push(sample);
                self.newest_line = row.line;
            }
        }
    }

    /// The recording, once all rows are in.
    pub(super) fn finish(mut self) -> Result<Recording, RecordingError> {
        if self.bad_times as f64 > BAD_TIME_SHARE * self.rows as f64 {
            let line = self.first_bad_time.unwrap_or_default();
            return Err(RecordingError::Time {
                rows: self.bad_times,
                all: self.rows,
                line,
            });
        }
        let (Some(first), Some(last), Some(rate_hz)) =
            (self.samples.first(), self.samples.last(), rate_hz(&self.samples))
        else {
            return Err(RecordingError::TooShort {
                good: self.samples.len(),
                all: self.rows,
            });
        };
        let slowest_hz = RATES_HZ.start() * (1.0 - RATE_TOLERANCE);
        let fastest_hz = RATES_HZ.end() * (1.0 + RATE_TOLERANCE);
        if !(slowest_hz..=fastest_hz).contains(&rate_hz) {
            return Err(RecordingError::Rate { rate_hz });
        }
        let (first_s, last_s) = (first.time_s, last.time_s);
        unit::check(&self.samples)?;
        clipping::mark(&mut self.samples);
        let time_s = |at: Option<usize>| at.and_then(|at| self.samples.get(at)).map(|sample| sample.time_s);
        let dropped = self.dropped.iter().map(|hole| DroppedRows {
            first_line: hole.first_line,
            rows: hole.rows,
            start_s: time_s(hole.after.checked_sub(1)).unwrap_or(first_s),
            end_s: time_s(Some(hole.after)).unwrap_or(last_s),
            reason: hole.reason,
        });
        let dropped = dropped.collect();
        Ok(Recording {
            rate_hz,
            has_gyro: self.has_gyro,
            dropped,
            samples: self.samples,
        })
    }

    /// Whether it is the newest sample, not this row, that has the bad time: it leapt ahead and this row goes on where
    /// it left, or it is the first of all and nothing speaks for it.
    fn newest_was_the_wrong_one(&self, time_s: f64) -> bool {
        match self.samples.as_slice() {
            [first] => !follows(first.time_s, time_s),
            [.., before, newest] => {
                newest.time_s - before.time_s > DOUBTFUL_LEAP_S
                    && before.time_s < time_s
                    && time_s <= newest.time_s
            }
            [] => false,
        }
    }

    fn drop_row(&mut self, line: u64, reason: DropReason) {
        if reason == DropReason::BadTime {
            self.first_bad_time.get_or_insert(line);
            self.bad_times += 1;
        }
        let mut hole = Hole {
            after: self.samples.len(),
            first_line: line,
            rows: 1,
            reason,
        };
        while let Some(before) = self.dropped.pop_if(|before| before.after >= hole.after) {
            hole = Hole {
                first_line: before.first_line.min(line),
                rows: before.rows + hole.rows,
                reason: before.reason,
                ..hole
            };
        }
        self.dropped.push(hole);
    }

    /// The first row with a gyroscope shows that those before lacked it.
    fn drop_all_so_far(&mut self) {
        let rows = self.samples.len() as u64 + self.dropped.iter().map(|hole| hole.rows).sum::<u64>();
        self.samples.clear();
        self.dropped.clear();
        if rows > 0 {
            let first_line = self.first_line.unwrap_or_default();
            self.dropped.push(Hole {
                after: 0,
                first_line,
                rows,
                reason: DropReason::BadValue,
            });
        }
    }
}

fn follows(before_s: f64, time_s: f64) -> bool {
    time_s > before_s && time_s - before_s <= LONGEST_LEAP_S
}

/// One over the mean time between samples, gaps left out; `None` without two samples.
///
/// The median alone would be as coarse as the times are written: 104 Hz in whole milliseconds has a median of 10 ms.
fn rate_hz(samples: &[ImuSample]) -> Option<f64> {
    let pairs = samples.iter().zip(samples.iter().skip(1));
    let mut intervals_s: Vec<f64> = pairs
        .map(|(before, after)| after.time_s - before.time_s)
        .collect();
    if intervals_s.is_empty() {
        return None;
    }
    let middle = intervals_s.len() / 2;
    let (_, &mut median_s, _) = intervals_s.select_nth_unstable_by(middle, f64::total_cmp);
    let usual = intervals_s
        .iter()
        .filter(|&&interval_s| (0.5..=1.5).contains(&(interval_s / median_s)));
    let (sum_s, count) = usual.fold((0.0, 0.0), |(sum_s, count), interval_s| {
        (sum_s + interval_s, count + 1.0)
    });
    Some(count / sum_s)
}
