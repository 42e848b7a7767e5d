//! What a terminal can show: colour when it is wanted, progress when something takes long.
//!
//! Writes no content of its own. Invariant: without a terminal, or with `NO_COLOR` set, no escape code is written, and with one no other than colours.

use std::{
    env,
    io::{self, IsTerminal, Write},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use plumbline_core::lean::reading::LeanClass;

use crate::{failure::Failure, lines::printable_page};

/// Colours text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    enabled: bool,
}

impl Paint {
    /// For standard output: colour only on a terminal that wants it.
    pub(crate) fn for_stdout() -> Self {
        let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            enabled: io::stdout().is_terminal() && !refused,
        }
    }

    /// Never any colour.
    #[cfg(test)]
    pub(crate) const fn off() -> Self {
        Self { enabled: false }
    }

    /// Heavier.
    pub(crate) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// Fainter.
    pub(crate) fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// In the colour of a lean class.
    pub(crate) fn class(self, class: LeanClass, text: &str) -> String {
        let code = match class {
            LeanClass::Under => "34",
            LeanClass::Good => "32",
            LeanClass::Over => "33",
            LeanClass::WaistBend => "35",
            LeanClass::NotSure => "90",
        };
        self.wrap(code, text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.enabled && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }
}

/// Writes a line to standard output, what others wrote in it without what a terminal would obey; a reader that went away
/// ends the program quietly.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    writeln!(io::stdout().lock(), "{}", printable_page(line)).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::failed("failed to write to standard output", &error),
    })
}

/// A bar for `steps` of work on standard error; hidden where that is no terminal.
pub(crate) fn progress(steps: u64, doing: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(steps).with_message(doing);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent:>3} %") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// A sign of life for work of unknown length on standard error; hidden where that is no terminal.
pub(crate) fn spinner(doing: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(doing);
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}
