//! One session from a script of frames: what `drill` and `run` share.

use std::{
    collections::VecDeque,
    fmt::Display,
    fs::File,
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use clap::Args;
use indicatif::ProgressBar;
use plumbline_core::{
    io::clock::SystemClock,
    pod::{link::LinkEvent, site::Site},
    ports::Clock,
    session::input::{CheckIn, Command, Input, Pain},
    units::Timestamp,
};

use crate::{
    Common,
    failure::Failure,
    lines::Lines,
    live::{Player, refused},
    report::{Origin, text},
    script::{self, ScriptLine},
    terminal::{Paint, progress, say},
};

/// Longest session that is followed, seconds. Ours: a time beyond it is a slip of the pen, and sessions that begin after
/// its end, as those that follow do, would be lost in the far future.
const LONGEST_S: f64 = 2.0 * 86_400.0;

/// A line may be older than those above it by so much, seconds: two pods are noted side by side. Ours.
const LATEST_S: f64 = 1.0;

/// Where the frames come from.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The script with the pods' frames; `-` is standard input
    #[arg(long, visible_alias = "replay", value_name = "FILE")]
    frames: Option<PathBuf>,
    /// When the session begins, such as 2026-05-04T07:00Z
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,
    #[arg(long, value_name = "PAIN", value_parser = script::pain, help = script::pain_help())]
    pain: Vec<Pain>,
    /// Nothing hurts any more: needed once after an answer that something does
    #[arg(long, conflicts_with = "pain")]
    no_pain: bool,
    /// Print the report as JSON, and no cue
    #[arg(long)]
    pub(super) json: bool,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let moment: jiff::Timestamp = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    Ok(Timestamp(moment.as_microsecond()))
}

/// Plays the frames through the coach, prints what it says and then the report.
pub(crate) fn follow(common: &Common, source: &Source, start: Command) -> Result<(), Failure> {
    let path = source.frames.as_ref().ok_or_else(|| {
        Failure::Failed("no frames to follow: say where they are with --frames".to_string())
    })?;
    let mut frames = Frames::open(path)?;
    let mut player = Player::open(common)?;
    let now = SystemClock::new().now();
    let start_at = source
        .at
        .unwrap_or_else(|| player.newest_end().map_or(now, |end| end.max(now)));
    let mut session = Following {
        player: &mut player,
        common,
        quiet: source.json,
    };
    for site in frames.sites()? {
        session.hand(start_at, Input::Link(LinkEvent::lean_pod_connected(site)))?;
    }
    // Saying nothing must not take back that something hurts.
    if source.no_pain || !source.pain.is_empty() || !session.player.hurt_last() {
        let pain = source.pain.clone();
        session.hand(
            start_at,
            Input::CheckIn(CheckIn {
                pain,
                ..CheckIn::default()
            }),
        )?;
    }
    session.hand(start_at, Input::Command(start))?;
    let mut last_at = start_at;
    while let Some((after_s, event)) = frames.next()? {
        last_at = last_at.max(start_at.plus_seconds(after_s));
        let bar = frames.bar.clone();
        bar.suspend(|| session.hand(last_at, Input::Link(event)))?;
    }
    frames.bar.finish_and_clear();
    let streamed = session.player.streams();
    if session.player.is_going_on() {
        session.hand(last_at, Input::Command(Command::Finish))?;
    }
    let told = tell(&mut player, common, source);
    // The report says why.
    let nothing = || {
        Failure::Failed(format!(
            "no pod sent data that can be analysed in {}",
            frames.name
        ))
    };
    told.and_then(|()| streamed.then_some(()).ok_or_else(nothing))
}

