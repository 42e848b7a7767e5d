//! `plumbline scan`: the pods nearby.

use clap::Args;
use plumbline_core::{pod::pairing::Wish, view::FoundPodView};
use serde_json::json;

use crate::{
    Common,
    failure::Failure,
    language::Language,
    radio::{Listener, seconds},
    store,
    terminal::say,
};

const EXAMPLES: &str = "\
Ends after some seconds or with Ctrl-C. Pods that are paired connect meanwhile; no other does.

Examples:
  plumbline scan
  plumbline scan --seconds 30
  plumbline scan --json";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// How long to look
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    seconds: f64,
    /// Print JSON at the end instead of a table
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let mut listener = Listener::open(common, store::existing_or_none(common)?, Some(arguments.seconds))?;
    listener.wish(&Wish::Look)?;
    while listener.step() {
        if !arguments.json {
            listener.show(&table(&listener.view().found, common.language))?;
        }
    }
    let found = listener.view().found;
    listener.close();
    if arguments.json {
        let pods: Vec<_> = found
            .iter()
            .map(|pod| {
                json!({ "id": pod.id, "name": pod.name, "kind": pod.kind.name(), "rssi_dbm": pod.rssi_dbm, "sentence": pod.sentence })
            })
            .collect();
        say(&json!({ "schema": 1, "pods": pods }).to_string())?;
    }
    Ok(())
}

fn table(found: &[FoundPodView], language: Language) -> Vec<String> {
    let titles = language.titles();
    if found.is_empty() {
        return vec![titles.nothing_found.to_owned()];
    }
    let mut rows = vec![format!("{:<20} {:<22} {:>8}", "id", titles.pod, titles.signal)];
    rows.extend(found.iter().map(|pod| {
        let signal = pod.rssi_dbm.map_or_else(String::new, |dbm| {
            format!("{} dBm", language.number(f64::from(dbm), 0))
        });
        format!("{:<20} {:<22} {signal:>8}  {}", pod.id, pod.name, pod.sentence)
    }));
    rows
}
