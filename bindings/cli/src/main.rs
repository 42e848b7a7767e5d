//! The Plumbline core from a terminal.
//!
//! Decides nothing about running: it reads arguments and files, and shows what the core says.
//! Exit codes: 0 done, 1 failed, 2 wrong use.
#![allow(
    clippy::disallowed_methods,
    reason = "a command line reads files, the clock and the environment"
)]

mod command;
mod diary;
mod failure;
mod language;
mod live;
mod model;
mod place;
mod radio;
mod report;
mod scene;
mod script;
mod store;
mod terminal;
mod truth;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{failure::Failure, language::Language};

/// Running lean from motion pods: guided drills, runs, reports and history, without a network.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  plumbline demo                                      a first week with two simulated pods
  plumbline analyze --chest chest.csv --pelvis pelvis.csv
  plumbline report latest --html report.html
  plumbline history --limit 5
  plumbline scan

Exit codes: 0 done, 1 failed, 2 wrong use.";

/// What every command takes.
#[derive(Debug, clap::Args)]
struct Common {
    /// The history file [default: plumbline/history.sqlite in the user's data folder]
    #[arg(long, global = true, value_name = "PATH")]
    history: Option<PathBuf>,
    /// The language of sentences and titles
    #[arg(long, global = true, value_enum, default_value_t)]
    language: Language,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show a first week with two simulated pods: guided drills, runs, the report
    Demo(command::demo::Arguments),
    /// Analyse the recording of one or two pods
    Analyze(command::analyze::Arguments),
    /// Look for pods nearby
    Scan(command::scan::Arguments),
    /// Pair a pod with a place, let one blink, or forget one
    Pair(command::pair::Arguments),
    /// Watch what the paired pods send
    Stream(command::stream::Arguments),
    /// Record a run from the paired pods: CSV for `analyze`, frames for `run`, and the history
    Record(command::record::Arguments),
    /// Follow a drill live from pod frames
    Drill(command::drill::Arguments),
    /// Follow a run live from pod frames
    Run(command::run::Arguments),
    /// Say what the coach would say after a diary: stop or not, likely causes, the next drill
    Plan(command::plan::Arguments),
    /// Show the report of a session
    Report(command::report::Arguments),
    /// List sessions, delete one, or bring one back
    History(command::history::Arguments),
    /// Write one session with everything in it to a file
    Export(command::export::Arguments),
    /// Say whether the model, the history and the radio are ready
    Doctor(command::doctor::Arguments),
    /// Write the frames of two simulated pods to a file
    Simulate(command::simulate::Arguments),
    /// Play two pods in software, for a program that has a radio
    Pod(command::pod::Arguments),
}

fn main() -> ExitCode {
    let Arguments { common, command } = Arguments::parse();
    match run(&common, command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(common: &Common, command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo(arguments) => command::demo::run(common, &arguments),
        Command::Analyze(arguments) => command::analyze::run(common, &arguments),
        Command::Scan(arguments) => command::scan::run(common, &arguments),
        Command::Pair(arguments) => command::pair::run(common, &arguments),
        Command::Stream(arguments) => command::stream::run(common, &arguments),
        Command::Record(arguments) => command::record::run(common, &arguments),
        Command::Drill(arguments) => command::drill::run(common, &arguments),
        Command::Run(arguments) => command::run::run(common, &arguments),
        Command::Plan(arguments) => command::plan::run(common, &arguments),
        Command::Report(arguments) => command::report::run(common, &arguments),
        Command::History(arguments) => command::history::run(common, &arguments),
        Command::Export(arguments) => command::export::run(common, &arguments),
        Command::Doctor(arguments) => command::doctor::run(common, &arguments),
        Command::Simulate(arguments) => command::simulate::run(&arguments),
        Command::Pod(arguments) => command::pod::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
