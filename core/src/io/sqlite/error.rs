//! What SQLite said, as something a caller can act on.
//!
//! Retries nothing. Invariant: what is damage, what is a lock and what is a full disk are never mixed up.

use rusqlite::{Error, ffi};

use crate::{ports::StoreError, session::log::LogError};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error {
            Error::SqliteFailure(failure, _) => from_failure(failure, text),
            // A column holds what the schema does not allow: somebody else wrote it, or the page is bad.
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..) => Self::Damaged(text),
            _ => Self::Other(text),
        }
    }
}

impl From<LogError> for StoreError {
    fn from(error: LogError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

fn from_failure(failure: ffi::Error, text: String) -> StoreError {
    use rusqlite::ErrorCode;
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            StoreError::ReadOnly(text)
        }
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(text),
        _ => match failure.extended_code {
            // The shared-memory file of the write-ahead log could not grow: the disk is full there, too.
            ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full,
            ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => StoreError::Damaged(text),
            _ => StoreError::Other(text),
        },
    }
}
