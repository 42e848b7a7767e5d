//! Why a command did not do what was asked, and the exit code that says so.

use std::{fmt, process::ExitCode};

use crate::lines::printable;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command was understood and could not be done: exit code 1.
    Failed(String),
    /// The command was not understood: exit code 2.
    WrongUse(String),
    /// Whoever read the output has enough: no error.
    ReaderGone,
}

impl Failure {
    /// A failure that says what was tried and why it did not work.
    pub(crate) fn failed(what: &str, why: &dyn fmt::Display) -> Self {
        Self::Failed(format!("{what}: {why}"))
    }

    /// Says so on standard error, in one line, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let code = match self {
            Self::Failed(_) => ExitCode::from(1),
            Self::WrongUse(_) => ExitCode::from(2),
            Self::ReaderGone => return ExitCode::SUCCESS,
        };
        eprintln!("plumbline: {}", printable(&self.to_string()));
        code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(message) | Self::WrongUse(message) => formatter.write_str(message),
            Self::ReaderGone => formatter.write_str("nobody reads the output"),
        }
    }
}
