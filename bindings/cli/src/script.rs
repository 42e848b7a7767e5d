//! Pod frames and commands as text, one line each: what `simulate` writes and `drill`, `run` and the contracts read.
//!
//! `ARRIVAL_US chest|pelvis|head HEX` is one block of a Lean Pod, `UUID:HEX` bytes of another pod's characteristic,
//! `connected` a Lean Pod that began to stream and `connected:KIND:HZ:G:DPS:G_FACTOR:DPS_FACTOR` another one, `lost` a link
//! that is gone. `AT_US command NAME ...` one command, `AT_US tick` nothing but
//! time, `AT_US location SPEED ALTITUDE ALTITUDE_ERROR GRADE` a fix, with `-` for what is unknown; `#` begins a comment.
//! Plays nothing. Invariant: a line is read to exactly what was written, or refused with its number.

mod words;

use std::fmt::Write;

use plumbline_core::{
    pod::{conversation::StreamSetup, kind::PodKind, link::LinkEvent, protocol::lean_pod, site::Site},
    session::input::{CheckIn, Command, Input, Location},
    units::Timestamp,
};

use words::answer;
pub(crate) use words::{drill, pain, pain_help};

use crate::lines::excerpt;

/// One line: what happened, and when, microseconds on the script's own axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScriptLine {
    /// When it came.
    pub(crate) at: Timestamp,
    /// What came.
    pub(crate) input: Input,
}

/// A line of a script; `None` for an empty one or a comment.
pub(crate) fn parse(text: &str) -> Result<Option<ScriptLine>, String> {
    let content = text.split('#').next().unwrap_or_default();
    let words: Vec<&str> = content.split_whitespace().collect();
    let [at, what, rest @ ..] = words.as_slice() else {
        return if words.is_empty() {
            Ok(None)
        } else {
            Err(format!("`{}` has no more than a time", excerpt(content)))
        };
    };
    let at = at
        .parse()
        .map(Timestamp)
        .map_err(|_| format!("`{}` is not a time in microseconds", excerpt(at)))?;
    if let (Some(site), [word]) = (Site::named(what), rest) {
        let input = link(site, word)?;
        return Ok(Some(ScriptLine { at, input }));
    }
    let input = match (*what, rest) {
        ("command", words) => command(words)?,
        ("tick", []) => Input::Tick,
        ("location", [speed, altitude, error, grade]) => Input::Location(Location {
            speed_mps: known(speed)?,
            altitude_m: known(altitude)?,
            altitude_error_m: known(error)?,
            grade: known(grade)?,
        }),
        _ => {
            return Err(format!(
                "`{}` is neither chest, pelvis, head, location, tick nor command with what belongs to it",
                excerpt(what)
            ));
        }
    };
    Ok(Some(ScriptLine { at, input }))
}

/// A number, or `-` for an unknown one.
fn known(word: &str) -> Result<Option<f64>, String> {
    let number = (word != "-").then(|| word.parse::<f64>()).transpose();
    let number = number.map_err(|_| format!("`{}` is neither a number nor -", excerpt(word)))?;
    Ok(number.filter(|number| number.is_finite()))
}

fn link(site: Site, word: &str) -> Result<Input, String> {
    Ok(Input::Link(match word {
        "connected" => LinkEvent::lean_pod_connected(site),
        "lost" => LinkEvent::Lost { site },
        word => match word.split_once(':') {
            Some(("connected", setup)) => LinkEvent::Connected {
                site,
                setup: read_setup(setup)?,
            },
            Some((uuid, hex)) => LinkEvent::Notification {
                site,
                characteristic: uuid
                    .parse()
                    .map_err(|error| format!("`{}`: {error}", excerpt(uuid)))?,
                bytes: bytes(hex)?,
            },
            None => LinkEvent::lean_pod_block(site, bytes(word)?),
        },
    }))
}

