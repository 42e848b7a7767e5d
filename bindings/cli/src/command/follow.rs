//! One session from a script of frames: what `drill` and `run` share.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::PathBuf,
};

use clap::Args;
use plumbline_core::{
    io::clock::SystemClock,
    ports::Clock,
    session::input::{CheckIn, Command, Input, Pain},
    units::Timestamp,
};

use crate::{
    Common,
    failure::Failure,
    live::Player,
    report::{Origin, text},
    script::{self, ScriptLine},
    terminal::{Paint, progress, say},
};

/// Where the frames come from.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The script with the pods' frames; `-` is standard input
    #[arg(long, value_name = "FILE")]
    frames: PathBuf,
    /// When the session begins, such as 2026-05-04T07:00Z
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,
    /// Print the report as JSON, and no cue
    #[arg(long)]
    json: bool,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let moment: jiff::Timestamp = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    Ok(Timestamp(moment.as_microsecond()))
}

/// Plays the frames through the coach, prints what it says and then the report.
pub(crate) fn follow(common: &Common, source: &Source, pain: &[Pain], start: Command) -> Result<(), Failure> {
    let mut player = Player::open(common)?;
    let now = SystemClock::new().now();
    let start_at = source
        .at
        .unwrap_or_else(|| player.newest_end().map_or(now, |end| end.max(now)));
    let mut session = Following {
        player: &mut player,
        paint: Paint::for_stdout(),
        quiet: source.json,
    };
    session.hand(start_at, Input::CheckIn(CheckIn { pain: pain.to_vec() }))?;
    session.hand(start_at, Input::Command(start))?;
    let end_at = session.frames(source, start_at)?;
    if session.player.is_going_on() {
        session.hand(end_at, Input::Command(Command::Finish))?;
    }
    let report = player.finished()?;
    if source.json {
        let json = serde_json::to_string(&report)
            .map_err(|error| Failure::failed("failed to write JSON", &error))?;
        return say(&json);
    }
    say(&format!(
        "\n{}",
        text::page(&report, common.language, Origin::Pods, Paint::for_stdout()).trim_end()
    ))
}

/// A session that is going on.
struct Following<'a> {
    player: &'a mut Player,
    paint: Paint,
    quiet: bool,
}

impl Following<'_> {
    fn hand(&mut self, at: Timestamp, input: Input) -> Result<(), Failure> {
        let (cues, refusal) = self.player.take(at, input);
        if !self.quiet {
            for cue in &cues {
                say(&self.player.line(cue, self.paint))?;
            }
        }
        refusal.map_or(Ok(()), |refusal| Err(Failure::Failed(refusal.to_string())))
    }

    /// Hands every frame on and gives the time of the last one.
    fn frames(&mut self, source: &Source, start_at: Timestamp) -> Result<Timestamp, Failure> {
        let name = source.frames.display();
        let open = |error: io::Error| Failure::failed(&format!("failed to open {name}"), &error);
        let (reader, bytes): (Box<dyn BufRead>, u64) = if source.frames.as_os_str() == "-" {
            (Box::new(io::stdin().lock()), 0)
        } else {
            let file = File::open(&source.frames).map_err(open)?;
            let bytes = file.metadata().map_err(open)?.len();
            (Box::new(BufReader::new(file)), bytes)
        };
        let bar = progress(bytes, "following");
        let (mut first_at, mut last_at, mut seen) = (None, start_at, false);
        for (index, text) in reader.lines().enumerate() {
            let wrong =
                |why: &dyn std::fmt::Display| Failure::failed(&format!("{name}, line {}", index + 1), why);
            let text = text.map_err(|error| wrong(&error))?;
            bar.inc(text.len() as u64 + 1);
            let line = script::parse(&text).map_err(|error| wrong(&error))?;
            let Some(ScriptLine {
                at,
                input: input @ Input::Link(_),
            }) = line
            else {
                continue;
            };
            let first_at = *first_at.get_or_insert(at);
            last_at = last_at.max(start_at.plus_seconds(at.seconds_since(first_at)));
            seen = true;
            bar.suspend(|| self.hand(last_at, input))?;
        }
        bar.finish_and_clear();
        if seen {
            Ok(last_at)
        } else {
            Err(Failure::Failed(format!("{name} holds no frame")))
        }
    }
}
