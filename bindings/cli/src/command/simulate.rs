//! `plumbline simulate`: the frames of two simulated pods as a script, or as recordings with the truth beside them.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use plumbline_core::{pod::recording::write_csv, sim::Simulation, units::Timestamp};

use crate::{
    failure::Failure,
    scene::{self, SceneName},
    script,
    terminal::{say, spinner},
    truth,
};

const EXPLANATION: &str = "\
A script has one line a notification, `ARRIVAL_US chest|pelvis HEX`, one line a command,
`AT_US command start_drill D0|check_in none|start_run|finish`, and comments after `#`.

Examples:
  plumbline simulate --scenario first-session --output first-session.frames
  plumbline simulate --scenario run-under --csv recordings";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXPLANATION, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What happens
    #[arg(long, value_enum, value_name = "NAME")]
    scenario: SceneName,
    /// Where the script goes; `-` is standard output
    #[arg(long, value_name = "FILE", required_unless_present = "csv")]
    output: Option<PathBuf>,
    /// Write chest.csv, pelvis.csv and truth.json into this folder
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,
    /// Where all chance comes from: equal seeds give equal bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let life = spinner("simulating");
    let scene = scene::play(arguments.seed, &arguments.scenario.practices(), Timestamp(0));
    life.finish_and_clear();
    if let Some(folder) = &arguments.csv {
        write_recordings(folder, &scene.simulation).map_err(|error| {
            Failure::failed(&format!("failed to write into {}", folder.display()), &error)
        })?;
    }
    let Some(file) = &arguments.output else {
        return Ok(());
    };
    if file.as_os_str() == "-" {
        return scene
            .lines
            .iter()
            .try_for_each(|line| say(&script::line(line.at, &line.input)));
    }
    write_script(file, &scene.lines)
        .map_err(|error| Failure::failed(&format!("failed to write {}", file.display()), &error))
}

fn write_script(file: &Path, lines: &[script::ScriptLine]) -> std::io::Result<()> {
    let mut writer = BufWriter::new(File::create(file)?);
    writeln!(
        writer,
        "# a synthetic runner: these frames describe a made-up body, not a person"
    )?;
    for line in lines {
        writeln!(writer, "{}", script::line(line.at, &line.input))?;
    }
    writer.flush()
}

fn write_recordings(folder: &Path, simulation: &Simulation) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for pod in &simulation.pods {
        let file = File::create(folder.join(format!("{}.csv", pod.site.name())))?;
        write_csv(BufWriter::new(file), &pod.samples)?;
    }
    fs::write(
        folder.join("truth.json"),
        truth::json(&simulation.truth).to_string(),
    )
}
