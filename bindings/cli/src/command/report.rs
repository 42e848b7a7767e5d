//! `plumbline report`: one session's report on the terminal, as JSON, or as a page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, builder::NonEmptyStringValueParser};
use plumbline_core::{
    io::model::model_named,
    ports::{HistoryStore, StoreError},
    session::{
        log::{LogEntry, SessionContext},
        replay::{replay, report_of, report_of_cut_off},
        report::SessionReport,
    },
};

use crate::{
    Common,
    failure::Failure,
    language::Language,
    model,
    report::{Origin, html, text},
    store,
    terminal::{Paint, say, spinner},
};

const EXAMPLES: &str = "\
Examples:
  plumbline report
  plumbline report 3f2a --html report.html
  plumbline report latest --json";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The session: `latest`, its id, or the beginning of its id
    #[arg(value_name = "ID", default_value = "latest", value_parser = NonEmptyStringValueParser::new())]
    session: String,
    /// Write the report as one page that needs nothing else
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let history = store::existing(common)?;
    let row = store::find(&history, &arguments.session)?;
    let read = |error: StoreError| Failure::failed("failed to read the report", &error);
    let log = history.log(&row.id).map_err(read)?;
    let cut_off = row.headline.is_none().then(|| told_so_far(common.language, &log));
    let report = if let Some(report) = cut_off.flatten() {
        eprintln!("plumbline: this session was cut off or is still going on: told from what was kept of it");
        report
    } else {
        let stored = history.report(&row.id).map_err(read)?;
        told_in(common.language, &log).unwrap_or(stored)
    };
    if let Some(file) = &arguments.html {
        write_page(file, &report, common.language, Origin::Pods)?;
    }
    if arguments.json {
        let json = serde_json::to_string(&report)
            .map_err(|error| Failure::failed("failed to write JSON", &error))?;
        return say(&json);
    }
    match &arguments.html {
        Some(file) => say(&file.display().to_string()),
        None => say(text::page(&report, common.language, Origin::Pods, Paint::for_stdout()).trim_end()),
    }
}

/// The report in another language than the session was told in, rebuilt from its log; `None` where it already is in
/// this one, or where another model judged then, so that the numbers could differ.
fn told_in(language: Language, log: &[LogEntry]) -> Option<SessionReport> {
    let (LogEntry::Context(context), inputs) = log.split_first()? else {
        return None;
    };
    let model = model::best();
    if context.language == language.tag() || context.model != model.name() {
        return None;
    }
    let life = spinner("telling the session anew");
    let outputs = replay(&in_language(language, context, inputs), model).ok()?;
    life.finish_and_clear();
    report_of(&outputs).cloned()
}

/// The report of a session without an end; `None` where nothing was kept of it.
fn told_so_far(language: Language, log: &[LogEntry]) -> Option<SessionReport> {
    let (LogEntry::Context(context), inputs) = log.split_first()? else {
        return None;
    };
    let model = model_named(&context.model).unwrap_or_else(model::best);
    report_of_cut_off(&in_language(language, context, inputs), model)
}

/// The same log, told in another language.
fn in_language(language: Language, context: &SessionContext, inputs: &[LogEntry]) -> Vec<LogEntry> {
    let context = SessionContext {
        language: language.tag().to_string(),
        ..context.clone()
    };
    [&[LogEntry::Context(Box::new(context))][..], inputs].concat()
}

/// Writes the report as a page.
pub(crate) fn write_page(
    file: &Path,
    report: &SessionReport,
    language: Language,
    origin: Origin,
) -> Result<(), Failure> {
    fs::write(file, html::page(report, language, origin))
        .map_err(|error| Failure::failed(&format!("failed to write {}", file.display()), &error))
}
