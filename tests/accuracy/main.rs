//! How far the core is from the truth, over every set of recordings beside this checkout.
//!
//! Fits nothing. Invariant: the same recordings give the same document, byte for byte.
#![allow(clippy::disallowed_methods, reason = "reads recordings and writes a document")]

mod bad_input;
mod case;
mod character;
mod class_tables;
mod classes;
mod document;
mod glance;
mod judged;
mod plot;
mod pods_compared;
mod real_recordings;
mod rival_steps;
mod rivals;
mod score;
mod table;
mod tables;
mod treadmill;
mod two_models;
mod verdicts;
mod virtual_pods;

use std::{fs, io, path::Path, process::ExitCode};

use clap::Parser;

use document::{SECTIONS, head, rendered};

/// Measures the core against every recording beside the checkout, and writes docs/accuracy.md.
#[derive(Parser)]
struct Options {
    /// Print only sections whose name begins so, and write nothing: glance, virtual, classes, bad, treadmill, upright,
    /// waist, sacrum, cycle, pods.
    #[arg(long)]
    only: Vec<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if options.only.is_empty() {
        return match write_all() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("docs/accuracy.md could not be written: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let wanted = |name: &str| options.only.iter().any(|only| name.starts_with(only.as_str()));
    for section in SECTIONS.iter().filter(|section| wanted(section.name)) {
        println!("{}", rendered(section).0);
    }
    ExitCode::SUCCESS
}

/// Prints the whole document as it grows, and writes it with its plots; what an earlier run drew is taken away.
fn write_all() -> io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let pictures = docs.join("accuracy");
    if pictures.is_dir() {
        fs::remove_dir_all(&pictures)?;
    }
    fs::create_dir_all(&pictures)?;
    let mut document = head();
    println!("{document}");
    for section in &SECTIONS {
        let (text, plots) = rendered(section);
        println!("{text}");
        document.push('\n');
        document.push_str(&text);
        for plot in plots {
            fs::write(pictures.join(plot.file), plot.svg())?;
        }
    }
    fs::write(docs.join("accuracy.md"), document)
}
