//! `plumbline drill`: follows one drill from pod frames.

use clap::Args;
use plumbline_core::{drill::DrillId, session::input::Command};

use super::follow::{Source, follow};
use crate::{Common, failure::Failure, script};

const EXAMPLES: &str = "\
Frames come as lines `ARRIVAL_US chest|pelvis HEX`; their arrival counts from the first line, and the
session begins now, or after the newest one of the history. Commands in the file are left out.

Examples:
  plumbline simulate --scenario calibration --output - | plumbline drill D0 --frames -
  plumbline drill D3 --frames wall-tilts.frames --pain calf:1";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// The drill: D0 is the calibration, D3 the wall tilt, D4 lean-and-fall
    #[arg(value_parser = script::drill)]
    drill: DrillId,
    #[command(flatten)]
    source: Source,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    follow(common, &arguments.source, Command::StartDrill(arguments.drill))
}
