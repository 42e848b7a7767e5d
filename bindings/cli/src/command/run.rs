//! `plumbline run`: follows one run from pod frames.

use clap::Args;
use plumbline_core::session::input::{Command, Pain};

use super::follow::{Source, follow};
use crate::{Common, failure::Failure, script};

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
    /// Where it hurts: PLACE:LEVEL with :sharp, :limping or :rising behind it; say it again for each place
    #[arg(long, value_name = "PAIN", value_parser = script::pain)]
    pain: Vec<Pain>,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    follow(common, &arguments.source, &arguments.pain, Command::StartRun)
}