fn read_setup(text: &str) -> Result<StreamSetup, String> {
    let words: Vec<&str> = text.split(':').collect();
    let [
        kind,
        rate,
        accelerometer,
        gyroscope,
        accelerometer_factor,
        gyroscope_factor,
    ] = words.as_slice()
    else {
        return Err(format!(
            "`{}` is no kind of pod with five numbers behind it",
            excerpt(text)
        ));
    };
    Ok(StreamSetup {
        kind: PodKind::from_name(kind).ok_or_else(|| format!("`{}` is no kind of pod", excerpt(kind)))?,
        rate_hz: known(rate)?,
        accelerometer_range_g: known(accelerometer)?,
        gyroscope_range_dps: known(gyroscope)?,
        accelerometer_factor: known(accelerometer_factor)?,
        gyroscope_factor: known(gyroscope_factor)?,
    })
}

fn written_setup(setup: &StreamSetup) -> String {
    let number = |known: Option<f64>| known.map_or_else(|| ":-".to_string(), |number| format!(":{number}"));
    if *setup == StreamSetup::of(PodKind::LeanPod) {
        return String::new();
    }
    let numbers = [
        setup.rate_hz,
        setup.accelerometer_range_g,
        setup.gyroscope_range_dps,
        setup.accelerometer_factor,
        setup.gyroscope_factor,
    ];
    format!(":{}{}", setup.kind.name(), numbers.map(number).concat())
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("`{}` is not bytes in hexadecimal", excerpt(hex));
    let digits: Vec<u32> = hex
        .chars()
        .map(|digit| digit.to_digit(16))
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    let (pairs, []) = digits.as_chunks::<2>() else {
        return Err(wrong());
    };
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).map_err(|_| wrong()))
        .collect()
}

fn command(words: &[&str]) -> Result<Input, String> {
    match words {
        ["start_run"] => Ok(Input::Command(Command::StartRun)),
        ["ask"] => Ok(Input::Command(Command::Ask)),
        ["answer", word] => answer(word),
        ["finish"] => Ok(Input::Command(Command::Finish)),
        ["start_drill", name] => Ok(Input::Command(Command::StartDrill(drill(name)?))),
        ["check_in", "none"] => Ok(Input::CheckIn(CheckIn::default())),
        ["check_in", pains @ ..] if !pains.is_empty() => Ok(Input::CheckIn(CheckIn {
            pain: pains.iter().map(|words| pain(words)).collect::<Result<_, _>>()?,
            ..CheckIn::default()
        })),
        _ => Err(format!("`{}` is no command", excerpt(&words.join(" ")))),
    }
}

/// The line an input is written as.
pub(crate) fn line(at: Timestamp, input: &Input) -> String {
    let what = match input {
        Input::Link(LinkEvent::Connected { site, setup }) => {
            format!("{} connected{}", site.name(), written_setup(setup))
        }
        Input::Link(LinkEvent::Lost { site }) => format!("{} lost", site.name()),
        Input::Link(LinkEvent::Notification {
            site,
            characteristic,
            bytes,
        }) => {
            let start = match *characteristic {
                lean_pod::LIVE => format!("{} ", site.name()),
                other => format!("{} {other}:", site.name()),
            };
            bytes.iter().fold(start, |mut line, byte| {
                // Writing to a string cannot fail.
                let _ = write!(line, "{byte:02x}");
                line
            })
        }
        Input::Command(Command::StartDrill(drill)) => format!("command start_drill {}", drill.name()),
        Input::Command(Command::StartRun) => "command start_run".to_string(),
        Input::Command(Command::Finish) => "command finish".to_string(),
        Input::Command(Command::Ask) => "command ask".to_string(),
        Input::Answer(answer) => format!("command answer {}", words::of_answer(*answer)),
        Input::CheckIn(check_in) if check_in.pain.is_empty() => "command check_in none".to_string(),
        Input::CheckIn(check_in) => check_in
            .pain
            .iter()
            .fold("command check_in".to_string(), |line, pain| {
                line + " " + &words::of_pain(*pain)
            }),
        Input::Location(location) => {
            let Location {
                speed_mps,
                altitude_m,
                altitude_error_m,
                grade,
            } = location;
            let words = [speed_mps, altitude_m, altitude_error_m, grade]
                .map(|number| number.map_or_else(|| "-".to_owned(), |number| number.to_string()));
            format!("location {}", words.join(" "))
        }
        Input::Tick => "tick".to_string(),
    };
    format!("{} {what}", at.0)
}

#[cfg(test)]
mod tests;
