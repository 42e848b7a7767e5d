//! `plumbline export`: one session with everything in it, as JSON another program can read or replay.

use std::{fs, path::PathBuf};

use clap::{Args, builder::NonEmptyStringValueParser};
use plumbline_core::{
    ports::{HistoryStore, StoreError},
    session::log::LogEntry,
};
use serde_json::{Value, json};

use crate::{Common, failure::Failure, script, store, terminal::say};

const EXAMPLES: &str = "\
The file holds the report, what the coach knew when the session began, and every input as a line
of the same script that `drill` and `run` read.

Examples:
  plumbline export latest --output session.json
  plumbline export 3f2a --output -";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The session: `latest`, its id, or the beginning of its id
    #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    session: String,
    /// Where to write; `-` is standard output
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let failed = |error: &StoreError| Failure::failed("failed to export", error);
    let history = store::existing(common)?;
    let row = store::find(&history, &arguments.session)?;
    let id = row.id;
    let log = history.log(&id).map_err(|error| failed(&error))?;
    // A session that was cut off has a log and no report.
    let report = match row.headline {
        Some(_) => json!(history.report(&id).map_err(|error| failed(&error))?),
        None => Value::Null,
    };
    let session =
        json!({ "schema": 1, "id": id, "report": report, "context": contexts(&log), "log": lines(&log) });
    let text = session.to_string();
    if arguments.output.as_os_str() == "-" {
        return say(&text);
    }
    fs::write(&arguments.output, text)
        .map_err(|error| Failure::failed(&format!("failed to write {}", arguments.output.display()), &error))
}

fn contexts(log: &[LogEntry]) -> Value {
    log.iter()
        .find_map(|entry| match entry {
            LogEntry::Context(context) => Some(json!(context)),
            LogEntry::Input { .. } => None,
        })
        .unwrap_or_default()
}

fn lines(log: &[LogEntry]) -> Vec<String> {
    log.iter()
        .filter_map(|entry| match entry {
            LogEntry::Context(_) => None,
            LogEntry::Input { at, input } => Some(script::line(*at, input)),
        })
        .collect()
}
