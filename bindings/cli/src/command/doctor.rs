//! `plumbline doctor`: whether everything a session needs is ready.

use clap::Args;
use plumbline_core::{pod::pairing::AdapterState, words::Words};
use serde_json::json;

use crate::{
    Common,
    failure::Failure,
    model::{self, ModelName},
    radio, store,
    terminal::{Paint, say, spinner},
};

const EXAMPLES: &str = "\
Ends with 1 when something a session needs is not ready.

Examples:
  plumbline doctor
  plumbline doctor --history run.sqlite --json";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Print JSON instead of lines
    #[arg(long)]
    json: bool,
}

/// What was found about one thing.
struct Finding {
    name: &'static str,
    ready: bool,
    /// Whether a session works without it.
    optional: bool,
    detail: String,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let life = spinner("looking");
    let findings = [rules(), network(), history(common), radio(common)];
    life.finish_and_clear();
    let ready = findings.iter().all(|finding| finding.ready || finding.optional);
    if arguments.json {
        let checks: Vec<_> = findings
            .iter()
            .map(|found| json!({ "name": found.name, "ready": found.ready, "optional": found.optional, "detail": found.detail }))
            .collect();
        say(&json!({ "schema": 1, "ready": ready, "checks": checks }).to_string())?;
    } else {
        let paint = Paint::for_stdout();
        for finding in &findings {
            let word = match finding {
                Finding { ready: true, .. } => "ready",
                Finding { optional: true, .. } => "absent",
                Finding { .. } => "NOT READY",
            };
            let word = paint.bold(&format!("{word:<10}"));
            say(&format!("{word} {:<10} {}", finding.name, finding.detail))?;
        }
    }
    if ready {
        Ok(())
    } else {
        Err(Failure::Failed("not everything is ready".to_string()))
    }
}

fn of_model(name: &'static str, model: ModelName, optional: bool) -> Finding {
    match model::load(model) {
        Ok(model) => Finding {
            name,
            ready: true,
            optional,
            detail: model.name().to_string(),
        },
        Err(failure) => Finding {
            name,
            ready: false,
            optional,
            detail: failure.to_string(),
        },
    }
}

fn rules() -> Finding {
    of_model("rules", ModelName::Rules, false)
}

fn network() -> Finding {
    of_model("network", ModelName::Onnx, true)
}

fn history(common: &Common) -> Finding {
    let checked = store::path(common).and_then(|path| {
        if !path.exists() {
            return Ok(format!("{} will be made by the first session", path.display()));
        }
        let history = store::existing(common)?;
        history
            .check()
            .map_err(|error| Failure::failed("the file is not sound", &error))?;
        Ok(format!("{} is sound", path.display()))
    });
    let ready = checked.is_ok();
    let detail = checked.unwrap_or_else(|failure| failure.to_string());
    Finding {
        name: "history",
        ready,
        optional: false,
        detail,
    }
}

fn radio(common: &Common) -> Finding {
    let state = radio::state();
    let words = Words::new(common.language.tag());
    let detail = match state.map(AdapterState::message) {
        Some(None) => "Bluetooth is on".to_owned(),
        Some(Some(trouble)) => words.text(trouble),
        None => "Bluetooth does not answer".to_owned(),
    };
    Finding {
        name: "radio",
        ready: state == Some(AdapterState::On),
        optional: true,
        detail,
    }
}
