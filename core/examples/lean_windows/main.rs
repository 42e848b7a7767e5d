//! Writes training data for the lean model: made-up runners through the real pipeline, one line a window.
//!
//! `lean_windows FIRST COUNT > windows.csv`: runners with the seeds FIRST to FIRST + COUNT - 1.
#![allow(clippy::print_stdout, reason = "a program")]

#[path = "../support/recorder.rs"]
mod recorder;
mod windows;

use std::{
    error::Error,
    io::{self, BufWriter, Write},
};

use plumbline_core::{
    lean::{
        band::OwnReference,
        features::{FeatureVector, LENGTH, SCHEMA},
        model::LeanModel,
        reading::LeanClass,
        rules::{RuleModel, carries_a_class},
    },
    pod::site::Site,
    sim::population::Runner,
};
use windows::{margin_deg, runner, true_class, windows};

const WORN: [(&str, &[Site]); 3] = [
    ("both", &Site::LEAN),
    ("chest", &[Site::Chest]),
    ("pelvis", &[Site::Pelvis]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| -> Result<u64, Box<dyn Error>> {
        Ok(arguments
            .get(index)
            .ok_or("usage: lean_windows FIRST COUNT")?
            .parse()?)
    };
    let (first, count) = (number(0)?, number(1)?);
    let mut out = BufWriter::new(io::stdout().lock());
    header(&mut out)?;
    for seed in first..first + count {
        lines(&mut out, seed)?;
    }
    out.flush()?;
    Ok(())
}

fn header(out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "schema,seed,pods,gyro,ringing,own,usable,rate_hz,trunk_deg,pelvis_deg,lean_deg,bend_deg,margin_deg,class"
    )?;
    for index in 0..LENGTH {
        write!(out, ",f{index}")?;
    }
    for class in LeanClass::ALL {
        write!(out, ",rules_{}", class.name())?;
    }
    writeln!(out)
}

fn lines(out: &mut impl Write, seed: u64) -> io::Result<()> {
    let runner = runner(seed);
    let simulation = runner.simulate();
    for (pods, sites) in WORN {
        let rings = sites.iter().any(|site| runner.rings(*site));
        for (index, window) in windows(&runner, &simulation, sites).into_iter().enumerate() {
            for (own, reference) in references(&runner, index) {
                let features = FeatureVector {
                    own: reference,
                    ..window.features
                };
                write!(
                    out,
                    "{SCHEMA},{seed},{pods},{},{},{own},{},{},{:.3},{:.3},{:.3},{:.3},{:.3},{}",
                    u8::from(features.worn.iter().all(|worn| worn.has_gyro)),
                    u8::from(rings),
                    u8::from(carries_a_class(&features)),
                    runner.scenario.rate_hz,
                    features.trunk_lean_deg.unwrap_or(f64::NAN),
                    features.pelvis_tilt_deg.unwrap_or(f64::NAN),
                    window.lean_deg,
                    window.bend_deg,
                    margin_deg(&window, &runner),
                    true_class(&window, &runner).name(),
                )?;
                for number in features.to_array() {
                    write!(out, ",{number:.5}")?;
                }
                for share in RuleModel.classify(&features).0 {
                    write!(out, ",{share:.5}")?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// What the coach knows of the runner: everything, nothing, and now and then one of the two.
fn references(runner: &Runner, index: usize) -> Vec<(&'static str, OwnReference)> {
    let known = OwnReference {
        band_deg: Some(runner.band_deg),
        usual_bend_deg: Some(runner.usual_bend_deg),
        ..OwnReference::default()
    };
    let band = OwnReference {
        usual_bend_deg: None,
        ..known
    };
    let bend = OwnReference {
        band_deg: None,
        ..known
    };
    let mut references = vec![("known", known), ("unknown", OwnReference::default())];
    match index % 4 {
        1 => references.push(("band", band)),
        3 => references.push(("bend", bend)),
        _ => {}
    }
    references
}
