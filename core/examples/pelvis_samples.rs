//! What the core makes of pelvis recordings, for `core/model/gait/fit.py`.
//!
//! `pelvis_samples RECORDING SAMPLES ...`: for each pair reads a recording and writes fore-aft and upward acceleration,
//! m/s², on the common grid, one line a cell that a pod was seen in.
#![allow(clippy::disallowed_methods, reason = "a program reads and writes files")]

use std::{
    env,
    error::Error,
    fs::File,
    io::{BufWriter, Write},
};

use plumbline_core::{
    lean::{band::OwnReference, rules::RuleModel},
    pod::{recording::read_csv, site::Site},
    session::pipeline::{Event, Pipeline},
};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = env::args().skip(1).collect();
    for pair in paths.chunks_exact(2) {
        let mut lines = Vec::new();
        let mut take = |event| {
            if let Event::Body(body) = event
                && let Some(pelvis) = body.pelvis
            {
                let acceleration = pelvis.acceleration;
                lines.push((body.time_s, acceleration.x, acceleration.y));
            }
        };
        let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
        for sample in read_csv(File::open(&pair[0])?)?.samples {
            pipeline.push(Site::Pelvis, sample, &RuleModel, &mut take);
        }
        pipeline.finish(&RuleModel, &mut take);
        let mut out = BufWriter::new(File::create(&pair[1])?);
        for (time_s, fore_aft, up) in lines {
            writeln!(out, "{time_s},{fore_aft},{up}")?;
        }
    }
    Ok(())
}
