//! `plumbline drill`: follows one drill from pod frames.

use clap::Args;
use plumbline_core::{drill::DrillId, session::input::Command};

use super::{
    follow::{Source, follow},
    rehearse::{Profile, rehearse},
};
use crate::{Common, failure::Failure, script};

const EXAMPLES: &str = "\
Frames come as lines `ARRIVAL_US chest|pelvis HEX`; their arrival counts from the first line, and the
session begins now, or after the newest one of the history. Commands in the file are left out.

Examples:
  plumbline simulate --scenario calibration --output - | plumbline drill D0 --frames -
  plumbline drill D3 --replay wall-tilts.frames --pain calf:1
  plumbline drill D6 --simulate good";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// The drill, D0 to D14: D0 is the calibration
    #[arg(value_parser = script::drill)]
    drill: DrillId,
    /// Let the synthetic runner do it, after a calibration; nothing is kept
    #[arg(long, value_enum, value_name = "PROFILE", conflicts_with_all = ["frames", "at", "pain", "no_pain"])]
    simulate: Option<Profile>,
    #[command(flatten)]
    source: Source,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    if let Some(profile) = arguments.simulate {
        return rehearse(common, arguments.drill, profile, arguments.source.json);
    }
    follow(common, &arguments.source, Command::StartDrill(arguments.drill))
}
