//! `plumbline analyze`: what the recordings of one or two pods tell.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use clap::Args;
use plumbline_core::{
    lean::band::OwnReference,
    pod::{
        recording::{Recording, read_csv},
        site::Site,
    },
    session::analysis::{analyze, check_overlap},
    view::analysis::Analysis,
};

use crate::{
    Common,
    failure::Failure,
    model::{self, ModelName},
    report::analysis_text,
    terminal::{Paint, say, spinner},
};

const EXPLANATION: &str = "\
A recording is a CSV file of one pod, any way up, 25 to 1000 rows a second, with the header
  time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyro_x_radps,gyro_y_radps,gyro_z_radps
where a still pod reads 9.81 upward; the gyro columns may be empty or absent.
Stand still for 3 s at the start: that is the neutral pose every angle is measured from.
One pod is enough; what it cannot tell is null.

Examples:
  plumbline analyze --pelvis pelvis.csv
  plumbline analyze --chest chest.csv --pelvis pelvis.csv --json
  plumbline analyze --chest chest.csv --band=-2:4 --usual-bend 6.5";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, after_help = EXPLANATION)]
pub(crate) struct Arguments {
    /// The recording of the pod on the chest
    #[arg(long, value_name = "FILE", required_unless_present = "pelvis")]
    chest: Option<PathBuf>,
    /// The recording of the pod on the pelvis
    #[arg(long, value_name = "FILE")]
    pelvis: Option<PathBuf>,
    /// The runner's own band of trunk lean, degrees
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true, value_parser = band)]
    band: Option<[f64; 2]>,
    /// The runner's own usual waist bend, degrees
    #[arg(long, value_name = "DEG", allow_hyphen_values = true, value_parser = degrees)]
    usual_bend: Option<f64>,
    /// Which lean model judges
    #[arg(long, value_enum, default_value_t)]
    model: ModelName,
    /// Print JSON, schema 1
    #[arg(long)]
    json: bool,
}

fn degrees(text: &str) -> Result<f64, String> {
    let angle: f64 = text
        .trim()
        .parse()
        .map_err(|_| format!("`{text}` is not a number"))?;
    if angle.abs() <= 90.0 {
        Ok(angle)
    } else {
        Err(format!("`{text}` is not within 90 degrees"))
    }
}

fn band(text: &str) -> Result<[f64; 2], String> {
    let (low, high) = text
        .split_once(':')
        .ok_or("two angles with a colon between them, such as 4:10")?;
    let band = [degrees(low)?, degrees(high)?];
    if band[0] < band[1] {
        Ok(band)
    } else {
        Err("the low end must come first".to_string())
    }
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let life = spinner("analysing");
    let model = model::load(arguments.model)?;
    let chest = recording(Site::Chest, arguments.chest.as_deref())?;
    let pelvis = recording(Site::Pelvis, arguments.pelvis.as_deref())?;
    if let (Some(chest), Some(pelvis)) = (&chest, &pelvis) {
        check_overlap(chest, pelvis).map_err(|error| Failure::failed("nothing to analyze", &error))?;
    }
    let own = OwnReference {
        band_deg: arguments.band,
        usual_bend_deg: arguments.usual_bend,
        ..OwnReference::default()
    };
    let analysis = analyze(chest.as_ref(), pelvis.as_ref(), own, &*model);
    life.finish_and_clear();
    if arguments.json {
        let json = serde_json::to_string(&Analysis::from(&analysis));
        return say(&json.map_err(|error| Failure::failed("failed to write JSON", &error))?);
    }
    say(analysis_text::page(&analysis, own, common.language, Paint::for_stdout()).trim_end())
}

/// Reads the recording of one pod, where there is one.
pub(crate) fn recording(site: Site, file: Option<&Path>) -> Result<Option<Recording>, Failure> {
    let Some(file) = file else { return Ok(None) };
    let name = format!("{} recording {}", site.name(), file.display());
    let bytes =
        File::open(file).map_err(|error| Failure::failed(&format!("failed to open the {name}"), &error))?;
    read_csv(bytes)
        .map(Some)
        .map_err(|error| Failure::failed(&name, &error))
}

#[cfg(test)]
mod tests {
    use super::{band, degrees};

    #[test]
    fn a_band_may_begin_below_zero() {
        assert_eq!(band("-2:4"), Ok([-2.0, 4.0]));
        assert_eq!(band("6.5:12"), Ok([6.5, 12.0]));
    }

    #[test]
    fn a_band_that_is_none_is_refused() {
        for text in ["", "6", "12:6", "6:6", "NaN:4", "1:inf", "a:b", "-100:4", "1:2:3"] {
            assert!(band(text).is_err(), "{text}");
        }
        assert!(degrees("NaN").is_err());
    }
}
