//! CSV recordings in and out: one pod, one row a sample.
//!
//! Does not resample and does not fill holes. Invariant: what is handed out is finite, plausible and rises strictly in time.
//!
//! A row that cannot be used is dropped and its time span told, so that the caller can report a gap:
//! - a value that is empty, not finite or beyond what a body does is a bad value;
//! - a time that does not rise, or leaps more than an hour, is a bad time. One such row is a hiccup of the recorder;
//!   more than a tenth of a file is a file whose times cannot be trusted, and an error.
//!
//! Text where a number should be is an error: then the file is not what its header says.

mod clipping;
mod row;
mod timeline;
mod unit;
mod width;

use std::io::{Read, Write};

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator, Writer};
use thiserror::Error;

use super::sample::ImuSample;
use row::{Layout, Row};
use timeline::Timeline;
use width::{NarrowReader, TooWide};

/// The columns, in order; the last three may be missing.
pub const COLUMNS: [&str; 7] = [
    "time_s",
    "acc_x_mps2",
    "acc_y_mps2",
    "acc_z_mps2",
    "gyro_x_radps",
    "gyro_y_radps",
    "gyro_z_radps",
];
/// Columns of an accelerometer-only recording.
const WITHOUT_GYRO: usize = 4;
/// Rates that are read, samples a second.
pub const RATES_HZ: std::ops::RangeInclusive<f64> = 25.0..=1000.0;
/// A recorder's clock may be off by this share. Ours.
const RATE_TOLERANCE: f64 = 0.02;
/// Largest share of rows with a bad time. Ours.
const BAD_TIME_SHARE: f64 = 0.1;

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The usable rows, oldest first; clipped where a channel stands at an end that the recording itself shows.
    pub samples: Vec<ImuSample>,
    /// Samples a second: one over the mean time between rows, times far from the median left out.
    pub rate_hz: f64,
    /// Whether the samples carry an angular velocity: all do or none does.
    pub has_gyro: bool,
    /// Runs of rows that were left out, in file order.
    pub dropped: Vec<DroppedRows>,
}

/// Neighbouring rows that were left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DroppedRows {
    /// Line of the first, counted from 1.
    pub first_line: u64,
    /// How many.
    pub rows: u64,
    /// Time of the last good row before; that of the first good row where there is none before.
    pub start_s: f64,
    /// Time of the first good row after; that of the last good row where there is none after.
    pub end_s: f64,
    /// What was wrong with the first of them.
    pub reason: DropReason,
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    /// A value was empty, not finite or beyond what a body does.
    BadValue,
    /// The time did not rise, or leapt more than an hour.
    BadTime,
}

/// Why a file is no recording; each a line for the one who has to mend it.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RecordingError {
    /// Not one byte, or only blank lines.
    #[error("the recording is empty")]
    Empty,
    /// The first line is not the header.
    #[error("column {column} of the header is {found} where {expected} is expected")]
    Header {
        /// Counted from 1.
        column: usize,
        /// The name found, in back quotes, or `missing`.
        found: String,
        /// The name expected, in back quotes, or `nothing`.
        expected: String,
    },
    /// More or fewer cells than the header has.
    #[error("line {line} has {found} columns where the header has {expected}")]
    Cells {
        /// Counted from 1.
        line: u64,
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// Text where a number should be.
    #[error("line {line}, column `{column}`: `{found}` is not a number")]
    NotANumber {
        /// Counted from 1.
        line: u64,
        /// The column's name.
        column: &'static str,
        /// The beginning of the cell.
        found: String,
    },
    /// A line longer than any row.
    #[error("a line near line {line} is longer than {longest} bytes: this is no recording")]
    TooWide {
        /// Counted from 1; the last line read before.
        line: u64,
        /// Bytes.
        longest: usize,
    },
    /// Too many rows do not come in the order of time.
    #[error("time goes backwards, stands still or leaps on {rows} of {all} rows, first on line {line}")]
    Time {
        /// Rows with a bad time.
        rows: u64,
        /// All rows.
        all: u64,
        /// The first of them.
        line: u64,
    },
    /// Not two rows to take a rate from.
    #[error("the recording holds {good} usable rows of {all}: two are the least")]
    TooShort {
        /// Usable rows.
        good: usize,
        /// All rows.
        all: u64,
    },
    /// The accelerometer is not in m/s².
    #[error(
        "the accelerometer reads {mean:.2} on average where gravity alone is 9.81 m/s²: is it in another unit?"
    )]
    ForceUnit {
        /// Mean size of the specific force, as read.
        mean: f64,
    },
    /// The accelerometer lacks gravity.
    #[error("the accelerometer averages to {mean:.2} m/s² where gravity is 9.81: gravity was taken off")]
    NoGravity {
        /// Length of the mean specific force, m/s².
        mean: f64,
    },
    /// The gyroscope is not in rad/s.
    #[error(
        "the gyroscope reads {most:.0} where a running trunk stays below 10 rad/s: is it in degrees a second?"
    )]
    TurnUnit {
        /// What a tenth of the rows exceeds.
        most: f64,
    },
    /// A rate that is not read.
    #[error("the recording has {rate_hz:.1} rows a second: 25 to 1000 are read")]
    Rate {
        /// Rows a second.
        rate_hz: f64,
    },
    /// The bytes could not be read.
    #[error("failed to read the recording: {0}")]
    Read(String),
}

