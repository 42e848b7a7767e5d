//! `plumbline plan`: what the coach would say after a diary.
//!
//! Decides nothing. Invariant: the same diary gives the same plan.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use clap::Args;
use plumbline_core::{
    session::plan::plan,
    view::plan::{Dates, PlanView},
    words::Words,
};

use crate::{
    Common, diary,
    failure::Failure,
    model::{self, ModelName},
    report::plan_text,
    terminal::{Paint, say, spinner},
};

/// Largest diary, bytes: ten years of ten lines a day are a tenth of it.
const LARGEST: u64 = 64 << 20;

const EXPLANATION: &str = "\
A diary is a file of JSON Lines, oldest first, each with `at` (RFC 3339) and `kind`:
  {\"at\":\"2026-03-01T07:30:00+01:00\",\"kind\":\"onboarding\",\"trained\":false,\"desk_hours\":8}
  {\"at\":\"2026-03-01T07:31:00+01:00\",\"kind\":\"check_in\",\"pain\":[],\"felt\":[\"legs_push_hard\"]}
  {\"at\":\"2026-03-01T08:30:00+01:00\",\"kind\":\"run\",\"chest\":\"chest.csv\",\"pelvis\":\"pelvis.csv\",\"speed_mps\":3.1}
  {\"at\":\"2026-03-02T07:00:00+01:00\",\"kind\":\"self_test\",\"name\":\"knee_to_wall\",\"result\":\"pass\"}
  {\"at\":\"2026-03-03T07:00:00+01:00\",\"kind\":\"drill\",\"drill\":\"D4\",\"seen\":12,\"passed\":9,\"feedback\":true}
Recordings are looked for beside the diary. The same diary gives the same plan.

Examples:
  plumbline plan --diary diary.jsonl
  plumbline plan --diary diary.jsonl --language de --json";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, after_help = EXPLANATION)]
pub(crate) struct Arguments {
    /// The diary; `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    diary: PathBuf,
    /// Which lean model judges the recordings
    #[arg(long, value_enum, default_value_t)]
    model: ModelName,
    /// Print JSON, schema 1
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let life = spinner("reading the diary");
    let model = model::load(arguments.model)?;
    let bytes = bytes_of(&arguments.diary)?;
    let folder = arguments.diary.parent().unwrap_or(Path::new("."));
    let diary = diary::read(&bytes, folder, &*model)?;
    let told = plan(&diary.course, diary.now);
    life.finish_and_clear();
    let words = Words::new(common.language.tag());
    let dates = Dates {
        moment: &|at| diary.moment(at),
        day: &|at| diary.day(at),
    };
    let view = PlanView::new(&told, &diary.course, &words, &dates);
    if arguments.json {
        let json = serde_json::to_string(&view);
        return say(&json.map_err(|error| Failure::failed("failed to write JSON", &error))?);
    }
    say(plan_text::page(&view, &words, common.language, Paint::for_stdout()).trim_end())
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: std::io::Error| Failure::failed(&format!("failed to read {}", file.display()), &error);
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).map_err(failed)?)
    };
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::Failed(format!(
            "{} is larger than a diary can be",
            file.display()
        )));
    }
    Ok(bytes)
}
