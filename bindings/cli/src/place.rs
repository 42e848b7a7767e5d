//! Where the history lies when nobody says otherwise.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// The history file: the one named, else `plumbline/history.sqlite` in the user's data folder.
pub(crate) fn history(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named
        .map(Path::to_path_buf)
        .or_else(|| default_history(|name| env::var_os(name).map(PathBuf::from)))
        .ok_or_else(|| {
            Failure::WrongUse("no home folder is known: name the history file with --history".to_string())
        })
}

fn default_history(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    // The XDG rules ask to ignore a relative path here.
    let data = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
    let folder = data.or_else(|| Some(variable("HOME")?.join(".local/share")))?;
    Some(folder.join("plumbline").join("history.sqlite"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::default_history;

    fn with(data: Option<&str>, home: Option<&str>) -> Option<PathBuf> {
        default_history(|name| match name {
            "XDG_DATA_HOME" => data.map(PathBuf::from),
            _ => home.map(PathBuf::from),
        })
    }

    #[test]
    fn the_data_folder_comes_first_when_it_is_absolute() {
        let home = Some("/home/runner");
        assert_eq!(
            with(Some("/data"), home),
            Some("/data/plumbline/history.sqlite".into())
        );
        let default = Some("/home/runner/.local/share/plumbline/history.sqlite".into());
        assert_eq!(with(Some("data"), home), default);
        assert_eq!(with(None, home), default);
        assert_eq!(with(None, None), None);
    }
}
