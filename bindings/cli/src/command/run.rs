//! `plumbline run`: follows one run from pod frames.

use clap::Args;
use plumbline_core::session::input::Command;

use super::follow::{Source, follow};
use crate::{Common, failure::Failure};

const EXAMPLES: &str = "\
Frames come as lines `ARRIVAL_US chest|pelvis HEX`; their arrival counts from the first line, and the
session begins now, or after the newest one of the history. Commands in the file are left out.

Examples:
  plumbline run --frames evening.frames
  plumbline simulate --scenario fading-run --output - | plumbline run --frames -";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    follow(common, &arguments.source, Command::StartRun)
}
