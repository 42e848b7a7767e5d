//! `plumbline history`: lists sessions, deletes one, brings one back.

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};
use plumbline_core::{
    ports::{HistoryStore, SessionRow, StoreError},
    session::output::SessionKind,
};
use serde_json::json;

use crate::{
    Common,
    failure::Failure,
    language::{Language, clock},
    report::text::wrap,
    store,
    terminal::{Paint, say},
};

const EXAMPLES: &str = "\
Examples:
  plumbline history --limit 5
  plumbline history --json
  plumbline history delete 3f2a      any unmistakable beginning of an id will do
  plumbline history restore 3f2a91c04d5e6f708192a3b4c5d6e7f8";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    change: Option<Change>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// How many sessions, newest first
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Take a session out of the list; `restore` brings it back
    Delete {
        /// The session's id, or its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        id: String,
    },
    /// Bring a deleted session back
    Restore {
        /// The session's whole id
        id: String,
    },
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.change {
        None => list(common, arguments),
        Some(Change::Delete { id }) => {
            let mut history = store::existing(common)?;
            let id = store::find(&history, id)?.id;
            history
                .delete(&id)
                .map_err(|error| Failure::failed("failed to delete", &error))?;
            say(&format!(
                "deleted {}; `plumbline history restore {}` brings it back",
                id.0, id.0
            ))
        }
        Some(Change::Restore { id }) => {
            let mut history = store::existing(common)?;
            let id = plumbline_core::ports::SessionId(id.clone());
            history.restore(&id).map_err(|error| match error {
                StoreError::NotFound(id) => Failure::Failed(format!(
                    "no session `{id}` in the history; restore needs the whole id, as delete printed it"
                )),
                error => Failure::failed("failed to restore", &error),
            })?;
            say(&format!("restored {}", id.0))
        }
    }
}

fn list(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let rows = if store::path(common)?.exists() {
        let sessions = store::existing(common)?.sessions(None, arguments.limit);
        sessions.map_err(|error| Failure::failed("failed to list", &error))?
    } else {
        Vec::new()
    };
    if arguments.json {
        return say(&json!({ "schema": 1, "sessions": rows }).to_string());
    }
    say(&table(&rows, common.language, Paint::for_stdout()))
}

/// The list for people: a line of facts and the session's sentence below it.
pub(crate) fn table(rows: &[SessionRow], language: Language, paint: Paint) -> String {
    let titles = language.titles();
    if rows.is_empty() {
        return titles.no_session.to_string();
    }
    let row = |row: &SessionRow| {
        let kind = match row.kind {
            SessionKind::Run => titles.run.to_string(),
            SessionKind::Drill(drill) => format!("{} {}", titles.drill, drill.name()),
        };
        let length = row.duration_s.map_or("–".to_string(), clock);
        let lean = row.trunk_lean_deg.map_or(String::new(), |lean| {
            format!("  {} {}°", titles.lean, language.number(lean, 1))
        });
        let id: String = row.id.0.chars().take(8).collect();
        let facts = format!(
            "{:<27} {kind:<9} {length:>7}{lean}",
            language.moment(row.started_at)
        );
        let sentence = wrap(row.headline.as_deref().unwrap_or(titles.no_report), 68);
        let sentence = sentence.join("\n          ");
        format!(
            "{}  {}\n          {sentence}",
            paint.dim(&id),
            paint.bold(facts.trim_end())
        )
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}
