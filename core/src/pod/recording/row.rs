//! One line of a recording: its header or its numbers.
//!
//! Knows no neighbouring line. Invariant: a sample it gives is finite and within what a body does.

use csv::ByteRecord;
use glam::DVec3;

use super::{COLUMNS, RecordingError, WITHOUT_GYRO};
use crate::pod::sample::ImuSample;

/// Largest magnitude of a channel of acceleration, m/s²: six times a ±16 g sensor's end. Ours.
const LARGEST_ACCELERATION: f64 = 1000.0;
/// Largest magnitude of a channel of angular velocity, rad/s: almost three times a ±2000 °/s sensor's end. Ours.
const LARGEST_ROTATION: f64 = 100.0;
/// Largest magnitude of a time, seconds: beyond it microseconds are lost, and no epoch in use lies there.
const LARGEST_TIME: f64 = 1e10;
/// Characters of a strange cell that an error shows.
const SHOWN: usize = 24;

/// Which columns the header announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    columns: usize,
}

/// One line that has the shape of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) line: u64,
    /// `None` when a value is bad.
    pub(super) sample: Option<ImuSample>,
}

/// Whether a line holds nothing but spaces.
pub(super) fn is_blank(record: &ByteRecord) -> bool {
    record.len() <= 1 && record.iter().all(|cell| cell.trim_ascii().is_empty())
}

impl Layout {
    /// The layout a header announces.
    pub(super) fn of(header: &ByteRecord) -> Result<Self, RecordingError> {
        let columns = if header.len() <= WITHOUT_GYRO {
            WITHOUT_GYRO
        } else {
            COLUMNS.len()
        };
        for at in 0..columns.max(header.len()) {
            let found = header.get(at).map(bare);
            let expected = COLUMNS.get(at).filter(|_| at < columns);
            if found != expected.map(|name| name.as_bytes()) {
                return Err(RecordingError::Header {
                    column: at + 1,
                    found: found.map_or_else(|| "missing".to_owned(), |cell| format!("`{}`", shown(cell))),
                    expected: expected.map_or_else(|| "nothing".to_owned(), |name| format!("`{name}`")),
                });
            }
        }
        Ok(Self { columns })
    }
}

impl Row {
    /// Reads the numbers of a line.
    pub(super) fn read(layout: Layout, line: u64, record: &ByteRecord) -> Result<Self, RecordingError> {
        if record.len() != layout.columns {
            return Err(RecordingError::Cells {
                line,
                found: record.len(),
                expected: layout.columns,
            });
        }
        let mut cells = [None; COLUMNS.len()];
        for ((cell, bytes), column) in cells.iter_mut().zip(record).zip(COLUMNS) {
            *cell = number(bare(bytes)).map_err(|()| RecordingError::NotANumber {
                line,
                column,
                found: shown(bytes),
            })?;
        }
        Ok(Self {
            line,
            sample: sample(cells),
        })
    }
}

/// The sample of a row; `None` when a value is empty, not finite or out of bounds. Three empty gyro cells are no gyro.
fn sample([time, ax, ay, az, gx, gy, gz]: [Option<f64>; 7]) -> Option<ImuSample> {
    let within = |cell: Option<f64>, largest: f64| cell.filter(|value| value.abs() <= largest);
    let vector = |[x, y, z]: [Option<f64>; 3], largest| {
        Some(DVec3::new(
            within(x, largest)?,
            within(y, largest)?,
            within(z, largest)?,
        ))
    };
    let angular_velocity = match [gx, gy, gz] {
        [None, None, None] => None,
        rotation => Some(vector(rotation, LARGEST_ROTATION)?),
    };
    Some(ImuSample {
        time_s: within(time, LARGEST_TIME)?,
        specific_force: vector([ax, ay, az], LARGEST_ACCELERATION)?,
        angular_velocity,
        clipped: false,
    })
}

/// The number in a cell; `None` for an empty one.
fn number(cell: &[u8]) -> Result<Option<f64>, ()> {
    if cell.is_empty() {
        return Ok(None);
    }
    let text = std::str::from_utf8(cell).map_err(|_| ())?;
    text.parse().map(Some).map_err(|_| ())
}

/// The cell without spaces and without the quotes some programs put around text.
fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    cell.strip_prefix(b"\"")
        .and_then(|cell| cell.strip_suffix(b"\""))
        .unwrap_or(cell)
        .trim_ascii()
}

/// The beginning of a cell, fit for one line of text.
fn shown(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell)
        .trim()
        .chars()
        .take(SHOWN)
        .flat_map(char::escape_debug)
        .collect()
}
