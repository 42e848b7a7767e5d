//! The history file as the commands need it: opened, or a line that says why not.

use std::{fs, path::PathBuf};

use plumbline_core::{
    io::sqlite::SqliteHistory,
    ports::{HistoryStore, SessionRow},
};

use crate::{Common, failure::Failure, place};

/// More sessions than anybody has: finding one by its beginning looks at all.
const ALL: u32 = 1_000_000;

/// Where the history lies.
pub(crate) fn path(common: &Common) -> Result<PathBuf, Failure> {
    place::history(common.history.as_deref())
}

/// The history, made where there is none.
pub(crate) fn open(common: &Common) -> Result<SqliteHistory, Failure> {
    let path = path(common)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::failed(&format!("failed to make the folder {}", folder.display()), &error)
        })?;
    }
    opened(&path)
}

/// The history, only where there is one: looking leaves no file behind.
pub(crate) fn existing(common: &Common) -> Result<SqliteHistory, Failure> {
    let path = path(common)?;
    if !path.exists() {
        return Err(Failure::Failed(format!(
            "no history at {}: a drill or a run begins one, and --history names another",
            path.display()
        )));
    }
    opened(&path)
}

/// The history where there is one, else one that lasts as long as the command: looking leaves no file behind.
pub(crate) fn existing_or_none(common: &Common) -> Result<SqliteHistory, Failure> {
    if path(common)?.exists() {
        return existing(common);
    }
    SqliteHistory::open_in_memory()
        .map_err(|error| Failure::failed("failed to open a history in memory", &error))
}

fn opened(path: &std::path::Path) -> Result<SqliteHistory, Failure> {
    SqliteHistory::open(path)
        .map_err(|error| Failure::failed(&format!("failed to open {}", path.display()), &error))
}

/// A session by `latest`, its id, or the beginning of its id.
pub(crate) fn find(history: &dyn HistoryStore, name: &str) -> Result<SessionRow, Failure> {
    let rows = history
        .sessions(None, ALL)
        .map_err(|error| Failure::failed("failed to list", &error))?;
    if name == "latest" {
        let latest = rows.into_iter().find(|row| row.headline.is_some());
        return latest.ok_or_else(|| Failure::Failed("no finished session in the history yet".to_string()));
    }
    let mut rows = rows.into_iter().filter(|row| row.id.0.starts_with(name));
    match (rows.next(), rows.next()) {
        (Some(row), None) => Ok(row),
        (Some(_), Some(_)) => Err(Failure::Failed(format!(
            "more than one session begins with `{name}`: give more of the id"
        ))),
        (None, _) => Err(Failure::Failed(format!(
            "no session `{name}` in the history; `plumbline history` lists them"
        ))),
    }
}