/// Prints the report of the session that just ended.
fn tell(player: &mut Player, common: &Common, source: &Source) -> Result<(), Failure> {
    let (report, kept) = match player.finished() {
        Ok(report) => (report, Ok(())),
        // A run that the disk does not take is told all the same, once.
        Err(failure) => match player.last_report() {
            Some(report) => (report, Err(failure)),
            None => return Err(failure),
        },
    };
    if source.json {
        let json = serde_json::to_string(&report)
            .map_err(|error| Failure::failed("failed to write JSON", &error))?;
        say(&json)?;
        return kept;
    }
    let page = text::page(&report, common.language, Origin::Pods, Paint::for_stdout());
    say(&format!("\n{}", page.trim_end()))?;
    kept
}

/// A session that is going on.
struct Following<'a> {
    player: &'a mut Player,
    common: &'a Common,
    quiet: bool,
}

impl Following<'_> {
    fn hand(&mut self, at: Timestamp, input: Input) -> Result<(), Failure> {
        let (cues, refusal) = self.player.take(at, input);
        if !self.quiet {
            for cue in &cues {
                say(&self.player.line(cue, Paint::for_stdout()))?;
            }
        }
        refusal.map_or(Ok(()), |refusal| Err(refused(&refusal, self.common.language)))
    }
}

/// What the pods' links said, line by line, with a look ahead at which pods there are.
struct Frames {
    name: String,
    lines: Lines,
    number: usize,
    first_at: Option<Timestamp>,
    newest_at: Timestamp,
    ahead: VecDeque<(f64, LinkEvent)>,
    bar: ProgressBar,
}

impl Frames {
    fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let open = |error: io::Error| Failure::failed(&format!("failed to open {name}"), &error);
        let (lines, bytes) = if path.as_os_str() == "-" {
            (Lines::of(BufReader::new(io::stdin())), 0)
        } else {
            let file = File::open(path).map_err(open)?;
            let bytes = file.metadata().map_err(open)?.len();
            (Lines::of(BufReader::new(file)), bytes)
        };
        Ok(Self {
            name,
            lines,
            number: 0,
            first_at: None,
            newest_at: Timestamp(i64::MIN),
            ahead: VecDeque::new(),
            bar: progress(bytes, "following"),
        })
    }

    /// The pods of the first second.
    fn sites(&mut self) -> Result<Vec<Site>, Failure> {
        let mut sites = Vec::new();
        while sites.len() < Site::LEAN.len() {
            let Some((after_s, event)) = self.read()? else {
                break;
            };
            let site = event.site();
            if !sites.contains(&site) && !matches!(event, LinkEvent::Lost { .. }) {
                sites.push(site);
            }
            self.ahead.push_back((after_s, event));
            if after_s > 1.0 {
                break;
            }
        }
        if self.ahead.is_empty() {
            return Err(Failure::Failed(format!("{} holds no frame", self.name)));
        }
        Ok(sites)
    }

    /// The next event, with the seconds since the first one.
    fn next(&mut self) -> Result<Option<(f64, LinkEvent)>, Failure> {
        match self.ahead.pop_front() {
            Some(event) => Ok(Some(event)),
            None => self.read(),
        }
    }

    fn read(&mut self) -> Result<Option<(f64, LinkEvent)>, Failure> {
        for text in self.lines.by_ref() {
            self.number += 1;
            let wrong =
                |why: &dyn Display| Failure::failed(&format!("{}, line {}", self.name, self.number), why);
            let text = text.map_err(|error| wrong(&error))?;
            self.bar.inc(text.len() as u64 + 1);
            if let Some(ScriptLine {
                at,
                input: Input::Link(event),
            }) = script::parse(&text).map_err(|error| wrong(&error))?
            {
                if at < self.newest_at.plus_seconds(-LATEST_S) {
                    return Err(wrong(
                        &"this came before the lines above it: they stand in order of arrival",
                    ));
                }
                self.newest_at = self.newest_at.max(at);
                let after_s = at.seconds_since(*self.first_at.get_or_insert(at));
                if after_s > LONGEST_S {
                    return Err(wrong(&"this came more than two days after the first line"));
                }
                return Ok(Some((after_s, event)));
            }
        }
        Ok(None)
    }
}