/// Reads one pod's recording. Memory grows with the usable rows only, never with one line.
pub fn read_csv<R: Read>(reader: R) -> Result<Recording, RecordingError> {
    let mut csv = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(false)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(NarrowReader::new(reader));
    let mut record = ByteRecord::new();
    let mut layout = None;
    let mut timeline = Timeline::default();
    loop {
        let more = csv
            .read_byte_record(&mut record)
            .map_err(|error| read_error(error, csv.position().line()))?;
        if !more {
            break;
        }
        if row::is_blank(&record) {
            continue;
        }
        let line = csv.position().line().saturating_sub(1);
        match &layout {
            None => layout = Some(Layout::of(&record)?),
            Some(layout) => {
                let row = Row::read(*layout, line, &record);
                let row = row.or_else(|error| cut_off(&mut csv, line, error))?;
                timeline.push(row);
            }
        }
    }
    if layout.is_none() {
        return Err(RecordingError::Empty);
    }
    timeline.finish()
}

/// A last line that breaks off in the middle of a row is a row without a value: the run before it counts all the same.
fn cut_off<R: Read>(
    csv: &mut Reader<NarrowReader<R>>,
    line: u64,
    error: RecordingError,
) -> Result<Row, RecordingError> {
    let within_a_row = match &error {
        RecordingError::Cells { found, expected, .. } => found < expected,
        _ => false,
    };
    let is_last = within_a_row && matches!(csv.read_byte_record(&mut ByteRecord::new()), Ok(false));
    if is_last && csv.get_ref().ends_open() {
        Ok(Row { line, sample: None })
    } else {
        Err(error)
    }
}

fn read_error(error: csv::Error, line: u64) -> RecordingError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if is_too_wide(&error) => RecordingError::TooWide {
            line,
            longest: width::LONGEST_LINE,
        },
        csv::ErrorKind::Io(error) => RecordingError::Read(error.to_string()),
        other => RecordingError::Read(format!("{other:?}")),
    }
}

fn is_too_wide(error: &std::io::Error) -> bool {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<TooWide>())
        .is_some()
}

/// Writes samples in the format that [`read_csv`] reads; a sample without angular velocity leaves its cells empty.
pub fn write_csv<W: Write>(writer: W, samples: &[ImuSample]) -> std::io::Result<()> {
    let has_gyro = samples.iter().any(|sample| sample.angular_velocity.is_some());
    let columns = if has_gyro { COLUMNS.len() } else { WITHOUT_GYRO };
    let mut csv = Writer::from_writer(writer);
    csv.write_record(COLUMNS.iter().take(columns))?;
    for sample in samples {
        let force = sample.specific_force.to_array().map(Some);
        let rotation = match sample.angular_velocity {
            Some(rotation) => rotation.to_array().map(Some),
            None => [None; 3],
        };
        let cells = [Some(sample.time_s)].into_iter().chain(force).chain(rotation);
        let text = cells.map(|cell| cell.map_or_else(String::new, |value| value.to_string()));
        csv.write_record(text.take(columns))?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests;
