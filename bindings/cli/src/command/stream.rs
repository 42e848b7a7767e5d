//! `plumbline stream`: what the paired pods send, live.

use clap::Args;

use crate::{
    Common,
    failure::Failure,
    radio::{Listener, paired_table, seconds},
    store,
};

const EXAMPLES: &str = "\
Keeps nothing; ends with Ctrl-C. \"late by\" is how late samples come beyond the fastest ones: only the pod's own clock is known.

Examples:
  plumbline stream
  plumbline stream --seconds 30";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// How long to watch [default: until Ctrl-C]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    seconds: Option<f64>,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let mut listener = Listener::open(common, store::existing_or_none(common)?, arguments.seconds)?;
    let nothing = listener.view().paired.is_empty();
    while !nothing && listener.step() {
        let table = paired_table(&listener.view(), common.language);
        listener.show(&table)?;
    }
    listener.close();
    if nothing {
        return Err(Failure::Failed(
            common.language.titles().nothing_paired.to_owned(),
        ));
    }
    Ok(())
}
