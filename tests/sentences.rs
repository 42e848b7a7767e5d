//! Every message of `core/locales/` is said somewhere.
//!
//! Does not ask whether it is said at the right moment. That both languages have the same messages is tested in `words`.

use std::{fs, path::Path};

use crate::support::sources::{checkout, rust_files};

/// The ids of every message of one language.
fn messages(language: &str) -> Vec<String> {
    let folder = checkout().join("core/locales").join(language);
    let files = fs::read_dir(folder).expect("the language's folder");
    let texts = files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a text"));
    texts
        .flat_map(|text| {
            let ids = text
                .lines()
                .filter_map(|line| line.split_once(" ="))
                .map(|(id, _)| id);
            let ids = ids.filter(|id| id.starts_with(|first: char| first.is_ascii_lowercase()));
            ids.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// What the core, the bindings and the terminal are made of, without their tests.
fn sources() -> String {
    let folders = ["core/src", "bindings/src", "bindings/cli/src"].map(|folder| checkout().join(folder));
    let files = folders.iter().flat_map(|folder| rust_files(folder));
    let is_test = |file: &Path| {
        let mut below = file
            .strip_prefix(checkout())
            .expect("a file below the checkout")
            .iter();
        below.any(|part| part == "tests" || part == "tests.rs")
    };
    let texts = files
        .filter(|file| !is_test(file))
        .map(|file| fs::read_to_string(file).expect("a source file"));
    let without_tests = |text: String| text.split("#[cfg(test)]\nmod tests {").next().map(str::to_owned);
    texts.filter_map(without_tests).collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let (messages, sources) = (messages("en"), sources());
    assert!(messages.len() > 100, "{} messages", messages.len());
    let unsaid: Vec<&String> = messages
        .iter()
        .filter(|id| !sources.contains(&format!("\"{id}\"")))
        .collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}
