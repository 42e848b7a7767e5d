//! `plumbline demo`: a first week with two simulated pods, through the real coach and the real history.
//!
//! Shows nothing of its own: cues, results, report and list come out of the pipeline.

mod telling;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use clap::Args;
use plumbline_core::{
    drill::DrillId,
    ports::HistoryStore,
    session::{
        input::{Command, Input},
        output::{Cue, CueKind},
        report::SessionReport,
    },
    sim::{
        Act,
        presets::{self, RunForm},
    },
    units::Timestamp,
};

use super::{history, report::write_page};
use crate::{
    Common,
    failure::Failure,
    live::{Player, refused},
    report::{Origin, text},
    scene::{self, Practice},
    store,
    terminal::{Paint, say, spinner},
};
use telling::{Telling, outcome};

/// 4 May 2026, a Monday: the virtual week begins here so that every demo is the same.
const FIRST_DAY: Timestamp = Timestamp(1_777_852_800_000_000);
const DAY_S: f64 = 86_400.0;
const HOUR_S: f64 = 3_600.0;
/// Length of an easy run, seconds.
const EASY_RUN_S: f64 = 150.0;

const EXAMPLES: &str = "\
Days pass in seconds. Without --keep the history lies in the folder for temporary files and is made anew.

Examples:
  plumbline demo
  plumbline demo --keep first-week.sqlite --language de
  plumbline history --history first-week.sqlite";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Keep the history in this file; the page lies beside it
    #[arg(long, value_name = "PATH")]
    keep: Option<PathBuf>,
}

/// One day of the week.
struct Day {
    number: u32,
    hour: u32,
    practices: Vec<Practice>,
}

fn week() -> [Day; 4] {
    let calibration = || Practice::drill(DrillId::D0, presets::calibration());
    let wall = || Practice::drill(DrillId::D3, presets::wall_tilts_good());
    let fall = Practice::drill(DrillId::D4, presets::lean_and_falls_good());
    // Three easy runs teach the own band that the long one, begun with a few starts, is held against.
    let easy = || Practice::run(presets::run(RunForm::Good, EASY_RUN_S));
    let starts = [
        Act::Stand { seconds: 5.0 },
        Act::LeanAndFalls {
            count: 3,
            angle_deg: 9.0,
            bend_deg: 0.0,
        },
    ];
    let long = Practice::run(starts.into_iter().chain(presets::fading_run()).collect());
    [
        Day {
            number: 1,
            hour: 7,
            practices: vec![calibration(), wall(), easy()],
        },
        Day {
            number: 3,
            // Two days and more: only then a drill can be mastered.
            hour: 18,
            practices: vec![calibration(), wall(), fall, easy()],
        },
        Day {
            number: 5,
            hour: 18,
            practices: vec![calibration(), easy()],
        },
        Day {
            number: 7,
            hour: 9,
            practices: vec![calibration(), long],
        },
    ]
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    if common.history.is_some() {
        let why =
            "the demo makes a history of its own: name its file with --keep (see plumbline demo --help)";
        return Err(Failure::WrongUse(why.to_string()));
    }
    let file = place(arguments.keep.as_deref())?;
    let common = Common {
        history: Some(file.clone()),
        language: common.language,
    };
    let paint = Paint::for_stdout();
    let titles = common.language.titles();
    say(titles.demo)?;
    let mut last = None;
    for day in week() {
        last = live_through(&common, &day, paint)?.or(last);
    }
    let Some(report) = last else {
        return Err(Failure::Failed("the week holds no session".to_string()));
    };
    let page = file.with_extension("html");
    write_page(&page, &report, common.language, Origin::Synthetic)?;
    say(&format!("\n{}\n", paint.bold(titles.report)))?;
    say(text::page(&report, common.language, Origin::Synthetic, paint).trim_end())?;
    say(&format!("\n{}\n", paint.bold(titles.history)))?;
    let rows = store::existing(&common)?.sessions(None, 20);
    let rows = rows.map_err(|error| Failure::failed("failed to list", &error))?;
    say(&history::table(&rows, common.language, paint))?;
    say(&format!(
        "\n{}: {} ({})",
        titles.report,
        page.display(),
        titles.open_page
    ))?;
    say(&format!("{}: {}", titles.history, file.display()))
}

/// The demo's history file, new.
fn place(keep: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(file) = keep {
        // A week played twice into one file would tell a strange story.
        return if file.exists() {
            Err(Failure::Failed(format!("{} exists already", file.display())))
        } else {
            Ok(file.to_path_buf())
        };
    }
    let folder = env::temp_dir().join("plumbline-demo");
    let file = folder.join("first-week.sqlite");
    let clear = || {
        fs::create_dir_all(&folder)?;
        for old in [
            "first-week.sqlite",
            "first-week.sqlite-wal",
            "first-week.sqlite-shm",
        ] {
            match fs::remove_file(folder.join(old)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    };
    clear().map_err(|error| Failure::failed(&format!("failed to prepare {}", folder.display()), &error))?;
    Ok(file)
}

/// One day from its first frame to its last; gives its last report.
fn live_through(common: &Common, day: &Day, paint: Paint) -> Result<Option<SessionReport>, Failure> {
    let start = FIRST_DAY.plus_seconds(f64::from(day.number - 1) * DAY_S + f64::from(day.hour) * HOUR_S);
    let heading = format!(
        "{} {}, {}",
        common.language.titles().day,
        day.number,
        common.language.moment(start)
    );
    say(&format!("\n{}", paint.bold(&heading)))?;
    let life = spinner("the runner gets ready");
    let scene = scene::play(u64::from(day.number), &day.practices, start);
    life.finish_and_clear();
    // Every day the program starts anew and knows the past from the history alone.
    let mut player = Player::open(common)?;
    let mut telling = Telling::new(scene.lines.len(), day.number > 1, common.language, paint);
    let (mut last, mut mastered) = (None, player.mastered());
    for line in scene.lines {
        telling.input(&line.input)?;
        let ends = matches!(line.input, Input::Command(Command::Finish));
        let was_going_on = player.is_going_on();
        let (cues, refusal) = if ends && !was_going_on {
            (Vec::new(), None)
        } else {
            player.take(line.at, line.input)
        };
        let (questions, cues): (Vec<_>, Vec<_>) = cues.iter().partition(|cue| cue.kind == CueKind::Question);
        let lines = |cues: Vec<&Cue>| cues.into_iter().map(|cue| player.line(cue, paint)).collect();
        let (questions, cues) = (lines(questions), lines(cues));
        telling.cues(cues)?;
        if let Some(refusal) = refusal {
            return Err(refused(&refusal, common.language));
        }
        if was_going_on && !player.is_going_on() {
            let report = player.finished()?;
            telling.end(&outcome(&report, &mastered, &player.mastered(), common.language))?;
            mastered = player.mastered();
            last = Some(report);
        }
        telling.questions(questions)?;
    }
    telling.close();
    Ok(last)
}
